#include "text/held.h"

static void release_held(void *h) { bx_let_go(h); }

bx_held *bx_hold(bx_arena *arena, void (*release)(void *), void *object) {
    if (!object)
        bx_out_of_memory(arena);
    bx_held *held = bx_new(arena, bx_held);
    held->release = release;
    held->object = object;
    bx_defer(arena, release_held, held);
    return held;
}

void bx_let_go(bx_held *held) {
    if (held->object)
        held->release(held->object);
    held->object = NULL;
}
