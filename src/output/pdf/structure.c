/* The structure tree (ISO 32000-1, 14.7): nodes of the semantic tree that have content become
 * elements; what they hold is in reading order. */
#include "output/pdf/elements.h"
#include "output/pdf/tree.h"
#include "text/held.h"

typedef struct bx_builder {
    bx_writer *w;
    bx_arena *arena; /* of what is needed no longer than that */
    const bx_tags *tags;
    bx_element *at;       /* by tag */
    uint32_t *next_chunk; /* by chunk: index + 1 of the node's next */
    bx_obj **chunk_owner; /* by chunk: the element that holds it */
    bx_obj *root;
    uint32_t heading; /* level of the latest heading */
    bx_buf kids;      /* /K of the elements that are being written, each behind its parent's */
    size_t own;       /* where those of the innermost one begin */
    bool role_used[BX_TAG_ASIDE + 1];
    BX_VEC(bx_tree_entry) ids;
} bx_builder;

/* Types that ISO 32000-1 does not have, and what they stand for there (14.8.4). */
static const char *role(bx_tag_kind kind) {
    switch (kind) {
    case BX_TAG_TITLE:
        return "P";
    case BX_TAG_CODE_BLOCK:
        return "P";
    case BX_TAG_STRONG:
    case BX_TAG_EM:
        return "Span";
    case BX_TAG_ASIDE:
        return "Div";
    default:
        return NULL;
    }
}

/* A span that says nothing of its text leaves it to the element around it. */
static bool is_transparent(const bx_tag *tag) {
    return tag->kind == BX_TAG_NONE ||
           (tag->kind == BX_TAG_SPAN && !tag->lang.n && !tag->alt.n && !tag->actual.n);
}

void bx_pdf_structure_begin(bx_writer *w) {
    const bx_tags *tags = w->pages->tags;
    w->nodes = bx_new_n(w->arena, bx_node_use, tags->list.n);
    for (uint32_t i = 1; i < tags->list.n; i++) {
        const bx_tag *tag = &tags->list.at[i];
        const bx_node_use *parent = &w->nodes[i > 1 ? tag->parent : 0];
        bool passes_on = i > 1 && is_transparent(tag);
        w->nodes[i].content = passes_on ? parent->content : i;
        w->nodes[i].figure = tag->kind == BX_TAG_FIGURE ? i : parent->figure;
    }
}

static bool is_table_part(bx_tag_kind kind) {
    return kind == BX_TAG_THEAD || kind == BX_TAG_TBODY || kind == BX_TAG_TR || kind == BX_TAG_TH ||
           kind == BX_TAG_TD;
}

/* Where each node's content begins, and which nodes have any. Children have higher numbers than
 * their parents. An empty cell stays, because a table's rows must be of one length. */
static void survey(bx_builder *b) {
    uint32_t n = b->tags->list.n;
    for (uint32_t i = 0; i < n; i++)
        b->at[i].where = NOWHERE;
    for (uint32_t i = 0; i < b->w->chunks.n; i++) {
        bx_element *e = &b->at[b->w->chunks.at[i].tag];
        if (e->last_chunk)
            b->next_chunk[e->last_chunk - 1] = i + 1;
        else
            e->first_chunk = i + 1;
        e->last_chunk = i + 1;
        if (e->where == NOWHERE)
            e->where = i;
    }
    for (uint32_t i = n - 1; i > 1; i--) {
        bx_element *parent = &b->at[b->tags->list.at[i].parent];
        if (b->at[i].where < parent->where)
            parent->where = b->at[i].where;
    }
    for (uint32_t i = 1; i < n; i++) {
        const bx_tag *tag = &b->tags->list.at[i];
        bx_element *e = &b->at[i], *parent = &b->at[i > 1 ? tag->parent : 0];
        for (int h = 0; h < 2; h++)
            if (tag->headers[h] > 0 && tag->headers[h] < n)
                b->at[tag->headers[h]].referenced = true;
        e->kept = i == 1 || e->where != NOWHERE || (parent->kept && is_table_part(tag->kind));
        if (i == 1 || !e->kept || is_transparent(tag))
            continue;
        /* Children of a transparent span are its parent's. */
        parent = &b->at[b->w->nodes[tag->parent].content];
        if (parent->last_child)
            b->at[parent->last_child].next = i;
        else
            parent->first_child = i;
        parent->last_child = i;
    }
}

static bx_str identifier(bx_builder *b, uint32_t tag) { return bx_str_fmt(b->arena, "n%07u", tag); }

/* A heading may not be more than one level below the one before it (ISO 14289-1, 7.4.2). */
static const char *type_name(bx_builder *b, bx_tag_kind kind) {
    if (kind < BX_TAG_H1 || kind > BX_TAG_H6)
        return bx_tag_name(kind);
    uint32_t level = (uint32_t)(kind - BX_TAG_H1) + 1;
    if (level > b->heading + 1)
        level = b->heading + 1;
    b->heading = level;
    return bx_tag_name((bx_tag_kind)(BX_TAG_H1 + level - 1));
}

static void text_entry(bx_buf *raw, const char *key, bx_str text) {
    if (text.n == 0)
        return;
    bx_buf_fmt(raw, "/%s", key);
    bx_pdf_text(raw, text);
}

static void table_attributes(bx_builder *b, const bx_tag *tag, bx_buf *raw) {
    bx_buf out = bx_buf_new(b->arena);
    if (tag->kind == BX_TAG_TH)
        bx_buf_fmt(&out, "/Scope/%s", tag->scope == BX_SCOPE_ROW ? "Row" : "Column");
    if (tag->col_span > 1)
        bx_buf_fmt(&out, "/ColSpan %u", tag->col_span);
    if (tag->row_span > 1)
        bx_buf_fmt(&out, "/RowSpan %u", tag->row_span);
    if (tag->headers[0] || tag->headers[1]) {
        bx_buf_str(&out, BX_STR("/Headers["));
        for (int i = 0; i < 2; i++)
            if (tag->headers[i] && b->at[tag->headers[i]].kept)
                bx_pdf_bytes(&out, identifier(b, tag->headers[i]));
        bx_buf_char(&out, ']');
    }
    if (out.n)
        bx_buf_fmt(raw, "/A<</O/Table%.*s>>", (int)out.n, out.p);
}

static bool is_inline(bx_tag_kind kind) {
    return kind == BX_TAG_P || kind == BX_TAG_SPAN || kind == BX_TAG_LINK || kind == BX_TAG_LBL ||
           kind == BX_TAG_STRONG || kind == BX_TAG_EM || kind == BX_TAG_REFERENCE;
}

static void figure_attributes(bx_builder *b, uint32_t i, bx_buf *raw) {
    const bx_reach *r = &b->w->nodes[i].reach;
    if (r->page == 0 || r->page == NOWHERE)
        return;
    bx_len height = b->w->pages->list.at[r->page - 1].frame->h;
    bx_buf_str(raw, BX_STR("/A<</O/Layout/BBox"));
    bx_pdf_box(raw, r->x0, height - r->y1, r->x1, height - r->y0);
    if (!is_inline(b->tags->list.at[b->tags->list.at[i].parent].kind))
        bx_buf_str(raw, BX_STR("/Placement/Block"));
    bx_buf_str(raw, BX_STR(">>"));
}

static void attributes(bx_builder *b, uint32_t i, bx_buf *raw) {
    const bx_tag *tag = &b->tags->list.at[i];
    switch (tag->kind) {
    case BX_TAG_TH:
    case BX_TAG_TD:
        table_attributes(b, tag, raw);
        break;
    case BX_TAG_FIGURE:
        figure_attributes(b, i, raw);
        break;
    case BX_TAG_L:
        if (tag->list)
            bx_buf_fmt(raw, "/A<</O/List/ListNumbering/%s>>", tag->list);
        break;
    default:
        break;
    }
    if ((tag->kind == BX_TAG_TH && b->at[i].referenced) || tag->kind == BX_TAG_NOTE) {
        bx_str id = identifier(b, i);
        bx_buf_str(raw, BX_STR("/ID"));
        bx_pdf_bytes(raw, id);
        bx_str ref = bx_str_fmt(b->arena, "%u 0 R", bx_obj_number(b->at[i].obj));
        bx_push(b->arena, &b->ids, (bx_tree_entry){.name = id, .value = ref});
    }
}

static void separate(bx_builder *b) {
    if (b->kids.n > b->own && b->kids.p[b->kids.n - 1] != '>')
        bx_buf_char(&b->kids, ' ');
}

/* An annotation outside any Link node gets a Link element of its own (ISO 14289-1, 7.18.5). */
static bx_obj *own_link(bx_builder *b, bx_obj *parent, const bx_chunk *chunk, uint32_t page) {
    bx_obj *obj = bx_store_add(b->w->store);
    bx_buf_fmt(bx_obj_raw(obj), "/S/Link/P %u 0 R/Pg %u 0 R/K<</Type/OBJR/Obj %u 0 R>>",
               bx_obj_number(parent), page, bx_obj_number(chunk->annotation));
    return obj;
}

static void add_chunk(bx_builder *b, uint32_t i, uint32_t index, uint32_t own_page) {
    bx_buf *kids = &b->kids;
    const bx_chunk *chunk = &b->w->chunks.at[index];
    uint32_t page = bx_obj_number(b->w->page_uses[chunk->page].obj);
    bx_obj *owner = b->at[i].obj;
    separate(b);
    bool here = chunk->page == own_page;
    if (chunk->mcid >= 0 && here)
        bx_pdf_number(kids, chunk->mcid, 0);
    else if (chunk->mcid >= 0)
        bx_buf_fmt(kids, "<</Type/MCR/Pg %u 0 R/MCID %d>>", page, chunk->mcid);
    else if (b->tags->list.at[i].kind == BX_TAG_LINK && here)
        bx_buf_fmt(kids, "<</Type/OBJR/Obj %u 0 R>>", bx_obj_number(chunk->annotation));
    else if (b->tags->list.at[i].kind == BX_TAG_LINK)
        bx_buf_fmt(kids, "<</Type/OBJR/Obj %u 0 R/Pg %u 0 R>>", bx_obj_number(chunk->annotation),
                   page);
    else {
        owner = own_link(b, owner, chunk, page);
        bx_obj_refer(kids, owner);
    }
    b->chunk_owner[index] = owner;
}

/* The page of the node's first content; its other pages are named with each piece. */
static uint32_t page_of(const bx_builder *b, uint32_t i) {
    uint32_t first = b->at[i].first_chunk;
    return first ? b->w->chunks.at[first - 1].page : NOWHERE;
}

static void write_element(bx_builder *b, uint32_t i, const bx_obj *parent);

/* Own content and children, merged where each begins; both keep their own order. */
static void write_kids(bx_builder *b, uint32_t i, uint32_t own_page) {
    uint32_t chunk = b->at[i].first_chunk, child = b->at[i].first_child;
    while (chunk || child) {
        bool child_first =
            child && (!chunk || b->at[child].where == NOWHERE || b->at[child].where < chunk - 1);
        if (child_first) {
            b->at[child].obj = bx_store_add(b->w->store);
            separate(b);
            bx_obj_refer(&b->kids, b->at[child].obj);
            write_element(b, child, b->at[i].obj);
            child = b->at[child].next;
        } else {
            add_chunk(b, i, chunk - 1, own_page);
            chunk = b->next_chunk[chunk - 1];
        }
    }
}

static void write_element(bx_builder *b, uint32_t i, const bx_obj *parent) {
    const bx_tag *tag = &b->tags->list.at[i];
    bx_buf *raw = bx_obj_raw(b->at[i].obj);
    uint32_t page = page_of(b, i);
    b->role_used[tag->kind] = true;
    bx_buf_str(raw, BX_STR("/S/"));
    bx_buf_str(raw, bx_str_of(type_name(b, tag->kind)));
    bx_buf_str(raw, BX_STR("/P "));
    bx_obj_refer(raw, parent);
    if (page != NOWHERE) {
        bx_buf_str(raw, BX_STR("/Pg "));
        bx_obj_refer(raw, b->w->page_uses[page].obj);
    }
    text_entry(raw, "Lang", tag->lang);
    text_entry(raw, "Alt", tag->alt);
    text_entry(raw, "ActualText", tag->actual);
    attributes(b, i, raw);
    size_t outer = b->own, own = b->own = b->kids.n;
    write_kids(b, i, page);
    if (b->kids.n > own) {
        bx_buf_str(raw, BX_STR("/K["));
        bx_buf_add(raw, b->kids.p + own, b->kids.n - own);
        bx_buf_char(raw, ']');
    }
    b->kids.n = own;
    b->own = outer;
}

/* From a page's marked content, and from an annotation, back to the element (14.7.4.4). */
static void parent_tree(bx_builder *b) {
    bx_writer *w = b->w;
    uint32_t n_pages = w->pages->list.n, n = n_pages + w->n_annotations;
    bx_tree_entry *entries = bx_new_n(b->arena, bx_tree_entry, n);
    bx_buf *lists = bx_new_n(b->arena, bx_buf, n_pages);
    for (uint32_t i = 0; i < n_pages; i++) {
        lists[i] = bx_buf_new(b->arena);
        bx_buf_char(&lists[i], '[');
    }
    for (uint32_t i = 0; i < w->chunks.n; i++) {
        const bx_chunk *chunk = &w->chunks.at[i];
        const bx_obj *owner = b->chunk_owner[i];
        bx_buf *list = &lists[chunk->page];
        if (chunk->mcid >= 0) {
            if (chunk->mcid > 0)
                bx_buf_char(list, ' ');
            bx_obj_refer(list, owner);
        } else
            entries[chunk->key] =
                (bx_tree_entry){.number = chunk->key,
                                .value = bx_str_fmt(b->arena, "%u 0 R ", bx_obj_number(owner))};
    }
    for (uint32_t i = 0; i < n_pages; i++) {
        bx_buf_char(&lists[i], ']');
        entries[i] = (bx_tree_entry){.number = i, .value = bx_buf_view(&lists[i])};
    }
    bx_obj_ref(b->root, "ParentTree", bx_pdf_number_tree(w->store, b->arena, entries, n));
    bx_obj_int(b->root, "ParentTreeNextKey", (int32_t)n);
}

static void role_map(bx_builder *b) {
    bx_buf out = bx_buf_new(b->arena);
    for (int k = 0; k <= BX_TAG_ASIDE; k++)
        if (b->role_used[k] && role((bx_tag_kind)k))
            bx_buf_fmt(&out, "/%s/%s", bx_tag_name((bx_tag_kind)k), role((bx_tag_kind)k));
    if (out.n)
        bx_buf_fmt(bx_obj_raw(b->root), "/RoleMap<<%.*s>>", (int)out.n, out.p);
}

static void drop(void *arena) { bx_arena_drop(arena); }

void bx_pdf_structure(bx_writer *w) {
    bx_held *held = bx_hold(w->arena, drop, bx_arena_new(bx_arena_memory(w->arena)));
    bx_builder b = {.w = w, .arena = held->object, .tags = w->pages->tags};
    b.at = bx_new_n(b.arena, bx_element, b.tags->list.n);
    b.next_chunk = bx_new_n(b.arena, uint32_t, w->chunks.n);
    b.chunk_owner = bx_new_n(b.arena, bx_obj *, w->chunks.n);
    b.kids = bx_buf_new(b.arena);
    survey(&b);
    bx_pdf_check_elements(w, b.at);
    b.root = bx_store_add(w->store);
    bx_obj_name(b.root, "Type", "StructTreeRoot");
    b.at[1].obj = bx_store_add(w->store);
    bx_obj_ref(b.root, "K", b.at[1].obj);
    write_element(&b, 1, b.root);
    parent_tree(&b);
    role_map(&b);
    const bx_obj *ids = bx_pdf_name_tree(w->store, b.arena, b.ids.at, b.ids.n);
    if (ids)
        bx_obj_ref(b.root, "IDTree", ids);
    bx_obj_ref(w->catalog, "StructTreeRoot", b.root);
    bx_buf_str(bx_obj_raw(w->catalog), BX_STR("/MarkInfo<</Marked true>>"));
    bx_let_go(held);
}
