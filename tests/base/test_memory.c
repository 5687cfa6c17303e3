#include "support/cmocka_all.h"

#include "base/map.h"
#include "base/vec.h"

#include <stdlib.h>

static void zeroed_and_aligned(void **state) {
    (void)state;
    bx_memory memory = {0};
    bx_arena *arena = bx_arena_new(&memory);
    for (size_t size = 0; size < 5000; size += 37) {
        unsigned char *p = bx_alloc(arena, size);
        assert_non_null(p);
        assert_int_equal((uintptr_t)p % _Alignof(max_align_t), 0);
        for (size_t i = 0; i < size; i++)
            assert_int_equal(p[i], 0);
        memset(p, 0xAA, size);
    }
    assert_non_null(bx_alloc(arena, 10 << 20)); /* larger than any chunk */
    bx_arena_drop(arena);
    bx_arena_drop(NULL);
    assert_int_equal(memory.in_use, 0);
    assert_true(memory.peak > 10 << 20);
}

static void rewound_memory_is_zeroed_again(void **state) {
    (void)state;
    bx_memory memory = {0};
    bx_arena *arena = bx_arena_new(&memory);
    bx_alloc(arena, 100);
    bx_mark mark = bx_arena_mark(arena);
    for (int round = 0; round < 3; round++) {
        for (int i = 0; i < 20; i++) {
            unsigned char *p = bx_alloc(arena, 9000);
            for (int k = 0; k < 9000; k += 100)
                assert_int_equal(p[k], 0);
            memset(p, 0xFF, 9000);
        }
        bx_arena_rewind(arena, mark);
    }
    size_t held = memory.in_use;
    for (int i = 0; i < 20; i++)
        bx_alloc(arena, 9000);
    assert_int_equal(memory.in_use, held); /* chunks were kept for reuse */
    bx_arena_drop(arena);
}

static void trimmed_ends_are_used_again(void **state) {
    (void)state;
    bx_memory memory = {0};
    bx_arena *arena = bx_arena_new(&memory);
    char *large = bx_alloc_raw(arena, 20 << 20);
    memset(large, 0xFF, 100);
    bx_trim(arena, large, 100);
    size_t held = memory.in_use;
    unsigned char *next = bx_alloc(arena, 10 << 20);
    assert_int_equal(memory.in_use, held);
    assert_true((char *)next >= large + 100);
    for (int i = 0; i < 10 << 20; i += 64)
        assert_int_equal(next[i], 0);
    assert_int_equal((unsigned char)large[99], 0xFF);
    bx_trim(arena, next, 0);
    assert_ptr_equal(bx_alloc_raw(arena, 1), next);
    bx_arena_drop(arena);
    assert_int_equal(memory.in_use, 0);
}

static void side_arenas_go_with_theirs(void **state) {
    (void)state;
    bx_memory memory = {0};
    bx_arena *arena = bx_arena_new(&memory), *side = bx_arena_side(arena);
    char *kept = bx_alloc(arena, 8);
    bx_mark mark = bx_arena_mark(side);
    memset(bx_alloc(side, 100000), 1, 100000);
    bx_arena_rewind(side, mark);
    kept[0] = 2; /* the other arena's memory stays */
    bx_arena_drop(arena);
    assert_int_equal(memory.in_use, 0);
}

static void large_vectors_leave_nothing_behind(void **state) {
    (void)state;
    enum { N = 1 << 20 };
    bx_memory memory = {0};
    bx_arena *arena = bx_arena_new(&memory);
    BX_VEC(uint64_t) large = {0};
    bx_mark mark = {0};
    for (uint32_t i = 0; i < N; i++) {
        bx_push(arena, &large, i * UINT64_C(0x9e3779b97f4a7c15));
        if (i % 1000 == 0)
            bx_alloc(arena, 8); /* it is not the latest */
        if (i == N / 3)
            mark = bx_arena_mark(arena);
    }
    assert_true(memory.in_use < N * sizeof(uint64_t) + (4 << 20));
    for (uint32_t i = 0; i < N; i++)
        assert_true(large.at[i] == i * UINT64_C(0x9e3779b97f4a7c15));
    bx_arena_rewind(arena, mark); /* the vector has moved since */
    assert_true(large.at[N / 3] == N / 3 * UINT64_C(0x9e3779b97f4a7c15));
    bx_arena_drop(arena);
    assert_int_equal(memory.in_use, 0);
}

static int released[8], n_released;
static void note_release(void *object) { released[n_released++] = (int)(intptr_t)object; }

static void releases_last_first(void **state) {
    (void)state;
    n_released = 0;
    bx_memory memory = {0};
    bx_arena *arena = bx_arena_new(&memory);
    bx_defer(arena, note_release, (void *)1);
    bx_mark mark = bx_arena_mark(arena);
    bx_defer(arena, note_release, (void *)2);
    bx_defer(arena, note_release, (void *)3);
    bx_arena_rewind(arena, mark);
    assert_int_equal(n_released, 2);
    bx_defer(arena, note_release, (void *)4);
    bx_arena_drop(arena);
    static const int wanted[] = {3, 2, 4, 1};
    assert_int_equal(n_released, 4);
    assert_memory_equal(released, wanted, sizeof wanted);
}

static void *fails_after(void *user, void *old, size_t size) {
    int *left = user;
    if (size == 0) {
        free(old);
        return NULL;
    }
    return (*left)-- > 0 ? realloc(old, size) : NULL;
}

static void failure_goes_to_the_trap(void **state) {
    (void)state;
    n_released = 0;
    int left = 2; /* the arena and its first chunk */
    jmp_buf trap;
    bx_memory memory = {.allocate = fails_after, .user = &left, .trap = &trap};
    bx_arena *arena = bx_arena_new(&memory);
    bx_defer(arena, note_release, (void *)1);
    if (setjmp(trap) == 0) {
        assert_null(bx_try_alloc(arena, 1 << 20));
        bx_alloc(arena, 1 << 20);
        fail_msg("an allocation cannot have worked");
    }
    if (setjmp(trap) == 0) {
        bx_alloc_n(arena, SIZE_MAX / 2, 3);
        fail_msg("the product overflows");
    }
    bx_arena_drop(arena);
    assert_int_equal(n_released, 1);
    assert_int_equal(memory.in_use, 0);
}

static void vectors_grow(void **state) {
    (void)state;
    bx_memory memory = {0};
    bx_arena *arena = bx_arena_new(&memory);
    BX_VEC(int) v = {0};
    for (int i = 0; i < 1000; i++)
        bx_push(arena, &v, i);
    *bx_push_zero(arena, &v) = -1;
    assert_int_equal(v.n, 1001);
    for (int i = 0; i < 1000; i++)
        assert_int_equal(v.at[i], i);
    assert_int_equal(v.at[1000], -1);

    BX_VEC(int) known = {0};
    memset(bx_alloc_raw(arena, 4096), 0xFF, 4096);
    bx_reserve(arena, &known, 5);
    int *at = known.at;
    for (int i = 0; i < 5; i++)
        assert_int_equal(*bx_push_zero(arena, &known), 0);
    assert_ptr_equal(known.at, at);
    bx_push(arena, &known, 7);
    assert_int_equal(known.n, 6);
    assert_int_equal(known.at[5], 7);
    bx_arena_drop(arena);
}

static void maps_keep_their_order(void **state) {
    (void)state;
    bx_memory memory = {0};
    bx_arena *arena = bx_arena_new(&memory);
    bx_map map = bx_map_new(arena);
    assert_null(bx_map_get(&map, BX_STR("x")));
    for (intptr_t i = 0; i < 500; i++)
        *bx_map_put(&map, bx_str_fmt(arena, "key %d", (int)i)) = (void *)(i + 1);
    *bx_map_put(&map, BX_STR("key 7")) = (void *)1000;
    *bx_map_put(&map, (bx_str){0}) = (void *)2000;
    assert_int_equal(map.entries.n, 501);
    assert_ptr_equal(bx_map_get(&map, BX_STR("key 7")), (void *)1000);
    assert_ptr_equal(bx_map_get(&map, BX_STR("")), (void *)2000);
    assert_null(bx_map_get(&map, BX_STR("key 500")));
    for (uint32_t i = 0; i < 500; i++)
        assert_true(bx_str_eq(map.entries.at[i].key, bx_str_fmt(arena, "key %u", i)));
    bx_map_clear(&map);
    assert_int_equal(map.entries.n, 0);
    for (uint32_t i = 0; i < map.n_slots; i++)
        assert_int_equal(map.slots[i], 0);
    *bx_map_put(&map, BX_STR("key 8")) = (void *)3000;
    assert_ptr_equal(bx_map_get(&map, BX_STR("key 8")), (void *)3000);
    assert_null(bx_map_get(&map, BX_STR("key 7")));
    bx_arena_drop(arena);
}

static void limits_of_use(void **state) {
    (void)state;
    jmp_buf trap;
    bx_memory m = {.trap = &trap, .most = 1 << 20};
    bx_arena *a = bx_arena_new(&m);
    if (setjmp(trap) == 0) {
        for (int i = 0; i < 1000; i++)
            bx_alloc(a, 10000);
        fail_msg("ten megabytes came out of one");
    }
    assert_int_equal(m.over, BX_OVER_MEMORY);
    assert_true(m.in_use <= m.most);
    m.most = 0;
    m.deadline = UINT64_MAX;
    bx_memory_check_time(&m);
    m.deadline = 1; /* what is known of another deadline says nothing of this one */
    m.over = BX_OVER_NOTHING;
    if (setjmp(trap) == 0) {
        bx_memory_check_time(&m);
        fail_msg("the time was not up");
    }
    assert_int_equal(m.over, BX_OVER_TIME);
    bx_arena_drop(a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(limits_of_use),
        cmocka_unit_test(zeroed_and_aligned),
        cmocka_unit_test(rewound_memory_is_zeroed_again),
        cmocka_unit_test(trimmed_ends_are_used_again),
        cmocka_unit_test(side_arenas_go_with_theirs),
        cmocka_unit_test(large_vectors_leave_nothing_behind),
        cmocka_unit_test(releases_last_first),
        cmocka_unit_test(failure_goes_to_the_trap),
        cmocka_unit_test(vectors_grow),
        cmocka_unit_test(maps_keep_their_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
