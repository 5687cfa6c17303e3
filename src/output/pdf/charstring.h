/* Type 2 charstrings (Adobe Technical Note 5177): the programs that draw the glyphs of a CFF font.
 */
#ifndef BX_OUTPUT_PDF_CHARSTRING_H
#define BX_OUTPUT_PDF_CHARSTRING_H

#include "output/pdf/cff.h"

/* Appends the glyph's program with every subroutine in its place and without hints; operators and
 * numbers stay as they stand. false when it cannot be done without drawing the glyph, which only
 * old fonts need: a number of a subroutine or of hints that is computed, an accented letter made of
 * two others by the four operands of endchar; or when the program is broken. */
bool bx_charstring_flatten(const bx_cff *cff, uint32_t glyph, bx_buf *out);

#endif
