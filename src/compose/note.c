#include "compose/note.h"

#include "compose/build.h"
#include "compose/composer.h"
#include "compose/holders.h"
#include "compose/stream.h"
#include "compose/template.h"

enum { GREATEST_SHARE = 3 }; /* of a page's text, for the notes of one mark */

bx_str bx_note_mark(bx_composer *c, const bx_node *note) {
    bx_values values = {.n = (uint32_t)(note->number > 0 ? note->number : 0)};
    bx_str mark = bx_filled(c, &c->style->note.mark, &values);
    return mark.n ? mark : bx_str_fmt(c->arena, "%u", values.n);
}

static bx_len measure_of(const bx_composer *c) { return c->style->page.measure; }

static const bx_role *note_role(const bx_composer *c) {
    return c->style->note.role ? c->style->note.role : c->style->body;
}

/* A note is read after the paragraph that its mark stands in: beside it in the nearest holder. */
static uint32_t note_parent(bx_composer *c, uint32_t tag) {
    for (;; tag = bx_tags_at(c->tags, tag)->parent) {
        switch (bx_tags_at(c->tags, tag)->kind) {
        case BX_TAG_DOCUMENT:
        case BX_TAG_PART:
        case BX_TAG_SECT:
        case BX_TAG_DIV:
        case BX_TAG_LBODY:
        case BX_TAG_TD:
        case BX_TAG_TH:
        case BX_TAG_QUOTE_BLOCK:
        case BX_TAG_NOTE:
            return tag;
        default:
            break;
        }
    }
}

bx_block *bx_note_block(bx_composer *c, const bx_node *note, uint32_t mark_tag) {
    const bx_role *role = note_role(c);
    uint32_t tag = bx_tags_add(c->tags, note_parent(c, mark_tag), BX_TAG_NOTE);
    bx_tags_at(c->tags, tag)->note_ref = mark_tag;
    bx_stream s = bx_stream_new(c, role, bx_tags_add(c->tags, tag, BX_TAG_LBL));
    bx_stream_anchor(&s, bx_str_fmt(c->arena, "note:%.*s", BX_STR_ARG(note->id)));
    bx_str mark = bx_note_mark(c, note);
    s.attr.tag = bx_tags_add(c->tags, s.attr.tag, BX_TAG_LINK);
    s.attr.link = bx_link_add(c, (bx_str){0},
                              bx_str_fmt(c->arena, "noteref:%.*s", BX_STR_ARG(note->id)), mark);
    bx_stream_add(&s, mark);
    bx_para *label = bx_stream_para(&s);
    bx_stack *body = bx_stack_new(c);
    bx_build_env env = {
        .role = role, .width = measure_of(c), .tag = tag, .depth = 1, .own_role = true};
    bx_build(c, body, note->first, &env);
    bx_len column = role->size * 3 / 2;
    return bx_labelled_new(c, label, column, 0, BX_ALIGN_START, &body->base);
}

static bx_len separator(const bx_composer *c) {
    const bx_note_style *n = &c->style->note;
    return 2 * n->gap + n->rule.weight;
}

static bx_len height_from(bx_composer *c, bx_block *note, const bx_token *token) {
    bx_trial trial = bx_trial_begin(c);
    bx_space space = {.width = measure_of(c), .height = BX_LEN_MAX, .full = BX_LEN_MAX};
    bx_len h = bx_set(c, note, space, token).frame->h;
    bx_trial_end(c, trial);
    return h;
}

bool bx_note_take(bx_composer *c, bx_block *note, bx_space space, bx_fragment *f) {
    bx_len h = height_from(c, note, NULL), most = space.full / GREATEST_SHARE;
    if (space.full_foot || f->full_foot)
        return false;
    f->foot += bx_len_min(h, most) + (space.noted || f->foot ? 0 : separator(c));
    f->full_foot = h > most;
    bx_push(c->out, &f->notes, note);
    return true;
}

bx_len bx_notes_height(bx_composer *c, const bx_note_queue *queue, bx_len most) {
    if (!queue->list.n)
        return 0;
    bx_len h = separator(c);
    for (uint32_t i = 0; i < queue->list.n && h < most; i++)
        h += height_from(c, queue->list.at[i], i == 0 ? queue->token : NULL);
    return bx_len_min(h, most);
}

const bx_frame *bx_notes_set(bx_composer *c, bx_note_queue *queue, bx_len height) {
    if (!queue->list.n || height < separator(c) + 2 * note_role(c)->pitch)
        return NULL;
    const bx_note_style *style = &c->style->note;
    bx_frame *frame = bx_frame_new(c->out, measure_of(c), 0);
    bx_len y = style->gap, w = style->rule_width ? style->rule_width : measure_of(c) / 4;
    if (style->rule.weight)
        bx_frame_add(c->out, frame, bx_rect(0, y, w, style->rule.weight, style->rule.color));
    y = separator(c);
    uint32_t i = 0;
    for (; i < queue->list.n; i++) {
        bx_space space = {.width = measure_of(c),
                          .height = height - y,
                          .full = height,
                          .top = y,
                          .fresh = i == 0,
                          .noted = true};
        bx_fragment f = bx_set(c, queue->list.at[i], space, queue->token);
        if (!f.frame)
            break;
        bx_frame_place(c->out, frame, f.frame, 0, y);
        y += f.frame->h;
        queue->token = f.next;
        if (f.next)
            break;
    }
    frame->h = y;
    queue->list.at += i;
    queue->list.n -= i;
    queue->list.cap -= i;
    return frame;
}
