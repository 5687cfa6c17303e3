/* Pictures and codes as frames. */
#ifndef BX_COMPOSE_PICTURE_H
#define BX_COMPOSE_PICTURE_H

#include "compose/block.h"
#include "compose/composer.h"

/* The picture that the issue or the layout names, through the assets, once for each path.
 * NULL: none, said so. The path must live as long as the pages. */
const bx_image *bx_picture_load(bx_composer *c, bx_str path, bx_span asked);

/* What stands for a picture that is not there, or is read for one that is: its alternative text or
 * title, else its file's name. */
bx_str bx_picture_words(const bx_node *image);

/* What stands under it: its title, else its alternative text unless that is a name that a program
 * gave it (image-2022.png, img). May be empty. */
bx_str bx_picture_caption(const bx_node *image);

/* Whether it has an address on the network, to which a link can lead. */
bool bx_picture_is_remote(const bx_node *image);

/* How high it is at its own size. */
bx_len bx_picture_height(const bx_image *image);

/* Scaled to a width, but not over `height` (0: any). At most as large as the picture is at 96 dpi
 * when `width` is 0. */
const bx_frame *bx_picture_frame(bx_composer *c, const bx_image *image, bx_len width, bx_len height,
                                 uint32_t tag);

/* The same as a block: its own size, but no wider than the space and no higher than `greatest` or
 * the page. link: where a click on it leads (bx_link_add), under the tag link_tag; 0: nowhere. */
bx_block *bx_fitted_new(bx_composer *c, const bx_image *image, bx_len greatest, uint32_t tag,
                        uint32_t link, uint32_t link_tag);

/* A QR code of a side, a link to what it says when that is an address. NULL after an error. */
const bx_frame *bx_qr_frame(bx_composer *c, bx_str data, bx_len side, bx_span asked,
                            uint32_t parent_tag);

#endif
