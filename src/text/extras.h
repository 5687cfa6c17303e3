/* What stands above, below and beside the characters of a line: ruby (R30), emphasis dots (R29). */
#ifndef BX_TEXT_EXTRAS_H
#define BX_TEXT_EXTRAS_H

#include "text/paragraph.h"

typedef struct bx_extras {
    bx_arena *arena;
    BX_VEC(bx_glyph_run) runs;
    bx_len ascent, descent; /* their reach */
    bx_len taken;           /* how far readings have come; the next stands beyond */
} bx_extras;

/* The line's clusters have been placed; `line` has its x. */
void bx_place_ruby(bx_extras *x, const bx_setting_line *set, const bx_line *line);
void bx_place_dots(bx_extras *x, const bx_setting_line *set);

#endif
