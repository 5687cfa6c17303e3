/* Reads lines of JSON (RFC 8259) that are one flat object each: manifests and ledgers.
 *
 * Strings are unescaped; numbers, true and false are kept as they are written; null counts as
 * absent; nested objects and arrays are passed over. All lives in the arena. */
#ifndef BX_BATCH_JSON_LINE_H
#define BX_BATCH_JSON_LINE_H

#include "base/str.h"
#include "base/vec.h"

typedef struct bx_json_field {
    bx_str name, value;
} bx_json_field;

typedef BX_VEC(bx_json_field) bx_json_fields;

/* False: it is not one whole object. */
bool bx_json_line_read(bx_arena *arena, bx_str line, bx_json_fields *fields);

/* The value of a name; empty when it is absent. Of two the last. */
bx_str bx_json_line_get(const bx_json_fields *fields, const char *name);

#endif
