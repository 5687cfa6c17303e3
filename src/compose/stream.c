#include "compose/stream.h"

#include "base/utf8.h"

bx_stream bx_stream_new(bx_composer *c, const bx_role *role, uint32_t tag) {
    return (bx_stream){
        .c = c,
        .role = role,
        .text = bx_buf_new(c->draft),
        .attr = {.font = role->font,
                 .size = role->size,
                 .tracking = role->tracking,
                 .color = role->color,
                 .flags = role->capitals ? BX_SPAN_CAPITALS : 0,
                 .tag = tag,
                 .role = role->name},
    };
}

static bool same_attr(const bx_text_span *a, const bx_text_span *b) {
    return bx_str_eq(a->font.family, b->font.family) && a->font.weight == b->font.weight &&
           a->font.italic == b->font.italic && a->size == b->size && a->raise == b->raise &&
           a->tracking == b->tracking && !memcmp(&a->color, &b->color, sizeof a->color) &&
           !memcmp(&a->tint, &b->tint, sizeof a->tint) && bx_str_eq(a->lang, b->lang) &&
           a->flags == b->flags && a->link == b->link && a->tag == b->tag && !a->object &&
           !b->object && !a->ruby.n && !b->ruby.n;
}

static bool is_blank(char ch) { return ch == ' ' || ch == '\t' || ch == '\n'; }

/* The least span that holds both; places of two sources do not join. */
static bx_span join(bx_span a, bx_span b) {
    if (!a.source || !b.source || a.source != b.source)
        return a.source ? a : b;
    return (bx_span){a.source, a.start < b.start ? a.start : b.start,
                     a.end > b.end ? a.end : b.end};
}

void bx_stream_add(bx_stream *s, bx_str text) {
    while (s->text.n == 0 && text.n && is_blank(text.p[0]) && !(s->attr.flags & BX_SPAN_CODE))
        text = bx_str_sub(text, 1, text.n);
    if (text.n == 0)
        return;
    uint32_t start = (uint32_t)s->text.n;
    bx_buf_str(&s->text, text);
    bx_text_span *last = s->spans.n ? &s->spans.at[s->spans.n - 1] : NULL;
    if (last && same_attr(last, &s->attr)) {
        last->end = start + text.n;
        last->source = join(last->source, s->attr.source);
        return;
    }
    bx_text_span span = s->attr;
    span.start = start;
    span.end = start + text.n;
    bx_push(s->c->draft, &s->spans, span);
}

void bx_stream_silent(bx_stream *s, bx_str text) {
    uint32_t flags = s->attr.flags;
    s->attr.flags |= BX_SPAN_SILENT;
    bx_stream_add(s, text);
    s->attr.flags = flags;
}

void bx_stream_object(bx_stream *s, bx_len w, bx_len ascent, bx_len descent,
                      const bx_frame *frame) {
    bx_text_object *object = bx_new(s->c->arena, bx_text_object);
    *object = (bx_text_object){w, ascent, descent, frame};
    bx_text_span attr = s->attr;
    s->attr.object = object;
    bx_stream_add(s, BX_STR("\xEF\xBF\xBC"));
    s->attr = attr;
}

void bx_stream_gap(bx_stream *s, bx_len width) {
    if (width <= 0)
        return;
    uint32_t flags = s->attr.flags;
    s->attr.flags |= BX_SPAN_NO_BREAK_BEFORE;
    bx_stream_object(s, width, 0, 0, NULL);
    s->attr.flags = flags;
}

void bx_stream_anchor(bx_stream *s, bx_str name) {
    bx_push(s->c->draft, &s->events, (bx_event){.at = (uint32_t)s->text.n, .anchor = name});
}

void bx_stream_note(bx_stream *s, bx_block *note) {
    bx_push(s->c->draft, &s->events, (bx_event){.at = (uint32_t)s->text.n, .note = note});
}

void bx_stream_mark(bx_stream *s, bx_mark_kind kind) {
    const bx_mark_style *m = &s->c->style->marks[kind];
    bx_text_span *a = &s->attr;
    if (m->family.n)
        a->font.family = m->family;
    if (m->weight)
        a->font.weight = m->weight;
    if (m->italic >= 0)
        a->font.italic = m->italic > 0;
    if (m->color.set)
        a->color = m->color;
    if (m->tint.set)
        a->tint = m->tint;
    if (m->scale)
        a->size = bx_em_at(m->scale, a->size);
    if (m->raise)
        a->raise += bx_em_at(m->raise, s->role->size);
    a->flags |= (m->underline ? BX_SPAN_UNDERLINE : 0) | (m->strike ? BX_SPAN_STRIKE : 0) |
                (m->dots ? BX_SPAN_DOTS : 0);
}

bx_stream bx_stream_split(bx_stream *s, uint32_t at) {
    bx_arena *arena = s->c->draft;
    bx_stream rest = {.c = s->c, .role = s->role, .attr = s->attr, .text = bx_buf_new(arena)};
    bx_str all = bx_buf_view(&s->text);
    bx_buf_str(&rest.text, bx_str_sub(all, at, all.n));
    uint32_t keep = 0;
    for (uint32_t i = 0; i < s->spans.n; i++) {
        bx_text_span span = s->spans.at[i];
        if (span.end > at) {
            span.start = span.start > at ? span.start - at : 0;
            span.end -= at;
            bx_push(arena, &rest.spans, span);
        }
        if (s->spans.at[i].start < at)
            keep = i + 1;
    }
    s->spans.n = keep;
    if (keep && s->spans.at[keep - 1].end > at)
        s->spans.at[keep - 1].end = at;
    s->text.n = at;
    uint32_t events = s->events.n;
    s->events.n = 0;
    for (uint32_t i = 0; i < events; i++) {
        bx_event e = s->events.at[i];
        if (e.at < at) {
            s->events.at[s->events.n++] = e;
        } else {
            e.at -= at;
            bx_push(arena, &rest.events, e);
        }
    }
    return rest;
}

void bx_stream_append(bx_stream *s, const bx_stream *more) {
    uint32_t start = (uint32_t)s->text.n;
    bx_buf_str(&s->text, bx_buf_view(&more->text));
    for (uint32_t i = 0; i < more->spans.n; i++) {
        bx_text_span span = more->spans.at[i];
        span.start += start;
        span.end += start;
        bx_push(s->c->draft, &s->spans, span);
    }
    for (uint32_t i = 0; i < more->events.n; i++) {
        bx_event event = more->events.at[i];
        event.at += start;
        bx_push(s->c->draft, &s->events, event);
    }
}

static void trim_end(bx_stream *s) {
    while (s->text.n && is_blank(s->text.p[s->text.n - 1]) &&
           !(s->spans.at[s->spans.n - 1].flags & BX_SPAN_CODE)) {
        s->text.n--;
        if (--s->spans.at[s->spans.n - 1].end == s->spans.at[s->spans.n - 1].start)
            s->spans.n--;
    }
}

static void *copy(bx_arena *arena, const void *from, size_t n, size_t size) {
    void *to = bx_alloc_n(arena, n, size);
    if (n)
        memcpy(to, from, n * size);
    return to;
}

/* Beyond the limit nothing is set: the error stands for it. */
static void check_length(bx_stream *s) {
    bx_report *report = s->c->report;
    bx_span at = s->spans.n ? s->spans.at[0].source : (bx_span){0};
    if (s->text.n <= report->limits.at[BX_LIMIT_PARAGRAPH] ||
        bx_within(report, BX_LIMIT_PARAGRAPH, bx_utf8_count(bx_buf_view(&s->text)), at))
        return;
    s->text.n = 0;
    s->spans.n = s->events.n = 0;
}

/* Most paragraphs are one stretch of the source. */
static bx_str keep_text(const bx_stream *s) {
    bx_str text = bx_buf_view(&s->text);
    bx_span source = s->spans.n == 1 ? s->spans.at[0].source : (bx_span){0};
    return source.source ? bx_sources_keep(s->c->report->sources, s->c->arena, source, text)
                         : bx_str_dup(s->c->arena, text);
}

bx_para *bx_stream_para(bx_stream *s) {
    trim_end(s);
    check_length(s);
    bx_arena *arena = s->c->arena;
    bx_para *para = bx_new(s->c->blocks, bx_para);
    para->base.class = &bx_para_class;
    para->role = s->role;
    para->tag = s->attr.tag;
    para->input = (bx_text_input){
        .text = keep_text(s),
        .spans = copy(arena, s->spans.at, s->spans.n, sizeof *s->spans.at),
        .n_spans = s->spans.n,
        .set = s->role->set,
        .size = s->role->size,
        .pitch = s->role->pitch,
        .lang = s->c->pages->meta.lang,
        .edge_trim = true,
        .hyphens = s->c->assets ? s->c->assets->hyphens : NULL,
    };
    para->events = copy(s->c->blocks, s->events.at, s->events.n, sizeof *s->events.at);
    para->n_events = s->events.n;
    para->measure = -1;
    para->base.before = s->role->before;
    para->base.stretch = s->role->stretch;
    para->base.shrink = s->role->shrink;
    para->base.after = s->role->after;
    para->base.keep_next = s->role->keep_next;
    para->base.keep_together = s->role->keep_together;
    para->base.grid = s->role->grid;
    if (s->spans.n)
        para->base.span = s->spans.at[0].source;
    return para;
}

bx_para *bx_para_of_nodes(bx_composer *c, const bx_role *role, uint32_t tag, const bx_node *first,
                          const bx_node *stop) {
    bx_stream s = bx_stream_new(c, role, tag);
    bx_stream_nodes(&s, first, stop);
    return bx_stream_para(&s);
}

bx_para *bx_para_of_text(bx_composer *c, const bx_role *role, uint32_t tag, bx_str text) {
    bx_stream s = bx_stream_new(c, role, tag);
    bx_stream_add(&s, text);
    return bx_stream_para(&s);
}
