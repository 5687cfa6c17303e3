/* Which cells are numbers, and where their units digit ends. */
#include "compose/table.h"

#include "base/utf8.h"

#include <string.h>

static bool is_digit(uint32_t c) { return (c >= '0' && c <= '9') || (c >= 0xFF10 && c <= 0xFF19); }

/* One of the characters of a UTF-8 list. */
static bool is_one_of(uint32_t c, const char *list) {
    bx_str s = bx_str_of(list);
    for (uint32_t at = 0; at < s.n;) {
        if (bx_utf8_next(s, &at) == c)
            return true;
    }
    return false;
}

static uint32_t peek(bx_str s, uint32_t at) { return at < s.n ? bx_utf8_next(s, &at) : 0; }

static uint32_t after(bx_str s, uint32_t at) {
    bx_utf8_next(s, &at);
    return at;
}

/* Past digits and the marks of their groups, each between digits. */
static uint32_t skip_whole(bx_str s, uint32_t at) {
    while (at < s.n) {
        uint32_t c = peek(s, at);
        bool group =
            is_one_of(c, ",，'’ \xE2\x80\x89\xE2\x80\xAF") && is_digit(peek(s, after(s, at)));
        if (!is_digit(c) && !group)
            break;
        at = after(s, at);
    }
    return at;
}

/* Past a number's sign, whole and fraction; its units digit ends at *units. `at` when there is
 * none. */
static uint32_t skip_number(bx_str s, uint32_t at, uint32_t *units) {
    uint32_t from = at;
    while (at < s.n && is_one_of(peek(s, at), "+-−±–<>≤≥≈~约￥¥$€£ "))
        at = after(s, at);
    if (!is_digit(peek(s, at)))
        return from;
    at = skip_whole(s, at);
    *units = at;
    if (is_one_of(peek(s, at), ".．") && is_digit(peek(s, after(s, at)))) {
        at = after(s, at);
        while (is_digit(peek(s, at)))
            at = after(s, at);
    }
    return at;
}

/* A unit: a few characters without digits or the marks of sentences. */
static bool is_unit(bx_str s, uint32_t at) {
    uint32_t n = 0;
    for (; at < s.n; n++) {
        uint32_t c = bx_utf8_next(s, &at);
        if (is_digit(c) || is_one_of(c, ".,:;!?。，、：；！？“”—…"))
            return false;
    }
    return n <= 8;
}

uint32_t bx_table_number(bx_str text) {
    uint32_t units = BX_NO_NUMBER, at = skip_number(text, 0, &units);
    if (units == BX_NO_NUMBER)
        return BX_NO_NUMBER;
    if (at < text.n && is_one_of(peek(text, at), "～~–—-−")) {
        uint32_t second = BX_NO_NUMBER, start = after(text, at),
                 end = skip_number(text, start, &second);
        if (second == BX_NO_NUMBER)
            return BX_NO_NUMBER;
        at = end;
    }
    return is_unit(text, at) ? units : BX_NO_NUMBER;
}

bool bx_table_filler(bx_str text) {
    static const char *const words[] = {"N/A", "n/a", "无", "未知", "暂无", "不详", "無", "なし"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (bx_str_is(text, words[i]))
            return true;
    }
    for (uint32_t at = 0; at < text.n;) {
        if (!is_one_of(bx_utf8_next(text, &at), "-–—−―…/*·"))
            return false;
    }
    return text.n > 0 && text.n <= 12;
}
