/* What the files of a set are, without reading all of them: a CJK collection has 30 MB. */
#include "font/set.h"
#include "input/file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

/* A collection of ten faces has its table directories in the first 4 kB. */
enum { BEGINNING = 16384 };

static bx_str beginning_of(bx_arena *arena, const char *path, int64_t *length) {
    bx_str bytes = {0};
    *length = -1;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0)
        return bytes;
    struct stat st;
    if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode)) {
        *length = st.st_size;
        char *p = bx_alloc(arena, BEGINNING);
        ssize_t n = pread(fd, p, BEGINNING, 0);
        bytes = (bx_str){p, n > 0 ? (uint32_t)n : 0};
    }
    close(fd);
    return bytes;
}

bx_digest bx_fonts_identity(const bx_fonts *fonts, bx_arena *arena) {
    bx_digest all = fonts->table;
    bx_mark mark = bx_arena_mark(arena);
    for (uint32_t i = 0; i < fonts->files.n; i++) {
        const font_file *file = fonts->files.at[i];
        int64_t length;
        bx_str bytes = beginning_of(arena, bx_cstr(arena, file->path), &length);
        bx_str head = bx_str_fmt(arena, "%.*s %lld\n", BX_STR_ARG(file->name), (long long)length);
        bx_str pieces[] = {{(const char *)all.byte, sizeof all.byte}, head, bytes};
        all = bx_sha256(pieces, 3);
        bx_arena_rewind(arena, mark);
    }
    return all;
}
