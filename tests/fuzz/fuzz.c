#include "fuzz.h"

#include "base/clock.h"

#include <stdlib.h>

const char *const fuzz_limits[] = {"memory=256M", "time=20", "pages=200", "pixels=4000000", NULL};

void fuzz_run(const uint8_t *data, size_t size, fuzz_use use) {
    bx_memory memory = {0};
    jmp_buf trap;
    bx_arena *volatile arena = NULL;
    if (size > 1 << 20)
        return;
    if (setjmp(trap) == 0) {
        memory.trap = &trap;
        arena = bx_arena_new(&memory);
        memory.most = 256 << 20;
        memory.deadline = bx_thread_time() + 20000000000u;
        bx_report *report = bx_report_new(arena, bx_sources_new(arena));
        bx_limits_set(&report->limits, BX_STR("pixels=4000000"));
        use(arena, report, (bx_str){(const char *)data, (uint32_t)size});
    }
    bx_arena_drop(arena);
}

bx_press *fuzz_press(void) {
    static bx_press *press;
    static const char *const layouts[] = {BX_SOURCE_DIR "/layouts", NULL};
    static const char *const fonts[] = {BX_SOURCE_DIR "/fonts", NULL};
    bx_press_options options = {.layout_folders = layouts, .font_folders = fonts};
    if (!press && bx_press_open(&options, &press) != BX_OK)
        abort();
    return press;
}

bool fuzz_discard(void *user, const void *bytes, size_t n) {
    (void)user, (void)bytes, (void)n;
    return true;
}
