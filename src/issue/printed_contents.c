/* The contents that a printed report's text brings: its lines say again what the heads say, with
 * page numbers of other pages. What is demonstrably that becomes the lines of our contents, in the
 * author's words; nothing else is touched. */
#include "issue/printed.h"

#include "base/utf8.h"

/* Lines that agree with heads, in the order of both. */
typedef struct matching {
    bx_reader *r;
    bx_node *head; /* the next that a line may be of */
    BX_VEC(bx_node *) heads;
    BX_VEC(bx_node *) lines; /* of these: a paragraph each */
} matching;

static bool is_white_or_leader(uint32_t c) {
    return c == ' ' || c == '\t' || c == 0x3000 || c == 0xA0 || c == '.' || c == 0xB7 ||
           c == 0x2026 || c == 0x2025 || c == 0x22EF || c == '_';
}

/* Where a line's words end: before its leader and page number, when it has them. */
static uint32_t words_end(bx_str line) {
    uint32_t at = line.n;
    while (at && line.p[at - 1] >= '0' && line.p[at - 1] <= '9')
        at--;
    uint32_t end = at;
    while (end) {
        uint32_t before = end;
        if (!is_white_or_leader(bx_utf8_prev(line, &before)))
            break;
        end = before;
    }
    return end < at || at == line.n ? end : line.n;
}

static bx_node *next_heading(bx_node *n) {
    while (n && n->kind != BX_NODE_HEADING)
        n = n->next;
    return n;
}

static void take(matching *m, bx_node *head, bx_str words, bx_span span) {
    bx_node *text = bx_node_new(m->r->arena, BX_NODE_TEXT, span);
    bx_node *line = bx_node_new(m->r->arena, BX_NODE_PARAGRAPH, span);
    text->text = bx_str_dup(m->r->arena, words);
    bx_node_append(line, text);
    bx_push(m->r->arena, &m->heads, head);
    bx_push(m->r->arena, &m->lines, line);
    m->head = next_heading(head->next);
}

/* Takes the line from `first` up to `end`, when a head that follows says the same. */
static bool take_line(matching *m, const bx_node *first, const bx_node *end) {
    bx_buf text = bx_buf_new(m->r->arena);
    for (const bx_node *n = first; n != end; n = n->next)
        bx_buf_str(&text, n->kind == BX_NODE_TEXT ? n->text : bx_node_plain(m->r->arena, n));
    bx_str line = bx_str_trim(bx_buf_view(&text)), words = bx_str_sub(line, 0, words_end(line));
    for (bx_node *h = m->head; h; h = next_heading(h->next)) {
        bx_str title = bx_node_plain(m->r->arena, h);
        bool whole = bx_same_title(m->r->arena, line, title); /* 展望 2026 */
        if (!whole && !bx_same_title(m->r->arena, words, title))
            continue;
        take(m, h, whole ? line : words, first->span);
        return true;
    }
    return false;
}

static bool is_line_break(const bx_node *n) {
    return n->kind == BX_NODE_SOFT_BREAK || n->kind == BX_NODE_LINE_BREAK;
}

/* All lines of a paragraph, or of the paragraphs in a list. */
static bool take_block(matching *m, const bx_node *block) {
    bool list = block->kind == BX_NODE_LIST || block->kind == BX_NODE_ITEM;
    if (block->kind != BX_NODE_PARAGRAPH && !list)
        return false;
    for (const bx_node *n = block->first; list && n; n = n->next)
        if (!take_block(m, n))
            return false;
    for (const bx_node *first = list ? NULL : block->first, *n = first; n; n = n->next) {
        if (n->next && !is_line_break(n->next))
            continue;
        if (!take_line(m, first, n->next))
            return false;
        if (n->next)
            n = n->next;
        first = n->next;
    }
    return true;
}

bx_node *bx_take_contents(bx_reader *r, bx_node *word) {
    matching m = {.r = r, .head = next_heading(word)};
    bx_node *end = word->next;
    uint32_t taken = 0;
    for (; end && end->kind != BX_NODE_HEADING; end = end->next) {
        if (!take_block(&m, end))
            break;
        taken = m.lines.n;
    }
    if (taken < 2)
        return word;
    for (uint32_t i = 0; i < taken; i++)
        m.heads.at[i]->target = m.lines.at[i];
    return end;
}
