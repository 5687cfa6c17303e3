#include "compose/build.h"
#include "compose/composer.h"
#include "compose/stream.h"

void bx_build_table(bx_composer *c, bx_stack *stack, const bx_node *node, const bx_build_env *env) {
    const bx_table_style *style = &c->style->table;
    uint32_t table = bx_tags_add(c->tags, env->tag, BX_TAG_TABLE);
    bx_build_env inner = *env;
    inner.top = false;
    inner.depth++;
    for (const bx_node *tr = node->first; tr; tr = tr->next) {
        bool head = tr->flags & BX_HEAD;
        const bx_role *role = head ? style->head_role : style->cell_role;
        inner.role = role ? role : c->style->body;
        bx_row *row = bx_row_new(c, 2 * style->pad_x);
        uint32_t tag = bx_tags_add(c->tags, table, BX_TAG_TR);
        for (const bx_node *td = tr->first; td; td = td->next) {
            uint32_t cell = bx_tags_add(c->tags, tag, head ? BX_TAG_TH : BX_TAG_TD);
            bx_stack *body = bx_stack_new(c);
            bx_para *para = bx_para_of_nodes(c, inner.role, cell, td->first, NULL);
            bx_stack_add(c, body, &para->base);
            bx_row_add(c, row, (bx_row_cell){.block = &body->base, .share = 1});
        }
        row->base.keep_next = head;
        row->base.before = row->base.after = style->pad_y;
        bx_stack_add(c, stack, &row->base);
    }
}
