/* cmark-gfm, run so that it cannot abort the process.
 *
 * cmark-gfm's allocator has no user pointer and its tables of special characters are global to the
 * process, so one parse runs at a time, under a lock, with all its memory from one arena. When that
 * is out of memory the trap crosses cmark's frames: that is safe there and only there, because
 * cmark holds nothing but that memory and sets its tables anew before each parse
 * (docs/decisions/0003-cmark-under-a-lock.md). */
#ifndef BX_INPUT_MARKDOWN_RUN_H
#define BX_INPUT_MARKDOWN_RUN_H

#include "base/str.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>

/* Parses the text and calls use(document, user) while the tree lives. Everything cmark allocates is
 * in `scratch`, the caller's to drop. May be nested in nothing: `use` must not parse. */
void bx_cmark_run(bx_arena *scratch, bx_str text, void (*use)(cmark_node *document, void *user),
                  void *user);

/* For functions of cmark's that want an allocator, while `use` runs. */
cmark_mem *bx_cmark_memory(void);

#endif
