#include "input/markdown_build.h"

void bx_md_html(bx_md *md, bx_str html, uint32_t start, bool block) {
    bx_span span = bx_md_span(md, start, start + html.n);
    if (!block && html.n > 2 && strncasecmp(html.p, "<br", 3) == 0)
        bx_md_leaf(md, BX_NODE_LINE_BREAK, span);
}
