/* The tree as HTML, written as cmark-gfm writes it, so that the two can be compared.
 *
 * What only HTML in the source can make (groups, ruby, underlines …) is not written: texts with
 * HTML in them are not compared. */
#ifndef BX_TESTS_INPUT_HTML_H
#define BX_TESTS_INPUT_HTML_H

#include "input/node.h"

void bx_node_html(bx_buf *out, const bx_node *root);

#endif
