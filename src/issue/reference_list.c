/* The references of a Markdown issue: the list under a heading that the layout names. */
#include "issue/reader.h"

#include "base/utf8.h"

#include <unicode/uchar.h>

/* The words of a heading: without its number, emoji, brackets and colon. */
static bx_str words(bx_arena *arena, bx_str title) {
    bx_buf out = bx_buf_new(arena);
    bool started = false;
    for (uint32_t at = 0; at < title.n;) {
        uint32_t c = bx_utf8_next(title, &at);
        bool letter = u_isalpha((UChar32)c);
        if (letter || (started && c == ' '))
            bx_buf_rune(&out, (uint32_t)u_tolower((UChar32)c));
        started = started || letter;
    }
    return bx_str_trim(bx_buf_view(&out));
}

/* A Han number in front is letters too: 六、参考文献. */
static bool is_named(bx_str title, bool own_number, bx_str name) {
    if (bx_str_eq(title, name))
        return true;
    return own_number && bx_str_ends(title, name) && title.n - name.n <= 9;
}

typedef BX_VEC(bx_str) names;

/* The layout's headings, else the usual ones, as their words. */
static names wanted_headings(bx_reader *r) {
    names list = {0};
    const bx_str *given = NULL;
    uint32_t n = 0;
    if (r->options->reference_headings)
        given = r->options->reference_headings(r->options->user, r->issue->layout, &n);
    for (uint32_t i = 0; given && i < n; i++)
        bx_push(r->arena, &list, words(r->arena, given[i]));
    for (size_t i = 0; !given && bx_reference_headings[i]; i++)
        bx_push(r->arena, &list, words(r->arena, bx_str_of(bx_reference_headings[i])));
    return list;
}

enum { LONGEST_HEADING = 64 }; /* bytes */

static bool holds_references(bx_reader *r, const names *wanted, const bx_section *s) {
    if (s->title.plain.n > LONGEST_HEADING)
        return false;
    bx_str title = words(r->arena, s->title.plain);
    for (uint32_t i = 0; i < wanted->n; i++)
        if (wanted->at[i].n && is_named(title, s->own_number, wanted->at[i]))
            return true;
    return false;
}

/* The entry's inlines under one paragraph; NULL when it holds more than paragraphs. */
static bx_node *entry_inlines(bx_reader *r, bx_node *item) {
    if (item->first && !item->first->next && item->first->kind == BX_NODE_PARAGRAPH)
        return item->first;
    bx_node *all = bx_node_new(r->arena, BX_NODE_PARAGRAPH, item->span);
    for (bx_node *block = item->first; block; block = block->next) {
        if (block->kind != BX_NODE_PARAGRAPH)
            return NULL;
        if (all->first)
            bx_node_append(all, bx_node_new(r->arena, BX_NODE_SOFT_BREAK, block->span));
        for (bx_node *n = block->first, *next; n; n = next) {
            next = n->next;
            bx_node_append(all, n);
        }
    }
    return all->first ? all : NULL;
}

static bx_str first_address(const bx_node *root) {
    for (const bx_node *n = root; n; n = bx_node_after(n, root))
        if (n->kind == BX_NODE_LINK && n->url.n && n->url.p[0] != '#')
            return n->url;
    return (bx_str){0};
}

typedef BX_VEC(bx_reference) reference_list;

static void add(bx_reader *r, reference_list *list, bx_node *inlines, uint32_t number,
                bx_str label) {
    bx_reference ref = {.number = number, .label = label, .span = inlines->span};
    inlines->parent = NULL;
    inlines->next = NULL;
    ref.text = bx_field_of_node(r, inlines);
    ref.url = first_address(inlines);
    bx_push(r->arena, list, ref);
}

/* [12] or 12. at the beginning of a paragraph: its number, with the offset after it; 0: none. */
static uint32_t bracketed_number(bx_str s, uint32_t *end) {
    uint32_t at = 0, n = 0;
    bool bracket = s.n && s.p[0] == '[';
    at += bracket;
    uint32_t digits = at;
    while (at < s.n && at - digits < 4 && s.p[at] >= '0' && s.p[at] <= '9')
        n = n * 10 + (uint32_t)(s.p[at++] - '0');
    if (at == digits || at >= s.n || s.p[at] != (bracket ? ']' : '.'))
        return 0;
    at++;
    while (at < s.n && s.p[at] == ' ')
        at++;
    *end = at;
    return n;
}

/* Paragraphs that begin with [n], one entry a line. */
static bool read_paragraph(bx_reader *r, reference_list *list, bx_node *paragraph) {
    bx_node *entry = NULL;
    uint32_t number = 0;
    bx_str label = {0};
    for (bx_node *n = paragraph->first, *next; n; n = next) {
        next = n->next;
        bool starts = n == paragraph->first || !entry;
        uint32_t cut = 0,
                 found = starts && n->kind == BX_NODE_TEXT ? bracketed_number(n->text, &cut) : 0;
        if (starts && !found)
            return false;
        if (found) {
            number = found;
            label = bx_str_trim(bx_str_sub(n->text, 0, cut));
            entry = bx_node_new(r->arena, BX_NODE_PARAGRAPH, n->span);
            bx_node *rest = bx_node_new(r->arena, BX_NODE_TEXT, n->span);
            rest->text = bx_str_sub(n->text, cut, n->text.n);
            rest->span.start += rest->span.end - rest->span.start == n->text.n ? cut : 0;
            if (rest->text.n)
                bx_node_append(entry, rest);
        } else {
            bx_node_append(entry, n);
        }
        bool ends =
            !next ||
            ((next->kind == BX_NODE_SOFT_BREAK || next->kind == BX_NODE_LINE_BREAK) && next->next &&
             next->next->kind == BX_NODE_TEXT && bracketed_number(next->next->text, &cut));
        if (ends && entry->first) {
            entry->span.end = entry->last->span.end;
            add(r, list, entry, number, label);
            entry = NULL;
            next = next ? next->next : NULL;
        }
    }
    return true;
}

static bool read_list(bx_reader *r, reference_list *list, bx_node *node) {
    bool bullets = node->number == BX_BULLETS;
    uint32_t number = bullets ? list->n + 1 : (uint32_t)node->number;
    for (bx_node *item = node->first, *next; item; item = next) {
        next = item->next;
        bx_node *inlines = entry_inlines(r, item);
        if (!inlines)
            return false;
        add(r, list, inlines, number, bullets ? (bx_str){0} : bx_str_fmt(r->arena, "%u.", number));
        number++;
    }
    return true;
}

/* Whether all of the section is entries: an introduction, a table … make it a section like others.
 */
static bool only_entries(const bx_section *s) {
    if (s->first || !s->body)
        return false;
    bool any = false;
    for (const bx_node *n = s->body->first; n; n = n->next) {
        uint32_t end;
        bool paragraph = n->kind == BX_NODE_PARAGRAPH && n->first &&
                         n->first->kind == BX_NODE_TEXT && bracketed_number(n->first->text, &end);
        if (n->kind == BX_NODE_LIST) {
            for (const bx_node *item = n->first; item; item = item->next)
                for (const bx_node *block = item->first; block; block = block->next)
                    if (block->kind != BX_NODE_PARAGRAPH)
                        return false;
        } else if (!paragraph && n->kind != BX_NODE_BREAK) {
            return false;
        }
        any = any || n->kind != BX_NODE_BREAK;
    }
    return any;
}

void bx_take_references(bx_reader *r) {
    bx_section *found = NULL;
    names wanted = wanted_headings(r);
    for (bx_section *s = r->issue->sections; s; s = bx_section_after(s)) {
        s->own_number = bx_has_own_number(s->title.plain);
        if (only_entries(s) && holds_references(r, &wanted, s))
            found = s; /* the last one: an article may have had its own before */
    }
    if (!found || r->issue->n_references)
        return;
    reference_list list = {0};
    for (bx_node *n = found->body->first, *next; n; n = next) {
        next = n->next;
        if (n->kind == BX_NODE_LIST)
            read_list(r, &list, n);
        else if (n->kind == BX_NODE_PARAGRAPH)
            read_paragraph(r, &list, n);
    }
    r->issue->references = list.at;
    r->issue->n_references = list.n;
    r->issue->references_at = found;
    found->numbered = false;
    found->body = NULL;
}
