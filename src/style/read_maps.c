/* Tokens and roles: what the rest of a layout names. */
#include "style/reader.h"

typedef struct token {
    bool resolved;
    union {
        bx_color color;
        bx_str family;
        bx_len length;
    };
} token;

static bool is_name(const bx_yaml *map, const bx_yaml *self, bx_str name) {
    for (uint32_t i = 0; i < map->n; i++)
        if (map->items[i] != self && bx_str_eq(map->keys[i]->text, name))
            return true;
    return false;
}

/* One value; an empty string and *out when it can be read with the tokens known so far. */
static bx_str read_token(bx_style_reader *r, const bx_key *key, const bx_yaml *map,
                         const bx_yaml *node, token *out) {
    bx_units units = {.em = r->body_size, .line = r->line, .sizes = &r->style->sizes};
    const bx_str *family;
    switch (key->kind) {
    case BX_KEY_COLOR_MAP:
        return bx_color_read(r->arena, node->text, &r->style->colors, &out->color);
    case BX_KEY_SIZE_MAP:
        return bx_length_read(r->arena, node->text, &units, &out->length);
    default:
        family = bx_map_get(&r->style->fonts, node->text);
        if (!family && is_name(map, node, node->text))
            return BX_STR("These names stand for each other");
        out->family = family ? *family : node->text;
        return (bx_str){0};
    }
}

static void *token_value(const bx_key *key, token *t) {
    return key->kind == BX_KEY_COLOR_MAP  ? (void *)&t->color
           : key->kind == BX_KEY_SIZE_MAP ? (void *)&t->length
                                          : (void *)&t->family;
}

static void say_token(bx_style_reader *r, const bx_key *key, const bx_yaml *map,
                      const bx_yaml *node, bx_str fault) {
    bx_code code = key->kind == BX_KEY_COLOR_MAP  ? BX_D_BAD_COLOR
                   : key->kind == BX_KEY_SIZE_MAP ? BX_D_BAD_LENGTH
                                                  : BX_D_BAD_VALUE;
    bool circle = is_name(map, NULL, node->text);
    bx_say(r->report, code, node->span, "%.*s",
           BX_STR_ARG(circle ? BX_STR("these names stand for each other in a circle") : fault));
}

/* Tokens may name each other in any order: each round resolves those whose names are known, until a
 * round resolves none. What is left then is wrong or a circle. */
void bx_style_read_tokens(bx_style_reader *r, const bx_key *key, const bx_yaml *node, bx_map *out) {
    token *tokens = bx_new_n(r->arena, token, node->n);
    for (bool progress = true; progress;) {
        progress = false;
        for (uint32_t i = 0; i < node->n; i++) {
            if (tokens[i].resolved || node->items[i]->kind != BX_YAML_SCALAR ||
                read_token(r, key, node, node->items[i], &tokens[i]).n)
                continue;
            tokens[i].resolved = progress = true;
            *bx_map_put(out, node->keys[i]->text) = token_value(key, &tokens[i]);
        }
    }
    for (uint32_t i = 0; i < node->n; i++)
        if (node->items[i]->kind == BX_YAML_LIST || node->items[i]->kind == BX_YAML_MAP)
            bx_style_wrong_type(r, key, node->items[i]);
        else if (node->items[i]->kind == BX_YAML_SCALAR && !tokens[i].resolved)
            say_token(r, key, node, node->items[i],
                      read_token(r, key, node, node->items[i], &tokens[i]));
}

const bx_role *bx_style_role(bx_style_reader *r, bx_str name, const bx_yaml *node) {
    const bx_map *roles = &r->style->roles;
    const bx_role *role = bx_map_get(roles, name);
    if (role)
        return role;
    bx_str *names = bx_new_n(r->arena, bx_str, roles->entries.n);
    for (uint32_t i = 0; i < roles->entries.n; i++)
        names[i] = roles->entries.at[i].key;
    bx_say(r->report, BX_D_BAD_VALUE, node->span, "there is no role `%.*s`", BX_STR_ARG(name));
    bx_str near = bx_nearest(name, names, roles->entries.n);
    if (near.n)
        bx_hint(r->report, "Did you mean `%.*s`?", BX_STR_ARG(near));
    return r->style->body;
}

static const bx_yaml *role_node(const bx_yaml *map, bx_str name) {
    for (uint32_t i = 0; map && map->kind == BX_YAML_MAP && i < map->n; i++)
        if (bx_str_eq(map->keys[i]->text, name) && map->items[i]->kind != BX_YAML_NULL)
            return map->items[i];
    return NULL;
}

/* A role's keys laid over those of the role it is like, and so on. More steps than there are roles
 * are a circle; it is reported at the `like` of the role asked for. */
const bx_yaml *bx_style_role_node(bx_style_reader *r, const bx_yaml *map, bx_str name) {
    const bx_yaml *node = role_node(map, name), *merged = node;
    const bx_yaml *like = NULL, *at = node;
    for (uint32_t steps = 0; (like = bx_yaml_given(at, "like")); steps++) {
        if (steps > map->n || like->kind != BX_YAML_SCALAR || !role_node(map, like->text)) {
            const bx_yaml *mine = bx_yaml_given(node, "like");
            bx_say(r->report, BX_D_BAD_VALUE, mine->span,
                   steps > map->n ? "roles are like each other in a circle"
                                  : "`like` takes the name of another role");
            return node;
        }
        at = role_node(map, like->text);
        merged = bx_yaml_merge(r->arena, at, merged);
    }
    return merged;
}

static void add_role(bx_style_reader *r, const bx_yaml *map, bx_str name, bx_map *out) {
    bx_role *role = bx_new(r->arena, bx_role);
    role->name = name;
    const bx_yaml *node = map ? bx_style_role_node(r, map, name) : NULL;
    bx_style_read_object(r, &bx_role_keys, node, role, false);
    *bx_map_put(out, name) = role;
}

void bx_style_read_roles(bx_style_reader *r, const bx_yaml *node, bx_map *out) {
    add_role(r, node && role_node(node, BX_STR("body")) ? node : NULL, BX_STR("body"), out);
    for (uint32_t i = 0; node && i < node->n; i++)
        if (node->items[i]->kind != BX_YAML_NULL && !bx_str_is(node->keys[i]->text, "body"))
            add_role(r, node, node->keys[i]->text, out);
    r->style->body = bx_map_get(out, BX_STR("body"));
    r->style->lead = bx_map_get(out, BX_STR("lead"));
    if (!r->style->lead)
        r->style->lead = r->style->body;
}
