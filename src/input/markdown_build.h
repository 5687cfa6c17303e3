/* What the files of the Markdown reader share: the tree under construction and where it stands. */
#ifndef BX_INPUT_MARKDOWN_BUILD_H
#define BX_INPUT_MARKDOWN_BUILD_H

#include "input/markdown.h"
#include "input/markdown_prepare.h"

/* An open node. Frames of HTML elements lie on those of Markdown's containers; a container's end
 * closes what HTML left open in it. */
typedef enum bx_frame_kind {
    BX_FRAME_MARKDOWN,
    BX_FRAME_HTML,
    BX_FRAME_IMPLIED, /* a paragraph for inlines that HTML put where blocks stand */
} bx_frame_kind;

typedef struct bx_frame {
    bx_node *node;
    bx_frame_kind kind;
    uint16_t tag;   /* of HTML */
    bx_node *above; /* of a row: the cell above the next one, or NULL */
} bx_frame;

/* Of an HTML cell, in its flags: how many rows below it still covers; of no use to later stages. */
enum { BX_REACH_SHIFT = 8, BX_REACH_MOST = 0xFF };

/* Cells of a row beyond the table's columns, which GitHub leaves out: bytes of the prepared text.
 */
typedef struct bx_row_rest {
    bx_node *row;
    uint32_t start, end;
} bx_row_rest;

typedef struct bx_md {
    bx_arena *arena, *scratch;
    bx_report *report;
    bx_prepared in;
    BX_VEC(bx_frame) frames;
    bool too_deep; /* said once */

    /* Finding inlines in the prepared text: they come in its order, so a cursor suffices. */
    uint32_t cursor, limit;
    uint32_t budget; /* steps left for searches in this block */
    BX_VEC(uint32_t) lines;

    uint64_t cells;   /* of the table that is open */
    uint64_t covered; /* cells that wide and high ones of HTML have added */
    uint32_t column; /* of the next cell in a row of Markdown's */
    bool bare_link;  /* the link that is open is a bare address */

    BX_VEC(bx_row_rest) rests;

    BX_VEC(bx_node *) notes; /* by number */
    BX_VEC(bx_node *) note_refs;

    /* HTML */
    uint16_t dropping;      /* the element whose content is left out, 0: none */
    uint32_t dropped_depth; /* frames when that began: it ends with the innermost of them */
    bx_node *capture;       /* takes text as its own `text`: code, the reading of a ruby */
} bx_md;

/* The tree. */
bx_node *bx_md_top(bx_md *md);
/* Opens a node in the top one. NULL when that would be too deep: then its content must be skipped.
 */
bx_node *bx_md_open(bx_md *md, bx_node_kind kind, bx_span span, bx_frame_kind frame, uint16_t tag);
void bx_md_close(bx_md *md);
/* A node without content. */
bx_node *bx_md_leaf(bx_md *md, bx_node_kind kind, bx_span span);
/* Text in the top node, without marks. */
void bx_md_text(bx_md *md, bx_str text, bx_span span);
/* Makes the top node one that takes inlines, or blocks: opens or closes an implied paragraph. */
void bx_md_want_inlines(bx_md *md, bx_span span);
void bx_md_want_blocks(bx_md *md);

/* Places. Offsets are of the prepared text. */
bx_span bx_md_span(const bx_md *md, uint32_t start, uint32_t end);
void bx_md_seek(bx_md *md, uint32_t start, uint32_t limit);
/* Finds what cmark read as `literal` from the cursor on and moves the cursor past it. decode: the
 * source may have escapes and entities. False: not found, *start and *end are the cursor. */
bool bx_md_locate(bx_md *md, bx_str literal, bool decode, uint32_t *start, uint32_t *end);
/* Whether the cursor is before a bracket that opens a link or image: a bare address has none. */
bool bx_md_at_bracket(const bx_md *md);
/* Moves the cursor over `](address "title")`, `][label]` or `]` of the link that ends there. */
void bx_md_skip_link_tail(bx_md *md);

/* HTML: one tag or comment in a line, or a block of them. `start` is where the literal stands. */
void bx_md_html(bx_md *md, bx_str html, uint32_t start, bool block);

/* After the tree is built: empty paragraphs go, text is searched for citations and formulas. */
void bx_md_finish(bx_md *md, bx_node *root);

/* Whether a heading underlined with --- was meant as a paragraph and a rule. */
bool bx_md_setext_is_rule(const bx_md *md, const bx_node *heading, uint32_t start, uint32_t end);

#endif
