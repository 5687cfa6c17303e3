/* The table of a layout's keys: the one place that says what a layout may contain.
 *
 * Each key names the field of bx_style (or of a struct in it) that it fills, the kind of value it
 * takes, its default and what it means. The reader, the JSON Schema, the reference page and the
 * dump walk the same rows, so that none of them can say anything the others do not. */
#ifndef BX_STYLE_KEYS_H
#define BX_STYLE_KEYS_H

#include "input/yaml.h"
#include "style/style.h"

typedef enum bx_key_kind {
    BX_KEY_BOOL,      /* bool */
    BX_KEY_SWITCH,    /* int8_t: -1 unchanged, 0, 1 */
    BX_KEY_INT,       /* unsigned of `width` bytes, min … max */
    BX_KEY_RANGE,     /* bx_range: 3, 3+ or 2..8 */
    BX_KEY_WEIGHT,    /* uint16_t: regular, bold */
    BX_KEY_CHOICE,    /* an enum; `choices` in its order */
    BX_KEY_LENGTH,    /* bx_len */
    BX_KEY_SIZE,      /* bx_len of a role's type; em is the body's; read before the other keys */
    BX_KEY_AMOUNT,    /* bx_em: 0.25em or 25% */
    BX_KEY_COLOR,     /* bx_color */
    BX_KEY_TEXT,      /* bx_str; one of `choices` when there are any */
    BX_KEY_TEXTS,     /* bx_str * and uint32_t */
    BX_KEY_FAMILY,    /* bx_str: a token of fonts or a key of fonts/ */
    BX_KEY_ROLE,      /* const bx_role * */
    BX_KEY_ROLES,     /* const bx_role *[BX_LEVELS]; the last given serves deeper levels */
    BX_KEY_LENGTHS,   /* bx_len[BX_LEVELS]; likewise */
    BX_KEY_INSETS,    /* four bx_len: top, right, bottom, left */
    BX_KEY_SHEET,     /* bx_len width, height */
    BX_KEY_BORDER,    /* bx_border: "0.4pt grey" */
    BX_KEY_BORDERS,   /* four bx_border: top, right, bottom, left */
    BX_KEY_TEMPLATE,  /* bx_template; `where` in fields */
    BX_KEY_ASSET,     /* bx_str: a field of the issue, or a file of the layout */
    BX_KEY_WHEN,      /* bx_str and a bool after it: a field of the issue, "!" before it: unless */
    BX_KEY_OBJECT,    /* a struct described by `keys` */
    BX_KEY_OBJECTS,   /* pointer and uint32_t: a list of structs */
    BX_KEY_STEPS,     /* struct[BX_LEVELS] from a list; the last given serves deeper levels */
    BX_KEY_LEVELS,    /* struct[BX_LEVELS] from a map 1 … 6 and all */
    BX_KEY_SIDES,     /* bx_running[BX_PAGE_SIDES] from a map first, recto, verso and all */
    BX_KEY_PARTS,     /* bx_parts */
    BX_KEY_ROLE_MAP,  /* name → role */
    BX_KEY_COLOR_MAP, /* name → colour */
    BX_KEY_FONT_MAP,  /* name → family */
    BX_KEY_SIZE_MAP,  /* name → length */
    BX_KEY_TEXT_MAP,  /* name → text */
    BX_KEY_META,      /* read by the chain (extends, like); stored nowhere */
} bx_key_kind;

enum {                           /* bx_key.flags */
       BX_KEY_SIGNED = 1 << 0,   /* a length may be negative */
       BX_KEY_VERTICAL = 1 << 1, /* % is of the type area's depth, not of the measure */
       BX_KEY_NONE = 1 << 2,     /* the word none clears the whole object */
       BX_KEY_PART = 1 << 3,     /* names the kind of a part; min is its bx_part_kind */
       BX_KEY_POSITIVE = 1 << 4, /* zero is an error too */
       BX_KEY_OVER = 1 << 5,     /* an object read over what `begin` put there: no defaults */
};

struct bx_keys;
struct bx_style_reader;

typedef struct bx_key {
    const char *name;
    bx_key_kind kind;
    uint32_t at;       /* offset in the struct */
    uint32_t count_at; /* offset of the count, where the kind has one */
    uint32_t width;    /* INT: bytes of the field */
    uint32_t flags, fields;
    int32_t min, max; /* INT */
    const char *const *choices;
    const struct bx_keys *keys;
    const char *def; /* as it would be written in a layout; NULL: zero, absent */
    const char *doc;
} bx_key;

typedef struct bx_keys {
    const char *name; /* as messages and the reference call the object */
    const char *doc;
    uint32_t size; /* of the struct */
    uint32_t n;
    const bx_key *at;
    const char *shorthand; /* the key that a bare scalar in the object's place is for */
    /* Around the reading of an object's keys: what follows from several of them. */
    void (*begin)(struct bx_style_reader *reader, const bx_yaml *node, void *object);
    void (*finish)(struct bx_style_reader *reader, const bx_yaml *node, void *object);
} bx_keys;

/* The root: a layout.yaml, filling a bx_style. */
extern const bx_keys bx_layout_keys;
/* Objects that readers of special kinds need by name. */
extern const bx_keys bx_role_keys, bx_part_keys, bx_running_keys, bx_page_keys, bx_box_keys,
    bx_blocks_keys;

#endif
