/* Unicode line breaking (UAX #14, Unicode 15.0), untailored, over an array of classes. */
#ifndef BX_TEXT_LINEBREAK_H
#define BX_TEXT_LINEBREAK_H

#include <stdbool.h>
#include <stdint.h>

enum { /* what bx_line_breaks says of the place before a character */
       BX_LB_PROHIBITED,
       BX_LB_ALLOWED,
       BX_LB_MANDATORY,
};

/* ICU's ULineBreak value of a code point, with AI, SG, XX, SA and CJ resolved as LB1 has them. */
uint8_t bx_line_class(uint32_t code);

/* before[i]: BX_LB_… of the place before character i; before[0] is prohibited (LB2). `lb` holds
 * resolved classes; `codes` are needed for East Asian width (LB30) and emoji (LB30b). Linear. */
void bx_line_breaks(const uint32_t *codes, const uint8_t *lb, uint32_t n, uint8_t *before);

#endif
