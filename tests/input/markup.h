/* A tree of nodes in one line: kind(children), text in quotes. Paragraphs are p, and so on. */
#ifndef BX_TESTS_INPUT_MARKUP_H
#define BX_TESTS_INPUT_MARKUP_H

#include "harness.h"

#include "input/markdown.h"

static const char *const short_names[] = {
    [BX_NODE_DOCUMENT] = "doc",    [BX_NODE_PARAGRAPH] = "p",   [BX_NODE_HEADING] = "h",
    [BX_NODE_LIST] = "list",       [BX_NODE_ITEM] = "item",     [BX_NODE_QUOTE] = "quote",
    [BX_NODE_CODE_BLOCK] = "pre",  [BX_NODE_BREAK] = "hr",      [BX_NODE_TABLE] = "table",
    [BX_NODE_ROW] = "row",         [BX_NODE_CELL] = "cell",     [BX_NODE_NOTE] = "note",
    [BX_NODE_DETAILS] = "details", [BX_NODE_GROUP] = "group",   [BX_NODE_TEXT] = "",
    [BX_NODE_SOFT_BREAK] = "/",    [BX_NODE_LINE_BREAK] = "//", [BX_NODE_CODE] = "code",
    [BX_NODE_STRONG] = "b",        [BX_NODE_EMPH] = "i",        [BX_NODE_STRIKE] = "s",
    [BX_NODE_UNDERLINE] = "u",     [BX_NODE_SUP] = "sup",       [BX_NODE_SUB] = "sub",
    [BX_NODE_DOTS] = "dots",       [BX_NODE_LINK] = "a",        [BX_NODE_IMAGE] = "img",
    [BX_NODE_CITATION] = "cite",   [BX_NODE_NOTE_REF] = "ref",  [BX_NODE_RUBY] = "ruby",
    [BX_NODE_SPAN] = "span",
};

static inline void markup(bx_buf *out, const bx_node *n) {
    bx_buf_str(out, bx_str_of(short_names[n->kind]));
    if (n->number)
        bx_buf_fmt(out, "%d", n->number);
    bool texts = n->text.n || n->kind == BX_NODE_TEXT;
    if (texts)
        bx_buf_fmt(out, "'%.*s'", BX_STR_ARG(n->text));
    if (n->url.n)
        bx_buf_fmt(out, "<%.*s>", BX_STR_ARG(n->url));
    if (n->id.n)
        bx_buf_fmt(out, "#%.*s", BX_STR_ARG(n->id));
    if (n->flags & BX_HEAD)
        bx_buf_char(out, '^');
    if (n->flags & BX_TASK)
        bx_buf_char(out, n->flags & BX_TASK_DONE ? '+' : '-');
    if (!n->first)
        return;
    bx_buf_char(out, '(');
    for (const bx_node *c = n->first; c; c = c->next) {
        if (c != n->first)
            bx_buf_char(out, ' ');
        markup(out, c);
    }
    bx_buf_char(out, ')');
}

static inline const char *bench_markup(bench *b, const bx_node *root) {
    bx_buf out = bx_buf_new(b->arena);
    markup(&out, root);
    bx_buf_char(&out, 0);
    return bx_buf_view(&out).p;
}

static inline bx_node *bench_blocks(bench *b, bx_str text) {
    bx_origin origin = bx_origin_plain(bench_source(b, text), 0, text.n);
    return bx_markdown_blocks(b->arena, bx_arena_side(b->arena), text, &origin, b->report);
}

/* Asserts what a text becomes, as blocks, and what is said of it. */
static inline void becomes(const char *text, const char *wanted, const char *codes) {
    bench b = bench_open();
    bx_node *root = bench_blocks(&b, bx_str_of(text));
    assert_string_equal(bench_markup(&b, root), wanted);
    assert_string_equal(bench_codes(&b), codes);
    bench_close(&b);
}

#endif
