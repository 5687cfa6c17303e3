/* A run's glyphs by the text that they stand for. */
#ifndef BX_OUTPUT_PDF_CLUSTER_H
#define BX_OUTPUT_PDF_CLUSTER_H

#include "base/utf8.h"
#include "text/text.h"

/* Glyphs that stand for one piece of text together. Spaces in a row are one, and an ideographic
 * space is part of what it follows: readers that guess at words take so much white for the edge of
 * a column. */
typedef struct bx_glyph_cluster {
    uint32_t first, n; /* of the run's glyphs */
    bx_str text;       /* as typed, without what is never printed; empty: added by the typesetter */
    bx_len
        white; /* after it: so much that readers would take it for a space, but nobody typed one */
} bx_glyph_cluster;

/* White from a tenth of the size on is taken for a space. */
static inline bool bx_is_much_white(const bx_glyph_run *run, bx_len white) {
    return (int64_t)white * 10 > run->size;
}

/* Is the run's glyph a cluster of its own that stands for one printed character, as nearly all do?
 * Fills `out` then. */
static inline bool bx_glyph_cluster_common(const bx_glyph_run *run, uint32_t i,
                                           bx_glyph_cluster *out) {
    const bx_glyph *g = &run->glyphs[i];
    if (g->cluster >= run->text.n)
        return false;
    const char *p = run->text.p + g->cluster;
    uint32_t left = run->text.n - g->cluster, code;
    if (bx_utf8_common((const unsigned char *)p, left, &code) != g->bytes ||
        !((code > ' ' && code < 0x7F) || (code > 0x3000 && code < 0xE000) ||
          (code > 0xFF00 && code < 0xFFE0)))
        return false;
    bool alone = i + 1 == run->n || g[1].cluster != g->cluster;
    bool wide_space = left - g->bytes >= 3 && memcmp(p + g->bytes, "\xE3\x80\x80", 3) == 0;
    if (!alone || wide_space)
        return false;
    *out = (bx_glyph_cluster){i, 1, {p, g->bytes}, bx_is_much_white(run, g->white) ? g->white : 0};
    return true;
}

bool bx_glyph_cluster_any(bx_arena *arena, const bx_glyph_run *run, uint32_t *at,
                          bx_glyph_cluster *out); /* for the next: any cluster */
/* The next cluster of the run in visual order, from glyph *at. false at the end. Text that is not
 * as typed is put into the arena. */
static inline bool bx_glyph_cluster_next(bx_arena *arena, const bx_glyph_run *run, uint32_t *at,
                                         bx_glyph_cluster *out) {
    if (*at >= run->n)
        return false;
    if (!bx_glyph_cluster_common(run, *at, out))
        return bx_glyph_cluster_any(arena, run, at, out);
    ++*at;
    return true;
}

/* Does it stand for nothing but blanks? They are spaces by now, and no other text begins with one.
 */
static inline bool bx_cluster_is_white(const bx_glyph_cluster *cluster) {
    return cluster->text.n > 0 && cluster->text.p[0] == ' ';
}

#endif
