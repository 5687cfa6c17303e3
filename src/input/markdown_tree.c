/* The tree under construction. */
#include "input/markdown_build.h"

bx_node *bx_md_top(bx_md *md) { return md->frames.at[md->frames.n - 1].node; }

bx_node *bx_md_open(bx_md *md, bx_node_kind kind, bx_span span, bx_frame_kind frame, uint16_t tag) {
    if (md->frames.n >= md->report->limits.at[BX_LIMIT_DEPTH]) {
        if (!md->too_deep)
            bx_say_limit(md->report, BX_LIMIT_DEPTH, span);
        md->too_deep = true;
        return NULL;
    }
    bx_node *node = bx_node_new(md->arena, kind, span);
    if (md->frames.n)
        bx_node_append(bx_md_top(md), node);
    bx_push(md->scratch, &md->frames, (bx_frame){.node = node, .kind = frame, .tag = tag});
    return node;
}

void bx_md_close(bx_md *md) {
    if (bx_md_top(md) == md->capture)
        md->capture = NULL;
    md->frames.n--;
}

bx_node *bx_md_leaf(bx_md *md, bx_node_kind kind, bx_span span) {
    bx_node *node = bx_node_new(md->arena, kind, span);
    bx_node_append(bx_md_top(md), node);
    return node;
}

void bx_md_text(bx_md *md, bx_str text, bx_span span) {
    text = bx_markdown_strip(md->scratch, text);
    if (!text.n || md->dropping)
        return;
    if (md->capture) {
        bx_buf joined = bx_buf_new(md->arena);
        bx_buf_str(&joined, md->capture->text);
        bx_buf_str(&joined, text);
        md->capture->text = bx_buf_view(&joined);
        return;
    }
    bx_node *node = bx_md_leaf(md, BX_NODE_TEXT, span);
    node->text = bx_sources_keep(md->report->sources, md->arena, span, text);
}

static bool takes_inlines(bx_node_kind kind) {
    return kind == BX_NODE_PARAGRAPH || kind == BX_NODE_HEADING || kind == BX_NODE_CELL ||
           bx_node_is_inline(kind);
}

void bx_md_want_inlines(bx_md *md, bx_span span) {
    if (!takes_inlines(bx_md_top(md)->kind))
        bx_md_open(md, BX_NODE_PARAGRAPH, span, BX_FRAME_IMPLIED, 0);
}

void bx_md_want_blocks(bx_md *md) {
    while (md->frames.n > 1) {
        bx_frame *top = &md->frames.at[md->frames.n - 1];
        if (top->kind == BX_FRAME_IMPLIED) {
            bx_md_close(md);
            return;
        }
        if (top->kind != BX_FRAME_HTML || !bx_node_is_inline(top->node->kind))
            return;
        bx_md_close(md); /* an inline element never holds blocks */
    }
}
