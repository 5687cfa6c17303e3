/* Lists: a column for the marker, the text beside it; nested to any depth. */
#include "compose/build.h"
#include "compose/columns.h"
#include "compose/composer.h"
#include "compose/stream.h"
#include "compose/template.h"
#include "issue/label.h"

typedef struct list_form {
    const bx_list_level *level;
    const bx_role *role; /* of the items' paragraphs */
    const bx_role *marker;
    const bx_template *sign; /* what the marker says */
    bool numbered, tight;
    bool pictographs;     /* each item opens with one: that is its marker */
    bx_len column, width; /* of the marker; of the text */
} list_form;

/* A marker is as large as the text that it stands beside. */
static const bx_role *of_size(bx_composer *c, const bx_role *marker, const bx_role *text) {
    if (marker->size == text->size && marker->pitch == text->pitch)
        return marker;
    bx_role *copy = bx_new(c->arena, bx_role);
    *copy = *marker;
    copy->size = text->size;
    copy->pitch = text->pitch;
    return copy;
}

/* The text that an item opens with, when it opens with one pictograph and says more. */
static const bx_node *pictograph_of(const bx_node *item) {
    const bx_node *para = item->first;
    const bx_node *text = para && para->kind == BX_NODE_PARAGRAPH ? para->first : NULL;
    if (!text || text->kind != BX_NODE_TEXT || (item->flags & BX_TASK))
        return NULL;
    uint32_t n, end = bx_pictograph_end(text->text, &n);
    return n == 1 && (end < text->text.n || text->next) ? text : NULL;
}

static bool opens_with_pictographs(const bx_node *list) {
    for (const bx_node *item = list->first; item; item = item->next) {
        if (!pictograph_of(item))
            return false;
    }
    return list->first != NULL;
}

static list_form form_of(bx_composer *c, const bx_node *list, const bx_build_env *env) {
    const bx_list_style *style = &c->style->list;
    list_form f = {.numbered = list->number != BX_BULLETS, .tight = list->flags & BX_LIST_TIGHT};
    uint32_t depth = f.numbered ? env->numbered : env->bullets;
    depth = depth < BX_LEVELS ? depth : BX_LEVELS - 1;
    f.level = f.numbered ? &style->numbered[depth] : &style->bullets[depth];
    f.sign = &f.level->marker;
    f.role = env->role;
    const bx_role *item = env->section ? env->section->item : NULL;
    if (!env->own_role && (item || style->role))
        f.role = item ? item : style->role;
    const bx_role *marker = f.level->marker_role ? f.level->marker_role : f.role;
    f.column =
        f.level->column ? bx_muldiv(f.level->column, f.role->size, marker->size) : 2 * f.role->size;
    if (!f.numbered && depth == 0 && env->marker) {
        f.sign = env->marker;
        marker = env->marker_role ? env->marker_role : marker;
    }
    f.marker = of_size(c, marker, f.role);
    f.pictographs = !f.numbered && opens_with_pictographs(list);
    return f;
}

/* A box, ticked when done, on the square of a Han character. */
static const bx_frame *task_box(bx_composer *c, bx_len size, bx_color color, bool done,
                                uint32_t tag) {
    bx_frame *frame = bx_frame_new(c->arena, size, size);
    bx_len side = size * 72 / 100, in = (size - side) / 2, weight = size / 18;
    bx_item box = bx_rect(in, in, side, side, (bx_color){0});
    box.tag = tag;
    box.rect.stroke = color;
    box.rect.weight = weight;
    box.rect.radius = side / 10;
    bx_frame_add(c->arena, frame, box);
    if (done) {
        bx_path *tick = bx_new(c->arena, bx_path);
        bx_path_op *ops = bx_new_n(c->arena, bx_path_op, 3);
        ops[0] = (bx_path_op){BX_MOVE, {in + side * 20 / 100}, {in + side * 52 / 100}};
        ops[1] = (bx_path_op){BX_LINE, {in + side * 42 / 100}, {in + side * 74 / 100}};
        ops[2] = (bx_path_op){BX_LINE, {in + side * 80 / 100}, {in + side * 26 / 100}};
        *tick = (bx_path){.ops = ops, .n = 3, .stroke = color, .weight = weight * 2};
        bx_frame_add(c->arena, frame, (bx_item){.kind = BX_ITEM_PATH, .tag = tag, .path = tick});
    }
    return frame;
}

static bx_para *marker_of(bx_composer *c, const list_form *f, const bx_node *item, uint32_t n,
                          uint32_t tag) {
    bx_stream s = bx_stream_new(c, f->marker, tag);
    s.attr.source = item->span;
    if (item->flags & BX_TASK) {
        bool done = item->flags & BX_TASK_DONE;
        bx_len size = f->marker->size;
        bx_tag *t = bx_tags_at(c->tags, tag);
        t->actual = done ? BX_STR("☑") : BX_STR("☐");
        bx_stream_object(&s, size, size * 88 / 100, size * 12 / 100,
                         task_box(c, size, f->marker->color, done, tag));
    } else if (f->pictographs) {
        const bx_node *opening = pictograph_of(item);
        uint32_t count;
        uint32_t end = bx_pictograph_end(opening->text, &count);
        bx_stream_add(&s, bx_str_trim(bx_str_sub(opening->text, 0, end)));
    } else {
        bx_str text = bx_filled(c, f->sign, &(bx_values){.n = n});
        if (!text.n)
            text = f->numbered ? bx_str_fmt(c->arena, "%u.", n) : BX_STR("•");
        bx_stream_add(&s, text);
    }
    return bx_stream_para(&s);
}

static uint32_t count(const bx_node *list) {
    uint32_t n = 0;
    for (const bx_node *item = list->first; item; item = item->next)
        n++;
    return n;
}

/* The column is wide enough for the list's last number, in half ems. */
static void widen_column(bx_composer *c, list_form *f, const bx_node *list, uint32_t last) {
    if (!f->numbered || !list->first)
        return;
    bx_para *probe = marker_of(c, f, list->last, last, BX_ARTIFACT);
    bx_len half = f->role->size / 2;
    bx_len need = probe->base.class->extent(c, &probe->base).natural + half;
    if (need > f->column)
        f->column = bx_snap(need, half);
}

/* Whether an item has no more than one line, as far as that can be told before it is set. */
static bool is_line(const list_form *f, const bx_stack *body) {
    enum { BYTES_A_HAN = 3, MARGIN = 4 };
    if (body->children.n != 1 || body->children.at[0]->class != &bx_para_class)
        return false;
    const bx_para *para = (const bx_para *)body->children.at[0];
    return (bx_len)(para->input.text.n / BYTES_A_HAN + MARGIN) * f->role->size < f->width;
}

/* An item's blocks without the pictograph that has become its marker. */
static const bx_node *without_pictograph(bx_composer *c, const bx_node *item) {
    const bx_node *opening = pictograph_of(item);
    bx_node *para = bx_new(c->arena, bx_node), *text = bx_new(c->arena, bx_node);
    uint32_t count, end = bx_pictograph_end(opening->text, &count);
    *para = *item->first;
    *text = *opening;
    text->text = bx_str_sub(opening->text, end, opening->text.n);
    para->first = text->text.n ? text : opening->next;
    return para;
}

/* A figure that closes an item is one of the list's blocks, so that it may float: what is left of
 * the item and those after it need not wait for room for it. Elsewhere in an item it stays. NULL:
 * there is none. */
static bx_block *take_figure(bx_composer *c, bx_stack *body, bx_len column) {
    uint32_t n = body->children.n;
    for (uint32_t i = 0; i + 1 < n; i++)
        body->children.at[i]->floats = false;
    bx_block *figure = n > 1 ? body->children.at[n - 1] : NULL;
    if (!figure || !figure->floats)
        return NULL;
    body->children.n--;
    bx_box *margin = bx_new(c->arena, bx_box);
    *margin = (bx_box){.inset_left = column,
                       .before = figure->before,
                       .after = figure->after,
                       .keep_together = true};
    bx_block *block = bx_framed_new(c, margin, figure);
    block->floats = true;
    return block;
}

static bool build_item(bx_composer *c, bx_stack *list, const bx_node *item, const list_form *f,
                       uint32_t n, const bx_build_env *env) {
    bx_build_env inner = *env;
    uint32_t li = bx_tags_add(c->tags, env->tag, BX_TAG_LI);
    bx_para *marker = marker_of(c, f, item, n, bx_tags_add(c->tags, li, BX_TAG_LBL));
    inner.tag = bx_tags_add(c->tags, li, BX_TAG_LBODY);
    bx_stack *body = bx_stack_new(c);
    bx_build_body(c, body, f->pictographs ? without_pictograph(c, item) : item->first, &inner);
    bx_block *figure = take_figure(c, body, f->column);
    body->base.keep_whole = true;
    bx_block *block = bx_labelled_new(c, marker, f->column, 0, f->level->marker_align, &body->base);
    bx_block *last = body->children.n ? body->children.at[body->children.n - 1] : block;
    block->before = f->tight ? 0 : c->style->list.between;
    block->after = bx_len_max(block->before, last->after); /* a picture's white, a box's */
    block->grid = f->role->grid && f->tight;
    block->span = item->span;
    bx_stack_add(c, list, block);
    if (figure)
        bx_stack_add(c, list, figure);
    return is_line(f, body);
}

/* No page begins or ends with a lone line of a list. */
static void keep_ends(bx_stack *list, bool first_is_line, bool last_is_line) {
    uint32_t n = list->children.n;
    if (n > 1 && first_is_line)
        list->children.at[0]->keep_next = true;
    if (n > 1 && last_is_line)
        list->children.at[n - 2]->keep_next = true;
    if (n)
        list->children.at[n - 1]->keep_next = false;
}

/* The frame of lists in running text: the section's, or the layout's. */
static const bx_box *box_of(const bx_composer *c, const bx_build_env *env) {
    if (env->own_role)
        return NULL;
    const bx_box *box = env->section ? &env->section->list_box : &c->style->list.box;
    if (!bx_box_is_drawn(box))
        box = &c->style->list.box;
    return bx_box_is_drawn(box) ? box : NULL;
}

/* A list that is in no other has white round it, and a frame where the layout draws one. */
static bx_block *boxed(bx_composer *c, bx_stack *list, const bx_build_env *env) {
    const bx_list_style *style = &c->style->list;
    bx_block *block = &list->base;
    enum { LONG = 3 }; /* items for each column */
    if (env->list_columns > 1 && list->children.n >= LONG * env->list_columns)
        block = bx_columns_new(c, block, env->list_columns, env->gutter);
    const bx_box *box = box_of(c, env);
    if (box) {
        enum { SHORT_BOX = 8 }; /* lines: not worth breaking, a hole of a long one is worse */
        block = bx_framed_new(c, box, block);
        block->keep_together = true;
        block->keep_up_to = SHORT_BOX * c->style->page.pitch;
    }
    block->span = list->base.span;
    block->before = bx_len_max(style->before, block->before);
    block->after = bx_len_max(style->after, block->after);
    return block;
}

/* A role's margins are those of the list as a whole, not of each item in it again. */
static const bx_role *without_margins(bx_composer *c, const bx_role *role) {
    if (!role->start && !role->end && !role->set.indent)
        return role;
    bx_role *copy = bx_new(c->arena, bx_role);
    *copy = *role;
    copy->start = copy->end = copy->set.indent = 0;
    return copy;
}

static bx_block *in_margins(bx_composer *c, const bx_box *margins, bx_block *list) {
    bx_box *box = bx_new(c->arena, bx_box);
    *box = *margins;
    box->before = list->before;
    box->after = list->after;
    box->grid = list->grid;
    return bx_framed_new(c, box, list);
}

void bx_build_list(bx_composer *c, bx_stack *stack, const bx_node *node, const bx_build_env *env) {
    list_form f = form_of(c, node, env);
    bx_box margins = {.inset_left = f.role->start, .inset_right = f.role->end};
    f.role = without_margins(c, f.role);
    uint32_t n = node->number > 0 ? (uint32_t)node->number : node->number == 0 ? 0 : 1;
    widen_column(c, &f, node, n + count(node) - 1);
    bx_build_env inner = *env;
    inner.role = f.role;
    inner.own_role = true;
    inner.depth++;
    inner.top = false;
    inner.floats = env->top;
    inner.numbered += f.numbered;
    inner.bullets += !f.numbered;
    inner.tag = bx_tags_add(c->tags, env->tag, BX_TAG_L);
    bx_tags_at(c->tags, inner.tag)->list = f.numbered ? "Decimal" : "Disc";
    bx_stack *list = bx_stack_new(c);
    list->base.grid = f.role->grid;
    bool first = false, last = false; /* whether they are single lines */
    f.width = env->width - f.column;
    inner.width = f.width;
    for (const bx_node *item = node->first; item; item = item->next) {
        last = build_item(c, list, item, &f, n++, &inner);
        first = item == node->first ? last : first;
    }
    keep_ends(list, first, last);
    bool outer = !env->bullets && !env->numbered;
    bx_block *block = outer ? boxed(c, list, env) : &list->base;
    if (margins.inset_left || margins.inset_right)
        block = in_margins(c, &margins, block);
    bx_stack_add(c, stack, block);
}
