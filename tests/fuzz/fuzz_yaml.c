/* An issue in YAML: read, and dumped. */
#include "fuzz.h"

#include "issue/dump.h"
#include "issue/read.h"

static void use(bx_arena *arena, bx_report *report, bx_str bytes) {
    bx_issue_options options = {
        .path = BX_STR("issue"), .bytes = bytes, .has_bytes = true, .format = BX_FORMAT_YAML};
    const bx_issue *issue = bx_issue_read(arena, &options, report);
    bx_report_sort(report);
    bx_buf out = bx_buf_new(arena);
    if (issue)
        bx_issue_dump(&out, report->sources, issue);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    fuzz_run(data, size, use);
    return 0;
}
