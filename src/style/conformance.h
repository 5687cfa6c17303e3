/* The PDF standards that a file keeps, as layouts and --pdf-standard name them. */
#ifndef BX_STYLE_CONFORMANCE_H
#define BX_STYLE_CONFORMANCE_H

#include "base/str.h"

enum {
    BX_PDF_A2A = 1, /* ISO 19005-2, level A */
    BX_PDF_A3A = 2, /* ISO 19005-3, level A: the same, and files may be attached */
    BX_PDF_UA1 = 4, /* ISO 14289-1 */
};

/* The names, ended by NULL: a-2a, a-3a, ua-1, and none. */
extern const char *const bx_standard_names[];

/* The bits of a list of names. What is wrong with the list, as a sentence, or NULL. */
const char *bx_standards_read(bx_arena *arena, const bx_str *names, uint32_t n, uint32_t *bits);
/* The same for names between commas: "a-3a,ua-1". */
const char *bx_standards_parse(bx_arena *arena, bx_str text, uint32_t *bits);
/* The names of the bits, between commas; "none" for 0. */
bx_str bx_standards_text(bx_arena *arena, uint32_t bits);

#endif
