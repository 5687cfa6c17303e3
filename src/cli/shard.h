/* Which part of a batch this run does. */
#ifndef BX_CLI_SHARD_H
#define BX_CLI_SHARD_H

#include "cli/cli.h"

/* "I/N": the I-th of N shards, from 1. "N": one of N, and which is told by the engine that started
 * the run: SLURM_ARRAY_TASK_ID or JOB_COMPLETION_INDEX, both from 0. NULL: 1/1. False after a
 * message. */
bool bx_shard_parse(const char *text, uint32_t *shard, uint32_t *n_shards);

#endif
