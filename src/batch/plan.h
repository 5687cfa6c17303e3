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
 * "20" of 2026/05/20.yaml; below a folder that was given, the path starts from that folder), the
 * columns of the manifest, and what the issue itself says: {title}, {series}, {number}, {date} and
 * its {year}, {month}, {day}. An issue that has errors, and not the field, keeps its path's name:
 * it will not be made either. */
#ifndef BX_BATCH_PLAN_H
#define BX_BATCH_PLAN_H

#include "banxin.h"
#include "base/str.h"
#include "base/vec.h"
#include "base/words.h"

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
    /* What an issue is listed under, for templates that ask for it, as far as it can be read;
     * false: it has errors. The strings live in `arena`. NULL: templates may not ask. */
    bool (*facts)(void *user, bx_arena *arena, const char *issue, bx_issue_facts *facts);
    void *user;
    const bx_words *words; /* the language of a fault; NULL: English */
} bx_plan_options;

/* Reads folders and manifests, and the issues when the template has fields of theirs. False:
 * plan->fault says why; so it does when two issues would have one output. All lives in the arena.
 */
bool bx_plan_make(bx_arena *arena, const bx_plan_options *options, bx_plan *plan);

#endif
