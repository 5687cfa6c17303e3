/* Footnotes: at the foot of the page where their mark stands, running over if they must. */
#ifndef BX_COMPOSE_NOTE_H
#define BX_COMPOSE_NOTE_H

#include "compose/block.h"

/* The block of a note (a NOTE node), made at its first mark. `mark_tag` is the tag of that mark. */
bx_block *bx_note_block(bx_composer *c, const bx_node *note, uint32_t mark_tag);
bx_str bx_note_mark(bx_composer *c, const bx_node *note);

/* Height that a note takes from a page of which `full` is open to text: its own, but at most a
 * third of the page; the rest runs over. `first`: with the rule above the notes. */
bx_len bx_note_cost(bx_composer *c, bx_block *note, bx_len full, bool first);

/* Notes waiting for a page's foot, with how far the first of them has come. */
typedef struct bx_note_queue {
    bx_note_list list;
    const bx_token *token;
} bx_note_queue;

/* Height that the queue asks for, at most `most`; 0 when it is empty. */
bx_len bx_notes_height(bx_composer *c, const bx_note_queue *queue, bx_len most);

/* Sets notes into a frame of at most `height`, rule and all; *queue keeps what did not fit. NULL
 * when there is none. */
const bx_frame *bx_notes_set(bx_composer *c, bx_note_queue *queue, bx_len height);

#endif
