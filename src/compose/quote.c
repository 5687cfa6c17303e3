/* Quotations, call-outs, code. */
#include "compose/build.h"
#include "compose/composer.h"
#include "compose/stream.h"
#include "issue/shapes.h"

static const bx_callout_style *callout_of(bx_composer *c, const bx_node *label) {
    if (!label)
        return NULL;
    bx_str text = bx_node_plain(c->draft, label);
    for (uint32_t i = 0; i < c->style->n_callouts; i++) {
        const bx_callout_style *style = &c->style->callouts[i];
        if (!style->n_labels)
            return style;
        for (uint32_t k = 0; k < style->n_labels; k++) {
            if (bx_str_find(text, style->labels[k]) >= 0)
                return style;
        }
    }
    return NULL;
}

static void add_label(bx_composer *c, bx_stack *body, const bx_node *quote, const bx_node *label,
                      const bx_callout_style *style, const bx_build_env *env) {
    const bx_role *role = style->label_role ? style->label_role : env->role;
    uint32_t tag = bx_tags_add(c->tags, env->tag, BX_TAG_P);
    bx_para *para = bx_para_of_nodes(c, role, tag, quote->first->first, label->next);
    para->base.keep_next = true;
    bx_stack_add(c, body, &para->base);
}

static bx_str without_colon(bx_str text) {
    static const char *const colons[] = {"：", ":"};
    bx_str t = bx_str_trim(text);
    for (size_t i = 0; i < sizeof colons / sizeof *colons; i++) {
        bx_str colon = bx_str_of(colons[i]);
        if (bx_str_starts(t, colon))
            return bx_str_sub(t, colon.n, t.n);
    }
    return text;
}

static void build_callout(bx_composer *c, bx_stack *body, const bx_node *quote,
                          const bx_node *label, const bx_callout_style *style,
                          const bx_build_env *env) {
    add_label(c, body, quote, label, style, env);
    const bx_node *rest = label->next;
    while (rest && (rest->kind == BX_NODE_SOFT_BREAK || rest->kind == BX_NODE_LINE_BREAK))
        rest = rest->next;
    if (rest) {
        uint32_t tag = bx_tags_add(c->tags, env->tag, BX_TAG_P);
        bx_stream s = bx_stream_new(c, env->role, tag);
        if (rest->kind == BX_NODE_TEXT) { /* a label of its own needs no colon after it */
            s.attr.source = rest->span;
            bx_stream_add(&s, without_colon(rest->text));
            rest = rest->next;
        }
        bx_stream_nodes(&s, rest, NULL);
        bx_para *para = bx_stream_para(&s);
        if (para->input.text.n)
            bx_stack_add(c, body, &para->base);
    }
    bx_build(c, body, quote->first->next, env);
}

void bx_build_quote(bx_composer *c, bx_stack *stack, const bx_node *node, const bx_build_env *env) {
    const bx_node *label = bx_callout_label(node);
    const bx_callout_style *callout = callout_of(c, label);
    const bx_quote_style *quote = &c->style->quote;
    bx_build_env inner = *env;
    inner.depth++;
    inner.top = false;
    inner.own_role = true;
    inner.tag = bx_tags_add(c->tags, env->tag, callout ? BX_TAG_ASIDE : BX_TAG_QUOTE_BLOCK);
    bx_stack *body = bx_stack_new(c);
    const bx_role *role = callout ? callout->role : quote->role;
    inner.role = role ? role : env->role;
    if (callout)
        build_callout(c, body, node, label, callout, &inner);
    else
        bx_build(c, body, node->first, &inner);
    bx_block *block = bx_framed_new(c, callout ? &callout->box : &quote->box, &body->base);
    block->span = node->span;
    bx_stack_add(c, stack, block);
}

enum { SHORT_CODE = 10 }; /* lines: not worth breaking */

/* One paragraph a line: long lines run over with a hang, and the tint breaks between lines. */
static void add_code_line(bx_composer *c, bx_stack *body, const bx_role *role, uint32_t tag,
                          bx_str line, bx_span span) {
    if (!line.n) {
        bx_stack_add(c, body, bx_blank_new(c, role->pitch, false));
        return;
    }
    bx_stream s = bx_stream_new(c, role, tag);
    s.attr.flags |= BX_SPAN_CODE;
    s.attr.source = span;
    bx_stream_add(&s, line);
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
        add_code_line(c, body, role, tag, bx_str_sub(text, start, end), node->span);
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
