#include "compose/chip.h"

#include "compose/holders.h"

static bool is_drawn(const bx_box *box) {
    return box->fill.set || box->top.weight || box->right.weight || box->bottom.weight ||
           box->left.weight;
}

/* What a chip looks like when the layout gives it no frame. */
static bx_box outline_of(const bx_role *role) {
    bx_border line = {BX_PT / 2, role->color};
    bx_len x = role->size / 2, y = role->size / 4;
    return (bx_box){.top = line,
                    .right = line,
                    .bottom = line,
                    .left = line,
                    .inset_top = y,
                    .inset_right = x,
                    .inset_bottom = y,
                    .inset_left = x,
                    .radius = (role->size + 2 * y) / 2};
}

/* The runs stand for the text with what is round it. */
static void say_round(bx_composer *c, bx_frame *line, bx_str opened, bx_str closed) {
    bx_item *first = NULL, *last = NULL;
    for (uint32_t i = 0; i < line->items.n; i++) {
        bx_item *item = &line->items.at[i];
        if (item->kind != BX_ITEM_GLYPHS || !item->run->n)
            continue;
        const bx_glyph_run *run = item->run;
        bx_glyph_run *more = bx_new(c->arena, bx_glyph_run);
        bx_glyph *glyphs = bx_new_n(c->arena, bx_glyph, run->n);
        *more = *run;
        for (uint32_t k = 0; k < run->n; k++) {
            glyphs[k] = run->glyphs[k];
            if (glyphs[k].cluster != BX_NO_TEXT)
                glyphs[k].cluster += opened.n;
        }
        more->glyphs = glyphs;
        more->text = bx_str_fmt(c->arena, "%.*s%.*s%.*s", BX_STR_ARG(opened), BX_STR_ARG(run->text),
                                BX_STR_ARG(closed));
        more->start += opened.n;
        more->end += opened.n;
        item->run = more;
        first = first ? first : item;
        last = item;
    }
    if (!first || first->run->rtl || last->run->rtl)
        return;
    bx_glyph_run *begin = (bx_glyph_run *)first->run, *end = (bx_glyph_run *)last->run;
    bx_glyph *a = (bx_glyph *)begin->glyphs, *z = (bx_glyph *)&end->glyphs[end->n - 1];
    begin->start -= opened.n;
    end->end += closed.n;
    a->cluster -= opened.n;
    a->bytes += opened.n;
    while (z > end->glyphs && !z->bytes)
        z--;
    z->bytes += closed.n;
}

void bx_stream_chip(bx_stream *s, const bx_role *role, const bx_box *box, bx_str text,
                    bx_str opened, bx_str closed) {
    bx_composer *c = s->c;
    bx_para *para = bx_para_of_text(c, role, s->attr.tag, text);
    para->input.set = (bx_setting){.align = BX_ALIGN_START, .autospace = role->set.autospace};
    bx_box b = is_drawn(box) ? *box : outline_of(role);
    bx_len w = bx_para_extent(c, &para->base).natural;
    bx_len h = role->size + b.inset_top + b.inset_bottom;
    bx_len wide = bx_len_max(w + b.inset_left + b.inset_right, h);
    bx_arena *out = c->out;
    c->out = c->arena; /* the chip belongs to the text, not to one setting of it */
    bx_frame *frame = bx_frame_new(c->arena, wide, h);
    bx_item ground = bx_rect(0, 0, wide, h, b.fill);
    ground.rect.radius = bx_len_min(b.radius, h / 2);
    ground.rect.stroke = b.top.color;
    ground.rect.weight = b.top.weight;
    bx_frame_add(c->arena, frame, ground);
    bx_frame *line = bx_para_frame(c, para, w + BX_PT, 0, 1);
    if (opened.n || closed.n)
        say_round(c, line, opened, closed);
    bx_len base = b.inset_top + bx_baseline(role->size, role->size);
    bx_frame_place(c->arena, frame, line, (wide - w) / 2, base - line->baseline);
    c->out = out;
    bx_stream_object(s, wide, base, h - base, frame);
}
