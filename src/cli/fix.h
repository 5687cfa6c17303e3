/* Mends an issue's file as its findings say. */
#ifndef BX_CLI_FIX_H
#define BX_CLI_FIX_H

#include "cli/cli.h"

/* Applies the fixes of the job's diagnostics to the file at `path`, of which the job was read, and
 * shows on stdout what changed, as a unified diff. The file is replaced as a whole, under the name
 * that `path` leads to, and keeps its permissions; without fixes it is not touched. */
bx_status bx_cli_fix(const bx_args *args, bx_job *job, const char *path);

#endif
