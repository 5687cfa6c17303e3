/* A text stream in the making: characters, and what is true of each stretch of them. */
#ifndef BX_COMPOSE_STREAM_H
#define BX_COMPOSE_STREAM_H

#include "compose/composer.h"
#include "compose/para.h"

typedef struct bx_stream {
    bx_composer *c;
    const bx_role *role;
    bx_text_span attr; /* of what is added next; offsets are not used */
    bx_buf text;
    BX_VEC(bx_text_span) spans;
    BX_VEC(bx_event) events;
    const bx_node *line; /* the first inline of the source line that is being added … */
    uint32_t line_at;    /* and where it begins in `text` */
    bool title_line;     /* it is the title of the lines below */
} bx_stream;

/* A stream in a role, its text belonging to the tag. It lives in the composer's drafts until the
 * block at the top level is done; what bx_stream_para makes lives as long as the pages. */
bx_stream bx_stream_new(bx_composer *c, const bx_role *role, uint32_t tag);

void bx_stream_add(bx_stream *s, bx_str text);
/* Text that is not set but copied with what stands before it, or after it at the stream's start
 * (BX_SPAN_SILENT). */
void bx_stream_silent(bx_stream *s, bx_str text);
/* White of a width that no line breaks at. */
void bx_stream_gap(bx_stream *s, bx_len width);
/* A picture in the line; `frame` may be NULL. */
void bx_stream_object(bx_stream *s, bx_len w, bx_len ascent, bx_len descent, const bx_frame *frame);
void bx_stream_anchor(bx_stream *s, bx_str name);
void bx_stream_note(bx_stream *s, bx_block *note);

/* Changes the attributes by a mark of the style; put `attr` back to end it. */
void bx_stream_mark(bx_stream *s, bx_mark_kind mark);

/* Inline nodes from `first` up to and without `stop` (NULL: to the last sibling). `end` punctuation
 * and white at the stretch's start is left out when `trim` is set. */
void bx_stream_nodes(bx_stream *s, const bx_node *first, const bx_node *stop);
/* A text field of the issue: its inlines, or its plain text. */
void bx_stream_field(bx_stream *s, const bx_field *field);

/* The rest of the stream from byte `at` on becomes a stream of its own. */
bx_stream bx_stream_split(bx_stream *s, uint32_t at);

/* All of another stream after what is there. */
void bx_stream_append(bx_stream *s, const bx_stream *more);

/* The paragraph of the stream, white at its ends taken off. */
bx_para *bx_stream_para(bx_stream *s);

/* The usual short cuts. */
bx_para *bx_para_of_nodes(bx_composer *c, const bx_role *role, uint32_t tag, const bx_node *first,
                          const bx_node *stop);
bx_para *bx_para_of_text(bx_composer *c, const bx_role *role, uint32_t tag, bx_str text);

/* Registers where a link or a remote picture of the issue leads (its url is not empty). */
uint32_t bx_link_of_node(bx_composer *c, const bx_node *node);

#endif
