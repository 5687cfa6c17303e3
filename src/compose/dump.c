#include "compose/dump.h"

typedef struct walk {
    const bx_pages *pages;
    void (*visit)(struct walk *w, const bx_item *item, bx_len x, bx_len y, bx_str role);
    bx_buf *out;
} walk;

static void visit_items(walk *w, const bx_frame *frame, bx_len x, bx_len y, bx_str role) {
    if (frame->role.n)
        role = frame->role;
    for (uint32_t i = 0; i < frame->items.n; i++) {
        const bx_item *item = &frame->items.at[i];
        uint32_t more = item->kind == BX_ITEM_GLYPHS ? item->more : 0;
        if (item->kind == BX_ITEM_FRAME)
            visit_items(w, item->frame, x + item->dx, y + item->dy, role);
        else
            w->visit(w, item, x + item->dx, y + item->dy, role);
        for (bx_item own = *item; more > 0; more--) { /* each run is shown as an item */
            own.run++;
            w->visit(w, &own, x + item->dx, y + item->dy, role);
        }
    }
}

static const char *kind_name(bx_item_kind kind) {
    switch (kind) {
    case BX_ITEM_GLYPHS:
        return "text";
    case BX_ITEM_RECT:
    case BX_ITEM_PATH:
        return "rule";
    case BX_ITEM_IMAGE:
        return "image";
    case BX_ITEM_LINK:
        return "link";
    case BX_ITEM_ANCHOR:
        return "anchor";
    case BX_ITEM_FRAME:
        break;
    }
    return "frame";
}

static const char *tag_name(const walk *w, bx_tag_id tag) {
    return tag ? bx_tag_name(bx_tags_at(w->pages->tags, tag)->kind) : "Artifact";
}

typedef struct extent {
    bx_len x, y, w, h;
} extent;

/* What a path covers, from its points and controls. */
static extent path_extent(const bx_path *path) {
    bx_len x0 = BX_LEN_MAX, y0 = BX_LEN_MAX, x1 = -BX_LEN_MAX, y1 = -BX_LEN_MAX;
    for (uint32_t i = 0; i < path->n; i++) {
        const bx_path_op *op = &path->ops[i];
        int points = op->verb == BX_CURVE ? 3 : op->verb == BX_CLOSE ? 0 : 1;
        for (int k = 0; k < points; k++) {
            x0 = bx_len_min(x0, op->x[k]);
            x1 = bx_len_max(x1, op->x[k]);
            y0 = bx_len_min(y0, op->y[k]);
            y1 = bx_len_max(y1, op->y[k]);
        }
    }
    return x0 > x1 ? (extent){0} : (extent){x0, y0, x1 - x0, y1 - y0};
}

static extent extent_of(const bx_item *item) {
    switch (item->kind) {
    case BX_ITEM_GLYPHS:
        return (extent){item->run->x, 0, item->run->width, 0};
    case BX_ITEM_RECT:
        return (extent){0, 0, item->rect.w, item->rect.h};
    case BX_ITEM_PATH:
        return path_extent(item->path);
    case BX_ITEM_IMAGE:
        return (extent){0, 0, item->picture.w, item->picture.h};
    case BX_ITEM_LINK:
        return (extent){0, 0, item->link->w, item->link->h};
    default:
        return (extent){0};
    }
}

/* Points with two decimals: enough to see a shift, short enough to read. */
static void add_len(bx_buf *out, bx_len value) {
    int64_t hundredths = bx_muldiv(value, 100, BX_PT);
    const char *sign = hundredths < 0 ? "-" : "";
    hundredths = hundredths < 0 ? -hundredths : hundredths;
    bx_buf_fmt(out, " %s%d.%02d", sign, (int)(hundredths / 100), (int)(hundredths % 100));
}

static void dump_item(walk *w, const bx_item *item, bx_len x, bx_len y, bx_str role) {
    bx_buf *out = w->out;
    extent e = extent_of(item);
    bx_buf_fmt(out, "  %s", kind_name(item->kind));
    add_len(out, x + e.x);
    add_len(out, y + e.y);
    add_len(out, e.w);
    if (item->kind != BX_ITEM_GLYPHS)
        add_len(out, e.h);
    bx_buf_fmt(out, " %s", tag_name(w, item->tag));
    if (item->kind == BX_ITEM_GLYPHS) {
        add_len(out, item->run->size);
        bx_buf_fmt(out, " %.*s |%.*s|", BX_STR_ARG(role),
                   BX_STR_ARG(bx_run_text(item->run, out->arena)));
    } else if (item->kind == BX_ITEM_LINK) {
        bx_buf_fmt(out, " %.*s%s%.*s", BX_STR_ARG(item->link->url), item->link->dest.n ? "#" : "",
                   BX_STR_ARG(item->link->dest));
    } else if (item->kind == BX_ITEM_ANCHOR) {
        bx_buf_fmt(out, " %.*s", BX_STR_ARG(item->anchor));
    } else if (item->kind == BX_ITEM_RECT && item->rect.fill.set) {
        bx_color c = item->rect.fill;
        bx_buf_fmt(out, " #%02X%02X%02X", c.r, c.g, c.b);
    }
    bx_buf_char(out, '\n');
}

void bx_pages_dump(bx_buf *out, const bx_pages *pages) {
    walk w = {.pages = pages, .visit = dump_item, .out = out};
    for (uint32_t i = 0; i < pages->list.n; i++) {
        const bx_page *page = &pages->list.at[i];
        bx_buf_fmt(out, "page %u |%.*s|", i + 1, BX_STR_ARG(page->label));
        add_len(out, page->frame->w);
        add_len(out, page->frame->h);
        bx_buf_char(out, '\n');
        visit_items(&w, page->frame, 0, 0, (bx_str){0});
    }
    for (uint32_t i = 0; i < pages->outline.n; i++) {
        const bx_outline *o = &pages->outline.at[i];
        bx_buf_fmt(out, "outline %u |%.*s| #%.*s\n", o->level, BX_STR_ARG(o->title),
                   BX_STR_ARG(o->dest));
    }
}
