/* What the parts of the PDF writer share while one file is made. */
#ifndef BX_OUTPUT_PDF_WRITER_H
#define BX_OUTPUT_PDF_WRITER_H

#include "output/pdf/number.h"
#include "output/pdf/pdf.h"
#include "output/pdf/store.h"
#include "output/pdf/usage.h"

/* A stretch of content, or an annotation, that belongs to a node of the semantic tree, in drawing
 * order over the whole document. */
typedef struct bx_chunk {
    uint32_t tag;
    uint32_t page;
    int32_t mcid; /* -1: an annotation */
    uint32_t key; /* of the annotation in the parent tree */
    const bx_obj *annotation;
} bx_chunk;

/* Reach of a node's drawing, for a figure's BBox. */
typedef struct bx_reach {
    uint32_t page;         /* from 1; 0: nothing drawn yet; UINT32_MAX: on several pages */
    bx_len x0, y0, x1, y1; /* y downward */
} bx_reach;

/* The facts of a node that content needs while it is written. */
typedef struct bx_node_use {
    uint32_t content; /* the node that content of this one counts to */
    uint32_t figure;  /* the figure it is part of, or 0 */
    bx_reach reach;   /* of figures */
} bx_node_use;

typedef struct bx_page_use {
    bx_obj *obj;
    const bx_page *page;
    uint32_t n_mcids;
    BX_VEC(const bx_obj *) annotations;
    bool alpha; /* something on it is partly transparent */
} bx_page_use;

typedef struct bx_writer {
    bx_arena *arena, *scratch; /* scratch: rewound after each page and each font */
    const bx_pages *pages;
    const bx_pdf_options *options;
    bx_report *report;
    bx_store *store;
    bx_usage usage;
    bx_page_use *page_uses; /* as many as pages */
    bx_node_use *nodes;     /* as many as tags */
    BX_VEC(bx_chunk) chunks;
    uint32_t n_annotations;
    bx_obj *catalog, *resources;
    struct bx_pictures *pictures;
    BX_VEC(const bx_obj *) font_programs;
    uint64_t subset_ns;
    bool refused; /* something was said that forbids the file */
} bx_writer;

/* rows.c: what a page shows, flattened (bx_flatten) into the arena. */
bx_placed_list bx_pdf_placed(bx_arena *arena, const bx_tags *tags, const bx_page *page);

/* notes.c: the glyphs and pictures of all pages, before fonts and content. */
void bx_pdf_note(bx_writer *w);

/* fonts.c: subsets every used face, gives codes and widths to its glyphs, makes the font objects
 * and puts /Font into the resources. */
void bx_pdf_fonts(bx_writer *w);
/* type3.c: a face of coloured bitmaps; its fonts go into `resources`. */
void bx_pdf_type3(bx_writer *w, bx_font_use *font, bx_buf *resources);
/* The ToUnicode map of a font whose codes are given, in ascending order of code. */
bx_obj *bx_pdf_to_unicode(bx_writer *w, const bx_font_use *font);

/* pictures.c: how large the pictures in the frame stand, before content. */
void bx_pdf_pictures_note(bx_writer *w, const bx_frame *frame);
/* The number of the picture's XObject (/I1 …), embedded once. 0 when it was refused. */
uint32_t bx_pdf_picture(bx_writer *w, const bx_image *image, bool on_page, bool *alpha);
const bx_obj *bx_pdf_picture_obj(bx_writer *w, uint32_t number);
void bx_pdf_pictures_done(bx_writer *w);

/* import.c: a form XObject that fills a unit square, from the first page of a plain PDF file. NULL:
 * the file is not of that kind. */
bx_obj *bx_pdf_import(bx_writer *w, bx_str pdf);

/* content.c: page `index`'s content stream; notes chunks, reaches and annotations. */
void bx_pdf_content(bx_writer *w, uint32_t index);
/* structure.c: settles which node content counts to, before content; the tree, after it. */
void bx_pdf_structure_begin(bx_writer *w);
void bx_pdf_structure(bx_writer *w);

/* links.c: an annotation; outline, page labels, named destinations. */
const bx_obj *bx_pdf_link(bx_writer *w, uint32_t page, const bx_placed *placed);
void bx_pdf_outline(bx_writer *w);
void bx_pdf_page_labels(bx_writer *w);
void bx_pdf_destinations(bx_writer *w, bx_buf *names);

/* meta.c: the moment of making as PDF writes it; the Info dictionary; XMP and the output intent in
 * the catalog. */
bx_str bx_pdf_date(bx_writer *w);
bx_obj *bx_pdf_info(bx_writer *w);
void bx_pdf_metadata(bx_writer *w);
void bx_pdf_output_intent(bx_writer *w);

/* attach.c: the attachments, with their names in `names`. */
void bx_pdf_attachments(bx_writer *w, bx_buf *names);

/* check.c: refuses what would break the promise of the chosen standards. */
bool bx_pdf_check(bx_writer *w);
/* Says what the chosen standard forbids; the file is then not written. */
void bx_pdf_refuse(bx_writer *w, bx_span span, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
