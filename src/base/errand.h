/* A chore (hand.h) that needs memory: it is given some of its own, which is the giver's once it is
 * done. What is made is the same with a second thread and without. */
#ifndef BX_BASE_ERRAND_H
#define BX_BASE_ERRAND_H

#include "base/hand.h"

typedef struct bx_errand bx_errand;

/* What the errand does; it may go to the trap of the arenas' memory. What it makes is in `own`;
 * `scratch` goes when it is done. Whatever it reads must stay as it is until it is finished. */
typedef void (*bx_errand_run)(void *user, bx_arena *own, bx_arena *scratch);

/* Gives it to the hand; NULL: it is done when it is to be finished. It may take as much memory and
 * time as was left to the giver. Ends with the arena, and its memory too. */
bx_errand *bx_errand_give(bx_arena *arena, bx_hand *hand, bx_errand_run run, void *user);

/* Returns when it is done. Goes to the trap when it ran out of memory or time. Once only. */
void bx_errand_finish(bx_errand *errand);

#endif
