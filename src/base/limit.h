/* Limits: how much of anything one issue may ask for.
 *
 * Whatever costs memory or time has a limit with a name, a default (the table of limit_rows.h) and
 * an error at its place, so that no input, however made, takes more than a machine can give. A
 * report carries the limits of its job; a stage asks bx_within (diag.h) as it counts. Memory and
 * processor time are counted by bx_memory (arena.h) wherever memory is asked for. */
#ifndef BX_BASE_LIMIT_H
#define BX_BASE_LIMIT_H

#include "base/str.h"

typedef enum bx_limit {
#define BX_LIMIT(id, name, value, what) BX_LIMIT_##id,
#include "base/limit_rows.h"
#undef BX_LIMIT
    BX_LIMIT_COUNT
} bx_limit;

typedef struct bx_limits {
    uint64_t at[BX_LIMIT_COUNT];
} bx_limits;

bx_limits bx_limits_default(void);

/* Changes one by its setting: "pages=5000", "memory=2G" (K, M, G: 1024, its square, its cube), or
 * "time=none". False when there is no such limit or no such number. */
bool bx_limits_set(bx_limits *limits, bx_str setting);

/* Bytes of memory for an issue of so many bytes: as set; while nothing is set, the default or what a
 * large issue needs to become pages, 64 bytes for each of its own. */
uint64_t bx_limits_memory(const bx_limits *limits, uint64_t input);

const char *bx_limit_name(bx_limit limit);
const char *bx_limit_what(bx_limit limit);

#endif
