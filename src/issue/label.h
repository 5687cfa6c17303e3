/* Bold labels that open paragraphs and lines: what authors write instead of markup that Markdown
 * does not have. Nothing here depends on words. */
#ifndef BX_ISSUE_LABEL_H
#define BX_ISSUE_LABEL_H

#include "base/arena.h"
#include "input/node.h"

typedef struct bx_label {
    const bx_node *strong; /* NULL: the paragraph does not open with a bold run */
    bool pictograph;       /* an emoji stands before it */
    bool colon;            /* it ends in a colon, or one follows */
    bool alone;            /* its line ends after it */
} bx_label;

/* The label that opens a paragraph, whether after pictographs or not. */
bx_label bx_label_of(bx_arena *arena, const bx_node *para);

/* Nothing but pictographs and white. */
bool bx_is_pictograph(bx_str text);

/* How many bytes of the text are pictographs that it opens with, white after them included; *n: how
 * many they are (two for a flag). 0: it opens with none. */
uint32_t bx_pictograph_end(bx_str text, uint32_t *n);

/* Whether the line of source that begins with this inline is the title of the text in the lines
 * below it: it is bold all over (marks and pictographs do not count), or it opens with a bold run
 * and a line that opens with a label follows. */
bool bx_is_title_line(bx_arena *arena, const bx_node *first);

/* Whether these inlines, a whole paragraph, are one short bold run that is no sentence: a head that
 * its author did not want in the outline. */
bool bx_is_title_paragraph(bx_arena *arena, const bx_node *first);

/* Whether a paragraph is one line of a name and a value: 来源：某报. */
bool bx_is_value_line(bx_arena *arena, const bx_node *paragraph);

/* Whether the author meant the line to end at this soft break: after a title line,
 * before one that opens with a label and a colon, round one in italics, between two that open with
 * numbers or signs of their own (1、 （2） ①), before the source of a quotation (—— 某某). Blogs print line ends as they are typed, so authors rely on these. `line`:
 * the first inline of the line. */
bool bx_is_line_end(bx_arena *arena, const bx_node *line, const bx_node *soft_break);

#endif
