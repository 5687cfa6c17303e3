/* The structure tree while it is made: which nodes become elements, and under which. */
#ifndef BX_OUTPUT_PDF_ELEMENTS_H
#define BX_OUTPUT_PDF_ELEMENTS_H

#include "output/pdf/writer.h"

enum { NOWHERE = UINT32_MAX };

/* What is known of a node while the tree is written. */
typedef struct bx_element {
    bx_obj *obj;
    uint32_t first_child, last_child, next; /* tags; 0: none */
    uint32_t first_chunk, last_chunk;       /* index + 1; 0: none */
    uint32_t where;                         /* first chunk of the whole subtree */
    bool kept;
    bool referenced; /* a cell names it as its header */
} bx_element;

/* Nesting and the regularity of tables (ISO 14289-1, 7.2): what is not lawful is a fault of
 * composition and refuses the file. `at` is by tag. */
void bx_pdf_check_elements(bx_writer *w, const bx_element *at);

#endif
