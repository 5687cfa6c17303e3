/* Lengths: whole numbers of 1/1024 pt (1 pt = 1/72 inch), so that every stage computes exactly and
 * the output is the same on every machine. Amounts relative to a size are 1/1024 em. */
#ifndef BX_BASE_LENGTH_H
#define BX_BASE_LENGTH_H

#include <stdint.h>

typedef int32_t bx_len; /* 1/1024 pt */
typedef int32_t bx_em;  /* 1/1024 em */

enum {
    BX_PT = 1024,
    BX_EM = 1024,
    BX_LEN_MAX = INT32_MAX / 4, /* headroom: sums of a few lengths never overflow */
};

/* a × b / c, rounded half away from zero; c > 0. Saturates at ±BX_LEN_MAX. */
static inline bx_len bx_muldiv(int64_t a, int64_t b, int64_t c) {
    int64_t p = a * b;
    int64_t q = p >= 0 ? (p + c / 2) / c : -((-p + c / 2) / c);
    return (bx_len)(q > BX_LEN_MAX ? BX_LEN_MAX : q < -BX_LEN_MAX ? -BX_LEN_MAX : q);
}

/* An amount in em at a size. */
static inline bx_len bx_em_at(bx_em amount, bx_len size) { return bx_muldiv(amount, size, BX_EM); }

/* mm given in 1/1000 mm. */
static inline bx_len bx_from_micrometre(int64_t um) { return bx_muldiv(um, 72 * BX_PT, 25400); }

static inline bx_len bx_len_min(bx_len a, bx_len b) { return a < b ? a : b; }
static inline bx_len bx_len_max(bx_len a, bx_len b) { return a > b ? a : b; }

#endif
