/* Libraries that few documents need, loaded when one does: each costs every start of the program
 * 0.15 ms, and libavif and librsvg, which bring sixty others with them, 8 ms. CMake finds their
 * names (SONAME), and their headers give the types of what is called.
 *
 *     struct api { BX_FUNCTION(avifDecoderCreate); … } api;
 *     void *library = bx_library_open(arena, AVIF_SONAME);
 *     bool ok = library && BX_LOAD(library, &api, avifDecoderCreate) && …; */
#ifndef BX_BASE_LIBRARY_H
#define BX_BASE_LIBRARY_H

#include "base/arena.h"

#include <stdbool.h>

/* Closed with the arena, but never unloaded: some libraries cannot bear it. NULL: not installed. */
void *bx_library_open(bx_arena *arena, const char *soname);

/* The function's address into *place; false when the library has none of that name. */
bool bx_library_load(void *library, const char *name, void *place);

#define BX_FUNCTION(name) __typeof__(name) *name
#define BX_LOAD(library, api, name) bx_library_load((library), #name, &(api)->name)

#endif
