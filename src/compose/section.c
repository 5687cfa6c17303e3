/* Sections: a head with its number, what the layout puts round it, then the content. */
#include "compose/build.h"
#include "compose/chip.h"
#include "compose/columns.h"
#include "compose/composer.h"
#include "compose/stream.h"
#include "compose/template.h"
#include "issue/label.h"
#include "issue/shapes.h"

static uint8_t level_of(const bx_section *section) {
    return section->level < 1 ? 1 : section->level < BX_LEVELS ? section->level : BX_LEVELS;
}

static bx_para *head_of(bx_stream *s, bool last) {
    bx_para *para = bx_stream_para(s);
    para->base.keep_next = true;
    if (!last)
        para->base.after = 0;
    return para;
}

/* Where the second half of a title begins that the layout divides; 0: it does not. */
static uint32_t title_half(const bx_section_style *style, bx_str title) {
    return style->split_bilingual && style->kicker ? bx_title_halves(title) : 0;
}

bx_str bx_section_main_title(const bx_composer *c, const bx_section *section) {
    bx_str title = section->title.plain;
    uint32_t half = title_half(bx_section_style_of(c, section), title);
    return bx_str_sub(title, half ? half : bx_section_own_number(c, section), title.n);
}

/* "English | 中文": the English part stands above as a kicker. */
static bool split_kicker(bx_composer *c, bx_stack *stack, bx_stream *s,
                         const bx_section_style *style) {
    uint32_t half = title_half(style, bx_buf_view(&s->text));
    if (!half)
        return false;
    uint32_t bar = half - BX_TITLE_BAR;
    bx_stream title = bx_stream_split(s, half);
    bx_stream kicker = *s;
    kicker.text.n = bar;
    while (kicker.spans.n && kicker.spans.at[kicker.spans.n - 1].start >= bar)
        kicker.spans.n--;
    kicker.spans.at[kicker.spans.n - 1].end = bar;
    kicker.role = style->kicker;
    for (uint32_t i = 0; i < kicker.spans.n; i++) {
        bx_text_span *span = &kicker.spans.at[i];
        span->font = style->kicker->font;
        span->size = style->kicker->size;
        span->color = style->kicker->color;
        span->tracking = style->kicker->tracking;
        span->flags |= style->kicker->capitals ? BX_SPAN_CAPITALS : 0;
    }
    kicker.attr = kicker.spans.at[kicker.spans.n - 1];
    bx_stream_silent(&kicker, BX_STR(" |"));
    bx_stack_add(c, stack, &head_of(&kicker, false)->base);
    *s = title;
    return true;
}

/* The title, without the number that it brings where the layout sets that by itself. */
static void add_words(bx_composer *c, bx_stream *s, const bx_section *section) {
    bx_stream_field(s, &section->title);
    for (uint32_t i = 0; i < s->spans.n; i++) { /* a head is seen as it is, link or not */
        if (s->spans.at[i].link)
            s->spans.at[i].color = s->role->color;
    }
    uint32_t own = bx_section_own_number(c, section);
    if (own && own < s->text.n)
        *s = bx_stream_split(s, own);
}

/* The number in a column of its own, the title beside it. */
static bx_block *beside_number(bx_composer *c, const bx_section *section,
                               const bx_section_style *style, const bx_role *role, uint32_t tag,
                               bx_str number) {
    const bx_role *number_role = style->number_role ? style->number_role : role;
    bx_stream label = bx_stream_new(c, number_role, tag);
    bx_stream_anchor(&label, section->id);
    if (style->number_box.fill.set || style->number_box.top.weight) {
        bx_stream_chip(&label, number_role, &style->number_box, number, (bx_str){0},
                       bx_section_number_mark(c, section));
    } else {
        bx_stream_mark(&label, BX_MARK_NUMBER);
        bx_stream_add(&label, number);
        bx_stream_silent(&label, bx_section_number_mark(c, section));
    }
    bx_para *mark = bx_stream_para(&label);
    bx_stream s = bx_stream_new(c, role, tag);
    add_words(c, &s, section);
    bx_stack *words = bx_stack_new(c);
    split_kicker(c, words, &s, style);
    bx_para *title = head_of(&s, true);
    words->base = title->base;
    words->base.class = &bx_stack_class;
    words->measured = words->children.n; /* the number stands on the title's baseline */
    title->base.grid = false;
    title->base.before = 0;
    bx_stack_add(c, words, &title->base);
    bx_block *block = bx_labelled_new(c, mark, style->number_column, style->number_outside,
                                      BX_ALIGN_START, &words->base);
    bx_labelled_widen(block, style->number_gap);
    return block;
}

static void add_title(bx_composer *c, bx_stack *stack, const bx_section *section,
                      const bx_section_style *style, const bx_role *role, uint32_t tag) {
    bx_str number = bx_section_number(c, section);
    bx_block *block;
    if (number.n && (style->number_hangs || style->number_column)) {
        block = beside_number(c, section, style, role, tag, number);
    } else {
        bx_stream s = bx_stream_new(c, role, tag);
        bx_stream_anchor(&s, section->id);
        if (number.n) {
            bx_text_span attr = s.attr;
            bx_stream_mark(&s, BX_MARK_NUMBER);
            bx_stream_add(&s, number);
            bx_stream_silent(&s, bx_section_number_mark(c, section));
            s.attr = attr;
            bx_stream_gap(&s, style->number_gap);
        }
        bx_stream title = bx_stream_new(c, role, tag);
        add_words(c, &title, section);
        bx_stream_append(&s, &title);
        split_kicker(c, stack, &s, style);
        block = &head_of(&s, true)->base;
    }
    bx_stack_add(c, stack, block);
}

/* All that belongs to a head is one block: what brings it onto the grid stands above it. */
static bx_block *as_one(bx_stack *head, const bx_role *role, uint8_t level, bx_len least_below) {
    for (uint32_t i = 0; i < head->children.n; i++) {
        head->children.at[i]->before = 0;
        head->children.at[i]->stretch = head->children.at[i]->shrink = 0;
        head->children.at[i]->grid = false;
    }
    bx_block *block = &head->base;
    block->before = role->before;
    block->stretch = role->stretch;
    block->shrink = role->shrink;
    block->after = head->children.at[head->children.n - 1]->after;
    block->keep_next = block->keep_together = true;
    block->grid = role->grid;
    block->level = level;
    block->least_left = least_below;
    return block;
}

static void add_outline(bx_composer *c, const bx_section *section) {
    bool own = bx_section_own_number(c, section) > 0; /* it stands in the title */
    bx_str number = own ? (bx_str){0} : bx_section_number(c, section);
    bx_str title = section->title.plain;
    bx_outline entry = {.level = section->level, .dest = section->id, .open = section->level == 1};
    entry.title =
        number.n ? bx_str_fmt(c->arena, "%.*s %.*s", BX_STR_ARG(number), BX_STR_ARG(title)) : title;
    bx_push(c->arena, &c->pages->outline, entry);
    if (section->level == 1)
        bx_push(c->arena, &c->heads, (bx_head){section->id, bx_section_main_title(c, section)});
}

static void build_head(bx_composer *c, bx_stack *stack, const bx_section *section, uint32_t tag) {
    const bx_section_style *style = bx_section_style_of(c, section);
    const bx_role *role = style->role ? style->role : c->style->body;
    bool entries = section == c->issue->references_at;
    if (style->new_page || (entries && c->style->references.new_page))
        bx_stack_add(c, stack, bx_page_break_new(c));
    bx_stack *whole = bx_stack_new(c);
    bx_values values = bx_section_values(c, section);
    values.in_head = true;
    bx_build_parts(c, whole, &style->above, tag, &values);
    uint32_t head = bx_tags_add(c->tags, tag, (bx_tag_kind)(BX_TAG_H1 + level_of(section) - 1));
    add_title(c, whole, section, style, role, head);
    bx_build_parts(c, whole, &style->below, tag, &values);
    bx_block *block = as_one(whole, role, level_of(section), style->least_below);
    block->span = section->span;
    bx_stack_add(c, stack, block);
    add_outline(c, section);
}

/* Content in so many columns, when they differ from what is round it. */
static bx_stack *open_columns(bx_composer *c, bx_stack *stack, const bx_section *section,
                              uint8_t *columns, bx_len *width) {
    const bx_section_style *style = bx_section_style_of(c, section);
    if (!style->columns || style->columns == *columns || *columns > 1)
        return stack;
    *columns = style->columns;
    *width = (*width - style->gutter * (style->columns - 1)) / style->columns;
    bx_stack *inner = bx_stack_new(c);
    bx_stack_add(c, stack, bx_columns_new(c, &inner->base, style->columns, style->gutter));
    return inner;
}

/* Source, time and the like, a line each, stand with the text that they are of. What comes next. */
static const bx_node *build_values(bx_composer *c, bx_stack *stack, const bx_node *first,
                                   const bx_build_env *env) {
    bx_build_env line = *env;
    line.role = env->section->values;
    while (line.role && first && bx_is_value_line(c->draft, first)) {
        bx_build_inlines(c, stack, first->first, &line);
        stack->children.at[stack->children.n - 1]->keep_next = true;
        first = first->next;
    }
    return first;
}

static void build_one(bx_composer *c, bx_stack *stack, const bx_section *section, uint32_t tag,
                      uint8_t columns, bx_len width) {
    bx_mark mark = bx_arena_mark(c->draft);
    uint32_t sect = bx_tags_add(c->tags, tag, BX_TAG_SECT);
    build_head(c, stack, section, sect);
    bx_arena_rewind(c->draft, mark);
    if (section == c->issue->references_at)
        bx_build_entries(c, stack, sect);
    bx_stack *inner = open_columns(c, stack, section, &columns, &width);
    if (section->body) {
        const bx_section_style *style = bx_section_style_of(c, section);
        bool shown = c->meta_of == section; /* the layout has put it elsewhere */
        bx_build_env env = {.role = style->body ? style->body : c->style->body,
                            .section = style,
                            .opening = shown ? NULL : style->opening,
                            .closing = bx_section_after(section) ? NULL : c->style->rule.closing,
                            .width = width,
                            .tag = sect,
                            .top = true};
        const bx_node *first = section->body->first;
        first = build_values(c, inner, shown ? first->next : first, &env);
        bx_build_between(c, inner, first, &env);
    }
    for (const bx_section *s = section->first; s; s = s->next)
        build_one(c, inner, s, sect, columns, width);
}

void bx_build_sections(bx_composer *c, bx_stack *stack, uint32_t tag) {
    bx_len width = bx_column_width(c);
    uint8_t columns = c->style->page.columns > 1 ? c->style->page.columns : 1;
    for (const bx_section *s = c->issue->sections; s; s = s->next)
        build_one(c, stack, s, tag, columns, width);
}
