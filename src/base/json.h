/* Writes JSON (RFC 8259) into a buffer. Commas, colons and escapes are its business; balance is the
 * caller's. Strings are UTF-8 and stay so; only what JSON demands is escaped, ill-formed bytes
 * become U+FFFD.
 *
 *     bx_json j = bx_json_new(&buf);
 *     bx_json_object(&j);
 *       bx_json_key(&j, "pages"); bx_json_int(&j, 5);
 *     bx_json_end(&j); */
#ifndef BX_BASE_JSON_H
#define BX_BASE_JSON_H

#include "base/str.h"

typedef struct bx_json {
    bx_buf *buf;
    bool need_comma; /* a value stands before this place in the same object or array */
    uint64_t arrays; /* stack of bits, lowest innermost: 1 array, 0 object; 64 levels */
    int indent;      /* spaces a level; 0: all on one line */
    int depth;
} bx_json;

bx_json bx_json_new(bx_buf *buf);
void bx_json_object(bx_json *j);
void bx_json_array(bx_json *j);
void bx_json_end(bx_json *j);
void bx_json_key(bx_json *j, const char *key);
void bx_json_str(bx_json *j, bx_str s);
void bx_json_cstr(bx_json *j, const char *s);
void bx_json_int(bx_json *j, int64_t n);
void bx_json_bool(bx_json *j, bool b);
void bx_json_null(bx_json *j);
/* value / unit with three decimals, rounded half away from zero: bx_json_milli(j, 1536, 1024) → 1.500.
 * Never -0.000. */
void bx_json_milli(bx_json *j, int64_t value, int64_t unit);

#endif
