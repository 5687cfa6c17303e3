/* What a reader of the messages sees: each kind of mistake, its place, its cure. */
#include "harness.h"

static void says(const char *text, const char *messages) {
    bench b = bench_open();
    bench_read(&b, "a.yaml", text);
    assert_string_equal(bench_messages(&b), messages);
    bench_close(&b);
}

#define BODY "sections: [{title: 甲}]\n"

static void accepts(void **state) {
    (void)state;
    says("title: 甲\n" BODY, "");
    says("---\nseries: 甲\nabstract: 乙\n", "");
    says("{\"title\": \"甲\", \"lead\": \"乙\"}", "");
    says("\xEF\xBB\xBFtitle: 甲\r\n" BODY, "");
    says("title: 甲\nx-color: 红\n" BODY, "");
}

static void keys(void **state) {
    (void)state;
    says("titel: 甲\n" BODY,
         "1:1: error[unknown-key]: “titel” is no key of the issue\n    Did you mean “title”?\n"
         "1:1: error[missing-key]: the issue has neither “series” nor “title”\n    Add title: …\n");
    says("title: 甲\nsections:\n  - titel: 乙\n",
         "3:5: error[unknown-key]: “titel” is no key of the section\n    Did you mean “title”?\n"
         "3:5: error[missing-key]: this section has no “title”\n    Add title:\n");
    says("title: 甲\ntitle: 乙\n" BODY,
         "2:1: error[duplicate-key]: the key “title” stands twice; first on line 1\n");
    says("title: 甲\n",
         "1:1: error[missing-key]: the issue has nothing to print: no “sections”, “abstract” or "
         "“lead”\n    Add sections: with “- title: …” and “  body: |” below it\n");
}

static void values(void **state) {
    (void)state;
    says("title: [甲]\n" BODY, "1:8: error[wrong-type]: “title” must be text, not a list\n");
    says("title: 甲\ndate: 2026-02-30\n" BODY,
         "2:7: error[bad-date]: “2026-02-30” is no date\n    Write it as 2026-04-17\n");
    says("title: 甲\nlang: 中文\n" BODY,
         "2:7: error[bad-value]: “中文” is no language tag\n    For example: lang: zh-Hans\n");
    says("title: 甲\nsubtitle: #1 乙\n" BODY,
         "2:11: error[bad-value]: “subtitle” has no value: # begins a comment\n"
         "    Quote it: subtitle: \"#1 乙\"\n");
    says("title: 甲\nembed-source: 也许\n" BODY,
         "2:15: error[wrong-type]: “embed-source” must be true or false\n");
    says("title: 甲\ncontact: {website: example.org}\n" BODY,
         "2:20: error[bad-value]: “example.org” is no address\n    Write it in full: "
         "https://example.org\n");
}

static void syntax(void **state) {
    (void)state;
    says("title: 甲: 乙\n" BODY, "1:9: error[yaml-syntax]: a colon and a space in the middle of a "
                                 "value, or a key indented differently "
                                 "from its fellows\n    Quote the value: title: \"甲: 乙\"; or "
                                 "align the key with those above it\n");
    says("title: \"甲\n" BODY,
         "1:8: error[yaml-syntax]: a quotation mark is opened here and never closed\n"
         "    Close it; inside double quotes write \\\" for the mark itself\n");
    says("title：甲\n" BODY,
         "1:6: error[yaml-syntax]: the colon after a key must be the ASCII one\n"
         "    Write “key: value”, with a space after the colon\n");
    says("title: 甲\n\tdate: 2026-04-17\n",
         "2:1: error[yaml-syntax]: a tab stands where only spaces may indent\n    Use spaces\n");
    says(
        "title: `甲`\n",
        "1:8: error[yaml-syntax]: a value cannot begin with this character\n    Quote the value\n");
}

static void encodings(void **state) {
    (void)state;
    says("title: \xC8\xCB\xB9\xA4\xD6\xC7\xC4\xDC\n",
         "1:8: error[encoding]: the file is not UTF-8 (byte 0xC8 here); it looks like GBK\n"
         "    Save it as UTF-8: iconv -f GBK -t UTF-8\n");
    says("title: 甲\xFF\n",
         "1:9: error[encoding]: the file is not UTF-8 (byte 0xFF here)\n    Save it as UTF-8\n");
}

static void places_inside_yaml(void **state) {
    (void)state;
    /* Escapes, folds and indentation before a fault must not move its column. */
    says(
        "title: \"\\u7532 \\\"乙\\\" [@x]\"\n" BODY "references: [{id: y, title: 丙}]\n",
        "1:23: error[unknown-citation]: there is no reference “x”\n    Add it under references:\n");
    says("title: 甲\nabstract: >-\n  乙\n  丙 [@x]\nreferences: [{id: y, title: 丙}]\n",
         "4:6: error[unknown-citation]: there is no reference “x”\n    Add it under references:\n");
    says("title: 甲\nabstract: '乙''s\n  丙 [@x]'\nreferences: [{id: y, title: 丙}]\n",
         "3:6: error[unknown-citation]: there is no reference “x”\n    Add it under references:\n");
    says(
        "title: 甲\nabstract: |\n  > 乙 &amp; \\* **丙**\n  > - 丁 [@x]\nreferences: [{id: y, "
        "title: 丙}]\n",
        "4:10: error[unknown-citation]: there is no reference “x”\n    Add it under references:\n");
}

static void links(void **state) {
    (void)state;
    says("title: 甲\nabstract: '[乙](javascript:x) [丙](#无) [丁](../x.md)'\n",
         "2:12: warning[unsafe-link]: a link to javascript: is not made live; its text is printed\n"
         "    Use http, https, mailto or tel\n"
         "2:30: warning[broken-link]: nothing here has the id “无”\n"
         "    Give a section id: 无, or correct the link\n"
         "2:38: warning[unsafe-link]: “../x.md” leads to a file beside the issue, not to an "
         "address; its text is "
         "printed\n    Use http, https, mailto or tel\n");
}

static void overrides(void **state) {
    (void)state;
    bench b = bench_open();
    bx_str sets[] = {BX_STR("number=108"), BX_STR("contact.website=https://example.org"),
                     BX_STR("nubmer=1")};
    bx_issue_options o = {
        .path = BX_STR("-"), .bytes = BX_STR("title: 甲\nnumber: 107\n" BODY), .has_bytes = true};
    o.sets = sets;
    o.n_sets = 3;
    const bx_issue *issue = bx_issue_read(b.arena, &o, b.report);
    assert_true(bx_str_is(issue->number, "108"));
    assert_true(bx_str_is(issue->contact->website, "https://example.org"));
    assert_string_equal(
        bench_messages(&b),
        "1:1: error[unknown-key]: “nubmer” is no key of the issue\n    Did you mean “number”?\n");
    assert_true(bx_str_is(bx_sources_get(b.report->sources, b.report->list.at[0].span.source)->name,
                          "--set"));
    bench_close(&b);
}

static void own_numbers(void **state) {
    (void)state;
    static const char *const with[] = {"一、引言", "（二）现状",  "(3) 现状",   "1. 引言",
                                       "2、现状",  "1.1 背景",    "2.3.4. 深",  "第三章 方法",
                                       "第 12 节", "① 甲",        "II. Method", "Chapter 3",
                                       "十二、结", "1️⃣ 甲", "제1장 서론"};
    static const char *const without[] = {"2026 年展望", "3.5% 的增长", "一个问题",  "10 个趋势",
                                          "第107期",     "AI 周报",     "IV 期临床", "",
                                          "一"};
    for (size_t i = 0; i < sizeof with / sizeof *with; i++)
        if (!bx_has_own_number(bx_str_of(with[i])))
            fail_msg("%s has a number", with[i]);
    for (size_t i = 0; i < sizeof without / sizeof *without; i++)
        if (bx_has_own_number(bx_str_of(without[i])))
            fail_msg("%s has no number", without[i]);
}

/* The numbers of an issue's heads in reading order: "1 0 0 2". */
static void counts(const char *text, const char *expected) {
    bench b = bench_open();
    bx_buf out = bx_buf_new(b.arena);
    const bx_issue *issue = bench_read(&b, "a.md", text);
    for (bx_section *s = issue->sections; s; s = bx_section_after(s))
        bx_buf_fmt(&out, "%s%u", out.n ? " " : "", s->number);
    bx_buf_char(&out, 0);
    assert_string_equal(bx_buf_view(&out).p, expected);
    bench_close(&b);
}

static void numbers_are_whole_rows(void **state) {
    (void)state;
    counts("# T\n\n## 甲\n\n### 乙\n\n### 丙\n\n## 丁\n", "1 1 2 2");
    /* 引言, 一、…, 结语: the author's row has no second one beside it, nor under it. */
    counts("# T\n\n## 引言\n\n### 小\n\n## 一、甲\n\n### 细\n\n## 结语\n", "0 0 0 0 0");
    /* Bare numbers prove it together, one that stands twice too; equal ones alone are none. */
    counts("# T\n\n## 1 甲\n\n### 小\n\n## 2 乙\n\n## 3 丙\n\n## 3 丁\n", "0 0 0 0 0");
    counts("# T\n\n## 3 件好事\n\n## 3 件坏事\n", "1 2");
    /* Another level is another row. */
    counts("# T\n\n## 甲\n\n### 1. 乙\n\n### 丙\n\n## 丁\n\n### 戊\n", "1 0 0 2 1");
}

/* The list of references is a section like others: under its own words, with the numbers that are
 * typed, where it stands. */
static void references_stay(void **state) {
    (void)state;
    bench b = bench_open();
    const bx_issue *i = bench_read(&b, "a.md",
                                   "# 题\n\n## 甲\n\n见[4]。\n\n## 参考资料\n\n4. 乙\n5. 丙\n\n"
                                   "[6] 丁\n\n## 附录\n\n戊。\n");
    assert_int_equal(i->n_references, 3);
    assert_string_equal(bx_cstr(b.arena, i->references[0].label), "4.");
    assert_string_equal(bx_cstr(b.arena, i->references[2].label), "[6]");
    assert_true(i->references[0].cited);
    const bx_section *s = i->sections->next;
    assert_ptr_equal(s, i->references_at);
    assert_string_equal(bx_cstr(b.arena, s->title.plain), "参考资料");
    assert_int_equal(s->number, 0);
    assert_null(s->body);
    assert_string_equal(bx_cstr(b.arena, s->next->title.plain), "附录");
    assert_int_equal(s->next->number, 2);
    bench_close(&b);
}

static const char report_lines[] =
    "观察日报\n\n海边工作委员会\n\n灯塔社 & 潮汐社\n\n2026 年 4 月 17 "
    "日\n\n摘要\n\n今天有三件事。\n\nContents\n\n"
    "- 1 港 口 2\n\n2\t航道\t3\n3\t参考文献\t4\n\n1 港口\n\n泊位启用。\n\n2 "
    "航道\n\n航道疏浚。\n\n3 "
    "参考文献\n\n"
    "4. 林远, *潮汐表*. "
    "<https://example.org/"
    "tide>\n\n联系我们，请扫码\n\n灯塔社\n公众号\n\n灯塔社：\n\n看灯的人。\n\n网站：example.org\n";

/* A printed report's text without marks: its lines say what it is made of. */
static void printed_reports(void **state) {
    (void)state;
    bench b = bench_open();
    const bx_issue *i = bench_read(&b, "a.md", report_lines);
    assert_string_equal(bx_cstr(b.arena, i->title.plain), "观察日报");
    assert_string_equal(bx_cstr(b.arena, i->publisher.plain), "海边工作委员会");
    assert_int_equal(i->partners.n, 1);
    assert_int_equal(i->date.day, 17);
    assert_string_equal(bx_cstr(b.arena, bx_node_plain(b.arena, i->abstract)), "今天有三件事。");
    assert_string_equal(bx_cstr(b.arena, i->contents_title.plain), "Contents");
    assert_null(i->lead);
    assert_string_equal(bx_cstr(b.arena, i->sections->title.plain), "1 港口");
    assert_true(i->sections->own_number);
    assert_ptr_equal(i->sections->next->next, i->references_at);
    assert_string_equal(bx_cstr(b.arena, i->sections->contents.plain), "1 港 口");
    assert_int_equal(i->n_references, 1);
    assert_string_equal(bx_cstr(b.arena, i->contact->heading.plain), "联系我们，请扫码");
    assert_int_equal(i->contact->n_organizations, 2); /* the caption of a code, and one */
    assert_string_equal(bx_cstr(b.arena, i->contact->organizations[1].name.plain), "灯塔社：");
    assert_string_equal(bx_cstr(b.arena, bx_node_plain(b.arena, i->contact->text)),
                        "网站：example.org");
    bench_close(&b);
    /* 一、 counts too. What stands under 目录 and agrees with no head is no contents; a paragraph
     * that a page's end divided is one. */
    b = bench_open();
    i = bench_read(&b, "a.md",
                   "今日观察\n\n目录\n\n一、港口……2\n二、航道……3\n\n本期另有附图。\n\n一、港口\n\n"
                   "泊位启用。\n\n二、航道\n\n航道疏浚以后，吃水十二米的船可以在任何潮位进出港口，"
                   "引航站的值班表也因此重新排过，夜间多了两班，灯塔的看守人说这是他记得的头一回"
                   "\n\n把夜里的风写进日志。\n");
    assert_string_equal(bx_cstr(b.arena, bx_node_plain(b.arena, i->lead)), "本期另有附图。");
    assert_string_equal(bx_cstr(b.arena, i->sections->contents.plain), "一、港口");
    assert_null(i->sections->next->body->first->next);
    bench_close(&b);
    b = bench_open();
    i = bench_read(
        &b, "a.md",
        "今日观察\n\n目录\n\n1 港口 2\n2 潮汐 3\n\n1 港口\n\n1.1 泊位\n\n启用。\n\n2 航道\n"
        "\n疏浚。\n");
    assert_null(i->contents_title.inlines);
    assert_string_equal(bx_cstr(b.arena, bx_node_plain(b.arena, i->lead)),
                        "目录 1 港口 2 2 潮汐 3");
    assert_string_equal(bx_cstr(b.arena, i->sections->first->title.plain), "1.1 泊位");
    bench_close(&b);
    /* One counted line is none: an ordinary text keeps its words. */
    b = bench_open();
    i = bench_read(&b, "a.md", "题目\n\n摘要\n\n一段话。\n\n1 港口\n\n又一段话。\n");
    assert_null(i->sections);
    assert_null(i->abstract);
    bench_close(&b);
}

static void dates(void **state) {
    (void)state;
    bench b = bench_open();
    static const struct {
        const char *text;
        int year, month, day;
        const char *time;
    } good[] = {{"2026-04-17", 2026, 4, 17, ""},
                {"2026/4/7", 2026, 4, 7, ""},
                {"2026年4月17日", 2026, 4, 17, ""},
                {"2026 年 4 月 17 日", 2026, 4, 17, ""},
                {"2024-02-29T15:46", 2024, 2, 29, "15:46"},
                {"2026-02-28 17:00:00 +0800", 2026, 2, 28, "17:00:00 +0800"},
                {"20260417", 2026, 4, 17, ""},
                {"Apr 17, 2026", 2026, 4, 17, ""},
                {"17th April 2026", 2026, 4, 17, ""},
                {"Fri, 17 Apr 2026 10:00:00 GMT", 2026, 4, 17, "10:00:00 GMT"},
                {"2026.02.17 22:51 KST", 2026, 2, 17, "22:51 KST"}};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        bx_date d = {0};
        assert_true(bx_parse_date(b.arena, bx_str_of(good[i].text), false, &d));
        assert_int_equal(d.year, good[i].year);
        assert_int_equal(d.month, good[i].month);
        assert_int_equal(d.day, good[i].day);
        assert_true(bx_str_is(d.time, good[i].time));
    }
    static const char *const bad[] = {"2026-02-29",  "2026-13-01",   "2026-4",    "26-04-17",
                                      "2026-04-17x", "今天",         "",          "20260431",
                                      "Foo 3, 2026", "Apr 31, 2026", "2026-00-10"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        bx_date d = {0};
        if (bx_parse_date(b.arena, bx_str_of(bad[i]), false, &d))
            fail_msg("%s is no date", bad[i]);
    }
    bx_date d = {0};
    assert_true(bx_parse_date(b.arena, BX_STR("2026-04"), true, &d) && d.month == 4 && d.day == 0);
    assert_true(bx_parse_date(b.arena, BX_STR("2026"), true, &d) && d.month == 0);
    bench_close(&b);
}

/* Every allocation may fail, cmark's own too: the trap is reached, nothing leaks, nothing stays
 * locked. */
typedef struct stingy {
    long left;
} stingy;

static void *give(void *user, void *old, size_t size) {
    stingy *s = user;
    if (size == 0) {
        free(old);
        return NULL;
    }
    return s->left-- > 0 ? realloc(old, size) : NULL;
}

static bool read_with(long allocations) {
    stingy s = {allocations};
    jmp_buf trap;
    bx_memory memory = {.allocate = give, .user = &s, .trap = &trap};
    bx_arena *volatile arena = NULL;
    if (setjmp(trap)) {
        bx_arena_drop(arena);
        return false;
    }
    arena = bx_arena_new(&memory);
    bx_report *report = bx_report_new(arena, bx_sources_new(arena));
    bx_issue_options o = {.path = BX_STR("a.yaml"), .has_bytes = true};
    /* So long that cmark finds no room in what there is. */
    bx_buf text = bx_buf_new(arena);
    bx_buf_str(&text, BX_STR("title: 甲\nabstract: |\n"));
    for (int i = 0; i < 500; i++)
        bx_buf_str(&text, BX_STR("  **乙。**丙 [@x] <br> | a |\n  1. 丁\n\n"));
    bx_buf_str(&text, BX_STR(BODY));
    o.bytes = bx_buf_view(&text);
    bx_issue_read(arena, &o, report);
    bx_arena_drop(arena);
    return true;
}

static void out_of_memory(void **state) {
    (void)state;
    long n = 0;
    while (!read_with(n))
        n++;
    assert_in_range(n, 5, 200);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(accepts),         cmocka_unit_test(keys),
        cmocka_unit_test(values),          cmocka_unit_test(syntax),
        cmocka_unit_test(encodings),       cmocka_unit_test(places_inside_yaml),
        cmocka_unit_test(links),           cmocka_unit_test(overrides),
        cmocka_unit_test(own_numbers),     cmocka_unit_test(numbers_are_whole_rows),
        cmocka_unit_test(references_stay), cmocka_unit_test(printed_reports),
        cmocka_unit_test(dates),           cmocka_unit_test(out_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
