#include "compose/ahead.h"
#include "compose/para.h"
#include "compose/stack_pass.h"

#include <stddef.h>

static bx_fragment set_page_break(bx_composer *c, bx_block *block, bx_space space,
                                  const bx_token *token) {
    (void)block;
    bx_fragment f = {.frame = bx_frame_new(c->out, space.width, 0)};
    if (!token && !space.fresh)
        f.next = bx_token_new(c, 1, NULL);
    return f;
}

static const bx_block_class page_break_class = {"page-break", set_page_break, NULL};

static void begin(bx_pass *p, bx_composer *c, bx_stack *stack, bx_space space,
                  const bx_token *token) {
    memset(p, 0, offsetof(bx_pass, few_placed));
    p->c = c;
    p->stack = stack;
    p->space = space;
    p->space.height -= space.spare;
    p->goes_on = token && token->at > 0;
    p->placed.at = p->few_placed;
    p->frame.items.at = p->few_items;
    p->placed.cap = p->frame.items.cap = BX_PASS_FEW;
}

static bx_space space_left(const bx_pass *p, bx_len start) {
    return (bx_space){
        .width = p->space.width,
        .height = p->space.height - start - p->out.foot,
        .full = p->space.full,
        .top = p->space.top + start,
        .fresh = p->space.fresh && bx_pass_at_top(p),
        .whole = p->space.whole,
        .noted = p->space.noted || p->out.foot > 0,
        .full_foot = p->space.full_foot || p->out.full_foot,
    };
}

/* How far a block of height h that starts at `start` must move down to end on the grid. */
static bx_len slack(const bx_pass *p, const bx_block *child, bx_len start, bx_len h) {
    if (!child->grid)
        return 0;
    bx_len end = p->space.top + start + h + child->after;
    return bx_snap(end, p->c->style->page.pitch) - end;
}

bool bx_pass_is_under_head(const bx_pass *p, uint32_t k) {
    return k > 0 && p->stack->children.at[p->placed.at[k - 1].child]->keep_next;
}

/* What of the slack goes above the child: all of it over a head, which belongs to what follows;
 * none of it under a head; else half, and at a page's top half too, as a head centred in whole
 * lines. */
static bx_len slack_above(const bx_pass *p, const bx_block *child, bx_len all) {
    if (bx_pass_at_top(p) && p->space.fresh)
        return child->keep_next ? all / 2 : 0;
    if (child->keep_next || bx_pass_at_top(p))
        return all;
    return bx_pass_is_under_head(p, p->placed.n) ? 0 : all / 2;
}

/* Heads that meet share their white: half of it will do. */
static bx_len white_over(const bx_pass *p, const bx_block *child) {
    return child->keep_next && bx_pass_is_under_head(p, p->placed.n) ? child->before / 2
                                                                     : child->before;
}

/* A part of a child begins on the grid; a whole one ends there. */
bx_fragment bx_pass_set(bx_pass *p, uint32_t i, const bx_token *token, bx_len *start) {
    const bx_fragment none = {0};
    bx_block *child = p->stack->children.at[i];
    *start =
        p->y + (bx_pass_at_top(p) ? 0 : bx_len_max(p->gap_after, token ? 0 : white_over(p, child)));
    if (token && child->grid)
        *start += bx_snap(p->space.top + *start, p->c->style->page.pitch) - p->space.top - *start;
    bx_space space = space_left(p, *start);
    if (!space.fresh && (space.height <= 0 || (!token && child->least_left > space.height)))
        return none;
    bx_fragment f = bx_set(p->c, child, space, token);
    if (!f.frame || token)
        return f;
    bx_len down = slack(p, child, *start, f.next ? -child->after : f.frame->h);
    down = f.next ? down : slack_above(p, child, down);
    if (down == 0)
        return f;
    *start += down;
    if (!f.next && *start + f.frame->h + p->out.foot + f.foot <= p->space.height)
        return f;
    space = space_left(p, *start);
    return space.height > 0 ? bx_set(p->c, child, space, token) : none;
}

static void place(bx_pass *p, uint32_t i, const bx_block *child, const bx_fragment *f,
                  bx_len start) {
    bx_placed before = {.child = i,
                        .n_items = p->frame.items.n,
                        .n_notes = p->out.notes.n,
                        .y = p->y,
                        .gap_after = p->gap_after,
                        .foot = p->out.foot,
                        .solid = p->solid,
                        .full_foot = p->out.full_foot,
                        .line = child->class == &bx_para_class && !f->next &&
                                f->frame->h < 2 * p->c->style->page.pitch};
    bx_push(p->c->out, &p->placed, before);
    if (f->frame->items.n)
        bx_frame_place(p->c->out, &p->frame, f->frame, 0, start);
    if (f->frame->h == 0 &&
        !f->next) { /* it takes no room: what meets over it still meets, its own too */
        p->gap_after = bx_len_max(p->gap_after, bx_len_max(child->before, child->after));
        return;
    }
    if (!p->frame.baseline && f->frame->baseline && i >= p->stack->measured)
        p->frame.baseline = start + f->frame->baseline;
    bx_fragment_take_notes(p->c, &p->out, f);
    p->solid++;
    p->y = start + f->frame->h;
    p->gap_after = child->after;
    if (!f->next && child->grid)
        p->gap_after += slack(p, child, start, f->frame->h);
}

static void undo(bx_pass *p, uint32_t keep) {
    const bx_placed *back = &p->placed.at[keep];
    p->frame.items.n = back->n_items;
    p->out.notes.n = back->n_notes;
    p->out.foot = back->foot;
    p->out.full_foot = back->full_foot;
    p->y = back->y;
    p->gap_after = back->gap_after;
    p->solid = back->solid;
    p->placed.n = keep;
}

/* Whether all that stands between a head and child i is one line, too little under a head. */
static bool is_lone_line(const bx_pass *p, uint32_t i) {
    const bx_placed *last = &p->placed.at[p->placed.n - 1], *head = last - 1;
    return last->line && last->child + 1 == i && head->child + 1 == last->child &&
           p->stack->children.at[head->child]->keep_next;
}

/* No room for child i. What must stand with it goes to the next page too, unless it fills this one.
 */
static uint32_t give_back(bx_pass *p, uint32_t i) {
    uint32_t keep = p->placed.n;
    if (keep > 1 && is_lone_line(p, i))
        keep--;
    while (keep > 0 && p->stack->children.at[p->placed.at[keep - 1].child]->keep_next &&
           p->placed.at[keep - 1].child + 1 == (keep < p->placed.n ? p->placed.at[keep].child : i))
        keep--;
    if (keep == p->placed.n || (keep == 0 && p->space.fresh))
        return i;
    uint32_t child = p->placed.at[keep].child;
    undo(p, keep);
    return child;
}

/* Whether the page ends at `at` for want of room, not because a new one was asked for. */
static bool wants_room(const bx_pass *p, uint32_t at) {
    return at < p->stack->children.n && p->stack->children.at[at]->class != &page_break_class &&
           !p->stack->children.at[at]->sideways;
}

static bx_fragment finish(bx_pass *p, uint32_t at, const bx_token *inner) {
    bx_composer *c = p->c;
    if (p->stack->flow)
        bx_flow_finish(p, at, wants_room(p, at));
    bool ended = at >= p->stack->children.n && p->floats.n == 0;
    if (!ended && bx_pass_at_top(p) && !p->space.fresh)
        return (bx_fragment){0};
    if (!ended) {
        bx_token *token = (bx_token *)bx_token_new(c, at, inner);
        token->floats = p->floats.at;
        token->n_floats = p->floats.n;
        token->float_inner = p->float_inner;
        p->out.next = token;
    }
    bx_frame *frame = bx_frame_new(c->out, p->space.width, p->y);
    frame->baseline = p->frame.baseline;
    bx_frame_fill(c->out, frame, p->frame.items.at, p->frame.items.n);
    p->out.frame = frame;
    return p->out;
}

static bool has_float(const bx_stack *stack, const bx_token *token) {
    return token && token->n_floats && stack->children.n;
}

/* Children put off earlier come first, as many as find room, in order. */
static void set_floats(bx_pass *p, const uint32_t *floats, uint32_t n, const bx_token *inner) {
    for (uint32_t k = 0; k < n; k++, inner = NULL) {
        bx_ahead_wait(p->stack->ahead, floats[k]);
        bx_block *child = p->stack->children.at[floats[k]];
        bx_len start;
        bx_fragment f = {0};
        if (p->floats.n == 0 && child->sideways == p->space.sideways)
            f = bx_pass_set(p, floats[k], inner, &start);
        if (f.frame)
            place(p, floats[k], child, &f, start);
        if (!f.frame || f.next) {
            if (p->floats.n == 0)
                p->float_inner = f.frame ? f.next : inner;
            bx_push(p->c->out, &p->floats, floats[k]);
        }
    }
}

/* A turned page holds what asked for it and nothing else; text does not run on it. */
static bx_fragment set_turned(bx_pass *p, const bx_token *token) {
    uint32_t at = token ? token->at : 0;
    if (has_float(p->stack, token)) {
        set_floats(p, token->floats, token->n_floats, token->float_inner);
        return finish(p, at, token->n ? token->inner[0] : NULL);
    }
    set_floats(p, &at, 1, NULL);
    return finish(p, at + 1, NULL);
}

/* Whether what may not stand alone on a page comes next and has no room here. What fills a third of
 * a page makes a page by itself. */
static bool leaves_alone(bx_pass *p, uint32_t i) {
    if (i + 1 >= p->stack->children.n || !p->stack->children.at[i + 1]->keep_previous)
        return false;
    bx_ahead_wait(p->stack->ahead, i + 1);
    bx_block *next = p->stack->children.at[i + 1];
    bx_space page = p->space;
    page.height = page.full;
    page.fresh = true;
    bx_len start;
    bx_trial trial = bx_trial_begin(p->c);
    bx_len more = (bx_flow_most_growth(p) - p->grown) * p->c->style->page.pitch,
           height = p->space.height;
    p->space.height += bx_len_max(more, 0);
    bool here = bx_pass_set(p, i + 1, NULL, &start).frame;
    p->space.height = height;
    bx_fragment there = here ? (bx_fragment){0} : bx_set(p->c, next, page, NULL);
    bool is_short = there.frame && !there.next && there.frame->h < page.full / 3;
    bx_trial_end(p->c, trial);
    return !here && is_short;
}

/* Child i, the last placed, goes on on the next page after all: some lines of it, or else the
 * whole, with what must stand with it. No frame: nothing else is on this page. */
static bx_fragment bring_along(bx_pass *p, uint32_t i, const bx_token *token,
                               const bx_fragment *was, bx_len start) {
    enum { LINES = 2 };
    bx_block *child = p->stack->children.at[i];
    undo(p, p->placed.n - 1);
    bx_space space = space_left(p, start);
    space.height = was->frame->h - LINES * p->c->style->page.pitch;
    bx_fragment part = {0};
    if (space.height > 0)
        part = bx_set(p->c, child, space, token);
    if (part.frame && part.next) {
        place(p, i, child, &part, start);
        return finish(p, i, part.next);
    }
    if (bx_pass_at_top(p)) {
        place(p, i, child, was, start);
        return (bx_fragment){0};
    }
    uint32_t back = give_back(p, i);
    return finish(p, back, back == i ? token : NULL);
}

static bx_fragment set_stack(bx_composer *c, bx_block *block, bx_space space,
                             const bx_token *token) {
    bx_pass p;
    begin(&p, c, (bx_stack *)block, space, token);
    if (space.sideways)
        return set_turned(&p, token);
    if (has_float(p.stack, token))
        set_floats(&p, token->floats, token->n_floats, token->float_inner);
    bool together = bx_keeps_together(c, block, space, token);
    const bx_token *inner = token && token->n ? token->inner[0] : NULL;
    for (uint32_t i = token ? token->at : 0; i < p.stack->children.n; i++, inner = NULL) {
        bx_block *child = p.stack->children.at[i];
        bx_len start = 0;
        bx_fragment f = {0};
        if (p.floats.n && child->class == &page_break_class)
            return finish(&p, i, NULL); /* what was put off comes before a new start */
        bool off = child->sideways || (child->floats && p.floats.n); /* figures keep their order */
        bx_ahead_wait(p.stack->ahead, i);
        if (!off)
            f = bx_pass_set(&p, i, inner, &start);
        if (!off && (!f.frame || f.next))
            bx_flow_grow_for(&p, i, inner, &f, &start);
        if (off || (!f.frame && child->floats)) {
            bx_push(c->out, &p.floats, i);
            continue;
        }
        if ((!f.frame || f.next) && together)
            return (bx_fragment){0};
        if (!f.frame) {
            uint32_t back = give_back(&p, i);
            return finish(&p, back, back == i ? inner : NULL);
        }
        place(&p, i, child, &f, start);
        if (f.next)
            return finish(&p, i, f.next);
        if (!leaves_alone(&p, i))
            continue;
        p.left_alone = space.lax && i + 2 < p.stack->children.n; /* never what ends it all */
        if (p.left_alone)
            continue;
        p.pushed = true;
        bx_fragment shared = bring_along(&p, i, inner, &f, start);
        if (shared.frame)
            return shared;
    }
    return finish(&p, p.stack->children.n, NULL);
}

bool bx_stack_is_sideways(const bx_block *block, const bx_token *token) {
    const bx_stack *stack = (const bx_stack *)block;
    uint32_t at = token ? token->at : 0;
    if (has_float(stack, token))
        return stack->children.at[token->floats[0]]->sideways;
    return at < stack->children.n && stack->children.at[at]->sideways;
}

bx_span bx_stack_place(const bx_block *block, const bx_token *token) {
    const bx_stack *stack = (const bx_stack *)block;
    uint32_t at = token ? token->at : 0;
    return at < stack->children.n ? stack->children.at[at]->span : (bx_span){0};
}

static bx_extent stack_extent(bx_composer *c, bx_block *block) {
    bx_stack *stack = (bx_stack *)block;
    bx_extent all = {0};
    for (uint32_t i = 0; i < stack->children.n; i++) {
        bx_block *child = stack->children.at[i];
        if (!child->class->extent)
            continue;
        bx_extent one = child->class->extent(c, child);
        all.least = bx_len_max(all.least, one.least);
        all.natural = bx_len_max(all.natural, one.natural);
    }
    return all;
}

const bx_block_class bx_stack_class = {"stack", set_stack, stack_extent};

bx_stack *bx_stack_new(bx_composer *c) {
    bx_stack *stack = bx_new(c->blocks, bx_stack);
    stack->base.class = &bx_stack_class;
    return stack;
}

void bx_stack_add(bx_composer *c, bx_stack *stack, bx_block *child) {
    bx_push(c->blocks, &stack->children, child);
    enum { PIECE = 4 }; /* lines; a head and two of text are what any head asks for */
    if (!child->level || child->least_left < PIECE * c->style->page.pitch)
        return;
    stack->piece_level = child->level > stack->piece_level ? child->level : stack->piece_level;
    stack->piece_least = bx_len_max(stack->piece_least, child->least_left);
}

typedef struct blank {
    bx_block base;
    bx_len height;
    bool soft;
} blank;

static bx_fragment set_blank(bx_composer *c, bx_block *block, bx_space space,
                             const bx_token *token) {
    (void)token;
    blank *self = (blank *)block;
    bx_len h = bx_len_min(self->height, bx_len_max(space.height, 0));
    if (self->soft && space.fresh)
        h = 0;
    bx_frame *frame = bx_frame_new(c->out, space.width, h);
    return (bx_fragment){.frame = frame};
}

bx_block *bx_blank_new(bx_composer *c, bx_len height, bool soft) {
    static const bx_block_class blank_class = {"blank", set_blank, NULL};
    blank *b = bx_new(c->blocks, blank);
    b->base.class = &blank_class;
    b->height = height;
    b->soft = soft;
    return &b->base;
}

bx_block *bx_page_break_new(bx_composer *c) {
    bx_block *b = bx_new(c->blocks, bx_block);
    b->class = &page_break_class;
    return b;
}
