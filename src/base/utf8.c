#include "base/utf8.h"

static uint32_t decode(bx_str s, uint32_t *at, bool *bad) {
    const unsigned char *p = (const unsigned char *)s.p;
    unsigned char lead = p[(*at)++];
    if (lead < 0x80)
        return lead;
    uint32_t more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : 1;
    if (lead < 0xC2 || lead > 0xF4) {
        *bad = true;
        return 0xFFFD;
    }
    /* The second byte's range excludes overlong forms, surrogates and values above U+10FFFF. */
    unsigned char low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    unsigned char high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    uint32_t c = lead & (0x3F >> more);
    for (uint32_t i = 0; i < more; i++) {
        if (*at >= s.n || p[*at] < low || p[*at] > high) {
            *bad = true;
            return 0xFFFD;
        }
        c = c << 6 | (p[(*at)++] & 0x3F);
        low = 0x80;
        high = 0xBF;
    }
    return c;
}

uint32_t bx_utf8_next_of_any(bx_str s, uint32_t *at) {
    bool bad = false;
    return decode(s, at, &bad);
}

uint32_t bx_utf8_prev(bx_str s, uint32_t *at) {
    do
        --*at;
    while (*at && ((unsigned char)s.p[*at] & 0xC0) == 0x80);
    uint32_t from = *at;
    return bx_utf8_next(s, &from);
}

uint32_t bx_utf8_encode(uint32_t c, char out[4]) {
    if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF))
        c = 0xFFFD;
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    uint32_t more = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
    static const unsigned char lead[] = {0, 0xC0, 0xE0, 0xF0};
    out[0] = (char)(lead[more] | c >> (6 * more));
    for (uint32_t i = 1; i <= more; i++)
        out[i] = (char)(0x80 | (c >> (6 * (more - i)) & 0x3F));
    return more + 1;
}

/* What is done with so many bytes at once, compilers do in vectors. Their number fits a byte. */
enum { BLOCK = 32 };

/* Whether the block has nothing but sequences of one, two and three bytes of which any second byte
 * will do, or parts of them; the two bytes before it may begin one. */
static bool is_common(const unsigned char *block) {
    unsigned char other = 0;
    for (int i = 0; i < BLOCK; i++) {
        unsigned char c = block[i], continues = (signed char)c < (signed char)0xC0;
        unsigned char expected = (block[i - 1] >= 0xC0) | (block[i - 2] >= 0xE0);
        other |= continues ^ expected;
        other |= ((c & 0xFE) == 0xC0) | (c == 0xE0) | (c == 0xED) | (c >= 0xF0);
    }
    return !other;
}

/* Past common blocks at `at`, where a sequence begins after two bytes or more: to the beginning of
 * their last sequence, which may go on behind them. */
static uint32_t past_common(bx_str s, uint32_t at) {
    const unsigned char *p = (const unsigned char *)s.p;
    uint32_t end = at;
    while (s.n - end >= BLOCK && is_common(p + end))
        end += BLOCK;
    while (end > at && (p[--end] & 0xC0) == 0x80)
        ;
    return end;
}

int64_t bx_utf8_invalid(bx_str s) {
    for (uint32_t at = 0; at < s.n; at = past_common(s, at)) {
        for (uint32_t end = s.n - at > BLOCK ? at + BLOCK : s.n; at < end;) {
            uint32_t start = at;
            bool bad = false;
            decode(s, &at, &bad);
            if (bad)
                return start;
        }
    }
    return -1;
}

static bool begins(char byte) { return ((unsigned char)byte & 0xC0) != 0x80; }

static uint32_t beginnings(const char *block) {
    uint8_t n = 0;
    for (int i = 0; i < BLOCK; i++)
        n = (uint8_t)(n + begins(block[i]));
    return n;
}

uint32_t bx_utf8_count(bx_str s) {
    uint32_t n = 0, at = 0;
    for (; s.n - at >= BLOCK; at += BLOCK)
        n += beginnings(s.p + at);
    for (; at < s.n; at++)
        n += begins(s.p[at]);
    return n;
}

uint32_t bx_utf8_skip(bx_str s, uint32_t at, uint64_t *n) {
    if (!*n || at >= s.n)
        return at;
    at++;
    for (uint32_t there; s.n - at >= BLOCK && *n > (there = beginnings(s.p + at)); at += BLOCK)
        *n -= there;
    for (; at < s.n; at++)
        if (begins(s.p[at]) && --*n == 0)
            return at;
    --*n;
    return at;
}
