/* Markdown becomes a tree of bx_node with places.
 *
 * CommonMark and GitHub's tables, strikethrough (two tildes only: 10~20万 is a range), bare
 * addresses, task lists and footnotes, parsed by cmark-gfm. What differs, and why:
 *
 * - Emphasis beside Chinese, Japanese and Korean characters opens and closes as the CJK-friendly
 *   amendments to CommonMark say, and Unicode symbols count as punctuation as in CommonMark 0.31.
 * - A bare address ends at the CJK mark that follows it.
 * - `[@id]` and `[@a; @b]` are citations.
 * - `---` right under a paragraph is a rule, not an underline that makes it a heading, when the
 *   paragraph does not look like one (markdown_setext.c says when).
 * - HTML is read by the table in markdown_html.c; what cannot be printed is dropped with a warning.
 * - Control characters are dropped and noncharacters become U+FFFD, with a warning.
 *
 * The result is in `arena`; nothing of cmark stays. `scratch` is another arena, which is rewound to
 * where it was, on the same memory. Nested deeper than the limit `depth` is an error and what is
 * deeper is left out. Threads: safe; parsing is serialised by a lock, because cmark-gfm's tables of
 * special characters are global to the process. */
#ifndef BX_INPUT_MARKDOWN_H
#define BX_INPUT_MARKDOWN_H

#include "base/diag.h"
#include "input/node.h"
#include "input/origin.h"

/* Of the library that parses: "0.29.0.gfm.6". */
const char *bx_markdown_library_version(void);

/* Blocks: a DOCUMENT. `text` must be valid UTF-8; origin says where it stands. */
bx_node *bx_markdown_blocks(bx_arena *arena, bx_arena *scratch, bx_str text,
                            const bx_origin *origin, bx_report *report);

/* Only inlines, under one PARAGRAPH: "1. x" or "# x" in a title is text, not a list or a heading.
 * Blank lines and line ends are soft breaks. */
bx_node *bx_markdown_inlines(bx_arena *arena, bx_arena *scratch, bx_str text,
                             const bx_origin *origin, bx_report *report);

#endif
