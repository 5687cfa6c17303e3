#include "compose/stack.h"

#include "compose/ahead.h"
#include "compose/composer.h"
#include "compose/para.h"

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

/* A child as it was placed: what the stack goes back to when a later child finds no room. */
typedef struct placed {
    uint32_t child;
    uint32_t n_items, n_notes; /* before it */
    bx_len y, gap_after, foot; /* before it */
    uint32_t solid;
    bool full_foot;
    bool line; /* it is one line of text */
} placed;

/* Most stacks hold no more: only what goes beyond, and what is left at the end, asks the arena. */
enum { FEW = 32 };

/* The state of setting one stack in one space. */
typedef struct pass {
    bx_composer *c;
    bx_stack *stack;
    bx_space space;
    bx_frame frame; /* in the making */
    bx_fragment out;
    bx_len y;         /* reached so far */
    bx_len gap_after; /* asked for by the last child placed */
    BX_VEC(placed) placed;
    uint32_t solid;          /* how many of them take room */
    bx_len grown;            /* lines that `space` has been given beyond the page's foot */
    BX_VEC(uint32_t) floats; /* put off */
    const bx_token *float_inner;
    placed few_placed[FEW];
    bx_item few_items[FEW];
} pass;

static void begin(pass *p, bx_composer *c, bx_stack *stack, bx_space space) {
    memset(p, 0, offsetof(pass, few_placed));
    p->c = c;
    p->stack = stack;
    p->space = space;
    p->placed.at = p->few_placed;
    p->frame.items.at = p->few_items;
    p->placed.cap = p->frame.items.cap = FEW;
}

static bool at_top(const pass *p) { return p->solid == 0; }

static bx_space space_left(const pass *p, bx_len start) {
    return (bx_space){
        .width = p->space.width,
        .height = p->space.height - start - p->out.foot,
        .full = p->space.full,
        .top = p->space.top + start,
        .fresh = p->space.fresh && at_top(p),
        .noted = p->space.noted || p->out.foot > 0,
        .full_foot = p->space.full_foot || p->out.full_foot,
    };
}

/* How far a block of height h that starts at `start` must move down to end on the grid. */
static bx_len slack(const pass *p, const bx_block *child, bx_len start, bx_len h) {
    if (!child->grid)
        return 0;
    bx_len end = p->space.top + start + h + child->after;
    return bx_snap(end, p->c->style->page.pitch) - end;
}

/* Whether what is placed as the k-th stands right under a head. */
static bool is_under_head(const pass *p, uint32_t k) {
    return k > 0 && p->stack->children.at[p->placed.at[k - 1].child]->keep_next;
}

/* What of the slack goes above the child: all of it over a head, which belongs to what follows;
 * none of it under a head; else half, and at a page's top half too, as a head centred in whole
 * lines. */
static bx_len slack_above(const pass *p, const bx_block *child, bx_len all) {
    if (at_top(p) && p->space.fresh)
        return child->keep_next ? all / 2 : 0;
    if (child->keep_next || at_top(p))
        return all;
    return is_under_head(p, p->placed.n) ? 0 : all / 2;
}

/* Heads that meet share their white: half of it will do. */
static bx_len white_over(const pass *p, const bx_block *child) {
    return child->keep_next && is_under_head(p, p->placed.n) ? child->before / 2 : child->before;
}

/* Sets a child below what stands; *start is where. A part of a child begins on the grid; a whole
 * one ends there. */
static bx_fragment set_child(pass *p, bx_block *child, const bx_token *token, bx_len *start) {
    const bx_fragment none = {0};
    *start = p->y + (at_top(p) ? 0 : bx_len_max(p->gap_after, token ? 0 : white_over(p, child)));
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

static void place(pass *p, uint32_t i, const bx_block *child, const bx_fragment *f, bx_len start) {
    placed before = {.child = i,
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

static void undo(pass *p, uint32_t keep) {
    const placed *back = &p->placed.at[keep];
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
static bool is_lone_line(const pass *p, uint32_t i) {
    const placed *last = &p->placed.at[p->placed.n - 1], *head = last - 1;
    return last->line && last->child + 1 == i && head->child + 1 == last->child &&
           p->stack->children.at[head->child]->keep_next;
}

/* No room for child i. What must stand with it goes to the next page too, unless it fills this one.
 */
static uint32_t give_back(pass *p, uint32_t i) {
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

/* Lines by which the white over a child may stretch, or shrink, on this page. */
static bx_len elastic(const pass *p, uint32_t k, bool less) {
    const placed *at = &p->placed.at[k];
    const bx_block *child = p->stack->children.at[at->child];
    bool fallen_away = at->solid == 0 && child->before > 0; /* at the page's top */
    if (fallen_away || is_under_head(p, k))
        return 0;
    return (less ? child->shrink : child->stretch) / p->c->style->page.pitch;
}

static bx_len all_elastic(const pass *p, bool less) {
    bx_len all = 0;
    for (uint32_t k = 0; k < p->placed.n; k++)
        all += elastic(p, k, less);
    return all;
}

/* Takes so many lines of white out of the page, or puts them in: one here, one there, from the top,
 * and again where there is more to take. */
static void spread(pass *p, bx_len lines, bool less) {
    bx_len *share = bx_new_n(p->c->out, bx_len, p->placed.n), left = lines, down = 0;
    for (bx_len before = left + 1; left > 0 && left < before;) {
        before = left;
        for (uint32_t k = 0; k < p->placed.n && left > 0; k++) {
            bx_len one = share[k] < elastic(p, k, less);
            share[k] += one;
            left -= one;
        }
    }
    for (uint32_t k = 0; k < p->placed.n; k++) {
        down += (less ? -share[k] : share[k]) * p->c->style->page.pitch;
        uint32_t end = k + 1 < p->placed.n ? p->placed.at[k + 1].n_items : p->frame.items.n;
        for (uint32_t i = p->placed.at[k].n_items; i < end; i++)
            p->frame.items.at[i].dy += down;
    }
    p->y += down;
}

/* Brings a page that ends before its foot to its full depth, when the white on it that may stretch
 * makes up for all that is missing: a foot that is nearly reached would be worse than one that is
 * plainly not. */
static void fill_page(pass *p) {
    bx_len missing = (p->space.height - p->out.foot - p->y) / p->c->style->page.pitch;
    if (missing <= all_elastic(p, false))
        spread(p, missing, false);
    else
        p->out.short_by = (uint16_t)missing;
}

/* What the page was allowed beyond its foot and is more than it may run long. */
static void tighten_page(pass *p) {
    bx_len pitch = p->c->style->page.pitch, over = p->y - (p->space.height - p->grown * pitch);
    bx_len lines = bx_len_max((over + pitch - 1) / pitch, 0);
    p->out.long_by = (uint16_t)lines;
    spread(p, lines - p->c->style->page.run_long, true);
}

/* Whether the page ends at `at` for want of room, not because a new one was asked for. */
static bool wants_room(const pass *p, uint32_t at) {
    return at < p->stack->children.n && p->stack->children.at[at]->class != &page_break_class &&
           !p->stack->children.at[at]->sideways;
}

static bx_fragment finish(pass *p, uint32_t at, const bx_token *inner) {
    bx_composer *c = p->c;
    if (p->grown)
        tighten_page(p);
    else if (p->stack->flow && wants_room(p, at))
        fill_page(p);
    bool ended = at >= p->stack->children.n && p->floats.n == 0;
    if (!ended && at_top(p) && !p->space.fresh)
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
static void set_floats(pass *p, const uint32_t *floats, uint32_t n, const bx_token *inner) {
    for (uint32_t k = 0; k < n; k++, inner = NULL) {
        bx_ahead_wait(p->stack->ahead, floats[k]);
        bx_block *child = p->stack->children.at[floats[k]];
        bx_len start;
        bx_fragment f = {0};
        if (p->floats.n == 0 && child->sideways == p->space.sideways)
            f = set_child(p, child, inner, &start);
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
static bx_fragment set_turned(pass *p, const bx_token *token) {
    uint32_t at = token ? token->at : 0;
    if (has_float(p->stack, token)) {
        set_floats(p, token->floats, token->n_floats, token->float_inner);
        return finish(p, at, token->n ? token->inner[0] : NULL);
    }
    set_floats(p, &at, 1, NULL);
    return finish(p, at + 1, NULL);
}

/* Whether the page ends with a hole if the child does not come to stand on it. */
static bool leaves_hole(const pass *p, const bx_block *child) {
    enum { HOLE = 3 }; /* lines */
    return child->keep_previous || is_under_head(p, p->placed.n) ||
           p->space.height - p->y >= HOLE * p->c->style->page.pitch;
}

/* How many lines more the page can be given: it runs long, and white over heads shrinks. Notes
 * stand at the foot, so with them there is no room below it. */
static bx_len most_growth(const pass *p) {
    if (!p->stack->flow || p->space.rigid || at_top(p) || p->space.noted || p->out.foot)
        return 0;
    return p->c->style->page.run_long + all_elastic(p, true);
}

/* Whether what may not stand alone on a page comes next and has no room here. What fills a third of
 * a page makes a page by itself. */
static bool leaves_alone(pass *p, uint32_t i) {
    if (i + 1 >= p->stack->children.n || !p->stack->children.at[i + 1]->keep_previous)
        return false;
    bx_ahead_wait(p->stack->ahead, i + 1);
    bx_block *next = p->stack->children.at[i + 1];
    bx_space page = p->space;
    page.height = page.full;
    page.fresh = true;
    bx_len start;
    bx_trial trial = bx_trial_begin(p->c);
    bx_len more = (most_growth(p) - p->grown) * p->c->style->page.pitch, height = p->space.height;
    p->space.height += bx_len_max(more, 0);
    bool here = set_child(p, next, NULL, &start).frame;
    p->space.height = height;
    bx_fragment there = here ? (bx_fragment){0} : bx_set(p->c, next, page, NULL);
    bool is_short = there.frame && !there.next && there.frame->h < page.full / 3;
    bx_trial_end(p->c, trial);
    return !here && is_short;
}

/* Child i, the last placed, goes on on the next page after all: some lines of it, or else the
 * whole, with what must stand with it. No frame: nothing else is on this page. */
static bx_fragment bring_along(pass *p, uint32_t i, const bx_token *token, const bx_fragment *was,
                               bx_len start) {
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
    if (at_top(p)) {
        place(p, i, child, was, start);
        return (bx_fragment){0};
    }
    uint32_t back = give_back(p, i);
    return finish(p, back, back == i ? token : NULL);
}

/* Child i has no room, and a hole would be left; or it ends the flow, and a part of it would have a
 * page to itself. It is set all the same when the page can be given the missing lines. */
static void grow_for(pass *p, uint32_t i, const bx_token *token, bx_fragment *f, bx_len *start) {
    if (f->frame ? i + 1 < p->stack->children.n : !leaves_hole(p, p->stack->children.at[i]))
        return;
    bx_len most = most_growth(p), was = p->grown;
    bx_len height = p->space.height - was * p->c->style->page.pitch;
    for (bx_len lines = was + 1; lines <= most; lines++) {
        p->grown = lines;
        p->space.height = height + lines * p->c->style->page.pitch;
        bx_fragment more = set_child(p, p->stack->children.at[i], token, start);
        if (more.frame && !more.foot && !(f->frame && more.next)) {
            *f = more;
            return;
        }
    }
    p->grown = was;
    p->space.height = height + was * p->c->style->page.pitch;
}

static bx_fragment set_stack(bx_composer *c, bx_block *block, bx_space space,
                             const bx_token *token) {
    pass p;
    begin(&p, c, (bx_stack *)block, space);
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
            f = set_child(&p, child, inner, &start);
        if (!off && (!f.frame || f.next))
            grow_for(&p, i, inner, &f, &start);
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
