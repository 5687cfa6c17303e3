#include "style/read.h"

#include "style/reader.h"

static void *field_of(void *object, uint32_t at) { return (char *)object + at; }

const bx_key *bx_style_key(const bx_keys *keys, const char *name) {
    for (uint32_t i = 0; i < keys->n; i++)
        if (strcmp(keys->at[i].name, name) == 0)
            return &keys->at[i];
    return NULL;
}

/* The key of that name, when it is of that kind. */
static const bx_key *find_key(const bx_keys *keys, const char *name, bx_key_kind kind) {
    const bx_key *key = bx_style_key(keys, name);
    return key && key->kind == kind ? key : NULL;
}

static void check_keys(bx_style_reader *r, const bx_keys *keys, const bx_yaml *node) {
    for (uint32_t i = 0; i < node->n; i++) {
        bx_str name = node->keys[i]->text;
        bx_str known[64];
        uint32_t n = 0;
        bool found = false;
        for (; n < keys->n && n < 64; n++) {
            known[n] = bx_str_of(keys->at[n].name);
            found = found || bx_str_eq(known[n], name);
        }
        if (found)
            continue;
        bx_say(r->report, BX_D_UNKNOWN_KEY, node->keys[i]->span, "there is no key `%.*s` in %s",
               BX_STR_ARG(name), keys->name);
        bx_str near = bx_guess(r->report, name, known, n);
        if (near.n)
            bx_hint(r->report, "Did you mean `%.*s`?", BX_STR_ARG(near));
    }
}

/* A bare scalar stands for the map of one key that the object names as its shorthand. */
static const bx_yaml *expand_shorthand(bx_arena *arena, const bx_keys *keys, const bx_yaml *node) {
    if (!node || node->kind != BX_YAML_SCALAR || !keys->shorthand)
        return node;
    bx_yaml *map = bx_new(arena, bx_yaml), *key = bx_new(arena, bx_yaml);
    *key =
        (bx_yaml){.kind = BX_YAML_SCALAR, .span = node->span, .text = bx_str_of(keys->shorthand)};
    *map = (bx_yaml){.kind = BX_YAML_MAP, .span = node->span, .n = 1};
    map->keys = bx_new_n(arena, bx_yaml *, 1);
    map->items = bx_new_n(arena, bx_yaml *, 1);
    map->keys[0] = key;
    map->items[0] = (bx_yaml *)node;
    return map;
}

/* Defaults are read by the same code as what a layout says. "h#" is h1 in sections of level 1. */
static void read_default(bx_style_reader *r, const bx_key *key, void *object) {
    bx_yaml scalar = {.kind = BX_YAML_SCALAR, .text = bx_str_of(key->def)};
    if (key->kind == BX_KEY_ROLE) {
        bx_str name = scalar.text;
        if (name.p[name.n - 1] == '#')
            name = bx_str_fmt(r->arena, "h%u", r->level);
        const bx_role *role = bx_map_get(&r->style->roles, name);
        *(const bx_role **)field_of(object, key->at) = role ? role : r->style->body;
        return;
    }
    if (scalar.text.p[0] == '"')
        scalar.text = bx_str_sub(scalar.text, 1, scalar.text.n - 1);
    bx_yaml *kept = bx_new(r->arena, bx_yaml);
    *kept = scalar;
    bx_style_read_scalar(r, key, kept, field_of(object, key->at), object);
}

static void read_key(bx_style_reader *r, const bx_key *key, const bx_yaml *node, void *object,
                     bool over) {
    if (key->kind == BX_KEY_META)
        return;
    if (key->kind == BX_KEY_SWITCH && !over)
        *(int8_t *)field_of(object, key->at) = -1;
    /* The default also when there is a value: a wrong one leaves it in force. */
    if (key->def && !over)
        read_default(r, key, object);
    if (node || (key->kind >= BX_KEY_OBJECT && !over))
        bx_style_read_value(r, key, node, object);
}

void bx_style_read_object(bx_style_reader *r, const bx_keys *keys, const bx_yaml *node, void *out,
                          bool over) {
    bx_len em = r->em;
    node = expand_shorthand(r->arena, keys, node);
    if (node && node->kind != BX_YAML_MAP) {
        bx_say(r->report, BX_D_WRONG_TYPE, node->span, "a %s is a mapping of keys to values",
               keys->name);
        node = NULL;
    }
    if (node)
        check_keys(r, keys, node);
    if (keys->begin)
        keys->begin(r, node, out);
    /* The object's own role first: its size is what em means in the other keys. */
    const bx_key *role = find_key(keys, "role", BX_KEY_ROLE);
    const bx_key *size = find_key(keys, "size", BX_KEY_SIZE);
    if (role) {
        read_key(r, role, bx_yaml_given(node, "role"), out, over);
        const bx_role *given = *(const bx_role **)field_of(out, role->at);
        r->em = given ? given->size : em;
    } else if (size) {
        read_key(r, size, bx_yaml_given(node, "size"), out, over);
        r->em = *(bx_len *)field_of(out, size->at);
    }
    for (uint32_t i = 0; i < keys->n; i++)
        if (&keys->at[i] != role && &keys->at[i] != size)
            read_key(r, &keys->at[i], bx_yaml_given(node, keys->at[i].name), out, over);
    if (keys->finish)
        keys->finish(r, node, out);
    r->em = em;
}

static void read_list(bx_style_reader *r, const bx_key *key, const bx_yaml *node, void *object,
                      const bx_keys *keys) {
    if (node->kind != BX_YAML_LIST) {
        bx_style_wrong_type(r, key, node);
        return;
    }
    char *items = bx_alloc_n(r->arena, node->n, keys->size);
    for (uint32_t i = 0; i < node->n; i++)
        bx_style_read_object(r, keys, node->items[i], items + (size_t)i * keys->size, false);
    *(void **)field_of(object, key->at) = items;
    *(uint32_t *)field_of(object, key->count_at) = node->n;
}

static void read_steps(bx_style_reader *r, const bx_key *key, const bx_yaml *node, void *field) {
    char *steps = field;
    if (node->kind != BX_YAML_LIST || node->n == 0 || node->n > BX_LEVELS) {
        bx_style_wrong_type(r, key, node);
        return;
    }
    for (uint32_t i = 0; i < BX_LEVELS; i++)
        if (i < node->n)
            bx_style_read_object(r, key->keys, node->items[i], steps + i * key->keys->size, false);
        else
            memcpy(steps + i * key->keys->size, steps + (node->n - 1) * key->keys->size,
                   key->keys->size);
}

/* Structs in a row, each read from the map's key of its name laid over the map's `all`. */
static void read_named(bx_style_reader *r, const bx_key *key, const bx_yaml *node, char *at,
                       const char *const *names, uint32_t n) {
    if (node && node->kind != BX_YAML_MAP) {
        bx_style_wrong_type(r, key, node);
        return;
    }
    for (uint32_t i = 0; node && i < node->n; i++) {
        bool known = bx_str_is(node->keys[i]->text, "all");
        for (uint32_t k = 0; k < n; k++)
            known = known || bx_str_is(node->keys[i]->text, names[k]);
        if (!known)
            bx_say(r->report, BX_D_UNKNOWN_KEY, node->keys[i]->span,
                   "there is no key `%.*s` in `%s`, which takes %s",
                   BX_STR_ARG(node->keys[i]->text), key->name,
                   key->kind == BX_KEY_SIDES ? "all, first, recto, verso" : "all, 1, 2 … 6");
    }
    const bx_yaml *all = bx_yaml_given(node, "all");
    for (uint32_t i = 0; i < n; i++, at += key->keys->size) {
        const bx_yaml *own = bx_yaml_given(node, names[i]);
        if (own && bx_str_is(own->text, "none"))
            continue;
        const bx_yaml *over = expand_shorthand(r->arena, key->keys, own);
        const bx_yaml *under = expand_shorthand(r->arena, key->keys, all);
        r->level = i + 1;
        bx_style_read_object(
            r, key->keys, over || under ? bx_yaml_merge(r->arena, under, over) : NULL, at, false);
    }
}

static void read_text_map(bx_style_reader *r, const bx_key *key, const bx_yaml *node, bx_map *out) {
    for (uint32_t i = 0; i < node->n; i++) {
        if (node->items[i]->kind == BX_YAML_SCALAR)
            *bx_map_put(out, node->keys[i]->text) = &node->items[i]->text;
        else if (node->items[i]->kind != BX_YAML_NULL)
            bx_style_wrong_type(r, key, node->items[i]);
    }
}

static void read_map(bx_style_reader *r, const bx_key *key, const bx_yaml *node, bx_map *out) {
    if (node && node->kind != BX_YAML_MAP) {
        bx_style_wrong_type(r, key, node);
        return;
    }
    if (key->kind == BX_KEY_ROLE_MAP)
        bx_style_read_roles(r, node, out);
    else if (node && key->kind == BX_KEY_TEXT_MAP)
        read_text_map(r, key, node, out);
    else if (node)
        bx_style_read_tokens(r, key, node, out);
}

void bx_style_read_value(bx_style_reader *r, const bx_key *key, const bx_yaml *node, void *object) {
    static const char *const levels[] = {"1", "2", "3", "4", "5", "6"};
    static const char *const sides[] = {"first", "recto", "verso"};
    void *field = field_of(object, key->at);
    if (node && bx_style_read_scalar(r, key, node, field, object))
        return;
    switch (key->kind) {
    case BX_KEY_OBJECT:
        if (node && (key->flags & BX_KEY_NONE) && bx_str_is(node->text, "none"))
            break;
        if (node && node->kind != BX_YAML_MAP && !key->keys->shorthand) {
            bx_style_wrong_type(r, key, node);
            node = NULL;
        }
        bx_style_read_object(r, key->keys, node, field, key->flags & BX_KEY_OVER);
        break;
    case BX_KEY_OBJECTS:
        if (node)
            read_list(r, key, node, object, key->keys);
        break;
    case BX_KEY_PARTS:
        if (node)
            read_list(r, key, node, object, &bx_part_keys);
        break;
    case BX_KEY_STEPS:
        if (node)
            read_steps(r, key, node, field);
        break;
    case BX_KEY_LEVELS:
        read_named(r, key, node, field, levels, BX_LEVELS);
        break;
    case BX_KEY_SIDES:
        read_named(r, key, node, field, sides, BX_PAGE_SIDES);
        break;
    case BX_KEY_ROLE_MAP:
    case BX_KEY_COLOR_MAP:
    case BX_KEY_FONT_MAP:
    case BX_KEY_SIZE_MAP:
    case BX_KEY_TEXT_MAP:
        read_map(r, key, node, field);
        break;
    default:
        break;
    }
}
