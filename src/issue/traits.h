/* What an issue has, counted: what a layout goes by to say which issues it suits (`suits` in
 * layout.yaml). One table of traits serves the count and the layouts' keys. */
#ifndef BX_ISSUE_TRAITS_H
#define BX_ISSUE_TRAITS_H

#include "issue/issue.h"

/* X(ID, "name in layouts", "what is counted") */
#define BX_TRAIT_TABLE(X)                                                                          \
    X(CHARACTERS, "characters", "of the text, without titles, white and references")               \
    X(PROSE, "prose", "hundredths of them that stand in plain paragraphs")                         \
    X(HEADS, "heads", "of sections, at every level")                                               \
    X(LINKED_HEADS, "linked-heads", "heads with a link to another place")                          \
    X(BILINGUAL_HEADS, "bilingual-heads", "heads in two halves: `English | 中文`")                 \
    X(META_ROWS, "meta-rows",                                                                      \
      "sections that open with labels and values: `**Source**: … | **Time**: …`")                  \
    X(CALLOUTS, "call-outs", "block quotations that open with a bold label")                       \
    X(ITEMS, "items", "of lists, at every level")                                                  \
    X(TABLES, "tables", "in the text")                                                             \
    X(CODE, "code", "blocks of code")                                                              \
    X(PICTURES, "pictures", "in the text")                                                         \
    X(SUMMARY_POINTS, "summary-points", "items of a list that is the abstract")                    \
    X(REFERENCES, "references", "entries of the list of references")                               \
    X(CODES, "qr-codes", "of the contact block")                                                   \
    X(SERIES, "series", "1 when the issue names its periodical")                                   \
    X(NUMBER, "number", "1 when it has a number")                                                  \
    X(PUBLISHER, "publisher", "1 when it has a publisher")                                         \
    X(AUTHORS, "authors", "its authors")

typedef enum bx_trait {
#define BX_TRAIT_ID(id, name, doc) BX_TRAIT_##id,
    BX_TRAIT_TABLE(BX_TRAIT_ID)
#undef BX_TRAIT_ID
        BX_TRAITS
} bx_trait;

typedef struct bx_traits {
    uint32_t count[BX_TRAITS];
} bx_traits;

bx_traits bx_issue_traits(const bx_issue *issue);

#endif
