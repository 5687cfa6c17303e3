#include "compose/para.h"

#include "compose/composer.h"
#include "compose/note.h"

bx_len bx_baseline(bx_len size, bx_len pitch) {
    return (pitch - size) / 2 + bx_muldiv(size, 88, 100);
}

/* How much higher than the pitch a line must be for the objects in it. Text never raises a line. */
static bx_len extra_height(const bx_para *para, const bx_line *line, bx_len *above) {
    bx_len pitch = para->role->pitch, base = bx_baseline(para->role->size, pitch);
    bx_len up = 0, down = 0;
    for (uint32_t i = 0; i < line->n_objects; i++) {
        const bx_text_object *o = line->objects[i].span->object;
        up = bx_len_max(up, o->ascent - base);
        down = bx_len_max(down, o->descent - (pitch - base));
    }
    *above = up;
    return up + down;
}

static void add_rect(bx_composer *c, bx_frame *frame, bx_len x, bx_len y, bx_len w, bx_len h,
                     bx_color color) {
    bx_frame_add(c->out, frame,
                 (bx_item){.kind = BX_ITEM_RECT,
                           .tag = BX_ARTIFACT,
                           .dx = x,
                           .dy = y,
                           .rect = {.w = w, .h = h, .fill = color}});
}

/* What stands behind and on the runs: tints, then lines under and through the text. */
static void add_decoration(bx_composer *c, bx_frame *frame, const bx_glyph_run *run, bx_len x,
                           bx_len baseline) {
    const bx_text_span *s = run->span;
    bx_len y = baseline - s->raise, weight = bx_len_max(run->size / 20, BX_PT * 4 / 10);
    if (s->flags & BX_SPAN_UNDERLINE)
        add_rect(c, frame, x + run->x, y + run->size * 15 / 100, run->width, weight, s->color);
    if (s->flags & BX_SPAN_STRIKE)
        add_rect(c, frame, x + run->x, y - run->size * 35 / 100, run->width, weight, s->color);
}

static void add_tint(bx_composer *c, bx_frame *frame, const bx_glyph_run *run, bx_len x,
                     bx_len baseline) {
    bx_len y = baseline - run->span->raise - run->size * 90 / 100;
    add_rect(c, frame, x + run->x, y, run->width, run->size * 112 / 100, run->span->tint);
}

/* One active area for each stretch of neighbouring runs with the same target. */
static void add_links(bx_composer *c, const bx_para *para, bx_frame *frame, const bx_line *line,
                      bx_len x, bx_len baseline) {
    for (uint32_t i = 0; i < line->n_runs;) {
        uint32_t link = line->runs[i].span->link, j = i + 1;
        while (j < line->n_runs && line->runs[j].span->link == link)
            j++;
        const bx_glyph_run *first = &line->runs[i], *last = &line->runs[j - 1];
        if (link) {
            bx_link_item *item = bx_new(c->out, bx_link_item);
            *item = c->links.at[link];
            item->w = last->x + last->width - first->x;
            item->h = para->role->size * 12 / 10;
            bx_len y = baseline - first->span->raise - para->role->size;
            bx_frame_add(c->out, frame,
                         (bx_item){.kind = BX_ITEM_LINK,
                                   .tag = first->span->tag,
                                   .dx = x + first->x,
                                   .dy = y,
                                   .link = item});
        }
        i = j;
    }
}

/* Extras are the dots under characters, decoration, or readings over them. */
static bx_tag_id tag_of_extra(const bx_glyph_run *run) {
    return run->span->ruby.n ? run->span->tag + 1 : BX_ARTIFACT; /* RT follows its RB */
}

/* Whether the run follows those of the frame's last item, and says so: one item is enough then. */
static bool joins(const bx_frame *frame, const bx_item *item) {
    const bx_item *last = frame->items.n ? &frame->items.at[frame->items.n - 1] : NULL;
    return last && last->kind == BX_ITEM_GLYPHS && last->tag == item->tag && last->dx == item->dx &&
           last->dy == item->dy && last->run + last->more + 1 == item->run;
}

static void add_runs(bx_composer *c, bx_frame *frame, const bx_glyph_run *runs, uint32_t n,
                     bx_len x, bx_len baseline, bool extras) {
    for (uint32_t i = 0; i < n; i++) {
        if (runs[i].n == 0)
            continue;
        const bx_item item = {.kind = BX_ITEM_GLYPHS,
                              .tag = extras ? tag_of_extra(&runs[i]) : runs[i].span->tag,
                              .dx = x,
                              .dy = baseline,
                              .run = &runs[i]};
        if (joins(frame, &item))
            frame->items.at[frame->items.n - 1].more++;
        else
            bx_frame_add(c->out, frame, item);
    }
}

static void add_object(bx_composer *c, bx_frame *frame, const bx_placed_object *placed, bx_len x,
                       bx_len baseline) {
    const bx_text_object *o = placed->span->object;
    if (o->payload)
        bx_frame_place(c->out, frame, o->payload, x + placed->x,
                       baseline - placed->span->raise - o->ascent);
}

/* Runs and objects from left to right: what is read is read in the order drawn. */
static void add_content(bx_composer *c, bx_frame *frame, const bx_line *line, bx_len x,
                        bx_len baseline) {
    uint32_t next = 0;
    for (uint32_t i = 0; i < line->n_runs; i++) {
        for (; next < line->n_objects && line->objects[next].x <= line->runs[i].x; next++)
            add_object(c, frame, &line->objects[next], x, baseline);
        add_runs(c, frame, &line->runs[i], 1, x, baseline, false);
    }
    for (; next < line->n_objects; next++)
        add_object(c, frame, &line->objects[next], x, baseline);
}

static void add_line(bx_composer *c, const bx_para *para, bx_frame *frame, const bx_line *line,
                     bx_len x, bx_len baseline) {
    for (uint32_t i = 0; i < line->n_runs; i++) {
        if (line->runs[i].span->tint.set)
            add_tint(c, frame, &line->runs[i], x, baseline);
    }
    add_content(c, frame, line, x, baseline);
    add_runs(c, frame, line->extras, line->n_extras, x, baseline, true);
    for (uint32_t i = 0; i < line->n_runs; i++)
        add_decoration(c, frame, &line->runs[i], x, baseline);
    add_links(c, para, frame, line, x, baseline);
}

static uint32_t line_end(const bx_lines *lines, uint32_t k) {
    return k + 1 < lines->n ? lines->at[k + 1].start : UINT32_MAX;
}

static uint32_t first_event(const bx_para *para, uint32_t at) {
    uint32_t low = 0, high = para->n_events;
    while (low < high) {
        uint32_t mid = (low + high) / 2;
        if (para->events[mid].at < at)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

/* At least as many items as the lines will have, but for tints and rules. An object may part runs
 * that would be one item. */
static uint32_t count_items(const bx_para *para, uint32_t from, uint32_t to) {
    uint32_t n = from == 0 ? para->n_events : 0;
    for (uint32_t k = from; k < to; k++) {
        const bx_line *line = &para->lines.at[k];
        n += line->n_extras + 2 * line->n_objects;
        for (uint32_t i = 0; i < line->n_runs; i++) {
            const bx_text_span *span = line->runs[i].span;
            n += (i == 0 || span->tag != line->runs[i - 1].span->tag) + (span->link != 0);
        }
    }
    return n;
}

/* The anchors that stand in line k. */
static void add_anchors(bx_composer *c, const bx_para *para, bx_frame *frame, uint32_t k, bx_len x,
                        bx_len y) {
    const bx_lines *lines = &para->lines;
    for (uint32_t e = first_event(para, k ? lines->at[k].start : 0);
         e < para->n_events && para->events[e].at < line_end(lines, k); e++) {
        if (para->events[e].anchor.n)
            bx_frame_add(c->out, frame,
                         (bx_item){.kind = BX_ITEM_ANCHOR,
                                   .tag = para->tag,
                                   .dx = x,
                                   .dy = y,
                                   .anchor = para->events[e].anchor});
    }
}

bx_frame *bx_para_frame(bx_composer *c, bx_para *para, bx_len width, uint32_t from, uint32_t to) {
    const bx_lines *lines = bx_para_lines(c, para, width);
    bx_len pitch = para->role->pitch, base = bx_baseline(para->role->size, pitch), y = 0;
    bx_len x = para->start + para->role->start + para->shift;
    bx_frame *frame = bx_frame_new(c->out, width, 0);
    bool trial = bx_on_trial(c);
    frame->role = para->role->name;
    bx_frame_reserve(c->out, frame, trial ? 0 : count_items(para, from, to));
    for (uint32_t k = from; k < to; k++) {
        bx_len above, extra = extra_height(para, &lines->at[k], &above);
        if (!trial) {
            add_anchors(c, para, frame, k, x, y);
            add_line(c, para, frame, &lines->at[k], x, y + above + base);
        }
        if (k == from)
            frame->baseline = y + above + base;
        y += pitch + extra;
    }
    frame->h = y;
    return frame;
}

/* Takes the notes whose marks stand in line k. False: the line may not stand on this page. */
static bool take_notes(bx_composer *c, const bx_para *para, uint32_t k, bx_space space,
                       bx_fragment *f) {
    const bx_lines *lines = &para->lines;
    bool may = true;
    for (uint32_t e = first_event(para, k ? lines->at[k].start : 0);
         e < para->n_events && para->events[e].at < line_end(lines, k); e++) {
        bx_block *note = para->events[e].note;
        if (note && !bx_note_take(c, note, space, f)) {
            bx_push(c->out, &f->notes, note);
            may = false;
        }
    }
    return may;
}

static bx_len line_height(const bx_para *para, uint32_t k) {
    bx_len above;
    return para->role->pitch + extra_height(para, &para->lines.at[k], &above);
}

/* How many lines from `from` on fit; `f` gets their notes, *h their height. `most`: no more than.
 */
static uint32_t count_lines(bx_composer *c, const bx_para *para, bx_space space, uint32_t from,
                            uint32_t most, bx_fragment *f) {
    bx_len h = 0;
    *f = (bx_fragment){0};
    uint32_t n = 0;
    while (n < most) {
        bx_fragment before = *f;
        bx_len line = line_height(para, from + n);
        bool may = take_notes(c, para, from + n, space, f);
        if ((!may || h + line + f->foot > space.height) && !(n == 0 && space.fresh)) {
            before.notes.at = f->notes.at;
            before.notes.cap = f->notes.cap;
            *f = before;
            break;
        }
        h += line;
        n++;
    }
    return n;
}

/* Least lines at a page's foot and head, as far as the paragraph has them. */
static uint32_t obey_widows(const bx_para *para, uint32_t from, uint32_t fit) {
    uint32_t n = para->lines.n, rest = n - from - fit;
    uint32_t orphans = para->role->orphans ? para->role->orphans : 2;
    uint32_t widows = para->role->widows ? para->role->widows : 2;
    if (rest == 0)
        return fit;
    if (para->base.keep_together)
        return 0;
    if (rest < widows)
        fit = n - from > widows ? n - from - widows : 0;
    return from == 0 && fit < orphans ? 0 : fit;
}

static bx_fragment set_para(bx_composer *c, bx_block *block, bx_space space,
                            const bx_token *token) {
    bx_para *para = (bx_para *)block;
    const bx_lines *lines = bx_para_lines(c, para, space.width);
    uint32_t from = token ? token->at : 0;
    bx_fragment f;
    uint32_t fit = count_lines(c, para, space, from, lines->n - from, &f);
    uint32_t good = obey_widows(para, from, fit);
    if (good == 0 && space.fresh)
        good = fit;
    else if (good < fit)
        count_lines(c, para, space, from, good, &f);
    if (good == 0 && lines->n > from)
        return (bx_fragment){0};
    f.frame = bx_para_frame(c, para, space.width, from, from + good);
    if (from + good < lines->n)
        f.next = bx_token_new(c, from + good, NULL);
    return f;
}

const bx_block_class bx_para_class = {"para", set_para, bx_para_extent};
