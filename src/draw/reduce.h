/* Pictures brought down to the resolution at which they print.
 *
 * Each new sample is the mean of the old ones under it, weighted by how much of each it covers and
 * by opacity: exact, in whole numbers, the same on every machine. A JPEG stays one. */
#ifndef BX_DRAW_REDUCE_H
#define BX_DRAW_REDUCE_H

#include "draw/image.h"

/* The picture with at most so many pixels, counted before it is turned upright. The picture itself
 * when it has less than a third more in both directions, is a drawing or has a palette, or when a
 * JPEG cannot be decoded. The rest is new, in `arena`; its digest is made from the old one and the
 * size. */
const bx_image *bx_image_reduced(bx_arena *arena, const bx_image *image, uint32_t width,
                                 uint32_t height);

#endif
