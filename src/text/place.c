/* A set line as runs of positioned glyphs, in visual order. Every character typed keeps a glyph,
 * replaced and trailing spaces too (of no width), so that text copied from the page is what was
 * typed (R35). */
#include "text/paragraph.h"

#include "text/extras.h"

#include <hb.h>

/* UAX #9, L2: from the highest level down to the lowest odd one, reverse. NULL: nothing to reorder.
 */
static uint32_t *visual_order(const bx_setting_line *s, bx_arena *arena) {
    uint8_t highest = 0;
    for (uint32_t i = 0; i < s->n; i++) {
        uint8_t level = s->p->clusters.at[s->line.first + i].level;
        highest = level > highest ? level : highest;
    }
    if (highest == 0)
        return NULL;
    uint32_t *order = bx_new_n(arena, uint32_t, s->n);
    for (uint32_t i = 0; i < s->n; i++)
        order[i] = i;
    for (uint8_t level = highest; level > 0; level--)
        for (uint32_t i = 0; i < s->n;) {
            uint32_t end = i;
            while (end < s->n && s->p->clusters.at[s->line.first + order[end]].level >= level)
                end++;
            for (uint32_t a = i, b = end; a + 1 < b; a++) {
                uint32_t t = order[--b];
                order[b] = order[a];
                order[a] = t;
            }
            i = end > i ? end : i + 1;
        }
    return order;
}

typedef struct placer {
    bx_setting_line *s;
    bx_line *out;
    bx_arena *arena;
    BX_VEC(bx_glyph_run) runs;
    BX_VEC(bx_glyph) glyphs; /* of all runs */
    uint32_t first;          /* of the run being built */
    BX_VEC(bx_placed_object) objects;
    uint32_t item, span; /* of the run being built */
    bool open, reaches;  /* reaches: the line's ascent and descent count it */
    bx_len pen, end;     /* end: right edge of the run's latest cluster, its gap apart */
} placer;

static void close_run(placer *q) {
    if (!q->open)
        return;
    bx_glyph_run *run = &q->runs.at[q->runs.n - 1];
    run->n = q->glyphs.n - q->first;
    run->width = q->end - run->x;
    q->first = q->glyphs.n;
    q->open = false;
}

/* Where the glyphs of each run are, once the array grows no more. */
static void point_runs(placer *q) {
    const bx_glyph *at = q->glyphs.at;
    for (uint32_t i = 0; i < q->runs.n; at += q->runs.at[i++].n)
        q->runs.at[i].glyphs = at;
}

static void open_run(placer *q, const bx_cluster *c, bx_len x) {
    const bx_paragraph *p = q->s->p;
    const bx_item_run *item = &p->items.at[c->item];
    if (q->open && q->item == c->item && q->span == c->span) {
        bx_glyph_run *run = &q->runs.at[q->runs.n - 1];
        run->start = c->start < run->start ? c->start : run->start;
        run->end = c->end > run->end ? c->end : run->end;
        return;
    }
    close_run(q);
    q->open = true;
    q->reaches = false;
    q->item = c->item;
    q->span = c->span;
    bx_push(q->arena, &q->runs,
            (bx_glyph_run){.face = item->face,
                           .size = item->size,
                           .span = bx_cluster_span(p, c),
                           .text = p->text,
                           .start = c->start,
                           .end = c->end,
                           .x = x,
                           .rtl = c->level & 1});
}

/* The glyphs of a cluster: as shaped at first, or anew for this line. */
static const bx_glyph_shape *glyphs_of(const bx_setting_line *s, uint32_t cluster, uint32_t *n) {
    for (uint32_t i = 0; i < s->n_pieces; i++) {
        const bx_piece_shape *piece = &s->pieces[i];
        if (cluster >= piece->first && cluster < piece->first + piece->n) {
            *n = piece->n_glyphs[cluster - piece->first];
            return piece->glyphs + piece->glyph[cluster - piece->first];
        }
    }
    *n = s->p->clusters.at[cluster].n_glyphs;
    return s->p->glyphs.at + s->p->clusters.at[cluster].glyph;
}

static void add_reach(placer *q, const bx_face *face, bx_len size, bx_len raise) {
    const bx_face_info *info = bx_face_get(face);
    q->out->ascent =
        bx_len_max(q->out->ascent, bx_muldiv(info->ascender, size, info->units_per_em) + raise);
    q->out->descent =
        bx_len_max(q->out->descent, bx_muldiv(-info->descender, size, info->units_per_em) - raise);
}

/* White that was hidden and stands for a line break of the source has no text at all. */
static bool has_text(const bx_cluster *c) {
    if (c->flags & BX_CL_FORCED)
        return false;
    return !(c->flags & BX_CL_HIDDEN) || ((c->flags & BX_CL_SPACE) && !(c->flags & BX_CL_SOFT));
}

static void put_glyphs(placer *q, uint32_t cluster, bx_len x, bool blank) {
    const bx_paragraph *p = q->s->p;
    const bx_cluster *c = &p->clusters.at[cluster];
    const bx_text_span *span = bx_cluster_span(p, c);
    uint32_t n;
    const bx_glyph_shape *g = glyphs_of(q->s, cluster, &n);
    for (uint32_t i = 0; i < n; i++) {
        bx_glyph out = {.id = g[i].id,
                        .cluster = c->start,
                        .bytes = i == 0 ? c->end - c->start : 0,
                        .x = x + g[i].x,
                        .y = span->raise + g[i].y,
                        .advance = blank ? 0 : g[i].advance};
        bx_push(q->arena, &q->glyphs, out);
        x += g[i].advance;
    }
    if (n && !blank && !q->reaches) {
        add_reach(q, p->items.at[c->item].face, p->items.at[c->item].size, span->raise);
        q->reaches = true;
    }
}

/* The next cluster stands at `end`. */
static void note_white(placer *q, bx_len end) {
    if (q->glyphs.n == 0)
        return;
    bx_glyph *last = &q->glyphs.at[q->glyphs.n - 1];
    last->white = bx_len_max(0, end - last->x - last->advance);
}

static void put_object(placer *q, const bx_cluster *c, bx_len x) {
    const bx_text_span *span = bx_cluster_span(q->s->p, c);
    close_run(q);
    bx_push(q->arena, &q->objects, (bx_placed_object){.span = span, .x = x});
    q->out->ascent = bx_len_max(q->out->ascent, span->object->ascent + span->raise);
    q->out->descent = bx_len_max(q->out->descent, span->object->descent - span->raise);
}

static bx_len width_of(const bx_cluster *c, const bx_placed *w) {
    return c->rigid + w->cell - w->lead - w->tail + w->space;
}

/* White between the i-th cluster and the next, which no text stands for. */
static bx_len white_after(const bx_setting_line *s, uint32_t i) {
    return s->placed[i].gap + (i + 1 < s->n ? s->p->clusters.at[s->line.first + i + 1].rigid : 0);
}

static void put_cluster(placer *q, uint32_t i) {
    const bx_cluster *c = &q->s->p->clusters.at[q->s->line.first + i];
    bx_placed *w = &q->s->placed[i];
    bx_len width = width_of(c, w);
    bool rtl = c->level & 1;
    if (rtl)
        q->pen += w->gap;
    w->x = q->pen;
    bx_len x = q->pen + c->rigid + c->offset - w->lead;
    if (c->flags & BX_CL_OBJECT) {
        put_object(q, c, x);
    } else if (has_text(c) && q->s->p->items.at[c->item].face) {
        open_run(q, c, q->pen);
        put_glyphs(q, q->s->line.first + i, x, (c->flags & BX_CL_HIDDEN) != 0);
        bx_len white = white_after(q->s, i);
        if (white > 0 && !rtl)
            note_white(q, q->pen + width + white);
        q->end = q->pen + width;
    }
    q->pen += width + (rtl ? 0 : w->gap);
}

/* The same for clusters from i on that go on with the open run, glyph by glyph, as nearly all do
 * but the first. Returns the first that does not. */
static uint32_t put_following(placer *q, uint32_t i) {
    const bx_setting_line *s = q->s;
    if (!q->open || !q->reaches || s->n_pieces)
        return i;
    const bx_cluster *at = s->p->clusters.at + s->line.first;
    const bx_glyph_shape *shapes = s->p->glyphs.at;
    const uint32_t item = q->item, span = q->span, first = i;
    const bx_len raise = s->p->in.spans[span].raise;
    uint32_t room = q->glyphs.cap - q->glyphs.n, end = s->n - i < room ? s->n : i + room;
    bx_glyph *out = q->glyphs.at + q->glyphs.n;
    bx_len pen = q->pen;
    for (; i < end; i++, out++) {
        const bx_cluster *c = &at[i];
        if (c->item != item || c->span != span || c->n_glyphs != 1 || (c->level & 1) ||
            (c->flags & (BX_CL_OBJECT | BX_CL_HIDDEN | BX_CL_FORCED)))
            break;
        bx_placed *w = &s->placed[i];
        const bx_glyph_shape *g = &shapes[c->glyph];
        bx_len width = width_of(c, w), white = white_after(s, i);
        bx_len x = pen + c->rigid + c->offset - w->lead + g->x;
        *out = (bx_glyph){.id = g->id,
                          .cluster = c->start,
                          .bytes = c->end - c->start,
                          .x = x,
                          .y = raise + g->y,
                          .advance = g->advance,
                          .white =
                              white > 0 ? bx_len_max(0, pen + width + white - x - g->advance) : 0};
        w->x = pen;
        q->end = pen + width;
        pen += width + w->gap;
    }
    q->pen = pen;
    q->glyphs.n += i - first;
    if (i > first)
        q->runs.at[q->runs.n - 1].end = at[i - 1].end;
    return i;
}

/* The hyphen that breaking added. At a soft hyphen it is that character; else it has no text. */
static void put_hyphen(placer *q) {
    const bx_paragraph *p = q->s->p;
    uint32_t at = q->s->line.content;
    const bx_cluster *last = &p->clusters.at[at - 1];
    const bx_face *face = p->items.at[last->item].face;
    if (!face)
        return;
    open_run(q, last, q->pen);
    bx_glyph g = {.id = bx_face_glyph(face, '-', 0),
                  .cluster = BX_NO_TEXT,
                  .x = q->pen,
                  .y = bx_cluster_span(p, last)->raise,
                  .advance = p->hyphen};
    if (at < p->clusters.n && (p->clusters.at[at].flags & BX_CL_SHY)) {
        g.cluster = p->clusters.at[at].start;
        g.bytes = p->clusters.at[at].end - p->clusters.at[at].start;
        q->runs.at[q->runs.n - 1].end = p->clusters.at[at].end;
    }
    bx_push(q->arena, &q->glyphs, g);
    q->pen += p->hyphen;
    q->end = q->pen;
}

/* Spaces at the line's end are there for those who copy the text. */
static void put_trailing(placer *q) {
    const bx_paragraph *p = q->s->p;
    for (uint32_t i = q->s->line.content; i < q->s->line.end; i++) {
        const bx_cluster *c = &p->clusters.at[i];
        if ((c->flags & BX_CL_SPACE) && has_text(c) && q->open && p->items.at[c->item].face) {
            bx_len end = q->end;
            open_run(q, c, q->pen);
            put_glyphs(q, i, q->pen, true);
            q->end = q->runs.at[q->runs.n - 1].x > end ? q->pen : end;
        }
    }
}

bx_str bx_run_text(const bx_glyph_run *run, bx_arena *arena) {
    bx_buf text = bx_buf_new(arena);
    const bx_glyph *glyphs = bx_run_unpack(arena, run).glyphs;
    for (uint32_t i = 0; i < run->n; i++) {
        const bx_glyph *g = &glyphs[run->rtl ? run->n - 1 - i : i];
        if (g->cluster != BX_NO_TEXT)
            bx_buf_str(&text, bx_str_sub(run->text, g->cluster, g->cluster + g->bytes));
    }
    return bx_buf_view(&text);
}

void bx_line_place(bx_setting_line *s, bx_line *out, bx_arena *arena) {
    const bx_paragraph *p = s->p;
    placer q = {.s = s, .out = out, .arena = arena, .pen = out->x};
    bx_reserve(arena, &q.glyphs, s->n + 1); /* most clusters have one; and a hyphen */
    uint32_t *order = visual_order(s, arena);
    for (uint32_t i = 0; i < s->n; i++) {
        put_cluster(&q, order ? order[i] : i);
        if (!order)
            i = put_following(&q, i + 1) - 1;
    }
    if (s->line.hyphen && s->n)
        put_hyphen(&q);
    put_trailing(&q);
    close_run(&q);
    point_runs(&q);
    out->start = s->line.first < p->clusters.n ? p->clusters.at[s->line.first].start : p->in.text.n;
    out->end =
        s->line.content > s->line.first ? p->clusters.at[s->line.content - 1].end : out->start;
    out->natural = s->natural;
    out->width = s->width;
    out->runs = q.runs.at;
    out->n_runs = q.runs.n;
    out->objects = q.objects.at;
    out->n_objects = q.objects.n;
    out->forced = s->line.forced;
    out->hyphen = s->line.hyphen;
    out->stretch = s->stretch;
    bx_extras extras = {.arena = arena, .ascent = out->ascent, .descent = out->descent};
    bx_place_ruby(&extras, s, out);
    bx_place_dots(&extras, s);
    out->extras = extras.runs.at;
    out->n_extras = extras.runs.n;
    out->ascent = extras.ascent;
    out->descent = extras.descent;
}
