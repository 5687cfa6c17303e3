/* One value of a mapping, by the type that the table gives its key. */
#include "issue/reader.h"

#include "base/lang_tag.h"

static const char *kind_name(const bx_yaml *y) {
    switch (y->kind) {
    case BX_YAML_LIST:
        return "a list";
    case BX_YAML_MAP:
        return "a mapping";
    case BX_YAML_NULL:
        return "nothing";
    default:
        return "text";
    }
}

static bool wrong_type(bx_reader *r, const bx_yaml *y, const bx_key *key, const char *wanted) {
    bx_say(r->report, BX_D_WRONG_TYPE, y->span, "“%s” must be %s, not %s", key->name,
           bx_word(r->report->words, wanted), bx_word(r->report->words, kind_name(y)));
    if (key->example)
        bx_hint(r->report, "For example: %s: %s", key->name, key->example);
    return false;
}

bx_field bx_field_of(bx_reader *r, bx_str text, const bx_origin *origin, bx_span span) {
    bx_field f = {.span = span};
    f.inlines = bx_markdown_inlines(r->arena, r->scratch, text, origin, r->report);
    f.plain = bx_node_plain(r->arena, f.inlines);
    return f;
}

bx_field bx_field_of_node(bx_reader *r, const bx_node *inlines) {
    return (bx_field){
        .inlines = inlines, .plain = bx_node_plain(r->arena, inlines), .span = inlines->span};
}

static bool read_bool(bx_reader *r, const bx_yaml *y, const bx_key *key, void *base) {
    static const char *const yes[] = {"true", "True", "TRUE", "yes", "on"};
    static const char *const no[] = {"false", "False", "FALSE", "no", "off"};
    for (size_t i = 0; y->kind == BX_YAML_SCALAR && i < sizeof yes / sizeof *yes; i++) {
        bool is = bx_str_is(y->text, yes[i]);
        if (is || bx_str_is(y->text, no[i])) {
            *(bool *)((char *)base + key->offset) = is;
            if (key->offset2 != BX_KEY_NOWHERE)
                *(bx_span *)((char *)base + key->offset2) = y->span;
            return true;
        }
    }
    bx_say(r->report, BX_D_WRONG_TYPE, y->span, "“%s” must be true or false", key->name);
    return false;
}

/* The names that people and site generators use, as the one that the program does. */
static bx_str canonical_lang(bx_arena *arena, bx_str s) {
    static const char *const table[][2] = {
        {"zh", "zh-Hans"},
        {"zh-CN", "zh-Hans"},
        {"zh-SG", "zh-Hans"},
        {"cn", "zh-Hans"},
        {"zh-TW", "zh-Hant"},
        {"tw", "zh-Hant"},
        {"zh-Hant-TW", "zh-Hant"},
        {"zh-Hans-CN", "zh-Hans"},
        {"zh-Hant-HK", "zh-HK"},
        {"zh-HK", "zh-HK"},
        {"zh-Hans", "zh-Hans"},
        {"zh-Hant", "zh-Hant"},
        {"jp", "ja"},
        {"ja-JP", "ja"},
        {"kr", "ko"},
        {"ko-KR", "ko"},
    };
    bx_str dashed = bx_str_dup(arena, s);
    for (uint32_t i = 0; i < dashed.n; i++)
        if (dashed.p[i] == '_')
            ((char *)dashed.p)[i] = '-';
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (dashed.n == strlen(table[i][0]) && strncasecmp(dashed.p, table[i][0], dashed.n) == 0)
            return bx_str_of(table[i][1]);
    return dashed;
}

static bool read_lang(bx_reader *r, const bx_yaml *y, const bx_key *key, bx_str *out) {
    bx_str tag = canonical_lang(r->arena, bx_str_trim(y->text));
    if (!bx_is_lang_tag(tag)) {
        bx_say(r->report, BX_D_BAD_VALUE, y->span, "“%.*s” is no language tag",
               BX_STR_ARG(y->text));
        bx_hint(r->report, "For example: %s: %s", key->name, key->example);
        return false;
    }
    *out = tag;
    return true;
}

static bool read_id(bx_reader *r, const bx_yaml *y, bx_str *out) {
    for (uint32_t i = 0; i < y->text.n; i++) {
        if (strchr(" \t\n;,[]@\"'<>#", y->text.p[i])) {
            bx_say(r->report, BX_D_BAD_VALUE, bx_yaml_span(y, i, i + 1),
                   "an id has no spaces and none of ; , [ ] @ # < > or quotation marks");
            bx_hint(r->report, "For example: openai-agents");
            return false;
        }
    }
    *out = bx_str_dup(r->arena, y->text);
    return true;
}

static bool read_date(bx_reader *r, const bx_yaml *y, const bx_key *key, bx_date *out) {
    bool partial = key->type == BX_KEY_PERIOD;
    bx_date d = {.span = y->span};
    if (!bx_parse_date(r->arena, y->text, partial, &d)) {
        bx_say(r->report, BX_D_BAD_DATE, y->span, "“%.*s” is no date", BX_STR_ARG(y->text));
        bx_hint(r->report,
                partial ? "Write it as 2026-04-17, 2026-04 or 2026" : "Write it as 2026-04-17");
        return false;
    }
    *out = d;
    return true;
}

/* A flow list in quotes or commas is not split: authors have commas in their names. */
static bool read_lines(bx_reader *r, const bx_yaml *y, const bx_key *key, bx_fields *out) {
    const bx_yaml *const *items = y->kind == BX_YAML_LIST ? (const bx_yaml *const *)y->items : &y;
    uint32_t n = y->kind == BX_YAML_LIST ? y->n : 1;
    out->at = bx_new_n(r->arena, bx_field, n);
    for (uint32_t i = 0; i < n; i++) {
        const bx_yaml *item = items[i];
        if (item->kind == BX_YAML_SCALAR)
            out->at[out->n++] = bx_field_of(r, item->text, &item->origin, item->span);
        else if (item->kind != BX_YAML_NULL)
            wrong_type(r, item, key, "a list of texts");
    }
    return true;
}

/* An object, or the scalar that stands for one. */
static void read_one(bx_reader *r, const bx_yaml *y, const bx_key *key, const bx_object *object,
                     void *out) {
    if (y->kind == BX_YAML_SCALAR && object->alone)
        bx_read_value(r, y, bx_schema_key(object, bx_str_of(object->alone)), out);
    else if (y->kind == BX_YAML_MAP)
        bx_read_object(r, y, object, out);
    else
        wrong_type(r, y, key, "a mapping");
    if (object->span != BX_KEY_NOWHERE)
        *(bx_span *)((char *)out + object->span) = y->span;
}

static bool read_objects(bx_reader *r, const bx_yaml *y, const bx_key *key, char *base) {
    const bx_yaml *const *items = y->kind == BX_YAML_LIST ? (const bx_yaml *const *)y->items : &y;
    uint32_t n = y->kind == BX_YAML_LIST ? y->n : 1;
    char *array = bx_alloc_n(r->arena, n, key->object->size);
    for (uint32_t i = 0; i < n; i++)
        read_one(r, items[i], key, key->object, array + i * key->object->size);
    *(void **)(base + key->offset) = array;
    *(uint32_t *)(base + key->offset2) = n;
    return true;
}

static bool read_file(bx_reader *r, const bx_yaml *y, const bx_key *key, char *base) {
    bx_str name = bx_str_trim(y->text);
    if (!name.n)
        return true;
    if (name.p[0] == '{' || bx_str_find(name, BX_STR("\n")) >= 0) {
        bx_say(r->report, BX_D_BAD_VALUE, y->span, "“%s” must name one file", key->name);
        return false;
    }
    *(bx_str *)(base + key->offset) = bx_str_dup(r->arena, name);
    if (key->offset2 != BX_KEY_NOWHERE)
        *(bx_span *)(base + key->offset2) = y->span;
    return true;
}

static bool read_url(bx_reader *r, const bx_yaml *y, const bx_key *key, char *base) {
    bx_str s = bx_str_trim(y->text);
    if (s.n > 2 && s.p[0] == '<' && s.p[s.n - 1] == '>')
        s = bx_str_sub(s, 1, s.n - 1);
    bool ok = bx_url_is_live(s);
    for (uint32_t i = 0; i < s.n; i++)
        ok = ok && !strchr(" \t\n\"<>", s.p[i]);
    if (s.n > BX_URL_MOST) {
        bx_say(r->report, BX_D_BAD_VALUE, y->span, "an address of more than %d bytes", BX_URL_MOST);
        return false;
    }
    if (s.n && !ok) {
        bx_say(r->report, BX_D_BAD_VALUE, y->span, "“%.*s” is no address", BX_STR_ARG(s));
        bx_hint(r->report, "Write it in full: https://example.org");
        return false;
    }
    *(bx_str *)(base + key->offset) = bx_str_dup(r->arena, s);
    if (key->offset2 != BX_KEY_NOWHERE)
        *(bx_span *)(base + key->offset2) = y->span;
    return true;
}

bool bx_read_value(bx_reader *r, const bx_yaml *y, const bx_key *key, void *out) {
    char *base = out;
    void *at = base + (key->offset < 0 ? 0 : key->offset);
    switch (key->type) {
    case BX_KEY_BOOL:
        return read_bool(r, y, key, base);
    case BX_KEY_LINES:
        return y->kind == BX_YAML_MAP ? wrong_type(r, y, key, "a text or a list of texts")
                                      : read_lines(r, y, key, at);
    case BX_KEY_OBJECTS:
        return read_objects(r, y, key, base);
    case BX_KEY_OBJECT:
        *(void **)at = bx_alloc(r->arena, key->object->size);
        read_one(r, y, key, key->object, *(void **)at);
        return true;
    case BX_KEY_SECTIONS:
        if (y->kind != BX_YAML_LIST)
            return wrong_type(r, y, key, "a list of sections, each beginning with “- title:”");
        bx_read_sections(r, y, NULL, at);
        return true;
    default:
        break;
    }
    if (y->kind != BX_YAML_SCALAR)
        return wrong_type(r, y, key, "text");
    switch (key->type) {
    case BX_KEY_LANG:
        return read_lang(r, y, key, at);
    case BX_KEY_ID:
        return read_id(r, y, at);
    case BX_KEY_DATE:
    case BX_KEY_PERIOD:
        return read_date(r, y, key, at);
    case BX_KEY_FILE:
        return read_file(r, y, key, base);
    case BX_KEY_URL:
        return read_url(r, y, key, base);
    case BX_KEY_LINE:
        *(bx_field *)at = bx_field_of(r, y->text, &y->origin, y->span);
        return true;
    case BX_KEY_TEXT:
        *(const bx_node **)at =
            bx_markdown_blocks(r->arena, r->scratch, y->text, &y->origin, r->report);
        return true;
    default:
        *(bx_str *)at = bx_str_dup(r->arena, bx_str_trim(y->text));
        if (key->offset2 != BX_KEY_NOWHERE)
            *(bx_span *)((char *)base + key->offset2) = y->span;
        return true;
    }
}

/* `title: #1` is no value: YAML takes the rest of the line for a comment. */
static void check_comment(bx_reader *r, const bx_yaml *key_node, const bx_yaml *y,
                          const bx_key *key) {
    uint32_t start;
    bx_str line =
        bx_sources_line(r->report->sources, key_node->span.source, key_node->span.end, &start);
    uint32_t at = key_node->span.end - start;
    while (at < line.n && strchr(": \t", line.p[at]))
        at++;
    if (y->kind != BX_YAML_NULL || at + 1 >= line.n || line.p[at] != '#' ||
        strchr(" #!", line.p[at + 1]))
        return;
    bx_say(r->report, BX_D_BAD_VALUE, (bx_span){y->span.source, start + at, start + line.n},
           "“%s” has no value: # begins a comment", key->name);
    bx_hint(r->report, "Quote it: %s: \"%.*s\"", key->name,
            BX_STR_ARG(bx_str_sub(line, at, line.n)));
}

static void unknown_key(bx_reader *r, const bx_yaml *key, const bx_object *object) {
    bx_say(r->report, BX_D_UNKNOWN_KEY, key->span, "“%.*s” is no key of the %s",
           BX_STR_ARG(key->text), object->name);
    bx_str near = bx_guess(r->report, key->text, bx_schema_names(r->arena, object), object->n);
    if (near.n)
        bx_hint(r->report, "Did you mean “%.*s”?", BX_STR_ARG(near));
    else
        bx_hint(r->report, "`banxin schema issue` lists the keys; one of your own begins with x-");
}

void bx_keep_extra(bx_reader *r, bx_str name, const bx_yaml *value) {
    if (value->kind != BX_YAML_SCALAR || bx_map_get(&r->issue->extra, name))
        return;
    bx_str *text = bx_new(r->arena, bx_str);
    *text = bx_str_dup(r->arena, value->text);
    *bx_map_put(&r->issue->extra, bx_str_dup(r->arena, name)) = text;
}

void bx_read_object(bx_reader *r, const bx_yaml *map, const bx_object *object, void *out) {
    bool root = object == &bx_schema_issue;
    uint64_t seen = 0;
    for (uint32_t i = 0; i < map->n; i++) {
        const bx_yaml *name = map->keys[i], *value = map->items[i];
        const bx_key *key = bx_schema_key(object, name->text);
        if (!key && root && bx_str_starts(name->text, BX_STR("x-"))) {
            bx_keep_extra(r, name->text, value);
        } else if (!key) {
            unknown_key(r, name, object);
        } else if (value->kind == BX_YAML_NULL) {
            check_comment(r, name, value, key);
        } else {
            seen |= UINT64_C(1) << (key - object->keys);
            bx_read_value(r, value, key, out);
        }
    }
    for (uint32_t i = 0; i < object->n; i++) {
        if (object->keys[i].required && !(seen & UINT64_C(1) << i)) {
            bx_span at = {map->span.source, map->span.start, map->span.start + 1};
            bx_say(r->report, BX_D_MISSING_KEY, at, "this %s has no “%s”", object->name,
                   object->keys[i].name);
            bx_hint(r->report, "Add %s:", object->keys[i].name);
        }
    }
}
