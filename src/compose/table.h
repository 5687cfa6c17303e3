/* Tables: columns as wide as their content asks, rows over pages, the head again on each. */
#ifndef BX_COMPOSE_TABLE_H
#define BX_COMPOSE_TABLE_H

#include "compose/build.h"

typedef struct bx_cell {
    bx_para *para;  /* NULL: empty */
    bool number;    /* in a column of numbers: one line */
    bx_len integer; /* its width up to the end of the units digit */
} bx_cell;

typedef struct bx_column {
    bx_align align;
    bool numeric;     /* every cell of the body is a number or a dash: units digits stand in line */
    bx_extent extent; /* of content, padding not counted */
    bx_len before, after; /* numeric: widest part before and after the units digit's end */
} bx_column;

typedef struct bx_table {
    bx_block base;
    const bx_table_style *style;
    bx_cell *cells; /* row by row */
    bx_column *columns;
    uint32_t n_rows, n_columns;
    bool has_head;      /* row 0 */
    bx_para *continued; /* 续表; NULL: nothing */
    bx_len measure;     /* that x and w are for */
    bx_len *x, *w;      /* of the columns' content */
    bx_len left, width; /* of the table in the measure */
} bx_table;

enum { BX_NO_NUMBER = UINT32_MAX };

/* A number as tables have them: sign, groups, fraction, then a unit or the end of a range. The byte
 * after its units digit, or BX_NO_NUMBER. */
uint32_t bx_table_number(bx_str text);

/* What stands in a column of numbers where there is none. */
bool bx_table_filler(bx_str text);

static inline bx_cell *bx_table_cell(const bx_table *t, uint32_t row, uint32_t column) {
    return &t->cells[row * t->n_columns + column];
}

/* The columns' places for a measure. */
void bx_table_widths(bx_table *t, bx_len measure);

/* The width below which words would break or columns be no columns: padding included. */
bx_len bx_table_least(const bx_table *t);

/* The table in two parts side by side, each with its head, and 续表 over both on later pages. */
bx_block *bx_table_folded(bx_composer *c, bx_table *table, bx_len gutter);

extern const bx_block_class bx_table_class;

#endif
