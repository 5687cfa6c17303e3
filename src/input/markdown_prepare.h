/* The text that cmark is given: clean, and with marks in it that make cmark parse as markdown.h
 * promises. The marks are taken out of all that cmark gives back (bx_markdown_strip). */
#ifndef BX_INPUT_MARKDOWN_PREPARE_H
#define BX_INPUT_MARKDOWN_PREPARE_H

#include "base/diag.h"
#include "input/origin.h"

typedef struct bx_prepared {
    bx_str text;
    bx_origin origin; /* from the prepared text to the source */
} bx_prepared;

/* inlines: each line is given a prefix that keeps it from opening a block. */
bx_prepared bx_markdown_prepare(bx_arena *arena, bx_str text, const bx_origin *origin, bool inlines,
                                bx_report *report);

/* The text without marks; the same bytes when it has none. */
bx_str bx_markdown_strip(bx_arena *arena, bx_str text);

/* Bytes of the mark at `at` of a prepared text, 0 when none is there. */
uint32_t bx_markdown_mark(bx_str text, uint32_t at);

#endif
