/* Text as a source with its report: for tests. */
#ifndef BX_TESTS_INPUT_HARNESS_H
#define BX_TESTS_INPUT_HARNESS_H

#include "support/bench.h"

#include <stdio.h>
#include <stdlib.h>

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
