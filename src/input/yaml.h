/* YAML as a tree with places. libyaml parses; anchors and aliases are expanded within limits; merge
 * keys and tags beyond the core schema are errors with their place.
 *
 * Scalars stay text: what a scalar means is for the reader that expects a type. Where YAML folds a
 * line end between two CJK characters into a space, the line end is kept: nobody typed a space. */
#ifndef BX_INPUT_YAML_H
#define BX_INPUT_YAML_H

#include "base/diag.h"
#include "input/origin.h"

typedef enum bx_yaml_kind { BX_YAML_NULL, BX_YAML_SCALAR, BX_YAML_LIST, BX_YAML_MAP } bx_yaml_kind;

typedef struct bx_yaml {
    bx_yaml_kind kind;
    bx_span span;
    bx_str text;            /* scalar */
    bool plain;             /* scalar without quotes: may be a number, a date, true … */
    bx_origin origin;       /* scalar: where its text stands; block scalars lose their indentation,
                               quoted ones their escapes */
    struct bx_yaml **keys;  /* map: scalars */
    struct bx_yaml **items; /* map's values, list's items */
    uint32_t n;
} bx_yaml;

/* Parses bytes [start, end) of a source, which must be valid UTF-8, as one document, within the
 * report's limits yaml-depth and yaml-values. After a syntax error or beyond a limit (reported) it
 * is NULL, or with `partial` what was read until then. An empty document is a BX_YAML_NULL.
 * Duplicate keys are errors too, but the tree is given, with the first of them. */
bx_yaml *bx_yaml_read(bx_arena *arena, uint32_t source, uint32_t start, uint32_t end, bool partial,
                      bx_report *report);

/* The value of a key, or NULL. */
const bx_yaml *bx_yaml_get(const bx_yaml *map, const char *key);

/* The span in the source of bytes [start, end) of a scalar's text. */
bx_span bx_yaml_span(const bx_yaml *scalar, uint32_t start, uint32_t end);

#endif
