#include "output/pdf/pen.h"

void bx_pen_unmark(bx_pen *pen) {
    bx_pen_end_text(pen);
    if (pen->marked)
        bx_buf_str(&pen->out, BX_STR("EMC\n"));
    pen->marked = false;
}

/* A number for the piece of the open node that begins here. */
static uint32_t next_mcid(bx_pen *pen) {
    bx_writer *w = pen->w;
    uint32_t mcid = w->page_uses[pen->page].n_mcids++;
    bx_push(w->arena, &w->chunks,
            (bx_chunk){.tag = pen->node, .page = pen->page, .mcid = (int32_t)mcid});
    return mcid;
}

void bx_pen_open_mark(bx_pen *pen, uint32_t node) {
    bx_pen_unmark(pen);
    pen->marked = true;
    pen->node = node;
    if (node == 0) {
        bx_buf_str(&pen->out, BX_STR("/Artifact BMC\n"));
        return;
    }
    bx_tag_kind kind = bx_tags_at(pen->w->pages->tags, node)->kind;
    bx_buf_fmt(&pen->out, "/%s<</MCID %u>>BDC\n", bx_tag_name(kind), next_mcid(pen));
}

void bx_pen_begin_span(bx_pen *pen, uint32_t tag, const char *name, const bx_str *actual) {
    bx_buf *out = &pen->out;
    uint32_t node = bx_pen_node(pen, tag);
    bool nested = node == 0 || pen->spans > 0;
    if (node == 0)
        bx_pen_mark(pen, 0);
    else if (!nested)
        bx_pen_unmark(pen);
    bx_pen_end_text(pen);
    pen->spans++;
    pen->marked = true;
    pen->node = node;
    bx_buf_fmt(out, "/%s<<", name);
    if (!nested)
        bx_buf_fmt(out, "/MCID %u", next_mcid(pen));
    if (actual) {
        bx_buf_str(out, BX_STR("/ActualText"));
        bx_pdf_text(out, *actual);
    }
    bx_buf_str(out, BX_STR(">>BDC\n"));
}

void bx_pen_end_span(bx_pen *pen) {
    pen->spans--;
    bx_pen_end_text(pen);
    bx_buf_str(&pen->out, BX_STR("EMC\n"));
    if (pen->node != 0 && pen->spans == 0)
        pen->marked = false;
}

void bx_pen_begin_text(bx_pen *pen) {
    if (pen->in_text)
        return;
    bx_buf_str(&pen->out, BX_STR("BT\n"));
    pen->in_text = true;
    pen->line_x = pen->line_y = 0;
    pen->placed = false;
}

void bx_pen_flush(bx_pen *pen) {
    if (pen->codes.n == 0)
        return;
    if (pen->string)
        bx_buf_char(&pen->codes, ')');
    if (pen->array)
        bx_buf_char(&pen->out, '[');
    bx_buf_str(&pen->out, bx_buf_view(&pen->codes));
    bx_buf_str(&pen->out, pen->array ? BX_STR("]TJ\n") : BX_STR("Tj\n"));
    pen->codes.n = 0;
    pen->string = pen->array = false;
}

void bx_pen_end_text(bx_pen *pen) {
    bx_pen_flush(pen);
    if (pen->in_text)
        bx_buf_str(&pen->out, BX_STR("ET\n"));
    pen->in_text = false;
}

/* 0 … 255 as 0 … 1. */
static void component(bx_buf *out, uint8_t value) {
    bx_pdf_number(out, (value * 1000 + 127) / 255, 3);
    bx_buf_char(out, ' ');
}

static void color(bx_pen *pen, bx_color c, uint32_t *now, const char *gray, const char *rgb) {
    if (!c.set)
        c = (bx_color){0, 0, 0, true};
    uint32_t value = (uint32_t)c.r << 16 | (uint32_t)c.g << 8 | c.b;
    if (*now == value)
        return;
    *now = value;
    bx_pen_flush(pen);
    component(&pen->out, c.r);
    if (c.r != c.g || c.g != c.b) {
        component(&pen->out, c.g);
        component(&pen->out, c.b);
        gray = rgb;
    }
    bx_buf_fmt(&pen->out, "%s\n", gray);
}

void bx_pen_fill(bx_pen *pen, bx_color c) { color(pen, c, &pen->ink.fill, "g", "rg"); }

void bx_pen_stroke(bx_pen *pen, bx_color c, bx_len weight) {
    color(pen, c, &pen->ink.stroke, "G", "RG");
    int64_t milli = bx_milli(weight);
    if (milli == pen->ink.weight)
        return;
    pen->ink.weight = milli;
    bx_pdf_number(&pen->out, milli, 3);
    bx_buf_str(&pen->out, BX_STR(" w\n"));
}

void bx_pen_dash(bx_pen *pen, const bx_len dash[2]) {
    if (pen->ink.dash[0] == dash[0] && pen->ink.dash[1] == dash[1])
        return;
    pen->ink.dash[0] = dash[0];
    pen->ink.dash[1] = dash[1];
    bx_buf_char(&pen->out, '[');
    if (dash[0] > 0) {
        bx_pdf_len(&pen->out, dash[0]);
        bx_buf_char(&pen->out, ' ');
        bx_pdf_len(&pen->out, dash[1]);
    }
    bx_buf_str(&pen->out, BX_STR("]0 d\n"));
}

void bx_pen_x(bx_pen *pen, bx_len x) {
    bx_pdf_len(&pen->out, x);
    bx_buf_char(&pen->out, ' ');
}

void bx_pen_y(bx_pen *pen, bx_len y) { bx_pen_x(pen, pen->height - y); }
