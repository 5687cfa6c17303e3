/* Name trees and number trees (ISO 32000-1, 7.9.6, 7.9.7), sorted and with limits. */
#ifndef BX_OUTPUT_PDF_TREE_H
#define BX_OUTPUT_PDF_TREE_H

#include "output/pdf/store.h"

typedef struct bx_tree_entry {
    bx_str name; /* of a name tree; bytes */
    uint32_t number;
    bx_str value; /* as it stands in the file */
} bx_tree_entry;

/* Makes the tree of `n` entries, sorts them in place; of entries with one key the first stays.
 * Returns the root, or NULL when there are none. */
bx_obj *bx_pdf_name_tree(bx_store *store, bx_arena *arena, bx_tree_entry *entries, uint32_t n);
bx_obj *bx_pdf_number_tree(bx_store *store, bx_arena *arena, bx_tree_entry *entries, uint32_t n);

#endif
