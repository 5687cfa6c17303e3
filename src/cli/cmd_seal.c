#include "cli/cli.h"
#include "cli/plan.h"

#include "batch/seal.h"

#include <errno.h>
#include <stdio.h>

static int fail(bx_str path) {
    const char *reason = bx_cli_reason(errno);
    bx_cli_say("%.*s: %s", BX_STR_ARG(path), reason);
    return BX_EXIT_IO;
}

static int run(bx_args *args) {
    bx_plan plan;
    bx_seal seal = {0};
    if (!args->operands.n || !args->output)
        return bx_usage_error(NULL, "seal takes what batch took: banxin seal IN… -o OUT");
    int code = bx_cli_plan(args, &plan);
    if (code != BX_EXIT_DONE)
        return code;
    bx_cli_plan_shut_in(args, NULL, &plan);
    bx_str folder = bx_str_of(args->output);
    if (!bx_seal_look(args->arena, &plan, folder, &seal))
        return fail(seal.unreadable);
    if (seal.gaps.n) {
        bx_str lines = bx_seal_gaps(args->arena, &seal);
        bx_cli_write(stdout, lines.p, lines.n);
        if (!bx_cli_flush())
            return BX_EXIT_IO;
        if (!bx_seal_break(args->arena, folder))
            return fail(folder);
    } else if (!bx_seal_write(args->arena, &seal, folder)) {
        return fail(folder);
    }
    if (!args->quiet && seal.gaps.n)
        bx_cli_tell("%u issues are there, %u are missing", seal.rows.n, seal.gaps.n);
    else if (!args->quiet)
        bx_cli_tell("%u issues, all there: sealed", seal.rows.n);
    return seal.gaps.n ? BX_EXIT_AGAIN : BX_EXIT_DONE;
}

static const bx_option options[] = {
    BX_OPTION("output", 'o', TEXT, output, "FOLDER", NULL, "the folder that batch wrote to"),
    BX_OPTION("name-template", 0, TEXT, name_template, "NAME", NULL,
              "names of the PDFs, as batch had it"),
    BX_OPTION_NO_SANDBOX,
    BX_OPTIONS_ALL,
    {0},
};

const bx_command bx_cmd_seal = {
    .name = "seal",
    .operands = "IN…",
    .summary = "Look whether all issues of a batch are there, and write their index",
    .details = "Reads every PDF and looks for its hash in the ledgers. When all are there: "
               "index.jsonl and\n"
               "index.html in the output folder. Else what is missing, as a manifest on the "
               "standard output,\n"
               "and exit code 75.",
    .options = options,
    .run = run,
};
