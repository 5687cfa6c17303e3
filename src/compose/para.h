/* Paragraphs: a stream of text, shaped once, broken for the measure it is given, cut into lines for
 * the pages. */
#ifndef BX_COMPOSE_PARA_H
#define BX_COMPOSE_PARA_H

#include "compose/block.h"
#include "text/text.h"

/* Something that happens at a byte of the stream: a place to link to, a footnote's mark. */
typedef struct bx_event {
    uint32_t at;
    bx_str anchor;
    bx_block *note;
} bx_event;

typedef struct bx_para {
    bx_block base;
    const bx_role *role;
    bx_text_input input;
    bx_len start, end; /* insets from the measure's edges, beside the role's; a negative indent
                        * of the input's setting makes the first line hang into the first */
    uint32_t tag;
    const bx_event *events; /* ascending */
    uint32_t n_events;
    /* Caches. What shaping needs is large, so it is kept only until there are lines. */
    bx_lines lines; /* for `measure`; -1: none yet */
    bx_len measure;
    bx_len shift; /* of the lines, when one line serves every measure that holds it */
    bx_extent extent;
    bx_lines one;  /* the whole on one line that serves any measure, or none */
    bool measured; /* `extent` is known; its `natural` is also when there is `one` */
} bx_para;

/* Forgets what was shaped, after a change of the input. */
void bx_para_forget(bx_para *para);

/* The lines for a width (insets come off it). Shapes at the first call. */
const bx_lines *bx_para_lines(bx_composer *c, bx_para *para, bx_len width);

/* Its widest unbreakable piece and the whole on one line, insets included. */
bx_extent bx_para_extent(bx_composer *c, bx_block *para);

/* A frame with lines [from, to), each one pitch high. */
bx_frame *bx_para_frame(bx_composer *c, bx_para *para, bx_len width, uint32_t from, uint32_t to);

/* The baseline in a line of a pitch: the em box (0.88 above, 0.12 below) stands in its middle. */
bx_len bx_baseline(bx_len size, bx_len pitch);

extern const bx_block_class bx_para_class;

#endif
