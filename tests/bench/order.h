/* Orders of work (floor.h), gathered from a built document. */
#ifndef BX_TESTS_BENCH_ORDER_H
#define BX_TESTS_BENCH_ORDER_H

#include "compose/pages.h"
#include "output/pdf/usage.h"

typedef struct order {
    bx_arena *arena;
    bx_usage usage;
    BX_VEC(const bx_glyph_run *) runs; /* as printed: one for each piece of a line */
    bx_str pdf;
} order;

/* Of the document's pages and its PDF, both of which are borrowed. */
order order_of(bx_arena *arena, const bx_pages *pages, bx_str pdf);
/* Writes the order into a file. false: it cannot be written. */
bool order_write(const order *o, const char *path);

#endif
