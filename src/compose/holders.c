#include "compose/holders.h"

#include "compose/composer.h"

bx_item bx_rect(bx_len x, bx_len y, bx_len w, bx_len h, bx_color fill) {
    return (bx_item){.kind = BX_ITEM_RECT,
                     .tag = BX_ARTIFACT,
                     .dx = x,
                     .dy = y,
                     .rect = {.w = w, .h = h, .fill = fill}};
}

/* Frames of rules and tint */

bool bx_box_is_drawn(const bx_box *box) {
    return box->fill.set || box->top.weight || box->right.weight || box->bottom.weight ||
           box->left.weight || box->inset_top || box->inset_bottom || box->inset_left ||
           box->inset_right;
}

typedef struct framed {
    bx_block base;
    const bx_box *box;
    bx_block *content;
} framed;

static void add_edges(bx_composer *c, bx_frame *frame, const bx_box *b) {
    bx_len w = frame->w, h = frame->h;
    if (b->top.weight)
        bx_frame_add(c->out, frame, bx_rect(0, 0, w, b->top.weight, b->top.color));
    if (b->bottom.weight)
        bx_frame_add(c->out, frame,
                     bx_rect(0, h - b->bottom.weight, w, b->bottom.weight, b->bottom.color));
    if (b->left.weight)
        bx_frame_add(c->out, frame, bx_rect(0, 0, b->left.weight, h, b->left.color));
    if (b->right.weight)
        bx_frame_add(c->out, frame,
                     bx_rect(w - b->right.weight, 0, b->right.weight, h, b->right.color));
}

static bool one_border(const bx_box *b) {
    const bx_border *t = &b->top;
    const bx_border *rest[] = {&b->right, &b->bottom, &b->left};
    for (int i = 0; i < 3; i++) {
        if (rest[i]->weight != t->weight || memcmp(&rest[i]->color, &t->color, sizeof t->color))
            return false;
    }
    return true;
}

static void add_ground(bx_composer *c, bx_frame *frame, const bx_box *b) {
    bx_item ground = bx_rect(0, 0, frame->w, frame->h, b->fill);
    ground.rect.radius = b->radius;
    if (b->radius && one_border(b)) { /* round corners need one outline */
        ground.rect.stroke = b->top.color;
        ground.rect.weight = b->top.weight;
        bx_frame_add(c->out, frame, ground);
        return;
    }
    if (b->fill.set)
        bx_frame_add(c->out, frame, ground);
    add_edges(c, frame, b);
}

/* Deep nesting may not squeeze text to nothing: insets give way. */
static bx_len least_width(const bx_composer *c) {
    const bx_role *body = c->style->body;
    return body ? 8 * body->size : BX_PT;
}

static bx_fragment set_framed(bx_composer *c, bx_block *block, bx_space space,
                              const bx_token *token) {
    framed *self = (framed *)block;
    const bx_box *b = self->box;
    bx_len down = b->inset_top + b->inset_bottom;
    bx_space inner = space;
    inner.width = bx_len_max(space.width - b->inset_left - b->inset_right,
                             bx_len_min(space.width, least_width(c)));
    bx_len left = bx_len_min(b->inset_left, space.width - inner.width);
    inner.height -= down;
    inner.full -= down;
    inner.top += b->inset_top;
    if (inner.height <= 0 && !space.fresh)
        return (bx_fragment){0};
    bx_fragment f = bx_set(c, self->content, inner, token);
    if (!f.frame || (f.next && bx_keeps_together(c, block, space, token)))
        return (bx_fragment){0};
    bx_len h = f.frame->h + down, more = 0;
    if (b->grid && h > 0) {
        more = bx_snap(h, c->style->page.pitch) - h;
        more = h + more + f.foot <= space.height ? more : 0;
    }
    bx_frame *frame = bx_frame_new(c->out, space.width, h + more);
    add_ground(c, frame, b);
    bx_len y = b->inset_top + more / 2;
    bx_frame_place(c->out, frame, f.frame, left, y);
    frame->baseline = f.frame->baseline ? y + f.frame->baseline : 0;
    f.frame = frame;
    return f;
}

static bx_extent framed_extent(bx_composer *c, bx_block *block) {
    framed *self = (framed *)block;
    bx_extent e = {0};
    if (self->content->class->extent)
        e = self->content->class->extent(c, self->content);
    bx_len across = self->box->inset_left + self->box->inset_right;
    return (bx_extent){e.least + across, e.natural + across};
}

bx_block *bx_framed_new(bx_composer *c, const bx_box *box, bx_block *content) {
    static const bx_block_class framed_class = {"framed", set_framed, framed_extent};
    framed *self = bx_new(c->blocks, framed);
    self->base.class = &framed_class;
    self->base.before = box->before;
    self->base.after = box->after;
    self->base.keep_together = box->keep_together;
    self->base.grid = box->grid;
    self->base.span = content->span;
    self->box = box;
    self->content = content;
    return &self->base;
}

/* Labels */

typedef struct labelled {
    bx_block base;
    bx_para *label;
    bx_len column, outside;
    bx_len gap;  /* after a label that the column does not hold, … */
    bool widens; /* … where it may become wider for that */
    bx_block *content;
} labelled;

/* Known when it is first asked for: to measure a label takes as long as to set it. */
static bx_len column_of(bx_composer *c, labelled *self) {
    bx_len natural = self->widens ? bx_para_extent(c, &self->label->base).natural : 0;
    if (self->column < natural)
        self->column = natural + self->gap;
    self->widens = false;
    return self->column;
}

/* The label on the baseline of the content's first line, both in a frame. Beside content it needs
 * room for its characters only: its leading is not to push lines off the grid. */
static bx_frame *join_label(bx_composer *c, const labelled *self, const bx_frame *content,
                            bx_len width, bx_len x) {
    bx_frame *frame = bx_frame_new(c->out, width, 0);
    const bx_lines *lines = bx_para_lines(c, self->label, self->column);
    const bx_frame *label = bx_para_frame(c, self->label, self->column, 0, lines->n ? 1 : 0);
    bx_len ascent = self->label->role->size * 88 / 100, size = self->label->role->size;
    bx_len dy = content->baseline ? content->baseline - label->baseline : 0;
    bx_len over = ascent - dy - label->baseline, down = over > 0 ? over : 0;
    bx_len low = content->h ? label->baseline - ascent + size : label->h;
    bx_frame_place(c->out, frame, label, -self->outside, dy + down); /* read, and so drawn, first */
    bx_frame_place(c->out, frame, content, x, down);
    frame->h = bx_len_max(content->h + down, dy + down + low);
    frame->baseline = dy + down + label->baseline;
    return frame;
}

static bx_fragment set_labelled(bx_composer *c, bx_block *block, bx_space space,
                                const bx_token *token) {
    labelled *self = (labelled *)block;
    bx_len column = column_of(c, self);
    bx_space inner = space;
    inner.width =
        bx_len_max(space.width - column + self->outside, bx_len_min(space.width, least_width(c)));
    bx_len x = bx_len_min(column - self->outside, space.width - inner.width);
    bx_fragment f = bx_set(c, self->content, inner, token);
    if (!f.frame || (token && !f.frame->items.n))
        return f;
    bx_frame *frame;
    if (token) {
        frame = bx_frame_new(c->out, space.width, f.frame->h);
        bx_frame_place(c->out, frame, f.frame, x, 0);
    } else {
        frame = join_label(c, self, f.frame, space.width, x);
        bx_len more = frame->h - f.frame->h;
        if (more > 0 && frame->h + f.foot > space.height && !space.fresh) {
            inner.height -= more; /* the label asks for room of its own */
            f = bx_set(c, self->content, inner, token);
            if (!f.frame)
                return f;
            frame = join_label(c, self, f.frame, space.width, x);
        }
    }
    f.frame = frame;
    return f;
}

static bx_extent labelled_extent(bx_composer *c, bx_block *block) {
    labelled *self = (labelled *)block;
    bx_extent e = {0};
    if (self->content->class->extent)
        e = self->content->class->extent(c, self->content);
    bx_len column = column_of(c, self);
    return (bx_extent){e.least + column, e.natural + column};
}

bx_block *bx_labelled_new(bx_composer *c, bx_para *label, bx_len column, bx_len outside,
                          bx_align align, bx_block *content) {
    static const bx_block_class labelled_class = {"labelled", set_labelled, labelled_extent};
    labelled *self = bx_new(c->blocks, labelled);
    self->base = *content;
    self->base.class = &labelled_class;
    self->label = label;
    self->column = column;
    self->outside = outside;
    self->content = content;
    label->input.set.align = align;
    label->input.set.indent = 0;
    if (align == BX_ALIGN_END)
        label->end += label->role->size / 2;
    return &self->base;
}

void bx_labelled_widen(bx_block *block, bx_len gap) {
    labelled *self = (labelled *)block;
    self->gap = gap;
    self->widens = true;
}

/* Rows */

typedef struct row_pass {
    bx_fragment *parts;
    bx_len *x, *w;
} row_pass;

static void row_widths(const bx_row *row, bx_len width, row_pass *p) {
    bx_len fixed = row->gap * (bx_len)(row->cells.n ? row->cells.n - 1 : 0);
    uint32_t shares = 0;
    for (uint32_t i = 0; i < row->cells.n; i++) {
        const bx_row_cell *cell = &row->cells.at[i];
        fixed += cell->width;
        shares += cell->width ? 0 : cell->share ? cell->share : 1;
    }
    bx_len left = bx_len_max(width - fixed, 0), x = 0;
    for (uint32_t i = 0; i < row->cells.n; i++) {
        const bx_row_cell *cell = &row->cells.at[i];
        p->x[i] = x;
        p->w[i] =
            cell->width ? cell->width : bx_muldiv(left, cell->share ? cell->share : 1, shares);
        x += p->w[i] + row->gap;
    }
}

static bx_fragment join_row(bx_composer *c, const bx_row *row, bx_space space, const row_pass *p) {
    bx_fragment out = {0};
    bx_len h = 0, baseline = 0;
    bool more = false;
    for (uint32_t i = 0; i < row->cells.n; i++) {
        const bx_frame *part = p->parts[i].frame;
        h = bx_len_max(h, part->h);
        baseline = bx_len_max(baseline, part->baseline);
        more |= p->parts[i].next != NULL;
        bx_fragment_take_notes(c, &out, &p->parts[i]);
    }
    bx_len *dy = bx_new_n(c->out, bx_len, row->cells.n);
    for (uint32_t i = 0; i < row->cells.n; i++) {
        const bx_frame *part = p->parts[i].frame;
        bx_vertical v = row->cells.at[i].vertical;
        dy[i] = v == BX_MIDDLE ? (h - part->h) / 2 : v == BX_BOTTOM ? h - part->h : 0;
        if (v == BX_BASELINE && part->baseline)
            dy[i] = baseline - part->baseline;
    }
    bx_frame *frame = bx_frame_new(c->out, space.width, h);
    for (uint32_t i = 0; i < row->cells.n; i++) {
        bx_frame_place(c->out, frame, p->parts[i].frame, p->x[i], dy[i]);
        frame->h = bx_len_max(frame->h, dy[i] + p->parts[i].frame->h);
    }
    frame->baseline = baseline;
    out.frame = frame;
    if (more) {
        bx_token *token = bx_new(c->out, bx_token);
        const bx_token **inner = bx_new_n(c->out, const bx_token *, row->cells.n);
        for (uint32_t i = 0; i < row->cells.n; i++)
            inner[i] = p->parts[i].next ? p->parts[i].next : &bx_token_done;
        token->inner = inner;
        token->n = row->cells.n;
        out.next = token;
    }
    return out;
}

static bx_fragment set_row(bx_composer *c, bx_block *block, bx_space space, const bx_token *token) {
    bx_row *row = (bx_row *)block;
    uint32_t n = row->cells.n;
    row_pass p = {bx_new_n(c->out, bx_fragment, n), bx_new_n(c->out, bx_len, n),
                  bx_new_n(c->out, bx_len, n)};
    row_widths(row, space.width, &p);
    for (uint32_t i = 0; i < n; i++) {
        const bx_token *inner = token ? token->inner[i] : NULL;
        if (inner == &bx_token_done) {
            p.parts[i].frame = bx_frame_new(c->out, p.w[i], 0);
            continue;
        }
        bx_space cell = space;
        cell.width = p.w[i];
        p.parts[i] = bx_set(c, row->cells.at[i].block, cell, inner);
        if (!p.parts[i].frame)
            return (bx_fragment){0};
        if (p.parts[i].next && bx_keeps_together(c, block, space, token))
            return (bx_fragment){0};
    }
    return join_row(c, row, space, &p);
}

static bx_extent row_extent(bx_composer *c, bx_block *block) {
    bx_row *row = (bx_row *)block;
    bx_len gaps = row->gap * (bx_len)(row->cells.n ? row->cells.n - 1 : 0);
    bx_extent all = {gaps, gaps};
    for (uint32_t i = 0; i < row->cells.n; i++) {
        bx_block *cell = row->cells.at[i].block;
        bx_extent e = {row->cells.at[i].width, row->cells.at[i].width};
        if (!row->cells.at[i].width && cell->class->extent)
            e = cell->class->extent(c, cell);
        all.least += e.least;
        all.natural += e.natural;
    }
    return all;
}

bx_row *bx_row_new(bx_composer *c, bx_len gap) {
    static const bx_block_class row_class = {"row", set_row, row_extent};
    bx_row *row = bx_new(c->blocks, bx_row);
    row->base.class = &row_class;
    row->gap = gap;
    return row;
}

void bx_row_add(bx_composer *c, bx_row *row, bx_row_cell cell) {
    bx_push(c->blocks, &row->cells, cell);
}

/* Drawings and rules */

typedef struct drawing {
    bx_block base;
    const bx_frame *frame;
    bx_border rule; /* a rule when its weight is set: as wide as the space, or `width` */
    bx_len width;
    bx_align align;
} drawing;

static bx_len align_in(bx_align align, bx_len width, bx_len w) {
    return align == BX_ALIGN_CENTER ? (width - w) / 2 : align == BX_ALIGN_END ? width - w : 0;
}

static bx_fragment set_drawing(bx_composer *c, bx_block *block, bx_space space,
                               const bx_token *token) {
    (void)token;
    drawing *d = (drawing *)block;
    bx_len h = d->frame ? d->frame->h : d->rule.weight;
    if (h > space.height && !space.fresh)
        return (bx_fragment){0};
    bx_frame *frame = bx_frame_new(c->out, space.width, h);
    if (d->frame) {
        bx_frame_place(c->out, frame, d->frame, align_in(d->align, space.width, d->frame->w), 0);
    } else {
        bx_len w = d->width ? bx_len_min(d->width, space.width) : space.width;
        bx_frame_add(c->out, frame,
                     bx_rect(align_in(d->align, space.width, w), 0, w, h, d->rule.color));
    }
    return (bx_fragment){.frame = frame};
}

static bx_extent drawing_extent(bx_composer *c, bx_block *block) {
    (void)c;
    drawing *d = (drawing *)block;
    bx_len w = d->frame ? d->frame->w : d->width;
    return (bx_extent){w, w};
}

static drawing *new_drawing(bx_composer *c, bx_align align) {
    static const bx_block_class drawing_class = {"drawing", set_drawing, drawing_extent};
    drawing *d = bx_new(c->blocks, drawing);
    d->base.class = &drawing_class;
    d->align = align;
    return d;
}

bx_block *bx_drawing_new(bx_composer *c, const bx_frame *frame, bx_align align) {
    drawing *d = new_drawing(c, align);
    d->frame = frame;
    return &d->base;
}

bx_block *bx_rule_new(bx_composer *c, bx_border rule, bx_len width, bx_align align) {
    drawing *d = new_drawing(c, align);
    d->rule = rule;
    d->width = width;
    return &d->base;
}

typedef struct overlay {
    bx_block base;
    bx_block *content;
    bx_len dx, dy, width;
} overlay;

static bx_fragment set_overlay(bx_composer *c, bx_block *block, bx_space space,
                               const bx_token *token) {
    (void)token;
    overlay *self = (overlay *)block;
    bx_space own = {.width = self->width ? self->width : space.width,
                    .height = space.full,
                    .full = space.full,
                    .fresh = true};
    bx_fragment f = bx_set(c, self->content, own, NULL);
    bx_frame *frame = bx_frame_new(c->out, space.width, 0);
    bx_frame_place(c->out, frame, f.frame, self->dx, self->dy);
    return (bx_fragment){.frame = frame};
}

bx_block *bx_overlay_new(bx_composer *c, bx_block *content, bx_len dx, bx_len dy, bx_len width) {
    static const bx_block_class overlay_class = {"overlay", set_overlay, NULL};
    overlay *self = bx_new(c->blocks, overlay);
    self->base.class = &overlay_class;
    self->content = content;
    self->dx = dx;
    self->dy = dy;
    self->width = width;
    return &self->base;
}
