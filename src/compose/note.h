/* Footnotes: at the foot of the page where their mark stands, running over if they must. */
#ifndef BX_COMPOSE_NOTE_H
#define BX_COMPOSE_NOTE_H

#include "compose/block.h"

/* The block of a note (a NOTE node), made at its first mark. `mark_tag` is the tag of that mark. */
bx_block *bx_note_block(bx_composer *c, const bx_node *note, uint32_t mark_tag);
bx_str bx_note_mark(bx_composer *c, const bx_node *note);

/* Takes a note into a fragment that is being made in `space`: its height goes to the foot (with the
 * rule above the notes when it is the page's first), but at most a third of a page; the rest runs
 * over. False: a note before it runs over already, so its mark must stand on the next page. */
bool bx_note_take(bx_composer *c, bx_block *note, bx_space space, bx_fragment *f);

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
