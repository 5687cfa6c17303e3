#include "harness.h"

#include "input/yaml.h"

static bx_yaml *read(bench *b, const char *text, bool partial) {
    bx_str s = bx_str_of(text);
    return bx_yaml_read(b->arena, bench_source(b, s), 0, s.n, partial, b->report);
}

/* Each byte of the scalar's text must stand where its origin says. */
static void stands(const char *text, const char *scalar) {
    bench b = bench_open();
    const bx_yaml *y = bx_yaml_get(read(&b, text, false), "a");
    assert_non_null(y);
    if (!bx_str_is(y->text, scalar))
        fail_msg("“%.*s” is not “%s”", BX_STR_ARG(y->text), scalar);
    for (uint32_t i = 0; i < y->text.n; i++) {
        bx_span s = bx_yaml_span(y, i, i + 1);
        char there = text[s.start], is = y->text.p[i];
        bool escape = there == '\\' || there == '\'', fold = is == '\n' || is == ' ';
        bool inside = ((unsigned char)is & 0xC0) == 0x80;
        if (there != is && !escape && !fold && !inside)
            fail_msg("byte %u, %c, is said to be %c", i, is, there);
    }
    bench_close(&b);
}

static void origins(void **state) {
    (void)state;
    stands("a: 甲乙", "甲乙");
    stands("a: |\n  甲\n\n    乙\n  丙\n", "甲\n\n  乙\n丙\n");
    stands("a: |2-\n    甲\n  乙", "  甲\n乙");
    stands("a: >\n  one\n  two\n\n  three\n   four\n", "one two\nthree\n four\n");
    stands("a: >-\n  甲\n  乙\n", "甲\n乙"); /* no space that nobody typed */
    stands("a: \"x\\\"y\\u7532z\\n\"", "x\"y甲z\n");
    stands("a: \"one\n  two\\\n  three\n\n  four\"", "one twothree\nfour");
    stands("a: 'it''s\n  so'", "it's so");
    stands("a: one\n  two\n", "one two");
    stands("a: \"one  two \t 'three'  \\\n  four\"", "one  two \t 'three'  four");
    stands("a: 'one   ''two''   three '", "one   'two'   three ");
    stands("a: |\r\n  甲\r\n  乙\r\nb: 丙\r\n", "甲\n乙\n");
    stands("a: |\r  甲\r  乙\rb: 丙\r", "甲\n乙\n");
}

/* Values that wait for the end of their collection come to the one that they stand in. */
static void nested(void **state) {
    (void)state;
    bench b = bench_open();
    bx_yaml *y =
        read(&b, "a: [1, [2, 3], {x: 4, y: []}, 5]\nb: {x: {a: 6}, a: 7}\nc: {a: 8}\n", false);
    const bx_yaml *a = bx_yaml_get(y, "a"), *map = bx_yaml_get(y, "b");
    assert_int_equal(b.report->list.n, 0);
    assert_int_equal(y->n, 3);
    assert_int_equal(a->n, 4);
    assert_null(a->keys);
    assert_true(bx_str_is(a->items[1]->items[1]->text, "3"));
    assert_int_equal(bx_yaml_get(a->items[2], "y")->n, 0);
    assert_true(bx_str_is(a->items[3]->text, "5"));
    assert_true(bx_str_is(bx_yaml_get(bx_yaml_get(map, "x"), "a")->text, "6"));
    assert_true(bx_str_is(bx_yaml_get(map, "a")->text, "7"));
    assert_true(bx_str_is(bx_yaml_get(bx_yaml_get(y, "c"), "a")->text, "8"));
    bench_close(&b);
}

static void kinds(void **state) {
    (void)state;
    bench b = bench_open();
    bx_yaml *y = read(&b, "a: ~\nb:\nc: \"\"\nd: [1, {e: f}]\n", false);
    assert_int_equal(bx_yaml_get(y, "a")->kind, BX_YAML_NULL);
    assert_int_equal(bx_yaml_get(y, "b")->kind, BX_YAML_NULL);
    assert_int_equal(bx_yaml_get(y, "c")->kind, BX_YAML_SCALAR);
    assert_false(bx_yaml_get(y, "c")->plain);
    assert_int_equal(bx_yaml_get(y, "d")->n, 2);
    assert_null(bx_yaml_get(y, "x"));
    assert_int_equal(read(&b, "", false)->kind, BX_YAML_NULL);
    assert_int_equal(b.report->list.n, 0);
    bench_close(&b);
}

/* `limits`: settings with blanks between, or NULL. */
static void fails_within(const char *text, const char *limits, bool partial, const char *codes,
                         bool tree) {
    bench b = bench_open();
    for (const char *s = limits; s; s = *s ? s + strspn(s, " ") : NULL) {
        size_t n = strcspn(s, " ");
        assert_true(bx_limits_set(&b.report->limits, (bx_str){s, (uint32_t)n}));
        s += n;
    }
    bx_yaml *y = read(&b, text, partial);
    assert_string_equal(bench_codes(&b), codes);
    assert_int_equal(y != NULL, tree);
    bench_close(&b);
}

static void fails(const char *text, const char *codes, bool tree) {
    fails_within(text, NULL, false, codes, tree);
}

static void errors(void **state) {
    (void)state;
    fails("a: 1\na: 2\n", "2:1 duplicate-key", true);
    fails("a: &x 1\nb: *y\n", "2:4 yaml-syntax", false);
    fails("a: &x [*x]\n", "1:8 yaml-syntax", false);
    fails("<<: {a: 1}\n", "1:1 yaml-syntax", true);
    fails("a: !!binary x\n", "1:4 yaml-syntax", true);
    fails("a: !!str 1\n", "", true);
    fails("a: 1\n---\nb: 2\n", "2:1 yaml-syntax", false);
    fails("甲: \"乙\n", "1:4 yaml-syntax", false);
    fails("a: [1, 2\nb: 3\n", "2:2 yaml-syntax", false);
    fails("a: 甲\x01乙\n", "1:5 yaml-syntax", false);
    fails_within("a: 1\nb: [\n", NULL, true, "3:1 yaml-syntax", true);
}

static void limits(void **state) {
    (void)state;
    fails_within("[[[[1]]]]", "yaml-depth=3", false, "1:4 input-limit", false);
    fails_within("[[[1]]]", "yaml-depth=3", false, "", true);
    fails_within("a: [1, 2, 3, 4, 5]", "yaml-values=6", false, "1:14 input-limit", false);
    /* A few lines of aliases that would be a thousand million values. */
    fails("a: &a [1,1,1,1,1,1,1,1,1,1]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\n"
          "c: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c,*c]\n"
          "e: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d,*d]\nf: &f [*e,*e,*e,*e,*e,*e,*e,*e,*e,*e]\n",
          "6:8 input-limit", false);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(origins), cmocka_unit_test(nested), cmocka_unit_test(kinds),
        cmocka_unit_test(errors),  cmocka_unit_test(limits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
