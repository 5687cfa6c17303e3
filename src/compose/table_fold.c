/* Folded tables (转栏): two parts side by side, each with the head. */
#include "compose/table.h"

#include "compose/columns.h"
#include "compose/composer.h"

typedef struct folded {
    bx_block base;
    bx_block *parts;    /* the table in columns */
    bx_para *continued; /* over the whole on later pages */
} folded;

static bx_fragment set_folded(bx_composer *c, bx_block *block, bx_space space,
                              const bx_token *token) {
    folded *self = (folded *)block;
    if (!token || !self->continued)
        return bx_set(c, self->parts, space, token);
    bx_fragment over = bx_set(c, &self->continued->base, space, NULL);
    bx_len h = over.frame ? over.frame->h : 0;
    space.height -= h;
    space.top += h;
    bx_fragment f = bx_set(c, self->parts, space, token);
    if (!f.frame || !h)
        return f;
    bx_frame *whole = bx_frame_new(c->out, space.width, h + f.frame->h);
    bx_frame_place(c->out, whole, over.frame, 0, 0);
    bx_frame_place(c->out, whole, f.frame, 0, h);
    whole->baseline = f.frame->baseline ? h + f.frame->baseline : 0;
    f.frame = whole;
    return f;
}

bx_block *bx_table_folded(bx_composer *c, bx_table *table, bx_len gutter) {
    static const bx_block_class folded_class = {"folded", set_folded, NULL};
    folded *self = bx_new(c->blocks, folded);
    self->base = table->base;
    self->base.class = &folded_class;
    self->continued = table->continued;
    table->continued = NULL; /* the second part stands beside the first */
    self->parts = bx_columns_new(c, &table->base, 2, gutter);
    return &self->base;
}
