/* What follows from several keys of a part or a section variant. */
#include "style/hooks.h"
#include "style/reader.h"

void bx_part_finish(bx_style_reader *r, const bx_yaml *node, void *object) {
    bx_part *part = object;
    const bx_yaml *first = NULL;
    if (!node)
        return;
    part->span = node->span;
    for (uint32_t i = 0; i < bx_part_keys.n; i++) {
        const bx_key *key = &bx_part_keys.at[i];
        const bx_yaml *value = bx_yaml_given(node, key->name);
        if (!(key->flags & BX_KEY_PART) || !value)
            continue;
        if (first)
            bx_say(r->report, BX_D_BAD_VALUE, value->span,
                   "a part is one thing: `%s` cannot stand beside another kind", key->name);
        first = value;
        part->kind = (bx_part_kind)key->min;
    }
    if (!first) {
        bx_say(r->report, BX_D_MISSING_KEY, node->span, "this part does not say what it is");
        bx_hint(r->report, "Give it one of text, rule, space, row, box, group, slot, image, qr, "
                           "break, tags");
    }
}

void bx_section_finish(bx_style_reader *r, const bx_yaml *node, void *object) {
    bx_section_style *section = object;
    (void)node;
    if (section->gutter == 0)
        section->gutter = r->style->page.gutter;
}

void bx_variant_begin(bx_style_reader *r, const bx_yaml *node, void *object) {
    bx_section_variant *variant = object;
    const bx_yaml *level = bx_yaml_given(node, "level");
    uint32_t n = 1;
    /* What is no level is reported when the key itself is read. */
    if (level && level->kind == BX_YAML_SCALAR && level->text.n == 1 && level->text.p[0] >= '1' &&
        level->text.p[0] <= '0' + BX_LEVELS)
        n = (uint32_t)(level->text.p[0] - '0');
    variant->style = r->style->section[n - 1];
    r->level = n;
}
