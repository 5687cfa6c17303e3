#include "cli/cli.h"
#include "cli/fix.h"
#include "cli/sandbox.h"

#include <string.h>

static bx_status work(const bx_args *args, bx_job *job, const char *operand) {
    bx_status status = bx_job_read_file(job, operand);
    bx_status lint = bx_job_lint(job);
    if (status == BX_OK)
        status = lint;
    if (status == BX_OK)
        status = bx_job_check(job);
    if (status == BX_OK && args->verbose)
        bx_cli_say_done(operand, job);
    return status;
}

/* Mends the file by a reading of its own; what is left to say is then said of the mended one. */
static bx_status mend(const bx_args *args, bx_press *press, const char *path) {
    bx_job_options options = bx_cli_job_options(args);
    bx_job *job = NULL;
    bx_status status = bx_job_open(press, &options, &job);
    if (status == BX_OK && bx_job_read_file(job, path) != BX_ENOINPUT) {
        bx_job_lint(job);
        status = bx_cli_fix(args, job, path);
    }
    bx_job_close(job);
    return status;
}

/* Faults of the issues themselves are findings; what kept them from being checked is worse. */
static int exit_code(bx_status worst, size_t findings) {
    if (worst != BX_OK && worst != BX_EDATA)
        return bx_exit_code(worst);
    return findings ? BX_EXIT_FINDINGS : BX_EXIT_DONE;
}

static int run(bx_args *args) {
    if (!args->operands.n)
        return bx_usage_error(NULL, "check needs an issue: banxin check ISSUE…");
    for (uint32_t i = 0; args->fix && i < args->operands.n; i++) {
        const char *issue = args->operands.at[i];
        if (strcmp(issue, "-") == 0)
            return bx_usage_error(NULL, "--fix mends files, not the standard input");
        bx_add_text(args->arena, &args->writes, bx_cli_folder_behind(args->arena, issue));
    }
    bx_press *press = NULL;
    size_t findings = 0;
    bx_status worst = bx_cli_press(args, &press);
    if (worst != BX_OK)
        bx_cli_report(args, NULL, worst);
    else if (args->sandbox)
        bx_sandbox(args, press);
    for (uint32_t i = 0; press && i < args->operands.n; i++) {
        const char *issue = args->operands.at[i];
        bx_status status = args->fix ? mend(args, press, issue) : BX_OK;
        if (status == BX_OK)
            status = bx_cli_run_job(args, press, issue, work, &findings);
        if (worst == BX_OK || worst == BX_EDATA)
            worst = status != BX_OK ? status : worst;
    }
    bx_press_close(press);
    return exit_code(worst, findings);
}

static const bx_option options[] = {
    BX_OPTION("fix", 0, FLAG, fix, NULL, NULL,
              "mend in the file what can be mended safely, and show what changed"),
    BX_OPTIONS_ISSUE,
    BX_OPTIONS_LAYOUTS,
    BX_OPTIONS_FONTS,
    BX_OPTION_SANDBOX,
    BX_OPTION("timings", 0, FLAG, timings, NULL, NULL, "show how long each stage took"),
    BX_OPTION_VERBOSE,
    BX_OPTIONS_ALL,
    {0},
};

const bx_command bx_cmd_check = {
    .name = "check",
    .operands = "ISSUE…",
    .summary = "Look for faults in issues without writing anything",
    .details =
        "Each issue is read and composed, and its text looked at as an editor would: half-width\n"
        "and repeated marks, quotation marks without a partner, ... for ……, dates and days of the\n"
        "week, references never cited, a number or date that does not follow those of the other\n"
        "issues in the folder. The exit code is 1 when there are findings, warnings\n"
        "included.",
    .options = options,
    .run = run,
};
