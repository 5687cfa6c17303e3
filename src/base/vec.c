#include "base/vec.h"

#include <string.h>

void *bx_vec_grow(bx_arena *arena, void *at, uint32_t n, uint32_t *cap, size_t size) {
    if (n > UINT32_MAX / 2)
        bx_out_of_memory(arena);
    uint32_t wanted = n < 8 ? 8 : n * 2;
    void *fresh = bx_alloc_n(arena, wanted, size);
    if (n)
        memcpy(fresh, at, n * size);
    *cap = wanted;
    return fresh;
}
