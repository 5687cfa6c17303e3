/* The flow of pages: how a page is filled to its foot, and what is to be said of it then. */
#include "compose/stack_pass.h"

/* Lines by which the white over a child may stretch, or shrink, on this page. */
static bx_len elastic(const bx_pass *p, uint32_t k, bool less) {
    const bx_placed *at = &p->placed.at[k];
    const bx_block *child = p->stack->children.at[at->child];
    bool fallen_away = at->solid == 0 && child->before > 0; /* at the page's top */
    if (fallen_away || bx_pass_is_under_head(p, k))
        return 0;
    return (less ? child->shrink : child->stretch) / p->c->style->page.pitch;
}

static bx_len all_elastic(const bx_pass *p, bool less) {
    bx_len all = 0;
    for (uint32_t k = 0; k < p->placed.n; k++)
        all += elastic(p, k, less);
    return all;
}

/* Shares out lines among the white over heads of sections, or that over all else: one here, one
 * there, from the top, and again where there is more to have. What is left. */
static bx_len share_out(const bx_pass *p, bx_len lines, bool less, bool heads, bx_len *share) {
    for (bx_len before = lines + 1; lines > 0 && lines < before;) {
        before = lines;
        for (uint32_t k = 0; k < p->placed.n && lines > 0; k++) {
            bool head = p->stack->children.at[p->placed.at[k].child]->level > 0;
            bx_len one = head == heads && share[k] < elastic(p, k, less);
            share[k] += one;
            lines -= one;
        }
    }
    return lines;
}

/* Takes so many lines of white out of the page, or puts them in, over heads of sections first. */
static void spread(bx_pass *p, bx_len lines, bool less) {
    bx_len *share = bx_new_n(p->c->out, bx_len, p->placed.n), down = 0;
    share_out(p, share_out(p, lines, less, true, share), less, false, share);
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
static void fill(bx_pass *p, bx_len room) {
    bx_len missing = room / p->c->style->page.pitch;
    if (missing > all_elastic(p, false)) {
        p->out.look.short_by = (uint16_t)missing;
        return;
    }
    spread(p, missing, false);
    p->out.look.stretched = (uint16_t)missing;
}

/* Takes out what is beyond the page's foot and is more than it may run long. */
static void tighten(bx_pass *p, bx_len over) {
    bx_len pitch = p->c->style->page.pitch, lines = (over + pitch - 1) / pitch;
    bx_len shrunk = bx_len_max(lines - p->c->style->page.run_long, 0);
    spread(p, shrunk, true);
    p->out.look.shrunk = (uint16_t)shrunk;
    p->out.look.long_by = (uint16_t)(lines - shrunk);
}

/* Heads of the lowest level that asks for lines below it open what should stay in one piece: an
 * article, a story. They and those over them end the one before. */
static bool opens_piece(const bx_stack *stack, const bx_block *child) {
    return child->level && child->level <= stack->piece_level;
}

/* How many lines too few of a piece's end stand at the top of the page. */
static uint16_t short_tail(const bx_pass *p) {
    bx_len pitch = p->c->style->page.pitch;
    for (uint32_t k = 0; k < p->placed.n && p->placed.at[k].y < p->stack->piece_least; k++) {
        if (!opens_piece(p->stack, p->stack->children.at[p->placed.at[k].child]))
            continue;
        bx_len missing = p->stack->piece_least - p->placed.at[k].y;
        return p->placed.at[k].solid == 0 ? 0 : (uint16_t)((missing + pitch - 1) / pitch);
    }
    return 0;
}

/* Whether a piece has been begun at the foot, but nothing of it is there but what stands right
 * under its head. */
static bool is_bare_start(const bx_pass *p) {
    uint32_t k = p->placed.n;
    while (k > 0 && !opens_piece(p->stack, p->stack->children.at[p->placed.at[k - 1].child]))
        k--;
    return k > 0 && p->solid - p->placed.at[k - 1].solid <= 2;
}

/* Whether the page ends with a hole if the child does not come to stand on it. */
static bool leaves_hole(const bx_pass *p, const bx_block *child) {
    enum { HOLE = 3 }; /* lines */
    return child->keep_previous || bx_pass_is_under_head(p, p->placed.n) ||
           p->space.height - p->y >= HOLE * p->c->style->page.pitch;
}

/* Notes stand at the foot, so with them there is no room below it. */
bx_len bx_flow_most_growth(const bx_pass *p) {
    if (!p->stack->flow || p->space.rigid || bx_pass_at_top(p) || p->space.noted || p->out.foot)
        return 0;
    return p->c->style->page.run_long + all_elastic(p, true);
}

void bx_flow_grow_for(bx_pass *p, uint32_t i, const bx_token *token, bx_fragment *f,
                      bx_len *start) {
    if (f->frame ? i + 1 < p->stack->children.n : !leaves_hole(p, p->stack->children.at[i]))
        return;
    bx_len most = bx_flow_most_growth(p), was = p->grown;
    bx_len height = p->space.height - was * p->c->style->page.pitch;
    for (bx_len lines = was + 1; lines <= most; lines++) {
        p->grown = lines;
        p->space.height = height + lines * p->c->style->page.pitch;
        bx_fragment more = bx_pass_set(p, i, token, start);
        if (more.frame && !more.foot && !(f->frame && more.next)) {
            *f = more;
            return;
        }
    }
    p->grown = was;
    p->space.height = height + was * p->c->style->page.pitch;
}

void bx_flow_finish(bx_pass *p, uint32_t at, bool wants_room) {
    bx_page_look *look = &p->out.look;
    bx_len depth = p->space.height + p->space.spare - p->grown * p->c->style->page.pitch;
    bx_len room = depth - p->y - p->out.foot;
    look->spare = room + 1;
    look->put_off = (uint16_t)bx_len_min((bx_len)p->floats.n, UINT16_MAX);
    look->tail = p->goes_on ? short_tail(p) : 0;
    look->between = wants_room && opens_piece(p->stack, p->stack->children.at[at]);
    look->bare = wants_room && is_bare_start(p);
    look->pushed = p->pushed;
    look->alone = p->left_alone;
    if (room < 0)
        tighten(p, -room);
    else if (wants_room)
        fill(p, room);
}
