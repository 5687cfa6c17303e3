/* What a page shows, in order; and rows of tables, which readers see as lines.
 *
 * Programs that know nothing of structure (poppler) put cells in order by what stands under and
 * beside what, and give up where a head is centred over text, or a cell is empty. A row whose cells
 * have a line each is one line to them when blanks reach from cell to cell. */
#include "output/pdf/writer.h"

/* The cell that content of this node is in, or 0. */
static uint32_t cell_of(const bx_tags *tags, uint32_t tag) {
    for (; tag > 1; tag = tags->list.at[tag].parent) {
        bx_tag_kind kind = tags->list.at[tag].kind;
        if (kind == BX_TAG_TD || kind == BX_TAG_TH)
            return tag;
    }
    return 0;
}

static bool is_text(const bx_placed *p) {
    return p->item->kind == BX_ITEM_GLYPHS && p->item->run->n > 0;
}

/* A cell's last run, and the first of the next: blanks as wide as the white between them. */
static void join(bx_placed *p, const bx_placed *next) {
    const bx_glyph_run *a = p->item->run, *b = next->item->run;
    bx_len gap = next->x + b->x - (p->x + a->x + a->width);
    if (gap > 0 && !a->rtl && !b->rtl)
        p->blank_after = gap;
}

/* The items of one row, [from, end). */
static void join_row(const bx_tags *tags, bx_placed_list *list, uint32_t from, uint32_t end) {
    for (uint32_t i = from; i < end; i++) {
        if (is_text(&list->at[i]) && list->at[i].y != list->at[from].y)
            return; /* some cell has more than a line */
    }
    bx_placed *before = NULL;
    for (uint32_t i = from; i < end; i++) {
        bx_placed *p = &list->at[i];
        if (!is_text(p))
            continue;
        if (before && cell_of(tags, before->item->tag) != cell_of(tags, p->item->tag))
            join(before, p);
        before = p;
    }
}

bx_placed_list bx_pdf_placed(bx_arena *arena, const bx_tags *tags, const bx_page *page) {
    bx_placed_list list = {0};
    bx_flatten(arena, page->frame, 0, 0, &list);
    uint32_t row = 0, from = 0;
    for (uint32_t i = 0; i <= list.n; i++) {
        if (i < list.n && !is_text(&list.at[i]))
            continue;
        uint32_t cell = i < list.n ? cell_of(tags, list.at[i].item->tag) : 0;
        uint32_t here = cell ? tags->list.at[cell].parent : 0;
        if (here == row)
            continue;
        if (row)
            join_row(tags, &list, from, i);
        row = here;
        from = i;
    }
    return list;
}
