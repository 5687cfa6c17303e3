/* Pages made by hand, for tests of the PDF writer that need no composition: text is shaped straight
 * with HarfBuzz, and everything stands where the test puts it. Lengths in pt. */
#ifndef BX_TEST_PDF_SHEET_H
#define BX_TEST_PDF_SHEET_H

#include "base/utf8.h"
#include "compose/pages.h"
#include "output/pdf/pdf.h"

typedef struct sheet {
    bx_memory memory;
    bx_arena *arena;
    bx_report *report;
    bx_fonts *fonts;
    bx_pages *pages;
    bx_frame *frame;    /* of the latest page */
    bx_text_span *span; /* of text set from now on */
} sheet;

sheet *sheet_new(const char *lang);
void sheet_drop(sheet *s);

void sheet_page(sheet *s, int width, int height, const char *label);
uint32_t sheet_tag(sheet *s, uint32_t parent, bx_tag_kind kind);
/* Chooses colour and style of what follows. */
void sheet_style(sheet *s, const char *family, int weight, bool italic, bx_color color);

/* Sets UTF-8 text on one line, split where the face changes; `gap` (1/1024 pt) is added between
 * glyphs as justification does. Returns the width in pt. */
double sheet_text_gap(sheet *s, uint32_t tag, double size, double x, double y, const char *text,
                      int gap);
/* One text on two lines, 18 pt apart; the gap is for the first. */
void sheet_lines(sheet *s, uint32_t tag, double size, double x, double y, const char *first,
                 const char *second, int gap);
double sheet_text(sheet *s, uint32_t tag, double size, double x, double y, const char *text);
/* Adds a hyphen that nobody typed at x, y. */
void sheet_hyphen(sheet *s, uint32_t tag, double size, double x, double y);
void sheet_item(sheet *s, uint32_t tag, double x, double y, bx_item item);
void sheet_rect(sheet *s, uint32_t tag, double x, double y, double w, double h, double radius,
                bx_color fill, bx_color stroke, double weight);
void sheet_image(sheet *s, uint32_t tag, double x, double y, double w, double h,
                 const bx_image *image);
void sheet_link(sheet *s, uint32_t tag, double x, double y, double w, double h, const char *url,
                const char *dest, const char *title);
void sheet_anchor(sheet *s, const char *name, double y);
void sheet_outline(sheet *s, int level, const char *title, const char *dest);
/* A picture of samples: kind 1 grey, 3 RGB, 'a' RGB with alpha, 'p' palette, 16 RGB of 16 bits. */
const bx_image *sheet_picture(sheet *s, int kind, uint32_t w, uint32_t h);

/* The file in memory; empty when the writer refused. */
bx_str sheet_write(sheet *s, const bx_pdf_options *options, bx_pdf_stats *stats);
bx_pdf_options sheet_options(void);

/* A document with everything the writer knows, for tests from outside. */
sheet *sample_sheet(void);
/* A picture of four greys in all eight orientations, 20 pt each, from left to right. */
sheet *turned_sheet(void);
/* Seventy pages, a section and a few paragraphs on each, with links between them. */
sheet *long_sheet(void);

#endif
