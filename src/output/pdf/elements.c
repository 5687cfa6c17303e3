#include "output/pdf/elements.h"

/* A set of kinds, as bits. */
#define KIND(k) (UINT64_C(1) << (BX_TAG_##k))
enum { BX_TABLE_SIDE = 4096 }; /* rows and columns beyond this are not looked at */

/* Parents that a kind must have; 0: any. */
static uint64_t parents_of(bx_tag_kind kind) {
    switch (kind) {
    case BX_TAG_LI:
        return KIND(L);
    case BX_TAG_LBODY:
        return KIND(LI);
    case BX_TAG_THEAD:
    case BX_TAG_TBODY:
        return KIND(TABLE);
    case BX_TAG_TR:
        return KIND(TABLE) | KIND(THEAD) | KIND(TBODY);
    case BX_TAG_TH:
    case BX_TAG_TD:
        return KIND(TR);
    case BX_TAG_TOCI:
        return KIND(TOC);
    case BX_TAG_RB:
    case BX_TAG_RT:
        return KIND(RUBY);
    default:
        return 0;
    }
}

/* Children that a kind may have; 0: any. */
static uint64_t children_of(bx_tag_kind kind) {
    switch (kind) {
    case BX_TAG_L:
        return KIND(L) | KIND(LI) | KIND(CAPTION);
    case BX_TAG_LI:
        return KIND(LBL) | KIND(LBODY);
    case BX_TAG_TABLE:
        return KIND(TR) | KIND(THEAD) | KIND(TBODY) | KIND(CAPTION);
    case BX_TAG_THEAD:
    case BX_TAG_TBODY:
        return KIND(TR);
    case BX_TAG_TR:
        return KIND(TH) | KIND(TD);
    case BX_TAG_TOC:
        return KIND(TOC) | KIND(TOCI) | KIND(CAPTION);
    default:
        return 0;
    }
}

static void fault(bx_writer *w, const char *what, bx_tag_kind a, bx_tag_kind b) {
    bx_say(w->report, BX_D_INTERNAL, (bx_span){0}, "the structure of the document: %s %s %s",
           bx_tag_name(a), what, bx_tag_name(b));
    w->refused = true;
}

static void check_children(bx_writer *w, const bx_element *at, uint32_t i) {
    const bx_tags *tags = w->pages->tags;
    bx_tag_kind kind = tags->list.at[i].kind;
    uint32_t heads = 0, bodies = 0;
    for (uint32_t c = at[i].first_child; c; c = at[c].next) {
        bx_tag_kind child = tags->list.at[c].kind;
        uint64_t bit = UINT64_C(1) << child, parents = parents_of(child);
        uint64_t children = children_of(kind);
        if ((children && !(children & bit)) || (parents && !(parents & UINT64_C(1) << kind)))
            fault(w, "stands in", child, kind);
        /* A caption comes first; in a table it may come last. */
        bool edge = c == at[i].first_child || (kind == BX_TAG_TABLE && !at[c].next);
        if (child == BX_TAG_CAPTION && children && !edge)
            fault(w, "stands in the midst of", child, kind);
        heads += child == BX_TAG_THEAD;
        bodies += child == BX_TAG_TBODY;
    }
    if (heads > 1 || (heads == 1 && bodies == 0))
        fault(w, "needs one head and a body:", kind, BX_TAG_THEAD);
}

/* Cells of the rows above that reach down, by column: how many rows more. */
typedef struct bx_grid {
    uint16_t down[BX_TABLE_SIDE];
    uint32_t width; /* of the first row; 0: none yet */
    bool irregular;
} bx_grid;

static void check_row(bx_writer *w, const bx_element *at, uint32_t row, bx_grid *grid) {
    uint32_t column = 0;
    for (uint32_t c = at[row].first_child; c; c = at[c].next) {
        const bx_tag *cell = &w->pages->tags->list.at[c];
        uint32_t across = cell->col_span > 1 ? cell->col_span : 1;
        while (column < BX_TABLE_SIDE && grid->down[column] > 0)
            grid->down[column++]--;
        for (uint32_t k = 0; k < across && column < BX_TABLE_SIDE; k++) {
            grid->irregular |= grid->down[column] > 0;
            grid->down[column++] = (uint16_t)(cell->row_span > 1 ? cell->row_span - 1 : 0);
        }
    }
    while (column < BX_TABLE_SIDE && grid->down[column] > 0)
        grid->down[column++]--;
    if (grid->width == 0)
        grid->width = column;
    grid->irregular |= column != grid->width;
}

static void check_rows(bx_writer *w, const bx_element *at, uint32_t parent, bx_grid *grid) {
    for (uint32_t c = at[parent].first_child; c; c = at[c].next) {
        bx_tag_kind kind = w->pages->tags->list.at[c].kind;
        if (kind == BX_TAG_TR)
            check_row(w, at, c, grid);
        else if (kind == BX_TAG_THEAD || kind == BX_TAG_TBODY)
            check_rows(w, at, c, grid);
    }
}

static void check_table(bx_writer *w, const bx_element *at, uint32_t table) {
    bx_grid *grid = bx_new(w->arena, bx_grid);
    check_rows(w, at, table, grid);
    for (uint32_t i = 0; i < BX_TABLE_SIDE; i++)
        grid->irregular |= grid->down[i] > 0; /* reaches below the last row */
    if (grid->irregular)
        fault(w, "has rows of different lengths:", BX_TAG_TABLE, BX_TAG_TR);
}

void bx_pdf_check_elements(bx_writer *w, const bx_element *at) {
    const bx_tags *tags = w->pages->tags;
    if (w->options->standards == 0)
        return;
    for (uint32_t i = 1; i < tags->list.n; i++) {
        if (!at[i].kept || w->nodes[i].content != i)
            continue;
        check_children(w, at, i);
        if (tags->list.at[i].kind == BX_TAG_TABLE)
            check_table(w, at, i);
    }
}
