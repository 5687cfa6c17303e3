/* Where the bytes of a text stand in the source it was read from.
 *
 * A text is seldom a plain stretch of its source: YAML takes out indentation and escapes, Markdown
 * is cleaned before it is parsed. An origin is a sorted list of pieces, each a stretch that was
 * copied byte by byte, so that a place in the text leads back to the true line and column. */
#ifndef BX_INPUT_ORIGIN_H
#define BX_INPUT_ORIGIN_H

#include "base/source.h"

typedef struct bx_origin_piece {
    uint32_t text, source; /* offsets of the piece's first byte; it runs to the next one's `text` */
} bx_origin_piece;

typedef struct bx_origin {
    uint32_t source;     /* index in bx_sources; 0: no place */
    uint32_t start, end; /* bytes of the source that the text as a whole was read from */
    const bx_origin_piece *pieces;
    uint32_t n; /* 0: the text is the source's bytes from `start` */
} bx_origin;

/* The source's bytes [start, end) as they stand. */
bx_origin bx_origin_plain(uint32_t source, uint32_t start, uint32_t end);

/* The source offset of the text's byte `at`. */
uint32_t bx_origin_at(const bx_origin *origin, uint32_t at);

/* The span in the source of the text's bytes [start, end). Covers at least one byte when the text
 * does; an empty range gives an empty span. */
bx_span bx_origin_span(const bx_origin *origin, uint32_t start, uint32_t end);

/* Collects pieces while a text is made from another one. */
typedef struct bx_origin_builder {
    bx_arena *arena;
    BX_VEC(bx_origin_piece) list;
} bx_origin_builder;

/* From the byte `text` on, the text copies the source from `source` on. */
void bx_origin_add(bx_origin_builder *builder, uint32_t text, uint32_t source);

/* The origin of a text that was made from `outer`'s text with the builder's pieces: offsets in them
 * are of outer's text, those of the result are of outer's source. */
bx_origin bx_origin_through(const bx_origin *outer, bx_origin_builder *builder);

#endif
