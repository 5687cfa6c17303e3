/* Call-outs: quotations and paragraphs that open with a bold label, set as the layout says for that
 * label. */
#include "compose/build.h"
#include "compose/composer.h"
#include "compose/stream.h"
#include "issue/label.h"

/* A bold run may be emphasis: a label shows that it is one, or is short and one that the layout
 * names. */
static bool shows_label(const bx_label *label, bx_callout_of of, bool named, bx_str text) {
    enum { SHORT = 36 }; /* bytes: twelve Han */
    if (named)
        return label->pictograph || label->colon || label->alone || text.n <= SHORT;
    return of == BX_CALLOUT_QUOTES ? label->pictograph || label->colon
                                   : label->alone && label->colon;
}

static bool is_for(const bx_callout_style *style, bx_callout_of of, const bx_label *label,
                   bx_str text) {
    if ((style->of != of && style->of != BX_CALLOUT_ANY) ||
        !shows_label(label, of, style->n_labels > 0, text))
        return false;
    for (uint32_t i = 0; i < style->n_labels; i++) {
        if (bx_str_find(text, style->labels[i]) >= 0)
            return true;
    }
    return style->n_labels == 0;
}

static const bx_callout_style *find(const bx_callout_style *styles, uint32_t n, bx_callout_of of,
                                    const bx_label *label, bx_str text) {
    for (uint32_t i = 0; i < n; i++) {
        if (is_for(&styles[i], of, label, text))
            return &styles[i];
    }
    return NULL;
}

/* The paragraph that has the label: the node itself, or a quotation's first. */
static const bx_node *opening_of(const bx_node *node) {
    if (node->kind == BX_NODE_QUOTE)
        node = node->first;
    return node && node->kind == BX_NODE_PARAGRAPH ? node : NULL;
}

const bx_callout_style *bx_callout_of_node(bx_composer *c, const bx_node *node,
                                           const bx_build_env *env) {
    const bx_node *para = opening_of(node);
    bool quote = node->kind == BX_NODE_QUOTE;
    if (!para || (!quote && (env->bullets || env->numbered)))
        return NULL;
    bx_label label = bx_label_of(c->draft, para);
    if (!label.strong)
        return NULL;
    label.colon |= (node->flags & BX_ALERT) != 0; /* that it is a label needs no other sign */
    bx_callout_of of = quote ? BX_CALLOUT_QUOTES : BX_CALLOUT_PARAGRAPHS;
    bx_str text = bx_node_plain(c->draft, label.strong);
    const bx_section_style *section = env->section;
    const bx_callout_style *style =
        section ? find(section->callouts, section->n_callouts, of, &label, text) : NULL;
    return style ? style : find(c->style->callouts, c->style->n_callouts, of, &label, text);
}

/* The bytes of the colon that a text begins with; 0: it does not. */
static uint32_t colon_of(bx_str text) {
    static const char *const colons[] = {"：", ":"};
    for (size_t i = 0; i < sizeof colons / sizeof *colons; i++) {
        bx_str colon = bx_str_of(colons[i]);
        if (bx_str_starts(text, colon))
            return colon.n;
    }
    return 0;
}

static bx_str text_of(const bx_node *node) {
    return node && node->kind == BX_NODE_TEXT ? bx_str_trim(node->text) : (bx_str){0};
}

/* The label by itself needs no colon after it, but who copies it gets that. */
static void add_label(bx_composer *c, bx_stack *body, const bx_node *para, const bx_node *after,
                      const bx_callout_style *style, const bx_build_env *env) {
    const bx_role *role = style->label_role ? style->label_role : env->role;
    bx_stream s = bx_stream_new(c, role, bx_tags_add(c->tags, env->tag, BX_TAG_P));
    bx_stream_nodes(&s, para->first, after);
    bx_stream_silent(&s, bx_str_sub(text_of(after), 0, colon_of(text_of(after))));
    bx_para *label = bx_stream_para(&s);
    label->base.keep_next = true;
    bx_stack_add(c, body, &label->base);
}

/* What follows the label in its paragraph. */
static void add_rest(bx_composer *c, bx_stack *body, const bx_node *rest, const bx_build_env *env) {
    while (rest && (rest->kind == BX_NODE_SOFT_BREAK || rest->kind == BX_NODE_LINE_BREAK))
        rest = rest->next;
    if (!rest)
        return;
    uint32_t colon = colon_of(text_of(rest));
    if (colon) {
        bx_node *bare = bx_new(c->arena, bx_node);
        *bare = *rest;
        bare->text = bx_str_sub(text_of(rest), colon, text_of(rest).n);
        rest = bare;
    }
    bx_build_inlines(c, body, rest, env);
}

/* The text of a row's first cell: up to the colon that its item opens with; 0: it has none. */
static uint32_t row_name(bx_str text) {
    enum { LONGEST = 48 }; /* bytes: some sixteen Han */
    int64_t wide = bx_str_find(text, BX_STR("：")), narrow = bx_str_find(text, BX_STR(": "));
    int64_t at = wide < 0 ? narrow : narrow < 0 ? wide : wide < narrow ? wide : narrow;
    if (at <= 0 || at > LONGEST)
        return 0;
    bx_str name = bx_str_sub(text, 0, (uint32_t)at);
    bool sentence = bx_str_find(name, BX_STR("，")) >= 0 || bx_str_find(name, BX_STR("。")) >= 0;
    return sentence ? 0 : (uint32_t)at + (at == wide ? 3u : 1u);
}

static bool is_row(const bx_node *item) {
    const bx_node *para = item->first;
    return para && !para->next && para->kind == BX_NODE_PARAGRAPH && !(item->flags & BX_TASK) &&
           para->first && para->first->kind == BX_NODE_TEXT && row_name(para->first->text) > 0;
}

static bool is_rows(const bx_node *list) {
    if (!list || list->kind != BX_NODE_LIST || list->number != BX_BULLETS)
        return false;
    for (const bx_node *item = list->first; item; item = item->next) {
        if (!is_row(item))
            return false;
    }
    return list->first != NULL;
}

/* A cell with a text and the inlines after it, which stay where they are too. */
static bx_node *cell_of(bx_composer *c, const bx_node *from, bx_str text, const bx_node *more) {
    bx_node *cell = bx_node_new(c->arena, BX_NODE_CELL, from->span);
    bx_node *words = bx_node_new(c->arena, BX_NODE_TEXT, from->span);
    words->text = text;
    bx_node_append(cell, words);
    words->next = (bx_node *)more;
    return cell;
}

/* The list as a table: what stands before each item's colon names the row. */
static const bx_node *table_of(bx_composer *c, const bx_node *list) {
    bx_node *table = bx_node_new(c->arena, BX_NODE_TABLE, list->span);
    for (const bx_node *item = list->first; item; item = item->next) {
        const bx_node *first = item->first->first;
        uint32_t end = row_name(first->text);
        bx_node *row = bx_node_new(c->arena, BX_NODE_ROW, item->span);
        bx_node *name = cell_of(c, first, bx_str_sub(first->text, 0, end), NULL);
        name->flags |= BX_HEAD;
        bx_node_append(row, name);
        bx_str text = bx_str_sub(first->text, end, first->text.n);
        bx_node_append(row, cell_of(c, first, text, first->next));
        bx_node_append(table, row);
    }
    return table;
}

static void build_body(bx_composer *c, bx_stack *body, const bx_node *node,
                       const bx_callout_style *style, const bx_build_env *env) {
    const bx_node *para = opening_of(node);
    if (style->run_in) {
        bx_build_inlines(c, body, para->first, env);
    } else {
        bx_label label = bx_label_of(c->draft, para);
        const bx_node *after = label.strong->next;
        add_label(c, body, para, after, style, env);
        add_rest(c, body, after, env);
    }
    if (node->kind == BX_NODE_QUOTE)
        bx_build(c, body, para->next, env);
}

/* The table under a label: one, or a list that is made one; NULL: neither. */
static const bx_node *table_under(bx_composer *c, const bx_node *label) {
    const bx_node *next = label->next;
    if (next && next->kind == BX_NODE_TABLE)
        return next;
    return is_rows(next) ? table_of(c, next) : NULL;
}

/* A box that does not show lets the white of its content through. */
static bx_block *framed(bx_composer *c, bx_stack *body, const bx_callout_style *style,
                        const bx_node *node) {
    bx_block *block = bx_framed_new(c, &style->box, &body->base);
    bx_block *first = body->children.at[0], *last = body->children.at[body->children.n - 1];
    if (!bx_box_is_drawn(&style->box)) {
        block->before = bx_len_max(block->before, first->before);
        block->after = bx_len_max(block->after, last->after);
        block->stretch = first->stretch;
        block->shrink = first->shrink;
        block->grid |= first == last && first->grid;
    }
    block->keep_whole = true;
    block->keep_next = node->kind != BX_NODE_QUOTE && last->keep_next;
    block->span = node->span;
    return block;
}

/* A label and its table are one, and belong to the text above them. */
static bx_block *with_table(bx_stack *whole) {
    bx_block *block = &whole->base, *first = whole->children.at[0];
    block->before = first->before;
    whole->children.at[whole->children.n - 1]->before = 0;
    block->after = whole->children.at[whole->children.n - 1]->after;
    block->keep_together = block->keep_previous = true;
    block->span = first->span;
    return block;
}

/* Where a call-out goes: in columns, what is said of the one item above makes a whole with it. */
static bx_stack *place_for(bx_composer *c, bx_stack *stack, const bx_build_env *env) {
    bx_block **above = stack->children.n ? &stack->children.at[stack->children.n - 1] : NULL;
    bool columns = env->section && env->section->columns > 1;
    if (!columns || !above || (*above)->class != &bx_stack_class ||
        ((bx_stack *)*above)->children.n != 1)
        return stack;
    bx_stack *both = bx_stack_new(c);
    both->base.before = (*above)->before;
    both->base.keep_whole = true;
    both->base.span = (*above)->span;
    bx_stack_add(c, both, *above);
    *above = &both->base;
    return both;
}

const bx_node *bx_build_callout(bx_composer *c, bx_stack *stack, const bx_node *node,
                                const bx_callout_style *style, const bx_build_env *env) {
    bool quote = node->kind == BX_NODE_QUOTE;
    bx_build_env inner = *env;
    inner.depth++;
    inner.top = inner.floats = false;
    inner.opening = NULL;
    inner.own_role = true;
    inner.in_box |= bx_box_is_drawn(&style->box);
    inner.role = style->role ? style->role : env->role;
    if (quote)
        inner.tag = bx_tags_add(c->tags, env->tag, BX_TAG_ASIDE);
    bx_stack *body = bx_stack_new(c);
    bx_build_parts(c, body, &style->above, inner.tag, &(bx_values){0});
    build_body(c, body, node, style, &inner);
    const bx_node *table = !quote && style->rows ? table_under(c, node) : NULL;
    bx_stack *whole = table ? bx_stack_new(c) : quote ? place_for(c, stack, env) : stack;
    if (body->children.n) {
        bx_block *box = framed(c, body, style, node);
        bx_stack_add(c, whole, box);
        whole->base.after = whole == stack ? whole->base.after : box->after;
    }
    if (!table)
        return node;
    bx_build_table(c, whole, table, env);
    bx_stack_add(c, stack, with_table(whole));
    return node->next;
}
