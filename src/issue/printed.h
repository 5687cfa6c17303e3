/* The parts that read the text of a printed report (bx_read_printed). */
#ifndef BX_ISSUE_PRINTED_H
#define BX_ISSUE_PRINTED_H

#include "issue/reader.h"

/* Finds the table of contents under the line `word`: paragraphs and lists all of whose lines agree
 * with heads that follow, two at least, with page numbers or without. Each line becomes the target
 * of its head, a paragraph without the page number. The block after the last of them; `word`
 * itself: what stands there is none. */
bx_node *bx_take_contents(bx_reader *r, bx_node *word);

/* Divides what stands under the contact block's heading: first a few short lines, which stood under
 * codes, then names that end in a colon with the paragraph after each, all of them organisations;
 * then the rest. In another order all of it is the contact's text. */
void bx_read_card(bx_reader *r, bx_node *card, bx_contact *contact);

#endif
