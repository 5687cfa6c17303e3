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

void bx_stream_chip(bx_stream *s, const bx_role *role, const bx_box *box, bx_str text,
                    bx_str opened, bx_str closed) {
    bx_composer *c = s->c;
    bx_stream words = bx_stream_new(c, role, s->attr.tag);
    bx_stream_silent(&words, opened);
    bx_stream_add(&words, text);
    bx_stream_silent(&words, closed);
    bx_para *para = bx_stream_para(&words);
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
    bx_len base = b.inset_top + bx_baseline(role->size, role->size);
    bx_frame_place(c->arena, frame, line, (wide - w) / 2, base - line->baseline);
    c->out = out;
    bx_stream_object(s, wide, base, h - base, frame);
}
