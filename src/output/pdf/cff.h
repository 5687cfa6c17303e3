/* As much of CFF fonts (Adobe Technical Note 5176) as embedding needs.
 *
 * A CID-keyed font maps codes to glyphs by its charset, and hb-subset keeps the original CIDs
 * there: two bytes a glyph in the font, sparse codes in every string and every map. What is
 * embedded here is put together anew instead: CID-keyed, with each glyph's place as its CID,
 * without glyph names and without the font's own notices. That is 5 % of a report of a few pages.
 */
#ifndef BX_OUTPUT_PDF_CFF_H
#define BX_OUTPUT_PDF_CFF_H

#include "base/str.h"

typedef struct bx_cff_private {
    bx_str dict;
    bx_str matrix;  /* the Font DICT's FontMatrix operands, or empty */
    bool has_subrs; /* it needs local subroutines */
} bx_cff_private;

/* A font in pieces, which borrow the table. */
typedef struct bx_cff {
    bool cid_keyed;
    bool has_subrs; /* global subroutines */
    uint32_t n_glyphs;
    uint16_t *cids; /* by glyph; in a name-keyed font the glyph's own number */
    bx_str name;
    bx_str bbox, matrix;   /* operands of the Top DICT's FontBBox and FontMatrix as they stand */
    bx_str charstrings;    /* the whole INDEX */
    bx_str fd_select;      /* empty in a name-keyed font */
    bx_cff_private *fonts; /* one for each Font DICT; a name-keyed font has one */
    uint32_t n_fonts;
} bx_cff;

/* false when the table cannot be read; every offset is checked. */
bool bx_cff_read(bx_arena *arena, bx_str table, bx_cff *out);

/* The font put together with CID = place. false for a font that needs subroutines or builds
 * accented letters from others by name (the four operands of endchar): it can be embedded only as
 * it is. */
bool bx_cff_compact(bx_arena *arena, const bx_cff *cff, bx_str *out);

#endif
