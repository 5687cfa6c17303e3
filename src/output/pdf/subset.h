/* A face cut down to the glyphs a document uses: CFF where it is mapped, the rest by hb-subset. */
#ifndef BX_OUTPUT_PDF_SUBSET_H
#define BX_OUTPUT_PDF_SUBSET_H

#include "output/pdf/usage.h"

typedef struct bx_subset {
    bx_str program; /* the CFF table, or the TrueType file */
    bool cff;
} bx_subset;

/* Subsets the face and sets the code of each used glyph: its CID in a CID-keyed CFF, else its
 * number in the subset, which an Identity mapping finds (ISO 32000-1, 9.7.4.2). The program lives
 * in `arena`. false when the font cannot be subset. Faces of bitmaps are not for here. */
bool bx_subset_make(bx_arena *arena, bx_font_use *font, bx_subset *out);

#endif
