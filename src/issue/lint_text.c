#include "issue/lint_text.h"

#include "base/utf8.h"
#include "input/cjk.h"

/* In a text longer than this that has escapes in it, places are those of the whole text: each is
 * found by counting from its beginning. */
enum { LONG = 65536 };

static void add_text(bx_lint_text *t, const bx_node *node) {
    for (uint32_t at = 0; at < node->text.n;) {
        uint32_t from = at;
        uint32_t c = bx_utf8_next(node->text, &at);
        bx_push(t->arena, &t->list, (bx_lint_char){c, from, at - from, node});
    }
}

static void add(bx_lint_text *t, const bx_node *node, uint32_t c) {
    bx_push(t->arena, &t->list, (bx_lint_char){c, 0, 0, node});
}

/* A bare address in the text is a link whose words are its target. */
static bool is_address(const bx_node *link) {
    return link->first && !link->first->next && link->first->kind == BX_NODE_TEXT &&
           bx_str_find(link->url, link->first->text) >= 0;
}

void bx_lint_gather(bx_lint_text *t, const bx_node *block) {
    t->list.n = 0;
    for (const bx_node *n = bx_node_after(block, block); n;) {
        bool inside = false;
        switch (n->kind) {
        case BX_NODE_TEXT:
            add_text(t, n);
            break;
        case BX_NODE_SOFT_BREAK:
        case BX_NODE_LINE_BREAK:
            add(t, n, BX_LINT_BREAK);
            break;
        case BX_NODE_LINK:
            inside = !is_address(n);
            if (!inside)
                add(t, n, BX_LINT_OTHER);
            break;
        case BX_NODE_CODE:
        case BX_NODE_IMAGE:
        case BX_NODE_CITATION:
            add(t, n, BX_LINT_OTHER);
            break;
        case BX_NODE_NOTE_REF:
            break; /* bound to what it follows */
        default:
            inside = true;
        }
        n = inside ? bx_node_after(n, block) : bx_node_past(n, block);
    }
}

uint32_t bx_lint_at(const bx_lint_text *t, int64_t i) {
    return i >= 0 && i < t->list.n ? t->list.at[i].c : ' ';
}

bool bx_lint_is_cjk(uint32_t c) {
    return bx_char_is_han(c) || bx_char_is_kana(c) || (c >= 0x3001 && c <= 0x301F) ||
           (c >= 0xFF01 && c <= 0xFF60);
}

/* Whether the node's text is, byte for byte, the source of its span. */
static bool stands_as_written(bx_lint_text *t, const bx_node *node) {
    if (t->asked_of != node) {
        const bx_source *source = bx_sources_get(t->report->sources, node->span.source);
        t->asked_of = node;
        t->as_written =
            node->span.source && node->span.end <= source->bytes.n &&
            bx_str_eq(bx_str_sub(source->bytes, node->span.start, node->span.end), node->text);
    }
    return t->as_written;
}

static bx_span span_of(bx_lint_text *t, const bx_lint_char *c) {
    if (!c->n)
        return c->node->span;
    if (stands_as_written(t, c->node))
        return (bx_span){c->node->span.source, c->node->span.start + c->at,
                         c->node->span.start + c->at + c->n};
    if (c->node->text.n > LONG)
        return c->node->span;
    return bx_span_of_char(t->report->sources, c->node->span, c->node->text, c->at);
}

bx_span bx_lint_span(bx_lint_text *t, uint32_t from, uint32_t to) {
    bx_span first = span_of(t, &t->list.at[from]), last = span_of(t, &t->list.at[to - 1]);
    return (bx_span){first.source, first.start, last.end > first.start ? last.end : first.end};
}

void bx_lint_fix(bx_lint_text *t, uint32_t from, uint32_t to, const char *replacement) {
    const bx_node *node = t->list.at[from].node;
    if (t->list.at[to - 1].node == node && stands_as_written(t, node))
        bx_fix(t->report, bx_str_of(replacement));
}
