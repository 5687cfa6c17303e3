/* Widths of Chinese marks: the cell each stands in (R6), what neighbours cut from each other (R8,
 * R9), and what a line's edges cut (R10, R11).
 *
 * A mark's white is only cut where the font has it: the ink box is compared with what the class
 * expects, and a mark whose ink stands elsewhere keeps its width. */
#include "text/paragraph.h"

#include <hb.h>

/* The ink of a cluster's glyphs within its cell. */
static void ink_of(const bx_paragraph *p, const bx_cluster *c, bx_len *left, bx_len *right) {
    const bx_item_run *item = &p->items.at[c->item];
    int32_t upem = bx_face_get(item->face)->units_per_em;
    bx_len pen = 0;
    *left = BX_LEN_MAX;
    *right = -BX_LEN_MAX;
    for (uint32_t i = 0; i < c->n_glyphs; i++) {
        const bx_glyph_shape *g = &p->glyphs.at[c->glyph + i];
        bx_glyph_ink ink;
        if (bx_face_ink(item->face, g->id, &ink)) {
            bx_len from = pen + g->x + bx_muldiv(ink.left, item->size, upem);
            *left = bx_len_min(*left, from);
            *right = bx_len_max(*right, from + bx_muldiv(ink.width, item->size, upem));
        }
        pen += g->advance;
    }
    if (*left > *right)
        *left = 0, *right = c->cell;
}

/* Puts the ink in the middle of a cell of another width. */
static void center_in(bx_cluster *c, bx_len cell, bx_len left, bx_len right) {
    c->offset = (cell - (right - left)) / 2 - left;
    c->cell = cell;
}

static bool is_pause_or_stop(uint8_t mark) { return mark == BX_P_PAUSE || mark == BX_P_STOP; }

static bool is_taiwan(const bx_cluster *c) {
    return c->region == BX_REGION_TW || c->region == BX_REGION_HK;
}

/* Stops stand in the middle of their cell in Taiwan and Hong Kong. */
static bool centred(const bx_cluster *c) { return is_taiwan(c) && is_pause_or_stop(c->mark); }

/* · ‧ • stand in half an em, but in Taiwan and Hong Kong; ・ everywhere, and ：； where they are
 * dots, keep their em. */
static bool is_half_dot(const bx_cluster *c) {
    return c->code != 0x30FB && c->code != 0xFF1A && c->code != 0xFF1B && !is_taiwan(c);
}

static void set_blank(bx_cluster *c, bx_len em, bx_len left, bx_len right) {
    bx_len half = em / 2, quarter = em / 4, slack = em / 12; /* bold faces reach a little over */
    bool has_lead = left >= half - slack, has_tail = right <= half + slack;
    bool has_sides = left >= quarter - slack && right <= em - quarter + slack;
    if (c->cell < em - slack)
        return;
    if (c->mark == BX_P_OPEN && has_lead)
        c->blank_lead = half;
    else if (c->mark == BX_P_CLOSE && has_tail)
        c->blank_tail = half;
    else if (c->mark == BX_P_DOT || centred(c))
        c->blank_lead = c->blank_tail = has_sides ? quarter : 0;
    else if (is_pause_or_stop(c->mark) && has_tail)
        c->blank_tail = half;
}

/* A Chinese quotation mark whose glyph is narrow is set in a cell of one em all the same. */
static void widen_quote(bx_cluster *c, bx_len em, bx_len *left, bx_len *right) {
    bx_len room = em / 2 - c->cell;
    c->offset = c->mark == BX_P_OPEN ? em / 2 + room / 2 : room / 2;
    c->cell = em;
    *left += c->offset;
    *right += c->offset;
}

/* The punctuation styles of R6. */
static void apply_style(const bx_paragraph *p, bx_cluster *c) {
    bx_punctuation style = p->in.set.punctuation;
    if (style == BX_PUNCT_PLAIN) {
        c->blank_lead = c->blank_tail = 0;
        return;
    }
    bool half = style == BX_PUNCT_BANJIAO
                    ? true
                    : style == BX_PUNCT_KAIMING &&
                          (c->mark == BX_P_OPEN || c->mark == BX_P_CLOSE || c->mark == BX_P_PAUSE);
    if (half) {
        c->base_lead = c->blank_lead;
        c->base_tail = c->blank_tail;
        c->blank_lead = c->blank_tail = 0;
    }
}

static void set_cell(bx_paragraph *p, bx_cluster *c) {
    bx_len em = p->items.at[c->item].size, left, right;
    ink_of(p, c, &left, &right);
    switch (c->mark) {
    case BX_P_CONNECTOR:
        if (c->code == 0x2013 || c->code == 0x2010 || c->code == '-')
            center_in(c, em / 2, left, right);
        return;
    case BX_P_RIGID:
        if (c->cell < em)
            center_in(c, em, left, right);
        return;
    case BX_P_SLASH:
        center_in(c, is_taiwan(c) ? em : em / 2, left, right);
        return;
    case BX_P_DOT:
        if (is_half_dot(c)) {
            center_in(c, em / 2, left, right);
            return;
        }
        if (c->cell != em) {
            center_in(c, em, left, right);
            left += c->offset;
            right += c->offset;
        }
        break;
    case BX_P_OPEN:
    case BX_P_CLOSE:
        if (bx_is_quote(c->code) && c->cell < em / 2)
            widen_quote(c, em, &left, &right);
        break;
    default:
        break;
    }
    set_blank(c, em, left, right);
    apply_style(p, c);
}

/* A face whose Latin is half an em throughout (a duospaced CJK face): its Latin quotation marks,
 * proportional by `pwid`, keep that column. */
static bool is_duospaced(const bx_face *face) {
    hb_font_t *font = bx_face_hb_font(face);
    int32_t half = bx_face_get(face)->units_per_em / 2;
    return bx_face_has(face, 0x4E00) &&
           hb_font_get_glyph_h_advance(font, bx_face_glyph(face, 'i', 0)) == half &&
           hb_font_get_glyph_h_advance(font, bx_face_glyph(face, 'm', 0)) == half;
}

static void set_column(bx_paragraph *p, bx_cluster *c) {
    const bx_item_run *item = &p->items.at[c->item];
    if (!is_duospaced(item->face))
        return;
    bx_len left, right;
    ink_of(p, c, &left, &right);
    center_in(c, item->size / 2, left, right);
}

void bx_set_cells(bx_paragraph *p) {
    for (uint32_t i = 0; i < p->clusters.n; i++) {
        bx_cluster *c = &p->clusters.at[i];
        if (c->mark != BX_P_NONE && c->mark != BX_P_LONG && !(c->flags & BX_CL_HIDDEN) &&
            !(c->level & 1) && p->items.at[c->item].face)
            set_cell(p, c);
        else if ((c->flags & BX_CL_LATIN_QUOTE) && bx_is_quote(c->code))
            set_column(p, c);
    }
}

/* R8: what two neighbours lose together, in em/1024 of the smaller one. Which of the two gives it
 * up decides nothing but where a line may be compressed further: opening marks give their lead, the
 * others the first mark's tail. */
static void cut_pair(bx_cluster *a, bx_cluster *b, bx_len em_a, bx_len em_b) {
    bx_len half = bx_len_min(em_a, em_b) / 2;
    bool a_stops = is_pause_or_stop(a->mark) || a->mark == BX_P_RIGID;
    bool b_stops = is_pause_or_stop(b->mark) || b->mark == BX_P_RIGID;
    bool a_closes = a->mark == BX_P_CLOSE || a_stops;
    bool a_dot = a->mark == BX_P_DOT, b_dot = b->mark == BX_P_DOT;
    if (b->mark == BX_P_OPEN && (a_closes || a_dot || a->mark == BX_P_OPEN)) {
        if (a_closes && em_a < em_b &&
            a->blank_tail > 0) { /* the smaller mark is trimmed (CSS Text 4) */
            a->pair_tail = bx_len_min(half, a->blank_tail);
            half -= a->pair_tail;
        }
        b->pair_lead = bx_len_min(half, b->blank_lead);
        if (a_closes && half > b->pair_lead)
            a->pair_tail += bx_len_min(half - b->pair_lead, a->blank_tail - a->pair_tail);
    } else if (a->mark == BX_P_OPEN && b_dot) {
        b->pair_lead = bx_len_min(half / 2, b->blank_lead);
    } else if (a->mark == BX_P_CLOSE && (b->mark == BX_P_CLOSE || b_stops || b_dot)) {
        a->pair_tail = bx_len_min(half, a->blank_tail);
        b->pair_lead = bx_len_min(half - a->pair_tail, b->blank_lead);
    } else if (a_stops && b->mark == BX_P_CLOSE) {
        a->pair_tail = bx_len_min(half, a->blank_tail);
    }
}

static bool is_shout(const bx_cluster *c) { return c->code == 0xFF01 || c->code == 0xFF1F; }

/* R9: of ？！ in a row, which begin at `first`, each pair stands in one em; what is left over keeps
 * its own. Returns where they end. */
static uint32_t cut_shouts(bx_paragraph *p, uint32_t first) {
    uint32_t end = first;
    while (end < p->clusters.n && is_shout(&p->clusters.at[end]))
        end++;
    for (uint32_t k = first; k + 1 < end; k += 2)
        for (uint32_t j = k; j < k + 2; j++) {
            bx_cluster *c = &p->clusters.at[j];
            if (c->mark == BX_P_STOP) {
                c->base_tail += c->blank_tail;
                c->blank_tail = 0;
            }
        }
    return end;
}

void bx_set_pairs(bx_paragraph *p) {
    if (p->in.set.punctuation == BX_PUNCT_PLAIN)
        return;
    bx_cluster *last = NULL;
    uint32_t shouts = 0; /* where the latest of them ended */
    for (uint32_t i = 0; i < p->clusters.n; i++) {
        bx_cluster *c = &p->clusters.at[i];
        if ((c->flags & BX_CL_HIDDEN) && !(c->flags & BX_CL_FORCED))
            continue; /* marks are neighbours across what draws nothing */
        if (c->mark == BX_P_NONE) {
            last = NULL;
            continue;
        }
        if (is_shout(c) && i >= shouts)
            shouts = cut_shouts(p, i);
        if (last)
            cut_pair(last, c, p->items.at[last->item].size, p->items.at[c->item].size);
        last = c;
    }
}

void bx_set_edges(bx_paragraph *p) {
    if (!p->in.edge_trim)
        return;
    for (uint32_t i = 0; i < p->clusters.n; i++) {
        bx_cluster *c = &p->clusters.at[i];
        if (c->mark == BX_P_OPEN)
            c->edge_lead = c->blank_lead;
        if (c->mark != BX_P_CLOSE && !is_pause_or_stop(c->mark))
            continue;
        if (c->region == BX_REGION_JA)
            c->late_tail = c->blank_tail;
        else if (!centred(c))
            c->edge_tail = c->blank_tail;
    }
}
