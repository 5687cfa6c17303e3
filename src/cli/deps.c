#include "cli/deps.h"

#include "base/same_file.h"
#include "batch/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

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

/* A line feed in a name cannot be written for make, and would begin a rule of the name's own. */
static bool can_be_written(const char *name) { return !strpbrk(name, "\n\r"); }

static bx_str text_of(bx_arena *arena, const char *output, const char *const *files) {
    bx_buf out = bx_buf_new(arena);
    put_name(&out, output);
    bx_buf_char(&out, ':');
    for (; *files; files++) {
        if (!can_be_written(*files))
            continue;
        bx_buf_str(&out, BX_STR(" \\\n  "));
        put_name(&out, *files);
    }
    bx_buf_char(&out, '\n');
    return bx_buf_view(&out);
}

static bool is_same_file(const char *a, const char *b) {
    struct stat x, y;
    return strcmp(a, b) == 0 || (stat(a, &x) == 0 && stat(b, &y) == 0 && bx_is_same_file(&x, &y));
}

static bool fail(const char *path) {
    bx_cli_say("cannot write %s: %s", path, bx_cli_reason(errno));
    return false;
}

bool bx_deps_begin(bx_arena *arena, const char *path, const char *output, const char *issue,
                   bx_job *job, bx_deps *deps) {
    const char *const *files;
    *deps = (bx_deps){.path = path, .descriptor = bx_descriptor_of(path)};
    if (bx_job_files(job, &files) != BX_OK)
        return false;
    if (is_same_file(path, output) || is_same_file(path, issue)) {
        bx_cli_say("cannot write %s: %s", path,
                   bx_word(bx_cli_words(), "the issue or the PDF is there"));
        return false;
    }
    deps->bytes = text_of(arena, can_be_written(output) ? output : "", files);
    struct stat at;
    bool there = stat(path, &at) == 0;
    deps->is_direct =
        deps->descriptor >= 0 || (there && !S_ISREG(at.st_mode) && !S_ISDIR(at.st_mode));
    if (deps->is_direct)
        return true;
    char *real = realpath(path, NULL); /* a link stays a link */
    deps->path = real ? bx_str_dup(arena, bx_str_of(real)).p : path;
    free(real);
    bool is_folder = there && S_ISDIR(at.st_mode);
    errno = EISDIR;
    return (!is_folder && bx_file_aside(arena, deps->path, deps->bytes, &deps->aside)) ||
           fail(path);
}

/* Into a FIFO, a device, a descriptor. */
static bool pour(const bx_deps *deps) {
    if (deps->descriptor >= 0)
        return bx_write_all(deps->descriptor, deps->bytes.p, deps->bytes.n);
    int fd = open(deps->path, O_WRONLY | O_NOCTTY | O_CLOEXEC);
    bool good = fd >= 0 && bx_write_all(fd, deps->bytes.p, deps->bytes.n);
    if (fd >= 0)
        good = close(fd) == 0 && good;
    return good;
}

bool bx_deps_end(bx_deps *deps, bool made) {
    if (!made) {
        if (!deps->is_direct)
            bx_file_drop(&deps->aside);
        return true;
    }
    bool good = deps->is_direct ? pour(deps) : bx_file_put(&deps->aside);
    return good || fail(deps->path);
}
