/* The composed document: pages of frames with what a reader's program needs to walk them. */
#ifndef BX_COMPOSE_PAGES_H
#define BX_COMPOSE_PAGES_H

#include "base/hand.h"
#include "draw/frame.h"
#include "draw/tags.h"
#include "issue/issue.h"
#include "style/style.h"

typedef struct bx_page {
    const bx_frame *frame;
    bx_str label; /* what is printed on it, or would be: "1", "ii" */
} bx_page;

typedef struct bx_outline {
    bx_str title;
    uint8_t level; /* 1 … ; an entry belongs under the nearest one above of a lower level */
    bx_str dest;   /* anchor */
    bool open;
} bx_outline;

/* Where an anchor came to stand. */
typedef struct bx_anchor {
    bx_str name;
    uint32_t page; /* from 0 */
    bx_len x, y;
} bx_anchor;

typedef struct bx_meta {
    bx_str title, subject, lang, publisher, series, number, identifier;
    bx_str *authors, *keywords;
    uint32_t n_authors, n_keywords;
    bx_date date;
} bx_meta;

typedef struct bx_pages {
    BX_VEC(bx_page) list;
    bx_tags *tags;
    BX_VEC(bx_outline) outline;
    BX_VEC(bx_anchor) anchors;
    bx_map anchor_by_name; /* name → bx_anchor* */
    bx_meta meta;
    uint32_t rounds; /* until page numbers settled */
} bx_pages;

/* What composition needs from outside. `image` loads a file that the issue or its layout names,
 * through the fence of input/: NULL after an error. */
typedef struct bx_assets {
    const bx_image *(*image)(void *user, bx_arena *arena, bx_str path, bx_span asked,
                             bx_report *report);
    void *user;
    const bx_hyphens *hyphens; /* dictionaries for Latin words; NULL: none */
    bx_hand *hand;             /* takes part in the work; NULL: nobody does */
} bx_assets;

/* Composes an issue: issue × style × fonts → pages. Deterministic; at most 5 rounds until every
 * page number is right. NULL only after an error in the report. */
bx_pages *bx_compose(bx_arena *arena, const bx_issue *issue, const bx_style *style,
                     const bx_fonts *fonts, const bx_assets *assets, bx_report *report);

#endif
