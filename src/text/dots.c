#include "text/extras.h"

#include <hb.h>

/* R29: a dot under (ja: over) each character, centred; none on marks, spaces or numbers' points. */
static bool takes_dot(const bx_paragraph *p, const bx_cluster *c) {
    return (bx_cluster_span(p, c)->flags & BX_SPAN_DOTS) &&
           !(c->flags & (BX_CL_HIDDEN | BX_CL_SPACE)) && c->kind != BX_KIND_MARK &&
           c->kind != BX_KIND_OTHER && c->kind != BX_KIND_SPACE;
}

static bx_glyph_run *dot_run(const bx_setting_line *s, const bx_cluster *c, bx_len x,
                             bx_arena *arena) {
    enum { DOT = 0x25CF };
    const bx_paragraph *p = s->p;
    const bx_text_span *span = bx_cluster_span(p, c);
    const bx_face *face =
        bx_fonts_primary(p->fonts, span->font, span->lang.n ? span->lang : p->in.lang);
    uint32_t id = bx_face_glyph(face, DOT, 0);
    hb_glyph_extents_t box;
    if (!id || !hb_font_get_glyph_extents(bx_face_hb_font(face), id, &box) || box.width <= 0)
        return NULL;
    int32_t upem = bx_face_get(face)->units_per_em;
    bx_len em = span->size, diameter = em / 6;
    bx_len size = bx_muldiv(diameter, upem, box.width); /* so that the ink is the dot wanted */
    bool above = c->region == BX_REGION_JA;
    bx_len middle = above ? em * 88 / 100 + em / 6 : -(em * 12 / 100 + em / 6);
    bx_glyph *g = bx_new(arena, bx_glyph);
    *g = (bx_glyph){.id = id,
                    .cluster = BX_NO_TEXT,
                    .advance = 0,
                    .x = x - bx_muldiv(2 * box.x_bearing + box.width, size, 2 * upem),
                    .y = middle - bx_muldiv(2 * box.y_bearing + box.height, size, 2 * upem)};
    bx_glyph_run *run = bx_new(arena, bx_glyph_run);
    *run = (bx_glyph_run){.face = face,
                          .size = size,
                          .span = span,
                          .glyphs = g,
                          .n = 1,
                          .start = c->start,
                          .end = c->start,
                          .x = x - diameter / 2,
                          .width = diameter};
    return run;
}

void bx_place_dots(bx_extras *x, const bx_setting_line *s) {
    const bx_paragraph *p = s->p;
    if (!bx_any_span(p, BX_SPAN_DOTS))
        return;
    for (uint32_t i = 0; i < s->n; i++) {
        const bx_cluster *c = &p->clusters.at[s->line.first + i];
        if (!takes_dot(p, c))
            continue;
        const bx_placed *q = &s->placed[i];
        bx_len width = q->cell - q->lead - q->tail, em = bx_cluster_span(p, c)->size;
        bx_glyph_run *run = dot_run(s, c, q->x + c->rigid + width / 2, x->arena);
        if (!run)
            continue;
        bx_push(x->arena, &x->runs, *run);
        if (c->region == BX_REGION_JA)
            x->ascent = bx_len_max(x->ascent, em * 88 / 100 + em / 4);
        else
            x->descent = bx_len_max(x->descent, em * 12 / 100 + em / 4);
    }
}
