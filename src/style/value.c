#include "style/value.h"

#include <stdlib.h>

enum { MILLION = 1000000 };

static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

/* A decimal number at the text's start, in millionths; the rest, trimmed, goes to *rest. More than
 * seven digits before the point are larger than anything here may be and saturate. */
static bool read_number(bx_str text, int64_t *out, bx_str *rest) {
    uint32_t at = 0;
    bool minus = text.n && text.p[0] == '-';
    if (text.n && (text.p[0] == '-' || text.p[0] == '+'))
        at++;
    uint32_t first = at;
    int64_t n = 0, part = MILLION;
    for (; at < text.n && is_digit(text.p[at]); at++)
        if (n < INT64_C(100000000) * MILLION)
            n = n * 10 + (int64_t)(text.p[at] - '0') * MILLION;
    bool any = at > first;
    if (at + 1 < text.n && text.p[at] == '.' && is_digit(text.p[at + 1])) {
        for (at++; at < text.n && is_digit(text.p[at]); at++) {
            part /= 10;
            n += (text.p[at] - '0') * part;
        }
        any = true;
    }
    *out = minus ? -n : n;
    *rest = bx_str_trim(bx_str_sub(text, at, text.n));
    return any;
}

/* Type sizes by their Chinese names, in 1/10 pt. */
static const struct {
    const char *name;
    int32_t tenths;
} hao[] = {
    {"初号", 420}, {"小初", 360}, {"一号", 260}, {"小一", 240}, {"二号", 220}, {"小二", 180},
    {"三号", 160}, {"小三", 150}, {"四号", 140}, {"小四", 120}, {"五号", 105}, {"小五", 90},
    {"六号", 75},  {"小六", 65},  {"七号", 55},  {"八号", 50},
};

static bool find_named(bx_str text, const bx_units *units, bx_len *out) {
    const bx_len *token = units->sizes ? bx_map_get(units->sizes, text) : NULL;
    if (token) {
        *out = *token;
        return true;
    }
    for (size_t i = 0; i < sizeof hao / sizeof *hao; i++)
        if (bx_str_is(text, hao[i].name)) {
            *out = bx_muldiv(hao[i].tenths, BX_PT, 10);
            return true;
        }
    return false;
}

/* Which absolute or relative length a unit's name is, in 1/1024 pt times *per. */
static const char *find_unit(bx_str unit, const bx_units *units, int64_t *worth, int64_t *per) {
    const struct {
        const char *name;
        int64_t worth, per;
        const char *why_not;
    } known[] = {
        {"pt", BX_PT, 1, NULL},
        {"mm", 72 * BX_PT * 10, 254, NULL},
        {"cm", 72 * BX_PT * 100, 254, NULL},
        {"in", 72 * BX_PT, 1, NULL},
        {"em", units->em, 1, "em has no meaning here"},
        {"字", units->em, 1, "字 has no meaning here"},
        {"line", units->line, 1, "lines have no meaning here"},
        {"lines", units->line, 1, "lines have no meaning here"},
        {"行", units->line, 1, "行 has no meaning here"},
        {"%", units->whole, 100, "a share has no meaning here"},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (bx_str_is(unit, known[i].name)) {
            *worth = known[i].worth;
            *per = known[i].per;
            return *worth ? NULL : known[i].why_not;
        }
    return "";
}

bx_str bx_length_read(bx_arena *arena, const bx_words *words, bx_str text, const bx_units *units,
                      bx_len *out) {
    int64_t n, worth = 0, per = 1;
    bx_str unit;
    text = bx_str_trim(text);
    if (find_named(text, units, out))
        return (bx_str){0};
    if (!read_number(text, &n, &unit))
        return bx_str_fmt(arena, bx_word(words, "`%.*s` is no length"), BX_STR_ARG(text));
    if (unit.n == 0 && n != 0)
        return bx_str_fmt(arena, bx_word(words, "`%.*s` has no unit"), BX_STR_ARG(text));
    const char *why_not = unit.n ? find_unit(unit, units, &worth, &per) : NULL;
    if (why_not && *why_not)
        return bx_str_of(bx_word(words, why_not));
    if (why_not)
        return bx_str_fmt(arena, bx_word(words, "there is no unit `%.*s`"), BX_STR_ARG(unit));
    /* 147 456 of any unit; so the product below stays under 2^62. */
    if (llabs(n) > (int64_t)BX_LENGTH_LIMIT * MILLION / 100)
        return bx_str_fmt(arena, bx_word(words, "`%.*s` is too large"), BX_STR_ARG(text));
    int64_t exact = n * worth, divisor = per * MILLION;
    int64_t value = (exact >= 0 ? exact + divisor / 2 : exact - divisor / 2) / divisor;
    if (llabs(value) > BX_LENGTH_LIMIT)
        return bx_str_fmt(arena, bx_word(words, "`%.*s` is more than 14400 pt"), BX_STR_ARG(text));
    *out = (bx_len)value;
    return (bx_str){0};
}

bx_str bx_amount_read(bx_arena *arena, const bx_words *words, bx_str text, bx_em *out) {
    int64_t n;
    bx_str unit;
    text = bx_str_trim(text);
    bool number = read_number(text, &n, &unit);
    bool percent = bx_str_is(unit, "%");
    if (!number || !(unit.n == 0 || percent || bx_str_is(unit, "em")))
        return bx_str_fmt(arena, bx_word(words, "`%.*s` is no amount such as 0.25em or 25%%"),
                          BX_STR_ARG(text));
    if (llabs(n) > (int64_t)(percent ? 10000 : 100) * MILLION)
        return bx_str_fmt(arena, bx_word(words, "`%.*s` is too large"), BX_STR_ARG(text));
    *out = bx_muldiv(n, BX_EM, percent ? (int64_t)MILLION * 100 : MILLION);
    return (bx_str){0};
}

static int hex_digit(char c) {
    return is_digit(c)            ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

static bool read_hex(bx_str text, bx_color *out) {
    uint32_t step = text.n == 7 ? 2 : 1;
    uint8_t byte[3];
    if (text.n != 7 && text.n != 4)
        return false;
    for (uint32_t i = 0; i < 3; i++) {
        int high = hex_digit(text.p[1 + i * step]), low = hex_digit(text.p[i * step + step]);
        if (high < 0 || low < 0)
            return false;
        byte[i] = (uint8_t)(high * 16 + low);
    }
    *out = (bx_color){byte[0], byte[1], byte[2], true};
    return true;
}

/* So much of a channel as ink on white paper. */
static uint8_t tint(uint8_t channel, int64_t share) {
    return (uint8_t)(255 - bx_muldiv(255 - channel, share, (int64_t)100 * MILLION));
}

static bx_str read_tint(bx_arena *arena, const bx_words *words, bx_str text, const bx_map *tokens,
                        bx_color *out) {
    bx_str inside = bx_str_sub(text, 5, text.n - 1);
    int64_t comma = inside.n, share; /* the last one: a tint may be of a tint */
    bx_str percent, rest;
    bx_color of;
    while (--comma >= 0 && inside.p[comma] != ',') {
    }
    if (comma < 0)
        return bx_str_fmt(arena, bx_word(words, "`%.*s` is not tint(colour, share%%)"),
                          BX_STR_ARG(text));
    bx_str fault = bx_color_read(arena, words, bx_str_sub(inside, 0, (uint32_t)comma), tokens, &of);
    if (fault.n)
        return fault;
    percent = bx_str_trim(bx_str_sub(inside, (uint32_t)comma + 1, inside.n));
    if (!read_number(percent, &share, &rest) || !bx_str_is(rest, "%") || share < 0 ||
        share > (int64_t)100 * MILLION)
        return bx_str_fmt(arena, bx_word(words, "`%.*s` is no share from 0%% to 100%%"),
                          BX_STR_ARG(percent));
    *out = (bx_color){tint(of.r, share), tint(of.g, share), tint(of.b, share), of.set};
    return (bx_str){0};
}

bx_str bx_color_read(bx_arena *arena, const bx_words *words, bx_str text, const bx_map *tokens,
                     bx_color *out) {
    text = bx_str_trim(text);
    if (text.n > 200) /* also bounds how deep tint() nests */
        return bx_str_of(bx_word(words, "this is too long for a colour"));
    const bx_color *token = tokens ? bx_map_get(tokens, text) : NULL;
    if (token) {
        *out = *token;
        return (bx_str){0};
    }
    if (bx_str_is(text, "none")) {
        *out = (bx_color){0};
        return (bx_str){0};
    }
    if (bx_str_starts(text, BX_STR("tint("))) {
        if (!bx_str_ends(text, BX_STR(")")))
            return bx_str_fmt(arena, bx_word(words, "`%.*s` is not closed"), BX_STR_ARG(text));
        return read_tint(arena, words, text, tokens, out);
    }
    if (text.n && text.p[0] == '#') {
        if (read_hex(text, out))
            return (bx_str){0};
        return bx_str_fmt(arena, bx_word(words, "`%.*s` is not # and six hexadecimal digits"),
                          BX_STR_ARG(text));
    }
    return bx_str_fmt(arena, bx_word(words, "there is no colour `%.*s`"), BX_STR_ARG(text));
}

/* ISO 216 and GB/T 148—1997 (大16开, 大32开), in 1/10 mm; letter is 8.5 × 11 inch. */
static const struct {
    const char *name;
    int32_t width, height;
} sheets[] = {
    {"A3", 2970, 4200},   {"A4", 2100, 2970},   {"A5", 1480, 2100},
    {"A6", 1050, 1480},   {"B4", 2500, 3530},   {"B5", 1760, 2500},
    {"16开", 2100, 2850}, {"32开", 1400, 2100}, {"letter", 2159, 2794},
};

bool bx_sheet_find(bx_str name, bx_len *width, bx_len *height) {
    for (size_t i = 0; i < sizeof sheets / sizeof *sheets; i++)
        if (bx_str_is(name, sheets[i].name)) {
            *width = bx_from_micrometre((int64_t)sheets[i].width * 100);
            *height = bx_from_micrometre((int64_t)sheets[i].height * 100);
            return true;
        }
    return false;
}

bx_str bx_value_word(bx_str text, uint32_t *at) {
    while (*at < text.n && is_blank(text.p[*at]))
        (*at)++;
    uint32_t start = *at;
    int deep = 0;
    for (; *at < text.n && (deep || !is_blank(text.p[*at])); (*at)++)
        deep += (text.p[*at] == '(') - (text.p[*at] == ')' && deep);
    return bx_str_sub(text, start, *at);
}
