/* What a batch is to make: which issues, and under which names.
 *
 * Inputs are issues (YAML or Markdown), folders, patterns (*, ?, […]) and manifests: CSV (RFC 4180)
 * or JSON lines with a column `issue` and, if wanted, `output` and others for the template; a list
 * with a path a line is a CSV without a head. Paths in a manifest start from its folder.
 *
 * A folder gives the issues below it, in the order of their paths; names that begin with a dot and
 * README files are passed over.
 *
 * The name template has fields in braces: {folder} and {stem} of the issue's path ("2026/05" and
 * "20" of 2026/05/20.yaml; below a folder that was given, the path starts from that folder), and
 * the columns of the manifest. */
#ifndef BX_BATCH_PLAN_H
#define BX_BATCH_PLAN_H

#include "base/arena.h"
#include "base/str.h"
#include "base/vec.h"

#define BX_PLAN_TEMPLATE "{folder}/{stem}.pdf"

typedef struct bx_plan_item {
    bx_str issue; /* path, terminated */
    bx_str
        output; /* path below the output folder, terminated; no component is "..", ends with .pdf */
} bx_plan_item;

typedef struct bx_plan {
    BX_VEC(bx_plan_item) items;
    bx_str fault, hint; /* why there is none */
    bool unreadable;    /* because an input is not there */
} bx_plan;

typedef struct bx_plan_options {
    const char *const *inputs; /* ends with NULL; "-" is a manifest on the standard input */
    const char *name_template; /* NULL: BX_PLAN_TEMPLATE */
    bx_str standard_input;     /* its bytes, when an input is "-" */
} bx_plan_options;

/* Reads folders and manifests, not the issues. False: plan->fault says why; so it does when two
 * issues would have one output. All lives in the arena. */
bool bx_plan_make(bx_arena *arena, const bx_plan_options *options, bx_plan *plan);

/* inside of batch/: plan_manifest.c */
typedef struct bx_planner bx_planner;
struct bx_json_field;
bool bx_plan_add(bx_planner *p, bx_str issue, bx_str below, const struct bx_json_field *columns,
                 uint32_t n_columns);
bool bx_plan_add_manifest(bx_planner *p, bx_str bytes, bx_str path);
bool bx_plan_refuse(bx_planner *p, const char *hint, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
bx_arena *bx_plan_scratch(bx_planner *p); /* rewound after each input, row and folder */

#endif
