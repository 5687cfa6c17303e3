/* What the readers of picture formats share. Each takes the file's bytes and fills the image; false
 * after an error, which it has reported through bx_image_broken. */
#ifndef BX_DRAW_IMAGE_READ_H
#define BX_DRAW_IMAGE_READ_H

#include "draw/image.h"
#include "font/font.h"

typedef struct image_file {
    bx_arena *arena;
    bx_str bytes, name;
    bx_span asked;
    const bx_fonts *fonts; /* for the text of an SVG; may be NULL */
    bx_report *report;
} image_file;

bool bx_image_read_png(const image_file *file, bx_image *image);
bool bx_image_read_jpeg(const image_file *file, bx_image *image);
bool bx_image_read_webp(const image_file *file, bx_image *image);
bool bx_image_read_avif(const image_file *file, bx_image *image);
bool bx_image_read_gif(const image_file *file, bx_image *image);
bool bx_image_read_svg(const image_file *file, bx_image *image);

/* Whether an SVG's depth and its elements, uses followed, are within the limits (reported). */
bool bx_image_svg_bounded(const image_file *file);

/* Reports that the file cannot be used; always false. */
bool bx_image_broken(const image_file *file, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Reports that the format ("WebP") needs a library that is not installed; always false. */
bool bx_image_needs(const image_file *file, const char *format, const char *library);

/* Takes over width and height, or reports that they are nothing or too much. */
bool bx_image_set_size(const image_file *file, bx_image *image, uint64_t width, uint64_t height);

/* RGBA of 8 bits → planes of colour and of opacity; a picture opaque everywhere has none. The
 * planes are allocated by bx_image_new_planes, before whatever the decoder needs for a while. */
void bx_image_new_planes(bx_arena *arena, bx_image *image, uint8_t components, uint8_t bits,
                         bool alpha);
void bx_image_split(bx_image *image, const uint8_t *samples);

/* Keeps a profile that is one (ICC.1:2010, 7.2) for so many components. */
void bx_image_set_icc(bx_arena *arena, bx_image *image, const void *bytes, size_t n);

#endif
