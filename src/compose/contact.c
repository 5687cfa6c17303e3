/* The contact block: heading, codes, organisations, the site; on one page. */
#include "compose/build.h"
#include "compose/composer.h"
#include "compose/picture.h"
#include "compose/stream.h"

static const bx_role *or_body(const bx_composer *c, const bx_role *role) {
    return role ? role : c->style->body;
}

static bx_para *field_para(bx_composer *c, const bx_role *role, uint32_t tag,
                           const bx_field *field) {
    bx_stream s = bx_stream_new(c, role, tag);
    s.attr.source = field->span;
    bx_stream_field(&s, field);
    return bx_stream_para(&s);
}

static const bx_frame *code_of(bx_composer *c, const bx_qr *qr, bx_len side, uint32_t tag) {
    if (!qr->image.n)
        return bx_qr_frame(c, qr->data, side, qr->span, tag);
    const bx_image *image = bx_picture_load(c, qr->image, qr->span);
    if (!image)
        return NULL;
    uint32_t figure = bx_tags_add(c->tags, tag, BX_TAG_FIGURE);
    bx_str alt = qr->alt.n ? qr->alt : qr->caption.n ? qr->caption.at[0].plain : BX_STR("QR");
    bx_tags_at(c->tags, figure)->alt = alt;
    return bx_picture_frame(c, image, side, side, figure);
}

/* A cell is as wide as its code and the gap, or as the longest line of a caption. */
static bx_len cell_width(bx_composer *c, bx_block *const *cells, uint32_t n, bx_len least,
                         bx_len most) {
    bx_len w = least;
    for (uint32_t i = 0; i < n; i++)
        w = bx_len_max(w, cells[i]->class->extent(c, cells[i]).natural + BX_PT * 12);
    return bx_len_min(w, bx_len_max(most, least));
}

/* A code with its caption's lines under it: the first in one role, the others in another. */
static bx_block *code_cell(bx_composer *c, const bx_qr *qr, bx_len side, uint32_t tag) {
    const bx_contact_style *style = &c->style->contact;
    bx_stack *cell = bx_stack_new(c);
    uint32_t div = bx_tags_add(c->tags, tag, BX_TAG_DIV);
    const bx_frame *frame = code_of(c, qr, side, div);
    if (frame)
        bx_stack_add(c, cell, bx_drawing_new(c, frame, BX_ALIGN_CENTER));
    for (uint32_t i = 0; i < qr->caption.n; i++) {
        const bx_role *role = or_body(c, i == 0 ? style->caption_role : style->subcaption_role);
        uint32_t p = bx_tags_add(c->tags, div, BX_TAG_P);
        bx_para *para = field_para(c, role, p, &qr->caption.at[i]);
        para->input.set.indent = 0;
        para->input.set.align = BX_ALIGN_CENTER;
        bx_stack_add(c, cell, &para->base);
    }
    return &cell->base;
}

/* As many codes in a row as the measure holds, at least `gap` apart. */
static void add_codes(bx_composer *c, bx_stack *body, const bx_contact *contact, uint32_t tag) {
    const bx_contact_style *style = &c->style->contact;
    bx_len side = style->qr_size ? style->qr_size : 90 * BX_PT;
    bx_len least = side + (style->qr_gap ? style->qr_gap : 28 * BX_PT);
    bx_len measure = c->style->page.measure - style->box.inset_left - style->box.inset_right;
    uint32_t most = (uint32_t)bx_len_max(measure / least, 1);
    for (uint32_t i = 0; i < contact->n_qr; i += most) {
        uint32_t n = contact->n_qr - i < most ? contact->n_qr - i : most;
        bx_block **cells = bx_new_n(c->draft, bx_block *, n);
        for (uint32_t k = 0; k < n; k++)
            cells[k] = code_cell(c, &contact->qr[i + k], side, tag);
        bx_len width = cell_width(c, cells, n, least, measure / (bx_len)n);
        bx_row *row = bx_row_new(c, 0);
        bx_block *edge = &bx_stack_new(c)->base;
        bx_row_add(c, row, (bx_row_cell){.block = edge, .share = 1});
        for (uint32_t k = 0; k < n; k++)
            bx_row_add(c, row, (bx_row_cell){.block = cells[k], .width = width});
        bx_row_add(c, row, (bx_row_cell){.block = edge, .share = 1});
        row->base.keep_together = true;
        row->base.before = row->base.after = c->style->page.pitch / 2;
        bx_stack_add(c, body, &row->base);
    }
}

static bx_block *organization_cell(bx_composer *c, const bx_organization *o, uint32_t tag) {
    const bx_contact_style *style = &c->style->contact;
    bx_stack *cell = bx_stack_new(c);
    uint32_t div = bx_tags_add(c->tags, tag, BX_TAG_DIV);
    if (o->name.plain.n) {
        uint32_t p = bx_tags_add(c->tags, div, BX_TAG_P);
        bx_para *name = field_para(c, or_body(c, style->name_role), p, &o->name);
        name->base.keep_next = true;
        bx_stack_add(c, cell, &name->base);
    }
    if (o->text) {
        bx_build_env env = {.role = or_body(c, style->text_role),
                            .width = c->style->page.measure,
                            .tag = div,
                            .depth = 2,
                            .own_role = true};
        bx_build(c, cell, o->text->first, &env);
    }
    return &cell->base;
}

static void add_organizations(bx_composer *c, bx_stack *body, const bx_contact *contact,
                              uint32_t tag) {
    const bx_contact_style *style = &c->style->contact;
    uint32_t columns = style->columns ? style->columns : 1;
    for (uint32_t i = 0; i < contact->n_organizations; i += columns) {
        bx_row *row = bx_row_new(c, style->gutter);
        for (uint32_t k = 0; k < columns; k++) {
            bool there = i + k < contact->n_organizations;
            bx_block *cell = there ? organization_cell(c, &contact->organizations[i + k], tag)
                                   : &bx_stack_new(c)->base;
            bx_row_add(c, row, (bx_row_cell){.block = cell, .share = 1});
        }
        row->base.before = row->base.after = c->style->page.pitch / 2;
        row->base.keep_together = true;
        bx_stack_add(c, body, &row->base);
    }
}

static void add_site(bx_composer *c, bx_stack *body, const bx_contact *contact, uint32_t tag) {
    const bx_contact_style *style = &c->style->contact;
    if (!contact->website.n)
        return;
    bx_stream s =
        bx_stream_new(c, or_body(c, style->site_role), bx_tags_add(c->tags, tag, BX_TAG_P));
    s.attr.source = contact->website_span;
    bx_expansion e = bx_expand(c, c->arena, &style->site, &(bx_values){0});
    bx_text_span attr = s.attr;
    for (uint32_t i = 0; i < e.n; i++) {
        s.attr = attr;
        if (bx_str_is(e.at[i].piece->field, "website")) {
            bx_stream_mark(&s, BX_MARK_LINK);
            s.attr.tag = bx_tags_add(c->tags, attr.tag, BX_TAG_LINK);
            s.attr.link = bx_link_add(c, contact->website, (bx_str){0}, contact->website);
            s.attr.flags |= BX_SPAN_URL;
        }
        bx_stream_add(&s, bx_str_sub(e.text, e.at[i].start, e.at[i].end));
    }
    s.attr = attr;
    bx_para *para = bx_stream_para(&s);
    if (para->input.text.n)
        bx_stack_add(c, body, &para->base);
}

/* What a card written as text leads to, and its picture when that is not there. */
typedef struct card {
    const bx_node *link, *missing;
    bool pictured; /* it has a picture */
} card;

static card read_card(bx_composer *c, const bx_node *text) {
    card found = {0};
    for (const bx_node *n = text; n; n = bx_node_after(n, text)) {
        if (n->kind == BX_NODE_LINK && !found.link && bx_str_starts(n->url, BX_STR("http")))
            found.link = n;
        if (n->kind != BX_NODE_IMAGE)
            continue;
        if (bx_picture_load(c, n->url, n->span))
            found.pictured = true;
        else if (!found.missing)
            found.missing = n;
    }
    return found;
}

/* Cards have codes of their addresses as pictures: one that is not there can be made again. */
static bool add_code_again(bx_composer *c, bx_stack *pictures, const card *found, bx_len side,
                           uint32_t tag) {
    if (found->pictured || !found->missing || !found->link)
        return false;
    bx_qr qr = {.data = found->link->url, .span = found->link->span};
    bx_field alt = {.plain = found->missing->text, .span = found->missing->span};
    qr.caption = (bx_fields){&alt, alt.plain.n ? 1 : 0};
    bx_stack_add(c, pictures, code_cell(c, &qr, side, tag));
    return true;
}

/* A card written as text: its words at the left, the first of them as its title, its pictures
 * (codes, as a rule) at the right. */
static void add_words(bx_composer *c, bx_stack *body, const bx_contact *contact, uint32_t tag) {
    const bx_contact_style *style = &c->style->contact;
    if (!contact->text)
        return;
    bx_len side = style->qr_size ? style->qr_size : 80 * BX_PT;
    bx_stack *words = bx_stack_new(c), *pictures = bx_stack_new(c);
    card found = read_card(c, contact->text);
    bx_build_env env = {.role = or_body(c, style->text_role),
                        .opening = contact->heading.plain.n ? NULL : style->name_role,
                        .width = c->style->page.measure,
                        .greatest = side,
                        .pictures = pictures,
                        .tag = tag,
                        .depth = 2,
                        .own_role = true};
    bx_build(c, words, contact->text->first, &env);
    bx_stack *codes = bx_stack_new(c);
    if (add_code_again(c, codes, &found, side, tag))
        pictures = codes;
    if (!pictures->children.n) {
        bx_stack_add(c, body, &words->base);
        return;
    }
    bx_block *at_right = &pictures->base;
    bx_len width = cell_width(c, &at_right, 1, side, side * 3 / 2);
    bx_row *row = bx_row_new(c, c->style->body->size);
    bx_row_add(c, row, (bx_row_cell){.block = &words->base, .share = 1, .vertical = BX_MIDDLE});
    bx_row_add(c, row, (bx_row_cell){.block = at_right, .width = width, .vertical = BX_MIDDLE});
    row->base.keep_together = true;
    bx_stack_add(c, body, &row->base);
}

void bx_build_contact(bx_composer *c, bx_stack *stack, uint32_t tag) {
    const bx_contact *contact = c->issue->contact;
    const bx_contact_style *style = &c->style->contact;
    if (!contact)
        return;
    if (style->new_page)
        bx_stack_add(c, stack, bx_page_break_new(c));
    uint32_t sect = bx_tags_add(c->tags, tag, BX_TAG_SECT);
    bx_stack *body = bx_stack_new(c);
    if (contact->heading.plain.n) {
        uint32_t h = bx_tags_add(c->tags, sect, BX_TAG_H1);
        bx_para *para = field_para(c, or_body(c, style->heading_role), h, &contact->heading);
        para->base.keep_next = true;
        bx_stack_add(c, body, &para->base);
    }
    add_codes(c, body, contact, sect);
    add_organizations(c, body, contact, sect);
    add_words(c, body, contact, sect);
    add_site(c, body, contact, sect);
    bx_block *block = bx_framed_new(c, &style->box, &body->base);
    block->keep_together = block->keep_previous = true;
    block->span = contact->span;
    bx_stack_add(c, stack, block);
}
