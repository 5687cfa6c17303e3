#include "compose/columns.h"

#include "compose/composer.h"

typedef struct columns {
    bx_block base;
    bx_block *content;
    uint32_t n;
    bx_len gutter;
} columns;

/* All columns at one height. A later column's notes take room from the earlier ones too, so it is
 * done again with less height until it fits. */
static bx_fragment fill_once(bx_composer *c, columns *self, bx_space space, bx_len height,
                             const bx_token *token, bx_len *bottom) {
    bx_len w = (space.width - self->gutter * (bx_len)(self->n - 1)) / (bx_len)self->n;
    bx_frame *frame = bx_frame_new(c->out, space.width, 0);
    bx_fragment out = {0};
    *bottom = 0;
    for (uint32_t i = 0; i < self->n; i++) {
        bx_space column = space;
        column.width = w;
        column.height = height - out.foot;
        column.noted = space.noted || out.foot > 0;
        column.full_foot = space.full_foot || out.full_foot;
        bx_fragment f = bx_set(c, self->content, column, token);
        if (!f.frame && i == 0)
            return (bx_fragment){0};
        if (f.frame) {
            bx_frame_place(c->out, frame, f.frame, (w + self->gutter) * (bx_len)i, 0);
            *bottom = bx_len_max(*bottom, f.frame->h);
            frame->baseline = i == 0 ? f.frame->baseline : frame->baseline;
            bx_fragment_take_notes(c, &out, &f);
            token = f.next;
        }
        if (!token)
            break;
    }
    frame->h = *bottom;
    out.frame = frame;
    out.next = token;
    return out;
}

static bx_fragment fill(bx_composer *c, columns *self, bx_space space, bx_len height,
                        const bx_token *token) {
    bx_fragment f = {0};
    for (int round = 0; round < 4; round++) {
        bx_len bottom;
        f = fill_once(c, self, space, height, token, &bottom);
        bx_len over = f.frame ? bottom + f.foot - space.height : 0;
        if (over <= 0 || bottom <= over)
            break;
        height = bottom - over;
    }
    return f;
}

/* How high the columns are that hold all the rest, when they may be `most` high; 0: they do not. */
static bx_len holds(bx_composer *c, columns *self, bx_space space, const bx_token *token,
                    bx_len most) {
    bx_trial trial = bx_trial_begin(c);
    bx_fragment f = fill(c, self, space, most, token);
    bx_len height = f.frame && !f.next ? f.frame->h : 0;
    bx_trial_end(c, trial);
    return height;
}

/* The least height, to a point, at which columns hold all the rest: its lines may be set closer
 * than those of the page. It is more than `low`; 0: it is more than `most`. */
static bx_len balance(bx_composer *c, columns *self, bx_space space, const bx_token *token,
                      bx_len low, bx_len most) {
    bx_len enough = holds(c, self, space, token, most);
    bx_len high = (enough + BX_PT - 1) / BX_PT;
    space.fresh = false;
    for (low /= BX_PT; high - low > 1;) {
        bx_len mid = low + (high - low) / 2;
        if (holds(c, self, space, token, mid * BX_PT))
            high = mid;
        else
            low = mid;
    }
    return bx_len_min(high * BX_PT, enough);
}

/* More follows on the next page: neither here nor there may less than a few lines stand. */
static bx_fragment fill_page(bx_composer *c, columns *self, bx_space space, const bx_token *token) {
    enum { LEAST = 3 };
    bx_len pitch = c->style->page.pitch, height = space.height;
    for (int less = 0; less < LEAST; less++, height -= pitch) {
        bx_trial trial = bx_trial_begin(c);
        const bx_token *next = fill(c, self, space, height, token).next;
        bool is_short = next && holds(c, self, space, next, LEAST * pitch - 1);
        bx_trial_end(c, trial);
        if (!is_short)
            break;
    }
    if (height < LEAST * pitch && !space.fresh)
        return (bx_fragment){0};
    return fill(c, self, space, height, token);
}

/* Items and boxes stay whole where the columns are no more than two lines higher for it. */
static bx_fragment set_columns(bx_composer *c, bx_block *block, bx_space space,
                               const bx_token *token) {
    enum { DEARER = 2 };
    columns *self = (columns *)block;
    bx_len height = balance(c, self, space, token, 0, space.height);
    if (!height)
        return fill_page(c, self, space, token);
    bx_space with_whole = space;
    with_whole.whole = true;
    bx_len most = bx_len_min(height + DEARER * c->style->page.pitch, space.height);
    bx_len whole = balance(c, self, with_whole, token, height - BX_PT, most);
    return whole ? fill(c, self, with_whole, whole, token) : fill(c, self, space, height, token);
}

bx_block *bx_columns_new(bx_composer *c, bx_block *content, uint32_t n, bx_len gutter) {
    static const bx_block_class columns_class = {"columns", set_columns, NULL};
    columns *self = bx_new(c->blocks, columns);
    self->base.class = &columns_class;
    self->content = content;
    self->n = n ? n : 1;
    self->gutter = gutter;
    return &self->base;
}
