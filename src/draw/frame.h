/* Frames: what stands on a page, and where.
 *
 * A frame is a rectangle with items in it and is immutable once made. It has no position of its
 * own: the item that holds it carries dx, dy. Origin at the top left, y downward, 1/1024 pt. Frames
 * know nothing of PDF; output/ walks them. Items are drawn in order, later over earlier; the order
 * in which they are read is the tags'. */
#ifndef BX_DRAW_FRAME_H
#define BX_DRAW_FRAME_H

#include "base/length.h"
#include "base/vec.h"
#include "draw/image.h"
#include "text/text.h"

typedef uint32_t bx_tag_id; /* see tags.h; BX_ARTIFACT: decoration, not content */
enum { BX_ARTIFACT = 0 };

typedef enum bx_item_kind {
    BX_ITEM_FRAME,  /* a frame at dx, dy */
    BX_ITEM_GLYPHS, /* one or more runs; dx: the line's start edge, dy: its baseline */
    BX_ITEM_RECT,   /* filled, w × h at dx, dy; radius rounds its corners */
    BX_ITEM_PATH,   /* filled and/or stroked */
    BX_ITEM_IMAGE,  /* stretched to w × h */
    BX_ITEM_LINK,   /* an active area w × h, to a url or a destination */
    BX_ITEM_ANCHOR, /* a named place that links and the outline go to */
} bx_item_kind;

typedef enum bx_path_verb { BX_MOVE, BX_LINE, BX_CURVE, BX_CLOSE } bx_path_verb;
typedef struct bx_path_op {
    bx_path_verb verb;
    bx_len x[3], y[3]; /* CURVE: two controls and the end; MOVE and LINE use [0] */
} bx_path_op;
typedef struct bx_path {
    bx_path_op *ops;
    uint32_t n;
    bx_color fill, stroke;
    bx_len weight;
    bx_len dash[2]; /* on, off; 0: solid */
    bool even_odd;
} bx_path;

typedef struct bx_rect_item {
    bx_len w, h, radius;
    bx_color fill;
    bx_color stroke; /* an outline inside the rectangle's edge */
    bx_len weight;
} bx_rect_item;

typedef struct bx_link_item {
    bx_len w, h;
    bx_str url;   /* an address, or: */
    bx_str dest;  /* the name of an anchor */
    bx_str title; /* what a reader is told of it (link Contents) */
} bx_link_item;

typedef struct bx_frame bx_frame;

typedef struct bx_item {
    bx_item_kind kind : 8;
    bool anchors; /* it is an anchor, or a frame with one somewhere in it; the frame knows */
    bx_tag_id tag;
    bx_len dx, dy;
    union {
        const bx_frame *frame;
        struct {
            const bx_glyph_run *run;
            uint32_t more; /* runs that follow it in memory and stand where it does */
        };
        bx_rect_item rect;
        const bx_path *path;
        struct {
            const bx_image *image;
            bx_len w, h;
        } picture;
        const bx_link_item *link;
        bx_str anchor;
    };
} bx_item;

struct bx_frame {
    bx_len w, h;
    bx_len baseline; /* of the first line, from the top; 0: none */
    bool anchors;    /* as of items: whoever looks for them need not look elsewhere */
    bx_str role; /* what its text is set as, for those who inspect pages; empty: as its holder */
    BX_VEC(bx_item) items;
};

bx_frame *bx_frame_new(bx_arena *arena, bx_len w, bx_len h);
/* Room for n items more, for who knows how many there will be. */
void bx_frame_reserve(bx_arena *arena, bx_frame *frame, uint32_t n);
/* These items, copied, in no more room than they need. */
void bx_frame_fill(bx_arena *arena, bx_frame *frame, const bx_item *items, uint32_t n);
bx_item *bx_frame_add(bx_arena *arena, bx_frame *frame, bx_item item);
void bx_frame_place(bx_arena *arena, bx_frame *frame, const bx_frame *child, bx_len dx, bx_len dy);

#endif
