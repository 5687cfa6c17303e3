/* Dependencies in make's syntax. */
#ifndef BX_CLI_DEPS_H
#define BX_CLI_DEPS_H

#include "cli/cli.h"

/* Writes "output: file file …" to the file at `path`. False after a message. */
bool bx_deps_write(bx_arena *arena, const char *path, const char *output, bx_job *job);

#endif
