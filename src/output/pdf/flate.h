/* Deflate in zlib's wrapping, for /FlateDecode, and the predictors that go with it. */
#ifndef BX_OUTPUT_PDF_FLATE_H
#define BX_OUTPUT_PDF_FLATE_H

#include "base/str.h"

typedef struct bx_flate bx_flate;

/* Released with the arena. */
bx_flate *bx_flate_new(bx_arena *arena);
/* The result lives in the arena. */
bx_str bx_flate_pack(bx_flate *flate, bx_str bytes);
/* The same in two steps: the room that n bytes may need when packed, and packing into it, which
 * asks for no memory and may be done by another thread. Returns the bytes filled. */
size_t bx_flate_room(bx_flate *flate, size_t n);
size_t bx_flate_into(const bx_flate *flate, bx_str bytes, char *out, size_t room);

/* Undoes it. False: the bytes are damaged, or are not `n` when unpacked. */
bool bx_flate_unpack(bx_arena *arena, bx_str packed, uint32_t n, bx_str *out);

/* PNG's filters over rows of `row` bytes, the filter's number before each (ISO 32000-1, 7.4.4.4).
 */
bx_str bx_flate_predict_up(bx_arena *arena, bx_str rows, uint32_t row);
/* The filter that promises most is chosen for each row; `pixel` bytes a pixel. */
bx_str bx_flate_predict(bx_arena *arena, bx_str rows, uint32_t row, uint32_t pixel);

#endif
