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

int64_t bx_utf8_invalid(bx_str s) {
    for (uint32_t at = 0; at < s.n;) {
        uint32_t start = at, code;
        bool bad = false;
        at += bx_utf8_common((const unsigned char *)s.p + at, s.n - at, &code);
        if (at == start)
            decode(s, &at, &bad);
        if (bad)
            return start;
    }
    return -1;
}

uint32_t bx_utf8_count(bx_str s) {
    uint32_t n = 0;
    for (uint32_t i = 0; i < s.n; i++)
        n += ((unsigned char)s.p[i] & 0xC0) != 0x80;
    return n;
}
