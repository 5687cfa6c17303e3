/* What the files of compose/ share while one issue is composed. */
#ifndef BX_COMPOSE_COMPOSER_H
#define BX_COMPOSE_COMPOSER_H

#include "compose/block.h"
#include "compose/pages.h"

#include <setjmp.h>

/* What the round before found out. Before the first round nothing is known. */
typedef struct bx_facts {
    bx_map page_of; /* anchor → bx_anchor* */
    uint32_t pages; /* 0: not known yet */
} bx_facts;

typedef struct bx_head {
    bx_str anchor, title;
} bx_head;

enum {
    BX_SLOT_LEAD = 1 << 0,
    BX_SLOT_SECTIONS = 1 << 1,
};

/* A note whose mark has been set, and the mark's tag. */
typedef struct bx_note_due {
    const bx_node *note;
    uint32_t mark_tag;
} bx_note_due;

struct bx_composer {
    bx_arena *arena;   /* text, glyphs, tags: as long as the pages */
    bx_arena *blocks;  /* blocks and their lines: until the pages are set */
    bx_arena *out;     /* frames and tokens: `arena`, or `scratch` while on trial */
    bx_arena *scratch; /* rewound by whoever marked it */
    bx_arena *draft;   /* text streams in the making; rewound after each block of the top level */
    const bx_issue *issue;
    const bx_style *style;
    const bx_fonts *fonts;
    const bx_assets *assets;
    bx_report *report;
    bx_pages *pages;
    bx_tags *tags;
    bx_facts facts;
    bool facts_used;               /* something set since this was cleared depends on the facts */
    BX_VEC(bx_link_item) links;    /* targets that text spans name by index; 0 is none */
    bx_map cited;                  /* reference id → its first citation has an anchor */
    bx_map noted;                  /* notes' nodes that have a block already, by id */
    BX_VEC(bx_note_due) notes_due; /* of the mark at which notes are being built; else empty */
    bx_map pictures;               /* path → picture, or a mark that there is none */
    bx_map numbers;                /* text → shaped page number */
    bx_map running;                /* role and text → shaped running line */
    BX_VEC(bx_head) heads;         /* of the sections, in order, for running lines */
    uint32_t n_figures, n_tables;
    uint32_t cover_tag;        /* the title page */
    bool titled;               /* the issue's title has its tag */
    const bx_section *meta_of; /* the section whose opening row a part has taken */
    jmp_buf *not_yet; /* set ahead: where to go with what is made in its turn only; NULL: it is */
    unsigned slots;   /* that parts of the layout have taken: BX_SLOT_… */
};

/* While on trial, frames go to scratch memory and are forgotten at the end: all that is asked of
 * them is how high they are. */
typedef struct bx_trial {
    bx_arena *out;
    bx_mark mark;
} bx_trial;
/* On trial, text has its height but no glyphs are placed. */
bool bx_on_trial(const bx_composer *c);
bx_trial bx_trial_begin(bx_composer *c);
void bx_trial_end(bx_composer *c, bx_trial trial);

/* Registers a link target; the index for text spans. */
uint32_t bx_link_add(bx_composer *c, bx_str url, bx_str dest, bx_str title);

/* The measure of the flow: of the page, or of one of its columns. */
bx_len bx_column_width(const bx_composer *c);

/* The role of that name, or `otherwise`. */
const bx_role *bx_role_named(const bx_composer *c, const char *name, const bx_role *otherwise);

/* Anchors are namespaced so that an id of the issue never meets one of ours. */
bx_str bx_anchor_cite(bx_composer *c, bx_str reference_id);

#endif
