/* The semantic tree: what the pages' items mean, in the order they are to be read.
 *
 * compose/ makes nodes in reading order as it reads the issue; items on pages name the node they
 * belong to. A node's children are read in the order made; its content on the pages is read page
 * by page, in drawing order. Names are those of ISO 32000-1, 14.8.4. */
#ifndef BX_DRAW_TAGS_H
#define BX_DRAW_TAGS_H

#include "base/length.h"
#include "base/vec.h"
#include "base/str.h"

typedef enum bx_tag_kind {
    BX_TAG_NONE, BX_TAG_DOCUMENT, BX_TAG_PART, BX_TAG_SECT, BX_TAG_DIV,
    BX_TAG_H1, BX_TAG_H2, BX_TAG_H3, BX_TAG_H4, BX_TAG_H5, BX_TAG_H6, BX_TAG_TITLE,
    BX_TAG_P, BX_TAG_L, BX_TAG_LI, BX_TAG_LBL, BX_TAG_LBODY,
    BX_TAG_QUOTE_BLOCK, BX_TAG_CODE_BLOCK, BX_TAG_CODE,
    BX_TAG_TABLE, BX_TAG_THEAD, BX_TAG_TBODY, BX_TAG_TR, BX_TAG_TH, BX_TAG_TD,
    BX_TAG_FIGURE, BX_TAG_CAPTION, BX_TAG_TOC, BX_TAG_TOCI, BX_TAG_REFERENCE, BX_TAG_BIBENTRY,
    BX_TAG_NOTE, BX_TAG_LINK, BX_TAG_SPAN, BX_TAG_STRONG, BX_TAG_EM, BX_TAG_QUOTE,
    BX_TAG_RUBY, BX_TAG_RB, BX_TAG_RT, BX_TAG_ASIDE,
} bx_tag_kind;

typedef enum bx_scope { BX_SCOPE_NONE, BX_SCOPE_COLUMN, BX_SCOPE_ROW } bx_scope;

typedef struct bx_tag {
    bx_tag_kind kind;
    uint32_t parent;      /* index; the root is 1 */
    bx_str lang;          /* when it differs from the parent's */
    bx_str alt, actual;   /* alternative and replacement text */
    bx_scope scope;       /* TH */
    uint16_t col_span, row_span;
    uint32_t headers[2];  /* TD: its column's and row's TH, 0: none */
    const char *list;     /* L: ListNumbering (Decimal, Disc, None …) */
    uint32_t note_ref;    /* NOTE: the tag of its mark; LINK to a note: the NOTE */
} bx_tag;

typedef struct bx_tags {
    bx_arena *arena;
    BX_VEC(bx_tag) list; /* 0: artifact, 1: the document */
} bx_tags;

bx_tags *bx_tags_new(bx_arena *arena, bx_str lang);
/* A new child of `parent`, after its other children. */
uint32_t bx_tags_add(bx_tags *tags, uint32_t parent, bx_tag_kind kind);
bx_tag *bx_tags_at(bx_tags *tags, uint32_t id);
const char *bx_tag_name(bx_tag_kind kind);

#endif
