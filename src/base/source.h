/* Sources: the bytes an input came from, and where in them things stand.
 *
 * A span names bytes of a source; line and column are computed only when a message is printed.
 * Source 0 is "no place". */
#ifndef BX_BASE_SOURCE_H
#define BX_BASE_SOURCE_H

#include "base/str.h"
#include "base/vec.h"

typedef struct bx_span {
    uint32_t source;     /* index in bx_sources; 0: no place */
    uint32_t start, end; /* bytes, end exclusive */
} bx_span;

typedef struct bx_source {
    bx_str name; /* as the user wrote it; "-" is shown as <stdin> */
    bx_str bytes;
    uint32_t *lines; /* offset of each line's first byte; made when first asked for */
    uint32_t n_lines;
} bx_source;

typedef struct bx_sources {
    bx_arena *arena;
    BX_VEC(bx_source) list; /* list.at[0] is "no place" */
} bx_sources;

typedef struct bx_place {
    uint32_t line, column; /* 1-based; column in characters. 0: no place */
} bx_place;

bx_sources *bx_sources_new(bx_arena *arena);
/* Bytes and name are borrowed. Returns the source's index, 1 or more. */
uint32_t bx_sources_add(bx_sources *sources, bx_str name, bx_str bytes);
const bx_source *bx_sources_get(const bx_sources *sources, uint32_t index);
/* Lines end at LF, CR LF or a lone CR. An offset past the end is the end. */
bx_place bx_sources_place(bx_sources *sources, uint32_t source, uint32_t offset);
/* The bytes of the line (without its end) that holds the offset; *start gets its first byte's
 * offset. */
bx_str bx_sources_line(bx_sources *sources, uint32_t source, uint32_t offset, uint32_t *start);

/* The text for keeping: where it stands in the source, if just so in the span, else copied. A long
 * document is not to be in memory twice. */
bx_str bx_sources_keep(const bx_sources *sources, bx_arena *arena, bx_span span, bx_str text);

/* Where the character at `offset` of `text` stands in the source, when `text` was read from `span`
 * with escapes, entities or indentation taken out: its n-th occurrence in the span's bytes.
 * Falls back to the span's start. The returned span covers that one character. */
bx_span bx_span_of_char(const bx_sources *sources, bx_span span, bx_str text, uint32_t offset);

#endif
