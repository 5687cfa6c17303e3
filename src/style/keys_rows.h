/* How rows of the key table are written. Included by the files of the table only. */
#ifndef BX_STYLE_KEYS_ROWS_H
#define BX_STYLE_KEYS_ROWS_H

#include "style/keys.h"
#include "style/template.h"

#include <stddef.h>

/* A key that fills `member` of `type`. What a kind needs more is given by designators at the end.
 */
#define KEY(type, member, key_name, key_kind, default_text, meaning, ...)                          \
    {                                                                                              \
        .name = key_name, .kind = BX_KEY_##key_kind, .at = offsetof(type, member),                 \
        .width = sizeof(((type *)0)->member), .def = default_text, .doc = meaning, __VA_ARGS__     \
    }
#define COUNT(type, member) .count_at = offsetof(type, member)

#define OBJECT(variable, type, object_name, rows, meaning, ...)                                    \
    const bx_keys variable = {.name = object_name,                                                 \
                              .doc = meaning,                                                      \
                              .size = sizeof(type),                                                \
                              .n = sizeof rows / sizeof *rows,                                     \
                              .at = rows,                                                          \
                              __VA_ARGS__}

extern const char *const bx_align_choices[];

#endif
