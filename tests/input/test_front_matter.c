#include "harness.h"

#include "input/front_matter.h"

/* `title` of the front matter, what the text begins with, and what is said. */
static void has(const char *text, const char *title, const char *body, const char *codes) {
    bench b = bench_open();
    bx_str s = bx_str_of(text);
    b.report->lenient = bench_source(&b, s);
    bx_front_matter f = bx_front_matter_read(b.arena, b.report->lenient, b.report);
    const bx_yaml *y = f.map ? bx_yaml_get(f.map, "title") : NULL;
    assert_string_equal(y ? bx_cstr(b.arena, y->text) : "-", title);
    assert_string_equal(text + f.body, body);
    assert_string_equal(bench_codes(&b), codes);
    assert_int_equal(b.report->errors, 0);
    bench_close(&b);
}

static void yaml(void **state) {
    (void)state;
    has("---\ntitle: 甲\n---\n正文", "甲", "正文", "");
    has("---\r\ntitle: 甲\r\n---\r\n正文", "甲", "正文", "");
    has("\xEF\xBB\xBF---\ntitle: 甲\n...\n正文", "甲", "正文", "");
    has("\n\n---\ntitle: 甲\n---\n正文", "甲", "正文", "");
    has("---\n---\n正文", "-", "正文", "");
}

static void none(void **state) {
    (void)state;
    has("正文", "-", "正文", "");
    has("", "-", "", "");
    has("---\n一段。\n---\n正文", "-", "---\n一段。\n---\n正文", "");
    has("注意: 甲\n乙", "-", "注意: 甲\n乙", "");
    has("{甲}", "-", "{甲}", "");
    has("+++\n甲", "-", "+++\n甲", "");
}

static void broken(void **state) {
    (void)state;
    has("---\ntitle: 甲: 乙\ndate: x\n---\n正文", "甲: 乙", "正文", "2:9 yaml-syntax");
    has("---\ntitle: 甲\ntags:\n\t- a\n---\n正文", "甲", "正文", "4:1 yaml-syntax");
    has("---\ndate: x\ntitle: \"甲\"乙\n---\n正文", "甲", "正文", "3:11 yaml-syntax");
    has("---\ntitle: 甲\n\n正文", "甲", "正文", "1:1 front-matter");
    has("---\ntitle: 甲\ntitle: 乙\n---\n正文", "甲", "正文", "3:1 duplicate-key");
    /* A key that stands twice stops nothing: what is below it is read as YAML has it. */
    has("---\ndate: x\ndate: y\ntitle: >\n  甲\n  乙\n---\n正文", "甲\n乙\n", "正文",
        "3:1 duplicate-key");
}

static void other_forms(void **state) {
    (void)state;
    has("+++\ntitle = \"甲\"\ntags = [\"a\"]\n[x]\ntitle = 1\n+++\n正文", "甲", "正文",
        "1:1 front-matter");
    has("{\n\"title\": \"甲\", \"tags\": [\"a\"]\n}\n正文", "甲", "正文", "1:1 front-matter");
    has(";;;\n\"title\": \"甲\"\n;;;\n正文", "甲", "正文", "1:1 front-matter");
    has("{:title \"甲\" :tags [\"a\"]\n :x {:y 1}}\n正文", "甲", "正文", "1:1 front-matter");
    has("title: 甲\ndate: 2026-04-17\n---\n正文", "甲", "正文", "1:1 front-matter");
    has("title: 甲\ndate: 2026-04-17\n\n正文", "甲", "正文", "1:1 front-matter");
}

static void lists(void **state) {
    (void)state;
    bench b = bench_open();
    bx_str s = BX_STR("title: 甲\ntags:\n- a\n- 'b c'\nauthors: [x, \"y, z\"]\n\n正文");
    bx_front_matter f = bx_front_matter_read(b.arena, bench_source(&b, s), b.report);
    const bx_yaml *tags = bx_yaml_get(f.map, "tags"), *authors = bx_yaml_get(f.map, "authors");
    assert_int_equal(tags->n, 2);
    assert_true(bx_str_is(tags->items[1]->text, "b c"));
    assert_int_equal(authors->n, 2);
    assert_true(bx_str_is(authors->items[1]->text, "y, z"));
    assert_int_equal(authors->items[1]->span.start, bx_str_find(s, BX_STR("y, z")));
    bench_close(&b);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(yaml),        cmocka_unit_test(none),  cmocka_unit_test(broken),
        cmocka_unit_test(other_forms), cmocka_unit_test(lists),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
