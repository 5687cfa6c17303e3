/* Findings as one SARIF 2.1.0 document (OASIS), for tools that show them beside the text. It is
 * written piece by piece, so that a batch of any length needs no memory for it. */
#ifndef BX_CLI_SARIF_H
#define BX_CLI_SARIF_H

#include "banxin.h"
#include "base/str.h"

typedef struct bx_sarif {
    bool has_results;
} bx_sarif;

/* The document up to its results: the program and its rules, which are the table of codes. */
void bx_sarif_begin(bx_sarif *sarif, bx_buf *out);
void bx_sarif_result(bx_sarif *sarif, bx_buf *out, const bx_diagnostic *diagnostic);
void bx_sarif_end(bx_sarif *sarif, bx_buf *out);

#endif
