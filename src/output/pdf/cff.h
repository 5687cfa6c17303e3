/* As much of a CFF font (Adobe Technical Note 5176) as embedding needs: which CID each glyph has.
 *
 * A CID-keyed font maps codes to glyphs by its charset, so after subsetting the charset, not the
 * glyph's place, says under which code a glyph is found. */
#ifndef BX_OUTPUT_PDF_CFF_H
#define BX_OUTPUT_PDF_CFF_H

#include "base/str.h"

typedef struct bx_cff {
    bool cid_keyed;
    uint32_t n_glyphs;
    uint16_t *cids; /* by glyph; for a name-keyed font the glyph's own number */
} bx_cff;

/* false when the table cannot be read; every offset is checked. */
bool bx_cff_read(bx_arena *arena, bx_str table, bx_cff *out);

#endif
