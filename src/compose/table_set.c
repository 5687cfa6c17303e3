/* Tables: rows set into the space, rules between them, the head again after each break. */
#include "compose/table.h"

#include "compose/composer.h"
#include "compose/note.h"

typedef struct rows {
    bx_composer *c;
    bx_table *t;
    bx_space space;
    bx_frame *frame;
    bx_fragment out;
    bx_len y;
    uint32_t set; /* rows of the body set so far */
} rows;

/* A row broken over a page: lines of each cell that are done. */
typedef struct row_part {
    bx_len h;
    uint32_t *to;
    bool ends;
} row_part;

static uint32_t done_lines(const bx_token *token, uint32_t k) {
    return token && token->n ? token->inner[k]->at : 0;
}

static bx_len cell_width(const bx_table *t, const bx_cell *cell, uint32_t k) {
    return cell->number ? BX_NO_MEASURE : t->w[k];
}

/* How many lines of each cell fit in `room`; all of them when `whole`. */
static row_part measure_row(rows *r, uint32_t row, const bx_token *from, bx_len room, bool whole) {
    bx_table *t = r->t;
    row_part part = {.to = bx_new_n(r->c->out, uint32_t, t->n_columns), .ends = true};
    bx_len pads = 2 * t->style->pad_y;
    for (uint32_t k = 0; k < t->n_columns; k++) {
        const bx_cell *cell = bx_table_cell(t, row, k);
        bx_para *para = cell->para;
        if (!para)
            continue;
        uint32_t n = bx_para_lines(r->c, para, cell_width(t, cell, k))->n;
        uint32_t at = done_lines(from, k);
        bx_len pitch = para->role->pitch;
        uint32_t fit = n - at;
        if (!whole && (bx_len)fit > (room - pads) / pitch)
            fit = (uint32_t)bx_len_max((room - pads) / pitch, at == 0 || n > at ? 1 : 0);
        part.to[k] = at + fit;
        part.ends &= part.to[k] == n;
        part.h = bx_len_max(part.h, pitch * (bx_len)fit);
    }
    part.h += pads;
    return part;
}

/* Numbers of a column stand with their units digits in line; the column's block of numbers stands
 * where the column's alignment says. */
static bx_len number_shift(const bx_table *t, uint32_t k, const bx_cell *cell) {
    const bx_column *column = &t->columns[k];
    bx_len block = column->before + column->after, room = t->w[k] - block;
    bx_len x = column->align == BX_ALIGN_END      ? room
               : column->align == BX_ALIGN_CENTER ? room / 2
                                                  : 0;
    return x + column->before - cell->integer;
}

/* The same frame as decoration: a head that is repeated is read once only. */
static const bx_frame *as_artifact(bx_composer *c, const bx_frame *frame) {
    bx_frame *copy = bx_frame_new(c->out, frame->w, frame->h);
    copy->role = frame->role;
    for (uint32_t i = 0; i < frame->items.n; i++) {
        bx_item item = frame->items.at[i];
        if (item.kind == BX_ITEM_LINK || item.kind == BX_ITEM_ANCHOR)
            continue;
        item.tag = BX_ARTIFACT;
        if (item.kind == BX_ITEM_FRAME)
            item.frame = as_artifact(c, item.frame);
        bx_frame_add(c->out, copy, item);
    }
    return copy;
}

static void take_cell_notes(rows *r, bx_para *para, const row_part *part, uint32_t k, uint32_t at) {
    const bx_lines *lines = &para->lines;
    for (uint32_t e = 0; e < para->n_events; e++) {
        const bx_event *event = &para->events[e];
        bool here = event->note && (at == 0 || event->at >= lines->at[at].start) &&
                    (part->to[k] >= lines->n || event->at < lines->at[part->to[k]].start);
        if (!here)
            continue;
        if (!bx_note_take(r->c, event->note, r->space, &r->out))
            bx_push(r->c->out, &r->out.notes, event->note);
    }
}

static void place_row(rows *r, uint32_t row, const bx_token *from, const row_part *part,
                      bool repeated) {
    bx_table *t = r->t;
    bx_composer *c = r->c;
    bool head = t->has_head && row == 0;
    bx_color fill = head                               ? t->style->head_fill
                    : row % 2 == (t->has_head ? 0 : 1) ? t->style->stripe_fill
                                                       : (bx_color){0};
    if (fill.set)
        bx_frame_add(c->out, r->frame, bx_rect(t->left, r->y, t->width, part->h, fill));
    for (uint32_t k = 0; k < t->n_columns; k++) {
        bx_cell *cell = bx_table_cell(t, row, k);
        uint32_t at = done_lines(from, k);
        if (!cell->para || part->to[k] <= at)
            continue;
        bx_len dx = cell->number ? number_shift(t, k, cell) : 0, w = cell_width(t, cell, k);
        const bx_frame *frame = bx_para_frame(c, cell->para, w, at, part->to[k]);
        if (!r->frame->baseline)
            r->frame->baseline = r->y + t->style->pad_y + frame->baseline;
        if (repeated)
            frame = as_artifact(c, frame);
        bx_frame_place(c->out, r->frame, frame, t->left + t->x[k] + dx, r->y + t->style->pad_y);
        if (!repeated)
            take_cell_notes(r, cell->para, part, k, at);
    }
    r->y += part->h;
}

static void rule(rows *r, const bx_border *border, bx_len y) {
    if (border->weight)
        bx_frame_add(r->c->out, r->frame,
                     bx_rect(r->t->left, y - border->weight / 2, r->t->width, border->weight,
                             border->color));
}

static const bx_token *row_token(rows *r, uint32_t row, const row_part *part) {
    bx_token *token = (bx_token *)bx_token_new(r->c, row, NULL);
    if (!part)
        return token;
    const bx_token **inner = bx_new_n(r->c->out, const bx_token *, r->t->n_columns);
    for (uint32_t k = 0; k < r->t->n_columns; k++)
        inner[k] = bx_token_new(r->c, part->to[k], NULL);
    token->inner = inner;
    token->n = r->t->n_columns;
    return token;
}

static void set_continued(rows *r) {
    bx_para *para = r->t->continued;
    if (!para)
        return;
    const bx_lines *lines = bx_para_lines(r->c, para, r->t->width);
    const bx_frame *frame = bx_para_frame(r->c, para, r->t->width, 0, lines->n);
    bx_frame_place(r->c->out, r->frame, frame, r->t->left, 0);
    r->y = frame->h;
}

static void set_head(rows *r, bool repeated) {
    rule(r, &r->t->style->top, r->y);
    if (!r->t->has_head || (repeated && !r->t->style->repeat_head))
        return;
    row_part part = measure_row(r, 0, NULL, 0, true);
    place_row(r, 0, NULL, &part, repeated);
    rule(r, &r->t->style->head, r->y);
}

/* Fewer rows than this before a break are not worth it. */
static uint32_t least_rows(const bx_table *t) {
    uint32_t body = t->n_rows - t->has_head;
    return body < 2 ? body : 2;
}

/* Whether the table's last row would stand alone on the next page once the one before it stands
 * here. */
static bool leaves_one(rows *r, uint32_t row, bx_len room) {
    if (row + 2 != r->t->n_rows || r->set < 2)
        return false;
    return measure_row(r, row + 1, NULL, 0, true).h > room;
}

static bx_fragment end_at(rows *r, const bx_token *next) {
    rule(r, &r->t->style->bottom, r->y);
    r->frame->h = r->y;
    r->out.frame = r->frame;
    r->out.next = next;
    return r->out;
}

static bx_fragment set_table(bx_composer *c, bx_block *block, bx_space space,
                             const bx_token *token) {
    bx_table *t = (bx_table *)block;
    bx_table_widths(t, space.width);
    rows r = {.c = c, .t = t, .space = space, .frame = bx_frame_new(c->out, space.width, 0)};
    if (token)
        set_continued(&r);
    set_head(&r, token != NULL);
    const bx_token *from = token;
    for (uint32_t row = token ? token->at : t->has_head; row < t->n_rows; row++, from = NULL) {
        bx_len room = space.height - r.y - r.out.foot;
        row_part part = measure_row(&r, row, from, room, true);
        if (part.h > room) {
            if (bx_keeps_together(c, block, space, token))
                return (bx_fragment){0};
            if (!space.fresh && !token && r.set < least_rows(t))
                return (bx_fragment){0};
            if (r.set > 0)
                return end_at(&r, row_token(&r, row, from ? &part : NULL));
            part = measure_row(&r, row, from, room, false); /* a row taller than a page */
            place_row(&r, row, from, &part, false);
            if (!part.ends)
                return end_at(&r, row_token(&r, row, &part));
        } else if (leaves_one(&r, row, room - part.h)) {
            if (bx_keeps_together(c, block, space, token))
                return (bx_fragment){0};
            return end_at(&r, row_token(&r, row, NULL));
        } else {
            if (r.set)
                rule(&r, &t->style->row, r.y);
            place_row(&r, row, from, &part, false);
        }
        r.set++;
    }
    return end_at(&r, NULL);
}

static bx_extent table_extent(bx_composer *c, bx_block *block) {
    (void)c;
    bx_table *t = (bx_table *)block;
    int64_t natural = (int64_t)t->n_columns * 2 * t->style->pad_x;
    for (uint32_t k = 0; k < t->n_columns; k++)
        natural += t->columns[k].extent.natural;
    return (bx_extent){bx_table_least(t), natural > BX_LEN_MAX ? BX_LEN_MAX : (bx_len)natural};
}

const bx_block_class bx_table_class = {"table", set_table, table_extent};
