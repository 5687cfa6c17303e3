/* The contact block of a printed report's text: the words that stood under its codes, which are
 * gone; the organisations with a few words on each; the rest. */
#include "issue/printed.h"

#include "base/utf8.h"

enum { LONGEST_CAPTION = 20, MOST_LINES = 3 }; /* characters; lines */

typedef enum part { CAPTION, ORGANIZATION, REST } part;

static bool has_colon(bx_str s) {
    return bx_str_find(s, BX_STR("：")) >= 0 || bx_str_find(s, BX_STR(":")) >= 0;
}

/* A few short lines of plain words. */
static bool is_caption(const bx_node *block) {
    uint32_t lines = 1, n = 0;
    for (const bx_node *at = block->first; at; at = at->next) {
        if (at->kind == BX_NODE_SOFT_BREAK || at->kind == BX_NODE_LINE_BREAK) {
            lines++;
            n = 0;
        } else if (at->kind != BX_NODE_TEXT || has_colon(at->text) ||
                   (n += bx_utf8_count(at->text)) > LONGEST_CAPTION) {
            return false;
        }
    }
    return lines <= MOST_LINES;
}

static part part_of(bx_reader *r, const bx_node *block) {
    if (block->kind != BX_NODE_PARAGRAPH)
        return REST;
    bx_str text = bx_node_plain(r->arena, block);
    bool name = bx_str_ends(text, BX_STR("：")) || bx_str_ends(text, BX_STR(":"));
    if (name && block->first == block->last && block->next &&
        block->next->kind == BX_NODE_PARAGRAPH)
        return ORGANIZATION;
    return is_caption(block) ? CAPTION : REST;
}

/* How many of each there are; false: not in the order in which the block sets them. */
static bool count_parts(bx_reader *r, const bx_node *card, uint32_t count[REST + 1]) {
    part last = CAPTION;
    for (const bx_node *n = card->first; n; n = n->next) {
        part p = part_of(r, n);
        if (p < last)
            return false;
        last = p;
        count[p]++;
        n = p == ORGANIZATION ? n->next : n;
    }
    return true;
}

static bx_node *document_of(bx_reader *r, bx_node *first, bx_node *end) {
    bx_node *document = bx_node_new(r->arena, BX_NODE_DOCUMENT, first->span);
    for (bx_node *n = first, *next; n != end; n = next) {
        next = n->next;
        bx_node_append(document, n);
    }
    return document;
}

void bx_read_card(bx_reader *r, bx_node *card, bx_contact *contact) {
    uint32_t count[REST + 1] = {0};
    if (!count_parts(r, card, count)) {
        contact->text = card;
        return;
    }
    uint32_t n = count[CAPTION] + count[ORGANIZATION];
    contact->organizations = bx_new_n(r->arena, bx_organization, n);
    bx_node *block = card->first, *next;
    for (; contact->n_organizations < n; block = next) {
        bool captioned = contact->n_organizations < count[CAPTION];
        bx_organization *o = &contact->organizations[contact->n_organizations++];
        bx_node *text = block->next;
        next = captioned ? text : text->next;
        block->parent = block->next = NULL;
        o->name = bx_field_of_node(r, block);
        if (!captioned)
            o->text = document_of(r, text, next);
    }
    if (block)
        contact->text = document_of(r, block, NULL);
}
