/* Which pages to take: of the ways to cut the flow into pages, the one that a book designer would
 * find the least fault with, looking some pages ahead. */
#ifndef BX_COMPOSE_FIT_H
#define BX_COMPOSE_FIT_H

#include "compose/page.h"

/* Fills pages until the flow has ended. `before`: the pages of the last round, or none. */
bx_page_records bx_pages_fill(bx_composer *c, bx_block *flow, const bx_page_records *before);

#endif
