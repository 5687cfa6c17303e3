/* Looks whether every issue of a plan is there, and writes what is: the sealed index.
 *
 * Trusts the disk alone: each output is read, and its hash must stand in a ledger. */
#ifndef BX_BATCH_SEAL_H
#define BX_BATCH_SEAL_H

#include "batch/ledger.h"
#include "batch/plan.h"

typedef struct bx_seal_gap {
    const bx_plan_item *item;
    const char *why; /* "not there", "not in a ledger" */
} bx_seal_gap;

typedef struct bx_seal {
    BX_VEC(const bx_ledger_row *) rows; /* of the issues that are there, in the plan's order */
    BX_VEC(bx_seal_gap) gaps;           /* of those that are not */
    bx_str unreadable; /* the ledger, or the folder, that bx_seal_look could not read */
} bx_seal;

/* False: a ledger cannot be read (errno). */
bool bx_seal_look(bx_arena *arena, const bx_plan *plan, bx_str folder, bx_seal *seal);

/* Writes FOLDER/index.jsonl (the rows) and FOLDER/index.html (titles with links by date). False:
 * errno says why. */
bool bx_seal_write(bx_arena *arena, const bx_seal *seal, bx_str folder);

/* Takes an older index away: it no longer says what is there. False: errno says why. */
bool bx_seal_break(bx_arena *arena, bx_str folder);

/* The gaps as JSON lines {issue, output, why}: a manifest of what is still to be made. */
bx_str bx_seal_gaps(bx_arena *arena, const bx_seal *seal);

#endif
