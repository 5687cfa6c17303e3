/* Chips: short text in a frame, standing in the line like a character. Tags, numbers of heads. */
#ifndef BX_COMPOSE_CHIP_H
#define BX_COMPOSE_CHIP_H

#include "compose/stream.h"

/* Adds a chip with the text in a role. A box without any rule or fill gives an outline with round
 * ends in the text's colour. The chip is never narrower than it is high. `opened` and `closed` are
 * what the author wrote round the text and the frame stands for: they are said where the text is
 * read or copied, and not drawn. */
void bx_stream_chip(bx_stream *s, const bx_role *role, const bx_box *box, bx_str text,
                    bx_str opened, bx_str closed);

#endif
