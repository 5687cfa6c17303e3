/* Blocks that hold other blocks: in a frame of rules and tint, beside a label, side by side. */
#ifndef BX_COMPOSE_HOLDERS_H
#define BX_COMPOSE_HOLDERS_H

#include "compose/para.h"
#include "compose/stack.h"

/* Whether the box shows: it has a fill, a rule or white inside. */
bool bx_box_is_drawn(const bx_box *box);

/* Content in a frame. Broken over pages, each part has its whole frame. */
bx_block *bx_framed_new(bx_composer *c, const bx_box *box, bx_block *content);

/* A label in a column of its own, which stands `outside` to the left, its first line on the
 * baseline of the content's first line. Items of lists, entries of reference lists, notes, numbered
 * heads. */
bx_block *bx_labelled_new(bx_composer *c, bx_para *label, bx_len column, bx_len outside,
                          bx_align align, bx_block *content);
/* Lets the column of one that has not been set become as wide as a label that it does not hold, and
 * a gap. */
void bx_labelled_widen(bx_block *labelled, bx_len gap);

/* Blocks side by side. */
typedef struct bx_row_cell {
    bx_block *block;
    bx_len width;   /* 0: takes its share of what is left */
    uint16_t share; /* 1 when 0 */
    bx_vertical vertical;
    bx_align align; /* of content narrower than the cell: its place is the content's own affair
                     * unless it has an extent and align is CENTER or END */
} bx_row_cell;

typedef struct bx_row {
    bx_block base;
    BX_VEC(bx_row_cell) cells;
    bx_len gap;
} bx_row;

bx_row *bx_row_new(bx_composer *c, bx_len gap);
void bx_row_add(bx_composer *c, bx_row *row, bx_row_cell cell);

/* A frame made beforehand (a QR code, a picture), placed by `align` in its width; tag 0: artifact.
 */
bx_block *bx_drawing_new(bx_composer *c, const bx_frame *frame, bx_align align);

/* Drawn dx, dy away from where it would stand, `width` wide (0: as the space), taking no room. */
bx_block *bx_overlay_new(bx_composer *c, bx_block *content, bx_len dx, bx_len dy, bx_len width);

/* A rule over the width, or `width` of it. */
bx_block *bx_rule_new(bx_composer *c, bx_border rule, bx_len width, bx_align align);

bx_item bx_rect(bx_len x, bx_len y, bx_len w, bx_len h, bx_color fill);

#endif
