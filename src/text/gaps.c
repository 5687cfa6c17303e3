/* What each cluster and each gap may give or take when a line is adjusted (R14, R15), and sums of
 * all that, so that any line is measured in constant time. */
#include "text/paragraph.h"

static bool stops(const bx_cluster *c) { return c->mark == BX_P_PAUSE || c->mark == BX_P_STOP; }

static bool spreads(const bx_cluster *c) {
    return bx_kind_is_cjk((bx_kind)c->kind) || c->mark != BX_P_NONE || c->kind == BX_KIND_EMOJI ||
           (c->kind == BX_KIND_HANGUL && c->region != BX_REGION_KO) || (c->flags & BX_CL_OBJECT);
}

static bool closed(const bx_cluster *c) {
    return c->mark == BX_P_CONNECTOR || c->mark == BX_P_SLASH || c->mark == BX_P_LONG;
}

/* The gap between neighbours that nothing visible separates. */
static bx_gap gap_between(const bx_cluster *a, const bx_cluster *b) {
    if ((b->flags & BX_CL_BOUND) || closed(a) || closed(b) || ((a->level | b->level) & 1))
        return BX_GAP_NONE;
    if (!spreads(a) && !spreads(b))
        return BX_GAP_NONE;
    if (a->region == BX_REGION_JA &&
        (a->mark == BX_P_OPEN || b->mark == BX_P_CLOSE || stops(a) || stops(b)))
        return BX_GAP_MARK;
    return BX_GAP_HAN;
}

static bool word_space(const bx_cluster *c) {
    return (c->code == ' ' || c->code == 0xA0) && !(c->flags & (BX_CL_KEEP_SPACE | BX_CL_HIDDEN));
}

static bool is_plain(const bx_cluster *c) { return bx_is_plain_han(c) && !(c->level & 1); }

static void set_gap_kinds(bx_paragraph *p) {
    bx_cluster *last = NULL;
    bool space = false, plain = false; /* plain: the last one is, and stands just before this one */
    for (uint32_t i = 0; i < p->clusters.n; i++) {
        bx_cluster *c = &p->clusters.at[i];
        bool was_plain = plain;
        plain = is_plain(c);
        if (plain && was_plain) {
            if (last->gap_kind == BX_GAP_NONE)
                last->gap_kind = BX_GAP_HAN;
            last = c;
            continue;
        }
        if (c->flags & BX_CL_FORCED)
            last = NULL;
        if (c->kind == BX_KIND_SPACE || (c->flags & BX_CL_SPACE)) {
            space = space || !(c->flags & BX_CL_HIDDEN) || c->gap_kind == BX_GAP_AUTO;
            if (word_space(c) && !(c->level & 1))
                c->gap_kind = BX_GAP_WORD;
            continue;
        }
        if (c->flags & BX_CL_HIDDEN)
            continue;
        if (last && !space && last->gap_kind == BX_GAP_NONE)
            last->gap_kind = (uint8_t)gap_between(last, c);
        last = c;
        space = false;
    }
    if (p->clusters.n)
        p->clusters.at[p->clusters.n - 1].gap_kind = BX_GAP_NONE;
}

static void set_amounts(const bx_paragraph *p, bx_cluster *c) {
    bx_len em = p->in.size;
    if (c->gap_kind == BX_GAP_AUTO) {
        c->shrink = bx_len_max(0, c->gap - em / 8);
        c->grow = bx_len_max(0, em / 2 - c->gap);
    } else if (c->gap_kind == BX_GAP_WORD) {
        c->shrink = bx_len_max(0, c->cell - em / 4);
        c->grow = bx_len_max(0, em / 2 - c->cell);
    }
    bool ja = c->region == BX_REGION_JA;
    switch (c->mark) {
    case BX_P_DOT:
        c->tier_lead = c->tier_tail = 3;
        break;
    case BX_P_OPEN:
        c->tier_lead = 4;
        break;
    case BX_P_CLOSE:
        c->tier_tail = 4;
        break;
    case BX_P_PAUSE:
        c->tier_lead = c->tier_tail = ja ? 4 : 5;
        break;
    case BX_P_STOP:
        c->tier_lead = c->tier_tail = ja ? 0 : 7;
        break;
    default:
        break;
    }
}

static bx_len left_lead(const bx_cluster *c) {
    return c->tier_lead ? c->blank_lead - c->pair_lead : 0;
}
static bx_len left_tail(const bx_cluster *c) {
    return c->tier_tail ? c->blank_tail - c->pair_tail : 0;
}

bx_len bx_cluster_advance(const bx_cluster *c) {
    return c->rigid + c->cell - c->base_lead - c->base_tail - c->pair_lead - c->pair_tail;
}

static bool is_solid(const bx_cluster *c) {
    if (c->flags & (BX_CL_HIDDEN | BX_CL_SPACE))
        return false;
    return c->kind != BX_KIND_MARK && c->kind != BX_KIND_OTHER && c->kind != BX_KIND_SPACE;
}

/* What a cluster that is none of the plain ones adds to the sums. */
static void add_amounts(const bx_paragraph *p, bx_cluster *c, bx_sum *s) {
    set_amounts(p, c);
    bool poor_lead = c->tier_lead == 7, poor_tail = c->tier_tail == 7;
    s->shrink += c->shrink + left_lead(c) + left_tail(c);
    s->poor += (c->gap_kind == BX_GAP_AUTO ? c->shrink : 0) + (poor_lead ? left_lead(c) : 0) +
               (poor_tail ? left_tail(c) : 0);
    s->grow += c->grow;
}

void bx_set_gaps(bx_paragraph *p) {
    uint32_t n = p->clusters.n, shown = 0;
    set_gap_kinds(p);
    bx_sum s = {0};
    p->sums = bx_alloc_raw_n(p->arena, (size_t)n + 1, sizeof *p->sums);
    p->content = bx_alloc_raw_n(p->arena, (size_t)n + 1, sizeof *p->content);
    for (uint32_t i = 0; i < n; i++) {
        bx_cluster *c = &p->clusters.at[i];
        p->sums[i] = s;
        p->content[i] = shown;
        s.width += bx_cluster_advance(c) + c->gap + c->pad;
        if (c->mark != BX_P_NONE || c->gap_kind == BX_GAP_AUTO || c->gap_kind == BX_GAP_WORD)
            add_amounts(p, c, &s);
        s.gaps += c->gap_kind == BX_GAP_HAN;
        s.places += c->gap_kind != BX_GAP_NONE;
        s.solid += is_solid(c);
        if (!(c->flags & (BX_CL_SPACE | BX_CL_FORCED | BX_CL_HIDDEN)))
            shown = i + 1;
    }
    p->sums[n] = s;
    p->content[n] = shown;
}

bx_measured bx_measure_line(const bx_paragraph *p, uint32_t first, uint32_t content) {
    bx_measured m = {0};
    if (content <= first)
        return m;
    const bx_sum *a = &p->sums[first], *b = &p->sums[content];
    const bx_cluster *s = &p->clusters.at[first], *e = &p->clusters.at[content - 1];
    m.natural = b->width - a->width - e->gap - e->pad + s->pair_lead - s->edge_lead + e->pair_tail -
                e->edge_tail;
    m.shrink = b->shrink - a->shrink - e->shrink;
    m.poor = b->poor - a->poor - (e->gap_kind == BX_GAP_AUTO ? e->shrink : 0);
    if (s->tier_lead) { /* at the edges, what the neighbour had cut is there again, less the trim */
        m.shrink += s->pair_lead - s->edge_lead;
        m.poor += s->tier_lead == 7 ? s->pair_lead - s->edge_lead : 0;
    }
    if (e->tier_tail) {
        bx_len back = e->pair_tail - e->edge_tail - (e->late_tail ? e->blank_tail : 0);
        m.shrink += back;
        m.poor += e->tier_tail == 7 ? back : 0;
    }
    m.grow = b->grow - a->grow - e->grow;
    m.gaps = b->gaps - a->gaps - (e->gap_kind == BX_GAP_HAN);
    m.places = b->places - a->places - (e->gap_kind != BX_GAP_NONE);
    m.solid = b->solid - a->solid;
    return m;
}
