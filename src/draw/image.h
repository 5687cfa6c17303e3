/* Pictures: read, checked, and kept in the form an output can carry. */
#ifndef BX_DRAW_IMAGE_H
#define BX_DRAW_IMAGE_H

#include "base/diag.h"
#include "base/hash.h"
#include "base/length.h"
#include "font/font.h"

typedef enum bx_image_kind {
    BX_IMAGE_JPEG,   /* passed through: `bytes` is the file */
    BX_IMAGE_RASTER, /* rows of samples, 8 or 16 bits (big-endian), top to bottom, without padding */
    BX_IMAGE_VECTOR, /* SVG: `bytes` is a PDF file of one page, which is the picture; or `drawing` */
} bx_image_kind;

typedef struct bx_image {
    bx_image_kind kind;
    uint32_t width, height;    /* pixels as stored; VECTOR: CSS pixels, 96 to the inch */
    uint32_t dpi_x, dpi_y;     /* 0: not said */
    uint8_t orientation;       /* how the stored rows are turned for the reader: EXIF's 1 … 8; 1: not */
    uint8_t components;        /* of colour: 1 grey, 3 RGB, 4 CMYK */
    uint8_t bits;              /* 8 or 16 */
    bool inverted_cmyk;        /* Adobe's JPEGs */
    bx_str bytes;              /* JPEG file, or samples */
    bx_str alpha;              /* samples of opacity, same size, 8 bits; empty: opaque */
    bx_str palette;            /* RGB triples, at most 256; `bytes` are indices of 8 bits, all within it */
    bx_str icc;                /* embedded profile of so many components, or empty */
    const struct bx_frame *drawing; /* VECTOR: a frame made by the program itself */
    bx_digest digest;          /* of the file: the same picture is embedded once */
} bx_image;

/* Reads a picture file: PNG, JPEG, WebP, AVIF, GIF (its first frame), SVG, told by its first bytes. NULL
 * after an error, which names the place that asked for it. The limit
 * `pixels` is checked by the header before anything is decoded. `file_bytes` is borrowed: a JPEG keeps it. `fonts` sets the text
 * of an SVG; without it one with text is an error. */
const bx_image *bx_image_read(bx_arena *arena, bx_str file_bytes, bx_str name, bx_span asked,
                              const bx_fonts *fonts, bx_report *report);

/* Width and height as the reader sees them, and resolution likewise (0: not said). */
typedef struct bx_image_view {
    uint32_t width, height, dpi_x, dpi_y;
} bx_image_view;
bx_image_view bx_image_upright(const bx_image *image);

/* Where the stored picture's lower left corner, its direction to the right and its direction upward come
 * to be on the upright picture's unit square, x to the right, y upward. */
typedef struct bx_image_turn {
    int8_t origin[2], right[2], up[2];
} bx_image_turn;
bx_image_turn bx_image_turned(const bx_image *image);

#endif
