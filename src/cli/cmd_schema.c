#include "cli/cli.h"

#include <stdio.h>

static bx_status work(const bx_args *args, bx_job *job, const char *operand) {
    (void)args;
    bx_schema schema = strcmp(operand, "issue") == 0 ? BX_SCHEMA_ISSUE : BX_SCHEMA_LAYOUT;
    return bx_job_schema(job, schema, bx_cli_write, stdout);
}

static int run(bx_args *args) {
    const char *which = args->operands.n == 1 ? args->operands.at[0] : "";
    if (strcmp(which, "issue") != 0 && strcmp(which, "layout") != 0)
        return bx_usage_error("banxin schema issue, or banxin schema layout",
                              "schema takes one of issue, layout");
    return bx_cli_run(args, which, work);
}

static const bx_option options[] = {
    BX_OPTIONS_ALL,
    {0},
};

const bx_command bx_cmd_schema = {
    .name = "schema",
    .operands = "issue|layout",
    .summary = "Print the JSON Schema of issues or of layouts",
    .details = "An editor that knows the schema completes and checks keys while one types.",
    .options = options,
    .run = run,
};
