/* Dates in the text: years of two digits, and days of the week that are wrong. */
#include "issue/lint_text.h"

#include "base/calendar.h"
#include "base/utf8.h"

enum { NIAN = 0x5E74, YUE = 0x6708, RI = 0x65E5, HAO = 0x53F7 };

/* Up to `most` digits at *i, which moves past them; -1: none. */
static int number(const bx_lint_text *t, uint32_t *i, int most) {
    int n = -1;
    for (uint32_t c; most-- && (c = bx_lint_at(t, *i)) >= '0' && c <= '9'; (*i)++)
        n = (n < 0 ? 0 : n * 10) + (int)(c - '0');
    return n;
}

static bool take(const bx_lint_text *t, uint32_t *i, uint32_t c) {
    while (bx_lint_at(t, *i) == ' ' && *i < t->list.n)
        ++*i;
    if (bx_lint_at(t, *i) != c)
        return false;
    ++*i;
    while (bx_lint_at(t, *i) == ' ' && *i < t->list.n)
        ++*i;
    return true;
}

/* 月 and 日 after a year. False: they do not follow. */
static bool month_and_day(const bx_lint_text *t, uint32_t *i, int *month, int *day) {
    *month = number(t, i, 2);
    if (*month < 0 || !take(t, i, YUE))
        return false;
    *day = number(t, i, 2);
    return *day > 0 && (take(t, i, RI) || take(t, i, HAO));
}

static const uint32_t weekdays[] = {0x65E5, 0x4E00, 0x4E8C, 0x4E09, 0x56DB, 0x4E94, 0x516D};
static const char *const weekday_names[] = {"日", "一", "二", "三", "四", "五", "六"};

/* 星期五, 周五, 礼拜五, perhaps in brackets: 0–6, and *i at the character that says so; -1: none.
 */
static int weekday(const bx_lint_text *t, uint32_t *i) {
    static const uint32_t xing = 0x661F, qi = 0x671F, zhou = 0x5468, zhou_tc = 0x9031, li = 0x793C,
                          li_tc = 0x79AE, bai = 0x62DC;
    if (!take(t, i, 0xFF08) && !take(t, i, '('))
        take(t, i, 0xFF0C);
    uint32_t c = bx_lint_at(t, *i), after = bx_lint_at(t, *i + 1);
    if ((c == xing && after == qi) || ((c == li || c == li_tc) && after == bai))
        *i += 2;
    else if (c == zhou || c == zhou_tc)
        *i += 1;
    else
        return -1;
    c = bx_lint_at(t, *i);
    if (c == 0x5929) /* 天 */
        return 0;
    for (int day = 0; day < 7; day++)
        if (weekdays[day] == c)
            return day;
    return -1;
}

static void check_weekday(bx_lint_text *t, uint32_t i, int year) {
    int month, day;
    if (!month_and_day(t, &i, &month, &day) || !bx_is_day(year, month, day))
        return;
    int said = weekday(t, &i), is = bx_weekday(year, month, day);
    if (said < 0 || said == is)
        return;
    bx_say(t->report, BX_D_WEEKDAY, bx_lint_span(t, i, i + 1),
           "%d-%02d-%02d is a 星期%s, not 星期%s", year, month, day, weekday_names[is],
           weekday_names[said]);
    bx_hint(t->report, "Correct the date or the day of the week");
}

/* 26年4月: two digits before 年 are a year only when a month follows; 20年 may be twenty years. */
static void short_year(bx_lint_text *t, uint32_t from, uint32_t i) {
    uint32_t month = i;
    if (number(t, &month, 2) < 0 || bx_lint_at(t, month) != YUE)
        return;
    int century = t->issue->date.year ? t->issue->date.year / 100 : 20;
    uint32_t digits = from;
    bx_say(t->report, BX_D_SHORT_YEAR, bx_lint_span(t, from, from + 2), "a year of two digits");
    bx_hint(t->report, "Write all four: %d%02d年", century, number(t, &digits, 2));
}

void bx_lint_dates(bx_lint_text *t) {
    for (uint32_t i = 0; i < t->list.n;) {
        uint32_t from = i;
        int year = number(t, &i, 5);
        uint32_t digits = i - from, before = bx_lint_at(t, (int64_t)from - 1);
        if (year < 0) {
            i++;
            continue;
        }
        if (digits == 5) /* a longer number: the rest of it is no year */
            while (number(t, &i, 5) >= 0)
                ;
        uint32_t after = i;
        if (before == '.' || !take(t, &after, NIAN))
            continue;
        if (digits == 4)
            check_weekday(t, after, year);
        else if (digits == 2)
            short_year(t, from, after);
    }
}
