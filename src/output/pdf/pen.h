/* The pen that writes one page's content stream. It remembers the graphics state that the stream
 * has set, so that only changes are written, and which node of the semantic tree its marked content
 * belongs to. */
#ifndef BX_OUTPUT_PDF_PEN_H
#define BX_OUTPUT_PDF_PEN_H

#include "output/pdf/writer.h"

/* What q saves and Q restores, and the place of the text line. */
typedef struct bx_ink {
    uint32_t fill, stroke; /* 0xRRGGBB; BX_INK_UNSET at first is black by ISO 32000-1, 8.4.1 */
    int64_t weight;        /* 1/1000 pt */
    bx_len dash[2];
    uint32_t font;   /* number, and the part of a Type 3 face in the high half; 0: none */
    int64_t size;    /* 1/1000 pt */
    int64_t spacing; /* Tc, 1/1000000 pt */
} bx_ink;

typedef struct bx_pen {
    bx_writer *w;
    uint32_t page; /* index */
    bx_buf out;
    bx_len height; /* y downward y becomes height − y */
    bx_ink ink;
    bool in_text;           /* between BT and ET */
    int64_t line_x, line_y; /* where the last Td went, 1/1000 pt */
    int64_t at;             /* where the next glyph falls on that line, 1/1000000 pt */
    bool placed;            /* a Td was written since BT */
    bx_buf codes;           /* glyphs not written yet: the operand of Tj or TJ */
    bool string, array;     /* a string is open in it; it has adjustments */
    bool marked;            /* between BDC and EMC */
    uint32_t node;          /* of the open marked content; 0: artifact */
    uint32_t spans;         /* open spans in it */
    uint32_t inherited;     /* inside a vector picture: the node of all its items; 0: none */
} bx_pen;

/* The node that content of the tag counts to. */
static inline uint32_t bx_pen_node(const bx_pen *pen, uint32_t tag) {
    if (pen->inherited)
        tag = pen->inherited;
    return tag ? pen->w->nodes[tag].content : 0;
}

void bx_pen_open_mark(bx_pen *pen, uint32_t node); /* for the next: another is open, or none */
/* Opens marked content for the node, unless it is open already. */
static inline void bx_pen_mark(bx_pen *pen, uint32_t tag) {
    uint32_t node = bx_pen_node(pen, tag);
    if (!pen->marked || pen->node != node)
        bx_pen_open_mark(pen, node);
}
void bx_pen_unmark(bx_pen *pen);
/* Marked content for a piece of the node's content: /Span with a replacement text, or
 * /ReversedChars (actual NULL). It stands beside its neighbours with a number of its own and not
 * inside them, because some readers take the inner end for the outer one; only inside an artifact,
 * or in one another, are they nested. Afterwards bx_pen_mark opens the node again. */
void bx_pen_begin_span(bx_pen *pen, uint32_t tag, const char *name, const bx_str *actual);
void bx_pen_end_span(bx_pen *pen);
void bx_pen_begin_text(bx_pen *pen);
/* Writes the glyphs that wait; done before anything else is written. */
void bx_pen_flush(bx_pen *pen);
void bx_pen_end_text(bx_pen *pen);
void bx_pen_fill(bx_pen *pen, bx_color color);
void bx_pen_stroke(bx_pen *pen, bx_color color, bx_len weight);
void bx_pen_dash(bx_pen *pen, const bx_len dash[2]);
/* A length and a blank; y is turned upward. */
void bx_pen_x(bx_pen *pen, bx_len x);
void bx_pen_y(bx_pen *pen, bx_len y);

/* text.c: a run of text. */
void bx_pen_run(bx_pen *pen, const bx_placed *placed);

#endif
