/* The model as text, for tests and for people who look for a fault: one line a node, with its place
 * (line:column, both ends), stable between runs and versions. */
#ifndef BX_ISSUE_DUMP_H
#define BX_ISSUE_DUMP_H

#include "issue/issue.h"

void bx_issue_dump(bx_buf *out, bx_sources *sources, const bx_issue *issue);

#endif
