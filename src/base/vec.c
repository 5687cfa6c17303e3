#include "base/vec.h"

void *bx_vec_resize(bx_arena *arena, void *at, uint32_t n, uint32_t *cap, uint32_t wanted,
                    size_t size) {
    bool known = *cap && wanted < SIZE_MAX / size;
    size_t had = *cap * size;
    *cap = wanted;
    if (known && bx_extend(arena, at, had, wanted * size))
        return at;
    void *fresh = known ? bx_enlarge(arena, at, had, wanted * size) : NULL;
    if (fresh)
        return fresh;
    fresh = bx_alloc_raw_n(arena, wanted, size);
    if (n)
        memcpy(fresh, at, n * size);
    return fresh;
}

void *bx_vec_grow(bx_arena *arena, void *at, uint32_t n, uint32_t *cap, size_t size) {
    if (n > UINT32_MAX / 2)
        bx_out_of_memory(arena);
    return bx_vec_resize(arena, at, n, cap, n < 8 ? 8 : n * 2, size);
}
