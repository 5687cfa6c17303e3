#include "cli/plan.h"

#include <stdio.h>

int bx_cli_plan(const bx_args *args, bx_plan *plan) {
    bx_plan_options options = {.inputs = args->operands.at, .name_template = args->name_template};
    for (uint32_t i = 0; i < args->operands.n; i++) {
        bool is_input = strcmp(args->operands.at[i], "-") == 0;
        if (is_input && !bx_cli_stdin(args->arena, &options.standard_input)) {
            fputs("banxin: the standard input cannot be read\n", stderr);
            return BX_EXIT_NO_INPUT;
        }
    }
    if (bx_plan_make(args->arena, &options, plan))
        return BX_EXIT_DONE;
    fprintf(stderr, "banxin: %.*s\n", BX_STR_ARG(plan->fault));
    if (plan->hint.n)
        fprintf(stderr, "  hint: %.*s\n", BX_STR_ARG(plan->hint));
    return plan->unreadable ? BX_EXIT_NO_INPUT : BX_EXIT_DATA;
}
