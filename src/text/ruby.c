/* Readings over characters (R30). A reading is a paragraph of half the size, set on one line and
 * centred over its base; it may hang over neighbours that have none before the base is widened, and
 * two readings keep a quarter em apart. Bopomofo stands to the right of each character instead, in
 * a column of half an em. */
#include "text/extras.h"

#include "base/utf8.h"

enum { ZHUYIN_SIZE = 3 /* tenths of an em */ };

struct bx_ruby {
    uint32_t first, end; /* clusters of the base */
    const bx_line *line; /* the reading, set */
    bx_len room;         /* white between its edge and the base's; negative when it hangs over */
    bool zhuyin;
};

static bool is_bopomofo(uint32_t c) {
    return (c >= 0x3100 && c <= 0x312F) || (c >= 0x31A0 && c <= 0x31BF);
}

static bool is_tone(uint32_t c) { return c == 0x02CA || c == 0x02C7 || c == 0x02CB || c == 0x02D9; }

static bool has_bopomofo(bx_str reading) {
    for (uint32_t i = 0; i < reading.n;)
        if (is_bopomofo(bx_utf8_next(reading, &i)))
            return true;
    return false;
}

static const bx_line *set_reading(bx_paragraph *p, const bx_text_span *base, bool zhuyin) {
    bx_text_span *span = bx_new(p->arena, bx_text_span);
    *span = (bx_text_span){.end = base->ruby.n,
                           .font = base->font,
                           .color = base->color,
                           .source = base->source,
                           .size = zhuyin ? base->size * ZHUYIN_SIZE / 10 : base->size / 2,
                           .lang = base->lang};
    bx_text_input in = {.text = base->ruby,
                        .spans = span,
                        .n_spans = 1,
                        .size = span->size,
                        .pitch = span->size,
                        .lang = p->in.lang,
                        .edge_trim = true};
    bx_paragraph *reading = bx_paragraph_new(p->arena, p->fonts, &in, p->report);
    bx_lines lines = bx_paragraph_lines(reading, BX_NO_MEASURE, p->arena, NULL);
    return lines.n ? &lines.at[0] : NULL;
}

static bx_len base_width(const bx_paragraph *p, const bx_ruby *r) {
    bx_len w = 0;
    for (uint32_t i = r->first; i < r->end; i++) {
        const bx_cluster *c = &p->clusters.at[i];
        w += bx_cluster_advance(c) + (i + 1 < r->end ? c->gap + c->pad : 0);
    }
    return w;
}

static bool same_kind(const bx_ruby *a, const bx_ruby *b) {
    return a && b && !a->zhuyin && !b->zhuyin;
}

/* Room that must be added between two bases, or beside one whose neighbour has no reading. */
static bx_len missing_room(const bx_paragraph *p, const bx_ruby *a, const bx_ruby *b, bx_len em) {
    if (same_kind(a, b) && a->end == b->first)
        return em / 4 - a->room - b->room - p->clusters.at[a->end - 1].gap;
    const bx_ruby *r = a ? a : b;
    return -r->room - em / 4; /* it may hang a quarter em over a neighbour */
}

static void widen(bx_paragraph *p, bx_ruby *list, uint32_t n) {
    for (uint32_t i = 0; i < n; i++) {
        bx_ruby *r = &list[i];
        bx_len em = bx_cluster_span(p, &p->clusters.at[r->first])->size;
        if (r->zhuyin) {
            for (uint32_t k = r->first; k < r->end; k++)
                p->clusters.at[k].cell += em / 2;
            continue;
        }
        bool joined = i > 0 && list[i - 1].end == r->first && !list[i - 1].zhuyin;
        bool joins = i + 1 < n && list[i + 1].first == r->end && !list[i + 1].zhuyin;
        if (!joined && r->first > 0)
            p->clusters.at[r->first].rigid += bx_len_max(0, missing_room(p, NULL, r, em));
        bx_len after = missing_room(p, r, joins ? &list[i + 1] : NULL, em);
        p->clusters.at[r->end - 1].pad += bx_len_max(0, after);
    }
}

void bx_set_ruby(bx_paragraph *p) {
    BX_VEC(bx_ruby) list = {0};
    for (uint32_t i = 0; i < p->clusters.n;) {
        const bx_cluster *c = &p->clusters.at[i];
        const bx_text_span *span = bx_cluster_span(p, c);
        uint32_t end = i + 1;
        while (end < p->clusters.n && p->clusters.at[end].span == c->span)
            end++;
        if (span->ruby.n) {
            bx_ruby r = {.first = i, .end = end, .zhuyin = has_bopomofo(span->ruby)};
            r.line = set_reading(p, span, r.zhuyin);
            if (r.line) {
                r.room = (base_width(p, &r) - r.line->width) / 2;
                bx_push(p->arena, &list, r);
            }
        }
        i = end;
    }
    widen(p, list.at, list.n);
    p->rubies = list.at;
    p->n_rubies = list.n;
}

/* A copy of the reading's runs, moved. */
static void add_run(bx_extras *x, const bx_glyph_run *from, const bx_text_span *base, bx_len dx,
                    bx_len dy) {
    bx_glyph_run run = *from;
    bx_glyph *glyphs = bx_new_n(x->arena, bx_glyph, run.n);
    for (uint32_t i = 0; i < run.n; i++) {
        glyphs[i] = from->glyphs[i];
        glyphs[i].x += dx;
        glyphs[i].y += dy;
    }
    run.glyphs = glyphs;
    run.x += dx;
    run.span = base;
    bx_push(x->arena, &x->runs, run);
}

static bx_len right_edge(const bx_setting_line *s, uint32_t cluster) {
    const bx_placed *q = &s->placed[cluster - s->line.first];
    const bx_cluster *c = &s->p->clusters.at[cluster];
    return q->x + c->rigid + q->cell - q->lead - q->tail;
}

static void place_over(bx_extras *x, const bx_setting_line *s, const bx_ruby *r,
                       const bx_line *line) {
    const bx_text_span *span = bx_cluster_span(s->p, &s->p->clusters.at[r->first]);
    bx_len left = s->placed[r->first - s->line.first].x + s->p->clusters.at[r->first].rigid;
    bx_len at = (left + right_edge(s, r->end - 1) - r->line->width) / 2;
    /* at the line's ends the reading stays within the measure (jlreq) */
    at = bx_len_max(
        line->x, bx_len_min(at, line->x + bx_len_max(s->width, r->line->width) - r->line->width));
    at = bx_len_max(at, x->taken);
    x->taken = at + r->line->width + span->size / 4;
    bx_len up = span->raise + span->size * 88 / 100 + span->size * 8 / 100;
    for (uint32_t i = 0; i < r->line->n_runs; i++)
        add_run(x, &r->line->runs[i], span, at, up);
    x->ascent = bx_len_max(x->ascent, up + span->size * 44 / 100);
}

/* Symbols one below the other beside their character; a tone stands to the right of the last. */
static void place_beside(bx_extras *x, const bx_setting_line *s, const bx_ruby *r) {
    const bx_text_span *span = bx_cluster_span(s->p, &s->p->clusters.at[r->first]);
    bx_len step = span->size * ZHUYIN_SIZE / 10;
    uint32_t cluster = r->first, symbols = 0, row = 0;
    for (uint32_t i = 0; i < r->line->n_runs; i++) {
        const bx_glyph_run *run = &r->line->runs[i];
        bx_glyph *glyphs = bx_new_n(x->arena, bx_glyph, run->n);
        for (uint32_t g = 0; g < run->n; g++) {
            uint32_t at = run->glyphs[g].cluster, code = bx_utf8_next(run->text, &at);
            glyphs[g] = run->glyphs[g];
            if (code == ' ') { /* the next character's reading */
                cluster += cluster + 1 < r->end;
                row = 0;
                continue;
            }
            if (row == 0) { /* how many symbols this character has */
                symbols = 0;
                for (uint32_t k = run->glyphs[g].cluster; k < run->text.n && run->text.p[k] != ' ';)
                    symbols += is_bopomofo(bx_utf8_next(run->text, &k));
            }
            bool tone = is_tone(code);
            bx_len column = right_edge(s, cluster) - span->size / 2;
            bx_len top =
                span->raise + span->size * 38 / 100 + (bx_len)symbols * step / 2; /* of the stack */
            uint32_t stands = tone && code != 0x02D9 && row > 0 ? row - 1 : row;
            glyphs[g].x = column + (tone && code != 0x02D9 ? step : 0);
            glyphs[g].y = top - (bx_len)stands * step - step * 88 / 100;
            row += !tone || code == 0x02D9;
        }
        bx_glyph_run copy = *run;
        copy.glyphs = glyphs;
        copy.span = span;
        copy.x = right_edge(s, r->first) - span->size / 2;
        copy.width = span->size / 2;
        bx_push(x->arena, &x->runs, copy);
    }
}

void bx_place_ruby(bx_extras *x, const bx_setting_line *s, const bx_line *line) {
    const bx_paragraph *p = s->p;
    for (uint32_t i = 0; i < p->n_rubies; i++) {
        const bx_ruby *r = &p->rubies[i];
        if (r->first < s->line.first || r->end > s->line.content)
            continue;
        if (r->zhuyin)
            place_beside(x, s, r);
        else
            place_over(x, s, r, line);
    }
}
