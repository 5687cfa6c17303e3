#include "text/linebreak.h"

#include <unicode/uchar.h>

#define BIT(class) (UINT64_C(1) << (class))
#define IN(class, set) ((BIT(class) & (set)) != 0)

enum { SOT = 63 };

static const uint64_t HANGUL =
    BIT(U_LB_JL) | BIT(U_LB_JV) | BIT(U_LB_JT) | BIT(U_LB_H2) | BIT(U_LB_H3);
static const uint64_t LETTER = BIT(U_LB_ALPHABETIC) | BIT(U_LB_HEBREW_LETTER);
static const uint64_t HARD = BIT(U_LB_MANDATORY_BREAK) | BIT(U_LB_CARRIAGE_RETURN) |
                             BIT(U_LB_LINE_FEED) | BIT(U_LB_NEXT_LINE);
static const uint64_t MARKS = BIT(U_LB_COMBINING_MARK) | BIT(U_LB_ZWJ);
static const uint64_t AFFIX = BIT(U_LB_PREFIX_NUMERIC) | BIT(U_LB_POSTFIX_NUMERIC);
static const uint64_t CLOSES = BIT(U_LB_CLOSE_PUNCTUATION) | BIT(U_LB_CLOSE_PARENTHESIS);
static const uint64_t PICTURE = BIT(U_LB_IDEOGRAPHIC) | BIT(U_LB_E_BASE) | BIT(U_LB_E_MODIFIER);

uint8_t bx_line_class(uint32_t code) {
    if (code >= 0x4E00 && code <= 0x9FFF)
        return U_LB_IDEOGRAPHIC;
    int32_t lb = u_getIntPropertyValue((UChar32)code, UCHAR_LINE_BREAK);
    switch (lb) {
    case U_LB_AMBIGUOUS:
    case U_LB_SURROGATE:
    case U_LB_UNKNOWN:
        return U_LB_ALPHABETIC;
    case U_LB_COMPLEX_CONTEXT: {
        int8_t type = u_charType((UChar32)code);
        return type == U_NON_SPACING_MARK || type == U_COMBINING_SPACING_MARK ? U_LB_COMBINING_MARK
                                                                              : U_LB_ALPHABETIC;
    }
    case U_LB_CONDITIONAL_JAPANESE_STARTER:
        return U_LB_NONSTARTER;
    default:
        return (uint8_t)lb;
    }
}

static bool east_asian(uint32_t code) {
    int32_t w = u_getIntPropertyValue((UChar32)code, UCHAR_EAST_ASIAN_WIDTH);
    return w == U_EA_FULLWIDTH || w == U_EA_WIDE || w == U_EA_HALFWIDTH;
}

static bool unassigned_picture(uint32_t code) {
    return u_charType((UChar32)code) == U_UNASSIGNED &&
           u_hasBinaryProperty((UChar32)code, UCHAR_EXTENDED_PICTOGRAPHIC);
}

/* How far a number has come (LB25 with the regular expression of section 8.2, example 7). */
typedef enum number { NO_NUMBER, IN_NUMBER, NUMBER_CLOSED } number;

typedef struct state {
    uint8_t a;        /* class before, combining marks resolved (LB9, LB10) */
    uint32_t code;    /* its character */
    uint8_t raw;      /* class of the character just before, marks not resolved */
    uint8_t solid;    /* class before any spaces */
    uint8_t before_a; /* class before a */
    uint32_t flags;   /* regional indicators before here, in a row */
    number num;
} state;

static bool letter_or_number(uint8_t c) { return IN(c, LETTER | BIT(U_LB_NUMERIC)); }

/* LB11 … LB31 for a place without spaces before it, and those of them that look past spaces. */
static bool prohibited(const state *s, uint8_t b, uint32_t code, uint8_t after_b) {
    uint8_t a = s->a;
    if (b == U_LB_WORD_JOINER || a == U_LB_WORD_JOINER || a == U_LB_GLUE)
        return true; /* LB11, LB12 */
    if (b == U_LB_GLUE && !IN(a, BIT(U_LB_SPACE) | BIT(U_LB_BREAK_AFTER) | BIT(U_LB_HYPHEN)))
        return true; /* LB12a */
    if (IN(b, CLOSES | BIT(U_LB_EXCLAMATION) | BIT(U_LB_INFIX_NUMERIC) | BIT(U_LB_BREAK_SYMBOLS)))
        return true; /* LB13 */
    if (s->solid == U_LB_OPEN_PUNCTUATION)
        return true; /* LB14 */
    if (s->solid == U_LB_QUOTATION && b == U_LB_OPEN_PUNCTUATION)
        return true; /* LB15 */
    if (IN(s->solid, CLOSES) && b == U_LB_NONSTARTER)
        return true; /* LB16 */
    if (s->solid == U_LB_BREAK_BOTH && b == U_LB_BREAK_BOTH)
        return true; /* LB17 */
    if (a == U_LB_SPACE)
        return false; /* LB18 */
    if (a == U_LB_QUOTATION || b == U_LB_QUOTATION)
        return true; /* LB19 */
    if (a == U_LB_CONTINGENT_BREAK || b == U_LB_CONTINGENT_BREAK)
        return false; /* LB20 */
    if (IN(b, BIT(U_LB_BREAK_AFTER) | BIT(U_LB_HYPHEN) | BIT(U_LB_NONSTARTER)) ||
        a == U_LB_BREAK_BEFORE)
        return true; /* LB21 */
    if (s->before_a == U_LB_HEBREW_LETTER && IN(a, BIT(U_LB_HYPHEN) | BIT(U_LB_BREAK_AFTER)))
        return true; /* LB21a */
    if (a == U_LB_BREAK_SYMBOLS && b == U_LB_HEBREW_LETTER)
        return true; /* LB21b */
    if (b == U_LB_INSEPARABLE)
        return true; /* LB22 */
    if ((IN(a, LETTER) && b == U_LB_NUMERIC) || (a == U_LB_NUMERIC && IN(b, LETTER)))
        return true; /* LB23 */
    if ((a == U_LB_PREFIX_NUMERIC && IN(b, PICTURE)) ||
        (IN(a, PICTURE) && b == U_LB_POSTFIX_NUMERIC))
        return true; /* LB23a */
    if ((IN(a, AFFIX) && IN(b, LETTER)) || (IN(a, LETTER) && IN(b, AFFIX)))
        return true; /* LB24 */
    /* LB25 */
    if (IN(a, AFFIX | BIT(U_LB_OPEN_PUNCTUATION) | BIT(U_LB_HYPHEN)) && b == U_LB_NUMERIC)
        return true;
    if (IN(a, AFFIX) && IN(b, BIT(U_LB_OPEN_PUNCTUATION) | BIT(U_LB_HYPHEN)) &&
        after_b == U_LB_NUMERIC)
        return true;
    if (s->num == IN_NUMBER && IN(b, BIT(U_LB_NUMERIC) | AFFIX))
        return true;
    if (s->num == NUMBER_CLOSED && IN(b, AFFIX))
        return true;
    /* LB26, LB27 */
    if (a == U_LB_JL && IN(b, HANGUL & ~BIT(U_LB_JT)))
        return true;
    if (IN(a, BIT(U_LB_JV) | BIT(U_LB_H2)) && IN(b, BIT(U_LB_JV) | BIT(U_LB_JT)))
        return true;
    if (IN(a, BIT(U_LB_JT) | BIT(U_LB_H3)) && b == U_LB_JT)
        return true;
    if ((IN(a, HANGUL) && b == U_LB_POSTFIX_NUMERIC) || (a == U_LB_PREFIX_NUMERIC && IN(b, HANGUL)))
        return true;
    if (IN(a, LETTER) && IN(b, LETTER))
        return true; /* LB28 */
    if (a == U_LB_INFIX_NUMERIC && IN(b, LETTER))
        return true; /* LB29 */
    if (letter_or_number(a) && b == U_LB_OPEN_PUNCTUATION && !east_asian(code))
        return true; /* LB30 */
    if (a == U_LB_CLOSE_PARENTHESIS && !east_asian(s->code) && letter_or_number(b))
        return true;
    if (a == U_LB_REGIONAL_INDICATOR && b == U_LB_REGIONAL_INDICATOR && s->flags % 2 == 1)
        return true; /* LB30a */
    if (b == U_LB_E_MODIFIER && (a == U_LB_E_BASE || unassigned_picture(s->code)))
        return true; /* LB30b */
    return false;
}

static uint8_t decide(const state *s, uint8_t b, uint32_t code, uint8_t after_b) {
    if (s->raw == SOT)
        return BX_LB_PROHIBITED;
    if (IN(s->raw, HARD)) /* LB4, LB5 */
        return s->raw == U_LB_CARRIAGE_RETURN && b == U_LB_LINE_FEED ? BX_LB_PROHIBITED
                                                                     : BX_LB_MANDATORY;
    if (IN(b, HARD | BIT(U_LB_SPACE) | BIT(U_LB_ZWSPACE)))
        return BX_LB_PROHIBITED; /* LB6, LB7 */
    if (s->solid == U_LB_ZWSPACE)
        return BX_LB_ALLOWED; /* LB8 */
    if (s->raw == U_LB_ZWJ)
        return BX_LB_PROHIBITED; /* LB8a */
    if (IN(b, MARKS) && s->raw != U_LB_SPACE)
        return BX_LB_PROHIBITED; /* LB9 */
    if (IN(b, MARKS))
        b = U_LB_ALPHABETIC; /* LB10 */
    return prohibited(s, b, code, after_b) ? BX_LB_PROHIBITED : BX_LB_ALLOWED;
}

static number next_number(number num, uint8_t b) {
    if (b == U_LB_NUMERIC)
        return IN_NUMBER;
    if (num == IN_NUMBER && IN(b, BIT(U_LB_BREAK_SYMBOLS) | BIT(U_LB_INFIX_NUMERIC)))
        return IN_NUMBER;
    return num == IN_NUMBER && IN(b, CLOSES) ? NUMBER_CLOSED : NO_NUMBER;
}

static void advance(state *s, uint8_t b, uint32_t code) {
    bool fresh = s->raw == SOT || IN(s->raw, HARD | BIT(U_LB_SPACE) | BIT(U_LB_ZWSPACE));
    if (IN(b, MARKS) && !fresh) {
        s->raw = b; /* LB9: as if it were not there */
        return;
    }
    s->raw = b;
    if (IN(b, MARKS))
        b = U_LB_ALPHABETIC;
    s->num = next_number(s->num, b);
    s->flags = b == U_LB_REGIONAL_INDICATOR ? s->flags + 1 : 0;
    s->before_a = s->a;
    s->a = b;
    s->code = code;
    if (b != U_LB_SPACE)
        s->solid = b;
}

/* The class of what follows, marks apart. */
static uint8_t class_after(const uint8_t *lb, uint32_t i, uint32_t n) {
    for (i++; i < n; i++)
        if (!IN(lb[i], MARKS))
            return lb[i];
    return SOT;
}

void bx_line_breaks(const uint32_t *codes, const uint8_t *lb, uint32_t n, uint8_t *before) {
    state s = {.a = SOT, .raw = SOT, .solid = SOT, .before_a = SOT};
    for (uint32_t i = 0; i < n; i++) {
        uint8_t b = lb[i];
        if (b == s.raw && (b == U_LB_IDEOGRAPHIC || b == U_LB_ALPHABETIC)) { /* LB31, LB28 */
            for (; i < n && lb[i] == b; i++)
                before[i] = b == U_LB_IDEOGRAPHIC ? BX_LB_ALLOWED : BX_LB_PROHIBITED;
            i--;
            s = (state){.a = b, .code = codes[i], .raw = b, .solid = b, .before_a = b};
            continue;
        }
        bool looks = IN(lb[i], BIT(U_LB_OPEN_PUNCTUATION) | BIT(U_LB_HYPHEN));
        before[i] = decide(&s, lb[i], codes[i], looks ? class_after(lb, i, n) : SOT);
        advance(&s, lb[i], codes[i]);
    }
}
