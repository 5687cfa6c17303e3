#include "cli/cli.h"
#include "cli/plan.h"
#include "cli/shard.h"

#include "batch/file.h"
#include "batch/run.h"

#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { JOBS_MAX = 1024 };

/* Set by a signal, read by every thread: lock-free, as signals want it. */
static atomic_bool stop_asked;

static void ask_to_stop(int signal_number) {
    (void)signal_number;
    atomic_store(&stop_asked, true);
}

/* The first signal lets the issues in work be finished; the second ends the program. */
static void take_signals(void) {
    struct sigaction action = {.sa_handler = ask_to_stop, .sa_flags = SA_RESTART | SA_RESETHAND};
    struct sigaction hangup;
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    if (sigaction(SIGHUP, NULL, &hangup) == 0 && hangup.sa_handler != SIG_IGN) /* by nohup */
        sigaction(SIGHUP, &action, NULL);
}

static bool must_stop(void *user) {
    (void)user;
    return atomic_load(&stop_asked);
}

/* ------------------------------------------------------------------------------------ progress */

typedef struct progress {
    const bx_args *args;
    bool shown;         /* stderr is a terminal */
    double start, last; /* seconds */
} progress;

static void clear_line(const progress *p) {
    if (p->shown)
        fputs("\r\033[K", stderr);
}

static void show_line(progress *p, const bx_batch_state *s) {
    double now = bx_cli_seconds();
    uint32_t done = s->made + s->skipped + s->failed;
    if (!p->shown || (now - p->last < 0.1 && done < s->total))
        return;
    p->last = now;
    double rate = now > p->start ? (s->made + s->failed) / (now - p->start) : 0;
    unsigned left = rate > 0 ? (unsigned)((s->total - done) / rate) : 0;
    clear_line(p);
    fprintf(stderr,
            bx_word(bx_cli_words(), "%u of %u, %.1f a second, %u:%02u:%02u left, %u failed"), done,
            s->total, rate, left / 3600, left / 60 % 60, left % 60, s->failed);
}

static void report(void *user, bx_arena *arena, const bx_plan_item *item, bx_job *job,
                   bx_status status, const bx_batch_state *state) {
    progress *p = user;
    bx_args args = *p->args;
    args.arena = arena;
    bool has_findings = job && bx_job_errors(job) + bx_job_warnings(job) > 0;
    bool tells = args.verbose && job && status == BX_OK;
    if (status != BX_OK || has_findings || tells)
        clear_line(p);
    if (status != BX_OK && !has_findings && !args.sarif)
        bx_cli_put(stderr, item->issue), fputs(": ", stderr);
    bx_cli_report(&args, job, status);
    if (tells)
        bx_cli_say_done(item->output.p, job);
    show_line(p, state);
}

/* ------------------------------------------------------------------------------------- command */

static bool read_jobs(const char *text, uint32_t *n) {
    char *end;
    unsigned long value = text ? strtoul(text, &end, 10) : 0;
    if (text && (*end || text[0] < '0' || text[0] > '9' || value < 1 || value > JOBS_MAX)) {
        bx_usage_error(NULL, "--jobs takes a number from 1 to %d, not \"%s\"", JOBS_MAX, text);
        return false;
    }
    *n = text ? (uint32_t)value : bx_cli_processors();
    return true;
}

static int exit_code(const bx_batch_result *result) {
    if (result->busy)
        return BX_EXIT_AGAIN;
    if (result->stopped && (result->status == BX_OK || result->status == BX_EDATA))
        return BX_EXIT_AGAIN;
    return bx_exit_code(result->status);
}

static void say_end(const bx_args *args, const bx_batch_result *result) {
    const bx_batch_state *s = &result->state;
    bool begun = s->made + s->skipped + s->failed > 0;
    if (result->fault.n)
        bx_cli_say("%.*s", BX_STR_ARG(result->fault));
    if (!args->quiet && !args->sarif && (begun || !result->fault.n))
        bx_cli_tell(result->stopped
                        ? "%u issues: %u made, %u there already, %u failed; stopped: run "
                          "it again to go on"
                    : s->total == 1 ? "%u issue: %u made, %u there already, %u failed"
                                    : "%u issues: %u made, %u there already, %u failed",
                    s->total, s->made, s->skipped, s->failed);
}

static int run(bx_args *args) {
    bx_batch_options options = {.folder = bx_str_of(args->output), .stop = must_stop};
    bx_plan plan;
    if (!args->operands.n || !args->output)
        return bx_usage_error(NULL, "batch takes issues and a folder: banxin batch IN… -o OUT");
    if (!bx_shard_parse(args->shard, &options.shard, &options.n_shards) ||
        !read_jobs(args->jobs, &options.n_threads))
        return BX_EXIT_USAGE;
    int code = bx_cli_plan(args, &plan);
    if (code != BX_EXIT_DONE)
        return code;
    progress p = {args, !args->quiet && isatty(STDERR_FILENO), bx_cli_seconds(), 0};
    bx_job_options job = bx_cli_job_options(args);
    options.job = &job;
    options.report = report;
    options.user = &p;
    options.words = bx_cli_words();
    bx_batch_result result;
    bx_status status = bx_cli_press(args, &options.press);
    if (status != BX_OK) {
        bx_cli_report(args, NULL, status);
        return bx_exit_code(status);
    }
    bx_folders_make(args->arena, options.folder); /* if not, the run says why */
    bx_cli_plan_shut_in(args, options.press, &plan);
    take_signals();
    bx_batch_run(args->arena, &plan, &options, &result);
    bx_press_close(options.press);
    clear_line(&p);
    say_end(args, &result);
    return exit_code(&result);
}

static const bx_option options[] = {
    BX_OPTION("output", 'o', TEXT, output, "FOLDER", NULL, "where the PDFs and the ledger go"),
    BX_OPTION("jobs", 'j', TEXT, jobs, "N", NULL, "issues in work at once (as many as CPUs)"),
    BX_OPTION("shard", 0, TEXT, shard, "I/N", NULL,
              "only the I-th of N parts; N: the engine's task number says which"),
    BX_OPTION("name-template", 0, TEXT, name_template, "NAME", NULL,
              "names of the PDFs ({folder}/{stem}.pdf)"),
    BX_OPTIONS_ISSUE,
    BX_OPTIONS_LAYOUTS,
    BX_OPTIONS_FONTS,
    BX_OPTION_NO_SANDBOX,
    BX_OPTION_VERBOSE,
    BX_OPTIONS_ALL,
    {0},
};

const bx_command bx_cmd_batch = {
    .name = "batch",
    .operands = "IN…",
    .summary = "Print many issues",
    .details = "IN is an issue, a folder of issues, a pattern, or a manifest: CSV or JSON lines "
               "with a column\n"
               "\"issue\"; - is a manifest on the standard input. What is there already, made from "
               "the same\n"
               "things, is passed over: a run that was stopped or killed is continued by running "
               "it again.",
    .options = options,
    .run = run,
};
