/* What `banxin paragraph` prints: one paragraph and its lines as one JSON object, lengths in em of
 * the paragraph's size with three decimals. Stable: keys are added, never changed.
 *
 *     {"measure":8.000,"breaks":[3,6],"lines":[{"text":"…","natural":7.000,"width":8.000,
 *       "clusters":[{"text":"本","x":0.000,"advance":1.000,"font":"…","gap":0.167}]}]} */
#ifndef BX_TEXT_DUMP_H
#define BX_TEXT_DUMP_H

#include "base/json.h"
#include "text/text.h"

/* `lines` must be the latest made of the paragraph, to `measure` (BX_NO_MEASURE: written as null).
 * `size` is the em. */
void bx_paragraph_dump(const bx_paragraph *paragraph, const bx_lines *lines, bx_len measure,
                       bx_len size, bx_json *json);

#endif
