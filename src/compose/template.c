#include "compose/template.h"

#include "compose/build.h"
#include "compose/picture.h"
#include "issue/shapes.h"

typedef struct lookup {
    bx_composer *c;
    const bx_values *values;
} lookup;

static bx_value of_number(uint32_t n) {
    return n ? (bx_value){.kind = BX_VALUE_NUMBER, .number = n} : (bx_value){0};
}

static bx_value of_text(bx_str text) {
    return text.n ? (bx_value){.kind = BX_VALUE_TEXT, .text = text} : (bx_value){0};
}

static bx_value of_fields(bx_composer *c, const bx_fields *fields) {
    if (!fields->n)
        return (bx_value){0};
    bx_str *list = bx_new_n(c->arena, bx_str, fields->n);
    for (uint32_t i = 0; i < fields->n; i++)
        list[i] = fields->at[i].plain;
    return (bx_value){.kind = BX_VALUE_LIST, .list = list, .n = fields->n};
}

/* {1} … {6}: 0 when the field is none of them. */
static uint32_t level_of(bx_str field) {
    return field.n == 1 && field.p[0] >= '1' && field.p[0] <= '6' ? (uint32_t)(field.p[0] - '0')
                                                                  : 0;
}

/* The first link of a node's inlines that leads out of the document. */
static bx_str first_address(const bx_node *top) {
    const bx_node *node = top ? top->first : NULL;
    while (node) {
        if (node->kind == BX_NODE_LINK && node->url.n && node->url.p[0] != '#')
            return node->url;
        if (node->first) {
            node = node->first;
            continue;
        }
        while (node != top && !node->next)
            node = node->parent;
        node = node == top ? NULL : node->next;
    }
    return (bx_str){0};
}

/* Of a section: in its title, or else in its opening paragraph. */
static bx_str address_of(const bx_section *section) {
    bx_str url = first_address(section->title.inlines);
    const bx_node *first = section->body ? section->body->first : NULL;
    if (!url.n && first && first->kind == BX_NODE_PARAGRAPH)
        url = first_address(first);
    return url;
}

static bx_value of_meta(bx_composer *c, const bx_section *section, bx_str label) {
    const bx_node *row = bx_section_meta(section);
    return of_text(row ? bx_meta_value(c->arena, row, label) : (bx_str){0});
}

static bx_value of_count(const bx_composer *c, bx_str level) {
    uint32_t n = 0;
    for (const bx_section *s = c->issue->sections; s; s = bx_section_after(s))
        n += s->level == level_of(level);
    return of_number(n);
}

static bx_value value_of(void *user, bx_str field) {
    lookup *l = user;
    bx_composer *c = l->c;
    const bx_values *v = l->values;
    uint32_t level = level_of(field);
    if (level)
        return of_number(level <= v->n_numbers ? v->numbers[level - 1] : 0);
    if (bx_str_is(field, "n"))
        return of_number(v->n);
    if (bx_str_is(field, "page"))
        return of_number(v->page);
    if (bx_str_is(field, "pages")) {
        c->facts_used = true;
        return of_number(c->facts.pages);
    }
    if (bx_str_is(field, "section"))
        return of_text(v->section);
    if (bx_str_is(field, "section.title"))
        return of_text(v->head ? v->head->title.plain : (bx_str){0});
    if (bx_str_is(field, "section.url"))
        return of_text(v->head ? address_of(v->head) : (bx_str){0});
    if (bx_str_is(field, "own"))
        return of_text(v->own);
    if (bx_str_is(field, "date"))
        return c->issue->date.year ? (bx_value){.kind = BX_VALUE_DATE, .date = c->issue->date}
                                   : (bx_value){0};
    if (bx_str_is(field, "website"))
        return of_text(c->issue->contact ? c->issue->contact->website : (bx_str){0});
    if (bx_str_is(field, "authors"))
        return of_fields(c, &c->issue->authors);
    if (bx_str_is(field, "partners"))
        return of_fields(c, &c->issue->partners);
    if (bx_str_is(field, "keywords"))
        return of_fields(c, &c->issue->keywords);
    static const bx_str extra = {"extra.", 6}, meta = {"meta.", 5}, count = {"count.", 6};
    if (bx_str_starts(field, meta))
        return of_meta(c, v->head, bx_str_sub(field, meta.n, field.n));
    if (bx_str_starts(field, count))
        return of_count(c, bx_str_sub(field, count.n, field.n));
    bx_str text = {0};
    if (bx_str_starts(field, extra)) {
        const bx_str *value = bx_map_get(&c->issue->extra, bx_str_sub(field, extra.n, field.n));
        return of_text(value ? *value : text);
    }
    return bx_issue_text(c->arena, c->issue, field, BX_STR("、"), &text) ? of_text(text)
                                                                         : (bx_value){0};
}

bx_expansion bx_expand(bx_composer *c, bx_arena *arena, const bx_template *t,
                       const bx_values *values) {
    lookup l = {c, values};
    bx_template_env env = {
        .value = value_of,
        .user = &l,
        .words = &c->style->words,
        .lang = c->pages->meta.lang,
        .separator = values->separator,
    };
    return bx_template_expand(arena, t, &env);
}

bx_str bx_filled(bx_composer *c, const bx_template *t, const bx_values *values) {
    if (!t->n)
        return (bx_str){0};
    bx_mark mark = bx_arena_mark(c->draft);
    bx_expansion e = bx_expand(c, c->draft, t, values);
    bx_str text = e.absent || !e.text.n ? (bx_str){0} : bx_str_dup(c->arena, e.text);
    bx_arena_rewind(c->draft, mark);
    return text;
}

/* A picture that is named but not there has been reported; the layout does without it. */
static bool is_there(bx_composer *c, bx_str path, bx_span asked) {
    return path.n && bx_picture_load(c, path, asked);
}

bool bx_has_field(bx_composer *c, bx_str field, const bx_values *values) {
    const bx_issue *issue = c->issue;
    if (bx_str_is(field, "abstract"))
        return issue->abstract != NULL;
    if (bx_str_is(field, "lead"))
        return issue->lead != NULL;
    if (bx_str_is(field, "logo"))
        return is_there(c, issue->logo, issue->logo_span);
    if (bx_str_is(field, "cover"))
        return is_there(c, issue->cover, issue->cover_span);
    if (bx_str_is(field, "references"))
        return issue->n_references > 0;
    if (bx_str_is(field, "contact"))
        return issue->contact != NULL;
    if (bx_str_is(field, "sections"))
        return issue->sections != NULL;
    if (bx_str_is(field, "title"))
        return issue->title.plain.n && !bx_str_eq(issue->title.plain, issue->series.plain);
    if (bx_str_is(field, "meta"))
        return bx_section_meta(values->head) != NULL;
    lookup l = {c, values};
    return value_of(&l, field).kind != BX_VALUE_NONE;
}

bool bx_template_is_late(const bx_template *t) {
    for (uint32_t i = 0; i < t->n; i++) {
        if (bx_str_is(t->pieces[i].field, "pages"))
            return true;
    }
    return false;
}
