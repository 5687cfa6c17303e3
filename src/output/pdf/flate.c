#include "output/pdf/flate.h"

#include <libdeflate.h>
#include <stdlib.h>

/* The level from which on more time hardly makes files smaller: 9 takes half as long again for a
 * thousandth of a report, 12 four times for a hundredth. */
enum { BX_LEVEL = 6 };

struct bx_flate {
    bx_arena *arena;
    struct libdeflate_compressor *compressor; /* made when first used */
};

static void release(void *user) {
    bx_flate *flate = user;
    libdeflate_free_compressor(flate->compressor);
}

bx_flate *bx_flate_new(bx_arena *arena) {
    bx_flate *flate = bx_new(arena, bx_flate);
    flate->arena = arena;
    bx_defer(arena, release, flate);
    return flate;
}

size_t bx_flate_room(bx_flate *flate, size_t n) {
    if (!flate->compressor)
        flate->compressor = libdeflate_alloc_compressor(BX_LEVEL);
    if (!flate->compressor)
        bx_out_of_memory(flate->arena);
    return libdeflate_zlib_compress_bound(flate->compressor, n);
}

size_t bx_flate_into(const bx_flate *flate, bx_str bytes, char *out, size_t room) {
    return libdeflate_zlib_compress(flate->compressor, bytes.n ? bytes.p : "", bytes.n, out, room);
}

bx_str bx_flate_pack(bx_flate *flate, bx_str bytes) {
    size_t room = bx_flate_room(flate, bytes.n);
    char *out = bx_alloc_raw(flate->arena, room);
    size_t n = bx_flate_into(flate, bytes, out, room);
    bx_trim(flate->arena, out, n);
    return (bx_str){out, (uint32_t)n};
}

bool bx_flate_unpack(bx_arena *arena, bx_str packed, uint32_t n, bx_str *out) {
    enum { MOST = 1032 }; /* deflate never packs tighter: a false size asks for no memory */
    if (n / MOST > packed.n)
        return false;
    struct libdeflate_decompressor *d = libdeflate_alloc_decompressor();
    if (!d)
        bx_out_of_memory(arena);
    bx_defer(arena, (void (*)(void *))libdeflate_free_decompressor, d);
    char *bytes = bx_alloc(arena, n);
    *out = (bx_str){bytes, n};
    return libdeflate_zlib_decompress(d, packed.p, packed.n, bytes, n, NULL) == LIBDEFLATE_SUCCESS;
}

bx_str bx_flate_predict_up(bx_arena *arena, bx_str rows, uint32_t row) {
    uint32_t n = row ? rows.n / row : 0;
    uint8_t *out = bx_alloc_raw(arena, (size_t)n * (row + 1));
    const uint8_t *in = (const uint8_t *)rows.p;
    for (uint32_t y = 0; y < n; y++) {
        uint8_t *to = out + (size_t)y * (row + 1);
        const uint8_t *from = in + (size_t)y * row, *above = y > 0 ? from - row : NULL;
        *to++ = 2;
        for (uint32_t x = 0; x < row; x++)
            to[x] = (uint8_t)(from[x] - (above ? above[x] : 0));
    }
    return (bx_str){(const char *)out, n * (row + 1)};
}

static uint8_t paeth(int left, int up, int corner) {
    int p = left + up - corner;
    int a = abs(p - left), b = abs(p - up), c = abs(p - corner);
    return (uint8_t)(a <= b && a <= c ? left : b <= c ? up : corner);
}

/* One row filtered; returns the sum of its bytes taken as signed, PNG's own measure of promise. */
static uint64_t filter(uint8_t *to, const uint8_t *from, const uint8_t *above, uint32_t row,
                       uint32_t pixel, int kind) {
    uint64_t sum = 0;
    for (uint32_t x = 0; x < row; x++) {
        uint8_t left = x >= pixel ? from[x - pixel] : 0;
        uint8_t up = above ? above[x] : 0;
        uint8_t corner = above && x >= pixel ? above[x - pixel] : 0;
        uint8_t guess = kind == 0   ? 0
                        : kind == 1 ? left
                        : kind == 2 ? up
                        : kind == 3 ? (uint8_t)((left + up) / 2)
                                    : paeth(left, up, corner);
        to[x] = (uint8_t)(from[x] - guess);
        sum += to[x] < 128 ? to[x] : 256u - to[x];
    }
    return sum;
}

bx_str bx_flate_predict(bx_arena *arena, bx_str rows, uint32_t row, uint32_t pixel) {
    uint32_t n = row ? rows.n / row : 0;
    uint8_t *out = bx_alloc_raw_n(arena, n, (size_t)row + 1);
    uint8_t *trial = bx_alloc(arena, row);
    const uint8_t *in = (const uint8_t *)rows.p;
    for (uint32_t y = 0; y < n; y++) {
        uint8_t *to = out + (size_t)y * (row + 1);
        const uint8_t *from = in + (size_t)y * row, *above = y > 0 ? from - row : NULL;
        uint64_t least = UINT64_MAX;
        for (int kind = 0; kind < 5; kind++) {
            uint64_t sum = filter(trial, from, above, row, pixel, kind);
            if (sum < least) {
                least = sum;
                to[0] = (uint8_t)kind;
                memcpy(to + 1, trial, row);
            }
        }
    }
    return (bx_str){(const char *)out, n * (row + 1)};
}
