/* The document model: one issue of a publication, as the layouts print it.
 *
 * YAML issues and Markdown issues become the same model. Everything lives in the issue's arena and
 * is constant once bx_issue_read has returned. A field that the issue does not give is zero: empty
 * string, NULL, n = 0. Every text field that readers see is Markdown and kept as nodes. */
#ifndef BX_ISSUE_ISSUE_H
#define BX_ISSUE_ISSUE_H

#include "base/diag.h"
#include "base/map.h"
#include "input/node.h"

typedef struct bx_date {
    int16_t year; /* 0: no date */
    uint8_t month, day;
    bx_str time; /* as written after the date ("15:46"), or empty */
    bx_span span;
} bx_date;

/* A text field: its inlines (under a PARAGRAPH node) and its plain text. */
typedef struct bx_field {
    const bx_node *inlines; /* NULL when absent */
    bx_str plain;
    bx_span span;
} bx_field;

typedef struct bx_fields {
    bx_field *at;
    uint32_t n;
} bx_fields;

typedef struct bx_section {
    bx_field title;
    bx_str id;           /* unique in the issue: given, or made from the title ("sec-2-1") */
    uint8_t level;       /* 1 for the sections of the issue */
    bool numbered;       /* false: the title brings its own number, or the issue says so */
    bool own_number;     /* the title begins with a number of its own (一、 1. 第三章) */
    uint32_t number;     /* 1 … among its numbered siblings; 0 when not numbered */
    bx_field contents;   /* its line in the contents that the text brought; else its title is it */
    const bx_node *body; /* DOCUMENT of blocks, or NULL */
    struct bx_section *parent, *first, *next; /* first: subsections */
    bx_span span;
} bx_section;

/* The next section in reading order: subsections come before neighbours. */
bx_section *bx_section_after(const bx_section *section);

/* One entry of the reference list; elements as in GB/T 7714—2015. */
typedef struct bx_reference {
    bx_str id;
    uint32_t number; /* 1 … in the order printed */
    bx_str label;    /* before the entry, as typed: "4." or "[4]"; empty: the layout's */
    bx_field author, title, publisher, place, source /* journal, site */, edition, pages, volume;
    bx_str type; /* webpage, article, book, report, news, standard, … */
    bx_str url, doi;
    bx_date date, accessed;
    bx_field text; /* the whole entry as written, when it was not given by elements */
    bool cited;
    bx_span span;
} bx_reference;

typedef struct bx_qr {
    bx_str data;  /* what the code says; or: */
    bx_str image; /* a picture instead, path relative to the issue */
    bx_str alt;
    bx_fields caption; /* lines */
    bx_span span;
} bx_qr;

typedef struct bx_organization {
    bx_field name;
    const bx_node *text;
} bx_organization;

typedef struct bx_contact {
    bx_field heading;
    bx_qr *qr;
    uint32_t n_qr;
    bx_organization *organizations;
    uint32_t n_organizations;
    bx_str website;
    bx_span website_span;
    const bx_node *text; /* free text, for contact cards written as Markdown */
    bx_span span;
} bx_contact;

typedef struct bx_issue {
    bx_str path;   /* of the file, as given; "-" for stdin */
    bx_str folder; /* where relative paths start */
    bx_str layout; /* name or path, or empty */
    bx_span layout_span;
    bool layout_optional; /* front matter named it, perhaps for a site generator: when there is no
                             such layout, the default one is meant */
    bx_str lang;          /* as given, else guessed from the text; never empty */
    bx_field series, title, subtitle, publisher, description;
    bx_str number, volume, total_number;
    bx_span number_span;
    bx_date date;
    bx_fields partners, authors, keywords;
    const bx_node *abstract;
    bx_field contents_title; /* the line that a text had over its own contents; else the layout's */
    bx_str logo, cover; /* paths relative to the issue, or URLs */
    bx_span logo_span, cover_span;
    const bx_node *lead;  /* blocks before the first section, or NULL */
    bx_section *sections; /* first of the top level */
    bx_reference *references;
    uint32_t n_references;
    /* Of a Markdown issue, the section that they are; NULL: the layout says where they stand, and
     * under what title. */
    const bx_section *references_at;
    bx_contact *contact; /* NULL: none */
    bx_node **notes;     /* footnotes in the order of their first mark */
    uint32_t n_notes;
    bx_map extra; /* front-matter keys that layouts may use in templates: key → bx_str* */
    bool embed_source;
    bx_span embed_source_span; /* source 0: it does not say */
    uint32_t source; /* index of the issue's own source */
} bx_issue;

/* The places in an issue that links lead to beside the ids of sections: its top, the list of
 * references, an entry of that. */
extern const char bx_place_top[], bx_place_references[];
bx_str bx_place_of_reference(bx_arena *arena, bx_str reference_id);

/* How many bytes of the plain title are left when the issue's own date, which some publications
 * write at its end, falls away with what divides it from the rest; all when nothing else is there. */
uint32_t bx_issue_undated(bx_arena *arena, const bx_issue *issue);

/* Plain text of a field by its template name: series, number, volume, total-number, title,
 * title.undated, subtitle, publisher, partners, authors, keywords (joined by the layout's separator), extra keys.
 * Dates are the style's business. False: no such field in this issue. */
bool bx_issue_text(bx_arena *arena, const bx_issue *issue, bx_str name, bx_str separator,
                   bx_str *out);

#endif
