/* What becomes of each HTML element: the table of docs/markdown.md. Names in lower case. */
#ifndef BX_INPUT_HTML_TAGS_H
#define BX_INPUT_HTML_TAGS_H

#include "input/node.h"

typedef enum bx_html_role {
    BX_HTML_UNKNOWN,
    BX_HTML_INLINE,  /* an inline node */
    BX_HTML_BLOCK,   /* a block node */
    BX_HTML_THROUGH, /* the tag goes, its content stays */
    BX_HTML_VOID,    /* br, hr, img, wbr */
    BX_HTML_DROP,    /* goes with its content, with a warning */
    BX_HTML_HUSH,    /* goes with its content, without one */
    BX_HTML_NOTHING, /* an empty element that says nothing in print */
} bx_html_role;

typedef struct bx_html_tag {
    const char *name;
    bx_html_role role;
    bx_node_kind node;
    int number; /* of a heading: its level */
} bx_html_tag;

/* The tag's row + 1, 0: an element that the table does not have. */
uint16_t bx_html_tag_index(bx_str name);
/* NULL when there is no such row. */
const bx_html_tag *bx_html_tag_at(uint16_t index);

#endif
