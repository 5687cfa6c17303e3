/* What is counted in an issue, and the shapes that the count goes by. */
#include "harness.h"

#include "issue/shapes.h"
#include "issue/traits.h"

static void expect(const char *name, const char *text, const char *counts) {
    static const char *const names[] = {
#define NAME(id, trait, doc) trait,
        BX_TRAIT_TABLE(NAME)
#undef NAME
    };
    bench b = bench_open();
    bx_traits t = bx_issue_traits(bench_read(&b, name, text));
    bx_buf out = bx_buf_new(b.arena);
    for (int i = 0; i < BX_TRAITS; i++)
        if (t.count[i])
            bx_buf_fmt(&out, "%s%s=%u", out.n ? " " : "", names[i], t.count[i]);
    bx_buf_char(&out, 0);
    assert_string_equal(bx_buf_view(&out).p, counts);
    bench_close(&b);
}

static void text_is_counted_by_kind(void **state) {
    (void)state;
    expect("a.md", "", "");
    expect("a.md", "# 题\n\n一二三四五六七八\n\n- 九\n- 十\n", "characters=10 prose=80 items=2");
    expect("a.md", "# T\n\n| a | b |\n|---|---|\n| c | d |\n\n```\nef\n```\n\n![g](g.png)\n",
           "characters=6 tables=1 code=1 pictures=1");
    expect("a.md", "# T\n\n- a\n  - b\n- c\n", "characters=3 items=3");
}

static void heads_are_counted_with_what_they_bring(void **state) {
    (void)state;
    expect("a.md",
           "# 题\n\n## [甲](https://example.org/a)\n\n## [乙](#题)\n\n## Signals | 信号\n\n"
           "## Release 25 | WebKit\n\n### 丁\n",
           "heads=5 linked-heads=1 bilingual-heads=1");
}

static void rows_of_labels_open_sections(void **state) {
    (void)state;
    expect("a.md",
           "# 题\n\n## 甲\n\n**来源**: 报 | **时间**: 早\n\n## 乙\n\n**来源：** 报\n**价值**：★\n",
           "characters=17 prose=100 heads=2 meta-rows=2");
    /* One label is a lead-in; a row further down is none. */
    expect("a.md", "# 题\n\n## 甲\n\n**来源**: 报\n\n## 乙\n\n文\n\n**a**: b **c**: d\n",
           "characters=11 prose=100 heads=2");
}

static void callouts_are_quotations_with_a_label(void **state) {
    (void)state;
    expect("a.md", "# 题\n\n> 💡 **观点：** 甲\n\n---\n\n> **注**\n> 乙\n\n---\n\n> 丙 **丁**\n",
           "characters=9 call-outs=2");
}

static void fields_are_counted(void **state) {
    (void)state;
    expect(
        "a.yaml",
        "series: 报\nnumber: 3\npublisher: 会\nauthors: [甲, 乙]\nabstract: |\n  - 一\n  - 二\n"
        "sections:\n  - {title: 节, body: 文}\n"
        "references:\n  - {id: a, title: 书}\n"
        "contact:\n  qr: [{data: \"https://example.org\"}]\n",
        "characters=1 prose=100 heads=1 summary-points=2 references=1 qr-codes=1 series=1 number=1 "
        "publisher=1 authors=2");
}

static void titles_have_halves_in_two_languages_only(void **state) {
    (void)state;
    assert_int_equal(bx_title_halves(BX_STR("Weekly Focus | 本周聚焦")), 15);
    assert_int_equal(bx_title_halves(BX_STR("📡 Signals | 신호")), 15);
    assert_int_equal(bx_title_halves(BX_STR("甲 | 乙")), 0);
    assert_int_equal(bx_title_halves(BX_STR("Focus | Signals")), 0);
    assert_int_equal(bx_title_halves(BX_STR(" | 乙")), 0);
    assert_int_equal(bx_title_halves(BX_STR("Focus | ")), 0);
}

static void values_stand_under_their_labels(void **state) {
    (void)state;
    static const char text[] = "# 题\n\n**来源**：报 | **Time:** 9:30 · **标签**: [甲] "
                               "`乙`\n**链接**: <https://example.org>\n";
    static const char *const values[][2] = {
        {"来源", "报"},
        {"Time", "9:30"},
        {"标签", "[甲] 乙"},
        {"链接", "https://example.org"},
        {"来", ""},
        {"", ""},
    };
    bench b = bench_open();
    const bx_node *row = bench_read(&b, "a.md", text)->lead->first;
    assert_true(bx_is_meta_row(row));
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        bx_str value = bx_meta_value(b.arena, row, bx_str_of(values[i][0]));
        assert_string_equal(bx_cstr(b.arena, value), values[i][1]);
    }
    bench_close(&b);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_is_counted_by_kind),
        cmocka_unit_test(heads_are_counted_with_what_they_bring),
        cmocka_unit_test(rows_of_labels_open_sections),
        cmocka_unit_test(callouts_are_quotations_with_a_label),
        cmocka_unit_test(fields_are_counted),
        cmocka_unit_test(values_stand_under_their_labels),
        cmocka_unit_test(titles_have_halves_in_two_languages_only),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
