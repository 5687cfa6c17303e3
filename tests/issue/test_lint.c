/* What `check` says of a text beyond errors, and what each fix makes of it. */
#include "harness.h"

#include "issue/lint.h"

#include <string.h>

static const char head[] = "lang: zh-Hans\nseries: 报\ndate: 2026-05-20\nabstract: |\n  ";

/* "column code[→fix] …" of each finding in one paragraph, in order; columns count characters of it.
 */
static const char *lint_in(bench *b, const char *lang, const char *text) {
    const char *source = bx_str_fmt(b->arena, "lang: %s%s%s\n", lang, strchr(head, '\n'), text).p;
    const bx_issue *issue = bench_read(b, "a.yaml", source);
    assert_non_null(issue);
    assert_int_equal(b->report->list.n, 0);
    bx_issue_lint(b->arena, issue, b->report);
    bx_report_sort(b->report);
    bx_buf out = bx_buf_new(b->arena);
    for (uint32_t i = 0; i < b->report->list.n; i++) {
        const bx_diag *d = &b->report->list.at[i];
        bx_place p = bx_sources_place(b->report->sources, d->span.source, d->span.start);
        bx_buf_fmt(&out, "%s%u %s", i ? " " : "", p.column - 2, bx_code_name(d->code));
        if (d->has_fix)
            bx_buf_fmt(&out, "→%.*s", BX_STR_ARG(d->fix));
        assert_int_equal(d->severity, BX_WARNING);
        assert_true(d->hint.n > 0);
    }
    bx_buf_char(&out, 0);
    return bx_buf_view(&out).p;
}

static void says(const char *text, const char *expected) {
    bench b = bench_open();
    const char *got = lint_in(&b, "zh-Hans", text);
    if (strcmp(got, expected) != 0)
        fail_msg("%s: “%s”, not “%s”", text, got, expected);
    bench_close(&b);
}

static void half_width_marks(void **state) {
    (void)state;
    says("晴,多云", "2 half-width-mark→，");
    says("晴.多云;雨:雪?风!霜.",
         "2 half-width-mark→。 5 half-width-mark→； 7 half-width-mark→： "
         "9 half-width-mark→？ 11 half-width-mark→！ 13 half-width-mark→。");
    says("**晴**,多云", "6 half-width-mark→，");
    says("第3.5节,GDP 增3,456台", ""); /* beside digits and letters the mark may be theirs */
    says("见 `晴,多云` 与 [晴](https://a.cn/晴,云)。", "");
    says("晴&#44;多云", "1 half-width-mark"); /* not written as it reads: nothing to replace, and no
                                                 place of its own */
}

static void marks_of_several(void **state) {
    (void)state;
    says("等等...完", "3 ellipsis→……");
    says("等等。。。", "3 ellipsis→……");
    says("共3...5个", "");
    says("结果--很好---真的", "3 dash→—— 7 dash→——");
    says("用 a--b 的参数 --fix", "");
    says("一，，二。。三、。四", "2 repeated-mark→， 5 repeated-mark→。 8 repeated-mark");
    says("真的吗？！！！真的！！！！", "10 repeated-mark");
}

static void pairs(void **state) {
    (void)state;
    says("他说“好”，她说‘好’。", "");
    says("他说“好。", "3 quote-pair");
    says("他说好”。", "4 quote-pair");
    says("他说“我说“不”行”。", "6 quote-pair");
    says("他说“我说‘不’行”。", "");
    says("（见《书）名》", "3 quote-pair 7 quote-pair");
    says("It’s OK，’90s，workers’。1）一；a）二", "");
    says("他说\"好”。", "3 quote-pair→“");
    says("他说“好\"。", "5 quote-pair→”");
    /* A quotation of two paragraphs opens twice and closes once. */
    says("“一段。\n\n  “二段。”", "");
    says("“一段。\n\n  二段。", "1 quote-pair");
}

static void dates(void **state) {
    (void)state;
    says("2026年5月20日（星期三）、2026 年 5 月 21 日 周四", "");
    says("2026年5月20日（星期四）", "14 weekday");
    says("2026年5月24日，礼拜天；2026年5月24日星期一", "28 weekday");
    says("26年5月起，10年后，2026年5月，第12年", "1 short-year");
    says("2026年2月30日星期一，12026年1月1日星期一", "");
}

static void only_in_chinese(void **state) {
    (void)state;
    bench b = bench_open();
    assert_string_equal(lint_in(&b, "ja", "晴,曇、、“雨"), "");
    bench_close(&b);
}

static void references(void **state) {
    (void)state;
    static const char list[] = "references:\n  - {id: a, title: A}\n  - {id: b, title: B}\n";
    static const struct {
        const char *text, *expected;
    } cases[] = {
        {"无", ""},
        {"见[@a]", "6:5: warning[uncited]: the text does not cite [2]\n"
                   "    Write [@b] where it is used, or take it out\n"},
        {"见[@a; @b]", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bench b = bench_open();
        const char *source = bx_str_fmt(b.arena, "series: 报\ndate: 2026-05-20\nabstract: %s\n%s",
                                        cases[i].text, list)
                                 .p;
        bx_issue_lint(b.arena, bench_read(&b, "a.yaml", source), b.report);
        assert_string_equal(bench_messages(&b), cases[i].expected);
        bench_close(&b);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(half_width_marks),
        cmocka_unit_test(marks_of_several),
        cmocka_unit_test(pairs),
        cmocka_unit_test(dates),
        cmocka_unit_test(only_in_chinese),
        cmocka_unit_test(references),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
