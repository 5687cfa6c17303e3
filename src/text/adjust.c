/* One line, compressed (R14) or stretched (R15) in tiers: equal amounts within a tier, and a tier
 * is exhausted before the next is touched. */
#include "text/paragraph.h"

/* Something that may change: by at most `most`. */
typedef struct part {
    bx_len *amount;
    bx_len most;
} part;

typedef struct parts {
    bx_arena *arena;
    BX_VEC(part) list;
} parts;

static void add_part(parts *t, bx_len *amount, bx_len most) {
    if (most > 0)
        bx_push(t->arena, &t->list, (part){amount, most});
}

/* Shares `total` among the parts in equal amounts, none beyond its most; `sign` says whether parts
 * grow or shrink. Returns what could not be shared. */
static int64_t share_out(parts *t, int64_t total, int sign) {
    uint32_t left = t->list.n;
    while (total > 0 && left > 0) {
        bx_len each = (bx_len)(total / left), extra = (bx_len)(total % left);
        uint32_t kept = 0;
        bool capped = false;
        for (uint32_t i = 0; i < left; i++)
            capped = capped || t->list.at[i].most <= each;
        for (uint32_t i = 0; i < left; i++) {
            part q = t->list.at[i];
            bx_len take = capped ? (q.most <= each ? q.most : 0) : each + ((bx_len)i < extra);
            take = bx_len_min(take, q.most);
            *q.amount += sign * take;
            total -= take;
            if (capped && q.most > each)
                t->list.at[kept++] = q;
        }
        left = kept;
        if (!capped)
            break;
    }
    t->list.n = 0;
    return total;
}

static bx_len placed_width(const bx_cluster *c, const bx_placed *q) {
    return c->rigid + q->cell - q->lead - q->tail + q->space + q->gap;
}

/* Shapes [first, end) anew and takes over its widths. */
static void reshape(bx_setting_line *s, uint32_t first, uint32_t end, bx_arena *arena) {
    bx_piece_shape *piece = &s->pieces[s->n_pieces++];
    *piece = bx_shape_piece(s->p, first, end, arena);
    for (uint32_t i = 0; i < piece->n; i++) {
        bx_placed *q = &s->placed[first - s->line.first + i];
        q->cell = 0;
        for (uint32_t k = 0; k < piece->n_glyphs[i]; k++)
            q->cell += piece->glyphs[piece->glyph[i] + k].advance;
    }
}

static bool torn(const bx_paragraph *p, uint32_t at) {
    return at > 0 && at < p->clusters.n && (p->clusters.at[at].flags & BX_CL_UNSAFE) &&
           p->clusters.at[at].item == p->clusters.at[at - 1].item;
}

/* Where a line breaks between glyphs that were shaped together, the piece up to the nearest safe
 * place is shaped again. */
static void mend_edges(bx_setting_line *s, bx_arena *arena) {
    const bx_paragraph *p = s->p;
    uint32_t first = s->line.first, content = s->line.content, head = first, tail = content;
    if (torn(p, first)) {
        head++;
        while (head < content && torn(p, head))
            head++;
    }
    if (content == s->line.end && torn(p, content)) {
        tail--;
        while (tail > first && torn(p, tail))
            tail--;
    }
    if (head > tail) { /* one word fills the line */
        reshape(s, first, content, arena);
        return;
    }
    if (head > first)
        reshape(s, first, head, arena);
    if (tail < content)
        reshape(s, tail, content, arena);
}

bx_setting_line bx_line_begin(const bx_paragraph *p, const bx_chosen *line, bx_arena *arena) {
    bx_setting_line s = {.p = p, .line = *line, .n = line->content - line->first};
    s.placed = bx_new_n(arena, bx_placed, s.n);
    for (uint32_t i = 0; i < s.n; i++)
        s.placed[i].cell = p->clusters.at[line->first + i].cell;
    if (s.n)
        mend_edges(&s, arena);
    for (uint32_t i = 0; i < s.n; i++) {
        const bx_cluster *c = &p->clusters.at[line->first + i];
        bool first = i == 0, last = i + 1 == s.n;
        bx_placed *q = &s.placed[i];
        q->lead = c->base_lead + (first ? c->edge_lead : c->pair_lead);
        q->tail =
            c->base_tail + (last ? c->edge_tail + (line->late ? c->late_tail : 0) : c->pair_tail);
        q->gap = last ? 0 : c->gap + c->pad;
        s.natural += placed_width(c, q);
    }
    if (line->hyphen)
        s.natural += p->hyphen;
    s.width = s.natural;
    return s;
}

/* How much of a line hangs outside the measure. */
static bx_len hanging(const bx_setting_line *s) {
    if (!s->line.hang || s->n == 0)
        return 0;
    const bx_cluster *c = &s->p->clusters.at[s->line.content - 1];
    return placed_width(c, &s->placed[s->n - 1]);
}

static void gather_tier(bx_setting_line *s, parts *t, int tier) {
    for (uint32_t i = 0; i < s->n; i++) {
        const bx_cluster *c = &s->p->clusters.at[s->line.first + i];
        bx_placed *q = &s->placed[i];
        bool last = i + 1 == s->n;
        if (tier == 2 && c->gap_kind == BX_GAP_WORD && !last)
            add_part(t, &q->space, c->shrink);
        if (tier == 6 && c->gap_kind == BX_GAP_AUTO && !last)
            add_part(t, &q->gap, c->shrink);
        if (c->tier_lead == tier)
            add_part(t, &q->lead, c->base_lead + c->blank_lead - q->lead);
        if (c->tier_tail == tier && !(last && (c->late_tail || s->line.hang)))
            add_part(t, &q->tail, c->base_tail + c->blank_tail - q->tail);
    }
}

/* A bit for each tier that something of the line belongs to. */
static uint32_t tiers_of(const bx_setting_line *s) {
    uint32_t tiers = 0;
    for (uint32_t i = 0; i < s->n; i++) {
        const bx_cluster *c = &s->p->clusters.at[s->line.first + i];
        tiers |= 1u << c->tier_lead | 1u << c->tier_tail | (c->gap_kind == BX_GAP_WORD) << 2 |
                 (c->gap_kind == BX_GAP_AUTO) << 6;
    }
    return tiers;
}

/* Both return what could not be shared out. */
static int64_t compress(bx_setting_line *s, int64_t need, bx_arena *arena) {
    parts t = {.arena = arena};
    uint32_t tiers = tiers_of(s);
    for (int tier = 2; tier <= 7 && need > 0; tier++) {
        if (!(tiers >> tier & 1))
            continue;
        gather_tier(s, &t, tier);
        bool cuts = tier != 2 && tier != 6; /* marks are cut more; spaces and gaps become less */
        need = share_out(&t, need, cuts ? 1 : -1);
    }
    return need;
}

/* The gaps of these kinds, each to grow as far as its own kind may, or by `cap`. */
static void gather_gaps(bx_setting_line *s, parts *t, uint32_t kinds, bx_len cap) {
    for (uint32_t i = 0; i + 1 < s->n; i++) {
        const bx_cluster *c = &s->p->clusters.at[s->line.first + i];
        bx_placed *q = &s->placed[i];
        if (kinds >> c->gap_kind & 1)
            add_part(t, c->gap_kind == BX_GAP_WORD ? &q->space : &q->gap, cap ? cap : c->grow);
    }
}

/* A bit for each kind of gap that the line has. */
static uint32_t kinds_of(const bx_setting_line *s) {
    uint32_t kinds = 0;
    for (uint32_t i = 0; i + 1 < s->n; i++)
        kinds |= 1u << s->p->clusters.at[s->line.first + i].gap_kind;
    return kinds;
}

/* Spaces and autospace keep to their half em as long as anything else may be spread. ja: gaps
 * beside marks are spared until the others are a quarter em wider. */
static int64_t stretch_line(bx_setting_line *s, int64_t need, bx_arena *arena) {
    enum {
        WORD = 1 << BX_GAP_WORD,
        AUTO = 1 << BX_GAP_AUTO,
        HAN = 1 << BX_GAP_HAN,
        MARK = 1 << BX_GAP_MARK
    };
    const uint32_t kinds = kinds_of(s);
    const struct {
        uint32_t kinds;
        bx_len cap; /* 0: the gap's own */
    } tiers[] = {{WORD, 0},
                 {AUTO, 0},
                 {HAN, kinds & MARK ? s->p->in.size / 4 : BX_LEN_MAX},
                 {kinds & (HAN | MARK) ? HAN | MARK : WORD | AUTO, BX_LEN_MAX}};
    parts t = {.arena = arena};
    for (size_t k = 0; k < sizeof tiers / sizeof *tiers && need > 0; k++) {
        if (!(kinds & tiers[k].kinds))
            continue;
        gather_gaps(s, &t, tiers[k].kinds, tiers[k].cap);
        uint32_t gaps = t.list.n;
        int64_t before = need;
        need = share_out(&t, need, 1);
        if (gaps && k >= 2)
            s->stretch += (int32_t)((before - need) * BX_EM / ((int64_t)gaps * s->p->in.size));
    }
    return need;
}

void bx_line_adjust(bx_setting_line *s, bx_len width, bool stretch, bx_arena *arena) {
    int64_t slack = (int64_t)width - (s->natural - hanging(s)), left = slack;
    if (slack < 0) {
        left = -compress(s, -slack, arena);
        s->stretch =
            s->n > 1 ? (int32_t)(slack * BX_EM / ((int64_t)(s->n - 1) * s->p->in.size)) : 0;
    } else if (slack > 0 && stretch) {
        left = stretch_line(s, slack, arena);
    }
    s->width = (bx_len)(s->natural + (slack - left)) - hanging(s);
}
