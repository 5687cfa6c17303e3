/* Numbers and strings as PDF writes them. No floats: a number is a whole count of 1/1000. */
#ifndef BX_OUTPUT_PDF_NUMBER_H
#define BX_OUTPUT_PDF_NUMBER_H

#include "base/length.h"
#include "base/str.h"

/* 1/1024 pt as 1/1000 pt, the resolution of everything on a page. */
static inline int64_t bx_milli(bx_len len) {
    int64_t p = (int64_t)len * 1000;
    return p >= 0 ? (p + 512) / 1024 : -((-p + 512) / 1024);
}

/* value / 10^decimals with no zero that says nothing: 1500, 3 → 1.5; -250, 3 → -.25. */
void bx_pdf_number(bx_buf *out, int64_t value, uint32_t decimals);
/* A length, in pt. */
void bx_pdf_len(bx_buf *out, bx_len len);
/* Several lengths in [ ]. */
void bx_pdf_box(bx_buf *out, bx_len a, bx_len b, bx_len c, bx_len d);

/* (bytes), escaped; may hold any byte (ISO 32000-1, 7.3.4.2). */
void bx_pdf_bytes(bx_buf *out, bx_str bytes);
/* A text string (7.9.2.2): ASCII as it is, all else as UTF-16BE with its mark. What is beyond the
 * longest string that PDF/A allows (16 thousand characters) is cut off. */
void bx_pdf_text(bx_buf *out, bx_str utf8);
/* The bytes that such a string has, before it is escaped. */
bx_str bx_pdf_text_bytes(bx_arena *arena, bx_str utf8);
/* /Name, escaped (7.3.5); at most 127 bytes of it. */
void bx_pdf_name(bx_buf *out, bx_str name);
/* One code point as UTF-16BE in hexadecimal digits. */
void bx_pdf_utf16_hex(bx_buf *out, uint32_t code_point);

#endif
