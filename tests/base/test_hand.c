/* The second thread: chores are done once each, by whichever thread, and in good time. */
#include "support/cmocka_all.h"

#include "base/hand.h"

#include <stdatomic.h>
#include <unistd.h>

enum { CHORES = 500 };

typedef struct sum {
    bx_chore chore;
    unsigned value;
    atomic_uint *total;
} sum;

static void add(void *user, bool aside) {
    (void)aside;
    sum *s = user;
    atomic_fetch_add(s->total, s->value);
}

static void give_all(bx_hand *hand, sum *sums, atomic_uint *total) {
    for (unsigned i = 0; i < CHORES; i++) {
        sums[i] = (sum){.chore = {.run = add, .user = &sums[i]}, .value = i, .total = total};
        bx_hand_give(hand, &sums[i].chore);
    }
}

static void chores_are_done_once(void **state) {
    (void)state;
    static sum sums[CHORES];
    for (int round = 0; round < 20; round++) {
        bx_memory memory = {0};
        bx_arena *arena = bx_arena_new(&memory);
        bx_hand *hand = round % 4 ? bx_hand_new(arena) : NULL;
        atomic_uint total = 0;
        give_all(hand, sums, &total);
        for (int i = 0; i < CHORES; i++)
            bx_hand_finish(hand, &sums[round % 2 ? i : CHORES - 1 - i].chore);
        bx_hand_finish(hand, &sums[0].chore); /* it is done already */
        assert_int_equal(total, CHORES * (CHORES - 1) / 2);
        bx_arena_drop(arena);
        assert_int_equal(memory.in_use, 0);
    }
}

static void what_has_not_begun_is_dropped(void **state) {
    (void)state;
    static sum sums[CHORES];
    for (int round = 0; round < 20; round++) {
        bx_memory memory = {0};
        bx_arena *arena = bx_arena_new(&memory);
        bx_hand *hand = bx_hand_new(arena);
        atomic_uint total = 0;
        give_all(hand, sums, &total);
        unsigned dropped = 0;
        for (int i = CHORES - 1; i >= 0; i -= 2) {
            bx_hand_drop(hand, &sums[i].chore);
            dropped += sums[i].chore.state == BX_CHORE_FREE ? sums[i].value : 0;
        }
        for (int i = 0; i < CHORES; i++)
            bx_hand_finish(hand, &sums[i].chore); /* nothing to do for those that were dropped */
        assert_int_equal(total + dropped, CHORES * (CHORES - 1) / 2);
        give_all(hand, sums, &total);
        bx_arena_drop(arena); /* with chores that wait */
        assert_int_equal(memory.in_use, 0);
    }
}

typedef struct meeting {
    bx_chore chore;
    atomic_bool met;
    bool aside;
} meeting;

static void meet(void *user, bool aside) {
    meeting *m = user;
    m->aside = aside;
    atomic_store(&m->met, true);
}

static void the_other_thread_works_by_itself(void **state) {
    (void)state;
    bx_memory memory = {0};
    bx_arena *arena = bx_arena_new(&memory);
    bx_hand *hand = bx_hand_new(arena);
    meeting m = {.chore = {.run = meet, .user = &m}};
    bx_hand_give(hand, &m.chore);
    for (int i = 0; i < 10000 && !atomic_load(&m.met); i++)
        usleep(1000);
    bx_hand_finish(hand, &m.chore);
    assert_true(m.met && m.aside);
    bx_arena_drop(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(chores_are_done_once),
        cmocka_unit_test(what_has_not_begun_is_dropped),
        cmocka_unit_test(the_other_thread_works_by_itself),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
