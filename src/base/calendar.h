/* The Gregorian calendar, for years from 1 on. Pure arithmetic: no clock, no zone, no locale. */
#ifndef BX_BASE_CALENDAR_H
#define BX_BASE_CALENDAR_H

#include <stdbool.h>
#include <stdint.h>

/* Days of a month, 1–12. */
int bx_days_in(int year, int month);
bool bx_is_day(int year, int month, int day);
/* 0 Sunday … 6 Saturday. */
int bx_weekday(int year, int month, int day);
/* Days from 1970-01-01. */
int64_t bx_days_since_1970(int year, int month, int day);

#endif
