#include "compose/build.h"

#include "compose/composer.h"
#include "compose/picture.h"
#include "compose/stream.h"
#include "issue/label.h"

static void build_node(bx_composer *c, bx_stack *stack, const bx_node *node,
                       const bx_build_env *env);

static bool is_break(const bx_node *node) {
    return node->kind == BX_NODE_SOFT_BREAK || node->kind == BX_NODE_LINE_BREAK;
}

static bool is_blank_inline(const bx_node *node) {
    return is_break(node) || (node->kind == BX_NODE_TEXT && bx_str_trim(node->text).n == 0);
}

static const bx_node *past_blanks(const bx_node *node, const bx_node *stop) {
    while (node != stop && is_blank_inline(node))
        node = node->next;
    return node;
}

/* The picture of an inline that is nothing but one: ![…](…) or a link round it. */
static const bx_node *picture_of(const bx_node *node) {
    if (node->kind == BX_NODE_LINK && node->first && !node->first->next)
        node = node->first;
    return node->kind == BX_NODE_IMAGE ? node : NULL;
}

/* A short paragraph that ends with a colon stands with what it announces. */
static bool introduces(bx_str text) {
    enum { SHORT = 360 }; /* bytes: some three lines */
    return text.n <= SHORT && (bx_str_ends(text, BX_STR("：")) || bx_str_ends(text, BX_STR(":")));
}

static bx_para *add_para(bx_composer *c, bx_stack *stack, const bx_node *first, const bx_node *stop,
                         const bx_build_env *env, uint32_t tag) {
    bx_para *para = bx_para_of_nodes(c, env->role, tag, first, stop);
    para->base.keep_next |= introduces(para->input.text);
    if (para->input.text.n)
        bx_stack_add(c, stack, &para->base);
    return para;
}

/* A title that stands with the text below it: the first line of the source or the whole paragraph.
 * Where that goes on; `first` when there is no title. */
static const bx_node *add_title_line(bx_composer *c, bx_stack *stack, const bx_node *first,
                                     const bx_node *stop, const bx_build_env *env, uint32_t tag) {
    const bx_node *end = first;
    while (end != stop && !is_break(end))
        end = end->next;
    bool line = end != stop && bx_is_title_line(c->draft, first);
    bool whole = !line && !stop && env->top && bx_is_title_paragraph(c->draft, first);
    if (!line && !whole)
        return first;
    end = whole ? NULL : end;
    bx_para *title = add_para(c, stack, first, end, env, tag);
    title->base.keep_next = true;
    title->base.after = 0;
    title->input.set.align = BX_ALIGN_START;
    title->input.set.indent = 0;
    title->input.set.balance = true; /* as all titles are */
    return end;
}

static void add_text(bx_composer *c, bx_stack *stack, const bx_node *first, const bx_node *stop,
                     const bx_build_env *env, uint32_t tag) {
    first = past_blanks(first, stop);
    if (first == stop)
        return;
    if (!tag)
        tag = bx_tags_add(c->tags, env->tag, BX_TAG_P);
    const bx_node *rest = past_blanks(add_title_line(c, stack, first, stop, env, tag), stop);
    if (rest == stop)
        return;
    bx_para *text = add_para(c, stack, rest, stop, env, tag);
    if (rest != first)
        text->base.before = 0;
}

/* Whether there is anything but pictures. */
static bool has_text(const bx_node *first) {
    for (const bx_node *in = first; in; in = in->next) {
        if (!picture_of(in) && !is_blank_inline(in))
            return true;
    }
    return false;
}

/* Whether nothing but pictures stands on a line of the source. */
static bool is_line_of_pictures(const bx_node *line) {
    for (; line && !is_break(line); line = line->next) {
        if (!picture_of(line) && !is_blank_inline(line))
            return false;
    }
    return true;
}

/* A picture among text stands in its line when it is no higher than two lines, and so do the words
 * of one that is missing; all others, and those on lines of their own, stand by themselves. */
static bool is_large(bx_composer *c, const bx_node *picture, const bx_role *role) {
    const bx_image *image = bx_picture_load(c, picture->url, picture->span);
    return image && bx_picture_height(image) > 2 * role->pitch;
}

/* `tag`: of the text when its holder has nothing else (an item, a cell); 0: a P of its own. */
static void build_inlines(bx_composer *c, bx_stack *stack, const bx_node *first,
                          const bx_build_env *env, uint32_t tag) {
    const bx_node *start = first;
    bool text = has_text(first), alone = !text || is_line_of_pictures(first);
    for (const bx_node *in = first; in; in = in->next) {
        if (is_break(in))
            alone = !text || is_line_of_pictures(in->next);
        const bx_node *picture = picture_of(in);
        if (!picture || !(alone || is_large(c, picture, env->role)))
            continue;
        add_text(c, stack, start, in, env, 0);
        bx_build_figure(c, stack, picture, env);
        start = in->next;
    }
    add_text(c, stack, start, NULL, env, start == first ? tag : 0);
}

void bx_build_inlines(bx_composer *c, bx_stack *stack, const bx_node *first,
                      const bx_build_env *env) {
    build_inlines(c, stack, first, env, 0);
}

static void build_heading(bx_composer *c, bx_stack *stack, const bx_node *node,
                          const bx_build_env *env) {
    int level = node->number < 1 ? 1 : node->number > BX_LEVELS ? BX_LEVELS : node->number;
    const bx_role *role = c->style->section[level - 1].role;
    uint32_t tag = bx_tags_add(c->tags, env->tag, (bx_tag_kind)(BX_TAG_H1 + level - 1));
    bx_stream s = bx_stream_new(c, role ? role : env->role, tag);
    if (node->id.n)
        bx_stream_anchor(&s, node->id);
    bx_stream_nodes(&s, node->first, NULL);
    bx_para *para = bx_stream_para(&s);
    para->base.keep_next = true;
    bx_stack_add(c, stack, &para->base);
}

static void build_break(bx_composer *c, bx_stack *stack) {
    const bx_break_style *style = &c->style->rule;
    bx_block *rule = bx_rule_new(c, style->rule, style->width, style->align);
    rule->before = style->before;
    rule->after = style->after;
    bx_stack_add(c, stack, rule);
}

static void build_details(bx_composer *c, bx_stack *stack, const bx_node *node,
                          const bx_build_env *env) {
    const bx_node *first = node->first;
    if (first && first->kind == BX_NODE_PARAGRAPH && (first->flags & BX_HEAD)) {
        uint32_t tag = bx_tags_add(c->tags, env->tag, BX_TAG_P);
        bx_stream s = bx_stream_new(c, env->role, tag);
        bx_stream_mark(&s, BX_MARK_STRONG);
        bx_stream_mark(&s, BX_MARK_LEAD);
        bx_stream_nodes(&s, first->first, NULL);
        bx_para *para = bx_stream_para(&s);
        para->base.keep_next = true;
        bx_stack_add(c, stack, &para->base);
        first = first->next;
    }
    bx_build(c, stack, first, env);
}

static bool is_holder(const bx_node *node) {
    switch (node->kind) {
    case BX_NODE_LIST:
    case BX_NODE_ITEM:
    case BX_NODE_QUOTE:
    case BX_NODE_DETAILS:
    case BX_NODE_GROUP:
    case BX_NODE_DOCUMENT:
        return true;
    default:
        return false;
    }
}

/* What is nested too deep goes into the same stack, holder by holder, in the order read. */
static void build_flat(bx_composer *c, bx_stack *stack, const bx_node *top,
                       const bx_build_env *env) {
    const bx_node *node = top->first;
    while (node && node != top) {
        if (is_holder(node) && node->first) {
            node = node->first;
            continue;
        }
        if (!is_holder(node))
            build_node(c, stack, node, env);
        while (node != top && !node->next)
            node = node->parent;
        if (node != top)
            node = node->next;
    }
}

static void build_node(bx_composer *c, bx_stack *stack, const bx_node *node,
                       const bx_build_env *env) {
    if (env->depth >= BX_DEPTH_MAX && is_holder(node)) {
        build_flat(c, stack, node, env);
        return;
    }
    c->report->now = node->span;
    bx_build_env inner = *env;
    inner.depth++;
    if (node->kind != BX_NODE_GROUP)
        inner.opening = NULL;
    inner.closing = NULL;
    switch (node->kind) {
    case BX_NODE_PARAGRAPH:
        bx_build_inlines(c, stack, node->first, env);
        break;
    case BX_NODE_HEADING:
        build_heading(c, stack, node, env);
        break;
    case BX_NODE_LIST:
        bx_build_list(c, stack, node, env);
        break;
    case BX_NODE_QUOTE:
        bx_build_quote(c, stack, node, env);
        break;
    case BX_NODE_CODE_BLOCK:
        bx_build_code(c, stack, node, env);
        break;
    case BX_NODE_TABLE:
        bx_build_table(c, stack, node, env);
        break;
    case BX_NODE_BREAK:
        build_break(c, stack);
        break;
    case BX_NODE_DETAILS:
        build_details(c, stack, node, &inner);
        break;
    case BX_NODE_DOCUMENT:
    case BX_NODE_GROUP:
    case BX_NODE_ITEM:
        bx_build(c, stack, node->first, &inner);
        break;
    default:
        break; /* notes stand where their mark is */
    }
}

/* A line that the author has set apart at the very end: who wrote this, where to write to. */
static bool closes(const bx_node *before, const bx_node *node, const bx_node *stop) {
    enum { SHORT = 180 }; /* bytes of the source: a line or two */
    return before && before->kind == BX_NODE_BREAK && node->kind == BX_NODE_PARAGRAPH &&
           node->next == stop && node->span.end - node->span.start <= SHORT;
}

/* It does not stand alone on a page: the break and the end of the text before it come along. */
static void build_closing(bx_composer *c, bx_stack *stack, const bx_node *node,
                          const bx_build_env *env) {
    bx_build_env closing = *env;
    closing.role = env->closing;
    for (uint32_t i = stack->children.n, k = 0; i-- > 0 && k < 2; k++)
        stack->children.at[i]->keep_next = true;
    build_node(c, stack, node, &closing);
}

static void build_until(bx_composer *c, bx_stack *stack, const bx_node *first, const bx_node *stop,
                        const bx_build_env *env) {
    bx_build_env opening = *env, rest = *env;
    if (env->opening)
        opening.role = env->opening;
    opening.opening = rest.opening = NULL;
    const bx_node *before = NULL;
    for (const bx_node *node = first; node && node != stop; before = node, node = node->next) {
        bx_mark mark = bx_arena_mark(c->draft);
        const bx_build_env *own = node != first                     ? &rest
                                  : node->kind == BX_NODE_PARAGRAPH ? &opening
                                                                    : env;
        const bx_callout_style *callout = bx_callout_of_node(c, node, env);
        if (callout && env->depth < BX_DEPTH_MAX)
            node = bx_build_callout(c, stack, node, callout, env);
        else if (env->closing && closes(before, node, stop))
            build_closing(c, stack, node, env);
        else
            build_node(c, stack, node, own);
        if (env->top)
            bx_arena_rewind(c->draft, mark);
    }
}

void bx_build(bx_composer *c, bx_stack *stack, const bx_node *first, const bx_build_env *env) {
    build_until(c, stack, first, NULL, env);
}

void bx_build_between(bx_composer *c, bx_stack *stack, const bx_node *first,
                      const bx_build_env *env) {
    const bx_node *stop = NULL;
    for (const bx_node *node = first; node; node = node->next) {
        if (node->kind != BX_NODE_BREAK)
            stop = NULL;
        else if (!stop)
            stop = node;
    }
    build_until(c, stack, first, stop, env);
}

void bx_build_body(bx_composer *c, bx_stack *stack, const bx_node *first, const bx_build_env *env) {
    if (first && !first->next && first->kind == BX_NODE_PARAGRAPH)
        build_inlines(c, stack, first->first, env, env->tag);
    else
        bx_build(c, stack, first, env);
}
