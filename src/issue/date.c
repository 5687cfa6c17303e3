#include "issue/reader.h"

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

static int days_in(int year, int month) {
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leap ? 29 : days[month - 1];
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

bool bx_parse_date(bx_arena *arena, bx_str text, bool partial, bx_date *out) {
    scan k = {.s = bx_str_trim(text)};
    bx_date d = {.span = out->span};
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
            if (day < 1 || day > days_in(year, month))
                return false;
            d.day = (uint8_t)day;
            spaces(&k);
            if (han && !take(&k, "日") && !take(&k, "号"))
                return false;
        }
    }
    if (!d.day && (!partial || k.at < k.s.n))
        return false;
    if (k.at < k.s.n && !take(&k, "T") && !take(&k, "t") && k.s.p[k.at - 1] != ' ' && !take(&k, " ") &&
        !take(&k, "　"))
        return false;
    d.time = bx_str_dup(arena, bx_str_trim(bx_str_sub(k.s, k.at, k.s.n)));
    *out = d;
    return true;
}
