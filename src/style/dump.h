/* A resolved style as text, one line a value: for golden files and for `banxin layouts --dump`. */
#ifndef BX_STYLE_DUMP_H
#define BX_STYLE_DUMP_H

#include "style/style.h"

/* Paths and values in the order of the key table, lengths in pt; what is zero or absent is left
 * out. */
void bx_style_dump(bx_buf *out, const bx_style *style);

/* A template as it would be written. */
void bx_template_dump(bx_buf *out, const bx_template *template);

#endif
