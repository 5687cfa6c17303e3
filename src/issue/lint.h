/* What an editor wants to know before printing: faults of the text that no reader of files can call
 * errors. Each is a warning at its place with what to do; those that can be mended without changing
 * what the text means carry a fix (bx_fix). Rules on marks are of Chinese text (GB/T 15834—2011,
 * clreq) and are silent in issues in other languages; code, links' addresses and formulas are never
 * looked at. */
#ifndef BX_ISSUE_LINT_H
#define BX_ISSUE_LINT_H

#include "issue/issue.h"

/* `arena` is for scratch. Linear in the text. */
void bx_issue_lint(bx_arena *arena, const bx_issue *issue, bx_report *report);

#endif
