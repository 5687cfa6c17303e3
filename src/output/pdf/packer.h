/* The file's streams, deflated: by a second thread, where there is one, while the writer goes on.
 *
 * What comes out is the same either way. So that a long document does not pile up, only some
 * streams are under way at a time: when there are more, the oldest is finished first. */
#ifndef BX_OUTPUT_PDF_PACKER_H
#define BX_OUTPUT_PDF_PACKER_H

#include "base/hand.h"
#include "base/str.h"

typedef struct bx_packer bx_packer;

/* Takes a stream that is done. Both views are valid during the call only. */
typedef void (*bx_packed)(void *owner, bx_str plain, bx_str packed);

/* Released with the arena. `hand`: NULL: none. */
bx_packer *bx_packer_new(bx_arena *arena, bx_hand *hand, bx_packed done);

/* Packs the bytes, which are copied where need be. `done` is called with the owner by this call or
 * a later one of this packer, always on the caller's thread. */
void bx_packer_put(bx_packer *packer, bx_str bytes, void *owner);

/* Finishes the oldest stream that is under way; nothing when there is none. */
void bx_packer_settle(bx_packer *packer);

/* Nanoseconds that the caller has spent in packing, or in waiting for it. */
uint64_t bx_packer_ns(const bx_packer *packer);

#endif
