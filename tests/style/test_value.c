/* Lengths, amounts and colours: exact values, and what is refused. */

#include "style/value.h"
#include "support/arena.h"

static const bx_units units = {.em = 10 * BX_PT, .line = 18 * BX_PT, .whole = 200 * BX_PT};

static bx_len length(const char *text) {
    bx_len out = 12345;
    bx_str fault = bx_length_read(arena, NULL, bx_str_of(text), &units, &out);
    if (fault.n)
        fail_msg("%s: %.*s", text, BX_STR_ARG(fault));
    return out;
}

static void refused(const char *text, const char *why) {
    bx_len out = 12345;
    bx_str fault = bx_length_read(arena, NULL, bx_str_of(text), &units, &out);
    assert_string_equal(bx_cstr(arena, fault), why);
    assert_int_equal(out, 12345);
}

static void units_are_exact(void **state) {
    (void)state;
    assert_int_equal(length("10.5pt"), 10752);
    assert_int_equal(length("1in"), 72 * BX_PT);
    assert_int_equal(length("25.4 mm"), 72 * BX_PT);
    assert_int_equal(length("2.54cm"), 72 * BX_PT);
    assert_int_equal(length("210mm"), 609562); /* 595.2756 pt */
    assert_int_equal(length("2em"), 20 * BX_PT);
    assert_int_equal(length("-0.5em"), -5 * BX_PT);
    assert_int_equal(length("1 line"), 18 * BX_PT);
    assert_int_equal(length("2.5 lines"), 45 * BX_PT);
    assert_int_equal(length("6%"), 12 * BX_PT);
    assert_int_equal(length("0"), 0);
    assert_int_equal(length("0.000000001pt"), 0);
    assert_int_equal(length("14400pt"), BX_LENGTH_LIMIT);
}

static void chinese_sizes(void **state) {
    (void)state;
    const struct {
        const char *name;
        int tenths;
    } sizes[] = {{"小初", 360}, {"一号", 260}, {"小一", 240}, {"二号", 220},
                 {"小二", 180}, {"三号", 160}, {"小三", 150}, {"四号", 140},
                 {"小四", 120}, {"五号", 105}, {"小五", 90},  {"六号", 75}};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        assert_int_equal(length(sizes[i].name), sizes[i].tenths * BX_PT / 10);
}

static void sizes_may_be_tokens(void **state) {
    (void)state;
    bx_map sizes = bx_map_new(arena);
    bx_len wide = 7 * BX_PT, out;
    *bx_map_put(&sizes, BX_STR("wide")) = &wide;
    bx_units with = units;
    with.sizes = &sizes;
    assert_int_equal(bx_length_read(arena, NULL, BX_STR("wide"), &with, &out).n, 0);
    assert_int_equal(out, wide);
}

static void lengths_that_are_none(void **state) {
    (void)state;
    refused("NaN", "`NaN` is no length");
    refused("inf", "`inf` is no length");
    refused("", "`` is no length");
    refused("pt", "`pt` is no length");
    refused("12", "`12` has no unit");
    refused("3 furlongs", "there is no unit `furlongs`");
    refused("1e308", "there is no unit `e308`");
    refused("1e308pt", "there is no unit `e308pt`");
    refused("1.pt", "there is no unit `.pt`");
    refused("14400.001pt", "`14400.001pt` is more than 14400 pt");
    refused("-20000pt", "`-20000pt` is more than 14400 pt");
    refused("99999999999999999999999999pt", "`99999999999999999999999999pt` is too large");
    refused("147456%", "`147456%` is more than 14400 pt");
    refused("10号", "there is no unit `号`");
}

static void units_without_a_meaning(void **state) {
    (void)state;
    const bx_units none = {0};
    bx_len out;
    bx_str fault = bx_length_read(arena, NULL, BX_STR("2em"), &none, &out);
    assert_string_equal(bx_cstr(arena, fault), "em has no meaning here");
    fault = bx_length_read(arena, NULL, BX_STR("5%"), &none, &out);
    assert_string_equal(bx_cstr(arena, fault), "a share has no meaning here");
}

static void amounts(void **state) {
    (void)state;
    bx_em out = 0;
    assert_int_equal(bx_amount_read(arena, NULL, BX_STR("0.25em"), &out).n, 0);
    assert_int_equal(out, 256);
    assert_int_equal(bx_amount_read(arena, NULL, BX_STR("25%"), &out).n, 0);
    assert_int_equal(out, 256);
    assert_int_equal(bx_amount_read(arena, NULL, BX_STR("-0.15"), &out).n, 0);
    assert_int_equal(out, -154);
    assert_true(bx_amount_read(arena, NULL, BX_STR("3pt"), &out).n > 0);
    assert_true(bx_amount_read(arena, NULL, BX_STR("101"), &out).n > 0);
}

static void color_is(const bx_map *tokens, const char *text, uint8_t r, uint8_t g, uint8_t b) {
    bx_color out = {0};
    bx_str fault = bx_color_read(arena, NULL, bx_str_of(text), tokens, &out);
    if (fault.n)
        fail_msg("%s: %.*s", text, BX_STR_ARG(fault));
    assert_true(out.set);
    assert_int_equal(out.r, r);
    assert_int_equal(out.g, g);
    assert_int_equal(out.b, b);
}

static void colors(void **state) {
    (void)state;
    bx_map tokens = bx_map_new(arena);
    bx_color brand = {15, 61, 115, true}, out = {1, 2, 3, true};
    *bx_map_put(&tokens, BX_STR("brand")) = &brand;
    color_is(&tokens, "#0F3D73", 15, 61, 115);
    color_is(&tokens, "#c00", 204, 0, 0);
    color_is(&tokens, "brand", 15, 61, 115);
    color_is(&tokens, "tint(brand, 0%)", 255, 255, 255);
    color_is(&tokens, "tint(brand, 100%)", 15, 61, 115);
    color_is(&tokens, "tint(brand,6%)", 241, 243, 247);
    color_is(&tokens, "tint(tint(#000000, 50%), 50%)", 191, 191, 191);
    assert_int_equal(bx_color_read(arena, NULL, BX_STR("none"), &tokens, &out).n, 0);
    assert_false(out.set);
    const char *const wrong[] = {"",
                                 "#12345",
                                 "#GGGGGG",
                                 "blue",
                                 "tint(brand)",
                                 "tint(brand, 6)",
                                 "tint(brand, 101%)",
                                 "tint(x, 6%)"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_true(bx_color_read(arena, NULL, bx_str_of(wrong[i]), &tokens, &out).n > 0);
}

static void words_keep_parentheses(void **state) {
    (void)state;
    bx_str text = BX_STR(" 0.4pt  tint(brand, 20%) x");
    uint32_t at = 0;
    assert_string_equal(bx_cstr(arena, bx_value_word(text, &at)), "0.4pt");
    assert_string_equal(bx_cstr(arena, bx_value_word(text, &at)), "tint(brand, 20%)");
    assert_string_equal(bx_cstr(arena, bx_value_word(text, &at)), "x");
    assert_int_equal(bx_value_word(text, &at).n, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(units_are_exact),
        cmocka_unit_test(chinese_sizes),
        cmocka_unit_test(sizes_may_be_tokens),
        cmocka_unit_test(lengths_that_are_none),
        cmocka_unit_test(units_without_a_meaning),
        cmocka_unit_test(amounts),
        cmocka_unit_test(colors),
        cmocka_unit_test(words_keep_parentheses),
    };
    return cmocka_run_group_tests_name("style/value", tests, open_arena, drop_arena);
}
