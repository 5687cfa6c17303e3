#include "support/golden.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

static bool read_file(bx_arena *arena, const char *path, bx_str *out) {
    FILE *file = fopen(path, "rb");
    if (!file)
        return false;
    bx_buf buf = bx_buf_new(arena);
    char block[4096];
    for (size_t n; (n = fread(block, 1, sizeof block, file)) > 0;)
        bx_buf_add(&buf, block, n);
    bool good = !ferror(file);
    fclose(file);
    *out = bx_buf_view(&buf);
    return good;
}

bx_str bx_test_file(bx_arena *arena, const char *path) {
    bx_str bytes;
    if (!read_file(arena, path, &bytes))
        fail_msg("%s: %s", path, strerror(errno));
    return bytes;
}

static void write_golden(const char *path, bx_str bytes) {
    FILE *file = fopen(path, "wb");
    if (!file || fwrite(bytes.p, 1, bytes.n, file) != bytes.n || fclose(file))
        fail_msg("%s: %s", path, strerror(errno));
}

/* The line (from 1) that holds byte `at`, and its bounds. */
static uint32_t line_at(bx_str s, uint32_t at, bx_str *line) {
    uint32_t number = 1, start = 0;
    for (uint32_t i = 0; i < at && i < s.n; i++)
        if (s.p[i] == '\n') {
            number++;
            start = i + 1;
        }
    uint32_t end = start;
    while (end < s.n && s.p[end] != '\n')
        end++;
    *line = bx_str_sub(s, start, end);
    return number;
}

void bx_assert_golden(bx_arena *arena, const char *path, bx_str actual) {
    const char *update = getenv("BANXIN_UPDATE_GOLDEN");
    if (update && *update && strcmp(update, "0") != 0) {
        write_golden(path, actual);
        return;
    }
    bx_str expected;
    if (!read_file(arena, path, &expected))
        fail_msg("%s: %s (BANXIN_UPDATE_GOLDEN=1 makes it)", path, strerror(errno));
    if (bx_str_eq(actual, expected))
        return;
    uint32_t at = 0;
    while (at < actual.n && at < expected.n && actual.p[at] == expected.p[at])
        at++;
    bx_str was, is;
    uint32_t number = line_at(expected, at, &was);
    line_at(actual, at, &is);
    fail_msg("%s:%u differs\n  golden: %.*s\n  now:    %.*s", path, number, BX_STR_ARG(was),
             BX_STR_ARG(is));
}
