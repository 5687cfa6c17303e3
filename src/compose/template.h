/* Templates of the layout filled with what the issue and the composition know. */
#ifndef BX_COMPOSE_TEMPLATE_H
#define BX_COMPOSE_TEMPLATE_H

#include "compose/composer.h"
#include "style/template.h"

/* What fields stand for beside those of the issue. */
typedef struct bx_values {
    const uint32_t *numbers; /* {1} … {6}: numbers of a section and those above it */
    uint32_t n_numbers;
    uint32_t n;             /* {n}; 0: none */
    uint32_t page;          /* {page}; 0: none */
    bx_str section;         /* {section}: the title of the section the page is in */
    const bx_section *head; /* {section.title}: the section whose head this belongs to */
    bx_str own;             /* {own}: the number that the section's title brings */
    bool in_head;           /* of a section: white at a page's top falls away */
    bx_str separator;       /* between the items of a list field; empty: the layout's word */
} bx_values;

/* {pages} depends on the facts. */
bx_expansion bx_expand(bx_composer *c, bx_arena *arena, const bx_template *t,
                       const bx_values *values);

/* The text in the composer's arena; empty when all its fields are. */
bx_str bx_filled(bx_composer *c, const bx_template *t, const bx_values *values);

/* Whether a field of the issue has content ("logo", "abstract", "references" … or any of a
 * template). */
bool bx_has_field(bx_composer *c, bx_str field, const bx_values *values);

/* Whether the text changes with the page numbers. */
bool bx_template_is_late(const bx_template *t);

#endif
