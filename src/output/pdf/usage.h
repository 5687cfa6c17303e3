/* Which glyphs of which faces a document uses, and what text each stands for.
 *
 * A file is written in two walks over the pages. The first, here, gathers glyphs, so that fonts can
 * be subset and codes given out; the second writes content with those codes. */
#ifndef BX_OUTPUT_PDF_USAGE_H
#define BX_OUTPUT_PDF_USAGE_H

#include "output/pdf/placed.h"

/* A text that a glyph also stands for, in other places. */
typedef struct bx_rival {
    bx_str text;
    uint32_t count;
    struct bx_rival *next;
} bx_rival;

typedef struct bx_glyph_use {
    uint32_t glyph;
    bx_str text; /* ToUnicode: the text the glyph stands for most often; never empty at the end */
    uint32_t count; /* of clusters that it alone draws with this text; 0: only parts of clusters */
    bx_rival *rivals;
    bool is_private; /* the text has characters of private use (settled) */
    uint16_t code;   /* in content streams; 0: not given */
    int16_t width;   /* 1/1000 em, as declared */
} bx_glyph_use;

typedef struct bx_font_use {
    const bx_face *face;
    const bx_face_info *info;
    uint32_t number;           /* /F1 … */
    BX_VEC(bx_glyph_use) uses; /* ascending by glyph once settled */
    uint16_t *slots; /* a table by glyph of places in `uses` + 1; 0: free. A power of two of them */
    uint32_t n_slots;
    bool one_byte; /* its codes (Type 3) */
} bx_font_use;

typedef struct bx_usage {
    bx_arena *arena, *scratch;
    BX_VEC(bx_font_use *) fonts;     /* in order of first use */
    BX_VEC(bx_font_use *) by_number; /* by bx_face_info.number; NULL: not used */
} bx_usage;

/* Notes every run among the items, those inside vector pictures too. */
void bx_usage_note(bx_usage *usage, const bx_placed_list *items);
/* Adds what was noted of later items, as if it had been noted here. Their texts are borrowed. */
void bx_usage_join(bx_usage *usage, const bx_usage *later);
/* Settles what text each glyph is mapped to, and sorts the glyphs. */
void bx_usage_settle(bx_usage *usage);

/* Compares texts of a few bytes, as those of glyphs are. */
static inline bool bx_is_same_text(bx_str a, bx_str b) {
    uint32_t i = 0;
    while (i < a.n && i < b.n && a.p[i] == b.p[i])
        i++;
    return i == a.n && i == b.n;
}

bx_font_use *bx_usage_font(const bx_usage *usage, const bx_face *face);
/* NULL when the glyph is not used. */
bx_glyph_use *bx_usage_glyph(const bx_font_use *font, uint32_t glyph);

#endif
