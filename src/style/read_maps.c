/* Tokens and roles: what the rest of a layout names. */
#include "style/reader.h"

/* Names in one map of tokens: looking how they stand for each other takes up to the cube of them.
 */
enum { TOKENS_MAX = 256 };

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
                         const bx_yaml *node, const bx_map *known, token *out) {
    bx_units units = {.em = r->body_size, .line = r->line, .sizes = known};
    const bx_str *family;
    switch (key->kind) {
    case BX_KEY_COLOR_MAP:
        return bx_color_read(r->arena, r->report->words, node->text, known, &out->color);
    case BX_KEY_SIZE_MAP:
        return bx_length_read(r->arena, r->report->words, node->text, &units, &out->length);
    default:
        family = bx_map_get(known, node->text);
        if (!family && is_name(map, node, node->text))
            return BX_STR("it names another");
        out->family = family ? *family : node->text;
        return (bx_str){0};
    }
}

static void *token_value(const bx_key *key, token *t) {
    return key->kind == BX_KEY_COLOR_MAP  ? (void *)&t->color
           : key->kind == BX_KEY_SIZE_MAP ? (void *)&t->length
                                          : (void *)&t->family;
}

/* A value for a token that has none, so that what names it is not told of as well. */
static void *stand_in(const bx_style_reader *r, const bx_key *key, token *t) {
    *t = (token){.resolved = true};
    if (key->kind == BX_KEY_SIZE_MAP)
        t->length = r->body_size;
    return token_value(key, t);
}

static void say_token(bx_style_reader *r, const bx_key *key, const bx_yaml *node, bx_str fault) {
    bx_code code = key->kind == BX_KEY_COLOR_MAP  ? BX_D_BAD_COLOR
                   : key->kind == BX_KEY_SIZE_MAP ? BX_D_BAD_LENGTH
                                                  : BX_D_BAD_VALUE;
    bx_say(r->report, code, node->span, "%.*s", BX_STR_ARG(fault));
}

/* Tokens may name each other in any order: each round resolves those whose names are known, until a
 * round resolves none. */
static void resolve_tokens(bx_style_reader *r, const bx_key *key, const bx_yaml *node,
                           token *tokens, bx_map *out) {
    for (bool progress = true; progress;) {
        progress = false;
        for (uint32_t i = 0; i < node->n; i++) {
            if (tokens[i].resolved || node->items[i]->kind != BX_YAML_SCALAR ||
                read_token(r, key, node, node->items[i], out, &tokens[i]).n)
                continue;
            tokens[i].resolved = progress = true;
            *bx_map_put(out, node->keys[i]->text) = token_value(key, &tokens[i]);
        }
    }
}

static bx_map copy_map(bx_arena *arena, const bx_map *map) {
    bx_map copy = bx_map_new(arena);
    for (uint32_t i = 0; i < map->entries.n; i++)
        *bx_map_put(&copy, map->entries.at[i].key) = map->entries.at[i].value;
    return copy;
}

/* Whether a scalar that names others can be read once they have been, given a value of its own. */
static bool is_in_circle(bx_style_reader *r, const bx_key *key, const bx_yaml *node,
                         const token *tokens, uint32_t i, const bx_map *known) {
    bx_map trial_known = copy_map(r->arena, known);
    token *trial = bx_new_n(r->arena, token, node->n), ignored;
    memcpy(trial, tokens, node->n * sizeof *trial);
    *bx_map_put(&trial_known, node->keys[i]->text) = stand_in(r, key, &trial[i]);
    resolve_tokens(r, key, node, trial, &trial_known);
    return !read_token(r, key, node, node->items[i], &trial_known, &ignored).n;
}

/* What is wrong with each token that has no value; nothing when it only names one of those. */
static void say_tokens(bx_style_reader *r, const bx_key *key, const bx_yaml *node,
                       const token *tokens, const bx_map *known) {
    bx_map all = copy_map(r->arena, known);
    for (uint32_t i = 0; i < node->n; i++)
        if (!tokens[i].resolved)
            *bx_map_put(&all, node->keys[i]->text) = stand_in(r, key, bx_new(r->arena, token));
    for (uint32_t i = 0; i < node->n; i++) {
        const bx_yaml *value = node->items[i];
        token ignored;
        if (tokens[i].resolved)
            continue;
        if (value->kind != BX_YAML_SCALAR) {
            bx_style_wrong_type(r, key, value);
            continue;
        }
        bx_str fault = read_token(r, key, node, value, &all, &ignored);
        if (fault.n)
            say_token(r, key, value, fault);
        else if (is_in_circle(r, key, node, tokens, i, known))
            say_token(r, key, value, BX_STR("these names stand for each other in a circle"));
    }
}

void bx_style_read_tokens(bx_style_reader *r, const bx_key *key, const bx_yaml *node, bx_map *out) {
    token *tokens = bx_new_n(r->arena, token, node->n);
    if (node->n > TOKENS_MAX) {
        bx_say(r->report, BX_D_BAD_VALUE, node->span, "`%s` takes at most %d names", key->name,
               TOKENS_MAX);
        return;
    }
    for (uint32_t i = 0; i < node->n; i++) /* taken back by a layout that extends this one */
        tokens[i].resolved = node->items[i]->kind == BX_YAML_NULL;
    resolve_tokens(r, key, node, tokens, out);
    say_tokens(r, key, node, tokens, out);
    for (uint32_t i = 0; i < node->n; i++)
        if (!tokens[i].resolved)
            *bx_map_put(out, node->keys[i]->text) = stand_in(r, key, &tokens[i]);
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
    bx_str near = bx_guess(r->report, name, names, roles->entries.n);
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
