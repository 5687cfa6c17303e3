/* A plan in the making: what plan.c, manifest.c and name.c share. */
#ifndef BX_BATCH_PLANNER_H
#define BX_BATCH_PLANNER_H

#include "base/map.h"
#include "batch/json_line.h"
#include "batch/plan.h"

typedef struct bx_planner {
    bx_arena *arena;   /* the plan's */
    bx_arena *scratch; /* rewound after each input, row and folder */
    bx_plan *plan;
    const bx_plan_options *options;
    bx_map by_output; /* output → bx_str* of the issue */
} bx_planner;

/* One issue. `below` is the folder from which its name starts, with the columns of its row. */
bool bx_plan_add(bx_planner *p, bx_str issue, bx_str below, const bx_json_fields *columns);

/* The issues of a manifest. */
bool bx_plan_add_manifest(bx_planner *p, bx_str bytes, bx_str path);

/* The path of an issue's PDF below the output folder; it lives in p->arena. */
bool bx_plan_name(bx_planner *p, bx_str issue, bx_str below, const bx_json_fields *columns,
                  bx_str *output);

/* Says why there is no plan. Always false, as are the functions above after it. */
bool bx_plan_refuse(bx_planner *p, const char *hint, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
