/* The keys of an issue: one table drives the reader, the JSON Schema and the reference page.
 *
 * An object is a mapping with known keys; each key says its type, where in the model's struct the
 * value goes, and what people need to know of it. */
#ifndef BX_ISSUE_SCHEMA_H
#define BX_ISSUE_SCHEMA_H

#include "base/str.h"

#include <stddef.h>

typedef enum bx_key_type {
    BX_KEY_STRING,   /* bx_str: a word or number, as written */
    BX_KEY_ID,       /* bx_str: a name to refer to */
    BX_KEY_LANG,     /* bx_str: a BCP 47 tag */
    BX_KEY_URL,      /* bx_str, bx_span: an address */
    BX_KEY_FILE,     /* bx_str, bx_span: a file of the issue, or the address of a picture */
    BX_KEY_BOOL,     /* bool */
    BX_KEY_DATE,     /* bx_date: a day */
    BX_KEY_PERIOD,   /* bx_date: a day, month or year */
    BX_KEY_LINE,     /* bx_field: Markdown in a line */
    BX_KEY_LINES,    /* bx_fields: a list of them, or one alone */
    BX_KEY_TEXT,     /* const bx_node *: Markdown, blocks */
    BX_KEY_OBJECT,   /* pointer to the object */
    BX_KEY_OBJECTS,  /* pointer to an array of objects, and a count; a single one may stand alone */
    BX_KEY_SECTIONS, /* a linked list of sections */
} bx_key_type;

enum { BX_KEY_NOWHERE = -1 };

typedef struct bx_key {
    const char *name;
    bx_key_type type;
    int offset;  /* of the value in the struct */
    int offset2; /* of the span (BOOL, STRING, URL, FILE) or the count (OBJECTS); BX_KEY_NOWHERE: none */
    const struct bx_object *object;
    bool required;
    const char *text;    /* what it means: a sentence for the reference page */
    const char *example; /* as YAML, or NULL */
} bx_key;

typedef struct bx_object {
    const char *name; /* "issue", "section" … */
    const char *text;
    size_t size;       /* of the struct */
    int span;          /* offset of its bx_span, or BX_KEY_NOWHERE */
    const char *alone; /* the key that a bare scalar stands for, or NULL */
    const bx_key *keys;
    uint32_t n;
} bx_object;

/* The root: a YAML issue, or the front matter of a Markdown issue. */
extern const bx_object bx_schema_issue;
extern const bx_object bx_schema_section;

const bx_key *bx_schema_key(const bx_object *object, bx_str name);
/* Names of all keys, for "did you mean". */
bx_str *bx_schema_names(bx_arena *arena, const bx_object *object);

/* Writes JSON Schema 2020-12 of an issue. */
void bx_issue_schema(bx_buf *out);

/* Writes the reference page of the keys, in Markdown: docs/issue.md. */
void bx_issue_reference(bx_buf *out);

/* A front-matter key of a blog or site generator that is none of ours. */
typedef struct bx_alias {
    const char *name;
    const char *key; /* read as this key of ours; NULL: kept for templates, or passed over */
} bx_alias;
const bx_alias *bx_schema_alias(bx_str name);
const bx_alias *bx_schema_aliases(uint32_t *n);

#endif
