/* What batch and seal are to work on, from their operands. */
#ifndef BX_CLI_PLAN_H
#define BX_CLI_PLAN_H

#include "batch/plan.h"
#include "cli/cli.h"

/* BX_EXIT_DONE, or an exit code after a message. Puts up the wall against calls first, unless
 * --no-sandbox is given. */
int bx_cli_plan(const bx_args *args, bx_plan *plan);

/* Puts up the wall round the files of what was planned, unless --no-sandbox is given: as far as the
 * kernel can; where it cannot, the run is as it always was. `args->output` is a folder that is
 * there; `press` is NULL when nothing is to be set. */
void bx_cli_plan_shut_in(bx_args *args, bx_press *press, const bx_plan *plan);

#endif
