/* UTF-8, strictly as Unicode 15 chapter 3.9 has it: no overlong forms, no surrogates, at most
 * U+10FFFF. */
#ifndef BX_BASE_UTF8_H
#define BX_BASE_UTF8_H

#include "base/str.h"

/* What a sequence at p of at most `left` bytes begins with, when it is one byte, or three of which
 * any second one will do, as nearly all Chinese is: 1, 3, or 0 for whatever else stands there. */
static inline uint32_t bx_utf8_common(const unsigned char *p, uint32_t left, uint32_t *code) {
    *code = p[0];
    if (p[0] < 0x80)
        return 1;
    if (left < 3 || p[0] <= 0xE0 || p[0] >= 0xF0 || p[0] == 0xED || (p[1] & 0xC0) != 0x80 ||
        (p[2] & 0xC0) != 0x80)
        return 0;
    *code = (uint32_t)(p[0] & 0x0F) << 12 | (uint32_t)(p[1] & 0x3F) << 6 | (p[2] & 0x3F);
    return 3;
}

uint32_t bx_utf8_next_of_any(bx_str s, uint32_t *at); /* for the next: any sequence */
/* The code point at s[*at], with *at moved past it. Bad bytes give U+FFFD, one for each maximal
 * subpart (Unicode 15, 3.9 D93b). *at must be below s.n. */
static inline uint32_t bx_utf8_next(bx_str s, uint32_t *at) {
    uint32_t code, n = bx_utf8_common((const unsigned char *)s.p + *at, s.n - *at, &code);
    *at += n;
    return n ? code : bx_utf8_next_of_any(s, at);
}
/* The code point that ends at *at, with *at moved to its start. The text must be valid; *at > 0. */
uint32_t bx_utf8_prev(bx_str s, uint32_t *at);
/* Bytes written to `out`: 1 to 4. What is no scalar value is written as U+FFFD. */
uint32_t bx_utf8_encode(uint32_t code_point, char out[4]);
/* Offset of the first ill-formed sequence, or -1. */
int64_t bx_utf8_invalid(bx_str s);
/* Number of code points. */
uint32_t bx_utf8_count(bx_str s);
/* The offset of the *n-th code point after the one that begins at `at`; *n gets how many fewer
 * there are, the text's end counted as one, whose offset it then is. The text must be valid. */
uint32_t bx_utf8_skip(bx_str s, uint32_t at, uint64_t *n);

#endif
