/* UTF-8, strictly as Unicode 15 chapter 3.9 has it: no overlong forms, no surrogates, at most U+10FFFF. */
#ifndef BX_BASE_UTF8_H
#define BX_BASE_UTF8_H

#include "base/str.h"

/* The code point at s[*at], with *at moved past it. Bad bytes give U+FFFD, one for each maximal
 * subpart (Unicode 15, 3.9 D93b). *at must be below s.n. */
uint32_t bx_utf8_next(bx_str s, uint32_t *at);
/* The code point that ends at *at, with *at moved to its start. The text must be valid; *at > 0. */
uint32_t bx_utf8_prev(bx_str s, uint32_t *at);
/* Bytes written to `out`: 1 to 4. What is no scalar value is written as U+FFFD. */
uint32_t bx_utf8_encode(uint32_t code_point, char out[4]);
/* Offset of the first ill-formed sequence, or -1. */
int64_t bx_utf8_invalid(bx_str s);
/* Number of code points. */
uint32_t bx_utf8_count(bx_str s);

#endif
