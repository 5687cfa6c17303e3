/* SVG: drawn as a PDF page, the same each time, in the set's fonts, and nothing from outside. */
#include "draw/image.h"
#include "support/cmocka_all.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* Pango and cairo keep what they have cached until the process ends. */
const char *__lsan_default_suppressions(void) __attribute__((visibility("default")));
const char *__lsan_default_suppressions(void) {
    return "leak:libfontconfig\nleak:libpango\nleak:libcairo\nleak:libglib\nleak:librsvg\n";
}

typedef struct fixture {
    bx_memory memory;
    bx_arena *arena;
    bx_report *report;
    bx_fonts *fonts;
} fixture;

static int set_up(void **state) {
    fixture *f = calloc(1, sizeof *f);
    f->arena = bx_arena_new(&f->memory);
    f->report = bx_report_new(f->arena, bx_sources_new(f->arena));
    bx_font_options options = {.table = BX_STR(BX_SOURCE_DIR "/fonts/families.yaml"),
                               .owns_default = true};
    f->fonts = bx_fonts_open(f->arena, &options, f->report);
    *state = f;
    return f->fonts ? 0 : -1;
}

static int tear_down(void **state) {
    fixture *f = *state;
    bx_arena_drop(f->arena);
    free(f);
    return 0;
}

static const bx_image *draw(fixture *f, const char *svg) {
    return bx_image_read(f->arena, bx_str_of(svg), BX_STR("a.svg"), (bx_span){0}, f->fonts,
                         f->report);
}

#define SVG(attributes, content)                                                                   \
    "<svg xmlns=\"http://www.w3.org/2000/svg\" "                                                   \
    "xmlns:xlink=\"http://www.w3.org/1999/xlink\" " attributes ">" content "</svg>"

static void test_drawing(void **state) {
    fixture *f = *state;
    const bx_image *image =
        draw(f, SVG("width=\"300\" height=\"200\"", "<circle r=\"40\" cx=\"50\" cy=\"50\"/>"));
    assert_non_null(image);
    assert_int_equal(image->kind, BX_IMAGE_VECTOR);
    assert_int_equal(image->width, 300);
    assert_int_equal(image->height, 200);
    assert_int_equal(image->dpi_x, 96);
    assert_true(bx_str_starts(image->bytes, BX_STR("%PDF-1.4")));
    assert_true(bx_str_find(image->bytes, BX_STR("/MediaBox [ 0 0 225 150 ]")) > 0);
    assert_int_equal(f->report->list.n, 0);
}

static void test_sizes(void **state) {
    fixture *f = *state;
    static const struct {
        const char *svg;
        uint32_t width, height;
    } cases[] = {
        {SVG("width=\"1in\" height=\"25.4mm\"", ""), 96, 96},
        {SVG("viewBox=\"0 0 40 30\"", ""), 40, 30},
        {SVG("width=\"100%\" viewBox=\"0 0 40 30\"", ""), 40, 30},
        {"\xEF\xBB\xBF<?xml version=\"1.0\"?>\n<!-- x -->" SVG("width=\"9\" height=\"8\"", ""), 9,
         8},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const bx_image *image = draw(f, cases[i].svg);
        assert_non_null(image);
        assert_int_equal(image->width, cases[i].width);
        assert_int_equal(image->height, cases[i].height);
    }
}

/* A page without its last lines, which carry the date of making. */
static bx_str body_of(const bx_image *image) {
    return bx_str_sub(image->bytes, 0, (uint32_t)bx_str_find(image->bytes, BX_STR("/Producer")));
}

static void test_text(void **state) {
    fixture *f = *state;
    static const char svg[] =
        SVG("width=\"300\" height=\"99\"", "<text y=\"20\" font-family=\"Arial\">版心 text</text>"
                                           "<text y=\"50\" font-family=\"Times\">宋</text>");
    const bx_image *first = draw(f, svg), *second = draw(f, svg);
    assert_non_null(first);
    assert_true(bx_str_find(first->bytes, BX_STR("NotoSansCJK")) > 0);
    assert_true(bx_str_find(first->bytes, BX_STR("NotoSerifCJK")) > 0);
    assert_true(bx_str_eq(body_of(first), body_of(second)));
    /* No fonts, no text. */
    assert_null(
        bx_image_read(f->arena, bx_str_of(svg), BX_STR("a.svg"), (bx_span){0}, NULL, f->report));
    assert_int_equal(f->report->list.at[0].code, BX_D_IMAGE_BROKEN);
}

/* A picture beside it, an address and a file are all not read: the page is as without them. */
static void test_nothing_outside(void **state) {
    fixture *f = *state;
    char folder[] = "/tmp/banxin-test-XXXXXX", path[64];
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/x.svg", folder);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(SVG("width=\"9\" height=\"9\"", "<rect width=\"9\" height=\"9\" fill=\"red\"/>"), file);
    fclose(file);
    const bx_image *plain = draw(f, SVG("width=\"99\" height=\"99\"", ""));
    static const char *const forms[] = {
        "<image width=\"9\" height=\"9\" xlink:href=\"file://%s\"/>",
        "<image width=\"9\" height=\"9\" href=\"%s\"/>",
        "<use href=\"file://%s#a\"/>",
        "<style>@import url(\"file://%s\");</style>",
        "<image width=\"9\" height=\"9\" href=\"http://127.0.0.1:9%s\"/>",
    };
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        char content[256], svg[512];
        snprintf(content, sizeof content, forms[i], path);
        snprintf(svg, sizeof svg, SVG("width=\"99\" height=\"99\"", "%s"), content);
        const bx_image *image = draw(f, svg);
        assert_non_null(image);
        assert_true(bx_str_find(image->bytes, BX_STR("/Image")) < 0);
        assert_in_range(image->bytes.n, 0, plain->bytes.n + 80);
    }
    unlink(path);
    rmdir(folder);
}

static void test_refused(void **state) {
    fixture *f = *state;
    static const char *const files[] = {
        "<!DOCTYPE svg [<!ENTITY a SYSTEM \"file:///etc/hostname\">]>" SVG("", "<text>&a;</text>"),
        "<!DOCTYPE svg [<!ENTITY a \"aa\"><!ENTITY b \"&a;&a;\">]>" SVG("", "<text>&b;</text>"),
        "<svg xmlns=\"http://www.w3.org/2000/svg\"><g></svg>",
        "<html><svg></svg></html>",
        SVG("width=\"0\" height=\"0\"", ""),
    };
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        if (draw(f, files[i]))
            fail_msg("file %zu was drawn", i);
        assert_int_equal(f->report->list.n, i + 1);
        assert_int_equal(f->report->list.at[i].code, BX_D_IMAGE_BROKEN);
    }
}

/* Ten levels of ten uses each, and elements nested by the thousand: refused before they are drawn.
 */
static void test_bomb(void **state) {
    fixture *f = *state;
    bx_buf svg = bx_buf_new(f->arena);
    bx_buf_str(
        &svg,
        BX_STR(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"><defs><g id=\"u0\">"
            "<rect width=\"1\" height=\"1\"/></g>"));
    for (int i = 1; i <= 10; i++) {
        bx_buf_fmt(&svg, "<g id=\"u%d\">", i);
        for (int k = 0; k < 10; k++)
            bx_buf_fmt(&svg, "<use href=\"#u%d\"/>", i - 1);
        bx_buf_str(&svg, BX_STR("</g>"));
    }
    bx_buf_str(&svg, BX_STR("</defs><use href=\"#u10\"/></svg>"));
    bx_image_read(f->arena, bx_buf_view(&svg), BX_STR("bomb.svg"), (bx_span){0}, f->fonts,
                  f->report);
    assert_int_equal(f->report->list.at[0].code, BX_D_INPUT_LIMIT);

    bx_buf deep = bx_buf_new(f->arena);
    bx_buf_str(&deep,
               BX_STR("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\">"));
    for (int i = 0; i < 100000; i++)
        bx_buf_str(&deep, BX_STR("<g>"));
    draw(f, (bx_buf_char(&deep, 0), deep.p));
    assert_int_equal(f->report->list.at[1].code, BX_D_INPUT_LIMIT);
    assert_int_equal(f->report->list.n, 2);
}

/* What is used many times, but not in powers, is drawn; a circle of uses ends. */
static void test_uses(void **state) {
    fixture *f = *state;
    bx_buf svg = bx_buf_new(f->arena);
    bx_buf_str(&svg,
               BX_STR("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"99\" height=\"9\"><defs>"
                      "<rect id='a' width='1' height='1'/></defs><!-- <g> -->"));
    for (int i = 0; i < 1000; i++)
        bx_buf_fmt(&svg, "<use x='%d' href = '#a'/>", i);
    bx_buf_str(&svg, BX_STR("</svg>"));
    bx_buf_char(&svg, 0);
    assert_non_null(draw(f, svg.p));
    assert_non_null(
        draw(f, SVG("width=\"9\" height=\"9\"",
                    "<g id=\"a\"><use href=\"#b\"/></g><g id=\"b\"><use href=\"#a\"/></g>")));
    assert_int_equal(f->report->list.n, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_drawing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_sizes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_text, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_nothing_outside, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_bomb, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_uses, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
