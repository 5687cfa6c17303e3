/* R7: whether “ ” ‘ ’ are Chinese or Latin where they stand, and — … · with them.
 *
 * Marks are paired by a stack over the whole paragraph, whatever its styling; both marks of a pair
 * get one answer, from what touches the pair outside, then from what is inside, then from the
 * language. Variation selectors (Unicode 16, StandardizedVariants) decide before all else. */
#include "text/paragraph.h"

enum { DEEPEST = 32 }; /* how far back among open marks a partner is looked for */

typedef enum verdict { UNDECIDED, LATIN, CHINESE } verdict;

typedef struct mark {
    uint32_t cluster, partner; /* partner: index among marks, or UINT32_MAX */
    verdict verdict;
    bool apostrophe;
} mark;

typedef BX_VEC(mark) marks;

static uint32_t visible_before(const bx_paragraph *p, uint32_t i) {
    while (i > 0) {
        i--;
        if (!(p->clusters.at[i].flags & BX_CL_HIDDEN) || (p->clusters.at[i].flags & BX_CL_FORCED))
            return i;
    }
    return UINT32_MAX;
}

static uint32_t visible_after(const bx_paragraph *p, uint32_t i) {
    for (i++; i < p->clusters.n; i++)
        if (!(p->clusters.at[i].flags & BX_CL_HIDDEN) || (p->clusters.at[i].flags & BX_CL_FORCED))
            return i;
    return UINT32_MAX;
}

static bool is_word(const bx_paragraph *p, uint32_t i) {
    return i != UINT32_MAX &&
           (p->clusters.at[i].kind == BX_KIND_LETTER || p->clusters.at[i].kind == BX_KIND_DIGIT);
}

static verdict by_selector(const bx_paragraph *p, const bx_cluster *c) {
    uint32_t next = c->cp + 1;
    if (next >= p->codes.n || p->cps.at[next].at >= c->end)
        return UNDECIDED;
    return p->codes.at[next] == 0xFE00 ? LATIN : p->codes.at[next] == 0xFE01 ? CHINESE : UNDECIDED;
}

/* (b): ’ inside a word, and before digits (’90s) or after a word when no ‘ is open. */
static bool is_apostrophe(const bx_paragraph *p, uint32_t i, bool open) {
    uint32_t before = visible_before(p, i), after = visible_after(p, i);
    if (is_word(p, before) && is_word(p, after))
        return true;
    if (open)
        return false;
    bool space_after = after == UINT32_MAX || p->clusters.at[after].kind == BX_KIND_SPACE;
    return (is_word(p, after) && p->clusters.at[after].kind == BX_KIND_DIGIT) ||
           (is_word(p, before) && space_after && p->region == BX_REGION_OTHER);
}

static marks find_marks(bx_paragraph *p) {
    marks list = {0};
    BX_VEC(uint32_t) stack = {0};
    for (uint32_t i = 0; i < p->clusters.n; i++) {
        bx_cluster *c = &p->clusters.at[i];
        if (!bx_is_quote(c->code) || (bx_cluster_span(p, c)->flags & BX_SPAN_CODE))
            continue;
        mark m = {.cluster = i, .partner = UINT32_MAX, .verdict = by_selector(p, c)};
        uint32_t opener = c->code == 0x201D ? 0x201C : c->code == 0x2019 ? 0x2018 : 0;
        uint32_t depth = stack.n, least = stack.n > DEEPEST ? stack.n - DEEPEST : 0;
        while (opener && depth > least &&
               p->clusters.at[list.at[stack.at[depth - 1]].cluster].code != opener)
            depth--;
        if (depth == least)
            depth = 0; /* no partner */
        if (c->code == 0x2019 && m.verdict == UNDECIDED && is_apostrophe(p, i, depth > 0)) {
            m.apostrophe = true;
            m.verdict = LATIN;
        } else if (opener && depth > 0) {
            m.partner = stack.at[depth - 1];
            list.at[m.partner].partner = list.n;
            stack.n = depth - 1;
            if (m.verdict == UNDECIDED)
                m.verdict = list.at[m.partner].verdict;
            else if (list.at[m.partner].verdict == UNDECIDED)
                list.at[m.partner].verdict = m.verdict;
        } else if (!opener) {
            bx_push(p->arena, &stack, list.n);
        }
        bx_push(p->arena, &list, m);
    }
    return list;
}

/* —— and …… are Chinese wherever they stand in Chinese, Japanese or Korean. */
static bool is_doubled(const bx_paragraph *p, uint32_t i) {
    uint32_t code = p->clusters.at[i].code;
    if (p->region == BX_REGION_OTHER || (code != 0x2014 && code != 0x2026))
        return false;
    return (i > 0 && p->clusters.at[i - 1].code == code) ||
           (i + 1 < p->clusters.n && p->clusters.at[i + 1].code == code);
}

/* What a neighbour outside says. Quotation marks already decided count as what they are. */
static verdict touch(const bx_paragraph *p, uint32_t i) {
    if (i == UINT32_MAX)
        return UNDECIDED;
    const bx_cluster *c = &p->clusters.at[i];
    if (c->flags & BX_CL_FORCED)
        return UNDECIDED;
    if (c->flags & BX_CL_CJK_QUOTE)
        return CHINESE;
    if (c->flags & BX_CL_LATIN_QUOTE)
        return LATIN;
    if (bx_is_cjk(c->code) || is_doubled(p, i))
        return CHINESE;
    if (bx_punct_is_shared(c->code) && c->code >= 0x80)
        return UNDECIDED;
    return c->kind == BX_KIND_EMOJI || (c->flags & BX_CL_OBJECT) ? UNDECIDED : LATIN;
}

/* counts[i]: CJK characters before cluster i. */
static uint32_t *count_cjk(const bx_paragraph *p) {
    uint32_t *counts = bx_new_n(p->arena, uint32_t, (size_t)p->clusters.n + 1);
    for (uint32_t i = 0; i < p->clusters.n; i++)
        counts[i + 1] = counts[i] + bx_is_cjk(p->clusters.at[i].code);
    return counts;
}

static verdict by_language(const bx_paragraph *p) {
    return p->region == BX_REGION_GB ? CHINESE : LATIN;
}

/* (d), (e). A paragraph's edge says nothing; the other side then decides. */
static verdict decide(const bx_paragraph *p, verdict left, verdict right, bool cjk_inside) {
    if (left == CHINESE || right == CHINESE)
        return CHINESE;
    if (!cjk_inside && (left == LATIN || right == LATIN))
        return LATIN;
    return by_language(p);
}

static void record(bx_paragraph *p, uint32_t cluster, verdict v) {
    p->clusters.at[cluster].flags |= v == CHINESE ? BX_CL_CJK_QUOTE : BX_CL_LATIN_QUOTE;
}

static void decide_quotes(bx_paragraph *p) {
    marks list = find_marks(p);
    uint32_t *counts = list.n ? count_cjk(p) : NULL;
    for (uint32_t i = 0; i < list.n; i++) { /* openers come first, so outer pairs before inner */
        mark *m = &list.at[i];
        if (m->partner != UINT32_MAX && m->partner < i)
            continue;
        uint32_t last = m->partner == UINT32_MAX ? m->cluster : list.at[m->partner].cluster;
        if (m->verdict == UNDECIDED)
            m->verdict =
                decide(p, touch(p, visible_before(p, m->cluster)), touch(p, visible_after(p, last)),
                       counts[last] > counts[m->cluster + 1]);
        record(p, m->cluster, m->verdict);
        if (m->partner != UINT32_MAX)
            record(p, last,
                   list.at[m->partner].verdict == UNDECIDED ? m->verdict
                                                            : list.at[m->partner].verdict);
    }
}

/* Dashes, dots and the like: a run of one character has one answer. */
static void decide_others(bx_paragraph *p) {
    for (uint32_t i = 0; i < p->clusters.n;) {
        bx_cluster *c = &p->clusters.at[i];
        uint32_t end = i + 1;
        if (!bx_punct_is_shared(c->code) || bx_is_quote(c->code) ||
            (bx_cluster_span(p, c)->flags & BX_SPAN_CODE)) {
            i = end;
            continue;
        }
        while (end < p->clusters.n && p->clusters.at[end].code == c->code)
            end++;
        verdict left = touch(p, visible_before(p, i)), right = touch(p, visible_after(p, end - 1));
        verdict v;
        if (c->code == '-' || c->code == '/' || c->code == 0x2010 || c->code == 0x2013)
            /* connectors and slashes are Chinese only between Han */
            v = left == CHINESE && right == CHINESE ? CHINESE : LATIN;
        else if (is_doubled(p, i))
            v = CHINESE;
        else
            v = left == CHINESE || right == CHINESE ? CHINESE
                : left == LATIN || right == LATIN   ? LATIN
                : p->region == BX_REGION_OTHER      ? LATIN
                                                    : CHINESE;
        for (; i < end; i++)
            record(p, i, v);
    }
}

static void set_marks(bx_paragraph *p) {
    for (uint32_t i = 0; i < p->clusters.n; i++) {
        bx_cluster *c = &p->clusters.at[i];
        if (bx_is_plain_han(c) || bx_is_plain_letter(c))
            continue;
        if ((bx_cluster_span(p, c)->flags & BX_SPAN_CODE) && c->code < 0x2E80)
            continue;
        if (bx_punct_is_shared(c->code) && !(c->flags & BX_CL_CJK_QUOTE)) {
            if (c->flags & BX_CL_LATIN_QUOTE && bx_is_quote(c->code))
                c->spacing = BX_SPACING_NARROW;
            continue;
        }
        c->mark = (uint8_t)bx_punct_of(c->code, (bx_region)c->region);
        if (c->code == 0x2014 && i + 1 < p->clusters.n && p->clusters.at[i + 1].code == 0x2014)
            c->mark = BX_P_LONG;
        if (c->code == 0x2014 && i > 0 && p->clusters.at[i - 1].code == 0x2014)
            c->mark = BX_P_LONG;
        if (c->mark != BX_P_NONE) {
            c->kind = BX_KIND_MARK;
            c->spacing = BX_SPACING_OTHER;
        }
    }
}

/* Both are halves of a long mark; ⸺ is a whole one. */
static bool same_long(const bx_cluster *a, const bx_cluster *b) {
    return a->mark == BX_P_LONG && b->mark == BX_P_LONG && a->code == b->code && a->code != 0x2E3A;
}

/* Runs of — or … are pairs, the last of an odd run with the pair before it (R3, R17). */
static void pair_long_marks(bx_paragraph *p) {
    for (uint32_t i = 0; i < p->clusters.n;) {
        uint32_t end = i + 1;
        while (end < p->clusters.n && same_long(&p->clusters.at[i], &p->clusters.at[end]))
            end++;
        for (uint32_t k = i + 1; k < end; k++)
            if ((k - i) % 2 == 1 || k + 1 == end)
                p->clusters.at[k].flags |= BX_CL_PAIRED;
        i = end;
    }
}

void bx_resolve_quotes(bx_paragraph *p) {
    decide_quotes(p);
    decide_others(p);
    set_marks(p);
    pair_long_marks(p);
}
