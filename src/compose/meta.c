/* The row of labels and values that opens a section: **Source**: … | **Time**: … */
#include "compose/build.h"
#include "compose/chip.h"
#include "compose/composer.h"
#include "issue/shapes.h"

const bx_node *bx_section_meta(const bx_section *section) {
    const bx_node *first = section && section->body ? section->body->first : NULL;
    return first && bx_is_meta_row(first) ? first : NULL;
}

/* Text with its [bracketed] words as chips. */
static void add_tagged(bx_stream *s, bx_str text, const bx_role *role, const bx_box *frame) {
    static const bx_str opened = {"[", 1}, closed = {"]", 1};
    for (;;) {
        int64_t from = bx_str_find(text, opened), to = bx_str_find(text, closed);
        if (from < 0 || to < from + 2)
            break;
        bx_stream_add(s, bx_str_sub(text, 0, (uint32_t)from));
        bx_stream_chip(s, role, frame, bx_str_sub(text, (uint32_t)from + 1, (uint32_t)to), opened,
                       closed);
        text = bx_str_sub(text, (uint32_t)to + 1, text.n);
    }
    bx_stream_add(s, text);
}

static bool is_line_end(const bx_node *in) {
    return in->kind == BX_NODE_SOFT_BREAK || in->kind == BX_NODE_LINE_BREAK;
}

void bx_build_meta(bx_composer *c, bx_stack *stack, const bx_section *section, const bx_role *role,
                   const bx_box *frame, uint32_t tag) {
    const bx_node *row = bx_section_meta(section), *in = row ? row->first : NULL;
    const bx_role *chip = bx_role_named(c, "chip", role);
    while (in) {
        bx_stream s = bx_stream_new(c, role, bx_tags_add(c->tags, tag, BX_TAG_P));
        for (; in && !is_line_end(in); in = in->next) {
            if (in->kind == BX_NODE_TEXT) {
                s.attr.source = in->span;
                add_tagged(&s, in->text, chip, frame);
            } else {
                bx_stream_nodes(&s, in, in->next);
            }
        }
        bx_para *para = bx_stream_para(&s);
        if (para->input.text.n)
            bx_stack_add(c, stack, &para->base);
        in = in ? in->next : NULL;
    }
}
