/* Composed pages as text for golden tests: what stands where. The same pages give the same bytes.
 */
#ifndef BX_COMPOSE_DUMP_H
#define BX_COMPOSE_DUMP_H

#include "base/str.h"
#include "compose/pages.h"

/* One line an item, for golden tests: kind, place, size, role, tag, text. */
void bx_pages_dump(bx_buf *out, const bx_pages *pages);

#endif
