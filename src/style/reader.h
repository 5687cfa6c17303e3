/* The reader's inside: what the files that read a layout's tree share. */
#ifndef BX_STYLE_READER_H
#define BX_STYLE_READER_H

#include "style/chain.h"
#include "style/keys.h"
#include "style/value.h"

typedef struct bx_style_reader {
    bx_arena *arena;
    bx_report *report;
    bx_style *style;
    const bx_layout_chain *chain;
    const bx_yaml *root;   /* the merged tree */
    bx_len body_size;      /* of the body: em where no role says otherwise */
    bx_len em, line;       /* what em and line are here */
    bx_len measure, depth; /* what % is of; 0 before the page is known */
    uint32_t level;        /* of the section being read, from 1 */
} bx_style_reader;

/* Reads a map into a struct: defaults first, unless `over`, then its keys. A NULL node gives the
 * defaults alone. Unknown keys and wrong values are reported at their places. */
void bx_style_read_object(bx_style_reader *r, const bx_keys *keys, const bx_yaml *node, void *out,
                          bool over);

/* Reads one value into its field of the struct. */
void bx_style_read_value(bx_style_reader *r, const bx_key *key, const bx_yaml *node, void *object);

/* The same for kinds that are one scalar, or a list of them; false: it is another kind. */
bool bx_style_read_scalar(bx_style_reader *r, const bx_key *key, const bx_yaml *node, void *field,
                          void *object);

/* The row of a key; NULL when there is none. */
const bx_key *bx_style_key(const bx_keys *keys, const char *name);

/* Parts of the root that others need first: tokens, then every role. */
void bx_style_read_tokens(bx_style_reader *r, const bx_key *key, const bx_yaml *node, bx_map *out);
void bx_style_read_roles(bx_style_reader *r, const bx_yaml *node, bx_map *out);

/* The keys of a role with those of the role it is `like` under them; NULL when there is none. */
const bx_yaml *bx_style_role_node(bx_style_reader *r, const bx_yaml *roles, bx_str name);

/* The role of a name; an error at `node` and the body when there is none. */
const bx_role *bx_style_role(bx_style_reader *r, bx_str name, const bx_yaml *node);

/* Says that the value is not what the key takes. */
void bx_style_wrong_type(bx_style_reader *r, const bx_key *key, const bx_yaml *node);

/* What a kind's values look like: "a length such as 2em". For messages and the reference. */
const char *bx_key_takes(const bx_key *key);

#endif
