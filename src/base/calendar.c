#include "base/calendar.h"

int bx_days_in(int year, int month) {
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return month == 2 && leap ? 29 : days[month - 1];
}

bool bx_is_day(int year, int month, int day) {
    return year > 0 && month >= 1 && month <= 12 && day >= 1 && day <= bx_days_in(year, month);
}

/* Counted in years that begin in March, so that the leap day comes last. */
int64_t bx_days_since_1970(int year, int month, int day) {
    int64_t y = year - (month <= 2), m = (month + 9) % 12;
    return y * 365 + y / 4 - y / 100 + y / 400 + (m * 153 + 2) / 5 + day - 1 - 719468;
}

int bx_weekday(int year, int month, int day) {
    int64_t days = bx_days_since_1970(year, month, day) + 4; /* 1970-01-01 was a Thursday */
    return (int)((days % 7 + 7) % 7);
}
