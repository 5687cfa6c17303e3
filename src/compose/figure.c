/* Pictures in the text: scaled to the measure, captioned, put off to the next page when they must.
 */
#include "compose/build.h"
#include "compose/composer.h"
#include "compose/picture.h"
#include "compose/stream.h"

/* The link that a picture is in, or NULL. */
static const bx_node *link_round(const bx_node *image) {
    const bx_node *link = image->parent;
    return link && link->kind == BX_NODE_LINK && link->url.n ? link : NULL;
}

/* A picture that is not there: a quiet box with its words, which lead to where the picture does or
 * to the picture itself when that is an address. */
static void add_missing(bx_composer *c, bx_stack *figure, const bx_node *image, uint32_t tag,
                        bool in_box) {
    const bx_figure_style *style = &c->style->figure;
    const bx_role *role = style->caption_role ? style->caption_role : c->style->body;
    bx_stream s = bx_stream_new(c, role, tag);
    s.attr.source = image->span;
    const bx_node *link = link_round(image);
    if (!link && bx_picture_is_remote(image))
        link = image;
    if (link) {
        bx_stream_mark(&s, BX_MARK_LINK);
        s.attr.tag = bx_tags_add(c->tags, tag, BX_TAG_LINK);
        s.attr.link = bx_link_of_node(c, link);
    }
    bx_stream_add(&s, bx_picture_words(image));
    bx_para *para = bx_stream_para(&s);
    para->input.set.indent = 0;
    if (in_box) { /* no box in a box: the words are enough */
        para->input.set.align = BX_ALIGN_START;
        bx_stack_add(c, figure, &para->base);
        return;
    }
    bx_stack *body = bx_stack_new(c);
    bx_stack_add(c, body, &para->base);
    bx_block *box = bx_framed_new(c, &style->missing, &body->base);
    box->keep_together = true;
    bx_stack_add(c, figure, box);
}

static void add_caption(bx_composer *c, bx_stack *figure, const bx_node *image, uint32_t tag) {
    const bx_figure_style *style = &c->style->figure;
    bx_str title = bx_picture_caption(image);
    if (!title.n && !style->number.n)
        return;
    bx_values values = {.n = style->number.n ? ++c->n_figures : 0};
    bx_str number = bx_filled(c, &style->number, &values);
    const bx_role *role = style->caption_role ? style->caption_role : c->style->body;
    bx_stream s = bx_stream_new(c, role, bx_tags_add(c->tags, tag, BX_TAG_CAPTION));
    s.attr.source = image->span;
    bx_stream_add(&s, number);
    if (number.n && title.n)
        bx_stream_gap(&s, role->size);
    bx_stream_add(&s, title);
    bx_para *para = bx_stream_para(&s);
    if (!para->input.text.n)
        return;
    para->base.keep_together = true;
    bx_stack_add(c, figure, &para->base);
}

void bx_build_figure(bx_composer *c, bx_stack *stack, const bx_node *image,
                     const bx_build_env *env) {
    const bx_figure_style *style = &c->style->figure;
    const bx_image *picture = bx_picture_load(c, image->url, image->span);
    bx_stack *figure = bx_stack_new(c);
    const bx_node *link = picture ? link_round(image) : NULL;
    uint32_t link_tag = link ? bx_tags_add(c->tags, env->tag, BX_TAG_LINK) : env->tag;
    uint32_t tag = bx_tags_add(c->tags, link_tag, picture ? BX_TAG_FIGURE : BX_TAG_P);
    if (picture) {
        bx_tags_at(c->tags, tag)->alt = bx_picture_words(image);
        bx_stack *body = bx_stack_new(c);
        bx_len greatest = env->greatest ? env->greatest : style->greatest;
        bx_stack_add(c, body,
                     bx_fitted_new(c, picture, greatest, tag, link ? bx_link_of_node(c, link) : 0,
                                   link_tag));
        bx_block *box = bx_framed_new(c, &style->box, &body->base);
        box->keep_next = true;
        bx_stack_add(c, figure, box);
        if (!env->greatest)
            add_caption(c, figure, image, tag);
    } else {
        add_missing(c, figure, image, tag, env->in_box);
    }
    figure->base.before = style->before;
    figure->base.after = style->after;
    figure->base.keep_together = true;
    bool floats = env->top || (env->floats && bx_picture_caption(image).n);
    figure->base.floats = style->floats && picture && floats;
    figure->base.grid = env->top;
    figure->base.span = image->span;
    bx_stack_add(c, env->pictures ? env->pictures : stack, &figure->base);
}
