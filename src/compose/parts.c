/* Parts: what a layout makes title pages, heads and cards of. */
#include "compose/build.h"
#include "compose/chip.h"
#include "compose/composer.h"
#include "compose/picture.h"
#include "compose/stream.h"

#include "draw/qr.h"

typedef struct part_env {
    uint32_t tag;
    const bx_values *values;
    bool in_row;
} part_env;

static void add_part(bx_composer *c, bx_stack *stack, const bx_part *part, const part_env *env);

static bool is_wanted(bx_composer *c, const bx_part *part, const part_env *env) {
    return !part->when.n || bx_has_field(c, part->when, env->values) != part->unless;
}

static const bx_role *role_of(const bx_composer *c, const bx_part *part) {
    return part->role ? part->role : c->style->body;
}

static bx_values values_of(const bx_part *part, const part_env *env) {
    bx_values v = *env->values;
    if (part->separator.n)
        v.separator = part->separator;
    return v;
}

/* The first field of the title page that names the issue is its title. */
static uint32_t tag_of_text(bx_composer *c, const bx_part *part, uint32_t parent) {
    if (!c->titled && parent == c->cover_tag) {
        for (uint32_t i = 0; i < part->text.n; i++) {
            bx_str field = part->text.pieces[i].field;
            if (bx_str_starts(field, BX_STR("title")) || bx_str_is(field, "series")) {
                c->titled = true;
                return bx_tags_add(c->tags, parent, BX_TAG_TITLE);
            }
        }
    }
    return bx_tags_add(c->tags, parent, BX_TAG_P);
}

/* A field that is inlines in the issue keeps its marks; all other text is what the template says.
 */
static const bx_field *field_of(bx_composer *c, bx_str name, const bx_values *v) {
    const bx_issue *i = c->issue;
    const struct {
        const char *name;
        const bx_field *field;
    } known[] = {
        {"title", &i->title},
        {"title.undated", &i->title},
        {"subtitle", &i->subtitle},
        {"series", &i->series},
        {"publisher", &i->publisher},
        {"description", &i->description},
        {"section.title", v->head ? &v->head->title : NULL},
    };
    for (size_t k = 0; k < sizeof known / sizeof *known; k++) {
        if (bx_str_is(name, known[k].name))
            return known[k].field;
    }
    return NULL;
}

/* A field with its marks. The date that is not shown in a title is copied with it. */
static void add_field(bx_stream *s, const bx_field *field, bx_str name) {
    uint32_t start = s->text.n;
    bx_stream_field(s, field);
    if (!bx_str_is(name, "title.undated"))
        return;
    uint32_t shown = bx_issue_undated(s->c->draft, s->c->issue);
    if (start + shown >= s->text.n)
        return;
    bx_stream date = bx_stream_split(s, start + shown);
    bx_stream_silent(s, bx_buf_view(&date.text));
}

static bx_para *para_of_template(bx_composer *c, const bx_part *part, const bx_role *role,
                                 uint32_t tag, const bx_values *v, const bx_expansion *e) {
    bx_stream s = bx_stream_new(c, role, tag);
    s.attr.source = part->span;
    for (uint32_t i = 0; i < e->n; i++) {
        const bx_expanded *piece = &e->at[i];
        const bx_field *field = piece->piece->field.n ? field_of(c, piece->piece->field, v) : NULL;
        bx_text_span attr = s.attr;
        if (field && field->inlines)
            add_field(&s, field, piece->piece->field);
        else
            bx_stream_add(&s, bx_str_sub(e->text, piece->start, piece->end));
        s.attr = attr;
    }
    bx_para *para = bx_stream_para(&s);
    if (part->align != BX_ALIGN_JUSTIFY)
        para->input.set.align = part->align;
    return para;
}

/* Text with {pages} in it: made when it is set, again only when it has changed. */
typedef struct late_text {
    bx_block base;
    const bx_part *part;
    bx_values values;
    uint32_t tag;
    bx_str text;
    bx_para *para;
} late_text;

static bx_fragment set_late(bx_composer *c, bx_block *block, bx_space space,
                            const bx_token *token) {
    late_text *self = (late_text *)block;
    if (c->not_yet) /* it makes tags and links */
        longjmp(*c->not_yet, 1);
    c->facts_used = true;
    bx_expansion e = bx_expand(c, c->arena, &self->part->text, &self->values);
    if (!self->para || !bx_str_eq(self->text, e.text)) {
        self->para =
            para_of_template(c, self->part, role_of(c, self->part), self->tag, &self->values, &e);
        self->text = e.text;
    }
    return bx_set(c, &self->para->base, space, token);
}

static bx_block *late_of(bx_composer *c, const bx_part *part, uint32_t tag, const bx_values *v) {
    static const bx_block_class late_class = {"late", set_late, NULL};
    late_text *self = bx_new(c->blocks, late_text);
    const bx_role *role = role_of(c, part);
    self->base = (bx_block){.class = &late_class, .before = role->before, .after = role->after};
    self->part = part;
    self->values = *v;
    self->tag = tag;
    return &self->base;
}

/* Text that is set smaller where that brings it onto one line, and only there. */
typedef struct either_text {
    bx_block base;
    bx_para *large, *small;
} either_text;

static bx_fragment set_either(bx_composer *c, bx_block *block, bx_space space,
                              const bx_token *token) {
    either_text *self = (either_text *)block;
    bool small = bx_para_extent(c, &self->large->base).natural > space.width &&
                 bx_para_extent(c, &self->small->base).natural <= space.width;
    return bx_set(c, small ? &self->small->base : &self->large->base, space, token);
}

static bx_block *either(bx_composer *c, bx_para *large, bx_para *small) {
    static const bx_block_class either_class = {"either", set_either, NULL};
    either_text *self = bx_new(c->blocks, either_text);
    self->base = large->base;
    self->base.class = &either_class;
    self->large = large;
    self->small = small;
    return &self->base;
}

static const bx_role *smaller(bx_composer *c, const bx_role *role) {
    bx_role *small = bx_new(c->arena, bx_role);
    *small = *role;
    small->size = role->one_line;
    small->pitch = bx_muldiv(role->pitch, role->one_line, role->size);
    return small;
}

static void add_text(bx_composer *c, bx_stack *stack, const bx_part *part, const part_env *env) {
    bx_values v = values_of(part, env);
    if (bx_template_is_late(&part->text)) {
        uint32_t tag = tag_of_text(c, part, env->tag);
        bx_stack_add(c, stack, late_of(c, part, tag, &v));
        return;
    }
    bx_expansion e = bx_expand(c, c->arena, &part->text, &v);
    if (e.absent || !bx_str_trim(e.text).n)
        return;
    uint32_t tag = tag_of_text(c, part, env->tag);
    const bx_role *role = role_of(c, part);
    bx_para *para = para_of_template(c, part, role, tag, &v, &e);
    bx_para *small = para;
    if (role->one_line)
        small = para_of_template(c, part, smaller(c, role), tag, &v, &e);
    bx_stack_add(c, stack, small == para ? &para->base : either(c, para, small));
}

static void add_row(bx_composer *c, bx_stack *stack, const bx_part *part, const part_env *env) {
    bx_row *row = bx_row_new(c, part->gap);
    part_env inner = *env;
    inner.in_row = true;
    bool any = false;
    for (uint32_t i = 0; i < part->n; i++) {
        const bx_part *child = &part->children[i];
        bx_stack *cell = bx_stack_new(c);
        add_part(c, cell, child, &inner);
        any |= cell->children.n > 0;
        bx_row_add(c, row,
                   (bx_row_cell){.block = &cell->base,
                                 .width = child->width,
                                 .share = child->share,
                                 .vertical = child->vertical});
    }
    row->base.keep_together = true;
    row->base.span = part->span;
    if (any)
        bx_stack_add(c, stack, &row->base);
}

static void add_children(bx_composer *c, bx_stack *stack, const bx_part *part,
                         const part_env *env) {
    for (uint32_t i = 0; i < part->n; i++)
        add_part(c, stack, &part->children[i], env);
}

static void add_box(bx_composer *c, bx_stack *stack, const bx_part *part, const part_env *env) {
    bx_stack *body = bx_stack_new(c);
    add_children(c, body, part, env);
    if (!body->children.n)
        return;
    bx_block *block = bx_framed_new(c, &part->box, &body->base);
    block->keep_together |= part->keep_together;
    bx_stack_add(c, stack, block);
}

static void add_group(bx_composer *c, bx_stack *stack, const bx_part *part, const part_env *env) {
    if (!part->keep_together) {
        add_children(c, stack, part, env);
        return;
    }
    bx_stack *body = bx_stack_new(c);
    add_children(c, body, part, env);
    body->base.keep_together = true;
    if (body->children.n)
        bx_stack_add(c, stack, &body->base);
}

static void add_blocks(bx_composer *c, bx_stack *stack, const bx_node *document,
                       const bx_part *part, const part_env *env) {
    if (!document)
        return;
    bx_build_env build = {.role = role_of(c, part),
                          .width = c->style->page.measure,
                          .tag = env->tag,
                          .depth = 1,
                          .own_role = true,
                          .marker = part->marker.n ? &part->marker : NULL,
                          .marker_role = part->marker_role,
                          .list_columns = part->columns,
                          .gutter = part->gutter};
    const bx_node *first = document->first;
    if (first && !first->next && first->kind == BX_NODE_QUOTE)
        first = first->first; /* the slot has a form of its own for what authors set apart so */
    bx_build(c, stack, first, &build);
}

static void add_slot(bx_composer *c, bx_stack *stack, const bx_part *part, const part_env *env) {
    const bx_issue *issue = c->issue;
    bx_str name = part->field;
    if (bx_str_is(name, "abstract")) {
        add_blocks(c, stack, issue->abstract, part, env);
    } else if (bx_str_is(name, "lead")) {
        c->slots |= BX_SLOT_LEAD;
        add_blocks(c, stack, issue->lead, part, env);
    } else if (bx_str_is(name, "toc")) {
        bx_build_toc(c, stack, env->tag);
    } else if (bx_str_is(name, "sections")) {
        c->slots |= BX_SLOT_SECTIONS;
        bx_build_sections(c, stack, env->tag);
    } else if (bx_str_is(name, "references")) {
        bx_build_references(c, stack, env->tag);
    } else if (bx_str_is(name, "contact")) {
        bx_build_contact(c, stack, env->tag);
    } else if (bx_str_is(name, "meta")) {
        if (bx_section_meta(env->values->head))
            c->meta_of = env->values->head;
        bx_build_meta(c, stack, env->values->head, role_of(c, part), &part->box, env->tag);
    }
}

static void add_image(bx_composer *c, bx_stack *stack, const bx_part *part, const part_env *env) {
    const bx_issue *issue = c->issue;
    bool logo = bx_str_is(part->field, "logo");
    bx_str path = part->path.n ? part->path : logo ? issue->logo : issue->cover;
    bx_span span = part->path.n ? part->span : logo ? issue->logo_span : issue->cover_span;
    if (!path.n)
        return;
    const bx_image *image = bx_picture_load(c, path, span);
    if (!image)
        return;
    uint32_t tag = bx_tags_add(c->tags, env->tag, BX_TAG_FIGURE);
    bx_str alt = issue->publisher.plain.n && logo ? issue->publisher.plain : issue->title.plain;
    bx_tags_at(c->tags, tag)->alt = alt.n ? alt : issue->series.plain;
    bx_len w = part->width && !env->in_row ? part->width : c->style->page.measure;
    const bx_frame *frame = bx_picture_frame(c, image, w, part->height, tag);
    bx_stack_add(c, stack, bx_drawing_new(c, frame, part->align));
}

static void add_qr(bx_composer *c, bx_stack *stack, const bx_part *part, const part_env *env) {
    bx_values v = values_of(part, env);
    bx_str data = bx_filled(c, &part->text, &v);
    bx_len side = part->width ? part->width : part->height ? part->height : 70 * BX_PT;
    const bx_frame *frame = data.n ? bx_qr_frame(c, data, side, part->span, env->tag) : NULL;
    if (frame)
        bx_stack_add(c, stack, bx_drawing_new(c, frame, part->align));
}

static void add_tags(bx_composer *c, bx_stack *stack, const bx_part *part, const part_env *env) {
    const bx_fields *fields = bx_str_is(part->field, "authors")    ? &c->issue->authors
                              : bx_str_is(part->field, "partners") ? &c->issue->partners
                                                                   : &c->issue->keywords;
    if (!fields->n)
        return;
    const bx_role *role = role_of(c, part);
    bx_stream s = bx_stream_new(c, role, bx_tags_add(c->tags, env->tag, BX_TAG_P));
    for (uint32_t i = 0; i < fields->n; i++) {
        if (i)
            bx_stream_add(&s, BX_STR(" "));
        bx_stream_chip(&s, role, &part->box, fields->at[i].plain, (bx_str){0}, (bx_str){0});
    }
    bx_para *para = bx_stream_para(&s);
    para->input.set.align = part->align == BX_ALIGN_JUSTIFY ? BX_ALIGN_START : part->align;
    bx_stack_add(c, stack, &para->base);
}

static void add_space(bx_composer *c, bx_stack *stack, const bx_part *part, const part_env *env) {
    bx_block *blank = bx_blank_new(c, part->height, env->values->in_head);
    blank->stretch = part->stretch;
    bx_stack_add(c, stack, blank);
}

static void add_content(bx_composer *c, bx_stack *stack, const bx_part *part, const part_env *env) {
    switch (part->kind) {
    case BX_PART_TEXT:
        add_text(c, stack, part, env);
        break;
    case BX_PART_RULE:
        bx_stack_add(c, stack,
                     bx_rule_new(c, part->rule, env->in_row ? 0 : part->width, part->align));
        break;
    case BX_PART_SPACE:
        add_space(c, stack, part, env);
        break;
    case BX_PART_ROW:
        add_row(c, stack, part, env);
        break;
    case BX_PART_BOX:
        add_box(c, stack, part, env);
        break;
    case BX_PART_GROUP:
        add_group(c, stack, part, env);
        break;
    case BX_PART_SLOT:
        add_slot(c, stack, part, env);
        break;
    case BX_PART_IMAGE:
        add_image(c, stack, part, env);
        break;
    case BX_PART_QR:
        add_qr(c, stack, part, env);
        break;
    case BX_PART_BREAK:
        bx_stack_add(c, stack, bx_page_break_new(c));
        break;
    case BX_PART_TAGS:
        add_tags(c, stack, part, env);
        break;
    }
}

/* Drawn away from where it would stand, taking no room. */
static void add_overlay(bx_composer *c, bx_stack *stack, const bx_part *part, const part_env *env) {
    bx_stack *body = bx_stack_new(c);
    add_content(c, body, part, env);
    if (body->children.n)
        bx_stack_add(c, stack, bx_overlay_new(c, &body->base, part->dx, part->dy, part->width));
}

static void add_part(bx_composer *c, bx_stack *stack, const bx_part *part, const part_env *env) {
    if (!is_wanted(c, part, env))
        return;
    if (part->overlay)
        add_overlay(c, stack, part, env);
    else
        add_content(c, stack, part, env);
}

void bx_build_parts(bx_composer *c, bx_stack *stack, const bx_parts *parts, uint32_t tag,
                    const bx_values *values) {
    part_env env = {.tag = tag, .values = values};
    for (uint32_t i = 0; i < parts->n; i++)
        add_part(c, stack, &parts->at[i], &env);
}
