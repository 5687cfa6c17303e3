/* What a frame shows, item by item in drawing order: frames inside frames are taken apart. */
#ifndef BX_OUTPUT_PDF_PLACED_H
#define BX_OUTPUT_PDF_PLACED_H

#include "compose/pages.h"

/* How deep frames and pictures may nest; composition stays far below. */
enum { BX_FRAMES_DEEP = 64 };

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

#endif
