/* A second thread, which takes chores off the thread that has a job.
 *
 * Chores are begun in the order in which they are given, and whoever needs one done finishes it: if
 * nobody has begun it by then, the caller does it. So nothing depends on when, or whether, the
 * second thread gets a processor, and what is made is the same with and without it.
 *
 * A hand belongs to one thread, the one that gives and finishes. A chore must not go to the trap of
 * that thread, nor touch its arenas while that thread may: it works with memory that it was given,
 * or has a bx_memory of its own. NULL is a hand without a thread: each chore is done when it is to
 * be finished. */
#ifndef BX_BASE_HAND_H
#define BX_BASE_HAND_H

#include "base/arena.h"

typedef struct bx_hand bx_hand;

typedef struct bx_chore {
    /* `aside`: on the second thread. */
    void (*run)(void *user, bool aside);
    void *user;
    struct bx_chore *next; /* this and the next are the hand's */
    enum { BX_CHORE_FREE, BX_CHORE_WAITS, BX_CHORE_BEGUN, BX_CHORE_DONE } state;
} bx_chore;

/* Its thread starts with the first chore, and ends with the arena: what it is doing then is waited
 * for, what it has not begun is dropped. */
bx_hand *bx_hand_new(bx_arena *arena);

/* The chore stays where it is until it is done, or dropped. */
void bx_hand_give(bx_hand *hand, bx_chore *chore);

/* Returns when the chore is done, and meanwhile does others that wait. */
void bx_hand_finish(bx_hand *hand, bx_chore *chore);

/* Takes the chore back if it has not begun, and waits for it if it has: after this its memory may
 * go. */
void bx_hand_drop(bx_hand *hand, bx_chore *chore);

#endif
