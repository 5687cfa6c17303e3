/* Byte strings: a pointer and a length, UTF-8 by convention, not terminated.
 *
 * bx_str is a value that borrows its bytes; who lends them is said where it is stored (usually an
 * arena). bx_buf grows in an arena. */
#ifndef BX_BASE_STR_H
#define BX_BASE_STR_H

#include "base/arena.h"

#include <stdarg.h>
#include <stdbool.h>
#include <string.h>

typedef struct bx_str {
    const char *p;
    uint32_t n;
} bx_str;

#define BX_STR(literal) ((bx_str){(literal), (uint32_t)(sizeof(literal) - 1)})
#define BX_STR_ARG(s) (int)(s).n, ((s).p ? (s).p : "") /* for "%.*s" */

static inline bx_str bx_str_of(const char *cstr) {
    return cstr ? (bx_str){cstr, (uint32_t)strlen(cstr)} : (bx_str){0};
}
static inline bool bx_str_eq(bx_str a, bx_str b) {
    return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}
static inline bool bx_str_is(bx_str a, const char *cstr) { return bx_str_eq(a, bx_str_of(cstr)); }
static inline bx_str bx_str_sub(bx_str s, uint32_t start, uint32_t end) {
    return (bx_str){s.p + start, end - start};
}
static inline bool bx_str_starts(bx_str s, bx_str prefix) {
    return s.n >= prefix.n && (prefix.n == 0 || memcmp(s.p, prefix.p, prefix.n) == 0);
}
bool bx_str_ends(bx_str s, bx_str suffix);
int bx_str_cmp(bx_str a, bx_str b);         /* by bytes, like memcmp */
int64_t bx_str_find(bx_str s, bx_str what); /* offset, or -1 */
/* The offset of the first byte at or after `at` that is c, or that is one of a set; s.n: none is.
 */
static inline uint32_t bx_str_to(bx_str s, uint32_t at, char c) {
    const char *hit = at < s.n ? memchr(s.p + at, c, s.n - at) : NULL;
    return hit ? (uint32_t)(hit - s.p) : s.n;
}
uint32_t bx_str_to_any(bx_str s, uint32_t at, const bool set[256]);
bx_str bx_str_trim(bx_str s);                   /* ASCII white space off both ends */
bx_str bx_str_dup(bx_arena *arena, bx_str s);   /* copy, with a NUL after it */
const char *bx_cstr(bx_arena *arena, bx_str s); /* terminated copy */
bx_str bx_str_fmt(bx_arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3))); /* printf into the arena, C locale */
bx_str bx_str_vfmt(bx_arena *arena, const char *format, va_list args);

/* The bytes that %20 and the like stand for; what is no such escape stays. In the arena. */
bx_str bx_percent_decode(bx_arena *arena, bx_str s);

/* How many single-character edits turn a into b; stops counting at `limit` + 1. For "did you mean".
 */
uint32_t bx_str_distance(bx_str a, bx_str b, uint32_t limit);

typedef struct bx_buf {
    bx_arena *arena;
    char *p;
    size_t n, cap;
} bx_buf;

bx_buf bx_buf_new(bx_arena *arena);
void bx_buf_add(bx_buf *buf, const void *bytes, size_t n);
void bx_buf_str(bx_buf *buf, bx_str s);
void bx_buf_rune(bx_buf *buf, uint32_t code_point); /* as UTF-8 */
void bx_buf_fmt(bx_buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));
bx_str bx_buf_view(const bx_buf *buf); /* borrows: valid until the buffer grows */

void bx_buf_grow(bx_buf *buf, size_t more); /* for the next two: `more` does not fit */
/* `more` bytes may then be put at p + n by hand. */
static inline void bx_buf_room(bx_buf *buf, size_t more) {
    if (more > buf->cap - buf->n)
        bx_buf_grow(buf, more);
}
static inline void bx_buf_char(bx_buf *buf, char c) {
    bx_buf_room(buf, 1);
    buf->p[buf->n++] = c;
}

#endif
