/* Items: stretches of clusters that are shaped in one call (R34). The face is chosen by the class
 * of script, then by coverage, cluster by cluster; the language travels with the item so that
 * `locl` gives marks their own region's form even when they stand alone. */
#include "text/paragraph.h"

#include <hb.h>
#include <stdio.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>

static bool is_latin_script(UScriptCode s) {
    return s == USCRIPT_LATIN || s == USCRIPT_GREEK || s == USCRIPT_CYRILLIC ||
           s == USCRIPT_COMMON || s == USCRIPT_INHERITED;
}

static UScriptCode script_of(uint32_t code) {
    UErrorCode status = U_ZERO_ERROR;
    return uscript_getScript((UChar32)code, &status);
}

/* Ambiguous width (① × ℃ ■) and anything wide takes the CJK face in CJK text (UAX #11). */
static bool ambiguous_or_wide(uint32_t code) {
    if (code < 0xA1)
        return false;
    int32_t w = u_getIntPropertyValue((UChar32)code, UCHAR_EAST_ASIAN_WIDTH);
    return w == U_EA_AMBIGUOUS || w == U_EA_WIDE || w == U_EA_FULLWIDTH;
}

static bx_font_class class_of(const bx_paragraph *p, const bx_cluster *c) {
    if (c->kind == BX_KIND_EMOJI)
        return BX_FONT_EMOJI;
    if (c->mark != BX_P_NONE || c->kind == BX_KIND_HAN || c->kind == BX_KIND_KANA ||
        c->kind == BX_KIND_FULL)
        return BX_FONT_HAN;
    if (c->kind == BX_KIND_HANGUL)
        return BX_FONT_HANGUL;
    if (c->flags & BX_CL_LATIN_QUOTE)
        return BX_FONT_LATIN;
    if (c->kind == BX_KIND_LETTER || c->kind == BX_KIND_DIGIT)
        return is_latin_script(script_of(c->code)) ? BX_FONT_LATIN : BX_FONT_OTHER;
    bool code = bx_cluster_span(p, c)->flags & BX_SPAN_CODE;
    if (c->code >= 0x2E80 || (!code && c->region != BX_REGION_OTHER && ambiguous_or_wide(c->code)))
        return BX_FONT_HAN;
    return is_latin_script(script_of(c->code)) ? BX_FONT_LATIN : BX_FONT_OTHER;
}

static uint8_t features_of(const bx_paragraph *p, const bx_cluster *c, bx_font_class class) {
    uint8_t f = class == BX_FONT_HAN || class == BX_FONT_HANGUL ? BX_FEAT_HAN : 0;
    if (bx_cluster_span(p, c)->flags & BX_SPAN_CODE)
        f |= BX_FEAT_CODE;
    if ((c->flags & BX_CL_CJK_QUOTE) && (bx_is_quote(c->code) || c->mark == BX_P_DOT))
        f |= BX_FEAT_FULL;
    if (c->mark == BX_P_SLASH && c->code == 0xFF0F && c->region != BX_REGION_TW &&
        c->region != BX_REGION_HK)
        f |= BX_FEAT_HALF;
    if ((c->flags & BX_CL_LATIN_QUOTE) && c->code >= 0x80)
        f |= BX_FEAT_PROPORTIONAL;
    return f;
}

/* Characters of no script of their own go with what precedes them. */
static uint32_t hb_script_for(const bx_cluster *c, bx_font_class class, uint32_t before) {
    if (class == BX_FONT_HANGUL)
        return HB_SCRIPT_HANGUL;
    if (class == BX_FONT_EMOJI)
        return HB_SCRIPT_COMMON;
    UScriptCode s = script_of(c->code);
    if (class == BX_FONT_HAN)
        return s == USCRIPT_HIRAGANA || s == USCRIPT_KATAKANA ? HB_SCRIPT_KATAKANA : HB_SCRIPT_HAN;
    if (s == USCRIPT_COMMON || s == USCRIPT_INHERITED)
        return class == BX_FONT_LATIN && before != HB_SCRIPT_GREEK && before != HB_SCRIPT_CYRILLIC
                   ? HB_SCRIPT_LATIN
               : before ? before
                        : HB_SCRIPT_COMMON;
    if (s == USCRIPT_LATIN)
        return HB_SCRIPT_LATIN;
    const char *name = uscript_getShortName(s);
    return hb_script_from_string(name, -1);
}

enum { MOST_MISSING = 100 }; /* code points told of */

typedef struct picker {
    bx_paragraph *p;
    uint32_t span;                           /* for which `usual` holds */
    const bx_face *usual[BX_FONT_OTHER + 1]; /* the first choice by class */
    uint32_t codes[16];
} picker;

static bx_str lang_of(const bx_paragraph *p, const bx_text_span *span) {
    return span->lang.n ? span->lang : p->in.lang;
}

static void warn_missing(bx_paragraph *p, const bx_cluster *c) {
    const bx_text_span *span = bx_cluster_span(p, c);
    uint32_t from = c->start > span->start ? c->start - span->start : 0;
    bx_first first = {c->code, MOST_MISSING, span->source, from};
    if (!p->report || !bx_is_first(p->report, BX_D_GLYPH_MISSING, &first))
        return;
    bx_str text = bx_str_sub(p->in.text, span->start, span->end);
    bx_span at = bx_span_of_char(p->report->sources, span->source, text, from);
    bx_say_first(p->report, BX_D_GLYPH_MISSING, &first, at, "no font has %.*s (U+%04X)",
                 (int)(c->end - c->start), p->in.text.p + c->start, c->code);
}

static const bx_face *pick(picker *k, const bx_cluster *c, bx_font_class class) {
    static const uint32_t sample[] = {
        [BX_FONT_HAN] = 0x4E00, [BX_FONT_HANGUL] = 0xAC00, [BX_FONT_LATIN] = 'a'};
    bx_paragraph *p = k->p;
    const bx_text_span *span = bx_cluster_span(p, c);
    uint32_t end = (uint32_t)(c - p->clusters.at) + 1 < p->clusters.n ? c[1].cp : p->codes.n;
    bx_font_query query = {.style = span->font, .lang = lang_of(p, span), .script_class = class};
    bool missing = false;
    if (c->span != k->span) {
        memset(k->usual, 0, sizeof k->usual);
        k->span = c->span;
    }
    if (class <= BX_FONT_LATIN && class != BX_FONT_EMOJI) {
        if (!k->usual[class]) {
            query.cluster = &sample[class];
            query.n = 1;
            k->usual[class] = bx_fonts_pick(p->fonts, &query, &missing);
            missing = false;
        }
        if (end - c->cp == 1 && bx_face_has(k->usual[class], c->code))
            return k->usual[class];
    }
    query.cluster = k->codes;
    for (uint32_t i = c->cp; i < end && query.n < 16; i++)
        k->codes[query.n++] = p->codes.at[i];
    const bx_face *face = bx_fonts_pick(p->fonts, &query, &missing);
    if (missing && !(c->flags & BX_CL_HIDDEN))
        warn_missing(p, c);
    return face;
}

static bool same_lang(const bx_paragraph *p, uint32_t a, uint32_t b) {
    return a == b || bx_str_eq(lang_of(p, &p->in.spans[a]), lang_of(p, &p->in.spans[b]));
}

/* A face may draw —— as one glyph, and ——— too: it is shown one pair at a time. */
static bool begins_pair(const bx_paragraph *p, uint32_t i) {
    const bx_cluster *c = &p->clusters.at[i];
    return i > 0 && c->mark == BX_P_LONG && c[-1].mark == BX_P_LONG && !(c->flags & BX_CL_PAIRED);
}

/* The rest of a cluster that was too long. */
static bool goes_on(const bx_paragraph *p, uint32_t i) {
    const bx_cluster *c = &p->clusters.at[i];
    return i > 0 && c->cp - c[-1].cp == BX_LONGEST_CLUSTER;
}

/* HarfBuzz takes a string of stacked consonants for one syllable, however long, and the square of
 * its length in time. White ends an item that has become long; one without any ends anyhow. */
static bool is_long(const bx_paragraph *p, const bx_item_run *item, uint32_t i,
                    bx_font_class class) {
    enum { LONG = 512, LONGEST = 1024 }; /* clusters */
    uint32_t n = i - item->first;
    return class == BX_FONT_OTHER && n >= LONG &&
           (n >= LONGEST || (p->clusters.at[i - 1].flags & BX_CL_SPACE));
}

/* What is set in the Han face with its usual features: ideographs and marks that are never Latin.
 */
static bool is_plain_chinese(const bx_cluster *c) {
    return bx_is_plain_han(c) ||
           (c->flags == 0 && c->mark != BX_P_NONE && c->mark != BX_P_LONG && c->mark != BX_P_SLASH);
}

/* The same of the Latin face. */
static bool is_plain_latin(const bx_cluster *c) {
    return c->code < 0x80 && c->mark == BX_P_NONE &&
           !(c->flags & (BX_CL_HIDDEN | BX_CL_OBJECT | BX_CL_FORCED));
}

/* Text is long stretches of plain characters, for which everything asked of the first has the same
 * answers, but whether the face has them. How many from cluster i on go with the one before it. */
static uint32_t count_alike(const picker *k, uint32_t i, uint32_t script) {
    const bx_paragraph *p = k->p;
    const bx_cluster *at = p->clusters.at, *before = &at[i - 1];
    const bx_item_run *item = &p->items.at[before->item];
    if (before->span != k->span || (before->flags & BX_CL_HIDDEN) || item->script != script ||
        goes_on(p, i))
        return 0;
    uint8_t code = bx_cluster_span(p, before)->flags & BX_SPAN_CODE ? BX_FEAT_CODE : 0;
    bool han = script == HB_SCRIPT_HAN && item->features == (BX_FEAT_HAN | code);
    bool latin = script == HB_SCRIPT_LATIN && item->features == code;
    const bx_face *face = k->usual[han ? BX_FONT_HAN : BX_FONT_LATIN];
    if (!(han || latin) || !face || item->face != face)
        return 0;
    uint32_t end = i;
    while (end < p->clusters.n && at[end].span == k->span && at[end].level == item->level &&
           (han ? is_plain_chinese(&at[end]) : is_plain_latin(&at[end])) &&
           (end + 1 < p->clusters.n ? at[end + 1].cp : p->codes.n) - at[end].cp == 1)
        end++;
    return bx_face_has_first(face, p->codes.at + at[i].cp, end - i);
}

void bx_itemize(bx_paragraph *p) {
    picker k = {.p = p, .span = UINT32_MAX};
    uint32_t script = 0;
    for (uint32_t i = 0; i < p->clusters.n; i++) {
        for (uint32_t n = i ? count_alike(&k, i, script) : 0; n; n--)
            p->clusters.at[i++].item = p->items.n - 1;
        if (p->items.n)
            p->items.at[p->items.n - 1].end = i;
        if (i == p->clusters.n)
            break;
        bx_cluster *c = &p->clusters.at[i];
        const bx_text_span *span = bx_cluster_span(p, c);
        bool drawn = !(c->flags & (BX_CL_OBJECT | BX_CL_FORCED));
        bx_font_class class = drawn ? class_of(p, c) : BX_FONT_LATIN;
        const bx_face *face = drawn ? pick(&k, c, class) : NULL;
        uint8_t features = features_of(p, c, class);
        script = hb_script_for(c, class, script);
        bx_item_run *last = p->items.n ? &p->items.at[p->items.n - 1] : NULL;
        bx_len size = face ? bx_em_at(bx_face_get(face)->scale, span->size) : span->size;
        if (last && (c->flags & BX_CL_HIDDEN) && drawn && last->face &&
            last->level == c->level) { /* joiners and selectors stay with what they follow */
            last->end = i + 1;
            c->item = p->items.n - 1;
            continue;
        }
        if (!last || !drawn || last->face != face || last->size != size || last->script != script ||
            last->level != c->level || last->features != features ||
            !same_lang(p, last->span, c->span) || class == BX_FONT_EMOJI || begins_pair(p, i) ||
            goes_on(p, i) || is_long(p, last, i, class)) {
            bx_push(p->arena, &p->items,
                    (bx_item_run){.first = i,
                                  .face = face,
                                  .size = size,
                                  .span = c->span,
                                  .script = script,
                                  .lang = lang_of(p, span),
                                  .level = c->level,
                                  .features = features});
            last = &p->items.at[p->items.n - 1];
        }
        last->end = i + 1;
        c->item = p->items.n - 1;
    }
}
