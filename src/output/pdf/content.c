#include "output/pdf/pen.h"

#include <stdlib.h>

enum { BX_PICTURES_DEEP = 8 }; /* vector pictures in vector pictures; q may nest 28 deep in PDF/A */

/* The figure that the item is part of reaches this far. */
static void reach(bx_pen *pen, uint32_t tag, bx_len x, bx_len y, bx_len w, bx_len h) {
    uint32_t figure = tag ? pen->w->nodes[tag].figure : 0;
    if (figure == 0 || pen->inherited)
        return;
    bx_reach *r = &pen->w->nodes[figure].reach;
    if (r->page == 0) {
        *r = (bx_reach){pen->page + 1, x, y, x + w, y + h};
        return;
    }
    if (r->page != pen->page + 1)
        r->page = UINT32_MAX;
    r->x0 = bx_len_min(r->x0, x);
    r->y0 = bx_len_min(r->y0, y);
    r->x1 = bx_len_max(r->x1, x + w);
    r->y1 = bx_len_max(r->y1, y + h);
}

static void rounded(bx_pen *pen, bx_len x, bx_len y, bx_len w, bx_len h, bx_len r) {
    /* A quarter circle's control points lie 0.5523 of its radius along the tangents. */
    bx_len most = bx_len_min(w, h) / 2, k;
    r = bx_len_min(r, most);
    k = r - bx_muldiv(r, 5523, 10000);
    const bx_len x1 = x + w, y1 = y + h;
    const bx_len corners[4][8] = {
        /* line to; control, control, end */
        {x1 - r, y, x1 - k, y, x1, y + k, x1, y + r},
        {x1, y1 - r, x1, y1 - k, x1 - k, y1, x1 - r, y1},
        {x + r, y1, x + k, y1, x, y1 - k, x, y1 - r},
        {x, y + r, x, y + k, x + k, y, x + r, y},
    };
    bx_pen_x(pen, x + r);
    bx_pen_y(pen, y);
    bx_buf_str(&pen->out, BX_STR("m\n"));
    for (int i = 0; i < 4; i++) {
        const bx_len *c = corners[i];
        bx_pen_x(pen, c[0]);
        bx_pen_y(pen, c[1]);
        bx_buf_str(&pen->out, BX_STR("l\n"));
        for (int j = 2; j < 8; j += 2) {
            bx_pen_x(pen, c[j]);
            bx_pen_y(pen, c[j + 1]);
        }
        bx_buf_str(&pen->out, BX_STR("c\n"));
    }
    bx_buf_str(&pen->out, BX_STR("h "));
}

static void outline(bx_pen *pen, bx_len x, bx_len y, bx_len w, bx_len h, bx_len radius) {
    if (radius > 0) {
        rounded(pen, x, y, w, h, radius);
        return;
    }
    bx_pen_x(pen, x);
    bx_pen_y(pen, y + h);
    bx_pen_x(pen, w);
    bx_pen_x(pen, h);
    bx_buf_str(&pen->out, BX_STR("re "));
}

static void rect(bx_pen *pen, const bx_rect_item *r, bx_len x, bx_len y) {
    bx_pen_end_text(pen);
    if (r->fill.set) {
        bx_pen_fill(pen, r->fill);
        outline(pen, x, y, r->w, r->h, r->radius);
        bx_buf_str(&pen->out, BX_STR("f\n"));
    }
    if (r->stroke.set && r->weight > 0) {
        bx_len in = r->weight / 2;
        bx_pen_stroke(pen, r->stroke, r->weight);
        bx_pen_dash(pen, (bx_len[2]){0, 0});
        outline(pen, x + in, y + in, r->w - 2 * in, r->h - 2 * in, bx_len_max(0, r->radius - in));
        bx_buf_str(&pen->out, BX_STR("S\n"));
    }
}

static int points_of(const bx_path_op *op) {
    return op->verb == BX_CLOSE ? 0 : op->verb == BX_CURVE ? 3 : 1;
}

static uint32_t common_divisor(uint32_t a, uint32_t b) {
    while (b > 0) {
        uint32_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

/* The largest length that all coordinates of the path are whole counts of. */
static uint32_t unit_of(const bx_path *p) {
    uint32_t unit = 0;
    for (uint32_t i = 0; i < p->n; i++)
        for (int k = 0; k < points_of(&p->ops[i]); k++) {
            unit = common_divisor(unit, (uint32_t)abs(p->ops[i].x[k]));
            unit = common_divisor(unit, (uint32_t)abs(p->ops[i].y[k]));
        }
    return unit;
}

static void path_operators(bx_pen *pen, const bx_path *p, bx_len x, bx_len y, uint32_t unit) {
    static const char *const verbs[] = {
        [BX_MOVE] = "m\n", [BX_LINE] = "l\n", [BX_CURVE] = "c\n", [BX_CLOSE] = "h\n"};
    for (uint32_t i = 0; i < p->n; i++) {
        const bx_path_op *op = &p->ops[i];
        for (int k = 0; k < points_of(op); k++) {
            if (unit) {
                bx_pdf_number(&pen->out, op->x[k] / (int)unit, 0);
                bx_buf_char(&pen->out, ' ');
                bx_pdf_number(&pen->out, op->y[k] / (int)unit, 0);
                bx_buf_char(&pen->out, ' ');
                continue;
            }
            bx_pen_x(pen, x + op->x[k]);
            bx_pen_y(pen, y + op->y[k]);
        }
        bx_buf_str(&pen->out, bx_str_of(verbs[op->verb]));
    }
}

/* A drawing on a grid, such as a QR code, is written in whole units of the grid: the numbers are
 * exact and a tenth as long. The scale has at most ten decimals, because lengths are 1/1024 pt. */
static bool on_grid(bx_pen *pen, const bx_path *p, bx_len x, bx_len y) {
    enum { MANY = 32, COARSE = BX_PT / 16 };
    uint32_t unit = p->n >= MANY && p->weight == 0 ? unit_of(p) : 0;
    if (unit < COARSE)
        return false;
    int64_t scale = (int64_t)unit * 9765625; /* 1/10000000000 pt */
    bx_buf_str(&pen->out, BX_STR("q "));
    bx_pdf_number(&pen->out, scale, 10);
    bx_buf_str(&pen->out, BX_STR(" 0 0 "));
    bx_pdf_number(&pen->out, -scale, 10);
    bx_buf_char(&pen->out, ' ');
    bx_pen_x(pen, x);
    bx_pen_y(pen, y);
    bx_buf_str(&pen->out, BX_STR("cm\n"));
    path_operators(pen, p, 0, 0, unit);
    return true;
}

static void path(bx_pen *pen, const bx_path *p, bx_len x, bx_len y) {
    bool stroked = p->stroke.set && p->weight > 0;
    if (p->n == 0 || (!p->fill.set && !stroked))
        return;
    bx_pen_end_text(pen);
    if (p->fill.set)
        bx_pen_fill(pen, p->fill);
    if (stroked) {
        bx_pen_stroke(pen, p->stroke, p->weight);
        bx_pen_dash(pen, p->dash);
    }
    bool scaled = on_grid(pen, p, x, y);
    if (!scaled)
        path_operators(pen, p, x, y, 0);
    const char *paint = !p->fill.set ? "S" : stroked ? "B" : "f";
    bx_buf_fmt(&pen->out, "%s%s%s\n", paint, p->fill.set && p->even_odd ? "*" : "",
               scaled ? " Q" : "");
}

static void items(bx_pen *pen, const bx_placed_list *list, int depth);

/* A ratio with six decimals. */
static void ratio(bx_pen *pen, int64_t a, int64_t b) {
    bx_pdf_number(&pen->out, b > 0 ? (a * 1000000 + b / 2) / b : 0, 6);
    bx_buf_char(&pen->out, ' ');
}

static void vector_picture(bx_pen *pen, const bx_frame *drawing, bx_len w, bx_len h, bx_len x,
                           bx_len y, uint32_t tag, int depth) {
    if (depth >= BX_PICTURES_DEEP || drawing->w <= 0 || drawing->h <= 0)
        return;
    bx_placed_list inner = {0};
    bx_flatten(pen->w->scratch, drawing, 0, 0, &inner);
    bx_ink ink = pen->ink;
    bx_len height = pen->height;
    uint32_t inherited = pen->inherited;
    bx_buf_str(&pen->out, BX_STR("q "));
    ratio(pen, w, drawing->w);
    bx_buf_str(&pen->out, BX_STR("0 0 "));
    ratio(pen, h, drawing->h);
    bx_pen_x(pen, x);
    bx_pen_y(pen, y + h);
    bx_buf_str(&pen->out, BX_STR("cm 0 0 "));
    bx_pen_x(pen, drawing->w);
    bx_pen_x(pen, drawing->h);
    bx_buf_str(&pen->out, BX_STR("re W n\n"));
    pen->height = drawing->h;
    if (!pen->inherited)
        pen->inherited = tag;
    items(pen, &inner, depth + 1);
    bx_pen_end_text(pen);
    pen->height = height;
    pen->inherited = inherited;
    pen->ink = ink;
    bx_buf_str(&pen->out, BX_STR("Q\n"));
}

/* The matrix that sets a picture's unit square at x, y, w × h, turned upright. */
static void turned(bx_pen *pen, const bx_image *image, bx_len x, bx_len y, bx_len w, bx_len h) {
    bx_image_turn t = bx_image_turned(image);
    bx_pen_x(pen, t.right[0] * w);
    bx_pen_x(pen, t.right[1] * h);
    bx_pen_x(pen, t.up[0] * w);
    bx_pen_x(pen, t.up[1] * h);
    bx_pen_x(pen, x + t.origin[0] * w);
    bx_pen_y(pen, y + h - t.origin[1] * h);
}

static void picture(bx_pen *pen, const bx_item *item, bx_len x, bx_len y, int depth) {
    const bx_image *image = item->picture.image;
    bx_len w = item->picture.w, h = item->picture.h;
    bx_pen_end_text(pen);
    if (image->drawing) {
        vector_picture(pen, image->drawing, w, h, x, y, item->tag, depth);
        return;
    }
    bool alpha;
    uint32_t number = bx_pdf_picture(pen->w, image, true, &alpha);
    if (number == 0)
        return;
    pen->w->page_uses[pen->page].alpha |= alpha;
    bx_buf_str(&pen->out, BX_STR("q "));
    turned(pen, image, x, y, w, h);
    bx_buf_fmt(&pen->out, "cm/I%u Do Q\n", number);
}

static void link(bx_pen *pen, const bx_placed *placed) {
    if (pen->inherited)
        return; /* links in pictures have no place of their own on the page */
    bx_page_use *page = &pen->w->page_uses[pen->page];
    const bx_obj *annotation = bx_pdf_link(pen->w, pen->page, placed);
    if (annotation)
        bx_push(pen->w->arena, &page->annotations, annotation);
}

/* How far the item reaches from its place; text by its size, which is enough for a figure's box. */
static void item_reach(bx_pen *pen, const bx_item *item, bx_len x, bx_len y) {
    switch (item->kind) {
    case BX_ITEM_GLYPHS:
        reach(pen, item->tag, x + item->run->x, y - item->run->size, item->run->width,
              item->run->size * 5 / 4);
        break;
    case BX_ITEM_RECT:
        reach(pen, item->tag, x, y, item->rect.w, item->rect.h);
        break;
    case BX_ITEM_IMAGE:
        reach(pen, item->tag, x, y, item->picture.w, item->picture.h);
        break;
    case BX_ITEM_PATH:
        for (uint32_t i = 0; i < item->path->n; i++) {
            const bx_path_op *op = &item->path->ops[i];
            int last = op->verb == BX_CURVE ? 2 : 0;
            if (op->verb != BX_CLOSE)
                reach(pen, item->tag, x + op->x[last], y + op->y[last], 0, 0);
        }
        break;
    default:
        break;
    }
}

static void items(bx_pen *pen, const bx_placed_list *list, int depth) {
    for (uint32_t i = 0; i < list->n; i++) {
        const bx_placed *placed = &list->at[i];
        const bx_item *item = placed->item;
        if (item->kind == BX_ITEM_LINK) {
            link(pen, placed);
            continue;
        }
        if (item->kind == BX_ITEM_ANCHOR || (item->kind == BX_ITEM_GLYPHS && item->run->n == 0))
            continue;
        item_reach(pen, item, placed->x, placed->y);
        if (item->kind == BX_ITEM_GLYPHS) {
            bx_pen_run(pen, placed);
            continue;
        }
        bx_pen_mark(pen, item->tag);
        if (item->kind == BX_ITEM_RECT)
            rect(pen, &item->rect, placed->x, placed->y);
        else if (item->kind == BX_ITEM_PATH)
            path(pen, item->path, placed->x, placed->y);
        else
            picture(pen, item, placed->x, placed->y, depth);
    }
}

void bx_pdf_content(bx_writer *w, uint32_t index) {
    bx_page_use *page = &w->page_uses[index];
    bx_mark mark = bx_arena_mark(w->scratch);
    bx_pen pen = {.w = w, .page = index, .out = bx_buf_new(w->scratch)};
    pen.codes = bx_buf_new(w->scratch);
    pen.height = page->page->frame->h;
    pen.ink.weight = 1000; /* the initial line width is 1 (8.4.1) */
    bx_placed_list list = bx_pdf_placed(w->scratch, w->pages->tags, page->page);
    items(&pen, &list, 0);
    bx_pen_unmark(&pen);
    bx_obj *content = bx_store_add(w->store);
    bx_obj_stream(content, bx_buf_view(&pen.out), BX_PACK_DEFLATE);
    bx_obj_ref(page->obj, "Contents", content);
    bx_arena_rewind(w->scratch, mark);
}
