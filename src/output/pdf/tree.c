#include "output/pdf/tree.h"

#include "output/pdf/number.h"

#include <stdlib.h>

enum { BX_TREE_LEAF = 64, BX_TREE_FAN = 64 };

static int by_name(const void *a, const void *b) {
    const bx_tree_entry *x = a, *y = b;
    int c = bx_str_cmp(x->name, y->name);
    return c ? c : (x->number > y->number) - (x->number < y->number);
}

static int by_number(const void *a, const void *b) {
    const bx_tree_entry *x = a, *y = b;
    return (x->number > y->number) - (x->number < y->number);
}

typedef struct bx_node_of_tree {
    bx_obj *obj;
    const bx_tree_entry *first, *last;
} bx_node_of_tree;

static void key(bx_buf *out, const bx_tree_entry *e, bool names) {
    if (names)
        bx_pdf_bytes(out, e->name);
    else
        bx_buf_fmt(out, "%u ", e->number);
}

static void limits(const bx_node_of_tree *node, bool names) {
    bx_buf *raw = bx_obj_raw(node->obj);
    bx_buf_str(raw, BX_STR("/Limits["));
    key(raw, node->first, names);
    key(raw, node->last, names);
    bx_buf_char(raw, ']');
}

static bx_obj *tree(bx_store *store, bx_arena *arena, bx_tree_entry *e, uint32_t n, bool names) {
    uint32_t n_nodes = 0;
    bx_node_of_tree *nodes = bx_new_n(arena, bx_node_of_tree, n / BX_TREE_LEAF + 1);
    for (uint32_t i = 0; i < n; i += BX_TREE_LEAF) {
        uint32_t end = n - i < BX_TREE_LEAF ? n : i + BX_TREE_LEAF;
        bx_node_of_tree *node = &nodes[n_nodes++];
        *node = (bx_node_of_tree){bx_store_add(store), &e[i], &e[end - 1]};
        bx_buf *raw = bx_obj_raw(node->obj);
        bx_buf_str(raw, names ? BX_STR("/Names[") : BX_STR("/Nums["));
        for (uint32_t k = i; k < end; k++) {
            key(raw, &e[k], names);
            bx_buf_str(raw, e[k].value);
        }
        bx_buf_char(raw, ']');
    }
    while (n_nodes > 1) { /* the root alone has no limits */
        uint32_t above = 0;
        for (uint32_t i = 0; i < n_nodes; i += BX_TREE_FAN) {
            uint32_t end = n_nodes - i < BX_TREE_FAN ? n_nodes : i + BX_TREE_FAN;
            bx_node_of_tree parent = {bx_store_add(store), nodes[i].first, nodes[end - 1].last};
            bx_buf_str(bx_obj_raw(parent.obj), BX_STR("/Kids["));
            for (uint32_t k = i; k < end; k++) {
                limits(&nodes[k], names);
                bx_buf_fmt(bx_obj_raw(parent.obj), "%s%u 0 R", k > i ? " " : "",
                           bx_obj_number(nodes[k].obj));
            }
            bx_buf_char(bx_obj_raw(parent.obj), ']');
            nodes[above++] = parent;
        }
        n_nodes = above;
    }
    return nodes[0].obj;
}

bx_obj *bx_pdf_name_tree(bx_store *store, bx_arena *arena, bx_tree_entry *e, uint32_t n) {
    if (n == 0)
        return NULL;
    for (uint32_t i = 0; i < n; i++)
        e[i].number = i; /* keeps equal names in the order given */
    if (n)
        qsort(e, n, sizeof *e, by_name);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < n; i++)
        if (kept == 0 || !bx_str_eq(e[kept - 1].name, e[i].name))
            e[kept++] = e[i];
    return tree(store, arena, e, kept, true);
}

bx_obj *bx_pdf_number_tree(bx_store *store, bx_arena *arena, bx_tree_entry *e, uint32_t n) {
    if (n == 0)
        return NULL;
    qsort(e, n, sizeof *e, by_number);
    return tree(store, arena, e, n, false);
}
