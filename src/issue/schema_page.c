/* The table of keys as a page for people. */
#include "issue/schema.h"

static const char *type_name(const bx_key *key) {
    switch (key->type) {
    case BX_KEY_STRING:
        return "word or number";
    case BX_KEY_ID:
        return "id";
    case BX_KEY_LANG:
        return "language tag";
    case BX_KEY_URL:
        return "address";
    case BX_KEY_FILE:
        return "file";
    case BX_KEY_BOOL:
        return "true or false";
    case BX_KEY_DATE:
        return "day";
    case BX_KEY_PERIOD:
        return "day, month or year";
    case BX_KEY_LINE:
        return "line";
    case BX_KEY_LINES:
        return "line, or list of lines";
    case BX_KEY_TEXT:
        return "text";
    case BX_KEY_OBJECT:
        return "mapping";
    case BX_KEY_OBJECTS:
        return "list of mappings";
    case BX_KEY_SECTIONS:
        return "list of sections";
    }
    return "";
}

static void rows(bx_buf *out, const bx_object *object) {
    bx_buf_fmt(out, "| key | takes | meaning |\n|---|---|---|\n");
    for (uint32_t i = 0; i < object->n; i++) {
        const bx_key *key = &object->keys[i];
        bx_buf_fmt(out, "| `%s`%s | ", key->name, key->required ? " (required)" : "");
        if (key->object)
            bx_buf_fmt(out, "[%s](#%s)", type_name(key), key->object->name);
        else
            bx_buf_str(out, bx_str_of(type_name(key)));
        bx_buf_fmt(out, " | %s", key->text);
        if (key->example)
            bx_buf_fmt(out, " Example: `%s`", key->example);
        bx_buf_fmt(out, " |\n");
    }
}

static void object(bx_buf *out, const bx_object *o) {
    bx_buf_fmt(out, "\n## %s\n\n%s", o->name, o->text);
    if (o->alone)
        bx_buf_fmt(out, " A text in its place means its `%s`.", o->alone);
    bx_buf_fmt(out, "\n\n");
    rows(out, o);
    for (uint32_t i = 0; i < o->n; i++)
        if (o->keys[i].object)
            object(out, o->keys[i].object);
}

void bx_issue_reference(bx_buf *out) {
    bx_buf_fmt(
        out, "<!-- Made from src/issue/schema.c: BANXIN_UPDATE_GOLDEN=1 and the test issue_schema "
             "write it anew. -->\n"
             "# Keys of an issue\n\n"
             "An issue is YAML, or Markdown with these keys as front matter. It needs `title` or "
             "`series`, and as YAML\n"
             "`sections`, `abstract` or `lead`. A *line* is Markdown in a line, a *text* is "
             "Markdown with paragraphs, lists\n"
             "and all else ([markdown.md](markdown.md)). A *file* is looked up in the issue's "
             "folder, then in the assets\n"
             "folder. A key that begins with `x-` is your own: layouts may use it in templates.\n");
    object(out, &bx_schema_issue);
    object(out, &bx_schema_section);
    bx_buf_fmt(out,
               "\n## Front matter of site generators\n\n"
               "In Markdown these keys are understood too; all others are kept for templates.\n\n"
               "| key | read as |\n|---|---|\n");
    uint32_t n;
    const bx_alias *aliases = bx_schema_aliases(&n);
    for (uint32_t i = 0; i < n; i++)
        bx_buf_fmt(out, "| `%s` | `%s` |\n", aliases[i].name, aliases[i].key);
}
