#include "input/source_file.h"

#include "input/file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void close_fd(void *object) { close((int)(intptr_t)object); }

bx_read_status bx_read_fd(bx_arena *arena, int fd, uint32_t limit, bx_str *out) {
    struct stat st;
    size_t expected =
        fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size > 0 ? (size_t)st.st_size : 0;
    if (expected > limit)
        return BX_READ_LIMIT;
    /* One byte more than expected shows the end without growing. */
    size_t cap = expected ? expected + 1 : 65536, n = 0;
    char *p = bx_alloc_raw(arena, cap);
    for (;;) {
        ssize_t got = read(fd, p + n, cap - n);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return BX_READ_FAILED;
        if (got == 0)
            break;
        n += (size_t)got;
        if (n > limit)
            return BX_READ_LIMIT;
        if (n == cap) {
            char *larger = bx_alloc_raw(arena, cap * 2);
            memcpy(larger, p, n);
            p = larger;
            cap *= 2;
        }
    }
    *out = (bx_str){p, (uint32_t)n};
    return BX_READ_OK;
}

/* The file is known by its name, so that the message has a place. */
static uint32_t refuse_size(bx_report *report, bx_str path) {
    uint32_t source = bx_sources_add(report->sources, path, (bx_str){0});
    bx_say_limit(report, BX_LIMIT_INPUT, (bx_span){source, 0, 0});
    return 0;
}

uint32_t bx_source_of_bytes(bx_str path, bx_str bytes, bx_report *report) {
    if (bytes.n > report->limits.at[BX_LIMIT_INPUT])
        return refuse_size(report, path);
    uint32_t source = bx_sources_add(report->sources, path, bytes);
    return bx_source_check_utf8(report, source) ? source : 0;
}

uint32_t bx_source_open(bx_arena *arena, bx_str path, bx_report *report) {
    uint64_t limit = report->limits.at[BX_LIMIT_INPUT];
    bool in = bx_str_is(path, "-");
    int fd = in ? STDIN_FILENO : open(bx_cstr(arena, path), O_RDONLY | O_CLOEXEC | O_NOCTTY);
    struct stat st;
    if (fd >= 0 && !in)
        bx_defer(arena, close_fd, (void *)(intptr_t)fd);
    if (fd >= 0 && fstat(fd, &st) == 0 && S_ISDIR(st.st_mode)) {
        bx_say(report, BX_D_INPUT_MISSING, (bx_span){0}, "%.*s is a folder", BX_STR_ARG(path));
        bx_hint(report, "Name the issue's file");
        return 0;
    }
    bx_str bytes = {0};
    bx_read_status status =
        fd < 0 ? BX_READ_FAILED
               : bx_read_fd(arena, fd, limit < UINT32_MAX ? (uint32_t)limit : UINT32_MAX, &bytes);
    if (status == BX_READ_LIMIT)
        return refuse_size(report, path);
    if (status == BX_READ_FAILED) {
        const char *why = errno == ENOENT    ? "there is no such file"
                          : errno == EACCES  ? "permission denied"
                          : errno == ENOTDIR ? "a part of the path is no folder"
                                             : "input error";
        bx_say(report, BX_D_INPUT_MISSING, (bx_span){0}, "%.*s cannot be read: %s",
               BX_STR_ARG(path), bx_word(report->words, why));
        return 0;
    }
    return bx_source_of_bytes(path, bytes, report);
}

bx_str bx_path_name(bx_str path) {
    uint32_t start = path.n;
    while (start && path.p[start - 1] != '/')
        start--;
    return bx_str_sub(path, start, path.n);
}

bx_str bx_path_folder(bx_str path) {
    uint32_t n = path.n - bx_path_name(path).n;
    if (n > 1)
        n--; /* the slash itself, but for the root */
    return bx_str_sub(path, 0, n);
}
