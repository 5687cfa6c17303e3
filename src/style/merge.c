#include "style/chain.h"

static const bx_yaml *value_of(const bx_yaml *map, bx_str key) {
    for (uint32_t i = 0; i < map->n; i++)
        if (bx_str_eq(map->keys[i]->text, key))
            return map->items[i];
    return NULL;
}

static void add(bx_yaml *map, bx_yaml *key, const bx_yaml *value) {
    if (!value || value->kind == BX_YAML_NULL)
        return;
    map->keys[map->n] = key;
    map->items[map->n++] = (bx_yaml *)value;
}

/* A map without the keys that have no value, at every depth: a null in the last layout of a chain
 * has nothing to take away, and must not reach the reader. */
static const bx_yaml *without_nulls(bx_arena *arena, const bx_yaml *node) {
    if (!node || node->kind != BX_YAML_MAP)
        return node;
    bx_yaml *out = bx_new(arena, bx_yaml);
    *out = (bx_yaml){.kind = BX_YAML_MAP, .span = node->span};
    out->keys = bx_new_n(arena, bx_yaml *, node->n);
    out->items = bx_new_n(arena, bx_yaml *, node->n);
    for (uint32_t i = 0; i < node->n; i++)
        add(out, node->keys[i], without_nulls(arena, node->items[i]));
    return out;
}

const bx_yaml *bx_yaml_merge(bx_arena *arena, const bx_yaml *base, const bx_yaml *over) {
    if (!over)
        return without_nulls(arena, base);
    if (!base || base->kind != BX_YAML_MAP || over->kind != BX_YAML_MAP)
        return without_nulls(arena, over);
    bx_yaml *out = bx_new(arena, bx_yaml);
    *out = (bx_yaml){.kind = BX_YAML_MAP, .span = over->span};
    out->keys = bx_new_n(arena, bx_yaml *, base->n + over->n);
    out->items = bx_new_n(arena, bx_yaml *, base->n + over->n);
    for (uint32_t i = 0; i < base->n; i++) {
        const bx_yaml *mine = value_of(over, base->keys[i]->text);
        if (mine)
            add(out, base->keys[i], bx_yaml_merge(arena, base->items[i], mine));
        else
            add(out, base->keys[i], without_nulls(arena, base->items[i]));
    }
    for (uint32_t i = 0; i < over->n; i++)
        if (!value_of(base, over->keys[i]->text))
            add(out, over->keys[i], without_nulls(arena, over->items[i]));
    return out;
}
