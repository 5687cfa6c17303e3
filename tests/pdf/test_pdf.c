/* The writer's parts, one by one, and its promises: same bytes, honest failure, refusal. */
#include "output/pdf/cluster.h"
#include "output/pdf/flate.h"
#include "output/pdf/number.h"
#include "output/pdf/tree.h"
#include "output/pdf/usage.h"
#include "pdf/sheet.h"
#include "support/cmocka_all.h"

#include <stdlib.h>

static int set_up(void **state) {
    *state = sheet_new("zh-Hans");
    return ((sheet *)*state)->fonts ? 0 : -1;
}

static int tear_down(void **state) {
    sheet_drop(*state);
    return 0;
}

static void assert_text(const bx_buf *buf, const char *expected) {
    assert_string_equal(bx_cstr(buf->arena, bx_buf_view(buf)), expected);
}

static void numbers_are_short_and_exact(void **state) {
    static const struct {
        int64_t value;
        uint32_t decimals;
        const char *text;
    } cases[] = {
        {0, 3, "0"},
        {1000, 3, "1"},
        {1500, 3, "1.5"},
        {5, 3, ".005"},
        {-250, 3, "-.25"},
        {841890, 3, "841.89"},
        {-1, 6, "-.000001"},
        {7, 0, "7"},
        {-120, 0, "-120"},
        {100, 2, "1"},
        {INT64_MIN, 0, "-9223372036854775808"},
    };
    sheet *s = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bx_buf out = bx_buf_new(s->arena);
        bx_pdf_number(&out, cases[i].value, cases[i].decimals);
        assert_text(&out, cases[i].text);
    }
    assert_int_equal(bx_milli(1024), 1000);
    assert_int_equal(bx_milli(-1), -1);
    assert_int_equal(bx_milli(1), 1);
}

static void strings_survive_any_byte(void **state) {
    sheet *s = *state;
    bx_buf out = bx_buf_new(s->arena);
    bx_pdf_text(&out, BX_STR("a(b)\\c"));
    assert_text(&out, "(a\\(b\\)\\\\c)");
    out.n = 0;
    /* U+5C0D is a backslash and a carriage return; U+20BB7 needs a surrogate pair. */
    bx_pdf_text(&out, BX_STR("對\xF0\xA0\xAE\xB7"));
    assert_text(&out, "(\xFE\xFF\\\\\\r\xD8\x42\xDF\xB7)");
    out.n = 0;
    bx_pdf_bytes(&out, BX_STR("\r\n"));
    assert_text(&out, "(\\r\n)");
    out.n = 0;
    bx_pdf_name(&out, BX_STR("a b/#"));
    assert_text(&out, "/a#20b#2F#23");
}

static uint8_t paeth(int a, int b, int c) {
    int p = a + b - c, pa = abs(p - a), pb = abs(p - b), pc = abs(p - c);
    return (uint8_t)(pa <= pb && pa <= pc ? a : pb <= pc ? b : c);
}

/* What a reader does (RFC 2083, 6). */
static void unfilter(uint8_t *rows, const uint8_t *in, uint32_t row, uint32_t n, uint32_t pixel) {
    for (uint32_t y = 0; y < n; y++) {
        int kind = *in++;
        uint8_t *to = rows + y * row;
        for (uint32_t x = 0; x < row; x++) {
            int left = x >= pixel ? to[x - pixel] : 0, up = y ? to[(int)x - (int)row] : 0;
            int corner = y && x >= pixel ? to[(int)x - (int)row - (int)pixel] : 0;
            int guess[] = {0, left, up, (left + up) / 2, paeth(left, up, corner)};
            to[x] = (uint8_t)(*in++ + guess[kind]);
        }
    }
}

static void predictors_can_be_undone(void **state) {
    sheet *s = *state;
    enum { ROW = 33, ROWS = 20 };
    uint8_t bytes[ROW * ROWS], back[ROW * ROWS];
    for (int i = 0; i < ROW * ROWS; i++)
        bytes[i] = (uint8_t)(i * i / 7 + (i % 3) * 40);
    bx_str rows = {(const char *)bytes, sizeof bytes};
    bx_str packed = bx_flate_predict(s->arena, rows, ROW, 3);
    assert_int_equal(packed.n, (ROW + 1) * ROWS);
    unfilter(back, (const uint8_t *)packed.p, ROW, ROWS, 3);
    assert_memory_equal(back, bytes, sizeof bytes);
    packed = bx_flate_predict_up(s->arena, rows, ROW);
    unfilter(back, (const uint8_t *)packed.p, ROW, ROWS, 1);
    assert_memory_equal(back, bytes, sizeof bytes);
}

static void names_are_sorted_once_each(void **state) {
    sheet *s = *state;
    bx_store *store = bx_store_new(s->arena, NULL);
    bx_tree_entry e[3] = {{.name = BX_STR("b"), .value = BX_STR("1")},
                          {.name = BX_STR("a"), .value = BX_STR("2")},
                          {.name = BX_STR("b"), .value = BX_STR("3")}};
    bx_obj *root = bx_pdf_name_tree(store, s->arena, e, 3);
    assert_text(bx_obj_raw(root), "/Names[(a)2(b)1]");
    assert_null(bx_pdf_name_tree(store, s->arena, e, 0));
}

/* A run of glyphs that stand for these stretches of the text. */
static bx_glyph_run run_of(bx_glyph *glyphs, uint32_t n, const char *text,
                           const uint32_t (*stretches)[2]) {
    for (uint32_t i = 0; i < n; i++)
        glyphs[i] = (bx_glyph){.id = i + 1, .cluster = stretches[i][0], .bytes = stretches[i][1]};
    bx_str s = bx_str_of(text);
    return (bx_glyph_run){.glyphs = glyphs, .n = n, .text = s, .end = s.n};
}

static void clusters_give_what_was_typed(void **state) {
    sheet *s = *state;
    bx_glyph glyphs[5];
    bx_glyph_cluster c;
    uint32_t at = 0;
    /* A break after 天 is no text beside it; a no-break space is a space; a hyphen was added; a
     * soft one that shows says nothing either. */
    bx_glyph_run run =
        run_of(glyphs, 5, "天\na\xC2\xA0\xC2\xAD",
               (const uint32_t[][2]){{0, 4}, {4, 1}, {5, 2}, {BX_NO_TEXT, 0}, {7, 2}});
    static const char *const expected[] = {"天", "a", " ", "", ""};
    for (int i = 0; i < 5; i++) {
        assert_true(bx_glyph_cluster_next(s->arena, &run, &at, &c));
        assert_string_equal(bx_cstr(s->arena, c.text), expected[i]);
    }
    assert_false(bx_glyph_cluster_next(s->arena, &run, &at, &c));

    /* Two glyphs for one cluster, and a ligature over a break that was not taken. */
    at = 0;
    run = run_of(glyphs, 3,
                 "e\xCC\x81"
                 "f\xC2\xAD"
                 "i",
                 (const uint32_t[][2]){{0, 3}, {0, 0}, {3, 4}});
    assert_true(bx_glyph_cluster_next(s->arena, &run, &at, &c));
    assert_int_equal(c.n, 2);
    assert_string_equal(bx_cstr(s->arena, c.text), "e\xCC\x81");
    assert_true(bx_glyph_cluster_next(s->arena, &run, &at, &c));
    assert_string_equal(bx_cstr(s->arena, c.text), "fi");

    /* Spaces in a row are one, whoever stands beside them. */
    at = 0;
    run = run_of(glyphs, 4, "a  b", (const uint32_t[][2]){{0, 1}, {1, 1}, {2, 1}, {3, 1}});
    static const char *const spaced[] = {"a", "  ", "b"};
    for (int i = 0; i < 3; i++) {
        assert_true(bx_glyph_cluster_next(s->arena, &run, &at, &c));
        assert_string_equal(bx_cstr(s->arena, c.text), spaced[i]);
        assert_int_equal(bx_cluster_is_white(&c), i == 1);
    }

    at = 0;
    run = run_of(glyphs, 3, "甲\u3000乙", (const uint32_t[][2]){{0, 3}, {3, 3}, {6, 3}});
    assert_true(bx_glyph_cluster_next(s->arena, &run, &at, &c));
    assert_string_equal(bx_cstr(s->arena, c.text), "甲\u3000");
    assert_int_equal(c.n, 2);

    /* A stretch beyond the text has none. */
    at = 0;
    run = run_of(glyphs, 1, "a", (const uint32_t[][2]){{0, 2}});
    assert_true(bx_glyph_cluster_next(s->arena, &run, &at, &c));
    assert_int_equal(c.text.n, 0);
}

/* What is known at a glance is what a closer look finds. */
static void common_clusters_are_clusters(void **state) {
    sheet *s = *state;
    bx_glyph glyphs[9];
    bx_glyph_run run =
        run_of(glyphs, 9, "天a，(　。é�末",
               (const uint32_t[][2]){
                   {0, 3}, {3, 1}, {4, 3}, {7, 1}, {8, 3}, {11, 3}, {14, 2}, {16, 3}, {19, 3}});
    run.size = 10 * BX_PT;
    glyphs[0].white = BX_PT + 1;
    glyphs[1].white = BX_PT;
    uint32_t common = 0;
    for (uint32_t i = 0; i < run.n; i++) {
        bx_glyph_cluster a = {0}, b = {0};
        uint32_t at = i;
        if (!bx_glyph_cluster_common(&run, i, &a))
            continue;
        common++;
        assert_true(bx_glyph_cluster_any(s->arena, &run, &at, &b));
        assert_int_equal(at, i + 1);
        assert_int_equal(b.n, 1);
        assert_true(bx_str_eq(a.text, b.text));
        assert_int_equal(a.white, b.white);
    }
    assert_int_equal(common, 5); /* not the bracket before a wide space, the space, é and U+FFFD */
}

static bx_usage usage_of_pages(sheet *s, uint32_t from, uint32_t end) {
    bx_usage usage = {.arena = s->arena, .scratch = bx_arena_side(s->arena)};
    for (uint32_t i = from; i < end; i++) {
        bx_placed_list items = {0};
        bx_flatten(s->arena, s->pages->list.at[i].frame, 0, 0, &items);
        bx_usage_note(&usage, &items);
    }
    return usage;
}

/* Wherever the pages are divided, what was noted of both parts is what is noted of the whole: which
 * text a glyph stands for may be settled by the other part. */
static void notes_of_two_parts_are_joined(void **state) {
    sheet *s = *state;
    static const char *const texts[] = {"office\u3000天", "a\u00A0b\u200B", "fi ﬁ 天\u3000",
                                        "天天天 ﬁ ﬁ", "乙, e\u0301"};
    for (int i = 0; i < 5; i++) {
        sheet_page(s, 200, 100, "1");
        sheet_text(s, 0, 10, 10, 20, texts[i]);
        sheet_style(s, i % 2 ? "song" : "hei", 400, false, (bx_color){0});
    }
    for (uint32_t cut = 0; cut <= 5; cut++) {
        bx_usage whole = usage_of_pages(s, 0, 5), first = usage_of_pages(s, 0, cut);
        bx_usage latter = usage_of_pages(s, cut, 5);
        bx_usage_join(&first, &latter);
        bx_usage_settle(&whole);
        bx_usage_settle(&first);
        assert_int_equal(first.fonts.n, whole.fonts.n);
        for (uint32_t f = 0; f < whole.fonts.n; f++) {
            const bx_font_use *a = whole.fonts.at[f], *b = first.fonts.at[f];
            assert_ptr_equal(a->face, b->face);
            assert_int_equal(a->uses.n, b->uses.n);
            for (uint32_t i = 0; i < a->uses.n; i++) {
                assert_int_equal(a->uses.at[i].glyph, b->uses.at[i].glyph);
                assert_int_equal(a->uses.at[i].count, b->uses.at[i].count);
                assert_true(bx_str_eq(a->uses.at[i].text, b->uses.at[i].text));
            }
        }
    }
}

static bx_code refused(sheet *s, const bx_pdf_options *options) {
    assert_int_equal(sheet_write(s, options, NULL).n, 0);
    assert_true(s->report->errors > 0);
    return s->report->list.at[s->report->list.n - 1].code;
}

static void a_figure_needs_words(void **state) {
    sheet *s = *state;
    bx_pdf_options options = sheet_options();
    sheet_page(s, 100, 100, "1");
    uint32_t figure = sheet_tag(s, 1, BX_TAG_FIGURE);
    sheet_image(s, figure, 10, 10, 20, 20, sheet_picture(s, 1, 4, 4));
    assert_int_equal(refused(s, &options), BX_D_CONFORMANCE);
    bx_tags_at(s->pages->tags, figure)->alt = BX_STR("Stripes");
    assert_true(sheet_write(s, &options, NULL).n > 0);
}

static void only_a3_holds_files(void **state) {
    sheet *s = *state;
    bx_pdf_options options = sheet_options();
    bx_attachment a = {.name = BX_STR("a"), .mime = BX_STR("text/plain"), .bytes = BX_STR("x")};
    options.attachments = &a;
    options.n_attachments = 1;
    sheet_page(s, 100, 100, "1");
    assert_int_equal(refused(s, &options), BX_D_CONFORMANCE);
    options.standards = BX_PDF_A3A | BX_PDF_UA1;
    assert_true(sheet_write(s, &options, NULL).n > 0);
}

static void cmyk_has_a_profile(void **state) {
    sheet *s = *state;
    bx_pdf_options options = sheet_options();
    bx_image image = *sheet_picture(s, 1, 4, 4);
    image.components = 4;
    image.bytes = BX_STR("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef");
    sheet_page(s, 100, 100, "1");
    sheet_image(s, BX_ARTIFACT, 10, 10, 20, 20, &image);
    bx_str pdf = sheet_write(s, &options, NULL);
    assert_true(pdf.n > 0);
    assert_true(bx_str_find(pdf, BX_STR("DeviceCMYK")) < 0);
    image.bytes.n--; /* a row short: a viewer would read past it */
    image.digest.byte[0] ^= 1;
    assert_int_equal(refused(s, &options), BX_D_INTERNAL);
}

static void bad_languages_and_pages_are_refused(void **state) {
    sheet *s = *state;
    bx_pdf_options options = sheet_options();
    assert_int_equal(refused(s, &options), BX_D_CONFORMANCE); /* no page */
    sheet_page(s, 100, 2, "1");
    assert_int_equal(refused(s, &options), BX_D_CONFORMANCE);
    s->pages->list.n = 0;
    sheet_page(s, 100, 100, "1");
    uint32_t p = sheet_tag(s, 1, BX_TAG_P);
    bx_tags_at(s->pages->tags, p)->lang = BX_STR("en_US");
    assert_int_equal(refused(s, &options), BX_D_CONFORMANCE);
}

/* A table of rows of `cells` cells each (0 ends it); the first cell spans `down` rows. */
static void table(sheet *s, const int *cells, uint16_t down) {
    uint32_t t = sheet_tag(s, 1, BX_TAG_TABLE);
    for (int r = 0; cells[r]; r++) {
        uint32_t tr = sheet_tag(s, t, BX_TAG_TR);
        for (int c = 0; c < cells[r]; c++) {
            uint32_t td = sheet_tag(s, tr, BX_TAG_TD);
            if (r == 0 && c == 0)
                bx_tags_at(s->pages->tags, td)->row_span = down;
            sheet_text(s, td, 10, 10 + 20 * c, 20 + 12 * r, "x");
        }
    }
}

static void unlawful_structure_is_refused(void **state) {
    sheet *s = *state;
    bx_pdf_options options = sheet_options();
    sheet_page(s, 100, 100, "1");
    bx_tags *clean = s->pages->tags;
    static const struct {
        int cells[4];
        uint16_t down;
        bool lawful;
    } tables[] = {
        {{2, 2, 0}, 1, true},  {{2, 1, 0}, 1, false}, {{2, 1, 0}, 2, true},
        {{2, 2, 0}, 2, false}, {{2, 1, 0}, 3, false}, {{3, 2, 2, 0}, 3, true},
    };
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        s->pages->tags = bx_tags_new(s->arena, BX_STR("en"));
        s->pages->list.n = 0;
        sheet_page(s, 100, 100, "1");
        table(s, tables[i].cells, tables[i].down);
        assert_int_equal(sheet_write(s, &options, NULL).n > 0, tables[i].lawful);
    }
    static const bx_tag_kind pairs[][2] = {{BX_TAG_P, BX_TAG_LI},   {BX_TAG_L, BX_TAG_P},
                                           {BX_TAG_TOC, BX_TAG_P},  {BX_TAG_LI, BX_TAG_P},
                                           {BX_TAG_P, BX_TAG_TOCI}, {BX_TAG_P, BX_TAG_TR}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        s->pages->tags = bx_tags_new(s->arena, BX_STR("en"));
        s->pages->list.n = 0;
        sheet_page(s, 100, 100, "1");
        uint32_t outer = sheet_tag(s, 1, pairs[i][0]);
        sheet_text(s, sheet_tag(s, outer, pairs[i][1]), 10, 10, 20, "x");
        assert_int_equal(refused(s, &options), BX_D_INTERNAL);
    }
    s->pages->tags = clean;
}

static void long_strings_are_cut(void **state) {
    sheet *s = *state;
    enum { MANY = 40000 };
    char *text = bx_alloc(s->arena, 3 * MANY);
    for (int i = 0; i < MANY; i++)
        memcpy(text + 3 * i, "天", 3);
    bx_str bytes = bx_pdf_text_bytes(s->arena, (bx_str){text, 3 * MANY});
    assert_in_range(bytes.n, 32000, 32767);
    assert_int_equal(bytes.n % 2, 0);
}

static bool full(void *user, const void *bytes, size_t n) {
    size_t *left = user;
    (void)bytes;
    if (n > *left)
        return false;
    *left -= n;
    return true;
}

static void a_full_disk_is_an_error(void **state) {
    sheet *s = *state;
    bx_pdf_options options = sheet_options();
    sheet_page(s, 100, 100, "1");
    for (size_t room = 0; room < 400; room += 50) {
        size_t left = room;
        bx_sink sink = {full, &left};
        bx_arena *scratch = bx_arena_new(&s->memory);
        assert_false(bx_pdf_write(scratch, s->pages, &options, &sink, NULL, s->report));
        bx_arena_drop(scratch);
        assert_int_equal(s->report->list.at[s->report->list.n - 1].code, BX_D_OUTPUT);
    }
}

static void the_same_bytes_twice(void **state) {
    (void)state;
    sheet *one = sample_sheet(), *two = sample_sheet();
    bx_pdf_options options = sheet_options();
    bx_pdf_stats stats;
    bx_str a = sheet_write(one, &options, &stats), b = sheet_write(two, &options, NULL);
    assert_true(a.n > 1000);
    assert_int_equal(a.n, b.n);
    assert_memory_equal(a.p, b.p, a.n);
    assert_int_equal(stats.bytes, a.n);
    assert_true(stats.font_bytes > 0 && stats.font_bytes < stats.bytes);
    assert_true(stats.object_bytes > 0 && stats.object_bytes < stats.bytes);
    sheet_drop(one);
    sheet_drop(two);
}

/* Bytes of the file that only the picture's own samples can have, deflated, stand in it once. */
static void one_picture_stands_once(void **state) {
    sheet *s = *state;
    bx_pdf_options options = sheet_options();
    sheet_page(s, 100, 100, "1");
    const bx_image *image = sheet_picture(s, 3, 64, 64);
    sheet_image(s, BX_ARTIFACT, 0, 0, 20, 20, image);
    uint32_t once = sheet_write(s, &options, NULL).n;
    for (int i = 0; i < 5; i++)
        sheet_image(s, BX_ARTIFACT, 20, 0, 20, 20, sheet_picture(s, 3, 64, 64));
    assert_in_range(sheet_write(s, &options, NULL).n, once, once + 60);
}

/* A page such as draw/ makes of an SVG: an indirect length, an array and a number as objects,
 * nesting, and a key that PDF/A forbids. */
static bx_str drawing(bx_arena *arena) {
    static const char *const objects[] = {
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [ 3 0 R ] /Count 1 >>",
        "<< /Type /Page % a comment\n /Parent 2 0 R /MediaBox [ 0 0 22.5 15 ] /Contents 4 0 R\n"
        "/Group << /Type /Group /S /Transparency /CS /DeviceRGB >> /Resources 6 0 R >>",
        "<< /Length 5 0 R >>\nstream\n0 0 1 rg 0 0 9 9 re f /x7 Do\nendstream",
        "29",
        "<< /XObject << /x7 7 0 R >> /Odd [(a\\)b) <414243> /N#20ame -.5 8 0 R null] >>",
        "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace "
        "/DeviceGray\n"
        "/Interpolate true /Length 1 >>\nstream\nx\nendstream",
        "[ 1 2 ]",
    };
    enum { N = sizeof objects / sizeof *objects };
    bx_buf out = bx_buf_new(arena);
    uint32_t at[N];
    bx_buf_str(&out, BX_STR("%PDF-1.4\n"));
    for (int i = 0; i < N; i++) {
        at[i] = (uint32_t)out.n;
        bx_buf_fmt(&out, "%d 0 obj\n%s\nendobj\n", i + 1, objects[i]);
    }
    uint32_t table = (uint32_t)out.n;
    bx_buf_fmt(&out, "xref\n0 %d\n0000000000 65535 f \n", N + 1);
    for (int i = 0; i < N; i++)
        bx_buf_fmt(&out, "%010u 00000 n \n", at[i]);
    bx_buf_fmt(&out, "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%u\n%%%%EOF\n", N + 1, table);
    return bx_buf_view(&out);
}

static bx_image drawing_of(bx_str page) {
    return (bx_image){.kind = BX_IMAGE_VECTOR,
                      .width = 30,
                      .height = 20,
                      .components = 3,
                      .bits = 8,
                      .bytes = page};
}

static void a_drawing_is_taken_over(void **state) {
    sheet *s = *state;
    bx_pdf_options options = sheet_options();
    bx_image image = drawing_of(drawing(s->arena));
    sheet_page(s, 100, 100, "1");
    sheet_image(s, BX_ARTIFACT, 10, 10, 30, 20, &image);
    bx_str file = sheet_write(s, &options, NULL);
    assert_true(file.n > 0);
    /* Streams that are not deflated stand as they are; dictionaries are in object streams, except
     * those of streams. */
    assert_true(bx_str_find(file, BX_STR("0 0 1 rg 0 0 9 9 re f /x7 Do")) > 0);
    assert_true(
        bx_str_find(file, BX_STR("/BBox[0 0 22.5 15]/Matrix[.044444444 0 0 .066666667 0 0]")) > 0);
    assert_true(bx_str_find(file, BX_STR("[(a\\)b) <414243> /N#20ame -.5 [1 2 ]null ]")) > 0);
    assert_true(bx_str_find(file, BX_STR("/Interpolate")) < 0);
}

/* Whatever a byte becomes, the page is taken over or refused, and nothing outside it is read. */
static void a_spoilt_drawing_is_refused(void **state) {
    sheet *s = *state;
    bx_pdf_options options = sheet_options();
    bx_str page = drawing(s->arena);
    static const char other[] = {'9', '<', '(', ']', 'R', 0};
    for (uint32_t i = 0; i < page.n; i++) {
        char *copy = malloc(page.n);
        memcpy(copy, page.p, page.n);
        copy[i] = other[i % sizeof other];
        bx_image image = drawing_of((bx_str){copy, i % 7 ? page.n : i});
        s->pages->list.n = 0;
        sheet_page(s, 100, 100, "1");
        sheet_image(s, BX_ARTIFACT, 10, 10, 30, 20, &image);
        uint32_t errors = s->report->errors;
        uint32_t n = sheet_write(s, &options, NULL).n;
        free(copy);
        if ((n == 0) != (s->report->errors > errors))
            fail_msg("byte %u: %u bytes written, %u errors", i, n, s->report->errors - errors);
    }
}

static void *starve(void *user, void *old, size_t size) {
    size_t *left = user;
    if (size > 0 && (*left)-- == 0)
        return NULL;
    if (size > 0)
        return realloc(old, size);
    free(old);
    return NULL;
}

/* Every allocation of the writer's arena fails once: control comes to the trap, nothing leaks. */
static void memory_may_run_out(void **state) {
    sheet *s = *state;
    bx_pdf_options options = sheet_options();
    sheet_page(s, 100, 100, "1");
    sheet_text(s, sheet_tag(s, 1, BX_TAG_P), 10, 10, 20, "天a");
    volatile bool written = false;
    for (volatile size_t n = 0; !written; n++) {
        size_t left = n, room = SIZE_MAX;
        jmp_buf trap;
        bx_memory memory = {.allocate = starve, .user = &left, .trap = &trap};
        bx_arena *volatile scratch = NULL;
        bx_sink sink = {full, &room};
        if (setjmp(trap) == 0) {
            scratch = bx_arena_new(&memory);
            written = bx_pdf_write(scratch, s->pages, &options, &sink, NULL, s->report);
        }
        bx_arena_drop(scratch);
        assert_int_equal(memory.in_use, 0);
    }
    assert_int_equal(s->report->errors, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
        T(numbers_are_short_and_exact),
        T(strings_survive_any_byte),
        T(predictors_can_be_undone),
        T(names_are_sorted_once_each),
        T(clusters_give_what_was_typed),
        T(common_clusters_are_clusters),
        T(notes_of_two_parts_are_joined),
        T(a_figure_needs_words),
        T(only_a3_holds_files),
        T(cmyk_has_a_profile),
        T(bad_languages_and_pages_are_refused),
        T(unlawful_structure_is_refused),
        T(long_strings_are_cut),
        T(a_full_disk_is_an_error),
        T(one_picture_stands_once),
        T(a_drawing_is_taken_over),
        T(a_spoilt_drawing_is_refused),
        T(memory_may_run_out),
        cmocka_unit_test(the_same_bytes_twice),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
