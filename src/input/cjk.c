#include "input/cjk.h"

#include "base/utf8.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

static UScriptCode script(uint32_t c) {
    if (c >= 0x4E00 && c <= 0x9FFF)
        return USCRIPT_HAN; /* nearly all, and no need to look it up */
    UErrorCode status = U_ZERO_ERROR;
    UScriptCode s = uscript_getScript((UChar32)c, &status);
    return U_SUCCESS(status) ? s : USCRIPT_UNKNOWN;
}

bool bx_char_is_han(uint32_t c) { return c >= 0x2E80 && script(c) == USCRIPT_HAN; }
bool bx_char_is_kana(uint32_t c) {
    UScriptCode s = c >= 0x3000 ? script(c) : USCRIPT_UNKNOWN;
    return s == USCRIPT_HIRAGANA || s == USCRIPT_KATAKANA;
}
bool bx_char_is_hangul(uint32_t c) { return c >= 0x1100 && script(c) == USCRIPT_HANGUL; }

bool bx_char_is_cjk(uint32_t c) {
    if (c < 0x1100)
        return false;
    int width = u_getIntPropertyValue((UChar32)c, UCHAR_EAST_ASIAN_WIDTH);
    bool wide = width == U_EA_WIDE || width == U_EA_FULLWIDTH || width == U_EA_HALFWIDTH;
    if (wide && !u_hasBinaryProperty((UChar32)c, UCHAR_EMOJI_PRESENTATION))
        return true;
    return script(c) == USCRIPT_HANGUL;
}

bool bx_char_is_punctuation(uint32_t c) {
    return (U_MASK(u_charType((UChar32)c)) &
            (U_GC_PC_MASK | U_GC_PD_MASK | U_GC_PS_MASK | U_GC_PE_MASK | U_GC_PI_MASK |
             U_GC_PF_MASK | U_GC_PO_MASK | U_GC_S_MASK)) != 0;
}

static bool is_space(uint32_t c) {
    return c == '\t' || c == '\n' || c == '\f' || c == '\r' ||
           u_charType((UChar32)c) == U_SPACE_SEPARATOR;
}

static bx_side side_of(uint32_t c, bool *punct) {
    *punct = bx_char_is_punctuation(c);
    if (is_space(c))
        return BX_SIDE_SPACE;
    if (bx_char_is_cjk(c))
        return BX_SIDE_CJK;
    return *punct ? BX_SIDE_PUNCT : BX_SIDE_LETTER;
}

bx_side bx_side_after(bx_str text, uint32_t at, bool *punct) {
    *punct = false;
    return at < text.n ? side_of(bx_utf8_next(text, &at), punct) : BX_SIDE_SPACE;
}

/* Marks whose East Asian width is ambiguous and that U+FE01 makes full-width
 * (StandardizedVariants.txt). */
static bool is_ambiguous_quote(uint32_t c) {
    return c == 0x2018 || c == 0x2019 || c == 0x201C || c == 0x201D;
}

bx_side bx_side_before(bx_str text, uint32_t at, bool *punct) {
    *punct = false;
    if (!at)
        return BX_SIDE_SPACE;
    uint32_t c = bx_utf8_prev(text, &at);
    if (c >= 0xE0100 && c <= 0xE01EF)
        return BX_SIDE_CJK;
    if (c < 0xFE00 || c > 0xFE0E || !at)
        return side_of(c, punct);
    uint32_t base = bx_utf8_prev(text, &at);
    bx_side side = side_of(base, punct);
    if (c == 0xFE01 && is_ambiguous_quote(base))
        return BX_SIDE_CJK;
    return side == BX_SIDE_SPACE ? BX_SIDE_LETTER : side;
}
