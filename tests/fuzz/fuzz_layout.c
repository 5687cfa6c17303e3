/* A layout, with those of the source tree to extend. */
#include "fuzz.h"

#include "style/read.h"

static void use(bx_arena *arena, bx_report *report, bx_str bytes) {
    static const bx_str folders[] = {
        {BX_SOURCE_DIR "/layouts", sizeof BX_SOURCE_DIR "/layouts" - 1}};
    bx_layout_search search = {.folders = folders, .n_folders = 1, .fenced = true};
    bx_style_read(arena, BX_STR("x/layout.yaml"), bytes, &search, report);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    fuzz_run(data, size, use);
    return 0;
}
