/* --set key=value: a value from the command line takes the place of the issue's. */
#include "issue/reader.h"

/* A copy of a mapping with one key set. The tree itself stays: aliases may share parts of it. */
static bx_yaml *with_key(bx_reader *r, const bx_yaml *map, bx_yaml *key, bx_yaml *value) {
    bx_yaml *copy = bx_new(r->scratch, bx_yaml);
    if (map)
        *copy = *map;
    else
        copy->span = key->span;
    copy->kind = BX_YAML_MAP;
    copy->keys = bx_new_n(r->scratch, bx_yaml *, copy->n + 1);
    copy->items = bx_new_n(r->scratch, bx_yaml *, copy->n + 1);
    uint32_t at = copy->n;
    for (uint32_t i = 0; i < copy->n; i++) {
        copy->keys[i] = map->keys[i];
        copy->items[i] = map->items[i];
        if (bx_str_eq(map->keys[i]->text, key->text))
            at = i;
    }
    copy->keys[at] = key;
    copy->items[at] = value;
    copy->n += at == copy->n;
    return copy;
}

static bx_yaml *set_path(bx_reader *r, const bx_yaml *map, bx_str path, bx_span span,
                         bx_yaml *value) {
    const char *dot = memchr(path.p, '.', path.n);
    bx_str name = dot ? bx_str_sub(path, 0, (uint32_t)(dot - path.p)) : path;
    bx_yaml *key = bx_new(r->scratch, bx_yaml);
    *key = (bx_yaml){.kind = BX_YAML_SCALAR,
                     .text = name,
                     .plain = true,
                     .span = {span.source, span.start, span.start + name.n}};
    if (dot) {
        const bx_yaml *inner = NULL;
        for (uint32_t i = 0; map && i < map->n; i++)
            if (bx_str_eq(map->keys[i]->text, name) && map->items[i]->kind == BX_YAML_MAP)
                inner = map->items[i];
        bx_str rest = bx_str_sub(path, name.n + 1, path.n);
        bx_span after = {span.source, span.start + name.n + 1, span.end};
        value = set_path(r, inner, rest, after, value);
    }
    return with_key(r, map, key, value);
}

static bx_yaml *apply(bx_reader *r, bx_yaml *root, bx_str set) {
    bx_str bytes = set;
    uint32_t source = bx_sources_add(r->report->sources, BX_STR("--set"), bytes);
    const char *equals = memchr(set.p, '=', set.n);
    if (!equals || equals == set.p) {
        bx_say(r->report, BX_D_BAD_VALUE, (bx_span){source, 0, set.n}, "“%.*s” is not key=value",
               BX_STR_ARG(set));
        bx_hint(r->report, "For example: --set number=108");
        return root;
    }
    if (!bx_source_check_utf8(r->report, source))
        return root;
    uint32_t at = (uint32_t)(equals - set.p);
    bx_yaml *value = bx_yaml_read(r->scratch, source, at + 1, set.n, false, r->report);
    if (!value)
        return root;
    uint32_t depth = 0;
    for (uint32_t i = 0; i < at; i++)
        depth += set.p[i] == '.';
    if (depth > 8) {
        bx_say(r->report, BX_D_BAD_VALUE, (bx_span){source, 0, at}, "no key is that deep");
        return root;
    }
    return set_path(r, root->kind == BX_YAML_MAP ? root : NULL, bx_str_sub(set, 0, at),
                    (bx_span){source, 0, at}, value);
}

bx_yaml *bx_apply_sets(bx_reader *r, bx_yaml *root) {
    for (uint32_t i = 0; i < r->options->n_sets; i++)
        root = apply(r, root, r->options->sets[i]);
    return root;
}
