/* What most tests stand on: an arena over counted memory, and a report.
 *
 * Either a bench, opened and closed by the test or, for tests whose state is a bench, by
 * bench_set_up and bench_tear_down; every byte must have been given back when it closes. */
#ifndef BX_TESTS_SUPPORT_BENCH_H
#define BX_TESTS_SUPPORT_BENCH_H

#include "base/diag.h"
#include "support/cmocka_all.h"

#include <stdlib.h>

typedef struct bench {
    bx_memory *memory;
    bx_arena *arena;
    bx_report *report;
} bench;

static inline bench bench_open(void) {
    bench b = {.memory = calloc(1, sizeof *b.memory)};
    b.arena = bx_arena_new(b.memory);
    b.report = bx_report_new(b.arena, bx_sources_new(b.arena));
    return b;
}

static inline void bench_close(bench *b) {
    bx_arena_drop(b->arena);
    assert_int_equal(b->memory->in_use, 0);
    free(b->memory);
}

static inline int bench_set_up(void **state) {
    bench *b = malloc(sizeof *b);
    *b = bench_open();
    *state = b;
    return 0;
}

static inline int bench_tear_down(void **state) {
    bench_close(*state);
    free(*state);
    return 0;
}

#endif
