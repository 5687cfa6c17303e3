/* Pages: the flow cut into type areas, notes at their feet, running heads and feet round them. */
#ifndef BX_COMPOSE_PAGE_H
#define BX_COMPOSE_PAGE_H

#include "compose/composer.h"
#include "compose/note.h"

/* One page's content, and what it depends on: a page that begins as in the round before and asked
 * for no facts is the same page. */
typedef struct bx_page_state {
    const bx_token *token; /* where the flow stands */
    bx_note_queue notes;   /* running over from the page before */
} bx_page_state;

typedef struct bx_page_record {
    bx_page_state begin, end;
    const bx_frame *text, *notes; /* of the type area; notes may be NULL */
    bool sideways;
    bool ended;    /* nothing is left after it */
    bool overfull; /* something on it is taller than the type area */
    bool facts_used;
    bx_page_look look;
} bx_page_record;

/* A way to fill a page. The first one takes as much as can be had; each of the others less. */
typedef struct bx_page_way {
    bool rigid;   /* it may not run long, nor white on it shrink */
    bool lax;     /* what may not be alone on the next page may be all the same */
    bx_len spare; /* to be left at its foot for white that stretches */
} bx_page_way;

typedef struct bx_page_records {
    bx_page_record *at;
    uint32_t n, cap;
} bx_page_records;

/* The sheet and its type area; a turned page has its longer side across. */
typedef struct bx_sheet {
    bx_len w, h, x, y, measure, depth;
} bx_sheet;
bx_sheet bx_sheet_of(const bx_page_style *page, bool verso, bool sideways);

bool bx_page_state_eq(const bx_page_state *a, const bx_page_state *b);

/* One page. */
bx_page_record bx_page_fill(bx_composer *c, bx_block *flow, bx_page_state begin, bx_page_way way);

/* Sheets with running heads and feet, into c->pages. */
void bx_pages_finish(bx_composer *c, bx_block *flow, const bx_page_records *records);

#endif
