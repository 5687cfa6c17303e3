/* The tree that Markdown becomes: blocks and inlines, each with its span in the source.
 *
 * One node type serves both. Nodes live in the arena and are constant once read. Which
 * fields a kind uses is said beside it; all others are zero. */
#ifndef BX_INPUT_NODE_H
#define BX_INPUT_NODE_H

#include "base/source.h"

typedef enum bx_node_kind {
    BX_NODE_DOCUMENT, /* blocks */
    /* Blocks */
    BX_NODE_PARAGRAPH,  /* inlines */
    BX_NODE_HEADING,    /* inlines; number: level 1–6; id: {#id} when given; target: its line in
                           the contents that the text brings, a paragraph, or NULL */
    BX_NODE_LIST,       /* items; number: first number, or BX_BULLETS; flags: BX_LIST_TIGHT */
    BX_NODE_ITEM,       /* blocks; flags: BX_TASK, BX_TASK_DONE */
    BX_NODE_QUOTE,      /* blocks; flags: BX_ALERT, then a bold run opens it */
    BX_NODE_CODE_BLOCK, /* text; title: info string */
    BX_NODE_BREAK,      /* thematic break */
    BX_NODE_TABLE,      /* rows; the first is the head when BX_HEAD is set on it */
    BX_NODE_ROW,        /* cells; flags: BX_HEAD */
    BX_NODE_CELL,       /* inlines; number: bx_cell_align; flags: BX_HEAD when it names its row */
    BX_NODE_NOTE,       /* blocks: a footnote's text; id: its label; number: its number from 1 */
    BX_NODE_DETAILS,    /* blocks; the first paragraph is the summary when BX_HEAD is set on it */
    BX_NODE_GROUP,      /* blocks without meaning of their own (div); title: class names */
    /* Inlines */
    BX_NODE_TEXT,       /* text */
    BX_NODE_SOFT_BREAK, /* a line end in the source; what it becomes is text/'s to say (R33) */
    BX_NODE_LINE_BREAK,
    BX_NODE_CODE,      /* text */
    BX_NODE_STRONG,    /* inlines */
    BX_NODE_EMPH,      /* inlines */
    BX_NODE_STRIKE,    /* inlines */
    BX_NODE_UNDERLINE, /* inlines */
    BX_NODE_SUP,       /* inlines */
    BX_NODE_SUB,       /* inlines */
    BX_NODE_DOTS,      /* inlines: emphasis dots (着重号) */
    BX_NODE_LINK,      /* inlines; url; title. url "#id" is inside the document */
    BX_NODE_IMAGE,     /* url; text: alternative text; title: caption */
    BX_NODE_CITATION,  /* id: the reference's id; number: its number from 1, when resolved.
                          [@a; @b] is two of them side by side */
    BX_NODE_NOTE_REF,  /* id: label; number: the note's number from 1; target: its BX_NODE_NOTE */
    BX_NODE_RUBY,      /* inlines: the base; text: the reading */
    BX_NODE_SPAN,      /* inlines; id: language tag, title: class names */
} bx_node_kind;

enum { BX_BULLETS = -1 };
enum {
    BX_LIST_TIGHT = 1 << 0,
    BX_TASK = 1 << 1,
    BX_TASK_DONE = 1 << 2,
    BX_HEAD = 1 << 3,
    BX_NOTE_SEEN = 1 << 4, /* of a note: its first mark has been read; of no use to later stages */
    BX_ALERT = 1 << 5,
};
typedef enum bx_cell_align {
    BX_CELL_AUTO,
    BX_CELL_START,
    BX_CELL_CENTER,
    BX_CELL_END
} bx_cell_align;

typedef struct bx_node {
    bx_node_kind kind;
    uint32_t flags;
    int32_t number;
    bx_span span;
    bx_str text, url, title, id;
    struct bx_node *parent, *first, *last, *next;
    struct bx_node *target;
} bx_node;

bx_node *bx_node_new(bx_arena *arena, bx_node_kind kind, bx_span span);
void bx_node_append(bx_node *parent, bx_node *child);
/* Puts a chain of nodes (linked by next) in the place of `child`. */
void bx_node_replace(bx_node *parent, bx_node *child, bx_node *first);
bool bx_node_is_inline(bx_node_kind kind);
const char *bx_node_name(bx_node_kind kind);

/* The next node in reading order: after a node come what is under it and then its neighbour; past a
 * node, only the latter. NULL when all under `root` has been seen. */
const bx_node *bx_node_after(const bx_node *node, const bx_node *root);
const bx_node *bx_node_past(const bx_node *node, const bx_node *root);

/* The text of a node and what is under it, without marks: for outlines, ids, metadata. Breaks
 * become what R33 says (nothing between Han, else a space); images give their alternative text,
 * citations and note marks nothing. */
bx_str bx_node_plain(bx_arena *arena, const bx_node *node);

#endif
