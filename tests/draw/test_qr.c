/* QR codes: what a scanner reads back from the path, and the shape of the path. */
#include "draw/qr.h"
#include "support/bench.h"

#include <stdlib.h>
#include <zbar.h>

static const bx_color ink = {.set = true};

/* Whether a point is inside the path by the non-zero rule: crossings of the ray to its left. All
 * lines of a code are upright or level. */
static bool inside(const bx_path *path, bx_len px, bx_len py) {
    int winding = 0;
    bx_len x = 0, y = 0, x0 = 0, y0 = 0;
    for (uint32_t i = 0; i < path->n; i++) {
        const bx_path_op *op = &path->ops[i];
        bx_len to_x = op->verb == BX_CLOSE ? x0 : op->x[0],
               to_y = op->verb == BX_CLOSE ? y0 : op->y[0];
        if (op->verb == BX_MOVE) {
            x0 = to_x;
            y0 = to_y;
        } else if (x == to_x && x < px) {
            if (y <= py && py < to_y)
                winding++;
            else if (to_y <= py && py < y)
                winding--;
        }
        x = to_x;
        y = to_y;
    }
    return winding != 0;
}

static char *scan(const bx_qr_code *code) {
    enum { SCALE = 4 };
    unsigned side = code->modules * SCALE;
    unsigned char *grey = malloc(side * side);
    for (unsigned y = 0; y < side; y++)
        for (unsigned x = 0; x < side; x++)
            grey[y * side + x] =
                inside(code->path, (bx_len)x * code->module / SCALE + code->module / 8,
                       (bx_len)y * code->module / SCALE + code->module / 8)
                    ? 0
                    : 255;
    zbar_image_scanner_t *scanner = zbar_image_scanner_create();
    zbar_image_scanner_set_config(scanner, 0, ZBAR_CFG_ENABLE, 1);
    zbar_image_t *image = zbar_image_create();
    zbar_image_set_format(image, zbar_fourcc('Y', '8', '0', '0'));
    zbar_image_set_size(image, side, side);
    zbar_image_set_data(image, grey, side * side, NULL);
    char *text = NULL;
    if (zbar_scan_image(scanner, image) == 1)
        text = strdup(zbar_symbol_get_data(zbar_image_first_symbol(image)));
    zbar_image_destroy(image);
    zbar_image_scanner_destroy(scanner);
    free(grey);
    return text;
}

static void test_read_back(void **state) {
    bench *f = *state;
    static const char *const texts[] = {
        "https://example.org",
        "版心：排印报告",
        "x",
        "https://example.org/a/rather/long/"
        "path?with=parameters&and=more#and-a-fragment-that-goes-on",
        "网址 https://例子.中国/路径 与一段较长的说明文字，用来得到更大的版本。网址 "
        "https://例子.中国/路径",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        bx_qr_code code;
        assert_true(
            bx_qr_make(f->arena, bx_str_of(texts[i]), 92885, ink, (bx_span){0}, f->report, &code));
        char *text = scan(&code);
        assert_non_null(text);
        assert_string_equal(text, texts[i]);
        free(text);
    }
    assert_int_equal(f->report->list.n, 0);
}

/* Every corner is on the grid of modules, outside the quiet zone, and no two in a row on one line.
 */
static void test_shape(void **state) {
    bench *f = *state;
    bx_qr_code code;
    assert_true(bx_qr_make(f->arena, BX_STR("https://example.org"), 92885, ink, (bx_span){0},
                           f->report, &code));
    assert_int_equal(code.modules, 25 + 8);
    assert_int_equal(code.side, code.module * 33);
    assert_true(code.side <= 92885 && 92885 - code.side < 33);
    assert_true(code.path->fill.set && !code.path->stroke.set);
    for (uint32_t i = 0; i < code.path->n; i++) {
        const bx_path_op *op = &code.path->ops[i];
        assert_int_equal(op->x[0] % code.module, 0);
        assert_int_equal(op->y[0] % code.module, 0);
        assert_in_range(op->x[0], 4 * code.module, 29 * code.module);
        assert_in_range(op->y[0], 4 * code.module, 29 * code.module);
        if (i + 1 < code.path->n && op->verb != BX_CLOSE)
            assert_true(op->x[0] == op[1].x[0] || op->y[0] == op[1].y[0]);
        if (i >= 2 && op->verb == BX_LINE && op[-1].verb == BX_LINE)
            assert_true((op[-2].x[0] == op[-1].x[0]) != (op[-1].x[0] == op->x[0]));
    }
    /* The finder pattern at the top left: dark ring, light ring, dark core. */
    bx_len m = code.module;
    assert_true(inside(code.path, 4 * m + m / 2, 4 * m + m / 2));
    assert_false(inside(code.path, 5 * m + m / 2, 5 * m + m / 2));
    assert_true(inside(code.path, 7 * m + m / 2, 7 * m + m / 2));
}

static void test_limits(void **state) {
    bench *f = *state;
    bx_qr_code code;
    char *text = malloc(2332);
    memset(text, 'a', 2332);
    assert_true(
        bx_qr_make(f->arena, (bx_str){text, 2331}, 92885, ink, (bx_span){0}, f->report, &code));
    assert_int_equal(code.modules, 177 + 8);
    assert_int_equal(f->report->list.n, 0);
    assert_false(
        bx_qr_make(f->arena, (bx_str){text, 2332}, 92885, ink, (bx_span){0}, f->report, &code));
    assert_int_equal(f->report->list.at[0].code, BX_D_QR_TOO_LONG);
    assert_false(bx_qr_make(f->arena, BX_STR(""), 92885, ink, (bx_span){0}, f->report, &code));
    assert_int_equal(f->report->list.at[1].code, BX_D_BAD_VALUE);
    free(text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_read_back, bench_set_up, bench_tear_down),
        cmocka_unit_test_setup_teardown(test_shape, bench_set_up, bench_tear_down),
        cmocka_unit_test_setup_teardown(test_limits, bench_set_up, bench_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
