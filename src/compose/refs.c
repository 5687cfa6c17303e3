/* The list of references: GB/T 7714—2015, 8 and 9, numeric order. */
#include "compose/build.h"
#include "compose/composer.h"
#include "compose/stream.h"

#include "base/utf8.h"
#include "style/counter.h"

/* Signs of kinds and carriers of documents (GB/T 7714—2015, annex B). */
static const char *type_sign(const bx_reference *r) {
    static const char *const signs[][2] = {
        {"book", "M"},     {"article", "J"},     {"journal", "J"},    {"newspaper", "N"},
        {"news", "N"},     {"thesis", "D"},      {"report", "R"},     {"standard", "S"},
        {"patent", "P"},   {"proceedings", "C"}, {"conference", "C"}, {"collection", "G"},
        {"dataset", "DS"}, {"database", "DB"},   {"software", "CP"},  {"program", "CP"},
        {"archive", "A"},  {"map", "CM"},        {"webpage", "EB"},   {"web", "EB"},
        {"preprint", "A"},
    };
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        if (bx_str_is(r->type, signs[i][0]))
            return signs[i][1];
    }
    return r->url.n ? "EB" : "Z";
}

static bool has_han(bx_str text) {
    for (uint32_t at = 0; at < text.n;) {
        uint32_t ch = bx_utf8_next(text, &at);
        if (ch >= 0x2E80 && ch < 0xFB00)
            return true;
    }
    return false;
}

static bool has(const bx_field *f) { return f->plain.n || f->inlines; }

static void add_field(bx_stream *s, const char *before, const bx_field *f, const char *after) {
    if (!has(f))
        return;
    bx_stream_add(s, bx_str_of(before));
    bx_span source = s->attr.source;
    if (f->span.source)
        s->attr.source = f->span;
    bx_stream_field(s, f);
    s->attr.source = source;
    bx_stream_add(s, bx_str_of(after));
}

static bool ends_with_stop(const bx_stream *s) {
    bx_str text = bx_str_trim(bx_buf_view(&s->text));
    static const char *const stops[] = {".", "。", "？", "！", "?", "!", "…"};
    for (size_t i = 0; i < sizeof stops / sizeof *stops; i++) {
        if (bx_str_ends(text, bx_str_of(stops[i])))
            return true;
    }
    return false;
}

static void add_stop(bx_stream *s) {
    if (s->text.n)
        bx_stream_add(s, ends_with_stop(s) ? BX_STR(" ") : BX_STR(". "));
}

/* Latin titles stand in italic; Han is never slanted. */
static void add_title(bx_stream *s, const bx_field *title) {
    bx_text_span attr = s->attr;
    if (!has_han(title->plain))
        s->attr.font.italic = true;
    add_field(s, "", title, "");
    s->attr = attr;
}

static void add_url(bx_stream *s, const bx_reference *r) {
    bx_composer *c = s->c;
    bx_str url = r->url;
    if (!url.n && r->doi.n)
        url = bx_str_fmt(c->arena, "https://doi.org/%.*s", BX_STR_ARG(r->doi));
    if (!url.n)
        return;
    bx_text_span attr = s->attr;
    bx_stream_mark(s, BX_MARK_LINK);
    s->attr.tag = bx_tags_add(c->tags, attr.tag, BX_TAG_LINK);
    s->attr.link = bx_link_add(c, url, (bx_str){0}, url);
    s->attr.flags |= BX_SPAN_URL;
    bx_stream_add(s, url);
    s->attr = attr;
}

static void add_date(bx_stream *s, const char *before, const bx_date *date, const char *format,
                     const char *after) {
    if (!date->year)
        return;
    bx_buf buf = bx_buf_new(s->c->draft);
    if (!date->month)
        bx_buf_fmt(&buf, "%d", date->year);
    else if (!date->day && !strcmp(format, "iso"))
        bx_buf_fmt(&buf, "%04d-%02u", date->year, date->month);
    else
        bx_date_write(&buf, date, bx_str_of(format), s->c->pages->meta.lang);
    bx_stream_add(s, bx_str_of(before));
    bx_stream_add(s, bx_buf_view(&buf));
    bx_stream_add(s, bx_str_of(after));
}

static void add_sign(bx_stream *s, const bx_reference *r) {
    bx_stream_add(
        s, bx_str_fmt(s->c->draft, "[%s%s]", type_sign(r), r->url.n || r->doi.n ? "/OL" : ""));
}

/* 刊名, 年, 卷: 页 */
static void add_host(bx_stream *s, const bx_reference *r) {
    add_field(s, "", &r->source, "");
    add_date(s, has(&r->source) ? ", " : "", &r->date, "year", "");
    add_field(s, ", ", &r->volume, "");
    add_field(s, ": ", &r->pages, "");
}

/* 出版地: 出版者, 年: 页 */
static void add_imprint(bx_stream *s, const bx_reference *r) {
    bool place = has(&r->place), publisher = has(&r->publisher);
    add_field(s, "", &r->place, publisher ? ": " : "");
    add_field(s, "", &r->publisher, "");
    add_date(s, place || publisher ? ", " : "", &r->date, "year", "");
    add_field(s, ": ", &r->pages, "");
}

static void add_elements(bx_stream *s, const bx_reference *r) {
    bool serial = has(&r->source) && !strcmp(type_sign(r), "J");
    bool online = r->url.n || r->doi.n;
    add_field(s, "", &r->author, "");
    if (has(&r->author))
        add_stop(s);
    add_title(s, &r->title);
    add_sign(s, r);
    add_stop(s);
    add_field(s, "", &r->edition, "");
    if (has(&r->edition))
        add_stop(s);
    size_t before = s->text.n;
    if (serial) {
        add_host(s, r);
    } else {
        add_field(s, "", &r->source, "");
        if (has(&r->source) && (has(&r->place) || has(&r->publisher)))
            add_stop(s);
        if (has(&r->place) || has(&r->publisher) || !online)
            add_imprint(s, r);
    }
    if (online && !serial)
        add_date(s, s->text.n > before ? " (" : "(", &r->date, "iso", ")");
    add_date(s, "[", &r->accessed, "iso", "]");
    if (s->text.n > before)
        add_stop(s);
    add_url(s, r);
}

static void add_plain(bx_stream *s, const bx_reference *r) {
    add_field(s, "", &r->author, "");
    if (has(&r->author))
        add_stop(s);
    add_title(s, &r->title);
    add_stop(s);
    add_field(s, "", &r->source, ", ");
    add_field(s, "", &r->publisher, ", ");
    add_date(s, "", &r->date, "iso", ". ");
    add_url(s, r);
}

static bx_para *entry_of(bx_composer *c, const bx_reference *r, const bx_role *role, uint32_t tag) {
    bx_stream s = bx_stream_new(c, role, tag);
    s.attr.source = r->span;
    if (has(&r->text))
        bx_stream_field(&s, &r->text);
    else if (bx_str_is(c->style->references.format, "plain"))
        add_plain(&s, r);
    else
        add_elements(&s, r);
    return bx_stream_para(&s);
}

/* As typed, or [n]; the way back to the first citation, where there is one. */
static bx_para *marker_of(bx_composer *c, const bx_reference *r, const bx_role *role,
                          uint32_t tag) {
    bx_stream s = bx_stream_new(c, role, tag);
    s.attr.source = r->span;
    bx_stream_anchor(&s, bx_place_of_reference(c->arena, r->id));
    bx_str text = bx_filled(c, &c->style->references.marker, &(bx_values){.n = r->number});
    if (!text.n)
        text = r->label.n ? r->label : bx_str_fmt(c->arena, "[%u]", r->number);
    if (r->id.n && bx_map_get(&c->cited, r->id)) {
        s.attr.tag = bx_tags_add(c->tags, tag, BX_TAG_LINK);
        s.attr.link = bx_link_add(c, (bx_str){0}, bx_anchor_cite(c, r->id), text);
    }
    bx_stream_add(&s, text);
    return bx_stream_para(&s);
}

static void add_heading(bx_composer *c, bx_stack *stack, uint32_t tag) {
    const bx_reference_style *style = &c->style->references;
    const bx_role *role = style->title_role ? style->title_role : c->style->section[0].role;
    bx_str title = bx_filled(c, &style->title, &(bx_values){0});
    if (!title.n)
        return;
    uint32_t h = bx_tags_add(c->tags, tag, BX_TAG_H1);
    bx_stream s = bx_stream_new(c, role ? role : c->style->body, h);
    bx_stream_anchor(&s, bx_str_of(bx_place_references));
    bx_stream_add(&s, title);
    bx_para *para = bx_stream_para(&s);
    para->base.keep_next = true;
    bx_stack_add(c, stack, &para->base);
    bx_push(c->arena, &c->pages->outline,
            (bx_outline){.title = title, .level = 1, .dest = bx_str_of(bx_place_references)});
}

void bx_build_entries(bx_composer *c, bx_stack *stack, uint32_t tag) {
    const bx_reference_style *style = &c->style->references;
    const bx_role *role = style->role ? style->role : c->style->body;
    uint32_t list = bx_tags_add(c->tags, tag, BX_TAG_L);
    bx_tags_at(c->tags, list)->list = "Decimal";
    bx_len column = style->hang ? style->hang : role->size * 5 / 2;
    for (uint32_t i = 0; i < c->issue->n_references; i++) {
        bx_mark mark = bx_arena_mark(c->draft);
        const bx_reference *r = &c->issue->references[i];
        uint32_t li = bx_tags_add(c->tags, list, BX_TAG_LI);
        bx_para *label = marker_of(c, r, role, bx_tags_add(c->tags, li, BX_TAG_LBL));
        uint32_t body = bx_tags_add(c->tags, li, BX_TAG_LBODY);
        bx_para *entry = entry_of(c, r, role, bx_tags_add(c->tags, body, BX_TAG_BIBENTRY));
        entry->input.set.indent = 0;
        bx_block *block = bx_labelled_new(c, label, column, 0, style->marker_align, &entry->base);
        block->before = block->after = style->between;
        block->span = r->span;
        bx_stack_add(c, stack, block);
        bx_arena_rewind(c->draft, mark);
    }
}

void bx_build_references(bx_composer *c, bx_stack *stack, uint32_t tag) {
    if (!c->issue->n_references || c->issue->references_at)
        return;
    if (c->style->references.new_page)
        bx_stack_add(c, stack, bx_page_break_new(c));
    uint32_t sect = bx_tags_add(c->tags, tag, BX_TAG_SECT);
    add_heading(c, stack, sect);
    bx_build_entries(c, stack, sect);
}
