/* The nodes of the issue as blocks. */
#ifndef BX_COMPOSE_BUILD_H
#define BX_COMPOSE_BUILD_H

#include "compose/holders.h"
#include "compose/template.h"

enum { BX_DEPTH_MAX = 24 }; /* holders in holders; what is nested deeper is set at this depth */

typedef struct bx_build_env {
    const bx_role *role;             /* of plain paragraphs */
    const bx_section_style *section; /* whose content this is; NULL: of none */
    const bx_role *opening; /* of the first paragraph, when it comes first; NULL: as the others */
    const bx_role *closing; /* of the last one when it is short and after a break; likewise */
    const bx_template *marker;  /* of bulleted lists in no other; NULL: as lists are */
    const bx_role *marker_role; /* of that marker */
    uint8_t list_columns;       /* of long lists in no other; 0: 1 */
    bx_len gutter;              /* between them */
    bx_len width;               /* that holders leave, as far as it is known before setting */
    uint32_t tag;               /* parent of what is built */
    uint8_t depth;              /* of holders */
    uint8_t bullets, numbered;  /* lists that this is in */
    bool own_role;              /* lists in it keep `role` too: quotations, abstracts, notes */
    bx_len greatest;    /* height of pictures, which then take no number; 0: as figures are */
    bx_stack *pictures; /* where pictures go instead; NULL: where they stand */
    bool in_box;        /* in a frame of tint or rules */
    bool top;           /* in the flow of pages: figures may float */
    bool floats;        /* in an item: a captioned figure may float if it ends that */
} bx_build_env;

/* Adds the blocks of `first` and its siblings to the stack. */
void bx_build(bx_composer *c, bx_stack *stack, const bx_node *first, const bx_build_env *env);

/* The body of a section, from a block on: a thematic break at its end divides nothing, what follows
 * has a head. */
void bx_build_between(bx_composer *c, bx_stack *stack, const bx_node *first,
                      const bx_build_env *env);

/* The same for a holder's content; a single paragraph's text belongs to the holder's own tag. */
void bx_build_body(bx_composer *c, bx_stack *stack, const bx_node *first, const bx_build_env *env);

/* A paragraph's inlines from `first` on, its pictures between the text before and after them. */
void bx_build_inlines(bx_composer *c, bx_stack *stack, const bx_node *first,
                      const bx_build_env *env);

/* The call-out that a quotation or paragraph is, or NULL. */
const bx_callout_style *bx_callout_of_node(bx_composer *c, const bx_node *node,
                                           const bx_build_env *env);
/* Sets it, and what of the nodes after it the call-out takes; the last node that is done. */
const bx_node *bx_build_callout(bx_composer *c, bx_stack *stack, const bx_node *node,
                                const bx_callout_style *style, const bx_build_env *env);

/* The kinds that have files of their own. */
void bx_build_list(bx_composer *c, bx_stack *stack, const bx_node *node, const bx_build_env *env);
void bx_build_quote(bx_composer *c, bx_stack *stack, const bx_node *node, const bx_build_env *env);
void bx_build_code(bx_composer *c, bx_stack *stack, const bx_node *node, const bx_build_env *env);
void bx_build_table(bx_composer *c, bx_stack *stack, const bx_node *node, const bx_build_env *env);
void bx_build_figure(bx_composer *c, bx_stack *stack, const bx_node *image,
                     const bx_build_env *env);

/* Parts of the issue. */
void bx_build_sections(bx_composer *c, bx_stack *stack, uint32_t tag);
void bx_build_toc(bx_composer *c, bx_stack *stack, uint32_t tag);
/* The list of references: with its head, unless the issue has it in a section; and the entries. */
void bx_build_references(bx_composer *c, bx_stack *stack, uint32_t tag);
void bx_build_entries(bx_composer *c, bx_stack *stack, uint32_t tag);
void bx_build_contact(bx_composer *c, bx_stack *stack, uint32_t tag);
void bx_build_parts(bx_composer *c, bx_stack *stack, const bx_parts *parts, uint32_t tag,
                    const bx_values *values);

/* The row of labels and values that opens a section, line by line as typed, its [words] as chips.
 */
void bx_build_meta(bx_composer *c, bx_stack *stack, const bx_section *section, const bx_role *role,
                   const bx_box *frame, uint32_t tag);
/* That paragraph; NULL: the section does not open with one, or there is no section. */
const bx_node *bx_section_meta(const bx_section *section);

/* How a section's level, or the variant that its title asks for, is set. */
const bx_section_style *bx_section_style_of(const bx_composer *c, const bx_section *section);

/* What templates round a section's head may name. */
bx_values bx_section_values(bx_composer *c, const bx_section *section);

/* How many bytes of the plain title are a number of its own that the layout sets apart; 0: none. */
uint32_t bx_section_own_number(const bx_composer *c, const bx_section *section);

/* The title without the number and the English half that the layout sets apart. */
bx_str bx_section_main_title(const bx_composer *c, const bx_section *section);

/* What the table of contents says of it: that, or the line that the text's own contents had. */
bx_str bx_section_contents_title(const bx_composer *c, const bx_section *section);

/* The mark after a number of its own that is not set when that is set apart: the dot of "1. ". */
bx_str bx_section_number_mark(const bx_composer *c, const bx_section *section);

/* The number before a section's title as the layout writes it, or an empty string. */
bx_str bx_section_number(bx_composer *c, const bx_section *section);

#endif
