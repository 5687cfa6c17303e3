/* Blocks: what the pages are made of, and the one way in which each of them is set.
 *
 * The issue becomes a tree of blocks once. Setting a block is a function of the space it is given
 * and of where it was broken off, and yields a frame and, when it did not fit whole, a token from
 * which the rest goes on:
 *
 *     (block, space, token) → (frame, next token)
 *
 * It changes nothing but caches (shaped text), so a page may be set on trial, thrown away and set
 * again: keeps, columns, notes, balancing and tables over pages are all made of that. */
#ifndef BX_COMPOSE_BLOCK_H
#define BX_COMPOSE_BLOCK_H

#include "draw/frame.h"
#include "draw/tags.h"
#include "issue/issue.h"
#include "style/style.h"

typedef struct bx_composer bx_composer;
typedef struct bx_block bx_block;

/* Where a block was broken off. Immutable; two equal tokens go on equally. */
typedef struct bx_token {
    uint32_t at;                         /* child, line or row to go on with */
    uint32_t n;                          /* of `inner` */
    const struct bx_token *const *inner; /* how far the children at that place have come */
    const uint32_t *floats;              /* stack: children put off, in order */
    uint32_t n_floats;
    const struct bx_token *float_inner; /* how far the first of them has come */
} bx_token;

/* In `inner`: that child has been set whole. (NULL: it has not been begun.) */
extern const bx_token bx_token_done;
bool bx_token_eq(const bx_token *a, const bx_token *b);

typedef struct bx_space {
    bx_len width;
    bx_len height;  /* what is left here */
    bx_len full;    /* what an empty page or column offers */
    bx_len top;     /* of this space, from the origin of the page's baseline grid */
    bool fresh;     /* nothing stands above: a fresh space must take something of any block */
    bool sideways;  /* the page is turned */
    bool noted;     /* the page has a footnote already */
    bool full_foot; /* one of them runs over: no further note may begin on this page */
    bool rigid;     /* the page may not run long, nor white on it shrink */
} bx_space;

/* Footnotes whose marks stand in a fragment, in order. */
typedef struct bx_note_list {
    bx_block **at;
    uint32_t n, cap;
} bx_note_list;

typedef struct bx_fragment {
    const bx_frame *frame; /* NULL: nothing of it could stand here (never in a fresh space) */
    const bx_token *next;  /* NULL: set whole */
    bx_note_list notes;
    bx_len foot;                /* height that the notes ask for at the page's foot */
    bool full_foot;             /* the last of them will run over */
    uint16_t short_by, long_by; /* of the flow of pages: lines that are missing at the foot for want
                                 * of room for what comes next; lines that were squeezed in */
} bx_fragment;

/* How narrow and how wide a block would be, given the choice. */
typedef struct bx_extent {
    bx_len least, natural;
} bx_extent;

typedef struct bx_block_class {
    const char *name;
    bx_fragment (*set)(bx_composer *c, bx_block *block, bx_space space, const bx_token *token);
    bx_extent (*extent)(bx_composer *c, bx_block *block); /* NULL: as wide as it is given */
} bx_block_class;

struct bx_block {
    const bx_block_class *class;
    bx_len before, after; /* white to neighbours; the larger of two that meet counts */
    bx_len stretch;       /* so much more white may stand above, to fill a page … */
    bx_len shrink;        /* … or less, to leave no hole; whole lines of either are used */
    bx_len least_left;    /* not begun where less than this is left */
    bool keep_next;       /* stands with what follows */
    bool keep_previous;   /* when short, not alone on a page: what is before it comes along */
    bool keep_together;   /* not broken, unless it is taller than a page */
    bx_len keep_up_to;    /* not broken when it is no higher than this; 0: than a page */
    bool grid;            /* ends on the baseline grid */
    bool floats;          /* may go to the next page while what follows stays */
    bool sideways;        /* asks for a page turned on its side; at the top level only */
    bx_span span;         /* for messages */
    struct {
        bx_len width, full;
        bool answer;
    } fits; /* cache of bx_keeps_together */
};

bx_fragment bx_set(bx_composer *c, bx_block *block, bx_space space, const bx_token *token);

/* Whether the block must be whole in this space or go to the next page: it asks for that, it is not
 * the first thing on the page, and a page of its own would hold it. */
bool bx_keeps_together(bx_composer *c, bx_block *block, bx_space space, const bx_token *token);

/* A token in the composer's arena for frames. `inner` may be NULL. */
const bx_token *bx_token_new(bx_composer *c, uint32_t at, const bx_token *inner);

/* Adds the notes of a part to those of the whole. */
void bx_fragment_take_notes(bx_composer *c, bx_fragment *whole, const bx_fragment *part);

/* The least multiple of the page's pitch that is not below `y`. */
bx_len bx_snap(bx_len y, bx_len pitch);

#endif
