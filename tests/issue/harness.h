/* An issue from text, with its report: for tests. */
#ifndef BX_TESTS_ISSUE_HARNESS_H
#define BX_TESTS_ISSUE_HARNESS_H

#include "issue/dump.h"
#include "issue/reader.h"
#include "support/bench.h"

#include <stdio.h>
#include <stdlib.h>

static inline const bx_issue *bench_read(bench *b, const char *name, const char *text) {
    bx_issue_options o = {.path = bx_str_of(name), .bytes = bx_str_of(text), .has_bytes = true};
    return bx_issue_read(b->arena, &o, b->report);
}

/* The report as the program prints it, one line a message. */
static inline const char *bench_messages(bench *b) {
    bx_report_sort(b->report);
    bx_buf out = bx_buf_new(b->arena);
    for (uint32_t i = 0; i < b->report->list.n; i++) {
        const bx_diag *d = &b->report->list.at[i];
        bx_place p = bx_sources_place(b->report->sources, d->span.source, d->span.start);
        bx_buf_fmt(&out, "%u:%u: %s[%s]: %.*s\n", p.line, p.column,
                   d->severity == BX_ERROR ? "error" : "warning", bx_code_name(d->code),
                   BX_STR_ARG(d->message));
        if (d->hint.n)
            bx_buf_fmt(&out, "    %.*s\n", BX_STR_ARG(d->hint));
    }
    bx_buf_char(&out, 0);
    return bx_buf_view(&out).p;
}

#endif
