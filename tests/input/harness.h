/* Text as a source with its report: for tests. */
#ifndef BX_TESTS_INPUT_HARNESS_H
#define BX_TESTS_INPUT_HARNESS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/diag.h"

#include <stdio.h>
#include <stdlib.h>

typedef struct bench {
    bx_arena *arena;
    bx_report *report;
} bench;

static inline bench bench_open(void) {
    static bx_memory memory; /* outlives the arenas; tests run one after the other */
    memory = (bx_memory){0};
    bench b = {.arena = bx_arena_new(&memory)};
    b.report = bx_report_new(b.arena, bx_sources_new(b.arena));
    return b;
}

static inline void bench_close(bench *b) { bx_arena_drop(b->arena); }

static inline uint32_t bench_source(bench *b, bx_str text) {
    return bx_sources_add(b->report->sources, BX_STR("test"), text);
}

/* "line:column name" of each message, one a line. */
static inline const char *bench_codes(bench *b) {
    bx_report_sort(b->report);
    bx_buf out = bx_buf_new(b->arena);
    for (uint32_t i = 0; i < b->report->list.n; i++) {
        const bx_diag *d = &b->report->list.at[i];
        bx_place p = bx_sources_place(b->report->sources, d->span.source, d->span.start);
        bx_buf_fmt(&out, "%s%u:%u %s", i ? "\n" : "", p.line, p.column, bx_code_name(d->code));
    }
    bx_buf_char(&out, 0);
    return bx_buf_view(&out).p;
}

#endif
