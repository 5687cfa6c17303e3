/* What objects do before and after their keys are read; named in the key table. */
#ifndef BX_STYLE_HOOKS_H
#define BX_STYLE_HOOKS_H

#include "style/keys.h"

void bx_page_finish(struct bx_style_reader *reader, const bx_yaml *node, void *page);
void bx_part_finish(struct bx_style_reader *reader, const bx_yaml *node, void *part);
void bx_section_finish(struct bx_style_reader *reader, const bx_yaml *node, void *section);
void bx_layout_finish(struct bx_style_reader *reader, const bx_yaml *node, void *style);
void bx_variant_begin(struct bx_style_reader *reader, const bx_yaml *node, void *variant);

#endif
