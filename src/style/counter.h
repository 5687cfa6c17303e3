/* Numbers and dates in the forms that print: 十一, ⑪, xi, k; 2026 年 4 月 17 日, 星期五. */
#ifndef BX_STYLE_COUNTER_H
#define BX_STYLE_COUNTER_H

#include "base/str.h"
#include "issue/issue.h"

/* Names of the formats, NULL at the end: for messages and the reference page. */
extern const char *const bx_number_formats[];
extern const char *const bx_date_formats[];

/* Appends n in a format (empty: decimal). A number that the format cannot write (⑳ ends at 50,
 * letters and Roman numerals begin at 1) is written in decimal. False: no such format. */
bool bx_number_write(bx_buf *buf, int64_t n, bx_str format);

/* Appends a date in a format (empty: long) in the language. False: no such format. */
bool bx_date_write(bx_buf *buf, const bx_date *date, bx_str format, bx_str lang);

#endif
