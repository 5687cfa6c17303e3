/* Shapes that authors give their texts without any mark of their own in Markdown: what a layout, or
 * the choice of one, can go by. Nodes are as bx_issue_read leaves them. */
#ifndef BX_ISSUE_SHAPES_H
#define BX_ISSUE_SHAPES_H

#include "input/node.h"

/* The bold label that opens a block quotation, after an emoji or without one, and makes it a
 * call-out: > 💡 **Note**: … Its BX_NODE_STRONG, or NULL. */
const bx_node *bx_callout_label(const bx_node *quote);

/* Whether a paragraph is a row of labels and values: **Source**: … | **Time**: …, two at least, the
 * first at its very start. */
bool bx_is_meta_row(const bx_node *paragraph);

/* The value of a label of such a row, as plain text without what divides it from the next; empty:
 * there is none. */
bx_str bx_meta_value(bx_arena *arena, const bx_node *paragraph, bx_str label);

/* "English | 中文": the byte where the second half begins, BX_TITLE_BAR bytes after the first
 * half's end; 0: the title has no halves. */
enum { BX_TITLE_BAR = 3 };
uint32_t bx_title_halves(bx_str title);

#endif
