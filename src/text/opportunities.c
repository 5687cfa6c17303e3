/* Where a line may break: UAX #14 with the tailoring of R2 (kinsoku levels), R3 (units), R5
 * (quotes), R18 (addresses), R21 (note marks), R31 (emoji).
 *
 * Most of the tailoring is done by giving characters another class before the rules of UAX #14 run;
 * then each place between clusters is looked at once more. */
#include "text/paragraph.h"

#include "text/hyphenate.h"
#include "text/linebreak.h"

#include <unicode/uchar.h>

static bool cjk(const bx_cluster *c) {
    return bx_kind_is_cjk((bx_kind)c->kind) || c->mark != BX_P_NONE;
}

static bool is_digit(const bx_cluster *c) { return c->kind == BX_KIND_DIGIT; }

static const bx_cluster *at(const bx_paragraph *p, uint32_t i) {
    return i < p->clusters.n ? &p->clusters.at[i] : NULL;
}

/* Small kana, the long-vowel mark and iteration marks may start a Japanese line below "strict"
 * (jlreq table 2, addendum). */
static uint8_t japanese(const bx_paragraph *p, uint32_t code, uint8_t lb) {
    if (p->region != BX_REGION_JA || p->in.set.kinsoku == BX_KINSOKU_STRICT)
        return lb;
    if (u_getIntPropertyValue((UChar32)code, UCHAR_LINE_BREAK) == U_LB_CONDITIONAL_JAPANESE_STARTER)
        return U_LB_IDEOGRAPHIC;
    switch (code) {
    case 0x3005:
    case 0x303B:
    case 0x309D:
    case 0x309E:
    case 0x30FD:
    case 0x30FE:
        return U_LB_IDEOGRAPHIC;
    default:
        return lb;
    }
}

static bool narrow_letter(const bx_cluster *c) {
    return c && (c->kind == BX_KIND_LETTER || c->kind == BX_KIND_DIGIT);
}

/* ゠ starts lines below "strict" where CSS Text has it so, in Chinese and Japanese. */
static bool is_loose_hyphen(const bx_paragraph *p, uint32_t code) {
    return code == 0x30A0 && p->region != BX_REGION_OTHER && p->in.set.kinsoku != BX_KINSOKU_STRICT;
}

/* The class of a cluster's first character where it stands. */
static uint8_t tailored(const bx_paragraph *p, uint32_t i, uint8_t lb) {
    const bx_cluster *c = &p->clusters.at[i], *before = i ? c - 1 : NULL, *after = at(p, i + 1);
    if (c->flags & BX_CL_FORCED)
        return U_LB_MANDATORY_BREAK;
    if (c->flags & BX_CL_SPACE)
        return U_LB_SPACE;
    if (c->flags & BX_CL_OBJECT)
        return U_LB_IDEOGRAPHIC;
    if (c->kind == BX_KIND_EMOJI)
        return lb == U_LB_REGIONAL_INDICATOR || lb == U_LB_E_BASE ? lb : U_LB_IDEOGRAPHIC;
    if (c->code == 0x201C || c->code == 0x2018)
        return U_LB_OPEN_PUNCTUATION; /* R5: pairing has told which side it is */
    if (c->code == 0x201D || (c->code == 0x2019 && (c->flags & BX_CL_CJK_QUOTE)))
        return U_LB_CLOSE_PUNCTUATION;
    if (c->code == 0x2019)
        return narrow_letter(before) && narrow_letter(after) ? U_LB_ALPHABETIC
                                                             : U_LB_CLOSE_PUNCTUATION;
    switch (c->mark) {
    case BX_P_OPEN:
        return U_LB_OPEN_PUNCTUATION;
    case BX_P_CLOSE:
    case BX_P_PAUSE:
    case BX_P_STOP:
    case BX_P_RIGID:
        return U_LB_CLOSE_PUNCTUATION;
    case BX_P_DOT:
    case BX_P_CONNECTOR:
    case BX_P_SLASH:
        return U_LB_NONSTARTER;
    default:
        break;
    }
    if (p->region == BX_REGION_KO && (c->kind == BX_KIND_HANGUL || c->kind == BX_KIND_HAN))
        return U_LB_ALPHABETIC; /* keep-all: Korean breaks at its spaces (klreq) */
    if ((c->code == '-' || c->code == '+' || c->code == 0x2212) && after && is_digit(after) &&
        !narrow_letter(before) && !(before && before->code == ')'))
        return U_LB_PREFIX_NUMERIC; /* a sign, not a hyphen */
    if (c->code == 0x2009 && before && after && is_digit(before) && is_digit(after))
        return U_LB_GLUE; /* a digit group's thin space */
    if (c->code >= 0x80 && c->region != BX_REGION_OTHER && !narrow_letter(before) &&
        !narrow_letter(after) &&
        u_getIntPropertyValue((UChar32)c->code, UCHAR_LINE_BREAK) == U_LB_AMBIGUOUS)
        return U_LB_IDEOGRAPHIC; /* LB1 in East Asian text */
    if (is_loose_hyphen(p, c->code))
        return U_LB_IDEOGRAPHIC;
    return japanese(p, c->code, lb);
}

/* The class of a cluster's first character. */
static uint8_t first_class(const bx_paragraph *p, uint32_t i) {
    const bx_cluster *c = &p->clusters.at[i];
    if (bx_is_plain_han(c) && p->region != BX_REGION_KO)
        return U_LB_IDEOGRAPHIC;
    return bx_is_plain_letter(c) ? U_LB_ALPHABETIC : tailored(p, i, bx_line_class(c->code));
}

/* What UAX #14 says of the place before each character: BX_LB_…. */
static const uint8_t *run_uax14(const bx_paragraph *p) {
    uint32_t n = p->codes.n;
    uint8_t *lb = bx_alloc_raw(p->arena, n), *before = bx_alloc_raw(p->arena, n);
    for (uint32_t i = 0, k = 0; i < p->clusters.n; i++) {
        uint32_t end = i + 1 < p->clusters.n ? p->clusters.at[i + 1].cp : n;
        for (lb[k++] = first_class(p, i); k < end; k++) {
            lb[k] = bx_line_class(p->codes.at[k]);
            if (lb[k] == U_LB_QUOTATION)
                lb[k] = U_LB_ALPHABETIC;
        }
    }
    bx_line_breaks(p->codes.at, lb, n, before);
    return before;
}

/* R2: marks that never start a line at a level. */
static bool never_starts(bx_kinsoku level, const bx_cluster *c) {
    switch (c->mark) {
    case BX_P_CLOSE:
    case BX_P_PAUSE:
    case BX_P_STOP:
    case BX_P_RIGID:
    case BX_P_CONNECTOR:
    case BX_P_SLASH:
    case BX_P_DOT:
        return level != BX_KINSOKU_NONE;
    case BX_P_LONG:
        return level == BX_KINSOKU_STRICT;
    default:
        break;
    }
    switch (c->code) { /* ASCII stops and closing brackets, whatever the level (R5) */
    case ',':
    case '.':
    case ';':
    case ':':
    case '!':
    case '?':
    case ')':
    case ']':
    case '}':
        return true;
    default:
        return false;
    }
}

static bool never_ends(bx_kinsoku level, const bx_cluster *c) {
    if (c->mark == BX_P_OPEN)
        return level != BX_KINSOKU_NONE;
    if (c->mark == BX_P_SLASH)
        return level == BX_KINSOKU_GB || level == BX_KINSOKU_STRICT;
    return c->code == '(' || c->code == '[' || c->code == '{';
}

static const char *const units[] = {
    "kg",  "g",   "mg", "t",   "km",  "m",   "cm",   "mm",   "nm",  "L",   "mL",
    "s",   "ms",  "h",  "min", "W",   "kW",  "MW",   "GW",   "kWh", "MWh", "GWh",
    "V",   "kV",  "A",  "mA",  "Hz",  "kHz", "MHz",  "GHz",  "B",   "KB",  "kB",
    "MB",  "GB",  "TB", "PB",  "GiB", "MiB", "Mbps", "Gbps", "px",  "pt",  "em",
    "dpi", "fps", "Pa", "kPa", "MPa", "J",   "kJ",   "K",    "mol", "ha",
};

/* A number, one space, a unit of measure: one unit (R3). */
static bool unit_after_space(const bx_paragraph *p, uint32_t i) {
    if (i < 2 || !(p->clusters.at[i - 1].flags & BX_CL_SPACE) || !is_digit(&p->clusters.at[i - 2]))
        return false;
    uint32_t end = i;
    while (end < p->clusters.n && p->clusters.at[end].kind == BX_KIND_LETTER && end - i < 6)
        end++;
    bx_str word =
        bx_str_sub(p->in.text, p->clusters.at[i].start, p->clusters.at[end - (end > i)].end);
    for (size_t k = 0; end > i && k < sizeof units / sizeof *units; k++)
        if (bx_str_is(word, units[k]))
            return true;
    return p->clusters.at[i].code == '%' || p->clusters.at[i].code == 0x2103;
}

/* One unit with what precedes (R3, R21, R30): neither split nor spread. */
static bool bound(const bx_paragraph *p, uint32_t i) {
    const bx_cluster *c = &p->clusters.at[i], *b = c - 1;
    const bx_text_span *sc = bx_cluster_span(p, c);
    if (sc->flags & BX_SPAN_NO_BREAK_BEFORE && c->span != b->span)
        return true;
    if (c->span == b->span && ((sc->flags & BX_SPAN_KEEP) || sc->ruby.n))
        return true;
    if (c->flags & BX_CL_NOTE) /* a note mark and what it follows; the mark itself */
        return !(b->flags & BX_CL_SPACE) && (c->span != b->span || sc->flags & BX_SPAN_RAISED);
    return (c->flags & BX_CL_PAIRED) != 0;
}

/* Two letters or digits of the address on either side of the place before `i`. */
static bool in_word_of_address(const bx_paragraph *p, uint32_t i) {
    for (uint32_t k = i - 2; k < i + 2; k++) {
        const bx_cluster *c = i < 2 ? NULL : at(p, k);
        if (!c || !(c->flags & BX_CL_URL) || !narrow_letter(c))
            return false;
    }
    return true;
}

/* R18. `i` is inside an address and not its first cluster. Between letters it is broken rather than
 * that the words before it are spread. */
static bx_break in_address(const bx_paragraph *p, uint32_t i) {
    uint32_t b = p->clusters.at[i - 1].code, c = p->clusters.at[i].code;
    if (b == '/' && c != '/') {
        bool scheme =
            i >= 3 && p->clusters.at[i - 2].code == '/' && p->clusters.at[i - 3].code == ':';
        return scheme ? BX_BREAK_LATE : BX_BREAK_YES;
    }
    if ((b == '?' || b == '&' || b == '=' || b == '-' || b == '@') && c != b && c != '/')
        return BX_BREAK_YES;
    if ((c == '.' || c == '_') && b != c && b != '/')
        return BX_BREAK_YES;
    if (b == ':' || c == ':' || (b == '/' && c == '/'))
        return BX_BREAK_NO;
    return in_word_of_address(p, i) ? BX_BREAK_LATE : BX_BREAK_LAST;
}

static bool closes(const bx_cluster *c) {
    return c->mark == BX_P_CLOSE || c->mark == BX_P_PAUSE || c->mark == BX_P_STOP;
}

/* R4: three closing marks or more in a row may be broken as a last resort. */
static bool in_long_close(const bx_paragraph *p, uint32_t i) {
    const bx_cluster *c = &p->clusters.at[i];
    return closes(c) && closes(c - 1) &&
           ((i >= 2 && closes(c - 2)) || (i + 1 < p->clusters.n && closes(c + 1)));
}

static bool is_sign(const bx_cluster *c) {
    return c->code > ' ' && c->code < 0x7F && c->kind != BX_KIND_LETTER && !is_digit(c);
}

/* Inside a run without spaces: before a letter of a word or after a sign of it, between signs that
 * repeat (a line drawn with dashes). */
static bool in_long_run(const bx_cluster *b, const bx_cluster *c) {
    if (c->kind == BX_KIND_LETTER)
        return b->kind == BX_KIND_LETTER || is_sign(b);
    return b->code == c->code && is_sign(c);
}

/* `s` is the last cluster before i that shows; `v` what UAX #14 says. */
static bx_break tailor(const bx_paragraph *p, uint32_t i, const bx_cluster *s, bx_break v) {
    const bx_cluster *c = &p->clusters.at[i], *b = c - 1;
    bx_kinsoku level = p->in.set.kinsoku;
    if (v == BX_BREAK_FORCED)
        return BX_BREAK_FORCED;
    if (c->flags & (BX_CL_SPACE | BX_CL_FORCED))
        return BX_BREAK_NO;
    if ((c->flags & BX_CL_URL) && !(c->flags & BX_CL_URL_START) && (b->flags & BX_CL_URL))
        return in_address(p, i);
    if (b->flags & BX_CL_SHY)
        return v == BX_BREAK_NO || never_starts(level, c) || never_ends(level, s) ? BX_BREAK_NO
                                                                                  : BX_BREAK_SOFT;
    if (c->flags & BX_CL_BOUND)
        return BX_BREAK_NO;
    bool plain = s == b;
    if (v == BX_BREAK_NO && plain && level == BX_KINSOKU_NONE && cjk(b) && cjk(c) &&
        !(c->mark == BX_P_LONG && b->mark == BX_P_LONG))
        v = BX_BREAK_YES;
    if (v == BX_BREAK_NO && plain && c->mark == BX_P_LONG && cjk(b) && b->mark != BX_P_OPEN &&
        b->mark != BX_P_LONG)
        v = BX_BREAK_YES;
    if (v == BX_BREAK_NO && plain && c->mark == BX_P_LONG && b->mark == BX_P_LONG)
        v = BX_BREAK_YES; /* between pairs: bound() has kept the pairs */
    if (v != BX_BREAK_NO && (never_starts(level, c) || never_ends(level, s)))
        v = BX_BREAK_NO;
    if (v == BX_BREAK_NO && closes(c) && level != BX_KINSOKU_NONE && in_long_close(p, i))
        v = BX_BREAK_LAST;
    if (v == BX_BREAK_YES && unit_after_space(p, i))
        v = BX_BREAK_NO;
    if (v == BX_BREAK_NO && in_long_run(b, c) && !never_ends(level, b) && p->region != BX_REGION_KO)
        v = BX_BREAK_LAST; /* inside what is longer than the measure */
    if ((bx_cluster_span(p, c)->flags & BX_SPAN_CODE) && v == BX_BREAK_NO && b->span == c->span &&
        !is_digit(c) && !never_starts(level, c))
        v = b->code == '_' || b->code == '/' || b->code == '.' ? BX_BREAK_LATE : BX_BREAK_LAST;
    return v;
}

/* The answer for most places, without asking further: between ideographs, inside a Latin word. */
static bool is_plain_place(const bx_paragraph *p, const bx_cluster *c, bx_break *v) {
    const bx_cluster *b = c - 1;
    if (*v == BX_BREAK_YES)
        return bx_is_plain_han(c) && bx_is_plain_han(b);
    if (*v != BX_BREAK_NO || !bx_is_plain_letter(c) || !bx_is_plain_letter(b) ||
        p->region == BX_REGION_KO)
        return false;
    *v = BX_BREAK_LAST;
    return true;
}

/* Whether any span binds what is in it, or itself to what precedes. */
static bool any_binds(const bx_paragraph *p) {
    for (uint32_t i = 0; i < p->in.n_spans; i++)
        if (p->in.spans[i].ruby.n)
            return true;
    return bx_any_span(p, BX_SPAN_KEEP | BX_SPAN_NO_BREAK_BEFORE);
}

void bx_find_breaks(bx_paragraph *p) {
    if (p->clusters.n == 0)
        return;
    const uint8_t *before = run_uax14(p);
    bool binds = any_binds(p);
    const bx_cluster *shown = p->clusters.at;
    for (uint32_t i = 1; i < p->clusters.n; i++) {
        bx_cluster *c = &p->clusters.at[i];
        bx_break v = before[c->cp] == BX_LB_MANDATORY ? BX_BREAK_FORCED
                     : before[c->cp] == BX_LB_ALLOWED ? BX_BREAK_YES
                                                      : BX_BREAK_NO;
        if ((binds || (c->flags & (BX_CL_NOTE | BX_CL_PAIRED))) && bound(p, i))
            c->flags |= BX_CL_BOUND;
        if (!(c[-1].flags & (BX_CL_SPACE | BX_CL_HIDDEN)))
            shown = c - 1;
        c->before = (uint8_t)(is_plain_place(p, c, &v) ? v : tailor(p, i, shown, v));
    }
}

const uint32_t *bx_paragraph_breaks(const bx_paragraph *p, uint32_t *n) {
    uint32_t *list = bx_alloc_raw_n(p->arena, p->clusters.n, sizeof *list);
    *n = 0;
    for (uint32_t i = 1; i < p->clusters.n; i++) {
        bx_break b = (bx_break)p->clusters.at[i].before;
        if (b == BX_BREAK_YES || b == BX_BREAK_SOFT || b == BX_BREAK_FORCED)
            list[(*n)++] = p->clusters.at[i].start;
    }
    return list;
}
