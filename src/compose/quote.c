/* Quotations, code. */
#include "compose/build.h"
#include "compose/composer.h"
#include "compose/stream.h"

#include "base/utf8.h"
#include "input/cjk.h"

void bx_build_quote(bx_composer *c, bx_stack *stack, const bx_node *node, const bx_build_env *env) {
    const bx_quote_style *quote = &c->style->quote;
    const bx_role *role = env->section ? env->section->quote : NULL;
    bx_build_env inner = *env;
    inner.depth++;
    inner.top = inner.floats = false;
    inner.opening = NULL;
    inner.own_role = true;
    inner.tag = bx_tags_add(c->tags, env->tag, BX_TAG_QUOTE_BLOCK);
    inner.role = role ? role : quote->role ? quote->role : env->role;
    bx_stack *body = bx_stack_new(c);
    bx_build(c, body, node->first, &inner);
    bx_block *block = bx_framed_new(c, role ? &env->section->quote_box : &quote->box, &body->base);
    block->span = node->span;
    bx_stack_add(c, stack, block);
}

enum { SHORT_CODE = 10 }; /* lines: not worth breaking */

/* A tab leads to the next of the stops that CommonMark has (2.2): every four columns, of which a
 * Han character takes two. */
static bx_str without_tabs(bx_composer *c, bx_str line) {
    enum { STOP = 4 };
    if (!line.n || !memchr(line.p, '\t', line.n))
        return line;
    bx_buf out = bx_buf_new(c->draft);
    uint32_t column = 0;
    for (uint32_t at = 0; at < line.n;) {
        uint32_t start = at, code = bx_utf8_next(line, &at);
        if (code != '\t') {
            bx_buf_str(&out, bx_str_sub(line, start, at));
            column += bx_char_is_cjk(code) ? 2 : 1;
            continue;
        }
        do
            bx_buf_char(&out, ' ');
        while (++column % STOP);
    }
    return bx_buf_view(&out);
}

/* One paragraph a line: long lines run over with a hang, and the tint breaks between lines. */
static void add_code_line(bx_composer *c, bx_stack *body, const bx_role *role, uint32_t tag,
                          bx_str line, bool more, bx_span span) {
    if (!line.n) {
        bx_stack_add(c, body, bx_blank_new(c, role->pitch, false));
        return;
    }
    bx_stream s = bx_stream_new(c, role, tag);
    s.attr.flags |= BX_SPAN_CODE;
    s.attr.source = span;
    bx_stream_add(&s, without_tabs(c, line));
    if (more)
        bx_stream_add(&s, BX_STR("\n")); /* shows nowhere, but keeps lines apart for who listens */
    bx_para *para = bx_stream_para(&s);
    bx_len hang = 2 * role->size;
    para->start += hang;
    para->input.set.indent = -hang;
    para->input.set.align = BX_ALIGN_START;
    para->base.before = para->base.after = 0;
    para->base.grid = false;
    bx_stack_add(c, body, &para->base);
}

void bx_build_code(bx_composer *c, bx_stack *stack, const bx_node *node, const bx_build_env *env) {
    const bx_code_style *style = &c->style->code;
    const bx_role *role = style->role ? style->role : env->role;
    uint32_t tag = bx_tags_add(c->tags, env->tag, BX_TAG_CODE_BLOCK);
    bx_stack *body = bx_stack_new(c);
    bx_str text = node->text;
    while (text.n && text.p[text.n - 1] == '\n')
        text.n--;
    for (uint32_t start = 0; start < text.n || start == 0;) {
        bx_mark mark = bx_arena_mark(c->draft);
        uint32_t end = start;
        while (end < text.n && text.p[end] != '\n')
            end++;
        add_code_line(c, body, role, tag, bx_str_sub(text, start, end), end < text.n, node->span);
        start = end + 1;
        bx_arena_rewind(c->draft, mark);
    }
    uint32_t n = body->children.n;
    if (n > 1) /* no page begins or ends with one line of it */
        body->children.at[0]->keep_next = body->children.at[n - 2]->keep_next = true;
    bx_block *block = bx_framed_new(c, &style->box, &body->base);
    block->keep_together |= n <= SHORT_CODE;
    block->span = node->span;
    bx_stack_add(c, stack, block);
}
