#include "bound.h"

#include <math.h>

enum { MOST_HYPHENS = 2, STATES = MOST_HYPHENS + 1 };

/* The best way to a break, of those that end with so many hyphens running. */
typedef struct way {
    bool reached;
    uint8_t hyphens; /* of the way to the line's start */
    double cost;
    bound_line line; /* the latest */
} way;

typedef struct search {
    const bx_paragraph *p;
    const bound_ask *ask;
    uint32_t segment; /* first cluster after the latest forced break */
    uint32_t *pairs;  /* n + 1: neighbouring Han before a cluster */
    way (*ways)[STATES];
} search;

static bool usable(const search *s, uint32_t at) {
    uint8_t before = s->p->clusters.at[at].before;
    return before != BX_BREAK_NO && before != BX_BREAK_LAST;
}

static bool forced(const search *s, uint32_t at) {
    return s->p->clusters.at[at].before == BX_BREAK_FORCED;
}

static bool hyphened(const search *s, uint32_t at) {
    uint8_t before = s->p->clusters.at[at].before;
    return before == BX_BREAK_SOFT || before == BX_BREAK_HYPHENATE;
}

static bool is_han(const bx_cluster *c) {
    return c->kind == BX_KIND_HAN && !(c->flags & BX_CL_HIDDEN);
}

static uint32_t *count_pairs(const bx_paragraph *p, bx_arena *arena) {
    uint32_t *pairs = bx_new_n(arena, uint32_t, (size_t)p->clusters.n + 1);
    for (uint32_t i = 1; i < p->clusters.n; i++)
        pairs[i + 1] =
            pairs[i] + (is_han(&p->clusters.at[i - 1]) && is_han(&p->clusters.at[i]) ? 1 : 0);
    return pairs;
}

typedef enum fit { FITS, TOO_WIDE, HOPELESS /* and so is every line that begins earlier */ } fit;

static fit try_line(const search *s, uint32_t first, uint32_t at, bound_line *line) {
    const bx_paragraph *p = s->p;
    bool final = at == p->clusters.n || forced(s, at);
    uint32_t content = p->content[at] > first ? p->content[at] : first;
    *line = (bound_line){.first = first, .content = content};
    if (content == first)
        return final ? FITS : TOO_WIDE;
    bx_measured m = bx_measure_line(p, first, content);
    if (!final && hyphened(s, at))
        m.natural += p->hyphen;
    if (!final && content == at && (p->clusters.at[at].flags & BX_CL_UNSAFE))
        m.natural += bx_lost_kern(p, content - 1);
    int64_t slack = s->ask->measure - (first == 0 ? p->in.set.indent : 0) - m.natural;
    if (-slack > m.shrink && !final)
        slack += bx_hang_of(p, content);
    if (-slack > m.shrink)
        return -slack > m.shrink + 2 * (int64_t)p->in.size ? HOPELESS : TOO_WIDE;
    if (final)
        return m.solid < 2 && first != s->segment ? TOO_WIDE : FITS;
    line->shows = s->pairs[content] > s->pairs[first + 1];
    double rest = (double)(slack - m.grow) / p->in.size;
    double stretch = m.gaps ? rest / m.gaps : m.places ? rest * 2 / m.places : rest;
    line->stretch = stretch > (line->shows ? 0 : s->ask->spare) ? stretch : 0;
    return FITS;
}

static double add(const search *s, double cost, double stretch) {
    switch (s->ask->aim) {
    case BOUND_WORST:
        return fmax(cost, stretch);
    case BOUND_BEYOND:
        return cost + (stretch > s->ask->limit);
    default:
        return cost + stretch * stretch;
    }
}

static void extend(search *s, uint32_t at, const bound_line *line) {
    bool hyphen = at < s->p->clusters.n && hyphened(s, at);
    for (uint8_t k = 0; k < STATES; k++) {
        const way *from = &s->ways[line->first][k];
        if (!from->reached || (hyphen && k == MOST_HYPHENS))
            continue;
        way *to = &s->ways[at][hyphen ? k + 1 : 0];
        double cost = add(s, from->cost, line->stretch);
        if (!to->reached || cost < to->cost)
            *to = (way){.reached = true, .hyphens = k, .cost = cost, .line = *line};
    }
}

static void run(search *s) {
    uint32_t n = s->p->clusters.n;
    s->ways[0][0].reached = true;
    for (uint32_t at = 1; at <= n; at++) {
        if (at < n && !usable(s, at))
            continue;
        for (uint32_t first = at; first-- > s->segment;) {
            bound_line line;
            fit f = first == 0 || usable(s, first) ? try_line(s, first, at, &line) : TOO_WIDE;
            if (f == HOPELESS)
                break;
            if (f == FITS)
                extend(s, at, &line);
        }
        if (at < n && forced(s, at))
            s->segment = at;
    }
}

static bound trace(const search *s, bx_arena *arena) {
    const way *end = NULL;
    for (int k = 0; k < STATES; k++) {
        const way *w = &s->ways[s->p->clusters.n][k];
        if (w->reached && (!end || w->cost < end->cost))
            end = w;
    }
    bound b = {0};
    const way *begin = &s->ways[0][0];
    for (const way *w = end; w && w != begin; w = &s->ways[w->line.first][w->hyphens])
        b.n++;
    bound_line *lines = bx_new_n(arena, bound_line, b.n);
    uint32_t i = b.n;
    for (const way *w = end; w && w != begin; w = &s->ways[w->line.first][w->hyphens])
        lines[--i] = w->line;
    b.at = end ? lines : NULL;
    return b;
}

bound bound_of(const bx_paragraph *p, const bound_ask *ask, bx_arena *arena) {
    search s = {.p = p, .ask = ask, .pairs = count_pairs(p, arena)};
    s.ways = bx_alloc_n(arena, (size_t)p->clusters.n + 1, sizeof *s.ways);
    run(&s);
    return trace(&s, arena);
}
