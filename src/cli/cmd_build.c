#include "cli/cli.h"
#include "cli/deps.h"
#include "cli/sandbox.h"

#include <stdio.h>
#include <unistd.h>

/* issue.yaml → issue.pdf, in the issue's folder. */
static const char *default_output(bx_arena *arena, const char *issue) {
    if (strcmp(issue, "-") == 0)
        return "-";
    const char *slash = strrchr(issue, '/');
    const char *dot = strrchr(slash ? slash : issue, '.');
    bool has_stem = dot && dot != issue && dot[-1] != '/';
    size_t n = has_stem ? (size_t)(dot - issue) : strlen(issue);
    return bx_str_fmt(arena, "%.*s.pdf", (int)n, issue).p;
}

static bx_status build_with_deps(const bx_args *args, bx_job *job, const char *issue) {
    bx_deps deps;
    bx_status status = bx_job_check(job);
    if (status != BX_OK)
        return status;
    if (!bx_deps_begin(args->arena, args->deps, args->output, issue, job, &deps))
        return BX_EOUTPUT;
    status = bx_job_build_file(job, args->output);
    bool good = bx_deps_end(&deps, status == BX_OK);
    return status == BX_OK && !good ? BX_EIO : status;
}

static bx_status work(const bx_args *args, bx_job *job, const char *operand) {
    const char *output = args->output;
    bx_status status = bx_job_read_file(job, operand);
    if (status == BX_OK)
        status = args->deps ? build_with_deps(args, job, operand) : bx_job_build_file(job, output);
    if (status == BX_OK && args->verbose)
        bx_cli_say_done(output, job);
    return status;
}

static int run(bx_args *args) {
    if (args->operands.n != 1)
        return bx_usage_error(NULL, "build takes one issue: banxin build ISSUE [-o OUT.pdf]");
    if (!args->output)
        args->output = default_output(args->arena, args->operands.at[0]);
    bool to_stdout = strcmp(args->output, "-") == 0;
    if (to_stdout && isatty(STDOUT_FILENO))
        return bx_usage_error("Name a file with -o", "a PDF is not for a terminal");
    if (!to_stdout)
        bx_add_text(args->arena, &args->writes, bx_cli_folder_behind(args->arena, args->output));
    if (args->deps)
        bx_add_text(args->arena, &args->writes, bx_cli_folder_behind(args->arena, args->deps));
    return bx_cli_run(args, args->operands.at[0], work);
}

static const bx_option options[] = {
    BX_OPTION("output", 'o', TEXT, output, "FILE", NULL,
              "where to write; - is the standard output (ISSUE with .pdf)"),
    BX_OPTIONS_ISSUE,
    BX_OPTIONS_LAYOUTS,
    BX_OPTIONS_FONTS,
    BX_OPTION("deps", 0, TEXT, deps, "FILE", NULL, "write what the PDF was made from, for make"),
    BX_OPTION("timings", 0, FLAG, timings, NULL, NULL, "show how long each stage took"),
    BX_OPTION_SANDBOX,
    BX_OPTION_VERBOSE,
    BX_OPTIONS_ALL,
    {0},
};

const bx_command bx_cmd_build = {
    .name = "build",
    .operands = "ISSUE",
    .summary = "Print an issue as PDF",
    .details = "ISSUE is YAML, or Markdown with front matter; - is the standard input. An older "
               "PDF stays\n"
               "as it was unless all went well.",
    .options = options,
    .run = run,
};
