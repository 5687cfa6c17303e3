/* Templates: "{series} · 第{number}期" read into pieces and expanded with the values of its fields.
 *
 * A field is written {name} or {name:format}. {? … } is an optional group: it prints only when a
 * field in it has a value. {series|title} is the first of the two that has one. {{ and }} are braces. There are no loops and no code. Which fields a
 * template may use, and their formats, are one table (bx_template_fields), so that a misspelt field
 * is an error at its place when the layout is read and never an empty spot on a page. */
#ifndef BX_STYLE_TEMPLATE_H
#define BX_STYLE_TEMPLATE_H

#include "base/diag.h"
#include "input/yaml.h"
#include "issue/issue.h"
#include "style/style.h"

/* Where a field has a meaning; a template's key says which of these it may use. */
enum {
    BX_FIELDS_ISSUE = 1 << 0,   /* series, number, date …, extra.KEY, words.NAME */
    BX_FIELDS_PAGE = 1 << 1,    /* page, pages, section: running heads, tables of contents */
    BX_FIELDS_COUNTER = 1 << 2, /* n: items, notes, figures, references */
    BX_FIELDS_LEVELS = 1 << 3,  /* 1 … 6: the numbers of a section and of those around it */
    BX_FIELDS_SECTION = 1 << 4, /* section.title …: parts round a section's head */
};

typedef enum bx_field_kind {
    BX_FIELD_TEXT,   /* no format */
    BX_FIELD_NUMBER, /* han, circled, roman, upper-roman, alpha, upper-alpha */
    BX_FIELD_DATE,   /* long, full, weekday, iso, dots, year, month, day, time */
    BX_FIELD_LIST,   /* joined by the part's separator */
} bx_field_kind;

typedef struct bx_field_name {
    const char *name; /* ends with '.': any name may follow */
    bx_field_kind kind;
    uint32_t where;
    const char *doc;
} bx_field_name;
const bx_field_name *bx_template_fields(uint32_t *n);

/* Reads a scalar as a template whose fields are among `where`. False after an error, which stands
 * at the wrong field's own characters. Pieces borrow the scalar's text. */
bool bx_template_read(bx_arena *arena, const bx_yaml *scalar, uint32_t where, bx_report *report,
                      bx_template *out);

/* What a field is worth. A number written as text ("107") takes number formats too. */
typedef struct bx_value {
    enum { BX_VALUE_NONE, BX_VALUE_TEXT, BX_VALUE_NUMBER, BX_VALUE_DATE, BX_VALUE_LIST } kind;
    bx_str text;
    int64_t number;
    bx_date date;
    const bx_str *list;
    uint32_t n;
} bx_value;

typedef struct bx_template_env {
    /* The value of a field by its full name ("extra.weather", "section.title"). NONE: it has none.
     * words.NAME never comes here. */
    bx_value (*value)(void *user, bx_str field);
    void *user;
    const bx_map *words; /* the style's; NULL: none */
    bx_str lang;         /* of words (contents@zh-Hant, contents@en) and of dates (zh, ja, ko, en) */
    bx_str separator;    /* between a list's items; empty: "、" */
} bx_template_env;

/* A stretch of the expanded text and the piece it came from; a field that is empty has none.
 * Callers that hold a field as inlines (a title with italics) put them in the stretch's place. */
typedef struct bx_expanded {
    uint32_t start, end;
    const bx_piece *piece;
} bx_expanded;

typedef struct bx_expansion {
    bx_str text;
    const bx_expanded *at; /* in order, covering the text */
    uint32_t n;
    bool absent; /* it has fields (words aside) and all are empty: the part does not print */
} bx_expansion;

/* The text lives in the arena. */
bx_expansion bx_template_expand(bx_arena *arena, const bx_template *template,
                                const bx_template_env *env);

#endif
