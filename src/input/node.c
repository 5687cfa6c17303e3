#include "input/node.h"

#include "base/utf8.h"

#include <unicode/uchar.h>

bx_node *bx_node_new(bx_arena *arena, bx_node_kind kind, bx_span span) {
    bx_node *n = bx_new(arena, bx_node);
    n->kind = kind;
    n->span = span;
    return n;
}

void bx_node_append(bx_node *parent, bx_node *child) {
    child->parent = parent;
    child->next = NULL;
    if (parent->last)
        parent->last->next = child;
    else
        parent->first = child;
    parent->last = child;
}

void bx_node_replace(bx_node *parent, bx_node *child, bx_node *first) {
    bx_node *last = first;
    for (bx_node *n = first; n; n = n->next) {
        n->parent = parent;
        last = n;
    }
    last->next = child->next;
    if (parent->last == child)
        parent->last = last;
    bx_node **at = &parent->first;
    while (*at != child)
        at = &(*at)->next;
    *at = first;
}

bool bx_node_is_inline(bx_node_kind kind) { return kind >= BX_NODE_TEXT; }

const char *bx_node_name(bx_node_kind kind) {
    static const char *const names[] = {
        [BX_NODE_DOCUMENT] = "document",
        [BX_NODE_PARAGRAPH] = "paragraph",
        [BX_NODE_HEADING] = "heading",
        [BX_NODE_LIST] = "list",
        [BX_NODE_ITEM] = "item",
        [BX_NODE_QUOTE] = "quote",
        [BX_NODE_CODE_BLOCK] = "code-block",
        [BX_NODE_BREAK] = "break",
        [BX_NODE_TABLE] = "table",
        [BX_NODE_ROW] = "row",
        [BX_NODE_CELL] = "cell",
        [BX_NODE_NOTE] = "note",
        [BX_NODE_DETAILS] = "details",
        [BX_NODE_GROUP] = "group",
        [BX_NODE_TEXT] = "text",
        [BX_NODE_SOFT_BREAK] = "soft-break",
        [BX_NODE_LINE_BREAK] = "line-break",
        [BX_NODE_CODE] = "code",
        [BX_NODE_STRONG] = "strong",
        [BX_NODE_EMPH] = "emph",
        [BX_NODE_STRIKE] = "strike",
        [BX_NODE_UNDERLINE] = "underline",
        [BX_NODE_SUP] = "sup",
        [BX_NODE_SUB] = "sub",
        [BX_NODE_DOTS] = "dots",
        [BX_NODE_LINK] = "link",
        [BX_NODE_IMAGE] = "image",
        [BX_NODE_CITATION] = "citation",
        [BX_NODE_NOTE_REF] = "note-ref",
        [BX_NODE_RUBY] = "ruby",
        [BX_NODE_SPAN] = "span",
    };
    return names[kind];
}

const bx_node *bx_node_after(const bx_node *node, const bx_node *root) {
    if (node->first)
        return node->first;
    return bx_node_past(node, root);
}

const bx_node *bx_node_past(const bx_node *node, const bx_node *root) {
    while (node != root) {
        if (node->next)
            return node->next;
        node = node->parent;
    }
    return NULL;
}

/* Scripts that are written without spaces between words: a line end between two of them is nothing.
 */
static bool joins(uint32_t c) {
    UEastAsianWidth w = (UEastAsianWidth)u_getIntPropertyValue((UChar32)c, UCHAR_EAST_ASIAN_WIDTH);
    bool wide = w == U_EA_WIDE || w == U_EA_FULLWIDTH || w == U_EA_HALFWIDTH;
    UBlockCode b = ublock_getCode((UChar32)c);
    bool hangul = b == UBLOCK_HANGUL_SYLLABLES || b == UBLOCK_HANGUL_JAMO ||
                  b == UBLOCK_HANGUL_COMPATIBILITY_JAMO;
    return wide && !hangul && !u_hasBinaryProperty((UChar32)c, UCHAR_EMOJI_PRESENTATION);
}

static void add_plain(bx_buf *buf, bx_str text, bool *pending) {
    if (!text.n)
        return;
    if (*pending && buf->n) {
        uint32_t end = (uint32_t)buf->n, at = 0;
        uint32_t before = bx_utf8_prev(bx_buf_view(buf), &end), after = bx_utf8_next(text, &at);
        if (!(joins(before) && joins(after)) && before != ' ' && after != ' ')
            bx_buf_char(buf, ' ');
    }
    *pending = false;
    bx_buf_str(buf, text);
}

bx_str bx_node_plain(bx_arena *arena, const bx_node *node) {
    bx_buf buf = bx_buf_new(arena);
    bool pending = false; /* a break that may become a space */
    for (const bx_node *n = node; n;) {
        bool inside = true;
        switch (n->kind) {
        case BX_NODE_TEXT:
        case BX_NODE_CODE:
        case BX_NODE_CODE_BLOCK:
        case BX_NODE_IMAGE:
            add_plain(&buf, n->text, &pending);
            inside = false;
            break;
        case BX_NODE_NOTE_REF:
        case BX_NODE_CITATION:
        case BX_NODE_NOTE:
            inside = false;
            break;
        default:
            pending = pending || n->kind == BX_NODE_SOFT_BREAK || n->kind == BX_NODE_LINE_BREAK ||
                      (n != node && !bx_node_is_inline(n->kind));
        }
        n = inside ? bx_node_after(n, node) : bx_node_past(n, node);
    }
    return bx_buf_view(&buf);
}
