/* Pages → JSON: what stands where, for people who want to know and for programs that check.
 *
 *     {"pages":[{"number":1,"label":"1","width":595.276,"height":841.890,"items":[
 *       {"kind":"text","x":…,"y":…,"width":…,"text":"…","font":"…","size":…,"role":"…","tag":"P"},
 * …]}]}
 *
 * Lengths are points with three decimals from the page's top left corner; a text's y is its
 * baseline. Items are in drawing order, one a line. The form is documented in docs/cli.md. */
#ifndef BX_OUTPUT_INSPECT_H
#define BX_OUTPUT_INSPECT_H

#include "compose/pages.h"

void bx_inspect_pages(const bx_pages *pages, bx_buf *out);

#endif
