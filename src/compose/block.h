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
/* A copy that lives as long as the arena. */
const bx_token *bx_token_copy(bx_arena *arena, const bx_token *token);

typedef struct bx_space {
    bx_len width;
    bx_len height;  /* what is left here */
    bx_len full;    /* what an empty page or column offers */
    bx_len top;     /* of this space, from the origin of the page's baseline grid */
    bool fresh;     /* nothing stands above: a fresh space must take something of any block */
    bool whole;     /* what is a thing by itself, an item, a box, is better not broken here */
    bool sideways;  /* the page is turned */
    bool noted;     /* the page has a footnote already */
    bool full_foot; /* one of them runs over: no further note may begin on this page */
    bool rigid;     /* the page may not run long, nor white on it shrink */
    bool lax;       /* what may not be alone on the next page may be all the same, but at the end */
    bx_len spare;   /* of the height, at the foot: only white that stretches may fill it */
} bx_space;

/* What a book designer would find fault with on a page, in lines. */
typedef struct bx_page_look {
    uint16_t short_by;  /* missing at the foot for want of room for what comes next */
    uint16_t long_by;   /* squeezed in beyond the foot */
    uint16_t stretched; /* of white put in */
    uint16_t shrunk;    /* of white taken out */
    uint16_t tail;      /* missing from the end of a piece that stands at the top by itself */
    bool bare;        /* a piece begins at the foot with no more than what stands under its head */
    uint16_t put_off; /* figures that should stand here */
    bool between;     /* the next page begins with a new piece */
    bool pushed;      /* it ends early for what may not be alone on the next page, … */
    bool alone;       /* … or does not, and that is alone there */
    bx_len spare; /* with so much to spare at its foot it would have to end earlier than it does */
} bx_page_look;

/* Footnotes whose marks stand in a fragment, in order. */
typedef struct bx_note_list {
    bx_block **at;
    uint32_t n, cap;
} bx_note_list;

typedef struct bx_fragment {
    const bx_frame *frame; /* NULL: nothing of it could stand here (never in a fresh space) */
    const bx_token *next;  /* NULL: set whole */
    bx_note_list notes;
    bx_len foot;       /* height that the notes ask for at the page's foot */
    bool full_foot;    /* the last of them will run over */
    bx_page_look look; /* of the flow of pages only */
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
    uint8_t level;        /* of a section's head, from 1; 0: something else */
    bool keep_next;       /* stands with what follows */
    bool keep_previous;   /* when short, not alone on a page: what is before it comes along */
    bool keep_together;   /* not broken, unless it is taller than a page */
    bool keep_whole;      /* the same where the space asks for it */
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
