/* What stands above and below the characters of a line: ruby (R30) and emphasis dots (R29). */
#ifndef BX_TEXT_EXTRAS_H
#define BX_TEXT_EXTRAS_H

#include "text/paragraph.h"

/* Adds the runs to line->extras, and to its ascent and descent. The line's clusters have been placed. */
void bx_place_extras(const bx_setting_line *set, bx_line *line, bx_arena *arena);

#endif
