/* Dependencies in make's syntax, which come with the PDF or not at all. */
#ifndef BX_CLI_DEPS_H
#define BX_CLI_DEPS_H

#include "base/aside.h"
#include "cli/cli.h"

typedef struct bx_deps {
    const char *path; /* where they go, links followed */
    bool is_direct;   /* what stands there takes bytes as they come … */
    int descriptor;   /* … and is open already; -1: it is not */
    bx_str bytes;
    bx_aside aside;
} bx_deps;

/* Writes "output: file file …" beside the place that the file at `path` is to have, once the job
 * has its pages, which say what they were made from, and before the PDF has its place: so that what
 * can fail does so while the older of both still stand. False after a message. */
bool bx_deps_begin(bx_arena *arena, const char *path, const char *output, const char *issue,
                   bx_job *job, bx_deps *deps);

/* Gives it its place, or, when there is no PDF, takes it away. False after a message. */
bool bx_deps_end(bx_deps *deps, bool made);

#endif
