#include "style/counter.h"
#include "style/keys.h"
#include "style/read.h"
#include "style/reader.h"
#include "style/template.h"

typedef struct pages {
    BX_VEC(const bx_keys *) list; /* objects to describe, in the order met */
    bx_arena *arena;
} pages;

static void meet(pages *p, const bx_keys *keys) {
    for (uint32_t i = 0; i < p->list.n; i++)
        if (p->list.at[i] == keys)
            return;
    bx_push(p->arena, &p->list, keys);
}

/* "section variant" → "section-variant", as Markdown renderers make anchors. */
static void write_anchor(bx_buf *out, const char *name) {
    for (; *name; name++)
        bx_buf_char(out, *name == ' ' ? '-' : *name);
}

static void write_link(bx_buf *out, const char *before, const bx_keys *keys) {
    bx_buf_fmt(out, "%s[%s](#", before, keys->name);
    write_anchor(out, keys->name);
    bx_buf_char(out, ')');
}

static void write_words(bx_buf *out, const char *const *words) {
    for (const char *const *w = words; *w; w++)
        bx_buf_fmt(out, "%s%s", w == words ? "" : w[1] ? ", " : " or ", *w);
}

static void write_takes(bx_buf *out, const bx_key *key, pages *p) {
    const bx_keys *keys = key->kind == BX_KEY_PARTS ? &bx_part_keys : key->keys;
    if (keys)
        meet(p, keys);
    switch (key->kind) {
    case BX_KEY_OBJECT:
        write_link(out, "", keys);
        break;
    case BX_KEY_OBJECTS:
    case BX_KEY_PARTS:
        write_link(out, "list of ", keys);
        break;
    case BX_KEY_STEPS:
        write_link(out, "by level, a list of ", keys);
        break;
    case BX_KEY_LEVELS:
        write_link(out, "`all`, `1` … `6`: ", keys);
        break;
    case BX_KEY_SIDES:
        write_link(out, "`all`, `first`, `recto`, `verso`: ", keys);
        break;
    case BX_KEY_ROLE_MAP:
        write_link(out, "names: ", keys);
        break;
    case BX_KEY_COLOR_MAP:
        bx_buf_fmt(out, "names: colours");
        break;
    case BX_KEY_FONT_MAP:
        bx_buf_fmt(out, "names: families");
        break;
    case BX_KEY_SIZE_MAP:
        bx_buf_fmt(out, "names: lengths");
        break;
    case BX_KEY_TEXT_MAP:
        bx_buf_fmt(out, "names: texts");
        break;
    case BX_KEY_INT:
        bx_buf_fmt(out, "%d to %d", key->min, key->max);
        break;
    case BX_KEY_RANGE:
        bx_buf_fmt(out, "a count");
        break;
    case BX_KEY_LENGTH:
        bx_buf_fmt(out, "length");
        break;
    case BX_KEY_SIZE:
        bx_buf_fmt(out, "size");
        break;
    case BX_KEY_AMOUNT:
        bx_buf_fmt(out, "amount");
        break;
    case BX_KEY_COLOR:
        bx_buf_fmt(out, "colour");
        break;
    case BX_KEY_BORDER:
    case BX_KEY_BORDERS:
        bx_buf_fmt(out, "length and colour");
        break;
    case BX_KEY_ROLE:
        bx_buf_fmt(out, "role");
        break;
    case BX_KEY_TEMPLATE:
        bx_buf_fmt(out, "template");
        break;
    default:
        if (key->kind == BX_KEY_TEXTS && key->choices)
            bx_buf_fmt(out, "list of ");
        if (key->choices && key->kind != BX_KEY_ASSET)
            write_words(out, key->choices);
        else
            bx_buf_fmt(out, "%s", bx_key_takes(key));
    }
}

static void write_object(bx_buf *out, const bx_keys *keys, pages *p) {
    bx_buf_fmt(out, "\n### %s\n\n%s\n\n| key | takes | default | meaning |\n|---|---|---|---|\n",
               keys->name, keys->doc);
    for (uint32_t i = 0; i < keys->n; i++) {
        const bx_key *key = &keys->at[i];
        bx_buf_fmt(out, "| `%s` | ", key->name);
        write_takes(out, key, p);
        if (key->def && key->def[strlen(key->def) - 1] == '#')
            bx_buf_fmt(out, " | by level | ");
        else if (key->def)
            bx_buf_fmt(out, " | `%s` | ", key->def);
        else
            bx_buf_fmt(out, " | | ");
        bx_buf_fmt(out, "%s |\n", key->doc);
    }
}

static void write_fields(bx_buf *out) {
    static const struct {
        uint32_t where;
        const char *text;
    } places[] = {
        {BX_FIELDS_PAGE, "running lines, parts"},
        {BX_FIELDS_COUNTER, "markers and captions"},
        {BX_FIELDS_LEVELS, "numbers of heads, parts round them"},
        {BX_FIELDS_SECTION, "parts round a head"},
    };
    uint32_t n;
    const bx_field_name *fields = bx_template_fields(&n);
    bx_buf_fmt(
        out,
        "\n### fields of templates\n\n| field | formats | where | value |\n|---|---|---|---|\n");
    for (uint32_t i = 0; i < n; i++) {
        if (!fields[i].doc)
            continue;
        bool prefix = fields[i].name[strlen(fields[i].name) - 1] == '.';
        bx_buf_fmt(out, "| `{%s%s}` | ", fields[i].name, prefix ? "…" : "");
        if (fields[i].kind == BX_FIELD_NUMBER)
            write_words(out, bx_number_formats);
        else if (fields[i].kind == BX_FIELD_DATE)
            write_words(out, bx_date_formats);
        const char *where = "everywhere";
        for (size_t k = 0; k < sizeof places / sizeof *places; k++)
            if (!(fields[i].where & BX_FIELDS_ISSUE) && (fields[i].where & places[k].where))
                where = places[k].text;
        if ((fields[i].where & BX_FIELDS_ISSUE) && !(fields[i].where & BX_FIELDS_PAGE))
            where = "titles, running lines, parts";
        bx_buf_fmt(out, " | %s | %s |\n", where, fields[i].doc);
    }
}

void bx_layout_reference(bx_buf *out) {
    pages p = {.arena = out->arena};
    meet(&p, &bx_layout_keys);
    for (uint32_t i = 0; i < p.list.n; i++) /* grows while it is walked */
        write_object(out, p.list.at[i], &p);
    write_fields(out);
}
