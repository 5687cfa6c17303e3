/* What the rules of lint look at: the characters of one paragraph, in reading order, each with the
 * place it came from. Styling does not interrupt it; what is no prose is one BX_LINT_OTHER. */
#ifndef BX_ISSUE_LINT_TEXT_H
#define BX_ISSUE_LINT_TEXT_H

#include "issue/issue.h"

enum {
    BX_LINT_OTHER = 0xFFFC, /* code, a picture, a citation, an address: nothing is known of it */
    BX_LINT_BREAK = '\n',
};

typedef struct bx_lint_char {
    uint32_t c;
    uint32_t at, n;      /* its bytes in the node's text */
    const bx_node *node; /* the text node it is from */
} bx_lint_char;

typedef struct bx_lint_text {
    bx_arena *arena;
    bx_report *report;
    const bx_issue *issue;
    bool chinese;
    BX_VEC(bx_lint_char) list;
    const bx_node *asked_of; /* the node last looked at in the source, and what was seen */
    bool as_written;
} bx_lint_text;

/* Fills the list with the inlines under `block`. */
void bx_lint_gather(bx_lint_text *text, const bx_node *block);

/* The character at i; a space outside the text. */
uint32_t bx_lint_at(const bx_lint_text *text, int64_t i);
bool bx_lint_is_cjk(uint32_t c); /* Han, kana, or a mark of East Asian width */

/* Where the characters [from, to) stand. */
bx_span bx_lint_span(bx_lint_text *text, uint32_t from, uint32_t to);
/* Gives the latest diagnostic, whose span is that of [from, to), a fix: when those characters stand
 * in the source as they are in the text, and not otherwise (an entity, an escape). */
void bx_lint_fix(bx_lint_text *text, uint32_t from, uint32_t to, const char *replacement);

/* The rules. `next` begins the paragraph after this one, or is NULL: a quotation may go on in it.
 */
void bx_lint_marks(bx_lint_text *text);
void bx_lint_pairs(bx_lint_text *text, const bx_lint_text *next);
void bx_lint_dates(bx_lint_text *text);

#endif
