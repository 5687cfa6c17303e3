#include "base/map.h"

#include "base/hash.h"

bx_map bx_map_new(bx_arena *arena) { return (bx_map){.arena = arena}; }

/* The slot of the key, or the free slot where it belongs. */
static uint32_t probe(const bx_map *map, bx_str key, uint64_t hash) {
    uint32_t mask = map->n_slots - 1;
    uint32_t at = (uint32_t)hash & mask;
    for (; map->slots[at]; at = (at + 1) & mask) {
        const bx_map_entry *e = &map->entries.at[map->slots[at] - 1];
        if (e->hash == hash && bx_str_eq(e->key, key))
            break;
    }
    return at;
}

static void rehash(bx_map *map) {
    map->n_slots = map->n_slots ? map->n_slots * 2 : 16;
    map->slots = bx_new_n(map->arena, uint32_t, map->n_slots);
    for (uint32_t i = 0; i < map->entries.n; i++) {
        const bx_map_entry *e = &map->entries.at[i];
        map->slots[probe(map, e->key, e->hash)] = i + 1;
    }
}

void *bx_map_get(const bx_map *map, bx_str key) {
    if (!map->n_slots)
        return NULL;
    uint32_t slot = map->slots[probe(map, key, bx_hash(key.p, key.n, 0))];
    return slot ? map->entries.at[slot - 1].value : NULL;
}

void **bx_map_put(bx_map *map, bx_str key) {
    if (map->entries.n >= map->n_slots / 2)
        rehash(map);
    uint64_t hash = bx_hash(key.p, key.n, 0);
    uint32_t at = probe(map, key, hash);
    if (!map->slots[at]) {
        bx_push(map->arena, &map->entries, (bx_map_entry){key, hash, NULL});
        map->slots[at] = map->entries.n;
    }
    return &map->entries.at[map->slots[at] - 1].value;
}

/* The latest first: what stands between a key's slot and where it was looked for was there before.
 */
void bx_map_clear(bx_map *map) {
    while (map->entries.n) {
        const bx_map_entry *e = &map->entries.at[map->entries.n - 1];
        map->slots[probe(map, e->key, e->hash)] = 0;
        map->entries.n--;
    }
}
