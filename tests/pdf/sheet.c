#include "pdf/sheet.h"

#include <hb.h>
#include <stdlib.h>

static bx_len pt(double v) { return (bx_len)(v * BX_PT + (v < 0 ? -0.5 : 0.5)); }

sheet *sheet_new(const char *lang) {
    sheet *s = calloc(1, sizeof *s);
    s->arena = bx_arena_new(&s->memory);
    s->report = bx_report_new(s->arena, bx_sources_new(s->arena));
    bx_font_options options = {.table = BX_STR(BX_SOURCE_DIR "/fonts/families.yaml")};
    s->fonts = bx_fonts_open(s->arena, &options, s->report);
    s->pages = bx_new(s->arena, bx_pages);
    s->pages->tags = bx_tags_new(s->arena, bx_str_of(lang));
    s->pages->anchor_by_name = bx_map_new(s->arena);
    s->pages->meta.lang = bx_str_of(lang);
    s->pages->meta.title = BX_STR("A sheet");
    sheet_style(s, "song", 400, false, (bx_color){0, 0, 0, true});
    return s;
}

void sheet_drop(sheet *s) {
    bx_arena_drop(s->arena);
    free(s);
}

void sheet_page(sheet *s, int width, int height, const char *label) {
    s->frame = bx_frame_new(s->arena, width * BX_PT, height * BX_PT);
    bx_push(s->arena, &s->pages->list, (bx_page){s->frame, bx_str_of(label)});
}

uint32_t sheet_tag(sheet *s, uint32_t parent, bx_tag_kind kind) {
    return bx_tags_add(s->pages->tags, parent, kind);
}

void sheet_style(sheet *s, const char *family, int weight, bool italic, bx_color color) {
    s->span = bx_new(s->arena, bx_text_span);
    s->span->font = (bx_font_style){bx_str_of(family), (uint16_t)weight, italic};
    s->span->color = color;
}

static bx_font_class class_of(uint32_t c) {
    if (c >= 0x1F000 || c == 0x2764)
        return BX_FONT_EMOJI;
    if ((c >= 0x2E80 && c < 0xA000) || (c >= 0xFF00 && c < 0xFFF0) || c >= 0x20000 || c == 0x2014 ||
        c == 0x2026 || c == 0x201C || c == 0x201D)
        return BX_FONT_HAN;
    return c < 0x590 || (c >= 0x2000 && c < 0x2E80) ? BX_FONT_LATIN : BX_FONT_OTHER;
}

static const bx_face *face_of(sheet *s, uint32_t c) {
    bx_font_query query = {.style = s->span->font,
                           .lang = s->pages->meta.lang,
                           .script_class = class_of(c),
                           .cluster = &c,
                           .n = 1};
    bool missing;
    return bx_fonts_pick(s->fonts, &query, &missing);
}

static bool joins(uint32_t c) { return c == 0x200D || c == 0xFE0F || (c >= 0x300 && c < 0x370); }

/* A cluster's text runs to the next cluster's start, which lies to its left in text from the right.
 */
static void measure_text(bx_glyph *glyphs, uint32_t n, uint32_t end, bool rtl) {
    for (uint32_t k = 0; k < n; k++) {
        uint32_t i = rtl ? k : n - 1 - k;
        bool more = k + 1 < n && glyphs[rtl ? i + 1 : i - 1].cluster == glyphs[i].cluster;
        if (more)
            continue;
        glyphs[i].bytes = end - glyphs[i].cluster;
        end = glyphs[i].cluster;
    }
}

/* Shapes text[start, end) in one face and places it from *x (1/1024 pt) on. */
static void add_run(sheet *s, uint32_t tag, const bx_face *face, bx_len size, bx_str text,
                    uint32_t start, uint32_t end, bx_len line_x, bx_len y, bx_len *x, int gap) {
    hb_buffer_t *buffer = hb_buffer_create();
    hb_buffer_add_utf8(buffer, text.p, (int)text.n, start, (int)(end - start));
    hb_buffer_guess_segment_properties(buffer);
    hb_buffer_set_cluster_level(buffer, HB_BUFFER_CLUSTER_LEVEL_MONOTONE_GRAPHEMES);
    hb_shape(bx_face_hb_font(face), buffer, NULL, 0);
    unsigned n;
    const hb_glyph_info_t *info = hb_buffer_get_glyph_infos(buffer, &n);
    const hb_glyph_position_t *pos = hb_buffer_get_glyph_positions(buffer, NULL);
    bx_glyph *glyphs = bx_new_n(s->arena, bx_glyph, n);
    int32_t em = bx_face_get(face)->units_per_em;
    bx_glyph_run *run = bx_new(s->arena, bx_glyph_run);
    *run = (bx_glyph_run){.face = face, .size = size, .span = s->span, .glyphs = glyphs, .n = n};
    run->text = text;
    run->start = start;
    run->end = end;
    run->x = *x;
    run->rtl = hb_buffer_get_direction(buffer) == HB_DIRECTION_RTL;
    for (unsigned i = 0; i < n; i++) {
        glyphs[i].id = info[i].codepoint;
        glyphs[i].cluster = info[i].cluster;
        glyphs[i].x = *x + bx_muldiv(pos[i].x_offset, size, em);
        glyphs[i].y = bx_muldiv(pos[i].y_offset, size, em);
        glyphs[i].advance = bx_muldiv(pos[i].x_advance, size, em);
        *x += glyphs[i].advance + gap;
    }
    measure_text(glyphs, n, end, run->rtl);
    run->width = *x - run->x;
    hb_buffer_destroy(buffer);
    bx_frame_add(s->arena, s->frame,
                 (bx_item){.kind = BX_ITEM_GLYPHS, .tag = tag, .dx = line_x, .dy = y, .run = run});
}

/* The bytes [from, to) of a text as one line. */
static bx_len set_line(sheet *s, uint32_t tag, double size, double x, double y, bx_str text,
                       uint32_t from, uint32_t to, int gap) {
    bx_len at = 0;
    uint32_t start = from;
    const bx_face *face = NULL;
    for (uint32_t i = from; i < to;) {
        uint32_t here = i, c = bx_utf8_next(text, &i);
        const bx_face *next = face && joins(c)        ? face
                              : c == ' ' || c == '\n' ? face
                                                      : face_of(s, c);
        if (!next)
            next = face_of(s, 'a');
        if (face && next != face) {
            add_run(s, tag, face, pt(size), text, start, here, pt(x), pt(y), &at, gap);
            start = here;
        }
        face = next;
    }
    if (face)
        add_run(s, tag, face, pt(size), text, start, to, pt(x), pt(y), &at, gap);
    return at;
}

double sheet_text_gap(sheet *s, uint32_t tag, double size, double x, double y, const char *utf8,
                      int gap) {
    bx_str text = bx_str_dup(s->arena, bx_str_of(utf8));
    return set_line(s, tag, size, x, y, text, 0, text.n, gap) / 1024.0;
}

void sheet_lines(sheet *s, uint32_t tag, double size, double x, double y, const char *first,
                 const char *second, int gap) {
    bx_str text = bx_str_fmt(s->arena, "%s%s", first, second);
    uint32_t n = (uint32_t)strlen(first);
    set_line(s, tag, size, x, y, text, 0, n, gap);
    set_line(s, tag, size, x, y + 18, text, n, text.n, 0);
}

double sheet_text(sheet *s, uint32_t tag, double size, double x, double y, const char *text) {
    return sheet_text_gap(s, tag, size, x, y, text, 0);
}

void sheet_hyphen(sheet *s, uint32_t tag, double size, double x, double y) {
    const bx_face *face = face_of(s, '-');
    bx_glyph *glyph = bx_new(s->arena, bx_glyph);
    *glyph = (bx_glyph){
        .id = bx_face_glyph(face, '-', 0), .cluster = BX_NO_TEXT, .advance = pt(size) / 3};
    bx_glyph_run *run = bx_new(s->arena, bx_glyph_run);
    *run = (bx_glyph_run){.face = face, .size = pt(size), .span = s->span, .glyphs = glyph, .n = 1};
    sheet_item(s, tag, x, y, (bx_item){.kind = BX_ITEM_GLYPHS, .run = run});
}

void sheet_item(sheet *s, uint32_t tag, double x, double y, bx_item item) {
    item.tag = tag;
    item.dx = pt(x);
    item.dy = pt(y);
    bx_frame_add(s->arena, s->frame, item);
}

void sheet_rect(sheet *s, uint32_t tag, double x, double y, double w, double h, double radius,
                bx_color fill, bx_color stroke, double weight) {
    bx_rect_item rect = {pt(w), pt(h), pt(radius), fill, stroke, pt(weight)};
    sheet_item(s, tag, x, y, (bx_item){.kind = BX_ITEM_RECT, .rect = rect});
}

void sheet_image(sheet *s, uint32_t tag, double x, double y, double w, double h,
                 const bx_image *image) {
    bx_item item = {.kind = BX_ITEM_IMAGE};
    item.picture.image = image;
    item.picture.w = pt(w);
    item.picture.h = pt(h);
    sheet_item(s, tag, x, y, item);
}

void sheet_link(sheet *s, uint32_t tag, double x, double y, double w, double h, const char *url,
                const char *dest, const char *title) {
    bx_link_item *link = bx_new(s->arena, bx_link_item);
    *link = (bx_link_item){pt(w), pt(h), bx_str_of(url), bx_str_of(dest), bx_str_of(title)};
    sheet_item(s, tag, x, y, (bx_item){.kind = BX_ITEM_LINK, .link = link});
}

void sheet_anchor(sheet *s, const char *name, double y) {
    bx_anchor *anchor = bx_new(s->arena, bx_anchor);
    *anchor = (bx_anchor){bx_str_of(name), s->pages->list.n - 1, 0, pt(y)};
    bx_push(s->arena, &s->pages->anchors, *anchor);
    *bx_map_put(&s->pages->anchor_by_name, anchor->name) = anchor;
}

void sheet_outline(sheet *s, int level, const char *title, const char *dest) {
    bx_push(s->arena, &s->pages->outline,
            (bx_outline){bx_str_of(title), (uint8_t)level, bx_str_of(dest), true});
}

const bx_image *sheet_picture(sheet *s, int kind, uint32_t w, uint32_t h) {
    bx_image *image = bx_new(s->arena, bx_image);
    uint32_t parts = kind == 1 || kind == 'p' ? 1 : 3, wide = kind == 16 ? 2 : 1;
    uint32_t n = w * h * parts * wide;
    uint8_t *bytes = bx_alloc(s->arena, n), *alpha = bx_alloc(s->arena, w * h);
    for (uint32_t i = 0; i < n; i++)
        bytes[i] =
            kind == 'p' ? (uint8_t)(i / 4 % 4) : (uint8_t)(i / (parts * wide) % w * 7 + i % 3 * 50);
    for (uint32_t i = 0; i < w * h; i++)
        alpha[i] = (uint8_t)(i % w * 255 / w);
    *image = (bx_image){.kind = BX_IMAGE_RASTER,
                        .width = w,
                        .height = h,
                        .components = kind == 'p' ? 3 : (uint8_t)parts,
                        .bits = (uint8_t)(8 * wide)};
    image->bytes = (bx_str){(const char *)bytes, n};
    if (kind == 'a')
        image->alpha = (bx_str){(const char *)alpha, w * h};
    if (kind == 'p')
        image->palette = BX_STR("\x10\x20\x30\xF0\x00\x00\x00\xF0\x00\x00\x00\xF0");
    image->digest = bx_sha256((bx_str[]){{(const char *)&kind, 1}, image->bytes}, 2);
    return image;
}

typedef struct memory_sink {
    char *p;
    size_t n;
} memory_sink;

static bool keep(void *user, const void *bytes, size_t n) {
    memory_sink *m = user;
    m->p = realloc(m->p, m->n + n);
    memcpy(m->p + m->n, bytes, n);
    m->n += n;
    return true;
}

bx_pdf_options sheet_options(void) {
    bx_pdf_options options = {.standards = BX_PDF_A2A | BX_PDF_UA1, .created = 1776384000};
    options.producer = BX_STR("Banxin 0.1.0");
    options.identity = bx_sha256((bx_str[]){BX_STR("sheet")}, 1);
    return options;
}

bx_str sheet_write(sheet *s, const bx_pdf_options *options, bx_pdf_stats *stats) {
    memory_sink m = {0};
    bx_sink sink = {keep, &m};
    bx_arena *scratch = bx_arena_new(&s->memory);
    bool ok = bx_pdf_write(scratch, s->pages, options, &sink, stats, s->report);
    bx_arena_drop(scratch);
    bx_str file = bx_str_dup(s->arena, ok ? (bx_str){m.p, (uint32_t)m.n} : (bx_str){0});
    free(m.p);
    return file;
}
