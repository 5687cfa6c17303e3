#include "style/chain.h"

const bx_yaml *bx_yaml_given(const bx_yaml *map, const char *key) {
    const bx_yaml *value = map && map->kind == BX_YAML_MAP ? bx_yaml_get(map, key) : NULL;
    return value && value->kind != BX_YAML_NULL ? value : NULL;
}

static bx_yaml *value_of(const bx_yaml *map, bx_str key) {
    for (uint32_t i = 0; i < map->n; i++)
        if (bx_str_eq(map->keys[i]->text, key))
            return map->items[i];
    return NULL;
}

static void add(bx_yaml *map, bx_yaml *key, const bx_yaml *value) {
    map->keys[map->n] = key;
    map->items[map->n++] = (bx_yaml *)value;
}

const bx_yaml *bx_yaml_merge(bx_arena *arena, const bx_yaml *base, const bx_yaml *over) {
    if (!over || !base)
        return over ? over : base;
    if (base->kind != BX_YAML_MAP || over->kind != BX_YAML_MAP)
        return over;
    bx_yaml *out = bx_new(arena, bx_yaml);
    *out = (bx_yaml){.kind = BX_YAML_MAP, .span = over->span};
    out->keys = bx_new_n(arena, bx_yaml *, base->n + over->n);
    out->items = bx_new_n(arena, bx_yaml *, base->n + over->n);
    for (uint32_t i = 0; i < base->n; i++)
        add(out, base->keys[i],
            bx_yaml_merge(arena, base->items[i], value_of(over, base->keys[i]->text)));
    for (uint32_t i = 0; i < over->n; i++)
        if (!value_of(base, over->keys[i]->text))
            add(out, over->keys[i], over->items[i]);
    return out;
}
