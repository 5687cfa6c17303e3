/* A page that takes all it can hold may leave a hole on the next, or a piece's last lines at its
 * top. So pages are set on trial some way ahead, each as full as can be: that is the plan, and
 * nearly always a good one. When a page that is added to its end is not good, the pages of the plan
 * are looked at as a whole: each may also end earlier, as far as its white can be stretched and a
 * little further, and of all the chains of pages that this makes the least bad one becomes the
 * plan. The search is that of the shortest path: chains that have come to the same place in the
 * flow meet there, and the least bad one so far is followed first. */
#include "compose/fit.h"

#include "compose/stack.h"

enum {
    AHEAD = 6,   /* pages in a plan */
    WAYS = 8,    /* that are tried to fill one */
    MOST = 64,   /* pages looked at in one search; then the plan stays as it is */
    KEPT = 192,  /* of those set on trial: searches that follow each other look at the same */
    TROUBLE = 3, /* from here on a page is worth a search */
};

/* A page set on trial, and what came of it. */
typedef struct tried {
    bx_page_state begin, end;
    bx_page_way way;
    bx_page_look look;
    uint32_t bad;
    bool ended, sideways;
} tried;

/* The latest of them, in memory of their own. */
typedef struct tries {
    bx_composer *c;
    bx_block *flow;
    bx_arena *arena;
    bx_mark empty;
    BX_VEC(tried) list;
} tries;

typedef struct step {
    bx_page_state begin;
    bx_page_way way;
    uint32_t bad;
} step;

typedef struct plan {
    step at[AHEAD];
    uint32_t n;
    bx_page_state end;
    bool ended; /* there is nothing after it */
} plan;

/* A place in the flow to which some pages have led. */
typedef struct node {
    bx_page_state state;
    uint32_t bad; /* all pages up to here */
    uint32_t depth, from;
    bx_page_way way; /* of the page that leads here, and how bad that is */
    uint32_t page_bad;
    bool ended, done;
} node;

typedef struct search {
    tries *tries;
    bx_arena *arena;
    BX_VEC(node) nodes;
    uint32_t bound; /* as bad as the plan: no chain that is not better is followed */
    uint32_t pages; /* that were looked at */
} search;

/* A hole at the foot is the less seen when something new begins overleaf. */
static uint32_t hole(const bx_page_look *look) {
    uint32_t lines = look->short_by;
    return look->between ? lines + lines * lines / 4 : 2 * lines * lines;
}

/* How little a book designer likes a page. */
static uint32_t badness(const bx_composer *c, const bx_page_record *r) {
    enum { LONG = 4, WHITE = 1, TAIL = 2, BARE = 3, ALONE = 6, PUT_OFF = 3, FEW = 6 };
    const bx_page_look *look = &r->look;
    uint32_t bad = hole(look) + LONG * look->long_by + WHITE * (look->stretched + look->shrunk) +
                   TAIL * look->tail + (look->bare ? BARE : 0) + (look->alone ? ALONE : 0) +
                   PUT_OFF * look->put_off;
    if (r->ended && r->text) { /* a last page with next to nothing on it */
        bx_len lines = r->text->h / c->style->page.pitch;
        bad += lines < FEW ? (uint32_t)((FEW - lines) * (FEW - lines)) : 0;
    }
    return bad;
}

static bx_page_state copy_state(bx_arena *arena, const bx_page_state *state) {
    bx_page_state copy = {bx_token_copy(arena, state->token), state->notes};
    copy.notes.token = bx_token_copy(arena, state->notes.token);
    copy.notes.list = (bx_note_list){0};
    for (uint32_t i = 0; i < state->notes.list.n; i++)
        bx_push(arena, &copy.notes.list, state->notes.list.at[i]);
    return copy;
}

static tries new_tries(bx_composer *c, bx_block *flow) {
    bx_arena *arena = bx_arena_side(c->blocks);
    return (tries){.c = c, .flow = flow, .arena = arena, .empty = bx_arena_mark(arena)};
}

/* Forgets all when there is no room for those of one more search. */
static void make_room(tries *t) {
    if (t->list.n + MOST <= KEPT)
        return;
    memset(&t->list, 0, sizeof t->list);
    bx_arena_rewind(t->arena, t->empty);
}

static bool same_way(bx_page_way a, bx_page_way b) {
    return a.rigid == b.rigid && a.lax == b.lax && a.spare == b.spare;
}

/* The page that begins here, set on trial if it is not among the tries. Its states are theirs. */
static tried try_page(tries *t, const bx_page_state *begin, bx_page_way way) {
    for (uint32_t i = t->list.n; i-- > 0;) {
        const tried *known = &t->list.at[i];
        if (same_way(known->way, way) && bx_page_state_eq(&known->begin, begin))
            return *known;
    }
    bx_trial trial = bx_trial_begin(t->c);
    bx_page_record r = bx_page_fill(t->c, t->flow, *begin, way);
    tried page = {.begin = copy_state(t->arena, begin),
                  .end = copy_state(t->arena, &r.end),
                  .way = way,
                  .look = r.look,
                  .bad = badness(t->c, &r),
                  .ended = r.ended,
                  .sideways = r.sideways};
    bx_trial_end(t->c, trial);
    bx_push(t->arena, &t->list, page);
    return page;
}

/* The least bad place to go on from, of equals the one that is furthest, or else the first;
 * UINT32_MAX: there is none. */
static uint32_t next_node(const search *s) {
    uint32_t best = UINT32_MAX;
    for (uint32_t i = 0; i < s->nodes.n; i++) {
        const node *n = &s->nodes.at[i], *b = best == UINT32_MAX ? NULL : &s->nodes.at[best];
        if (!n->done && (!b || n->bad < b->bad || (n->bad == b->bad && n->depth > b->depth)))
            best = i;
    }
    return best;
}

/* Another chain that leads to the same place after as many pages, or NULL. */
static node *meeting(search *s, const node *new) {
    for (uint32_t i = 0; i < s->nodes.n; i++) {
        node *n = &s->nodes.at[i];
        if (n->depth == new->depth && bx_page_state_eq(&n->state, &new->state))
            return n;
    }
    return NULL;
}

static void reach(search *s, node new) {
    if (new.bad >= s->bound)
        return;
    node *other = meeting(s, &new);
    if (!other)
        bx_push(s->arena, &s->nodes, new);
    else if (new.bad < other->bad)
        *other = new;
}

/* The way to try after one that has led to a page; it takes no more, and mostly less. */
static bx_page_way next_of(bx_page_way way, const bx_page_look *look) {
    if (look->pushed && !way.lax)
        return (bx_page_way){.rigid = way.rigid, .lax = true, .spare = way.spare};
    return (bx_page_way){.rigid = true, .lax = way.lax, .spare = bx_len_max(look->spare, 0)};
}

/* Sets the page that begins at a node in all the ways that might do. */
static void expand(search *s, uint32_t i) {
    bx_page_state begin = s->nodes.at[i].state, last = {0};
    uint32_t so_far = s->nodes.at[i].bad, depth = s->nodes.at[i].depth;
    bx_page_way way = {0};
    s->nodes.at[i].done = true;
    for (int k = 0; k < WAYS; k++) {
        tried page = try_page(s->tries, &begin, way);
        s->pages++;
        if (k && bx_page_state_eq(&page.end, &last)) /* less than this cannot be had */
            return;
        if (way.spare && page.look.short_by) /* nobody ends a page early and leaves a hole, too */
            return;
        reach(s, (node){.state = page.end,
                        .bad = so_far + page.bad,
                        .depth = depth + 1,
                        .from = i,
                        .way = way,
                        .page_bad = page.bad,
                        .ended = page.ended});
        if (page.ended || page.sideways)
            return;
        last = page.end;
        way = next_of(way, &page.look);
    }
}

/* The chain that ends at a node becomes the plan. */
static void take_chain(const search *s, plan *p, uint32_t i) {
    bx_arena *arena = s->tries->c->blocks;
    p->n = s->nodes.at[i].depth;
    p->ended = s->nodes.at[i].ended;
    p->end = copy_state(arena, &s->nodes.at[i].state);
    for (; s->nodes.at[i].depth > 0; i = s->nodes.at[i].from) {
        const node *n = &s->nodes.at[i];
        p->at[n->depth - 1] = (step){.begin = copy_state(arena, &s->nodes.at[n->from].state),
                                     .way = n->way,
                                     .bad = n->page_bad};
    }
}

static void improve(tries *t, plan *p) {
    bx_arena *scratch = t->c->scratch;
    bx_mark mark = bx_arena_mark(scratch);
    search s = {.tries = t, .arena = scratch};
    for (uint32_t i = 0; i < p->n; i++)
        s.bound += p->at[i].bad;
    uint32_t depth = p->n;
    bx_push(scratch, &s.nodes, (node){.state = p->at[0].begin});
    for (uint32_t i = 0; i != UINT32_MAX && s.pages < MOST; i = next_node(&s)) {
        if (s.nodes.at[i].depth == depth || s.nodes.at[i].ended) {
            take_chain(&s, p, i);
            break;
        }
        expand(&s, i);
    }
    bx_arena_rewind(scratch, mark);
}

/* Adds pages to the plan's end, as full as can be. */
static void extend(tries *t, plan *p) {
    while (p->n < AHEAD && !p->ended) {
        make_room(t);
        tried page = try_page(t, &p->end, (bx_page_way){0});
        p->at[p->n++] = (step){.begin = p->end, .bad = page.bad};
        p->end = copy_state(t->c->blocks, &page.end);
        p->ended = page.ended;
        if (page.bad >= TROUBLE)
            improve(t, p);
    }
}

/* The way to fill the page that begins here. */
static bx_page_way next_way(tries *t, plan *p, const bx_page_state *begin) {
    if (p->n == 0 || !bx_page_state_eq(&p->at[0].begin, begin))
        *p = (plan){.end = copy_state(t->c->blocks, begin)};
    extend(t, p);
    bx_page_way way = p->at[0].way;
    p->n--;
    memmove(p->at, p->at + 1, p->n * sizeof *p->at);
    return way;
}

bx_page_records bx_pages_fill(bx_composer *c, bx_block *flow, const bx_page_records *before) {
    bx_page_records records = {0};
    bx_page_state state = {0};
    plan p = {0};
    tries t = new_tries(c, flow);
    for (bool ended = false; !ended;) {
        const bx_page_record *old = records.n < before->n ? &before->at[records.n] : NULL;
        bx_page_record r;
        if (old && !old->facts_used && bx_page_state_eq(&old->begin, &state))
            r = *old;
        else
            r = bx_page_fill(c, flow, state, next_way(&t, &p, &state));
        bx_push(c->blocks, &records, r);
        ended = r.ended || !bx_within(c->report, BX_LIMIT_PAGES, records.n + 1,
                                      bx_stack_place(flow, r.end.token));
        state = r.end;
    }
    return records;
}
