/* A table from byte strings to pointers that remembers the order of insertion, so that what is made
 * by walking it is the same on every machine. Keys are borrowed: they must outlive the table. */
#ifndef BX_BASE_MAP_H
#define BX_BASE_MAP_H

#include "base/str.h"
#include "base/vec.h"

typedef struct bx_map_entry {
    bx_str key;
    uint64_t hash;
    void *value;
} bx_map_entry;

typedef struct bx_map {
    bx_arena *arena;
    BX_VEC(bx_map_entry) entries; /* in order of insertion */
    uint32_t *slots;              /* entry index + 1, 0 = free; a power of two of them */
    uint32_t n_slots;
} bx_map;

bx_map bx_map_new(bx_arena *arena);
/* NULL when absent. */
void *bx_map_get(const bx_map *map, bx_str key);
/* The place of the key's value, made (NULL) when absent; valid until the next put. */
void **bx_map_put(bx_map *map, bx_str key);
/* Takes all keys out, in the time of as many look-ups; the memory stays for others. */
void bx_map_clear(bx_map *map);

#endif
