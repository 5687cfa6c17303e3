/* Numbers and dates as they print. */

#include "base/calendar.h"
#include "style/counter.h"
#include "support/arena.h"

static void number_is(int64_t n, const char *format, const char *text) {
    bx_buf buf = bx_buf_new(arena);
    assert_true(bx_number_write(&buf, n, bx_str_of(format)));
    assert_string_equal(bx_cstr(arena, bx_buf_view(&buf)), text);
}

static void han_numerals(void **state) {
    (void)state;
    const struct {
        int64_t n;
        const char *text;
    } cases[] = {
        {0, "零"},
        {1, "一"},
        {2, "二"},
        {10, "十"},
        {11, "十一"},
        {20, "二十"},
        {21, "二十一"},
        {99, "九十九"},
        {100, "一百"},
        {101, "一百零一"},
        {107, "一百零七"},
        {110, "一百一十"},
        {111, "一百一十一"},
        {115, "一百一十五"},
        {1000, "一千"},
        {1001, "一千零一"},
        {1010, "一千零一十"},
        {1100, "一千一百"},
        {2026, "二千零二十六"},
        {10000, "一万"},
        {10001, "一万零一"},
        {10010, "一万零一十"},
        {100000, "十万"},
        {110000, "十一万"},
        {1000001, "一百万零一"},
        {100000000, "一亿"},
        {100010000, "一亿零一万"},
        {120030405, "一亿二千零三万零四百零五"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        number_is(cases[i].n, "han", cases[i].text);
}

static void other_counters(void **state) {
    (void)state;
    number_is(107, "", "107");
    number_is(-3, "han", "-3");
    number_is(0, "circled", "⓪");
    number_is(1, "circled", "①");
    number_is(20, "circled", "⑳");
    number_is(21, "circled", "㉑");
    number_is(35, "circled", "㉟");
    number_is(36, "circled", "㊱");
    number_is(50, "circled", "㊿");
    number_is(51, "circled", "51");
    number_is(1994, "roman", "mcmxciv");
    number_is(4, "upper-roman", "IV");
    number_is(0, "roman", "0");
    number_is(4000, "roman", "4000");
    number_is(1, "alpha", "a");
    number_is(26, "alpha", "z");
    number_is(27, "alpha", "aa");
    number_is(703, "upper-alpha", "AAA");
    bx_buf buf = bx_buf_new(arena);
    assert_false(bx_number_write(&buf, 1, BX_STR("cuneiform")));
}

static void date_is(const char *format, const char *lang, const char *text) {
    const bx_date date = {.year = 2026, .month = 4, .day = 17, .time = BX_STR("15:46")};
    bx_buf buf = bx_buf_new(arena);
    assert_true(bx_date_write(&buf, &date, bx_str_of(format), bx_str_of(lang)));
    assert_string_equal(bx_cstr(arena, bx_buf_view(&buf)), text);
}

static void dates(void **state) {
    (void)state;
    date_is("", "zh-Hans", "2026 年 4 月 17 日");
    date_is("long", "zh-Hant", "2026 年 4 月 17 日");
    date_is("full", "zh-Hans", "2026 年 4 月 17 日 星期五");
    date_is("weekday", "zh-Hans", "星期五");
    date_is("iso", "zh-Hans", "2026-04-17");
    date_is("dots", "zh-Hans", "2026.4.17");
    date_is("year", "zh-Hans", "2026");
    date_is("month", "zh-Hans", "4");
    date_is("day", "zh-Hans", "17");
    date_is("time", "zh-Hans", "15:46");
    date_is("full", "en", "17 April 2026, Friday");
    date_is("full", "ja", "2026年4月17日 金曜日");
    date_is("long", "ko-KR", "2026년 4월 17일");
    date_is("long", "fr", "2026 年 4 月 17 日");
    date_is("long", "", "2026 年 4 月 17 日");
}

static void weekdays(void **state) {
    (void)state;
    assert_int_equal(bx_weekday(2026, 4, 17), 5);
    assert_int_equal(bx_weekday(2000, 1, 1), 6);
    assert_int_equal(bx_weekday(2000, 2, 29), 2);
    assert_int_equal(bx_weekday(2100, 3, 1), 1);
    assert_int_equal(bx_weekday(1970, 1, 1), 4);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(han_numerals),
        cmocka_unit_test(other_counters),
        cmocka_unit_test(dates),
        cmocka_unit_test(weekdays),
    };
    return cmocka_run_group_tests_name("style/counter", tests, open_arena, drop_arena);
}
