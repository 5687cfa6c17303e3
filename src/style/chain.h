/* From a layout's name to one merged tree: finding files, following `extends`, laying later layouts
 * over earlier ones. */
#ifndef BX_STYLE_CHAIN_H
#define BX_STYLE_CHAIN_H

#include "input/yaml.h"
#include "style/read.h"

typedef struct bx_layout_file {
    bx_str path; /* of layout.yaml */
    bx_str folder;
    bx_str bytes;
    uint32_t source; /* index in the report's sources */
    bx_str extends;  /* as it names the next one; empty: it is the last */
    const bx_yaml *tree;
} bx_layout_file;

typedef struct bx_layout_chain {
    BX_VEC(bx_layout_file) files; /* the layout that was asked for first, the root of all last */
    const bx_yaml *merged;
} bx_layout_chain;

enum { BX_LAYOUT_CHAIN_LIMIT = 16 };

/* Where a layout that is named in a file of `folder` has its layout.yaml; empty: nowhere. */
bx_str bx_layout_find(bx_arena *arena, bx_str layout, bx_str folder,
                      const bx_layout_search *search);

/* The same, with an error at `asked` and the nearest name when it is nowhere. */
bx_str bx_layout_locate(bx_arena *arena, bx_str layout, bx_str folder, bx_span asked,
                        const bx_layout_search *search, bx_report *report);

/* Loads the chain from its first file on. False after an error. */
bool bx_layout_chain_load(bx_arena *arena, bx_layout_chain *chain, bx_str path, bx_str bytes,
                          const bx_layout_search *search, bx_report *report);

/* Whether loading the layout now would give this chain again, sources and all: every file is where it
 * was and has the bytes it had. The report's sources then gain the files. */
bool bx_layout_chain_stands(bx_arena *arena, const bx_layout_chain *chain, bx_str layout,
                            const bx_layout_search *search, bx_report *report);

/* Makes the chain of these files, the layout that is asked for first: what they extend is not looked
 * for. False after an error. */
bool bx_layout_chain_take(bx_arena *arena, bx_layout_chain *chain, const bx_bundle *files,
                          bx_report *report);

/* Reads a regular file within the limit `layout`. False after an error, reported at `asked`. */
bool bx_layout_file_read(bx_arena *arena, bx_str path, bx_span asked, bx_str *bytes,
                         bx_report *report);

/* `over` laid over `base`: maps merge, all else replaces. Either may be NULL. A null stays in the
 * tree and hides what it was laid over: readers ask with bx_yaml_given. */
const bx_yaml *bx_yaml_merge(bx_arena *arena, const bx_yaml *base, const bx_yaml *over);

/* The value of a key, or NULL when the map does not have it or has it without a value. */
const bx_yaml *bx_yaml_given(const bx_yaml *map, const char *key);

#endif
