/* The layout of an issue that names none: the one whose `suits` the issue fits best. */
#ifndef BX_STYLE_SUIT_H
#define BX_STYLE_SUIT_H

#include "input/yaml.h"
#include "style/read.h"

/* How well an issue fits: 0, not at all; else one, and one more for each range that asks for what
 * the issue has (a range with 0 in it only rules others out); the best of all suits. */
uint32_t bx_suit_score(const bx_suit *suits, uint32_t n, const bx_traits *traits);

/* The `suits` that a layout's own file gives. What is wrong with them goes to the report and they
 * are taken as far as they are right. */
void bx_suits_read(bx_arena *arena, const bx_yaml *tree, bx_report *report, bx_suit **suits,
                   uint32_t *n);

#endif
