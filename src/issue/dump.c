#include "issue/dump.h"

#include "issue/reader.h"

#include <stddef.h>

typedef struct dump {
    bx_buf *out;
    bx_sources *sources;
} dump;

static void indent(dump *d, int depth) {
    for (int i = 0; i < depth; i++)
        bx_buf_add(d->out, "  ", 2);
}

static void quoted(dump *d, const char *name, bx_str s) {
    if (!s.n)
        return;
    bx_buf_fmt(d->out, " %s%s\"", name, *name ? "=" : "");
    for (uint32_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (c == '\n')
            bx_buf_add(d->out, "\\n", 2);
        else if (c == '"' || c == '\\')
            bx_buf_fmt(d->out, "\\%c", c);
        else
            bx_buf_char(d->out, c);
    }
    bx_buf_char(d->out, '"');
}

static void place(dump *d, bx_span s) {
    if (!s.source)
        return;
    bx_place a = bx_sources_place(d->sources, s.source, s.start);
    bx_place b = bx_sources_place(d->sources, s.source, s.end);
    bx_buf_fmt(d->out, " %u:%u", a.line, a.column);
    if (b.line == a.line && b.column != a.column)
        bx_buf_fmt(d->out, "-%u", b.column);
    else if (b.line != a.line)
        bx_buf_fmt(d->out, "-%u:%u", b.line, b.column);
}

static void flags(dump *d, const bx_node *n) {
    static const struct {
        uint32_t flag;
        const char *name;
    } names[] = {
        {BX_LIST_TIGHT, "tight"}, {BX_TASK, "task"}, {BX_TASK_DONE, "done"}, {BX_HEAD, "head"}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (n->flags & names[i].flag)
            bx_buf_fmt(d->out, " %s", names[i].name);
}

static void node_line(dump *d, const bx_node *n, int depth) {
    indent(d, depth);
    bx_buf_fmt(d->out, "%s", bx_node_name(n->kind));
    place(d, n->span);
    if (n->number)
        bx_buf_fmt(d->out, " #%d", n->number);
    flags(d, n);
    quoted(d, "id", n->id);
    quoted(d, "", n->text);
    quoted(d, "url", n->url);
    quoted(d, "title", n->title);
    bx_buf_char(d->out, '\n');
}

static void tree(dump *d, const bx_node *root, int depth) {
    for (const bx_node *n = root; n;) {
        node_line(d, n, depth);
        if (n->first) {
            n = n->first;
            depth++;
            continue;
        }
        while (n != root && !n->next) {
            n = n->parent;
            depth--;
        }
        n = n == root ? NULL : n->next;
    }
}

static void string_line(dump *d, const char *name, bx_str s, int depth) {
    if (!s.n)
        return;
    indent(d, depth);
    bx_buf_fmt(d->out, "%s", name);
    quoted(d, "", s);
    bx_buf_char(d->out, '\n');
}

static void field(dump *d, const char *name, const bx_field *f, int depth) {
    if (!f->inlines)
        return;
    indent(d, depth);
    bx_buf_fmt(d->out, "%s", name);
    place(d, f->span);
    const bx_node *only = f->inlines->first;
    bool simple = only && !only->next && only->kind == BX_NODE_TEXT;
    quoted(d, "", f->plain);
    bx_buf_char(d->out, '\n');
    for (const bx_node *n = only; n && !simple; n = n->next)
        tree(d, n, depth + 1);
}

static void date(dump *d, const char *name, const bx_date *value, int depth) {
    if (!value->year)
        return;
    indent(d, depth);
    bx_buf_fmt(d->out, "%s", name);
    place(d, value->span);
    bx_buf_fmt(d->out, " %d-%02d-%02d", value->year, value->month, value->day);
    quoted(d, "time", value->time);
    bx_buf_char(d->out, '\n');
}

static void object(dump *d, const bx_object *o, const void *base, int depth);

static void fields(dump *d, const char *name, const bx_fields *f, int depth) {
    for (uint32_t i = 0; i < f->n; i++)
        field(d, name, &f->at[i], depth);
}

static void blocks(dump *d, const char *name, const bx_node *root, int depth) {
    if (!root)
        return;
    indent(d, depth);
    bx_buf_fmt(d->out, "%s\n", name);
    tree(d, root, depth + 1);
}

static void objects(dump *d, const bx_key *key, const char *array, uint32_t n, int depth) {
    for (uint32_t i = 0; i < n; i++) {
        indent(d, depth);
        bx_buf_fmt(d->out, "%s\n", key->object->name);
        object(d, key->object, array + i * key->object->size, depth + 1);
    }
}

static void section(dump *d, const bx_section *s) {
    int depth = s->level;
    indent(d, depth);
    bx_buf_fmt(d->out, "section %.*s level=%d", BX_STR_ARG(s->id), s->level);
    if (s->number)
        bx_buf_fmt(d->out, " number=%u", s->number);
    if (s->own_number)
        bx_buf_fmt(d->out, " own-number");
    place(d, s->span);
    bx_buf_char(d->out, '\n');
    field(d, "title", &s->title, depth + 1);
    blocks(d, "body", s->body, depth + 1);
}

static void sections(dump *d, const bx_section *first) {
    for (const bx_section *s = first; s; s = bx_section_after(s))
        section(d, s);
}

static void value(dump *d, const bx_key *key, const char *base, int depth) {
    const void *at = base + key->offset;
    switch (key->type) {
    case BX_KEY_BOOL:
        string_line(d, key->name, *(const bool *)at ? BX_STR("true") : (bx_str){0}, depth);
        break;
    case BX_KEY_DATE:
    case BX_KEY_PERIOD:
        date(d, key->name, at, depth);
        break;
    case BX_KEY_LINE:
        field(d, key->name, at, depth);
        break;
    case BX_KEY_LINES:
        fields(d, key->name, at, depth);
        break;
    case BX_KEY_TEXT:
        blocks(d, key->name, *(const bx_node *const *)at, depth);
        break;
    case BX_KEY_OBJECT:
        if (*(const void *const *)at)
            objects(d, key, *(const char *const *)at, 1, depth);
        break;
    case BX_KEY_OBJECTS:
        objects(d, key, *(const char *const *)at, *(const uint32_t *)(base + key->offset2), depth);
        break;
    case BX_KEY_SECTIONS:
        sections(d, *(bx_section *const *)at);
        break;
    default:
        string_line(d, key->name, *(const bx_str *)at, depth);
    }
}

static void object(dump *d, const bx_object *o, const void *base, int depth) {
    for (uint32_t i = 0; i < o->n; i++)
        value(d, &o->keys[i], base, depth);
}

/* What resolving added to references beside their keys. */
static void numbers(dump *d, const bx_issue *issue) {
    for (uint32_t i = 0; i < issue->n_references; i++) {
        const bx_reference *r = &issue->references[i];
        indent(d, 1);
        bx_buf_fmt(d->out, "reference-number %u %.*s%s", r->number, BX_STR_ARG(r->id),
                   r->cited ? " cited" : "");
        quoted(d, "label", r->label);
        bx_buf_char(d->out, '\n');
    }
}

void bx_issue_dump(bx_buf *out, bx_sources *sources, const bx_issue *issue) {
    dump d = {out, sources};
    bx_buf_add(out, "issue\n", 6);
    object(&d, &bx_schema_issue, issue, 1);
    numbers(&d, issue);
    for (uint32_t i = 0; i < issue->n_notes; i++)
        tree(&d, issue->notes[i], 1);
    for (uint32_t i = 0; i < issue->extra.entries.n; i++) {
        const bx_map_entry *e = &issue->extra.entries.at[i];
        indent(&d, 1);
        bx_buf_fmt(out, "extra %.*s", BX_STR_ARG(e->key));
        quoted(&d, "", *(const bx_str *)e->value);
        bx_buf_char(out, '\n');
    }
}
