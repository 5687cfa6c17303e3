/* JPEG's rows, decoded and coded again, for pictures that are made smaller. */
#ifndef BX_DRAW_JPEG_H
#define BX_DRAW_JPEG_H

#include "base/str.h"

#include <stdint.h>

typedef struct bx_jpeg_reader bx_jpeg_reader;

/* A reader of a file that decodes no more than it must for `width` × `height`: to 1/2, 1/4 or 1/8
 * where that is still as large. NULL: not decodable. */
bx_jpeg_reader *bx_jpeg_open(bx_arena *arena, bx_str file, uint32_t width, uint32_t height);
/* What rows will have: grey, RGB, or CMYK as stored. */
bool bx_jpeg_size(const bx_jpeg_reader *reader, uint32_t *width, uint32_t *height,
                  uint32_t *channels);
/* Calls `row` for each, from the top. False when the file is broken before its end. */
bool bx_jpeg_rows(bx_jpeg_reader *reader,
                  void (*row)(void *user, const uint8_t *samples, uint32_t y), void *user);

/* Rows as a baseline JPEG of quality 90. Empty after an error. */
bx_str bx_jpeg_write(bx_arena *arena, const uint8_t *rows, uint32_t width, uint32_t height,
                     uint32_t channels);

#endif
