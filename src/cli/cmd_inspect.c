#include "cli/cli.h"

#include <stdio.h>

static bx_status work(const bx_args *args, bx_job *job, const char *operand) {
    (void)args;
    bx_status status = bx_job_read_file(job, operand);
    return status == BX_OK ? bx_job_inspect(job, bx_cli_write, stdout) : status;
}

static int run(bx_args *args) {
    if (args->operands.n != 1)
        return bx_usage_error(NULL, "inspect takes one issue: banxin inspect ISSUE");
    return bx_cli_run(args, args->operands.at[0], work);
}

static const bx_option options[] = {
    BX_OPTIONS_ISSUE,
    BX_OPTIONS_LAYOUTS,
    BX_OPTIONS_FONTS,
    BX_OPTION_SANDBOX,
    BX_OPTION("timings", 0, FLAG, timings, NULL, NULL, "show how long each stage took"),
    BX_OPTIONS_ALL,
    {0},
};

const bx_command bx_cmd_inspect = {
    .name = "inspect",
    .operands = "ISSUE",
    .summary = "Print the composed pages as JSON",
    .details = "One object {\"pages\": […]}; lengths are points from each page's top left corner.\n"
               "docs/cli.md describes its items.",
    .options = options,
    .run = run,
};
