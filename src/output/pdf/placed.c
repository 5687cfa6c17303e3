#include "output/pdf/placed.h"

#include "base/utf8.h"

static void flatten(bx_arena *arena, const bx_frame *frame, bx_len x, bx_len y, int depth,
                    bx_placed_list *out) {
    if (depth > BX_FRAMES_DEEP)
        return;
    for (uint32_t i = 0; i < frame->items.n; i++) {
        const bx_item *item = &frame->items.at[i];
        bx_placed placed = {.item = item, .x = x + item->dx, .y = y + item->dy};
        if (item->kind == BX_ITEM_FRAME) {
            flatten(arena, item->frame, placed.x, placed.y, depth + 1, out);
            continue;
        }
        bx_push(arena, out, placed);
        for (uint32_t k = 1; item->kind == BX_ITEM_GLYPHS && k <= item->more; k++) {
            bx_item *own = bx_new(arena, bx_item);
            *own = *item;
            own->run += k;
            placed.item = own;
            bx_push(arena, out, placed);
        }
    }
}

/* Runs of one line of text, which stand in the list in visual order, from `from` on. */
static uint32_t line_end(const bx_placed_list *list, uint32_t from, bool *rtl) {
    const bx_placed *first = &list->at[from];
    uint32_t i = from;
    *rtl = false;
    for (; i < list->n; i++) {
        const bx_placed *p = &list->at[i];
        if (p->item->kind != BX_ITEM_GLYPHS || p->y != first->y ||
            p->item->run->text.p != first->item->run->text.p)
            break;
        *rtl |= p->item->run->rtl;
    }
    return i;
}

/* Where a line has text from right to left, its runs are written as they are read: content is in
 * logical order (ISO 32000-1, 14.8.2.3). */
static void order_lines(bx_placed_list *list) {
    for (uint32_t i = 0, end; i < list->n; i = end) {
        bool rtl = false;
        end = i + 1;
        if (list->at[i].item->kind == BX_ITEM_GLYPHS)
            end = line_end(list, i, &rtl);
        for (uint32_t k = i + 1; rtl && k < end; k++) { /* a line has few runs */
            bx_placed moved = list->at[k];
            uint32_t to = k;
            for (; to > i && list->at[to - 1].item->run->start > moved.item->run->start; to--)
                list->at[to] = list->at[to - 1];
            list->at[to] = moved;
        }
    }
}

/* What is between two runs of one text: a line end that was asked for, or an object that stands for
 * a gap, and no blank that would be read anyhow. */
static bool has_silent_gap(const bx_glyph_run *a, const bx_glyph_run *b) {
    bool gap = false;
    for (uint32_t at = a->end; at < b->start;) {
        uint32_t c = bx_utf8_next(a->text, &at);
        if (c == ' ' || c == 0xA0)
            return false;
        gap |= c == '\n' || c == 0x2028 || c == 0xFFFC;
    }
    return gap;
}

/* Two runs of one node that the eye keeps apart and the ear would run together. */
static bool stands_apart(const bx_placed *before, const bx_placed *p) {
    if (p->item->kind != BX_ITEM_GLYPHS || before->item->kind != BX_ITEM_GLYPHS)
        return false;
    const bx_glyph_run *a = before->item->run, *b = p->item->run;
    if (b->n == 0 || a->text.n == 0 || a->rtl || b->rtl) /* a hyphen alone has no text */
        return false;
    if (a->text.p == b->text.p)
        return has_silent_gap(a, b);
    bx_len gap = p->x + b->x - (before->x + a->x + a->width);
    /* Lines of one text follow from each other; a text on another line does not. */
    return p->item->tag == before->item->tag && (p->y != before->y || gap > b->size / 6);
}

/* Does the line go on with the next run? It may be raised, as a note's mark is. */
static bool goes_on(const bx_placed *p, const bx_placed *next) {
    const bx_glyph_run *a = p->item->run, *b = next->item->run;
    bx_len down = next->y - p->y;
    return a->text.p == b->text.p && next->x + b->x >= p->x + a->x && down < a->size &&
           down > -a->size;
}

void bx_flatten(bx_arena *arena, const bx_frame *frame, bx_len x, bx_len y, bx_placed_list *out) {
    flatten(arena, frame, x, y, 0, out);
    order_lines(out);
    for (uint32_t i = 1; i < out->n; i++)
        out->at[i].blank_before = stands_apart(&out->at[i - 1], &out->at[i]);
    const bx_placed *next = NULL;
    for (uint32_t i = out->n; i-- > 0;) {
        bx_placed *p = &out->at[i];
        if (p->item->kind != BX_ITEM_GLYPHS)
            continue;
        p->ends_line = !next || !goes_on(p, next);
        next = p;
    }
}
