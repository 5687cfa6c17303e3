/* What the files that read an issue share. */
#ifndef BX_ISSUE_READER_H
#define BX_ISSUE_READER_H

#include "input/markdown.h"
#include "input/yaml.h"
#include "issue/read.h"
#include "issue/schema.h"

typedef struct bx_reader {
    bx_arena *arena;   /* of the model */
    bx_arena *scratch; /* of what the model is made from: the YAML tree; gone when it stands */
    bx_report *report;
    const bx_issue_options *options;
    bx_issue *issue;
    bool front_matter; /* keys come from a blog's front matter: what is not ours is no error */
} bx_reader;

/* Reads a mapping into the struct at `out` by its table. */
void bx_read_object(bx_reader *r, const bx_yaml *map, const bx_object *object, void *out);
/* One value by its type. False: it was not usable (reported). */
bool bx_read_value(bx_reader *r, const bx_yaml *value, const bx_key *key, void *out);

/* A key of the author's own, for templates of layouts: the first of its name is kept. */
void bx_keep_extra(bx_reader *r, bx_str name, const bx_yaml *value);

/* A field whose text is already known. */
bx_field bx_field_of(bx_reader *r, bx_str text, const bx_origin *origin, bx_span span);
bx_field bx_field_of_node(bx_reader *r, const bx_node *inlines);

/* 2026-04-17, 2026/4/17, 2026年4月17日, 20260417, Apr 17, 2026, with or without a time; with
 * `partial` also 2026-04 and 2026. False: not a date of the calendar. */
bool bx_parse_date(bx_arena *arena, bx_str text, bool partial, bx_date *out);

/* http, https, mailto, tel. Nothing else leads out of a PDF. */
bool bx_url_is_live(bx_str url);
/* Bytes of the longest address that is made a link: written out with three bytes for each of its
 * own it stays below the 32767 that ISO 19005-2, 6.1.13 allows. */
enum { BX_URL_MOST = 10000 };

/* The tree with the options' overrides in it. */
bx_yaml *bx_apply_sets(bx_reader *r, bx_yaml *root);

/* Sections. */
void bx_read_sections(bx_reader *r, const bx_yaml *list, bx_section *parent, bx_section **first);
/* Moves the blocks of `document` under sections: those before the first heading are returned (NULL
 * when there are none), each heading opens a section under `parent` (NULL: the issue). */
bx_node *bx_split_sections(bx_reader *r, bx_node *document, bx_section *parent, bx_section **first);
/* Puts numbered headings under the empty one before them. */
void bx_nest_counted(bx_section *first);
/* Levels, numbers and ids, once all sections are there. */
void bx_finish_sections(bx_reader *r);
/* Whether a title brings its own number: 一、 （二） 3. 1.1 第四章 ① */
bool bx_has_own_number(bx_str title);

/* Whether two titles are the same to a reader: letters and digits are, whatever their case and
 * width. */
bool bx_same_title(bx_arena *arena, bx_str a, bx_str b);

/* "3 Title": 3; a figure or two and a space. 0: the title does not begin with them. */
uint32_t bx_leading_number(bx_str title);

/* Markdown issues. */
void bx_read_markdown(bx_reader *r, uint32_t source);
/* Finds heads, imprint, abstract and contents in the lines of a text that has no headings. */
void bx_read_printed(bx_reader *r, bx_node *document);
void bx_read_front_matter(bx_reader *r, const bx_yaml *map);
/* Takes the section that holds the references, if there is one, and makes references of it. */
void bx_take_references(bx_reader *r);

/* The language that a text is in, by its characters. */
bx_str bx_guess_lang(bx_str text);

/* References: ids and numbers. */
void bx_finish_references(bx_reader *r);

/* Citations, notes and links, when all else has been read. */
void bx_issue_resolve(bx_reader *r);

/* Calls visit(root, user) for each tree of nodes of the issue in reading order, notes last;
 * references have their own. */
void bx_issue_each_tree(const bx_issue *issue, void (*visit)(bx_node *root, void *user),
                        void *user);

#endif
