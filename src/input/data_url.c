#include "input/data_url.h"

static const char scheme[] = "data:";

bool bx_is_data_url(bx_str s) {
    size_t n = sizeof scheme - 1;
    return s.n > n && strncasecmp(s.p, scheme, n) == 0;
}

bx_str bx_data_url_name(bx_str s) {
    uint32_t n = 0;
    while (n < s.n && n < 64 && !strchr(";,", s.p[n]))
        n++;
    return bx_str_sub(s, 0, n);
}

static int sextet(char c) {
    return c >= 'A' && c <= 'Z'   ? c - 'A'
           : c >= 'a' && c <= 'z' ? c - 'a' + 26
           : c >= '0' && c <= '9' ? c - '0' + 52
           : c == '+' || c == '-' ? 62
           : c == '/' || c == '_' ? 63
                                  : -1;
}

static bool base64(bx_arena *arena, bx_str s, bx_str *out) {
    char *to = bx_alloc(arena, s.n / 4 * 3 + 3);
    uint32_t n = 0, held = 0, bits = 0;
    for (uint32_t i = 0; i < s.n && s.p[i] != '='; i++) {
        if (strchr(" \t\r\n", s.p[i]))
            continue;
        int value = sextet(s.p[i]);
        if (value < 0)
            return false;
        held = (held << 6 | (uint32_t)value) & 0xFFFF;
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            to[n++] = (char)(held >> bits);
        }
    }
    *out = (bx_str){to, n};
    return true;
}

bool bx_data_url_decode(bx_arena *arena, bx_str s, bx_str *bytes) {
    int64_t at = bx_str_find(s, BX_STR(",")); /* before the bytes */
    if (at < 0)
        return false;
    bx_str head = bx_str_sub(s, 0, (uint32_t)at);
    bx_str body = bx_percent_decode(arena, bx_str_sub(s, (uint32_t)at + 1, s.n));
    if (bx_str_ends(head, BX_STR(";base64")))
        return base64(arena, body, bytes);
    *bytes = body;
    return true;
}
