/* Total fit: of all ways to break a paragraph, the one whose lines are together least changed
 * (R4, R13–R15, R19, R25), after Knuth and Plass; edge trims are part of each line's width.
 *
 * Cost is in squares of 1/1024 em per gap. A line's change is weighed against its neighbour's, so
 * slack spreads over lines. The active lines are bounded by the measure, so the cost is linear in
 * the text. Tolerances are tried in steps; only in the last may a line be overfull. */
#include "text/hyphenate.h"
#include "text/paragraph.h"

enum {
    COST_LINE = 900,
    COST_GROW = 700,  /* autospace and word spaces at their widest */
    COST_POOR = 3000, /* autospace at its narrowest, stops half */
    COST_HYPHEN = 2500,
    COST_HYPHENS = 6000, /* two lines running */
    COST_HANG = 300,
    COST_LONG_START = 400,
    COST_ADDRESS = 100,
    COST_ADDRESS_HYPHEN = 4000,   /* at a line's end it looks like one that was added; */
    COST_RAGGED_HYPHEN = 6000000, /* where lines are ragged, any white is better */
    COST_LATE = 3000,
    COST_ADDRESS_WORD = 300000, /* as much as gaps a fifth of an em too wide; */
    FEW_GAPS = 3,               /* where there are fewer there is nothing to spread */
    MOST_HYPHENS = 2,
    LOOSENESSES = 5,
    CLASSES = LOOSENESSES * (MOST_HYPHENS + 1),
    CUBED = 2048, /* 1/1024 em: beyond twice an em, looseness counts by its square again */
    NARROW = 20,  /* em: below this Latin is hyphenated (R19) */
};
static const int64_t COST_LAST = 10000000000, COST_ORPHAN = 1000000000,
                     COST_OVERFULL = 10000000000000;

typedef struct node {
    uint32_t at; /* first cluster of the next line */
    uint32_t prev;
    int64_t cost;
    int32_t stretch;
    uint8_t hyphens; /* lines running that end in one; more than MOST_HYPHENS are not told apart */
    bool hang, late, hyphen, overfull;
} node;

/* A place where a line may begin. */
typedef struct start {
    uint32_t at, first, n; /* its nodes */
    bx_len room;           /* of a line from here */
    int64_t reach;         /* a line that ends before this is too short, see end_at */
} start;

struct bx_fit_scratch {
    BX_VEC(node) nodes;
    BX_VEC(start) starts;
};

typedef struct pass {
    bx_paragraph *p;
    struct bx_fit_scratch *s;
    bx_len measure;
    int32_t tolerance; /* 1/1024 em a gap; INT32_MAX: any */
    bool hyphenate, late, last;
    uint32_t active;  /* the oldest start that may still be reached */
    uint32_t segment; /* first cluster after the latest forced break */
    node best[CLASSES];
    uint32_t has; /* a bit for each class that has a best */
} pass;

static bx_len line_measure(const pass *x, uint32_t first) {
    return x->measure - (first == 0 ? x->p->in.set.indent : 0);
}

/* A line [first, content) with its variants. */
typedef struct candidate {
    bx_measured m;
    bx_len room;
    bool final, hyphen, hang, late;
    bx_len kern; /* what the last character is wider by without the next */
    int64_t penalty;
} candidate;

static int64_t square(int64_t v) { return v * v; }

static int64_t per_em(const pass *x, int64_t length, int64_t n) {
    return length * BX_EM / ((int64_t)x->p->in.size * (n > 0 ? n : 1));
}

/* The cost of a line, or -1 when it cannot be set within the tolerance. */
static int64_t weigh(const pass *x, const candidate *c, int32_t *stretch) {
    int64_t slack = c->room - c->m.natural;
    *stretch = 0;
    if (slack < 0) {
        if (-slack > c->m.shrink)
            return -1;
        int64_t good = c->m.shrink - c->m.poor, change = per_em(x, -slack, c->m.places);
        int64_t over = -slack - good;
        *stretch = (int32_t)-change / 2;
        return square(change) + (over > 0 ? COST_POOR * over / c->m.poor : 0);
    }
    if (c->final)
        return 0;
    if (x->p->in.set.align != BX_ALIGN_JUSTIFY)
        return square(per_em(x, slack, 16));
    if (slack <= c->m.grow)
        return c->m.grow ? COST_GROW * square(slack * 64 / c->m.grow) / 4096 : 0;
    int64_t rest = slack - c->m.grow;
    int64_t g = c->m.gaps     ? per_em(x, rest, c->m.gaps)
                : c->m.places ? per_em(x, rest * 2, c->m.places)
                              : per_em(x, rest, 1);
    if (g > x->tolerance)
        return -1;
    *stretch = (int32_t)(g < INT32_MAX ? g : INT32_MAX);
    /* beyond the square, a cube: one very loose line is worse than two that are half as loose */
    return square(g) + g * g * (g < CUBED ? g : CUBED) / 32 + (c->m.grow ? COST_GROW : 0);
}

/* Ways that what follows may tell apart: by the latest line's stretch, for the difference to the
 * next; by the hyphens running, of which there may be too many. */
static int class_of(int32_t stretch, uint8_t hyphens) {
    int looseness = stretch < 0 ? 0 : stretch < 20 ? 1 : stretch < 60 ? 2 : stretch < 150 ? 3 : 4;
    return looseness + LOOSENESSES * hyphens;
}

/* The best way to reach a break from one start, into the table of the best by class. A lonely last
 * line is taken only when nothing else will do. */
static void try_nodes(pass *x, const start *from, uint32_t at, const candidate *c, bool overfull) {
    int32_t stretch;
    int64_t cost =
        overfull ? COST_OVERFULL + (c->m.natural - c->room) * 1024 : weigh(x, c, &stretch);
    if (overfull)
        stretch = 0;
    if (cost < 0 || (c->penalty >= COST_ORPHAN && c->final && !x->last))
        return;
    for (uint32_t i = from->first; i < from->first + from->n; i++) {
        const node *prev = &x->s->nodes.at[i];
        if (c->hyphen && prev->hyphens >= MOST_HYPHENS && !x->last)
            continue;
        int64_t difference = i == 0 || c->final ? 0 : square(stretch - prev->stretch) / 2;
        int64_t total = prev->cost + cost + difference + c->penalty + COST_LINE +
                        (c->hyphen && prev->hyphens ? COST_HYPHENS : 0);
        uint8_t hyphens = !c->hyphen                     ? 0
                          : prev->hyphens < MOST_HYPHENS ? (uint8_t)(prev->hyphens + 1)
                                                         : MOST_HYPHENS;
        int class = class_of(stretch, hyphens);
        if ((x->has >> class & 1) && x->best[class].cost <= total)
            continue;
        x->has |= 1u << class;
        x->best[class] = (node){.at = at,
                                .prev = i,
                                .cost = total,
                                .stretch = stretch,
                                .hyphens = hyphens,
                                .hang = c->hang,
                                .late = c->late,
                                .hyphen = c->hyphen,
                                .overfull = overfull};
    }
}

bx_len bx_hang_of(const bx_paragraph *p, uint32_t content) {
    const bx_cluster *c = &p->clusters.at[content - 1];
    if (!p->in.set.hang || c->region == BX_REGION_TW || c->region == BX_REGION_HK || content < 2)
        return 0;
    switch (c->code) {
    case 0x3001:
    case 0xFF0C:
    case 0x3002:
    case 0xFF0E:
        break;
    default:
        return 0;
    }
    return bx_cluster_advance(c) + c->pair_tail - c->edge_tail - c->late_tail;
}

static void try_line(pass *x, const start *from, uint32_t at, uint32_t content, candidate *c,
                     bool *dead) {
    bx_measured m = c->m;
    const bx_cluster *end = &x->p->clusters.at[content - 1];
    bx_len hyphen = c->hyphen ? x->p->hyphen : 0, hang = bx_hang_of(x->p, content);
    *dead = m.natural - m.shrink - end->late_tail - hang > c->room;
    c->m.natural += hyphen + c->kern;
    bool fits = c->m.natural - m.shrink <= c->room;
    try_nodes(x, from, at, c, false);
    if (end->late_tail && (!c->final || c->m.natural > c->room)) {
        c->late = true;
        c->m.natural -= end->late_tail;
        try_nodes(x, from, at, c, false);
        fits = fits || c->m.natural - m.shrink <= c->room;
        c->m.natural += end->late_tail;
        c->late = false;
    }
    if (hang && !fits && !c->final) {
        c->hang = true;
        c->m.natural -= hang + end->late_tail;
        c->penalty += COST_HANG;
        try_nodes(x, from, at, c, false);
    }
}

static int64_t penalty_of(const pass *x, uint32_t at) {
    const bx_cluster *c = &x->p->clusters.at[at];
    switch (c->before) {
    case BX_BREAK_SOFT:
        return COST_HYPHEN;
    case BX_BREAK_HYPHENATE:
        return x->hyphenate ? COST_HYPHEN : COST_LAST / 100;
    case BX_BREAK_LATE:
        return COST_LATE;
    case BX_BREAK_LAST:
        return COST_LAST;
    default:
        break;
    }
    if ((c->flags & BX_CL_URL) && !(c->flags & BX_CL_URL_START))
        return c[-1].code != '-'                        ? COST_ADDRESS
               : x->p->in.set.align == BX_ALIGN_JUSTIFY ? COST_ADDRESS_HYPHEN
                                                        : COST_RAGGED_HYPHEN;
    return c->mark == BX_P_LONG ? COST_LONG_START : 0;
}

/* Between letters of an address a line may end so that the words before the address are not spread:
 * a line of the address alone has a better place. */
static bool in_word_of_address(const bx_cluster *c) {
    return c->before == BX_BREAK_LATE && (c->flags & BX_CL_URL) && c[-1].code != '/';
}

static bool usable(const pass *x, uint32_t at) {
    switch (x->p->clusters.at[at].before) {
    case BX_BREAK_YES:
    case BX_BREAK_SOFT:
    case BX_BREAK_FORCED:
        return true;
    case BX_BREAK_HYPHENATE:
        return x->hyphenate || x->last;
    case BX_BREAK_LATE:
        return x->late;
    case BX_BREAK_LAST:
        return x->last;
    default:
        return false;
    }
}

static candidate candidate_for(const pass *x, const start *from, uint32_t at, uint32_t content,
                               bool final) {
    const bx_paragraph *p = x->p;
    candidate c = {.m = bx_measure_line(p, from->at, content), .room = from->room, .final = final};
    if (!final) {
        uint8_t before = p->clusters.at[at].before;
        c.hyphen = before == BX_BREAK_SOFT || before == BX_BREAK_HYPHENATE;
        if (content > from->at && content == at && (p->clusters.at[at].flags & BX_CL_UNSAFE))
            c.kern = bx_lost_kern(p, content - 1);
        c.penalty = penalty_of(x, at);
        if (in_word_of_address(&p->clusters.at[at]))
            c.penalty = c.m.gaps < FEW_GAPS ? COST_LAST : COST_ADDRESS_WORD;
    } else if (c.m.solid < 2 && from->at != x->segment) {
        c.penalty = COST_ORPHAN;
    }
    return c;
}

/* Most lines that could be tried are shorter than the tolerance lets them be stretched, and are
 * passed over without being weighed. With sums before its start (s) and before its end (e), a
 * line's are
 *
 *     room - (e.width - s.width) - (e.grow - s.grow) > tolerance × em × (e.places - s.places + 1)
 *
 * which is one comparison when what belongs to the start stands on one side. */
static int64_t far_of(const pass *x, int64_t width, int64_t grow, int64_t places) {
    return (width + grow) * BX_EM + ((int64_t)x->tolerance + 1) * x->p->in.size * places;
}

static start start_at(const pass *x, uint32_t at) {
    const bx_paragraph *p = x->p;
    start s = {.at = at, .first = x->s->nodes.n, .room = line_measure(x, at), .reach = INT64_MIN};
    if (x->tolerance == INT32_MAX)
        return s;
    int64_t edge =
        at < p->clusters.n ? p->clusters.at[at].edge_lead - p->clusters.at[at].pair_lead : 0;
    const bx_sum *sum = &p->sums[at];
    s.reach = far_of(x, s.room + sum->width + edge, sum->grow, sum->places);
    return s;
}

static void keep_best(pass *x, uint32_t at) {
    if (!x->has)
        return;
    start s = start_at(x, at);
    for (int k = 0; k < CLASSES; k++)
        if (x->has >> k & 1)
            bx_push(x->p->arena, &x->s->nodes, x->best[k]);
    x->has = 0;
    s.n = x->s->nodes.n - s.first;
    bx_push(x->p->arena, &x->s->starts, s);
}

/* How far a line that ends here goes at least. INT64_MAX: lines to here are all weighed. */
static int64_t end_at(const pass *x, uint32_t at, bool final) {
    const bx_paragraph *p = x->p;
    uint32_t content = p->content[at];
    if (final || p->in.set.align != BX_ALIGN_JUSTIFY || !content ||
        (p->clusters.at[at].flags & BX_CL_UNSAFE) || x->tolerance == INT32_MAX)
        return INT64_MAX;
    const bx_sum *sum = &p->sums[content];
    const bx_cluster *e = &p->clusters.at[content - 1];
    int64_t edge = e->pair_tail - e->edge_tail - e->gap - e->pad + p->hyphen;
    return far_of(x, sum->width + edge, sum->grow, (int64_t)sum->places + 1);
}

/* All lines that end at this break. False: no line reaches it, and none will reach a later one. */
static bool reach(pass *x, uint32_t at, bool final) {
    uint32_t content = x->p->content[at];
    int64_t end = end_at(x, at, final);
    for (uint32_t i = x->active; i < x->s->starts.n; i++) {
        const start *from = &x->s->starts.at[i];
        if (from->reach > end && content > from->at)
            continue;
        if (content <= from->at)
            content = from->at; /* nothing shows: an empty line before a forced break */
        candidate c = candidate_for(x, from, at, content, final);
        bool dead = false;
        if (content == from->at)
            try_nodes(x, from, at, &c, false);
        else
            try_line(x, from, at, content, &c, &dead);
        if (dead && i == x->active)
            x->active++;
        content = x->p->content[at];
    }
    bool any = x->has != 0;
    if (!any && x->active == x->s->starts.n && x->last) {
        const start *from = &x->s->starts.at[x->s->starts.n - 1];
        candidate c = candidate_for(x, from, at, content, final);
        try_nodes(x, from, at, &c, true);
        any = true;
    }
    bool alive = any || x->active < x->s->starts.n;
    keep_best(x, at);
    return alive;
}

/* Whether all from a start to the next forced break fits on one line; *end is that break. */
static bool fits_whole(const pass *x, uint32_t first, uint32_t *end) {
    const bx_paragraph *p = x->p;
    uint32_t at = first + 1;
    int64_t room = line_measure(x, first);
    while (at < p->clusters.n && p->clusters.at[at].before != BX_BREAK_FORCED) {
        if (p->sums[at].width - p->sums[first].width > room + 4 * (int64_t)p->in.size)
            return false;
        at++;
    }
    if (p->content[at] > first && bx_measure_line(p, first, p->content[at]).natural > room)
        return false;
    *end = at;
    return true;
}

/* Starts too near the break for the line to be stretched to the measure need not be tried: they are
 * found by the tolerance in weigh(); the loop over them is bounded by the measure all the same. */
static bool run_pass(pass *x) {
    bx_paragraph *p = x->p;
    uint32_t n = p->clusters.n;
    x->s->nodes.n = x->s->starts.n = 0;
    x->active = x->segment = 0;
    start all = start_at(x, 0);
    all.n = 1;
    bx_push(p->arena, &x->s->nodes, (node){.at = 0, .prev = UINT32_MAX});
    bx_push(p->arena, &x->s->starts, all);
    uint32_t at = 1;
    if (n)
        fits_whole(x, 0, &at); /* most titles, items and cells: straight to the end */
    for (; at <= n; at++) {
        bool forced = at < n && p->clusters.at[at].before == BX_BREAK_FORCED,
             final = at == n || forced;
        if (!final && !usable(x, at))
            continue;
        if (!reach(x, at, final))
            return false;
        if (!final)
            continue;
        const start *latest = &x->s->starts.at[x->s->starts.n - 1];
        if (latest->at != at)
            return false;
        x->active = x->s->starts.n - 1;
        x->segment = at;
        uint32_t end;
        if (at < n && fits_whole(x, at, &end))
            at = end - 1;
    }
    return true;
}

static bx_choice trace(const pass *x, bx_arena *arena) {
    const bx_paragraph *p = x->p;
    const start *end = &x->s->starts.at[x->s->starts.n - 1];
    uint32_t best = end->first;
    for (uint32_t i = end->first; i < end->first + end->n; i++)
        if (x->s->nodes.at[i].cost < x->s->nodes.at[best].cost)
            best = i;
    bx_choice choice = {0};
    for (uint32_t i = best; i != 0; i = x->s->nodes.at[i].prev)
        choice.n++;
    choice.at = bx_new_n(arena, bx_chosen, choice.n);
    uint32_t k = choice.n;
    for (uint32_t i = best; i != 0; i = x->s->nodes.at[i].prev) {
        const node *to = &x->s->nodes.at[i];
        uint32_t first = x->s->nodes.at[to->prev].at;
        bool final = to->at == p->clusters.n || p->clusters.at[to->at].before == BX_BREAK_FORCED;
        uint32_t content = p->content[to->at] > first ? p->content[to->at] : first;
        choice.at[--k] = (bx_chosen){.first = first,
                                     .content = content,
                                     .end = to->at,
                                     .hang = to->hang,
                                     .hyphen = to->hyphen,
                                     .late = to->late,
                                     .forced = final,
                                     .overfull = to->overfull};
    }
    return choice;
}

/* Steps of tolerance, 1/1024 em a gap: each is tried only when the one before finds no way through
 * the paragraph. Hyphens are used as soon as a line would be looser than the first, where they are
 * asked for; the last two steps also use poor breaks. */
static const int32_t tolerances[] = {BX_EM / 50, BX_EM / 28, BX_EM / 14,
                                     BX_EM / 10, BX_EM / 6,  BX_EM / 4};
enum { N_TOLERANCES = sizeof tolerances / sizeof *tolerances };

static bool try_pass(pass *x, int32_t tolerance, bool hyphenate, bool late, bool last) {
    x->tolerance = tolerance;
    x->hyphenate = hyphenate;
    x->late = late;
    x->last = last;
    if (hyphenate || last) /* dictionaries are not read before a step needs them */
        bx_hyphenate(x->p);
    return run_pass(x);
}

bx_choice bx_fit_lines(bx_paragraph *p, bx_len measure, bx_arena *arena) {
    if (!p->fit)
        p->fit = bx_new(p->arena, struct bx_fit_scratch);
    bool narrow = measure < (int64_t)NARROW * p->in.size;
    bool hyphenate = p->in.set.hyphenation == BX_HYPHENATE_ON ||
                     (narrow && p->in.set.hyphenation == BX_HYPHENATE_AUTO);
    pass x = {.p = p, .s = p->fit, .measure = measure};
    bool done = try_pass(&x, tolerances[0], false, false, false);
    for (int i = hyphenate ? 0 : 1; i < N_TOLERANCES && !done; i++)
        done = try_pass(&x, tolerances[i], hyphenate, false, false);
    if (!done && !try_pass(&x, INT32_MAX, hyphenate, true, false))
        try_pass(&x, INT32_MAX, hyphenate, true, true);
    return trace(&x, arena);
}
