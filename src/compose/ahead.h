/* Setting ahead: what costs most in setting a block is shaping its text and breaking it into lines,
 * and a block keeps those. So while one thread puts blocks on pages, a second one sets those that
 * come next on trial, and both do so while one waits for the other. What comes out is the same as
 * without: setting depends on nothing but block and space, and messages are joined in the order of
 * the blocks. */
#ifndef BX_COMPOSE_AHEAD_H
#define BX_COMPOSE_AHEAD_H

#include "compose/composer.h"
#include "compose/stack.h"

typedef struct bx_ahead bx_ahead;

/* Lets the children of a stack, which stands on pages of their own, be set ahead by the composer's
 * hand, in spaces of that width; without a hand nothing happens. Everything is built by then, and
 * of the facts nothing is known. Ends with the composer's arena. */
void bx_ahead_begin(bx_composer *c, bx_stack *stack, bx_len width);

/* Returns when the child may be touched. NULL is allowed. Goes to the trap when there was no memory
 * or time for it. */
void bx_ahead_wait(bx_ahead *ahead, uint32_t child);

#endif
