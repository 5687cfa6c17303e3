#include "style/counter.h"

#include "base/calendar.h"

const char *const bx_number_formats[] = {"han",   "circled",     "roman", "upper-roman",
                                         "alpha", "upper-alpha", NULL};
const char *const bx_date_formats[] = {"long", "full",  "weekday", "iso",  "dots",
                                       "year", "month", "day",     "time", NULL};

/* Chinese numerals by groups of four digits; 零 stands once for zeros between two digits, and ten
 * to nineteen begin with 十 (GB/T 15835—2011 5.2.2 forms). */
static void han_group(bx_buf *buf, uint32_t n, bool zero_before, bool leading) {
    static const char *const digit[] = {"零", "一", "二", "三", "四", "五", "六", "七", "八", "九"};
    static const char *const unit[] = {"千", "百", "十", ""};
    static const uint32_t worth[] = {1000, 100, 10, 1};
    bool zero = zero_before, any = !leading;
    for (int i = 0; i < 4; i++) {
        uint32_t d = n / worth[i] % 10;
        if (d == 0) {
            zero = zero || any;
            continue;
        }
        if (zero && any)
            bx_buf_fmt(buf, "零");
        zero = false;
        if (!(i == 2 && d == 1 && !any))
            bx_buf_fmt(buf, "%s", digit[d]);
        bx_buf_fmt(buf, "%s", unit[i]);
        any = true;
    }
}

static void write_han(bx_buf *buf, int64_t n) {
    static const char *const big[] = {"", "万", "亿"};
    if (n == 0) {
        bx_buf_fmt(buf, "零");
        return;
    }
    bool leading = true, zero = false;
    for (int g = 2; g >= 0; g--) {
        int64_t base = g == 2 ? 100000000 : g == 1 ? 10000 : 1;
        uint32_t part = (uint32_t)(n / base % 10000);
        if (part) {
            han_group(buf, part, zero || (!leading && part < 1000), leading);
            bx_buf_fmt(buf, "%s", big[g]);
            leading = zero = false;
        } else {
            zero = !leading;
        }
    }
}

static void write_circled(bx_buf *buf, int64_t n) {
    bx_buf_rune(buf, n == 0    ? 0x24EA
                     : n <= 20 ? 0x2460 + (uint32_t)n - 1
                     : n <= 35 ? 0x3251 + (uint32_t)n - 21
                               : 0x32B1 + (uint32_t)n - 36);
}

static void write_roman(bx_buf *buf, int64_t n, bool upper) {
    static const struct {
        int worth;
        const char *sign;
    } signs[] = {{1000, "m"}, {900, "cm"}, {500, "d"}, {400, "cd"}, {100, "c"},
                 {90, "xc"},  {50, "l"},   {40, "xl"}, {10, "x"},   {9, "ix"},
                 {5, "v"},    {4, "iv"},   {1, "i"}};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        for (; n >= signs[i].worth; n -= signs[i].worth)
            for (const char *c = signs[i].sign; *c; c++)
                bx_buf_char(buf, upper ? (char)(*c - 'a' + 'A') : *c);
}

/* a … z, aa, ab …: bijective base 26. */
static void write_alpha(bx_buf *buf, int64_t n, bool upper) {
    char digits[16];
    int at = 0;
    for (; n > 0; n = (n - 1) / 26)
        digits[at++] = (char)((upper ? 'A' : 'a') + (n - 1) % 26);
    while (at)
        bx_buf_char(buf, digits[--at]);
}

bool bx_number_write(bx_buf *buf, int64_t n, bx_str format) {
    bool han = bx_str_is(format, "han"), circled = bx_str_is(format, "circled");
    bool roman = bx_str_is(format, "roman"), upper_roman = bx_str_is(format, "upper-roman");
    bool alpha = bx_str_is(format, "alpha"), upper_alpha = bx_str_is(format, "upper-alpha");
    if (han && n >= 0 && n < INT64_C(1000000000000))
        write_han(buf, n);
    else if (circled && n >= 0 && n <= 50)
        write_circled(buf, n);
    else if ((roman || upper_roman) && n > 0 && n < 4000)
        write_roman(buf, n, upper_roman);
    else if ((alpha || upper_alpha) && n > 0)
        write_alpha(buf, n, upper_alpha);
    else
        bx_buf_fmt(buf, "%lld", (long long)n);
    return format.n == 0 || han || circled || roman || upper_roman || alpha || upper_alpha;
}

typedef struct date_words {
    const char *lang;
    const char *long_form; /* year, month, day */
    const char *weekday[7];
} date_words;

/* The first row is used for every language that has none of its own. */
static const date_words languages[] = {
    {"zh",
     "%d 年 %d 月 %d 日",
     {"星期日", "星期一", "星期二", "星期三", "星期四", "星期五", "星期六"}},
    {"ja", "%d年%d月%d日", {"日曜日", "月曜日", "火曜日", "水曜日", "木曜日", "金曜日", "土曜日"}},
    {"ko",
     "%d년 %d월 %d일",
     {"일요일", "월요일", "화요일", "수요일", "목요일", "금요일", "토요일"}},
    {"en", NULL, {"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"}},
};
static const char *const english_months[] = {"January",   "February", "March",    "April",
                                             "May",       "June",     "July",     "August",
                                             "September", "October",  "November", "December"};

static const date_words *words_of(bx_str lang) {
    for (size_t i = 0; i < sizeof languages / sizeof *languages; i++)
        if (bx_str_starts(lang, bx_str_of(languages[i].lang)) && (lang.n == 2 || lang.p[2] == '-'))
            return &languages[i];
    return &languages[0];
}

static void write_long(bx_buf *buf, const bx_date *d, const date_words *w) {
    if (w->long_form)
        bx_buf_fmt(buf, w->long_form, d->year, d->month, d->day);
    else
        bx_buf_fmt(buf, "%d %s %d", d->day, english_months[(d->month - 1) % 12], d->year);
}

bool bx_date_write(bx_buf *buf, const bx_date *d, bx_str format, bx_str lang) {
    const date_words *w = words_of(lang);
    const char *weekday = w->weekday[bx_weekday(d->year, d->month, d->day)];
    if (format.n == 0 || bx_str_is(format, "long")) {
        write_long(buf, d, w);
    } else if (bx_str_is(format, "full")) {
        write_long(buf, d, w);
        bx_buf_fmt(buf, "%s%s", w->long_form ? " " : ", ", weekday);
    } else if (bx_str_is(format, "weekday")) {
        bx_buf_fmt(buf, "%s", weekday);
    } else if (bx_str_is(format, "iso")) {
        bx_buf_fmt(buf, "%04d-%02d-%02d", d->year, d->month, d->day);
    } else if (bx_str_is(format, "dots")) {
        bx_buf_fmt(buf, "%d.%d.%d", d->year, d->month, d->day);
    } else if (bx_str_is(format, "year")) {
        bx_buf_fmt(buf, "%d", d->year);
    } else if (bx_str_is(format, "month")) {
        bx_buf_fmt(buf, "%d", d->month);
    } else if (bx_str_is(format, "day")) {
        bx_buf_fmt(buf, "%d", d->day);
    } else if (bx_str_is(format, "time")) {
        bx_buf_str(buf, d->time);
    } else {
        return false;
    }
    return true;
}
