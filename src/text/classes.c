#include "text/classes.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

static bool lang_is(bx_str lang, const char *tag) {
    bx_str t = bx_str_of(tag);
    return lang.n >= t.n && strncasecmp(lang.p, t.p, t.n) == 0 &&
           (lang.n == t.n || lang.p[t.n] == '-' || lang.p[t.n] == '_');
}

static bool lang_has(bx_str lang, const char *subtag) {
    size_t n = strlen(subtag);
    for (uint32_t i = 0; i + n < lang.n; i++)
        if ((lang.p[i] == '-' || lang.p[i] == '_') && strncasecmp(lang.p + i + 1, subtag, n) == 0 &&
            (i + 1 + n == lang.n || lang.p[i + 1 + n] == '-' || lang.p[i + 1 + n] == '_'))
            return true;
    return false;
}

bx_region bx_region_of(bx_str lang) {
    if (lang.n == 0)
        return BX_REGION_GB;
    if (lang_is(lang, "ja"))
        return BX_REGION_JA;
    if (lang_is(lang, "ko"))
        return BX_REGION_KO;
    if (lang_is(lang, "yue"))
        return lang_has(lang, "Hans") ? BX_REGION_GB : BX_REGION_HK;
    if (!lang_is(lang, "zh"))
        return lang_is(lang, "nan") || lang_is(lang, "hak") || lang_is(lang, "lzh")
                   ? BX_REGION_TW
                   : BX_REGION_OTHER;
    if (lang_has(lang, "Hans"))
        return BX_REGION_GB;
    if (lang_has(lang, "HK") || lang_has(lang, "MO"))
        return BX_REGION_HK;
    return lang_has(lang, "Hant") || lang_has(lang, "TW") ? BX_REGION_TW : BX_REGION_GB;
}

/* The table of rules "Classes": one row a code point, then how regions differ. */
bx_punct bx_punct_of(uint32_t c, bx_region region) {
    bool taiwan = region == BX_REGION_TW || region == BX_REGION_HK;
    switch (c) {
    case 0x201C:
    case 0x2018:
    case 0xFF08:
    case 0x3014:
    case 0xFF3B:
    case 0xFF5B:
    case 0x3008:
    case 0x300A:
    case 0x300C:
    case 0x300E:
    case 0x3010:
    case 0x3016:
    case 0x3018:
    case 0x301A:
    case 0xFF5F:
    case 0x301D:
        return BX_P_OPEN;
    case 0x201D:
    case 0x2019:
    case 0xFF09:
    case 0x3015:
    case 0xFF3D:
    case 0xFF5D:
    case 0x3009:
    case 0x300B:
    case 0x300D:
    case 0x300F:
    case 0x3011:
    case 0x3017:
    case 0x3019:
    case 0x301B:
    case 0xFF60:
    case 0x301E:
    case 0x301F:
        return BX_P_CLOSE;
    case 0xFF0C:
    case 0x3001:
        return BX_P_PAUSE;
    case 0xFF1B:
    case 0xFF1A:
        return region == BX_REGION_JA || region == BX_REGION_KO ? BX_P_DOT : BX_P_PAUSE;
    case 0x3002:
    case 0xFF0E:
        return BX_P_STOP;
    case 0xFF01:
    case 0xFF1F:
        return taiwan || region == BX_REGION_JA || region == BX_REGION_KO ? BX_P_RIGID : BX_P_STOP;
    case 0x203C:
    case 0x2047:
    case 0x2048:
    case 0x2049:
        return BX_P_RIGID;
    case 0x00B7:
    case 0x2027:
    case 0x2022:
    case 0x30FB:
        return BX_P_DOT;
    case 0x2013:
    case 0x2010:
    case 0x002D:
    case 0xFF5E:
    case 0x301C:
    case 0x2014:
        return BX_P_CONNECTOR;
    case 0x002F:
    case 0xFF0F:
        return BX_P_SLASH;
    case 0x2E3A:
    case 0x2026:
    case 0x22EF:
    case 0x2025:
        return BX_P_LONG;
    default:
        return BX_P_NONE;
    }
}

bool bx_sign_is_shared(uint32_t c) {
    switch (c) {
    case 0x2018:
    case 0x2019:
    case 0x201C:
    case 0x201D:
    case 0x2014:
    case 0x2026:
    case 0x2025:
    case 0x2027:
    case 0x2022:
    case 0x2013:
    case 0x2010:
    case 0x22EF:
    case 0x203C:
    case 0x2047:
    case 0x2048:
    case 0x2049:
        return true;
    default:
        return false;
    }
}

static bool is_emoji(uint32_t c) {
    return c >= 0x203C && (u_hasBinaryProperty((UChar32)c, UCHAR_EMOJI_PRESENTATION) ||
                           (c >= 0x1F1E6 && c <= 0x1F1FF));
}

bx_kind bx_kind_of(uint32_t c) {
    if (c < 0x80) {
        if ((c | 0x20) >= 'a' && (c | 0x20) <= 'z')
            return BX_KIND_LETTER;
        if (c >= '0' && c <= '9')
            return BX_KIND_DIGIT;
        return c == ' ' || c == '\t' || c == '\n' ? BX_KIND_SPACE : BX_KIND_OTHER;
    }
    if (c >= 0x4E00 && c <= 0x9FFF)
        return BX_KIND_HAN;
    if ((c >= 0xFF10 && c <= 0xFF19) || (c >= 0xFF21 && c <= 0xFF3A) ||
        (c >= 0xFF41 && c <= 0xFF5A))
        return BX_KIND_FULL;
    if (is_emoji(c))
        return BX_KIND_EMOJI;
    if (bx_punct_of(c, BX_REGION_GB) != BX_P_NONE && c != '-' && c != '/')
        return BX_KIND_MARK;
    UErrorCode status = U_ZERO_ERROR;
    switch (uscript_getScript((UChar32)c, &status)) {
    case USCRIPT_HAN:
        return BX_KIND_HAN;
    case USCRIPT_HIRAGANA:
    case USCRIPT_KATAKANA:
    case USCRIPT_BOPOMOFO:
        return BX_KIND_KANA;
    case USCRIPT_HANGUL:
        return BX_KIND_HANGUL;
    default:
        break;
    }
    if (c == 0x30FC || c == 0xFF70)
        return BX_KIND_KANA;
    if (c == 0x20 || c == 0x2028 || u_isUWhiteSpace((UChar32)c))
        return BX_KIND_SPACE;
    switch (u_charType((UChar32)c)) {
    case U_UPPERCASE_LETTER:
    case U_LOWERCASE_LETTER:
    case U_TITLECASE_LETTER:
    case U_MODIFIER_LETTER:
    case U_OTHER_LETTER:
    case U_NON_SPACING_MARK:
    case U_COMBINING_SPACING_MARK:
    case U_ENCLOSING_MARK:
        return BX_KIND_LETTER;
    case U_DECIMAL_DIGIT_NUMBER:
        return BX_KIND_DIGIT;
    default:
        return BX_KIND_OTHER;
    }
}

bx_spacing bx_spacing_of(uint32_t c, bx_kind kind) {
    switch (kind) {
    case BX_KIND_HAN:
    case BX_KIND_KANA:
        return BX_SPACING_WIDE;
    case BX_KIND_LETTER:
    case BX_KIND_DIGIT:
        return BX_SPACING_NARROW;
    default:
        break;
    }
    switch (c) { /* UTR #59: conditional, which is narrow in Chinese */
    case '!':
    case '#':
    case '%':
    case '&':
    case '@':
    case '?':
    case '\\':
    case '.':
    case ',':
    case ':':
    case ';':
    case 0x2014:
    case 0x00A1:
    case 0x00A7:
    case 0x00B6:
    case 0x00BF:
        return BX_SPACING_NARROW;
    default:
        return BX_SPACING_OTHER;
    }
}

bool bx_is_cjk(uint32_t c) {
    if (c < 0x2E80)
        return c == 0x2E3A;
    bx_kind k = bx_kind_of(c);
    if (k == BX_KIND_HAN || k == BX_KIND_KANA || k == BX_KIND_FULL)
        return true;
    return k == BX_KIND_MARK && !bx_punct_is_shared(c);
}
