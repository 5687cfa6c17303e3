/* Composed pages for people and programs: what stands where.
 *
 * Both forms are stable: the same pages give the same bytes. */
#ifndef BX_COMPOSE_DUMP_H
#define BX_COMPOSE_DUMP_H

#include "base/json.h"
#include "compose/pages.h"

/* The object that `banxin inspect` prints: pages [{number, label, width, height, items [{kind, x,
 * y, …}]}], in points with three decimals, origin at the top left. Kinds: text (a run: x of its
 * start, y of its baseline), image, rule (filled rectangles and drawings), link, anchor. */
void bx_pages_json(bx_json *json, const bx_pages *pages);

/* One line an item, for golden tests: kind, place, size, role, tag, text. */
void bx_pages_dump(bx_buf *out, const bx_pages *pages);

#endif
