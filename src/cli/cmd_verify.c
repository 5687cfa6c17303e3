#include "cli/cli.h"

#include <stdio.h>

/* What a PDF says of itself may be anything. */
static void put_row(const char *what, const char *text) {
    printf("  %-10s ", what);
    bx_cli_put(stdout, bx_str_of(text));
    putchar('\n');
}

static void put_list(const char *what, const char *const *list) {
    for (; *list; list++, what = "")
        put_row(what, *list);
}

static void tell(const char *path, bool same, const bx_provenance *p) {
    printf("%s: %s\n", path, same ? "the same, byte for byte" : "not the same");
    if (p->program) {
        put_row("program", p->program);
        put_list("libraries", p->libraries);
        put_list("fonts", p->fonts);
        put_list("source", p->files);
        put_row("standards", p->standards);
        put_row("record", p->record);
    }
    put_row("SHA-256", p->digest);
}

static bx_status work(const bx_args *args, bx_job *job, const char *operand) {
    bx_provenance provenance;
    const char *issue = args->operands.n > 1 ? args->operands.at[1] : NULL;
    bx_status status = bx_job_verify(job, operand, issue, &provenance);
    if ((status == BX_OK || status == BX_EDIFFERS) && !args->quiet)
        tell(operand, status == BX_OK, &provenance);
    return status;
}

static int run(bx_args *args) {
    if (args->operands.n < 1 || args->operands.n > 2)
        return bx_usage_error(NULL, "verify takes a PDF: banxin verify FILE.pdf [ISSUE]");
    return bx_cli_run(args, args->operands.at[0], work);
}

static const bx_option options[] = {
    BX_OPTION("layout", 0, TEXT, layout, "NAME", NULL,
              "with ISSUE: the layout, by name or path, instead of the issue's own"),
    BX_OPTION("assets", 0, TEXT, assets, "FOLDER", NULL,
              "with ISSUE: a second folder in which pictures are looked for"),
    BX_OPTIONS_LAYOUTS,
    BX_OPTIONS_FONTS,
    BX_OPTION_SANDBOX,
    BX_OPTIONS_ALL,
    {0},
};

const bx_command bx_cmd_verify = {
    .name = "verify",
    .operands = "FILE.pdf [ISSUE]",
    .summary = "Make a PDF again from the source inside it, and compare",
    .details =
        "FILE.pdf was made with embed-source: true. Shows the program, fonts and files that it "
        "was made\n"
        "from. The exit code is 0 when every byte is the same, 1 when not: then the findings say "
        "why.\n"
        "With ISSUE, that file, its layout and pictures are taken from the disk instead.",
    .options = options,
    .run = run,
};
