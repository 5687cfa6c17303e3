/* R12: white between wide and narrow text, whatever the styling says; a typed space at such a place
 * is replaced, one beside a Chinese mark goes. Nothing is added to the text.
 *
 * Also R9's em after a Japanese ！ or ？ that ends a sentence. */
#include "text/paragraph.h"

static bool is_full_mark(const bx_cluster *c) {
    return c->mark == BX_P_OPEN || c->mark == BX_P_CLOSE || c->mark == BX_P_PAUSE ||
           c->mark == BX_P_STOP;
}

static bool is_point(uint32_t code) {
    return code == '!' || code == '?' || code == '.' || code == ',' || code == ':' || code == ';';
}

/* One typed space (not kept, not in code) between two clusters. */
static bool replaceable(const bx_cluster *c) {
    return (c->flags & BX_CL_SPACE) && !(c->flags & BX_CL_KEEP_SPACE) && c->code == ' ';
}

static bool suppressed(const bx_paragraph *p, const bx_cluster *a, const bx_cluster *b) {
    const bx_text_span *sa = bx_cluster_span(p, a), *sb = bx_cluster_span(p, b);
    if ((a->flags | b->flags) & BX_CL_NOTE)
        return true;
    return a->span != b->span && ((sa->flags | sb->flags) & BX_SPAN_PADDED);
}

/* A point mark attached to Han belongs to it, on either of its sides. `apart`: a space was typed
 * between the two, as before .NET. */
static bool is_attached(const bx_paragraph *p, const bx_cluster *a, const bx_cluster *b,
                        bool apart) {
    if (b->spacing == BX_SPACING_NARROW)
        return is_point(b->code) && !apart;
    return is_point(a->code) && a > p->clusters.at && a[-1].spacing == BX_SPACING_WIDE;
}

static bool wants_space(const bx_paragraph *p, const bx_cluster *a, const bx_cluster *b,
                        bool apart) {
    bool wn = a->spacing == BX_SPACING_WIDE && b->spacing == BX_SPACING_NARROW;
    bool nw = a->spacing == BX_SPACING_NARROW && b->spacing == BX_SPACING_WIDE;
    if (!(wn || nw) || a->region == BX_REGION_KO || b->region == BX_REGION_KO)
        return false;
    if (is_attached(p, a, b, apart))
        return false;
    if (a->span == b->span && (bx_cluster_span(p, a)->flags & BX_SPAN_CODE))
        return false;
    return !suppressed(p, a, b);
}

static bx_len amount(const bx_paragraph *p) { return bx_em_at(p->in.set.autospace, p->in.size); }

static bool ends_sentence(const bx_cluster *mark, const bx_cluster *next) {
    if (mark->region != BX_REGION_JA || (mark->code != 0xFF01 && mark->code != 0xFF1F))
        return false;
    if (next->mark != BX_P_NONE && next->mark != BX_P_OPEN)
        return false;
    switch (next->code) { /* と, って, か … go on with the sentence */
    case 0x3068:
    case 0x3063:
    case 0x304B:
    case 0x306A:
    case 0x306E:
    case 0x3000:
        return false;
    default:
        return next->kind != BX_KIND_SPACE;
    }
}

/* Makes a typed space draw nothing; it stays in the text. */
static void hide_space(bx_cluster *c) {
    c->cell = 0;
    c->pad = 0;
    c->flags |= BX_CL_HIDDEN;
}

static void between(bx_paragraph *p, bx_cluster *a, bx_cluster *space, bx_cluster *b) {
    /* a break of the source is no character (R33): the white is the wide or narrow one's */
    bx_cluster *carrier = space && !(space->flags & BX_CL_SOFT) ? space : a;
    if (space && !replaceable(space))
        return;
    if (p->in.set.autospace > 0 && wants_space(p, a, b, space != NULL)) {
        if (space)
            hide_space(space);
        carrier->gap = amount(p);
        carrier->gap_kind = BX_GAP_AUTO;
    } else if (space && a->region != BX_REGION_KO && b->region != BX_REGION_KO &&
               (is_full_mark(a) || is_full_mark(b))) {
        hide_space(space);
    } else if (!space && ends_sentence(a, b)) {
        a->gap = p->in.size;
    }
}

/* Between two of a kind that nothing parts, as are most, there is nothing to add. */
static bool is_solid_place(const bx_cluster *a, const bx_cluster *b, bool together) {
    return together && a->spacing == b->spacing && a->region != BX_REGION_JA;
}

void bx_set_autospace(bx_paragraph *p) {
    uint32_t last = UINT32_MAX, space = UINT32_MAX;
    for (uint32_t i = 0; i < p->clusters.n; i++) {
        bx_cluster *c = &p->clusters.at[i];
        if (c->flags & BX_CL_FORCED) {
            last = space = UINT32_MAX;
            continue;
        }
        if (c->flags & BX_CL_SPACE) {
            space = i;
            continue;
        }
        if (c->flags & BX_CL_HIDDEN)
            continue;
        if (last != UINT32_MAX && !is_solid_place(&p->clusters.at[last], c, space == UINT32_MAX))
            between(p, &p->clusters.at[last], space == UINT32_MAX ? NULL : &p->clusters.at[space],
                    c);
        last = i;
        space = UINT32_MAX;
    }
}
