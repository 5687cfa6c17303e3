/* Jobs as the options ask for them. */
#include "cli/cli.h"

#include <errno.h>
#include <stdio.h>
#include <unistd.h>

bool bx_cli_stdin(bx_arena *arena, bx_str *bytes) {
    bx_buf buf = bx_buf_new(arena);
    char block[65536];
    ssize_t n;
    while ((n = read(STDIN_FILENO, block, sizeof block)) != 0) {
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0 || buf.n > UINT32_MAX - sizeof block)
            return false;
        bx_buf_add(&buf, block, (size_t)n);
    }
    *bytes = bx_buf_view(&buf);
    return true;
}

bx_status bx_cli_job(const bx_args *args, bx_press *press, bx_job **job) {
    bx_job_options options = {
        .layout = args->layout,
        .assets_folder = args->assets,
        .settings = args->set.at,
        .strict = args->strict,
    };
    return bx_job_open(press, &options, job);
}

bx_status bx_cli_read(const bx_args *args, bx_job *job, const char *operand) {
    if (strcmp(operand, "-") != 0)
        return bx_job_read_file(job, operand);
    bx_str bytes;
    if (!bx_cli_stdin(args->arena, &bytes)) {
        fprintf(stderr, "banxin: cannot read the standard input: %s\n", strerror(errno));
        return BX_ENOINPUT;
    }
    return bx_job_read(job, "-", ".", bytes.p, bytes.n);
}
