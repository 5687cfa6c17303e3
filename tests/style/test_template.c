/* Templates: read, expanded, and refused at the right characters. */

#include "style/dump.h"
#include "style/template.h"
#include "support/arena.h"

/* The template as it stands in `key: "…"`, so that places are those of a layout. */
static bx_template parse(const char *text, uint32_t where, bx_report *report) {
    bx_str bytes = bx_str_fmt(arena, "key: \"%s\"", text);
    uint32_t source = bx_sources_add(report->sources, BX_STR("t.yaml"), bytes);
    bx_yaml *tree = bx_yaml_read(arena, source, 0, bytes.n, false, report);
    assert_non_null(tree);
    bx_template out;
    bx_template_read(arena, bx_yaml_get(tree, "key"), where, report, &out);
    return out;
}

static bx_value value(void *user, bx_str field) {
    static const bx_str names[] = {{"王五", 6}, {"Ada", 3}};
    bool full = user != NULL;
    if (bx_str_is(field, "series"))
        return (bx_value){.kind = BX_VALUE_TEXT, .text = BX_STR("每日分析")};
    if (bx_str_is(field, "number") && full)
        return (bx_value){.kind = BX_VALUE_TEXT, .text = BX_STR("107")};
    if (bx_str_is(field, "date") && full)
        return (bx_value){.kind = BX_VALUE_DATE, .date = {.year = 2026, .month = 4, .day = 17}};
    if (bx_str_is(field, "authors") && full)
        return (bx_value){.kind = BX_VALUE_LIST, .list = names, .n = 2};
    if (bx_str_is(field, "2"))
        return (bx_value){.kind = BX_VALUE_NUMBER, .number = 11};
    if (bx_str_is(field, "extra.mood") && full)
        return (bx_value){.kind = BX_VALUE_TEXT, .text = BX_STR("晴")};
    return (bx_value){0};
}

static bx_expansion expand(const char *text, bool full) {
    bx_report *report = bx_report_new(arena, bx_sources_new(arena));
    bx_template t = parse(text, UINT32_MAX, report);
    if (report->errors)
        fail_msg("%s: %.*s", text, BX_STR_ARG(report->list.at[0].message));
    bx_map *words = bx_new(arena, bx_map);
    *words = bx_map_new(arena);
    static const bx_str contents = {"目录", 6};
    *bx_map_put(words, BX_STR("contents")) = (void *)&contents;
    bx_template_env env = {
        .value = value, .user = full ? arena : NULL, .words = words, .lang = BX_STR("zh-Hans")};
    return bx_template_expand(arena, &t, &env);
}

static void gives(const char *text, bool full, const char *expected) {
    bx_expansion e = expand(text, full);
    assert_string_equal(bx_cstr(arena, e.text), expected);
}

static void expands(void **state) {
    (void)state;
    gives("{series} · 第{number}期", true, "每日分析 · 第107期");
    gives("{number:han}", true, "一百零七");
    gives("{date}", true, "2026 年 4 月 17 日");
    gives("{date:full}", true, "2026 年 4 月 17 日 星期五");
    gives("（{2:han}）", true, "（十一）");
    gives("{authors}", true, "王五、Ada");
    gives("{extra.mood}", true, "晴");
    gives("{words.contents}", true, "目录");
    gives("{{{2}}}", true, "{11}");
    gives("plain", true, "plain");
    gives("", true, "");
}

static void groups_need_a_value(void **state) {
    (void)state;
    gives("{series}{? · 第{number}期}", true, "每日分析 · 第107期");
    gives("{series}{? · 第{number}期}", false, "每日分析");
    gives("{?{number}期 }{?{date:iso}，}{series}", false, "每日分析");
    gives("{?{number}/{date:year}}", true, "107/2026");
    gives("{?}{?}{?}{?}{?a{number}}", true, "a107");
}

static void the_first_alternative_that_has_a_value_prints(void **state) {
    (void)state;
    gives("{series|number}", true, "每日分析");
    gives("{title|number|series}期", true, "107期");
    gives("{title|number|series}期", false, "每日分析期");
    gives("{number|date}", false, "");
    gives("{series}{? · {title|number}}", false, "每日分析");
    gives("{number|extra.mood}{2}", true, "10711");
}

static const char *word_in(const char *lang) {
    static const bx_str plain = {"目录", 6}, english = {"Contents", 8}, hant = {"目錄", 6};
    bx_report *report = bx_report_new(arena, bx_sources_new(arena));
    bx_template t = parse("{words.contents}", UINT32_MAX, report);
    bx_map words = bx_map_new(arena);
    *bx_map_put(&words, BX_STR("contents")) = (void *)&plain;
    *bx_map_put(&words, BX_STR("contents@en")) = (void *)&english;
    *bx_map_put(&words, BX_STR("contents@zh-Hant")) = (void *)&hant;
    bx_template_env env = {.value = value, .words = &words, .lang = bx_str_of(lang)};
    return bx_cstr(arena, bx_template_expand(arena, &t, &env).text);
}

static void words_follow_the_language(void **state) {
    (void)state;
    assert_string_equal(word_in("en"), "Contents");
    assert_string_equal(word_in("en-GB"), "Contents");
    assert_string_equal(word_in("zh-Hant-HK"), "目錄");
    assert_string_equal(word_in("zh-Hans"), "目录");
    assert_string_equal(word_in("e"), "目录");
    assert_string_equal(word_in(""), "目录");
}

static void absent_when_no_field_has_a_value(void **state) {
    (void)state;
    assert_true(expand("第 {number} 期", false).absent);
    assert_true(expand("{words.contents} {number}", false).absent);
    assert_false(expand("{series} {number}", false).absent);
    assert_false(expand("{words.contents}", false).absent);
    assert_false(expand("plain", false).absent);
}

static void stretches_name_their_pieces(void **state) {
    (void)state;
    bx_expansion e = expand("{series} · {number}{date}", false);
    assert_int_equal(e.n, 2);
    assert_string_equal(bx_cstr(arena, e.at[0].piece->field), "series");
    assert_int_equal(e.at[0].end, 12);
    assert_string_equal(bx_cstr(arena, e.at[1].piece->text), " · ");
    assert_int_equal(e.at[1].end, e.text.n);
}

static void written_back(void **state) {
    (void)state;
    bx_report *report = bx_report_new(arena, bx_sources_new(arena));
    const char *text = "{series}{? · 第{number:han}期}{?{date}}。";
    bx_template t = parse(text, UINT32_MAX, report);
    bx_buf buf = bx_buf_new(arena);
    bx_template_dump(&buf, &t);
    assert_string_equal(bx_cstr(arena, bx_buf_view(&buf)),
                        bx_cstr(arena, bx_str_fmt(arena, "\"%s\"", text)));
}

static void refused(const char *text, uint32_t where, const char *expected) {
    bx_report *report = bx_report_new(arena, bx_sources_new(arena));
    parse(text, where, report);
    assert_int_equal(report->list.n, 1);
    const bx_diag *d = &report->list.at[0];
    bx_place from = bx_sources_place(report->sources, d->span.source, d->span.start);
    bx_place to = bx_sources_place(report->sources, d->span.source, d->span.end);
    bx_str got = bx_str_fmt(arena, "%u-%u %.*s%s%.*s", from.column, to.column,
                            BX_STR_ARG(d->message), d->hint.n ? "; " : "", BX_STR_ARG(d->hint));
    assert_string_equal(bx_cstr(arena, got), expected);
}

static void wrong_templates(void **state) {
    (void)state;
    refused("期{sereis}", BX_FIELDS_ISSUE,
            "9-15 there is no field {sereis}; Did you mean {series}?");
    refused(
        "{weather}", BX_FIELDS_ISSUE,
        "8-15 there is no field {weather}; A key of the front matter is written {extra.weather}");
    refused("{page}", BX_FIELDS_COUNTER, "8-12 the field {page} has no value here");
    refused("{date:roman}", BX_FIELDS_ISSUE,
            "13-18 {date} has no format \"roman\"; Its formats are long, full, weekday, iso, dots, "
            "year, month, day, time");
    refused("{title:long}", BX_FIELDS_ISSUE, "14-18 {title} has no format \"long\"");
    refused("{series", BX_FIELDS_ISSUE,
            "7-14 this { is not closed; Write {name}, or {{ for a brace");
    refused("a}", BX_FIELDS_ISSUE, "8-9 this } closes nothing; Write }} for a brace");
    refused("{}", BX_FIELDS_ISSUE, "7-9 {} names no field");
    refused("{series|}", BX_FIELDS_ISSUE, "14-16 the bar names no field");
    refused("{series|titel}", BX_FIELDS_ISSUE,
            "15-20 there is no field {titel}; Did you mean {title}?");
    refused("{?a{?{number}}", BX_FIELDS_ISSUE, "10-12 a {? group cannot stand inside another");
    refused("{?{number}", BX_FIELDS_ISSUE, "7-9 this {? group is not closed");
    refused("{extra.}", BX_FIELDS_ISSUE, "8-14 there is no field {extra.}; Did you mean {extra.}?");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(expands),
        cmocka_unit_test(groups_need_a_value),
        cmocka_unit_test(the_first_alternative_that_has_a_value_prints),
        cmocka_unit_test(words_follow_the_language),
        cmocka_unit_test(absent_when_no_field_has_a_value),
        cmocka_unit_test(stretches_name_their_pieces),
        cmocka_unit_test(written_back),
        cmocka_unit_test(wrong_templates),
    };
    return cmocka_run_group_tests_name("style/template", tests, open_arena, drop_arena);
}
