/* Front matter of a Markdown issue: our keys, and those of site generators that mean the same. */
#include "issue/reader.h"

#include "input/front_matter.h"

/* Values of `layout` that name a template of the site, never one of ours. */
static bool is_site_layout(bx_str s) {
    static const char *const names[] = {"post",    "posts",  "page", "default", "blog",
                                        "article", "single", "home", "base",    "doc",
                                        "docs",    "news",   "note", "notes",   "single-sidebar",
                                        "main",    "index",  "list", "Post",    "null"};
    static const char *const endings[] = {".astro", ".html", ".njk", ".vue", ".tsx", ".liquid"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (bx_str_is(s, names[i]))
            return true;
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (bx_str_ends(s, bx_str_of(endings[i])))
            return true;
    return false;
}

/* The value that a key of ours can read: a list's only entry, a picture's address in a mapping. */
static const bx_yaml *fitting(const bx_key *key, const bx_yaml *value) {
    if (key->type == BX_KEY_FILE && value->kind == BX_YAML_MAP) {
        static const char *const names[] = {"image", "src", "url", "path", "file", "href"};
        for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
            const bx_yaml *v = bx_yaml_get(value, names[i]);
            if (v)
                return v;
        }
        return NULL;
    }
    bool many =
        key->type == BX_KEY_LINES || key->type == BX_KEY_OBJECTS || key->type == BX_KEY_SECTIONS;
    if (value->kind == BX_YAML_LIST && !many)
        return value->n ? value->items[0] : NULL;
    if (key->type == BX_KEY_LINES && value->kind == BX_YAML_MAP)
        return bx_yaml_get(value, "name");
    return value;
}

/* {name: …, url: …} in a list of authors. */
static void name_people(bx_reader *r, bx_yaml *list) {
    for (uint32_t i = 0; list->kind == BX_YAML_LIST && i < list->n; i++) {
        const bx_yaml *name = bx_yaml_get(list->items[i], "name");
        if (name)
            list->items[i] = (bx_yaml *)name;
    }
    (void)r;
}

/* `categories: "a, b"` and `tags: a b` stay one text: a comma may belong to a name. */
static void read_key(bx_reader *r, const bx_key *key, const bx_yaml *value) {
    const bx_yaml *v = fitting(key, value);
    if (!v || v->kind == BX_YAML_NULL)
        return;
    if (key->type == BX_KEY_LINES)
        name_people(r, (bx_yaml *)v);
    if (strcmp(key->name, "layout") == 0 && v->kind == BX_YAML_SCALAR &&
        is_site_layout(bx_str_trim(v->text)))
        return;
    bool flag = bx_str_is(v->text, "true") || bx_str_is(v->text, "false");
    if (key->type == BX_KEY_FILE && v->plain && flag)
        return; /* whether the site shows one */
    if (strcmp(key->name, "number") == 0 && v->kind != BX_YAML_SCALAR)
        return;
    bx_read_value(r, v, key, r->issue);
    if (strcmp(key->name, "layout") == 0)
        r->issue->layout_span = v->span;
}

void bx_read_front_matter(bx_reader *r, const bx_yaml *map) {
    uint64_t seen = 0;
    for (int pass = 0; pass < 2; pass++) { /* a key of ours wins over what means the same */
        for (uint32_t i = 0; i < map->n; i++) {
            bx_str name = map->keys[i]->text;
            const bx_key *key = bx_schema_key(&bx_schema_issue, name);
            const bx_alias *alias = key ? NULL : bx_schema_alias(name);
            if (pass == 1 && !key && !alias)
                bx_keep_extra(r, name, map->items[i]);
            if ((pass == 0) != (key != NULL) || (!key && !alias))
                continue;
            if (alias)
                key = bx_schema_key(&bx_schema_issue, bx_str_of(alias->key));
            uint64_t bit = UINT64_C(1) << (key - bx_schema_issue.keys);
            if (seen & bit || map->items[i]->kind == BX_YAML_NULL)
                continue;
            seen |= bit;
            read_key(r, key, map->items[i]);
        }
    }
}
