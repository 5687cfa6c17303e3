/* One arena for all the tests of a file: `arena`, opened and dropped by the group's fixtures. */
#ifndef BX_TESTS_SUPPORT_ARENA_H
#define BX_TESTS_SUPPORT_ARENA_H

#include "base/arena.h"
#include "support/cmocka_all.h"

static bx_memory memory;
static bx_arena *arena;

static int open_arena(void **state) {
    (void)state;
    arena = bx_arena_new(&memory);
    return 0;
}

static int drop_arena(void **state) {
    (void)state;
    bx_arena_drop(arena);
    assert_int_equal(memory.in_use, 0);
    return 0;
}

#endif
