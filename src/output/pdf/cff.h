/* As much of CFF fonts (Adobe Technical Note 5176) as embedding needs: a font is read where it
 * stands, and one of fewer glyphs is put together.
 *
 * What is embedded is CID-keyed with each glyph's place as its CID, which saves the two bytes a
 * glyph that the original CIDs take in charset, strings and maps; it has no glyph names, no
 * notices, no hints and no subroutines, which deflate makes up for. */
#ifndef BX_OUTPUT_PDF_CFF_H
#define BX_OUTPUT_PDF_CFF_H

#include "font/font.h"

/* An INDEX (5176, 5): a list of byte strings. */
typedef struct bx_cff_index {
    bx_str offsets,
        data; /* `data` begins with the byte before the first entry: offsets count from 1 */
    uint32_t n, width; /* of an offset */
} bx_cff_index;

/* A Font DICT with its Private DICT; a name-keyed font has one of them. Operands as they stand. */
typedef struct bx_cff_font {
    bx_str matrix, default_width, nominal_width; /* empty: not given */
    bx_cff_index subrs;
} bx_cff_font;

/* A font in pieces, which borrow the table. */
typedef struct bx_cff {
    bx_str table;
    bool cid_keyed;
    bx_str name;
    bx_str bbox, matrix; /* operands of the Top DICT's FontBBox and FontMatrix as they stand */
    bx_cff_index charstrings, subrs; /* one a glyph; the global subroutines */
    bx_str fd_select;                /* empty in a name-keyed font */
    uint32_t charset;                /* its offset */
    bx_cff_font *fonts;
    uint32_t n_fonts;
    const bx_face *file; /* reads outlines, and keeps what is made of them; NULL: they are read
                            where they stand */
} bx_cff;

/* false when the table cannot be read; every offset is checked, so what is found is safe to use. */
bool bx_cff_read(bx_arena *arena, bx_str table, bx_cff *out);

/* Entry i < n of the INDEX; empty when its offsets make no sense. */
bx_str bx_cff_entry(const bx_cff_index *index, uint32_t i);

/* Which of the fonts draws the glyph; < n_fonts, whatever the table says. */
uint32_t bx_cff_font_of(const bx_cff *cff, uint32_t glyph);

/* The CID of every glyph; in a name-keyed font its own number. NULL: the charset cannot be read. */
const uint16_t *bx_cff_cids(bx_arena *arena, const bx_cff *cff);

/* The font of .notdef and the n glyphs, in that order, with CID = place. false for a font that this
 * cannot take apart: see bx_charstring_flatten. */
bool bx_cff_subset(bx_arena *arena, const bx_cff *cff, const uint32_t *glyphs, uint32_t n,
                   bx_str *out);

#endif
