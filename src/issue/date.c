#include "issue/reader.h"

#include "base/calendar.h"

typedef struct scan {
    bx_str s;
    uint32_t at;
} scan;

static int number(scan *k, int most_digits) {
    int n = 0, digits = 0;
    while (k->at < k->s.n && digits < most_digits && k->s.p[k->at] >= '0' && k->s.p[k->at] <= '9') {
        n = n * 10 + (k->s.p[k->at++] - '0');
        digits++;
    }
    return digits ? n : -1;
}

static bool take(scan *k, const char *what) {
    bx_str w = bx_str_of(what);
    if (!bx_str_starts(bx_str_sub(k->s, k->at, k->s.n), w))
        return false;
    k->at += w.n;
    return true;
}

static void spaces(scan *k) {
    while (take(k, " "))
        ;
}

/* What stands between year and month: '-', '/', '.' or 年. */
static const char *separator(scan *k) {
    static const char *const marks[] = {"-", "/", ".", "年"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        if (take(k, marks[i])) {
            spaces(k);
            return marks[i];
        }
    }
    return NULL;
}

/* 20260417 */
static bool compact(bx_str s, bx_date *d) {
    if (s.n != 8)
        return false;
    scan k = {.s = s};
    int year = number(&k, 4), month = number(&k, 2), day = number(&k, 2);
    if (k.at != 8 || year < 1900 || year > 2999 || month < 1 || month > 12 || day < 1 ||
        day > bx_days_in(year, month))
        return false;
    d->year = (int16_t)year;
    d->month = (uint8_t)month;
    d->day = (uint8_t)day;
    return true;
}

/* Apr 17, 2026; 17 April 2026; Fri, 17 Apr 2026 10:00:00 +0800 */
static bool english(bx_str s, bx_date *d, bx_str *rest) {
    static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    int month = 0, day = 0, year = 0;
    scan k = {.s = s};
    while (k.at < s.n && (!month || !day || !year)) {
        char c = s.p[k.at];
        if (c >= '0' && c <= '9') {
            int n = number(&k, 4);
            *(n > 31 ? &year : &day) = n;
            if (take(&k, "st") || take(&k, "nd") || take(&k, "rd") || take(&k, "th"))
                continue;
        } else if ((c | 32) >= 'a' && (c | 32) <= 'z') {
            uint32_t from = k.at;
            while (k.at < s.n && (s.p[k.at] | 32) >= 'a' && (s.p[k.at] | 32) <= 'z')
                k.at++;
            for (int i = 0; i < 12; i++)
                if (k.at - from >= 3 && memcmp(s.p + from, months[i], 3) == 0)
                    month = i + 1;
        } else if (c == ' ' || c == ',' || c == '.') {
            k.at++;
        } else {
            return false;
        }
    }
    if (!month || day < 1 || year < 1900 || year > 2999 || day > bx_days_in(year, month))
        return false;
    d->year = (int16_t)year;
    d->month = (uint8_t)month;
    d->day = (uint8_t)day;
    *rest = bx_str_sub(s, k.at, s.n);
    return true;
}

bool bx_parse_date(bx_arena *arena, bx_str text, bool partial, bx_date *out) {
    scan k = {.s = bx_str_trim(text)};
    bx_date d = {.span = out->span};
    bx_str rest = {0};
    if (compact(k.s, &d) || english(k.s, &d, &rest)) {
        d.time = bx_str_dup(arena, bx_str_trim(rest));
        *out = d;
        return true;
    }
    int year = number(&k, 4);
    if (year < 1000)
        return false;
    d.year = (int16_t)year;
    spaces(&k);
    const char *mark = separator(&k);
    if (mark && k.at < k.s.n) {
        bool han = strcmp(mark, "年") == 0;
        int month = number(&k, 2);
        if (month < 1 || month > 12)
            return false;
        d.month = (uint8_t)month;
        spaces(&k);
        if (take(&k, han ? "月" : mark) && (spaces(&k), k.at < k.s.n)) {
            int day = number(&k, 2);
            if (day < 1 || day > bx_days_in(year, month))
                return false;
            d.day = (uint8_t)day;
            spaces(&k);
            if (han && !take(&k, "日") && !take(&k, "号"))
                return false;
        }
    }
    if (!d.day && (!partial || k.at < k.s.n))
        return false;
    if (k.at < k.s.n && !take(&k, "T") && !take(&k, "t") && k.s.p[k.at - 1] != ' ' &&
        !take(&k, " ") && !take(&k, "　"))
        return false;
    d.time = bx_str_dup(arena, bx_str_trim(bx_str_sub(k.s, k.at, k.s.n)));
    *out = d;
    return true;
}
