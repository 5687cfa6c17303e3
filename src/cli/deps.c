#include "cli/deps.h"

#include <errno.h>
#include <stdio.h>

/* Escapes what make would read as its own: blanks, #, $ (GNU make manual, 4.2 and 4.4). */
static void put_name(bx_buf *out, const char *name) {
    for (const char *c = name; *c; c++) {
        if (*c == '$')
            bx_buf_char(out, '$');
        else if (*c == ' ' || *c == '\t' || *c == '#' || *c == ':' || *c == '%')
            bx_buf_char(out, '\\');
        bx_buf_char(out, *c);
    }
}

bool bx_deps_write(bx_arena *arena, const char *path, const char *output, bx_job *job) {
    const char *const *files;
    if (bx_job_files(job, &files) != BX_OK)
        return false;
    bx_buf out = bx_buf_new(arena);
    put_name(&out, output);
    bx_buf_char(&out, ':');
    for (; *files; files++) {
        bx_buf_str(&out, BX_STR(" \\\n  "));
        put_name(&out, *files);
    }
    bx_buf_char(&out, '\n');
    FILE *file = fopen(path, "wb");
    bool good = file && fwrite(out.p, 1, out.n, file) == out.n;
    if (file)
        good = fclose(file) == 0 && good;
    if (!good)
        bx_cli_say("cannot write %s: %s", path, bx_cli_reason(errno));
    return good;
}
