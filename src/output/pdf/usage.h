/* Which glyphs of which faces a document uses, and what text each stands for.
 *
 * A file is written in two walks over the pages. The first, here, gathers glyphs, so that fonts can
 * be subset and codes given out; the second writes content with those codes. */
#ifndef BX_OUTPUT_PDF_USAGE_H
#define BX_OUTPUT_PDF_USAGE_H

#include "compose/pages.h"

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
    uint16_t code; /* in content streams; 0: not given */
    int16_t width; /* 1/1000 em, as declared */
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

/* Glyphs that stand for one piece of text together. Spaces in a row are one, and an ideographic
 * space is part of what it follows: readers that guess at words take so much white for the edge of
 * a column. */
typedef struct bx_glyph_cluster {
    uint32_t first, n; /* of the run's glyphs */
    bx_str text;       /* as typed, without what is never printed; empty: added by the typesetter */
    bx_len
        white; /* after it: so much that readers would take it for a space, but nobody typed one */
} bx_glyph_cluster;

/* The next cluster of the run in visual order, from glyph *at. false at the end. */
bool bx_glyph_cluster_next(bx_arena *arena, const bx_glyph_run *run, uint32_t *at,
                           bx_glyph_cluster *out);

/* Does it stand for nothing but blanks? */
bool bx_cluster_is_white(const bx_glyph_cluster *cluster);

/* An item with its place on the page. Frames are gone: their items stand in their stead; so are
 * further runs of an item: each has one of its own. */
typedef struct bx_placed {
    const bx_item *item;
    bx_len x, y;
    bool blank_before; /* a run that stands apart from the one before it, though nothing in the text
                          says so (a number and its title, a line of verse and the next): a blank
                          belongs between them */
    bool ends_line;    /* a run that no other of its line follows */
    bx_len blank_after; /* the white to the next cell of a table's row, which blanks stand for */
} bx_placed;
typedef BX_VEC(bx_placed) bx_placed_list;

/* All items of a frame in drawing order; runs of one line in the order of their text. */
void bx_flatten(bx_arena *arena, const bx_frame *frame, bx_len x, bx_len y, bx_placed_list *out);

/* Notes every run among the items, those inside vector pictures too. */
void bx_usage_note(bx_usage *usage, const bx_placed_list *items);
/* Settles what text each glyph is mapped to, and sorts the glyphs. */
void bx_usage_settle(bx_usage *usage);

bx_font_use *bx_usage_font(const bx_usage *usage, const bx_face *face);
/* NULL when the glyph is not used. */
bx_glyph_use *bx_usage_glyph(const bx_font_use *font, uint32_t glyph);

#endif
