/* The files inside a PDF that this program wrote.
 *
 * Not a reader of PDF: of the form that store.c and attach.c write, and of nothing else. There all
 * that has no stream is packed away in object streams, so the file is a row of streams one after
 * the other, each with its length before it, and can be walked from its first byte without its
 * cross-reference table. Whatever has another form ends the walk: what has been saved anew by
 * another program is not the file that was made. */
#ifndef BX_OUTPUT_PDF_EMBEDDED_H
#define BX_OUTPUT_PDF_EMBEDDED_H

#include "base/str.h"
#include "base/vec.h"

typedef struct bx_pdf_piece {
    uint32_t number;         /* of the object */
    uint32_t start, end;     /* its bytes */
    bx_str dictionary, data; /* of the stream, as they stand in the file */
} bx_pdf_piece;
typedef BX_VEC(bx_pdf_piece) bx_pdf_pieces;

/* The streams of the file, in its order, as far as it has the form. False: it does not begin like a
 * PDF of ours. The pieces are borrowed from `pdf`. */
bool bx_pdf_walk(bx_arena *arena, bx_str pdf, bx_pdf_pieces *out);

/* Is it an attached file? */
bool bx_pdf_is_file(const bx_pdf_piece *piece);

/* An attached file's bytes, at most `limit`. False: damaged, or larger. */
bool bx_pdf_file_bytes(bx_arena *arena, const bx_pdf_piece *piece, uint32_t limit, bx_str *out);

/* What the object is, for people: "a page's content", "a font" … */
const char *bx_pdf_piece_kind(const bx_pdf_piece *piece);

#endif
