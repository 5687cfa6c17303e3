/* Makes the PDFs of a plan: one press, as many threads as wanted, each with one issue at a time.
 *
 * An issue that fails is told of and the rest go on; what makes every issue fail (a full disk, no
 * memory) ends the run. An issue whose key stands in a ledger beside the hash that its PDF has is
 * passed over. Memory does not grow with the number of issues but for the plan and the ledgers.
 *
 * What a power cut leaves is never half: a PDF is synced before it gets its name. Names and rows
 * are synced when a folder is left, every few hundred rows and at the end, names first. A row whose
 * PDF has lost its name, or is another one, counts for nothing: what is passed over is what the
 * PDF's hash says. */
#ifndef BX_BATCH_RUN_H
#define BX_BATCH_RUN_H

#include "banxin.h"
#include "batch/ledger.h"
#include "batch/plan.h"

typedef struct bx_batch_state {
    uint32_t total; /* issues of this shard */
    uint32_t made, skipped, failed;
} bx_batch_state;

typedef struct bx_batch_options {
    bx_press *press;
    const bx_job_options *job;
    bx_str folder;            /* outputs stand below it; it is made when it is not there */
    uint32_t shard, n_shards; /* the shard-th of n_shards, from 1: every n_shards-th issue */
    uint32_t n_threads;
    const bx_words *words; /* the language of a fault; NULL: English */
    /* Asked before each issue, by any thread: whether to stop. */
    bool (*stop)(void *user);
    /* Called for each issue, from its thread, one at a time. The job is open still; NULL when it
     * could not be opened, or the issue was passed over. `arena` is for the call. */
    void (*report)(void *user, bx_arena *arena, const bx_plan_item *item, bx_job *job,
                   bx_status status, const bx_batch_state *state);
    void *user;
} bx_batch_options;

typedef struct bx_batch_result {
    bx_batch_state state;
    bx_status status; /* BX_OK, BX_EDATA when some issues failed, or what ended the run */
    bool stopped;     /* `stop` said so */
    bx_str fault;     /* what ended the run, when it was no issue's own */
    bool busy;        /* because another run is at work on this shard */
} bx_batch_result;

void bx_batch_run(bx_arena *arena, const bx_plan *plan, const bx_batch_options *options,
                  bx_batch_result *result);

#endif
