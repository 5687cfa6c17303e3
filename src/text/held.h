/* Foreign objects that live for one stage: released when the stage is done, or with the arena when
 * memory runs out in between. */
#ifndef BX_TEXT_HELD_H
#define BX_TEXT_HELD_H

#include "base/arena.h"

typedef struct bx_held {
    void (*release)(void *);
    void *object;
} bx_held;

/* NULL objects are taken for a failed allocation: control goes to the trap. */
bx_held *bx_hold(bx_arena *arena, void (*release)(void *), void *object);
void bx_let_go(bx_held *held);

#endif
