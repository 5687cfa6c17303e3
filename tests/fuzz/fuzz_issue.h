/* What both targets for issues do with one: read it, and dump it. */
#ifndef BX_TESTS_FUZZ_ISSUE_H
#define BX_TESTS_FUZZ_ISSUE_H

#include "fuzz.h"

#include "issue/dump.h"
#include "issue/read.h"

static inline void fuzz_issue(bx_arena *arena, bx_report *report, bx_str bytes,
                              bx_issue_format format) {
    bx_issue_options options = {
        .path = BX_STR("issue"), .bytes = bytes, .has_bytes = true, .format = format};
    const bx_issue *issue = bx_issue_read(arena, &options, report);
    bx_report_sort(report);
    bx_buf out = bx_buf_new(arena);
    if (issue)
        bx_issue_dump(&out, report->sources, issue);
}

#endif
