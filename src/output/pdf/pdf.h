/* Pages → PDF: glyph ids placed as text, fonts subset and embedded, tags, links, outline, metadata.
 * libharu holds the objects; shaping, subsetting and the file's form are ours. */
#ifndef BX_OUTPUT_PDF_H
#define BX_OUTPUT_PDF_H

#include "base/hand.h"
#include "compose/pages.h"
#include "output/sink.h"
#include "style/conformance.h"

typedef struct bx_attachment {
    bx_str name, mime, description, bytes;
    const char *relationship; /* to the document (AFRelationship); NULL: Source */
    bool plain;               /* stands in the file as it is, for programs that know no PDF */
} bx_attachment;

typedef struct bx_pdf_options {
    uint32_t standards; /* BX_PDF_A2A | BX_PDF_UA1 unless chosen otherwise */
    bx_str producer;    /* "Banxin 0.1.0" */
    int64_t created;    /* seconds since 1970, UTC: from the date or SOURCE_DATE_EPOCH */
    uint32_t image_dpi; /* larger pictures are brought down to it; 0: none are */
    bx_digest identity; /* of all inputs: the file's /ID */
    const bx_attachment *attachments; /* with PDF/A only in A-3 */
    uint32_t n_attachments;
    bx_hand *hand; /* deflates beside the caller's thread; NULL: none. The bytes are the same */
} bx_pdf_options;

typedef struct bx_pdf_stats { /* nanoseconds and bytes, for --timings and the bench */
    uint64_t subset_ns, deflate_ns, emit_ns, save_ns;
    uint64_t bytes, font_bytes, object_bytes;
} bx_pdf_stats;

/* Writes the file into the sink. false after an error in the report; the sink may then have had
 * part of the bytes. Scratch memory comes from `arena`. */
bool bx_pdf_write(bx_arena *arena, const bx_pages *pages, const bx_pdf_options *options,
                  bx_sink *sink, bx_pdf_stats *stats, bx_report *report);

#endif
