/* Pictures: read, checked, and kept in the form an output can carry. */
#ifndef BX_DRAW_IMAGE_H
#define BX_DRAW_IMAGE_H

#include "base/diag.h"
#include "base/hash.h"
#include "base/length.h"

typedef enum bx_image_kind {
    BX_IMAGE_JPEG,   /* passed through: `bytes` is the file */
    BX_IMAGE_RASTER, /* rows of samples, 8 or 16 bits, top to bottom, without padding */
    BX_IMAGE_VECTOR, /* SVG: `drawing` is a frame */
} bx_image_kind;

typedef struct bx_image {
    bx_image_kind kind;
    uint32_t width, height;    /* pixels */
    uint32_t dpi_x, dpi_y;     /* 0: not said */
    uint8_t components;        /* of colour: 1 grey, 3 RGB, 4 CMYK */
    uint8_t bits;              /* 8 or 16; 1 for palettes of two */
    bool inverted_cmyk;        /* Adobe's JPEGs */
    bx_str bytes;              /* JPEG file, or samples */
    bx_str alpha;              /* samples of opacity, same size, 8 bits; empty: opaque */
    bx_str palette;            /* RGB triples; `bytes` are indices of 8 bits */
    bx_str icc;                /* embedded profile, or empty */
    const struct bx_frame *drawing;
    bx_digest digest;          /* of the file: the same picture is embedded once */
} bx_image;

/* Reads a picture file (PNG, JPEG and what else is built in). NULL after an error, which names the
 * place that asked for it. Header limits are checked before anything is decoded. */
const bx_image *bx_image_read(bx_arena *arena, bx_str file_bytes, bx_str name, bx_span asked,
                              bx_report *report);

#endif
