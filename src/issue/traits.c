#include "issue/traits.h"

#include "base/utf8.h"
#include "issue/shapes.h"

static uint32_t inks(bx_str text) {
    uint32_t n = 0;
    for (uint32_t at = 0; at < text.n;)
        n += bx_utf8_next(text, &at) > ' ';
    return n;
}

static uint32_t characters(const bx_node *root) {
    uint32_t n = 0;
    for (const bx_node *at = root; at; at = bx_node_after(at, root))
        n += inks(at->kind == BX_NODE_IMAGE ? (bx_str){0} : at->text);
    return n;
}

static uint32_t count_of(const bx_node *root, bx_node_kind kind) {
    uint32_t n = 0;
    for (const bx_node *at = root; at; at = root ? bx_node_after(at, root) : NULL)
        n += at->kind == kind;
    return n;
}

/* An address elsewhere, not a place in the issue. */
static bool has_link(const bx_node *root) {
    for (const bx_node *at = root; at; at = root ? bx_node_after(at, root) : NULL)
        if (at->kind == BX_NODE_LINK && at->url.n && at->url.p[0] != '#')
            return true;
    return false;
}

/* `prose` counts characters here; it becomes a share at the end. */
static void add_body(bx_traits *t, const bx_node *document) {
    if (!document)
        return;
    for (const bx_node *block = document->first; block; block = block->next) {
        uint32_t n = characters(block);
        t->count[BX_TRAIT_CHARACTERS] += n;
        t->count[BX_TRAIT_PROSE] += block->kind == BX_NODE_PARAGRAPH ? n : 0;
    }
    for (const bx_node *at = document; at; at = bx_node_after(at, document)) {
        t->count[BX_TRAIT_CALLOUTS] += at->kind == BX_NODE_QUOTE && bx_callout_label(at);
        t->count[BX_TRAIT_ITEMS] += at->kind == BX_NODE_ITEM;
        t->count[BX_TRAIT_TABLES] += at->kind == BX_NODE_TABLE;
        t->count[BX_TRAIT_CODE] += at->kind == BX_NODE_CODE_BLOCK;
        t->count[BX_TRAIT_PICTURES] += at->kind == BX_NODE_IMAGE;
    }
}

static void add_section(bx_traits *t, const bx_section *s) {
    t->count[BX_TRAIT_HEADS]++;
    t->count[BX_TRAIT_LINKED_HEADS] += has_link(s->title.inlines);
    t->count[BX_TRAIT_BILINGUAL_HEADS] += bx_title_halves(s->title.plain) > 0;
    const bx_node *opening = s->body ? s->body->first : NULL;
    t->count[BX_TRAIT_META_ROWS] += opening && bx_is_meta_row(opening);
    add_body(t, s->body);
}

bx_traits bx_issue_traits(const bx_issue *issue) {
    bx_traits t = {0};
    add_body(&t, issue->lead);
    for (const bx_section *s = issue->sections; s; s = bx_section_after(s))
        if (s != issue->references_at)
            add_section(&t, s);
    uint32_t all = t.count[BX_TRAIT_CHARACTERS];
    t.count[BX_TRAIT_PROSE] = all ? (uint32_t)((uint64_t)t.count[BX_TRAIT_PROSE] * 100 / all) : 0;
    t.count[BX_TRAIT_SUMMARY_POINTS] = count_of(issue->abstract, BX_NODE_ITEM);
    t.count[BX_TRAIT_REFERENCES] = issue->n_references;
    t.count[BX_TRAIT_CODES] = issue->contact ? issue->contact->n_qr : 0;
    t.count[BX_TRAIT_SERIES] = issue->series.inlines != NULL;
    t.count[BX_TRAIT_NUMBER] = issue->number.n > 0;
    t.count[BX_TRAIT_PUBLISHER] = issue->publisher.inlines != NULL;
    t.count[BX_TRAIT_AUTHORS] = issue->authors.n;
    return t;
}
