/* Blocks one below the other: the flow of a page, and of everything that holds other blocks.
 *
 * A stack keeps heads with what follows, starts and ends blocks on the baseline grid, puts figures
 * off to the next page rather than leave a hole, and stops where the space ends. The flow of the
 * pages fills them: where a block has no room, white that may stretch brings the page to its full
 * depth, or the page runs long by the line or two that were missing. */
#ifndef BX_COMPOSE_STACK_H
#define BX_COMPOSE_STACK_H

#include "compose/block.h"

typedef struct bx_stack {
    bx_block base;
    BX_VEC(bx_block *) children;
    struct bx_ahead *ahead; /* sets them on trial before their turn; NULL: nobody does */
    uint32_t
        measured; /* the stack's baseline is this child's, or that of the first text after it */
    bool flow;    /* of pages: stretches white to fill them, runs a line long to leave no hole */
    uint8_t piece_level; /* heads up to this level open pieces that should not be torn: the lowest
                          * level of those that ask for room below them; 0: there are none */
    bx_len piece_least;  /* the most that one of them asks for */
} bx_stack;

extern const bx_block_class bx_stack_class;

bx_stack *bx_stack_new(bx_composer *c);
void bx_stack_add(bx_composer *c, bx_stack *stack, bx_block *child);

/* Whether what comes next in the flow asks for a page on its side. */
bool bx_stack_is_sideways(const bx_block *stack, const bx_token *token);

/* What comes next in the flow, for messages. */
bx_span bx_stack_place(const bx_block *stack, const bx_token *token);

/* White of a height; at the top of a page it stays, unless it is soft. */
bx_block *bx_blank_new(bx_composer *c, bx_len height, bool soft);

/* The end of a page: what follows starts a new one, unless it would be the first thing on it. */
bx_block *bx_page_break_new(bx_composer *c);

#endif
