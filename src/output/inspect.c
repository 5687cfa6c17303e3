#include "output/inspect.h"

#include "base/json.h"

typedef struct inspector {
    const bx_pages *pages;
    bx_json j;
} inspector;

static void length(inspector *in, const char *key, bx_len value) {
    bx_json_key(&in->j, key);
    bx_json_milli(&in->j, value, BX_PT);
}

static void string(inspector *in, const char *key, bx_str value) {
    bx_json_key(&in->j, key);
    bx_json_str(&in->j, value);
}

static void color(inspector *in, const char *key, bx_color c) {
    if (!c.set)
        return;
    char text[8];
    static const char digits[] = "0123456789abcdef";
    const uint8_t part[3] = {c.r, c.g, c.b};
    text[0] = '#';
    for (int i = 0; i < 3; i++) {
        text[1 + 2 * i] = digits[part[i] >> 4];
        text[2 + 2 * i] = digits[part[i] & 15];
    }
    string(in, key, (bx_str){text, 7});
}

static void begin(inspector *in, const char *kind, bx_len x, bx_len y) {
    if (in->j.need_comma) /* an item a line */
        bx_buf_char(in->j.buf, ',');
    in->j.need_comma = false;
    bx_buf_char(in->j.buf, '\n');
    bx_json_object(&in->j);
    bx_json_key(&in->j, "kind");
    bx_json_cstr(&in->j, kind);
    length(in, "x", x);
    length(in, "y", y);
}

static void size(inspector *in, bx_len w, bx_len h) {
    length(in, "width", w);
    length(in, "height", h);
}

static void end(inspector *in, bx_tag_id tag) {
    if (tag != BX_ARTIFACT && tag < in->pages->tags->list.n) {
        bx_json_key(&in->j, "tag");
        bx_json_cstr(&in->j, bx_tag_name(in->pages->tags->list.at[tag].kind));
    }
    bx_json_end(&in->j);
}

static void text(inspector *in, const bx_item *item, const bx_glyph_run *run, bx_len x, bx_len y) {
    begin(in, "text", x + run->x, y);
    length(in, "width", run->width);
    string(in, "text", bx_run_text(run, in->j.buf->arena));
    string(in, "font", bx_face_get(run->face)->postscript_name);
    length(in, "size", run->size);
    color(in, "color", run->span->color);
    if (run->span->role.n)
        string(in, "role", run->span->role);
    end(in, item->tag);
}

/* The bounds of a path's points, controls included. */
static void path(inspector *in, const bx_item *item, bx_len x, bx_len y) {
    const bx_path *p = item->path;
    bx_len low_x = BX_LEN_MAX, low_y = BX_LEN_MAX, high_x = -BX_LEN_MAX, high_y = -BX_LEN_MAX;
    for (uint32_t i = 0; i < p->n; i++) {
        int points = p->ops[i].verb == BX_CURVE ? 3 : p->ops[i].verb == BX_CLOSE ? 0 : 1;
        for (int k = 0; k < points; k++) {
            low_x = bx_len_min(low_x, p->ops[i].x[k]);
            low_y = bx_len_min(low_y, p->ops[i].y[k]);
            high_x = bx_len_max(high_x, p->ops[i].x[k]);
            high_y = bx_len_max(high_y, p->ops[i].y[k]);
        }
    }
    if (low_x > high_x)
        return;
    begin(in, "rule", x + low_x, y + low_y);
    size(in, high_x - low_x, high_y - low_y);
    color(in, "fill", p->fill);
    color(in, "stroke", p->stroke);
    end(in, item->tag);
}

static void rect(inspector *in, const bx_item *item, bx_len x, bx_len y) {
    begin(in, "rule", x, y);
    size(in, item->rect.w, item->rect.h);
    color(in, "fill", item->rect.fill);
    color(in, "stroke", item->rect.stroke);
    end(in, item->tag);
}

static void picture(inspector *in, const bx_item *item, bx_len x, bx_len y) {
    begin(in, "image", x, y);
    size(in, item->picture.w, item->picture.h);
    bx_json_key(&in->j, "pixels");
    bx_json_array(&in->j);
    bx_json_int(&in->j, item->picture.image->width);
    bx_json_int(&in->j, item->picture.image->height);
    bx_json_end(&in->j);
    end(in, item->tag);
}

static void link(inspector *in, const bx_item *item, bx_len x, bx_len y) {
    begin(in, "link", x, y);
    size(in, item->link->w, item->link->h);
    if (item->link->url.n)
        string(in, "url", item->link->url);
    else
        string(in, "dest", item->link->dest);
    end(in, item->tag);
}

static void anchor(inspector *in, const bx_item *item, bx_len x, bx_len y) {
    begin(in, "anchor", x, y);
    string(in, "name", item->anchor);
    end(in, item->tag);
}

static void frame(inspector *in, const bx_frame *f, bx_len x, bx_len y) {
    for (uint32_t i = 0; i < f->items.n; i++) {
        const bx_item *item = &f->items.at[i];
        bx_len at_x = x + item->dx, at_y = y + item->dy;
        switch (item->kind) {
        case BX_ITEM_FRAME:
            frame(in, item->frame, at_x, at_y);
            break;
        case BX_ITEM_GLYPHS:
            for (uint32_t k = 0; k <= item->more; k++)
                text(in, item, item->run + k, at_x, at_y);
            break;
        case BX_ITEM_RECT:
            rect(in, item, at_x, at_y);
            break;
        case BX_ITEM_PATH:
            path(in, item, at_x, at_y);
            break;
        case BX_ITEM_IMAGE:
            picture(in, item, at_x, at_y);
            break;
        case BX_ITEM_LINK:
            link(in, item, at_x, at_y);
            break;
        case BX_ITEM_ANCHOR:
            anchor(in, item, at_x, at_y);
            break;
        }
    }
}

void bx_inspect_pages(const bx_pages *pages, bx_buf *out) {
    inspector in = {pages, bx_json_new(out)};
    bx_json_object(&in.j);
    bx_json_key(&in.j, "pages");
    bx_json_array(&in.j);
    for (uint32_t i = 0; i < pages->list.n; i++) {
        const bx_page *page = &pages->list.at[i];
        bx_json_object(&in.j);
        bx_json_key(&in.j, "number");
        bx_json_int(&in.j, i + 1);
        string(&in, "label", page->label);
        size(&in, page->frame->w, page->frame->h);
        bx_json_key(&in.j, "items");
        bx_json_array(&in.j);
        frame(&in, page->frame, 0, 0);
        bx_json_end(&in.j);
        bx_json_end(&in.j);
    }
    bx_json_end(&in.j);
    bx_json_end(&in.j);
    bx_buf_char(out, '\n');
}
