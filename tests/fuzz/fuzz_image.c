/* A picture in any of the formats that are read. */
#include "fuzz.h"

#include "draw/image.h"

static void use(bx_arena *arena, bx_report *report, bx_str bytes) {
    const bx_image *image = bx_image_read(arena, bytes, BX_STR("x"), (bx_span){0}, NULL, report);
    if (image) {
        bx_image_upright(image);
        bx_image_turned(image);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    fuzz_run(data, size, use);
    return 0;
}
