/* The public face of the folder: runs the stages in order. */
#include "text/paragraph.h"

#include <hb.h>

static bool runs_right_to_left(bx_str lang) {
    static const char *const tags[] = {"ar", "he", "fa", "ur", "yi", "ps", "dv", "ug"};
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++) {
        bx_str t = bx_str_of(tags[i]);
        if (lang.n >= t.n && memcmp(lang.p, t.p, t.n) == 0 && (lang.n == t.n || lang.p[t.n] == '-'))
            return true;
    }
    return false;
}

static bx_len hyphen_width(const bx_paragraph *p) {
    for (uint32_t i = 0; i < p->items.n; i++) {
        const bx_item_run *item = &p->items.at[i];
        if (!item->face)
            continue;
        bx_font_query query = {.style = p->in.spans[item->span].font,
                               .lang = item->lang,
                               .script_class = BX_FONT_LATIN,
                               .cluster = (const uint32_t[]){'-'},
                               .n = 1};
        bool missing = false;
        const bx_face *face = bx_fonts_pick(p->fonts, &query, &missing);
        return bx_muldiv(
            hb_font_get_glyph_h_advance(bx_face_hb_font(face), bx_face_glyph(face, '-', 0)),
            bx_em_at(bx_face_get(face)->scale, p->in.size), bx_face_get(face)->units_per_em);
    }
    return 0;
}

bx_paragraph *bx_paragraph_new(bx_arena *arena, const bx_fonts *fonts, const bx_text_input *input,
                               bx_report *report) {
    bx_paragraph *p = bx_new(arena, bx_paragraph);
    p->arena = arena;
    p->fonts = fonts;
    p->in = *input;
    p->report = report;
    p->region = bx_region_of(input->lang);
    p->rtl = runs_right_to_left(input->lang);
    bx_resolve(p);
    bx_resolve_quotes(p);
    bx_bidi(p);
    bx_itemize(p);
    bx_shape(p);
    bx_set_cells(p);
    bx_set_autospace(p);
    bx_set_pairs(p);
    bx_set_edges(p);
    bx_set_ruby(p);
    bx_mark_urls(p);
    p->hyphen = hyphen_width(p);
    bx_find_breaks(p);
    bx_set_gaps(p);
    return p;
}

static bx_choice whole(bx_paragraph *p, bx_arena *arena) {
    BX_VEC(bx_chosen) list = {0};
    uint32_t first = 0;
    for (uint32_t i = 1; i <= p->clusters.n; i++) {
        if (i < p->clusters.n && p->clusters.at[i].before != BX_BREAK_FORCED)
            continue;
        uint32_t content = p->content[i] > first ? p->content[i] : first;
        bx_push(arena, &list,
                (bx_chosen){.first = first, .content = content, .end = i, .forced = true});
        first = i;
    }
    return (bx_choice){list.at, list.n};
}

/* So many overfull lines of a paragraph are told of: to find a place takes time, and one says it
 * all. */
enum { MOST_TOLD = 20 };

static void warn_overfull(const bx_paragraph *p, const bx_setting_line *s, bx_len excess,
                          bx_report *report) {
    if (!report || s->n == 0)
        return;
    const bx_cluster *c = &p->clusters.at[s->line.first];
    const bx_text_span *span = bx_cluster_span(p, c);
    bx_str text = bx_str_sub(p->in.text, span->start, span->end);
    bx_span at = bx_span_of_char(report->sources, span->source, text,
                                 c->start > span->start ? c->start - span->start : 0);
    int64_t tenths = ((int64_t)excess * 10 + p->in.size / 2) / p->in.size;
    bx_say(report, BX_D_OVERFULL_LINE, at,
           "a line is %d.%d em wider than its measure and cannot be broken", (int)(tenths / 10),
           (int)(tenths % 10));
    bx_hint(report, "Put a zero-width space or a soft hyphen where it may break");
}

static bx_len indent_of(const bx_paragraph *p, uint32_t first) {
    return first == 0 ? p->in.set.indent : 0;
}

static bx_setting_line set_line(bx_paragraph *p, const bx_chosen *line, bx_len measure, bool fit,
                                bx_arena *arena) {
    bx_setting_line s = bx_line_begin(p, line, arena);
    bool stretch = fit || (p->in.set.align == BX_ALIGN_JUSTIFY && !line->forced && !line->overfull);
    if (measure < BX_NO_MEASURE)
        bx_line_adjust(&s, measure - indent_of(p, line->first), stretch, arena);
    return s;
}

static bx_len start_of(const bx_paragraph *p, const bx_setting_line *s, bx_len measure) {
    bx_len indent = indent_of(p, s->line.first);
    if (measure >= BX_NO_MEASURE)
        return indent;
    bx_len slack = bx_len_max(0, measure - indent - s->width);
    switch (p->in.set.align) {
    case BX_ALIGN_CENTER:
        return indent + slack / 2;
    case BX_ALIGN_END:
        return p->rtl ? 0 : indent + slack;
    default:
        return p->rtl ? slack : indent;
    }
}

static bx_lines set_lines(bx_paragraph *p, bx_choice choice, bx_len measure, bool fit,
                          bx_arena *arena, bx_report *report) {
    bx_line *at = bx_new_n(arena, bx_line, choice.n);
    bx_lines lines = {.at = at, .n = choice.n};
    uint32_t told = 0;
    for (uint32_t i = 0; i < choice.n; i++) {
        bx_setting_line s = set_line(p, &choice.at[i], measure, fit, arena);
        at[i].x = start_of(p, &s, measure);
        bx_line_place(&s, &at[i], arena);
        bx_len excess = s.width - (measure - indent_of(p, choice.at[i].first));
        if (measure < BX_NO_MEASURE && excess > p->in.size / 200) {
            lines.overfull = true;
            if (excess > p->in.size / 20 && told++ < MOST_TOLD) /* less is not seen */
                warn_overfull(p, &s, excess, report);
        }
    }
    p->latest = choice.at;
    p->n_latest = choice.n;
    p->latest_measure = measure;
    p->latest_fit = fit;
    return lines;
}

bx_lines bx_paragraph_lines(bx_paragraph *p, bx_len measure, bx_arena *arena, bx_report *report) {
    bx_choice choice = measure >= BX_NO_MEASURE ? whole(p, arena)
                       : p->in.set.balance      ? bx_balance_lines(p, measure, arena)
                                                : bx_fit_lines(p, measure, arena);
    return set_lines(p, choice, measure, false, arena, report);
}

bx_lines bx_paragraph_fit(bx_paragraph *p, bx_len width, bx_arena *arena) {
    bx_choice choice = whole(p, arena);
    for (uint32_t i = 0; i < choice.n; i++) {
        bx_chosen *line = &choice.at[i];
        line->late = line->content > line->first && p->clusters.at[line->content - 1].late_tail &&
                     bx_measure_line(p, line->first, line->content).natural >
                         width - indent_of(p, line->first);
    }
    return set_lines(p, choice, width, true, arena, NULL);
}

bx_len bx_paragraph_natural(const bx_paragraph *p) {
    int64_t widest = 0;
    uint32_t first = 0;
    for (uint32_t i = 1; i <= p->clusters.n; i++) {
        if (i < p->clusters.n && p->clusters.at[i].before != BX_BREAK_FORCED)
            continue;
        int64_t w = bx_measure_line(p, first, p->content[i]).natural + indent_of(p, first);
        widest = w > widest ? w : widest;
        first = i;
    }
    return (bx_len)(widest > BX_LEN_MAX ? BX_LEN_MAX : widest);
}

bx_len bx_paragraph_least(const bx_paragraph *p) {
    int64_t widest = 0;
    uint32_t first = 0;
    for (uint32_t i = 1; i <= p->clusters.n; i++) {
        uint8_t b = i < p->clusters.n ? p->clusters.at[i].before : BX_BREAK_FORCED;
        if (b != BX_BREAK_YES && b != BX_BREAK_FORCED && b != BX_BREAK_SOFT)
            continue;
        int64_t w =
            bx_measure_line(p, first, p->content[i]).natural + (b == BX_BREAK_SOFT ? p->hyphen : 0);
        widest = w > widest ? w : widest;
        first = i;
    }
    return (bx_len)(widest > BX_LEN_MAX ? BX_LEN_MAX : widest);
}

const bx_cluster_view *bx_paragraph_clusters(const bx_paragraph *const_p, const bx_lines *lines,
                                             uint32_t i, uint32_t *n) {
    bx_paragraph *p = (bx_paragraph *)const_p; /* only its arena is written to */
    *n = 0;
    if (i >= p->n_latest || i >= lines->n)
        return NULL;
    bx_setting_line s = set_line(p, &p->latest[i], p->latest_measure, p->latest_fit, p->arena);
    bx_line scratch = {.x = lines->at[i].x};
    bx_line_place(&s, &scratch, p->arena);
    bx_cluster_view *views = bx_new_n(p->arena, bx_cluster_view, s.n);
    for (uint32_t k = 0; k < s.n; k++) {
        const bx_cluster *c = &p->clusters.at[s.line.first + k];
        const bx_placed *q = &s.placed[k];
        if ((c->flags & BX_CL_HIDDEN) && (!(c->flags & BX_CL_SPACE) || (c->flags & BX_CL_SOFT)))
            continue;
        bx_len more = bx_len_max(0, q->space);
        views[(*n)++] =
            (bx_cluster_view){.start = c->start,
                              .end = c->end,
                              .x = q->x,
                              .advance = c->rigid + q->cell - q->lead - q->tail + q->space - more,
                              .gap = q->gap + more,
                              .face = p->items.at[c->item].face};
    }
    return views;
}
