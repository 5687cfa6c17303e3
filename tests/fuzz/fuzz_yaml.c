/* An issue in YAML. */
#include "fuzz_issue.h"

static void use(bx_arena *arena, bx_report *report, bx_str bytes) {
    fuzz_issue(arena, report, bytes, BX_FORMAT_YAML);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    fuzz_run(data, size, use);
    return 0;
}
