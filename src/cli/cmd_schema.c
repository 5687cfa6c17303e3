#include "cli/cli.h"

#include <stdio.h>

static int run(bx_args *args) {
    const char *which = args->operands.n == 1 ? args->operands.at[0] : "";
    bx_schema schema;
    if (strcmp(which, "issue") == 0)
        schema = BX_SCHEMA_ISSUE;
    else if (strcmp(which, "layout") == 0)
        schema = BX_SCHEMA_LAYOUT;
    else
        return bx_usage_error("banxin schema issue, or banxin schema layout",
                              "schema takes one of issue, layout");
    bx_status status = bx_write_schema(schema, bx_cli_write, stdout);
    if (!bx_cli_flush())
        return BX_EXIT_IO;
    bx_cli_report(args, NULL, status);
    return bx_exit_code(status);
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
