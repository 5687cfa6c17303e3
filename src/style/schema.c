#include "base/json.h"
#include "style/keys.h"
#include "style/read.h"

typedef struct schema {
    bx_json json;
    BX_VEC(const bx_keys *) objects; /* to be described in $defs, in the order met */
    bx_arena *arena;
} schema;

static void type(schema *s, const char *name) {
    bx_json_key(&s->json, "type");
    bx_json_cstr(&s->json, name);
}

static void types(schema *s, const char *a, const char *b) {
    bx_json_key(&s->json, "type");
    bx_json_array(&s->json);
    bx_json_cstr(&s->json, a);
    bx_json_cstr(&s->json, b);
    bx_json_end(&s->json);
}

/* "running line" → "running-line": a name that needs no escapes in a pointer. */
static const char *def_name(schema *s, const bx_keys *keys) {
    bx_buf name = bx_buf_new(s->arena);
    for (const char *c = keys->name; *c; c++)
        bx_buf_char(&name, *c == ' ' ? '-' : *c);
    return bx_cstr(s->arena, bx_buf_view(&name));
}

static void refer(schema *s, const bx_keys *keys) {
    bool known = false;
    for (uint32_t i = 0; i < s->objects.n; i++)
        known = known || s->objects.at[i] == keys;
    if (!known)
        bx_push(s->arena, &s->objects, keys);
    bx_json_key(&s->json, "$ref");
    bx_json_str(&s->json, bx_str_fmt(s->arena, "#/$defs/%s", def_name(s, keys)));
}

static void words(schema *s, const char *const *list) {
    bx_json_key(&s->json, "enum");
    bx_json_array(&s->json);
    for (; *list; list++)
        bx_json_cstr(&s->json, *list);
    bx_json_end(&s->json);
}

/* `key`: { … } with what `inside` writes. */
static void open(schema *s, const char *key) {
    bx_json_key(&s->json, key);
    bx_json_object(&s->json);
}
static void close(schema *s) { bx_json_end(&s->json); }

static void list_of(schema *s, const bx_keys *keys) {
    type(s, "array");
    open(s, "items");
    refer(s, keys);
    close(s);
}

/* A list of texts or lengths, or one alone. */
static void scalar_list(schema *s, const bx_key *key) {
    bool texts = key->kind == BX_KEY_TEXTS || key->kind == BX_KEY_ROLES;
    bx_json_key(&s->json, "type");
    bx_json_array(&s->json);
    bx_json_cstr(&s->json, "array");
    bx_json_cstr(&s->json, "string");
    if (!texts)
        bx_json_cstr(&s->json, "number");
    bx_json_end(&s->json);
    open(s, "items");
    if (texts)
        type(s, "string");
    else
        types(s, "string", "number");
    if (key->choices)
        words(s, key->choices);
    close(s);
}

/* A reference, or the word none where the reader takes it. */
static void refer_or_none(schema *s, const bx_keys *keys) {
    bx_json_key(&s->json, "anyOf");
    bx_json_array(&s->json);
    bx_json_object(&s->json);
    refer(s, keys);
    bx_json_end(&s->json);
    bx_json_object(&s->json);
    bx_json_key(&s->json, "const");
    bx_json_cstr(&s->json, "none");
    bx_json_end(&s->json);
    bx_json_end(&s->json);
}

static void named(schema *s, const bx_key *key, const char *const *names) {
    type(s, "object");
    open(s, "properties");
    for (; *names; names++) {
        open(s, *names);
        refer_or_none(s, key->keys);
        close(s);
    }
    close(s);
    bx_json_key(&s->json, "additionalProperties");
    bx_json_bool(&s->json, false);
}

static void map_of(schema *s, const bx_keys *keys) {
    type(s, "object");
    open(s, "additionalProperties");
    if (keys)
        refer(s, keys);
    else
        type(s, "string");
    close(s);
}

static void integer(schema *s, const bx_key *key) {
    type(s, "integer");
    bx_json_key(&s->json, "minimum");
    bx_json_int(&s->json, key->min);
    bx_json_key(&s->json, "maximum");
    bx_json_int(&s->json, key->max);
}

static void describe(schema *s, const bx_key *key) {
    static const char *const levels[] = {"all", "1", "2", "3", "4", "5", "6", NULL};
    static const char *const sides[] = {"all", "first", "recto", "verso", NULL};
    static const char *const weights[] = {"regular", "bold", NULL};
    switch (key->kind) {
    case BX_KEY_BOOL:
    case BX_KEY_SWITCH:
        type(s, "boolean");
        break;
    case BX_KEY_INT:
        integer(s, key);
        break;
    case BX_KEY_WEIGHT:
        words(s, weights);
        break;
    case BX_KEY_CHOICE:
        words(s, key->choices);
        break;
    case BX_KEY_LENGTH:
    case BX_KEY_SIZE:
    case BX_KEY_AMOUNT:
    case BX_KEY_RANGE:
        types(s, "string", "number");
        break;
    case BX_KEY_TEXTS:
    case BX_KEY_ROLES:
    case BX_KEY_LENGTHS:
    case BX_KEY_INSETS:
    case BX_KEY_SHEET:
        scalar_list(s, key);
        break;
    case BX_KEY_OBJECT:
        if (key->flags & BX_KEY_NONE)
            refer_or_none(s, key->keys);
        else
            refer(s, key->keys);
        break;
    case BX_KEY_OBJECTS:
    case BX_KEY_STEPS:
        list_of(s, key->keys);
        break;
    case BX_KEY_PARTS:
        list_of(s, &bx_part_keys);
        break;
    case BX_KEY_LEVELS:
        named(s, key, levels);
        break;
    case BX_KEY_SIDES:
        named(s, key, sides);
        break;
    case BX_KEY_ROLE_MAP:
        map_of(s, key->keys);
        break;
    case BX_KEY_COLOR_MAP:
    case BX_KEY_FONT_MAP:
    case BX_KEY_SIZE_MAP:
    case BX_KEY_TEXT_MAP:
        map_of(s, NULL);
        break;
    default:
        type(s, "string");
        if (key->choices && key->kind == BX_KEY_TEXT)
            words(s, key->choices);
    }
}

static void property(schema *s, const bx_key *key) {
    bx_json_key(&s->json, key->name);
    bx_json_object(&s->json);
    bx_json_key(&s->json, "description");
    bx_json_cstr(&s->json, key->doc);
    if (key->def) {
        bool quoted = key->def[0] == '"';
        bx_json_key(&s->json, "default");
        bx_str def = bx_str_of(key->def);
        bx_json_str(&s->json, quoted ? bx_str_sub(def, 1, def.n - 1) : def);
    }
    describe(s, key);
    bx_json_end(&s->json);
}

static void object(schema *s, const bx_keys *keys) {
    bx_json_key(&s->json, "description");
    bx_json_cstr(&s->json, keys->doc);
    types(s, "object", keys->shorthand ? "string" : "null");
    open(s, "properties");
    for (uint32_t i = 0; i < keys->n; i++)
        property(s, &keys->at[i]);
    close(s);
    bx_json_key(&s->json, "additionalProperties");
    bx_json_bool(&s->json, false);
}

void bx_layout_schema(bx_buf *out) {
    schema s = {.json = bx_json_new(out), .arena = out->arena};
    s.json.indent = 2;
    bx_json_object(&s.json);
    bx_json_key(&s.json, "$schema");
    bx_json_cstr(&s.json, "https://json-schema.org/draft/2020-12/schema");
    bx_json_key(&s.json, "title");
    bx_json_cstr(&s.json, "Banxin layout");
    object(&s, &bx_layout_keys);
    open(&s, "$defs");
    for (uint32_t i = 0; i < s.objects.n; i++) { /* grows while it is walked */
        open(&s, def_name(&s, s.objects.at[i]));
        object(&s, s.objects.at[i]);
        close(&s);
    }
    close(&s);
    bx_json_end(&s.json);
    bx_buf_char(out, '\n');
}
