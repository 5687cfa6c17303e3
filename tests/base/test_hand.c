/* The second thread: chores are done once each, by whichever thread, and in good time; errands with
 * memory of their own. */
#include "support/cmocka_all.h"

#include "base/errand.h"

#include <stdatomic.h>
#include <string.h>
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

typedef struct copying {
    const char *from;
    size_t n;
    char *to;
} copying;

static void copy(void *user, bx_arena *own, bx_arena *scratch) {
    copying *c = user;
    char *draft = bx_alloc(scratch, c->n);
    memcpy(draft, c->from, c->n);
    c->to = memcpy(bx_alloc(own, c->n), draft, c->n);
}

static void an_errand_leaves_what_it_made(void **state) {
    (void)state;
    static const char text[100000] = "版心";
    for (int round = 0; round < 20; round++) {
        bx_memory memory = {0};
        bx_arena *arena = bx_arena_new(&memory);
        bx_hand *hand = round % 4 ? bx_hand_new(arena) : NULL;
        copying c[5];
        bx_errand *errands[5];
        for (int i = 0; i < 5; i++) {
            c[i] = (copying){.from = text, .n = sizeof text};
            errands[i] = bx_errand_give(arena, hand, copy, &c[i]);
        }
        for (int i = 0; i < 4; i++) { /* the fifth is left */
            bx_errand_finish(errands[i]);
            assert_memory_equal(c[i].to, text, sizeof text);
        }
        assert_true(memory.in_use >= 4 * sizeof text);
        bx_arena_drop(arena);
        assert_int_equal(memory.in_use, 0);
    }
}

static bool goes_to_the_trap(bx_memory *memory, bx_errand *errand) {
    jmp_buf trap;
    memory->trap = &trap;
    if (setjmp(trap))
        return true;
    bx_errand_finish(errand);
    return false;
}

static void an_errand_without_memory_goes_to_the_trap(void **state) {
    (void)state;
    static const char text[1000000];
    for (int round = 0; round < 8; round++) {
        bx_memory memory = {.most = 300000};
        bx_arena *arena = bx_arena_new(&memory);
        bx_hand *hand = round % 4 ? bx_hand_new(arena) : NULL;
        bool large = round % 2;
        copying c = {.from = text, .n = large ? sizeof text : 100};
        bx_errand *errand = bx_errand_give(arena, hand, copy, &c);
        assert_int_equal(goes_to_the_trap(&memory, errand), large);
        assert_int_equal(memory.over, large ? BX_OVER_MEMORY : BX_OVER_NOTHING);
        bx_arena_drop(arena);
        assert_int_equal(memory.in_use, 0);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(chores_are_done_once),
        cmocka_unit_test(what_has_not_begun_is_dropped),
        cmocka_unit_test(the_other_thread_works_by_itself),
        cmocka_unit_test(an_errand_leaves_what_it_made),
        cmocka_unit_test(an_errand_without_memory_goes_to_the_trap),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
