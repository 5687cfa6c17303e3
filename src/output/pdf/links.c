#include "output/pdf/tree.h"
#include "output/pdf/writer.h"

/* The address as a URI of ASCII alone (ISO 32000-1, 12.6.4.7; RFC 3986). */
static bx_str uri(bx_arena *arena, bx_str url) {
    bx_buf clean = bx_buf_new(arena);
    for (uint32_t i = 0; i < url.n; i++) {
        uint8_t c = (uint8_t)url.p[i];
        if (c <= 0x20 || c >= 0x7F || strchr("\"<>\\^`{|}", c))
            bx_buf_fmt(&clean, "%%%02X", c);
        else
            bx_buf_char(&clean, (char)c);
    }
    return bx_buf_view(&clean);
}

/* The Link node that the item belongs to; 0 when it is in none. */
static uint32_t link_node(const bx_writer *w, uint32_t tag) {
    while (tag > 1 && bx_tags_at(w->pages->tags, tag)->kind != BX_TAG_LINK)
        tag = bx_tags_at(w->pages->tags, tag)->parent;
    return tag > 1 ? tag : 0;
}

const bx_obj *bx_pdf_link(bx_writer *w, uint32_t page, const bx_placed *placed) {
    const bx_link_item *link = placed->item->link;
    if (link->url.n == 0 && !bx_map_get(&w->pages->anchor_by_name, link->dest)) {
        bx_say(w->report, BX_D_BROKEN_LINK, (bx_span){0}, "no place is called %.*s",
               BX_STR_ARG(link->dest));
        return NULL;
    }
    bx_str address = uri(w->arena, link->url);
    if (address.n > 32767) {
        bx_pdf_refuse(w, (bx_span){0}, "an address of more than 32767 bytes (ISO 19005-2, 6.1.13)");
        return NULL;
    }
    bx_len height = w->page_uses[page].page->frame->h;
    bx_obj *obj = bx_store_add(w->store);
    uint32_t key = w->pages->list.n + w->n_annotations++;
    bx_buf *raw = bx_obj_raw(obj);
    bx_buf_str(raw, BX_STR("/Type/Annot/Subtype/Link/Rect"));
    bx_pdf_box(raw, placed->x, height - placed->y - link->h, placed->x + link->w,
               height - placed->y);
    /* Printed, not hidden (ISO 19005-2, 6.3.2). */
    bx_buf_fmt(raw, "/Border[0 0 0]/F 4/StructParent %u/Contents", key);
    bx_pdf_text(raw, link->title.n ? link->title : link->url.n ? link->url : link->dest);
    if (link->url.n) {
        bx_buf_str(raw, BX_STR("/A<</S/URI/URI"));
        bx_pdf_bytes(raw, address);
        bx_buf_str(raw, BX_STR(">>"));
    } else {
        bx_buf_str(raw, BX_STR("/Dest"));
        bx_pdf_text(raw, link->dest);
    }
    uint32_t node = link_node(w, placed->item->tag);
    bx_chunk chunk = {.tag = node, .page = page, .mcid = -1, .key = key, .annotation = obj};
    if (node == 0)
        chunk.tag = placed->item->tag ? w->nodes[placed->item->tag].content : 1;
    bx_push(w->arena, &w->chunks, chunk);
    return obj;
}

/* Names are text strings, so that a viewer finds #第一节 of an address by its characters. */
void bx_pdf_destinations(bx_writer *w, bx_buf *names) {
    const bx_pages *pages = w->pages;
    uint32_t n = 0;
    bx_tree_entry *entries = bx_new_n(w->arena, bx_tree_entry, pages->anchors.n);
    for (uint32_t i = 0; i < pages->anchors.n; i++) {
        const bx_anchor *anchor = &pages->anchors.at[i];
        if (anchor->page >= pages->list.n)
            continue;
        bx_buf value = bx_buf_new(w->arena);
        bx_buf_fmt(&value, "[%u 0 R/XYZ null ", bx_obj_number(w->page_uses[anchor->page].obj));
        bx_pdf_len(&value, pages->list.at[anchor->page].frame->h - anchor->y);
        bx_buf_str(&value, BX_STR(" null]"));
        entries[n++] = (bx_tree_entry){.name = bx_pdf_text_bytes(w->arena, anchor->name),
                                       .value = bx_buf_view(&value)};
    }
    const bx_obj *root = bx_pdf_name_tree(w->store, w->arena, entries, n);
    if (root)
        bx_buf_fmt(names, "/Dests %u 0 R", bx_obj_number(root));
}

/* An entry of the outline with its place in the tree; 0 is the root, entry i is i + 1. */
typedef struct bx_outline_node {
    bx_obj *obj;
    uint32_t parent, prev, next, first, last;
    uint32_t seen; /* descendants that show when it is opened */
    bool open;
} bx_outline_node;

static void outline_tree(const bx_pages *pages, bx_outline_node *nodes) {
    for (uint32_t i = 1; i <= pages->outline.n; i++) {
        const bx_outline *entry = &pages->outline.at[i - 1];
        uint32_t parent = i - 1;
        while (parent > 0 && pages->outline.at[parent - 1].level >= entry->level)
            parent = nodes[parent].parent;
        bx_outline_node *node = &nodes[i], *above = &nodes[parent];
        node->parent = parent;
        node->open = entry->open;
        node->prev = above->last;
        if (above->last)
            nodes[above->last].next = i;
        else
            above->first = i;
        above->last = i;
    }
    for (uint32_t i = pages->outline.n; i > 0; i--) /* children come after their parents */
        nodes[nodes[i].parent].seen += 1 + (nodes[i].open ? nodes[i].seen : 0);
}

static void outline_ref(const bx_outline_node *nodes, uint32_t i, const char *name, uint32_t to) {
    if (to)
        bx_obj_ref(nodes[i].obj, name, nodes[to].obj);
}

void bx_pdf_outline(bx_writer *w) {
    const bx_pages *pages = w->pages;
    if (pages->outline.n == 0)
        return;
    bx_outline_node *nodes = bx_new_n(w->arena, bx_outline_node, (size_t)pages->outline.n + 1);
    outline_tree(pages, nodes);
    nodes[0].open = true;
    for (uint32_t i = 0; i <= pages->outline.n; i++)
        nodes[i].obj = bx_store_add(w->store);
    for (uint32_t i = 0; i <= pages->outline.n; i++) {
        outline_ref(nodes, i, "First", nodes[i].first);
        outline_ref(nodes, i, "Last", nodes[i].last);
        outline_ref(nodes, i, "Prev", nodes[i].prev);
        outline_ref(nodes, i, "Next", nodes[i].next);
        if (nodes[i].seen)
            bx_obj_int(nodes[i].obj, "Count",
                       nodes[i].open ? (int32_t)nodes[i].seen : -(int32_t)nodes[i].seen);
        if (i == 0)
            continue;
        const bx_outline *entry = &pages->outline.at[i - 1];
        bx_obj_ref(nodes[i].obj, "Parent", nodes[nodes[i].parent].obj);
        bx_buf *raw = bx_obj_raw(nodes[i].obj);
        bx_buf_str(raw, BX_STR("/Title"));
        bx_pdf_text(raw, entry->title);
        if (bx_map_get(&pages->anchor_by_name, entry->dest)) {
            bx_buf_str(raw, BX_STR("/Dest"));
            bx_pdf_text(raw, entry->dest);
        }
    }
    bx_obj_name(nodes[0].obj, "Type", "Outlines");
    bx_obj_ref(w->catalog, "Outlines", nodes[0].obj);
    bx_obj_name(w->catalog, "PageMode", "UseOutlines");
}

/* A label as a number in a style that PDF can count: D decimal, r and R Roman; 0: none of these. */
typedef struct bx_label {
    char style;
    uint32_t value;
} bx_label;

static uint32_t roman(bx_str s, bool upper) {
    static const char digits[] = "ivxlcdm", capitals[] = "IVXLCDM";
    static const uint32_t values[] = {1, 5, 10, 50, 100, 500, 1000};
    uint32_t total = 0, last = 0;
    for (uint32_t i = s.n; i > 0; i--) {
        const char *set = upper ? capitals : digits, *d = strchr(set, s.p[i - 1]);
        if (!d || !*d)
            return 0;
        uint32_t v = values[d - set];
        total = v < last ? total - v : total + v;
        last = v > last ? v : last;
    }
    return total;
}

static bx_label read_label(bx_str s) {
    uint32_t value = 0, i = 0;
    while (i < s.n && i < 7 && s.p[i] >= '0' && s.p[i] <= '9')
        value = value * 10 + (uint32_t)(s.p[i++] - '0');
    if (s.n > 0 && i == s.n && s.p[0] != '0')
        return (bx_label){'D', value};
    if (s.n > 0 && s.n <= 8 && (value = roman(s, false)) > 0)
        return (bx_label){'r', value};
    if (s.n > 0 && s.n <= 8 && (value = roman(s, true)) > 0)
        return (bx_label){'R', value};
    return (bx_label){0, 0};
}

/* Pages that count on share one entry (12.4.2). */
void bx_pdf_page_labels(bx_writer *w) {
    const bx_pages *pages = w->pages;
    bx_tree_entry *entries = bx_new_n(w->arena, bx_tree_entry, pages->list.n);
    uint32_t n = 0;
    bx_label last = {0, 0};
    for (uint32_t i = 0; i < pages->list.n; i++) {
        bx_str text = pages->list.at[i].label;
        bx_label label = read_label(text);
        bool counts_on = label.style && label.style == last.style && label.value == last.value + 1;
        last = label;
        if (counts_on)
            continue;
        bx_buf value = bx_buf_new(w->arena);
        bx_buf_str(&value, BX_STR("<<"));
        if (label.style)
            bx_buf_fmt(&value, "/S/%c/St %u", label.style, label.value);
        else if (text.n) {
            bx_buf_str(&value, BX_STR("/P"));
            bx_pdf_text(&value, text);
        }
        bx_buf_str(&value, BX_STR(">>"));
        entries[n++] = (bx_tree_entry){.number = i, .value = bx_buf_view(&value)};
    }
    const bx_obj *root = bx_pdf_number_tree(w->store, w->arena, entries, n);
    if (root)
        bx_obj_ref(w->catalog, "PageLabels", root);
}
