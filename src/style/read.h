/* Opening a layout: layouts/NAME/layout.yaml and those it extends become one resolved style.
 *
 * Later layouts of the chain are laid over earlier ones: maps merge deeply, everything else (lists
 * too) replaces, and a key without a value takes back what was inherited. A layout without
 * `extends` extends "base", whose roles make every style complete. */
#ifndef BX_STYLE_READ_H
#define BX_STYLE_READ_H

#include "input/source_file.h"
#include "style/style.h"

struct bx_layout_list;

typedef struct bx_layout_search {
    const bx_str *folders; /* folders that hold layout folders, in order of search */
    uint32_t n_folders;
    bx_str from; /* where relative paths of `layout` start: the folder; empty: here */
    bool fenced; /* an issue named the layout: paths, links followed, lead below `from` or one of
                    the folders, in the layouts that it extends too */
    const struct bx_layout_list *known; /* what was listed before: a file that has the same bytes is
                                           not understood anew; NULL: nothing */
} bx_layout_search;

/* Opens a layout by name ("committee-daily") or path (of a layout.yaml or its folder; a path has a
 * slash or ends in .yaml). All errors of the chain are gathered, each at its place; NULL when there
 * is any. `asked` is where the name was written, for the message when there is no such layout.
 * The style and the files' bytes live in `arena`; the report's sources gain the files. */
const bx_style *bx_style_open(bx_arena *arena, bx_str layout, bx_span asked,
                              const bx_layout_search *search, bx_report *report);

/* Whether bx_style_open would give this style again, with the same places in the report's sources,
 * and nothing to say if it had nothing to say then. The sources then gain the files. */
bool bx_style_stands(bx_arena *arena, const bx_style *style, bx_str layout,
                     const bx_layout_search *search, bx_report *report);

/* Whether two styles were read from files of the same paths and bytes, with the same places. */
bool bx_style_same(const bx_style *a, const bx_style *b);

/* A style from bytes, as if they stood in a file of that path: for tests, and for trying a layout
 * that has not been saved. */
const bx_style *bx_style_read(bx_arena *arena, bx_str path, bx_str bytes,
                              const bx_layout_search *search, bx_report *report);

/* The same from the files of a chain, the layout that is asked for first: nothing is looked for on
 * the disk, and paths of the layout's pictures start from the names that the files have here. */
const bx_style *bx_style_take(bx_arena *arena, const bx_bundle *files, bx_report *report);

/* A layout found in a search folder. Those without a title are building blocks and not listed. */
typedef struct bx_layout_entry {
    bx_str name, path; /* of its layout.yaml */
    bx_str title, description;
    bx_suit *suits; /* of its own file */
    uint32_t n_suits;
    uint32_t folder; /* index of the search folder that it was found in */
    bx_str bytes;
} bx_layout_entry;
typedef struct bx_layout_list {
    bx_layout_entry *at;
    uint32_t n;
    uint32_t n_read; /* with those that are not listed, which stand behind them */
    bool fresh;      /* something of it was not known before */
} bx_layout_list;

/* Layouts in all folders, sorted by name; of two with one name the first found. Files that cannot
 * be read are passed over: opening them says why. */
bx_layout_list bx_layouts_list(bx_arena *arena, const bx_layout_search *search);

/* The name of the listed layout that suits an issue best, or empty: none does. Of two that suit it
 * alike, the one of the folder searched first, and then the first by name. */
bx_str bx_layout_for(const bx_traits *traits, const bx_layout_list *list);

/* The JSON Schema (2020-12) of a layout.yaml, and the key reference as Markdown, both from the one
 * table of keys that the reader uses. */
void bx_layout_schema(bx_buf *out);
void bx_layout_reference(bx_buf *out);

#endif
