/* One pass of setting a stack in one space, as stack.c and flow.c share it. */
#ifndef BX_COMPOSE_STACK_PASS_H
#define BX_COMPOSE_STACK_PASS_H

#include "compose/composer.h"
#include "compose/stack.h"

/* A child as it was placed: what the stack goes back to when a later child finds no room. */
typedef struct bx_placed {
    uint32_t child;
    uint32_t n_items, n_notes; /* before it */
    bx_len y, gap_after, foot; /* before it */
    uint32_t solid;
    bool full_foot;
    bool line; /* it is one line of text */
} bx_placed;

/* Most stacks hold no more: only what goes beyond, and what is left at the end, asks the arena. */
enum { BX_PASS_FEW = 32 };

/* The state of setting one stack in one space. */
typedef struct bx_pass {
    bx_composer *c;
    bx_stack *stack;
    bx_space space;
    bx_frame frame; /* in the making */
    bx_fragment out;
    bx_len y;         /* reached so far */
    bx_len gap_after; /* asked for by the last child placed */
    BX_VEC(bx_placed) placed;
    uint32_t solid;          /* how many of them take room */
    bool pushed, left_alone; /* by what may not be alone on the next page, or is let to */
    bool goes_on;            /* something came before, on another page */
    bx_len grown;            /* lines that `space` has been given beyond the page's foot */
    BX_VEC(uint32_t) floats; /* put off */
    const bx_token *float_inner;
    bx_placed few_placed[BX_PASS_FEW];
    bx_item few_items[BX_PASS_FEW];
} bx_pass;

/* Sets child i below what stands; *start is where. No frame: it has no room. */
bx_fragment bx_pass_set(bx_pass *p, uint32_t i, const bx_token *token, bx_len *start);

/* Whether what is placed as the k-th stands right under a head. */
bool bx_pass_is_under_head(const bx_pass *p, uint32_t k);

static inline bool bx_pass_at_top(const bx_pass *p) { return p->solid == 0; }

/* Of the flow of pages (flow.c): */

/* How many lines more the page can be given: it runs long, and white over heads shrinks. */
bx_len bx_flow_most_growth(const bx_pass *p);

/* Child i has no room, and a hole would be left; or it ends the flow, and a part of it would have a
 * page to itself. It is set all the same when the page can be given the missing lines. */
void bx_flow_grow_for(bx_pass *p, uint32_t i, const bx_token *token, bx_fragment *f, bx_len *start);

/* All that this page takes is placed, and child `at` comes next. Brings the page to its depth, if
 * `wants_room`: if it ends because the child has none; and looks at it. */
void bx_flow_finish(bx_pass *p, uint32_t at, bool wants_room);

#endif
