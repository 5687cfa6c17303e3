#include "base/str.h"

#include "base/utf8.h"

#include <stdio.h>

bool bx_str_ends(bx_str s, bx_str suffix) {
    return s.n >= suffix.n &&
           (suffix.n == 0 || memcmp(s.p + s.n - suffix.n, suffix.p, suffix.n) == 0);
}

int bx_str_cmp(bx_str a, bx_str b) {
    uint32_t n = a.n < b.n ? a.n : b.n;
    int c = n ? memcmp(a.p, b.p, n) : 0;
    return c ? c : (a.n > b.n) - (a.n < b.n);
}

/* C libraries look for one byte in whole vectors, but for two and more byte by byte. */
int64_t bx_str_find(bx_str s, bx_str what) {
    enum { SHORT = 8 };
    if (what.n == 0)
        return 0;
    if (what.n > SHORT) {
        const char *hit = s.n ? memmem(s.p, s.n, what.p, what.n) : NULL;
        return hit ? hit - s.p : -1;
    }
    for (uint32_t at = bx_str_to(s, 0, what.p[0]); at < s.n && s.n - at >= what.n;
         at = bx_str_to(s, at + 1, what.p[0]))
        if (memcmp(s.p + at, what.p, what.n) == 0)
            return at;
    return -1;
}

uint32_t bx_str_to_any(bx_str s, uint32_t at, const bool set[256]) {
    const unsigned char *begin = (const unsigned char *)s.p, *p = begin + at, *end = begin + s.n;
    while (end - p >= 4 && !(set[p[0]] | set[p[1]] | set[p[2]] | set[p[3]]))
        p += 4;
    while (p < end && !set[*p])
        p++;
    return (uint32_t)(p - begin);
}

static bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
}

bx_str bx_str_trim(bx_str s) {
    while (s.n && is_blank(s.p[0]))
        s.p++, s.n--;
    while (s.n && is_blank(s.p[s.n - 1]))
        s.n--;
    return s;
}

bx_str bx_str_dup(bx_arena *arena, bx_str s) {
    char *p = bx_alloc_raw(arena, (size_t)s.n + 1);
    if (s.n)
        memcpy(p, s.p, s.n);
    p[s.n] = '\0';
    return (bx_str){p, s.n};
}

const char *bx_cstr(bx_arena *arena, bx_str s) { return bx_str_dup(arena, s).p; }

bx_str bx_str_vfmt(bx_arena *arena, const char *format, va_list args) {
    char first[128]; /* most fit, and are formatted once */
    va_list again;
    va_copy(again, args);
    int n = vsnprintf(first, sizeof first, format, args);
    if (n < 0)
        bx_out_of_memory(arena);
    char *p = bx_alloc_raw(arena, (size_t)n + 1);
    if ((size_t)n < sizeof first)
        memcpy(p, first, (size_t)n + 1);
    else
        vsnprintf(p, (size_t)n + 1, format, again);
    va_end(again);
    return (bx_str){p, (uint32_t)n};
}

bx_str bx_str_fmt(bx_arena *arena, const char *format, ...) {
    va_list args;
    va_start(args, format);
    bx_str s = bx_str_vfmt(arena, format, args);
    va_end(args);
    return s;
}

uint32_t bx_str_distance(bx_str a, bx_str b, uint32_t limit) {
    enum { MAX = 64 };
    uint32_t row[MAX + 1];
    if (a.n > MAX || b.n > MAX)
        return limit + 1;
    for (uint32_t j = 0; j <= b.n; j++)
        row[j] = j;
    for (uint32_t i = 1; i <= a.n; i++) {
        uint32_t diagonal = row[0];
        row[0] = i;
        for (uint32_t j = 1; j <= b.n; j++) {
            uint32_t best = diagonal + (a.p[i - 1] != b.p[j - 1]);
            diagonal = row[j];
            if (row[j] + 1 < best)
                best = row[j] + 1;
            if (row[j - 1] + 1 < best)
                best = row[j - 1] + 1;
            row[j] = best;
        }
    }
    return row[b.n] > limit ? limit + 1 : row[b.n];
}

bx_buf bx_buf_new(bx_arena *arena) { return (bx_buf){.arena = arena}; }

void bx_buf_grow(bx_buf *buf, size_t more) {
    if (more > SIZE_MAX / 4 - buf->n)
        bx_out_of_memory(buf->arena);
    size_t cap = buf->cap ? buf->cap * 2 : 64;
    while (cap < buf->n + more)
        cap *= 2;
    if (!buf->cap || !bx_extend(buf->arena, buf->p, buf->cap, cap)) {
        char *p = bx_alloc_raw(buf->arena, cap);
        if (buf->n)
            memcpy(p, buf->p, buf->n);
        buf->p = p;
    }
    buf->cap = cap;
}

void bx_buf_add(bx_buf *buf, const void *bytes, size_t n) {
    if (n == 0)
        return;
    bx_buf_room(buf, n);
    memcpy(buf->p + buf->n, bytes, n);
    buf->n += n;
}

void bx_buf_str(bx_buf *buf, bx_str s) { bx_buf_add(buf, s.p, s.n); }

static int hex(char c) {
    return c >= '0' && c <= '9'                 ? c - '0'
           : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10
                                                : -1;
}

bx_str bx_percent_decode(bx_arena *arena, bx_str s) {
    bx_buf buf = bx_buf_new(arena);
    for (uint32_t i = 0; i < s.n; i++) {
        int high = s.p[i] == '%' && i + 2 < s.n ? hex(s.p[i + 1]) : -1;
        int low = high >= 0 ? hex(s.p[i + 2]) : -1;
        bx_buf_char(&buf, low >= 0 ? (char)(high << 4 | low) : s.p[i]);
        i += low >= 0 ? 2 : 0;
    }
    return bx_buf_view(&buf);
}

void bx_buf_rune(bx_buf *buf, uint32_t code_point) {
    char bytes[4];
    bx_buf_add(buf, bytes, bx_utf8_encode(code_point, bytes));
}

void bx_buf_fmt(bx_buf *buf, const char *format, ...) {
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    bx_buf_room(buf, 32);
    int n = vsnprintf(buf->p + buf->n, buf->cap - buf->n, format, args);
    va_end(args);
    if (n > 0 && (size_t)n >= buf->cap - buf->n) {
        bx_buf_room(buf, (size_t)n + 1);
        vsnprintf(buf->p + buf->n, (size_t)n + 1, format, again);
    }
    buf->n += n > 0 ? (size_t)n : 0;
    va_end(again);
}

bx_str bx_buf_view(const bx_buf *buf) { return (bx_str){buf->p ? buf->p : "", (uint32_t)buf->n}; }
