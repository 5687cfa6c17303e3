/* Content in columns, which end at the same height where it ends. */
#ifndef BX_COMPOSE_COLUMNS_H
#define BX_COMPOSE_COLUMNS_H

#include "compose/block.h"

bx_block *bx_columns_new(bx_composer *c, bx_block *content, uint32_t n, bx_len gutter);

#endif
