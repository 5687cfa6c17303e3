/* A press and a job, as the options ask for them, from opening to closing. */
#include "cli/cli.h"
#include "cli/sandbox.h"

#include <errno.h>
#include <sched.h>
#include <stdio.h>
#include <unistd.h>

enum { INPUT_MOST = 256 << 20 }; /* bytes; far more than a paragraph or a list of issues has */

bool bx_cli_stdin(bx_arena *arena, bx_str *bytes) {
    bx_buf buf = bx_buf_new(arena);
    char block[65536];
    ssize_t n;
    while ((n = read(STDIN_FILENO, block, sizeof block)) != 0) {
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0 || buf.n > INPUT_MOST)
            return false;
        bx_buf_add(&buf, block, (size_t)n);
    }
    *bytes = bx_buf_view(&buf);
    return true;
}

bx_job_options bx_cli_job_options(const bx_args *args) {
    return (bx_job_options){
        .layout = args->layout,
        .assets_folder = args->assets,
        .settings = args->set.at,
        .standards = args->standards,
        .limits = args->limit.at,
        .strict = args->strict,
        .messages = args->language,
        .created = args->has_created ? &args->created : NULL,
    };
}

unsigned bx_cli_processors(void) {
    cpu_set_t set;
    int n = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
    return n > 0 ? (unsigned)n : 1;
}

static bx_status open_job(const bx_args *args, bx_press *press, bx_job **job) {
    bx_job_options options = bx_cli_job_options(args);
    options.threads = bx_cli_processors(); /* the threads of a batch have an issue each */
    return bx_job_open(press, &options, job);
}

bx_status bx_cli_run_job(const bx_args *args, bx_press *press, const char *operand,
                         bx_cli_work work, size_t *findings) {
    bx_job *job = NULL;
    bx_status status = open_job(args, press, &job);
    if (status == BX_OK)
        status = work(args, job, operand);
    bx_cli_report(args, job, status);
    if (job) {
        *findings += bx_job_errors(job) + bx_job_warnings(job);
        if (args->timings)
            bx_cli_timings(args, job);
    }
    bx_job_close(job);
    return status;
}

int bx_cli_run(const bx_args *args, const char *operand, bx_cli_work work) {
    bx_press *press = NULL;
    size_t findings = 0;
    bx_status status = bx_cli_press(args, &press);
    if (status == BX_OK && args->sandbox)
        bx_sandbox(args, press);
    if (status == BX_OK)
        status = bx_cli_run_job(args, press, operand, work, &findings);
    else
        bx_cli_report(args, NULL, status);
    bx_press_close(press);
    if (!bx_cli_flush())
        status = BX_EIO;
    return bx_exit_code(status);
}
