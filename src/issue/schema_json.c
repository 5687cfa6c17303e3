/* The table of keys as JSON Schema 2020-12, for editors. */
#include "issue/schema.h"

#include "base/json.h"

static void string_or_number(bx_json *j) {
    bx_json_key(j, "type");
    bx_json_array(j);
    bx_json_cstr(j, "string");
    bx_json_cstr(j, "number");
    bx_json_end(j);
}

static void type(bx_json *j, const char *name) {
    bx_json_key(j, "type");
    bx_json_cstr(j, name);
}

static void ref(bx_json *j, const char *name) {
    bx_json_key(j, "$ref");
    char path[64] = "#/$defs/";
    strncat(path, name, sizeof path - strlen(path) - 1);
    bx_json_cstr(j, path);
}

static void list_of(bx_json *j, const char *object) {
    type(j, "array");
    bx_json_key(j, "items");
    bx_json_object(j);
    if (object)
        ref(j, object);
    else
        string_or_number(j);
    bx_json_end(j);
}

static void one_or_many(bx_json *j, const char *object) {
    bx_json_key(j, "anyOf");
    bx_json_array(j);
    bx_json_object(j);
    if (object)
        ref(j, object);
    else
        string_or_number(j);
    bx_json_end(j);
    bx_json_object(j);
    list_of(j, object);
    bx_json_end(j);
    bx_json_end(j);
}

static void value(bx_json *j, const bx_key *key) {
    switch (key->type) {
    case BX_KEY_STRING:
    case BX_KEY_ID:
    case BX_KEY_LINE:
        string_or_number(j);
        break;
    case BX_KEY_LANG:
        type(j, "string");
        bx_json_key(j, "pattern");
        bx_json_cstr(j, "^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$");
        break;
    case BX_KEY_URL:
    case BX_KEY_FILE:
    case BX_KEY_DATE:
    case BX_KEY_TEXT:
        type(j, "string");
        break;
    case BX_KEY_PERIOD:
        string_or_number(j); /* a year is a number in YAML */
        break;
    case BX_KEY_BOOL:
        type(j, "boolean");
        break;
    case BX_KEY_LINES:
        one_or_many(j, NULL);
        break;
    case BX_KEY_OBJECT:
        ref(j, key->object->name);
        break;
    case BX_KEY_OBJECTS:
        one_or_many(j, key->object->name);
        break;
    case BX_KEY_SECTIONS:
        list_of(j, "section");
        break;
    }
}

static void mapping(bx_json *j, const bx_object *object) {
    type(j, "object");
    bx_json_key(j, "additionalProperties");
    bx_json_bool(j, false);
    bx_json_key(j, "properties");
    bx_json_object(j);
    bool required = false;
    for (uint32_t i = 0; i < object->n; i++) {
        const bx_key *key = &object->keys[i];
        bx_json_key(j, key->name);
        bx_json_object(j);
        bx_json_key(j, "description");
        bx_json_cstr(j, key->text);
        value(j, key);
        bx_json_end(j);
        required = required || key->required;
    }
    bx_json_end(j);
    if (object == &bx_schema_issue) { /* keys of one's own, for templates */
        bx_json_key(j, "patternProperties");
        bx_json_object(j);
        bx_json_key(j, "^x-");
        bx_json_object(j);
        bx_json_end(j);
        bx_json_end(j);
    }
    if (required) {
        bx_json_key(j, "required");
        bx_json_array(j);
        for (uint32_t i = 0; i < object->n; i++)
            if (object->keys[i].required)
                bx_json_cstr(j, object->keys[i].name);
        bx_json_end(j);
    }
}

static void definition(bx_json *j, const bx_object *object) {
    bx_json_key(j, object->name);
    bx_json_object(j);
    bx_json_key(j, "description");
    bx_json_cstr(j, object->text);
    if (object->alone) {
        bx_json_key(j, "anyOf");
        bx_json_array(j);
        bx_json_object(j);
        string_or_number(j);
        bx_json_end(j);
        bx_json_object(j);
        mapping(j, object);
        bx_json_end(j);
        bx_json_end(j);
    } else {
        mapping(j, object);
    }
    bx_json_end(j);
}

/* Objects under `object`, each once: the table has no circle but that of sections. */
static void definitions(bx_json *j, const bx_object *object) {
    for (uint32_t i = 0; i < object->n; i++) {
        if (object->keys[i].object) {
            definition(j, object->keys[i].object);
            definitions(j, object->keys[i].object);
        }
    }
}

/* A YAML issue needs a name and something to print. */
static void any_of(bx_json *j, const char *const *names) {
    bx_json_object(j);
    bx_json_key(j, "anyOf");
    bx_json_array(j);
    for (; *names; names++) {
        bx_json_object(j);
        bx_json_key(j, "required");
        bx_json_array(j);
        bx_json_cstr(j, *names);
        bx_json_end(j);
        bx_json_end(j);
    }
    bx_json_end(j);
    bx_json_end(j);
}

void bx_issue_schema(bx_buf *out) {
    bx_json j = bx_json_new(out);
    j.indent = 2;
    bx_json_object(&j);
    bx_json_key(&j, "$schema");
    bx_json_cstr(&j, "https://json-schema.org/draft/2020-12/schema");
    bx_json_key(&j, "title");
    bx_json_cstr(&j, "Banxin issue");
    bx_json_key(&j, "description");
    bx_json_cstr(&j, bx_schema_issue.text);
    mapping(&j, &bx_schema_issue);
    bx_json_key(&j, "allOf");
    bx_json_array(&j);
    any_of(&j, (const char *const[]){"series", "title", NULL});
    any_of(&j, (const char *const[]){"sections", "abstract", "lead", NULL});
    bx_json_end(&j);
    bx_json_key(&j, "$defs");
    bx_json_object(&j);
    definition(&j, &bx_schema_section);
    definitions(&j, &bx_schema_issue);
    bx_json_end(&j);
    bx_json_end(&j);
    bx_buf_char(out, '\n');
}
