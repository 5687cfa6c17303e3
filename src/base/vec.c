#include "base/vec.h"

void *bx_vec_resize(bx_arena *arena, void *at, uint32_t n, uint32_t *cap, uint32_t wanted,
                    size_t size) {
    bool extended = *cap && wanted < SIZE_MAX / size &&
                    bx_extend(arena, at, *cap * size, wanted * size);
    void *fresh = extended ? at : bx_alloc_raw_n(arena, wanted, size);
    if (n && !extended)
        memcpy(fresh, at, n * size);
    *cap = wanted;
    return fresh;
}

void *bx_vec_grow(bx_arena *arena, void *at, uint32_t n, uint32_t *cap, size_t size) {
    if (n > UINT32_MAX / 2)
        bx_out_of_memory(arena);
    return bx_vec_resize(arena, at, n, cap, n < 8 ? 8 : n * 2, size);
}
