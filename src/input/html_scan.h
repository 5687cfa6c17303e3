/* HTML as it occurs in Markdown, cut into tags and text. Forgiving: what is no tag is text. */
#ifndef BX_INPUT_HTML_SCAN_H
#define BX_INPUT_HTML_SCAN_H

#include "base/str.h"

typedef enum bx_html_kind {
    BX_HTML_END,
    BX_HTML_TEXT,
    BX_HTML_OPEN,    /* <name …> */
    BX_HTML_CLOSE,   /* </name> */
    BX_HTML_COMMENT, /* also <!DOCTYPE …> and <?…?> */
} bx_html_kind;

typedef struct bx_html_token {
    bx_html_kind kind;
    bx_str raw;  /* all of it, as written */
    bx_str name; /* of a tag */
    bool self_closing;
} bx_html_token;

/* The token at *at, which moves past it. */
bx_html_token bx_html_next(bx_str html, uint32_t *at);

/* The value of a tag's attribute, undecoded; false: it has none of that name. */
bool bx_html_attribute(const bx_html_token *tag, const char *name, bx_str *value);

#endif
