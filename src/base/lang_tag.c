#include "base/lang_tag.h"

static bool is_letter(char c) { return (c | 32) >= 'a' && (c | 32) <= 'z'; }
static bool is_digit(char c) { return c >= '0' && c <= '9'; }

static bool is_language(bx_str s) {
    for (uint32_t i = 0; i < s.n; i++)
        if (!is_letter(s.p[i]))
            return false;
    return s.n == 2 || s.n == 3 || (s.n == 1 && (s.p[0] | 32) == 'x');
}

static bool is_subtag(bx_str s) {
    for (uint32_t i = 0; i < s.n; i++)
        if (!is_letter(s.p[i]) && !is_digit(s.p[i]))
            return false;
    return s.n >= 1 && s.n <= 8;
}

bool bx_is_lang_tag(bx_str s) {
    bx_str last = {0};
    for (uint32_t at = 0, n = 0; at <= s.n; n++) {
        uint32_t end = at;
        while (end < s.n && s.p[end] != '-')
            end++;
        bx_str part = bx_str_sub(s, at, end);
        if (n == 0 ? !is_language(part) : !is_subtag(part))
            return false;
        last = part;
        at = end + 1;
    }
    return last.n > 1;
}
