/* What batch and seal are to work on, from their operands. */
#ifndef BX_CLI_PLAN_H
#define BX_CLI_PLAN_H

#include "batch/plan.h"
#include "cli/cli.h"

/* BX_EXIT_DONE, or an exit code after a message. */
int bx_cli_plan(const bx_args *args, bx_plan *plan);

#endif
