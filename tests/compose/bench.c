#include "bench.h"
#include "support/cmocka_all.h"

#include "issue/read.h"
#include "style/read.h"

#include <stdio.h>

void bench_open(bench *b, const char *layout) {
    memset(b, 0, sizeof *b);
    b->arena = bx_arena_new(&b->memory);
    b->report = bx_report_new(b->arena, bx_sources_new(b->arena));
    bx_font_options fonts = {.table = BX_STR(BX_SOURCE_DIR "/fonts/families.yaml")};
    b->fonts = bx_fonts_open(b->arena, &fonts, b->report);
    bx_str folders[] = {BX_STR(BX_TEST_DIR "/layouts"), BX_STR(BX_SOURCE_DIR "/layouts")};
    bx_layout_search search = {.folders = folders, .n_folders = 2};
    b->style = bx_style_open(b->arena, bx_str_of(layout), (bx_span){0}, &search, b->report);
    if (b->report->errors)
        fail_msg("%.*s", BX_STR_ARG(bench_messages(b)));
}

static const bx_image *make_image(void *user, bx_arena *arena, bx_str path, bx_span asked,
                                  bx_report *report) {
    (void)user;
    unsigned w, h;
    if (sscanf(bx_cstr(arena, path), "%ux%u.png", &w, &h) != 2) {
        bx_say(report, BX_D_IMAGE_REMOTE, asked, "no picture %.*s", BX_STR_ARG(path));
        return NULL;
    }
    bx_image *image = bx_new(arena, bx_image);
    image->kind = BX_IMAGE_RASTER;
    image->width = w;
    image->height = h;
    image->components = 1;
    image->bits = 8;
    return image;
}

bx_pages *bench_compose(bench *b, bx_str text) {
    bx_issue_options options = {
        .path = BX_STR("test.md"), .bytes = text, .has_bytes = true, .format = BX_FORMAT_MARKDOWN};
    b->issue = bx_issue_read(b->arena, &options, b->report);
    if (!b->issue)
        return NULL;
    bx_assets assets = {.image = make_image, .hand = b->hand};
    b->pages = bx_compose(b->arena, b->issue, b->style, b->fonts, &assets, b->report);
    return b->pages;
}

void bench_close(bench *b) {
    bx_arena_drop(b->arena);
    assert_int_equal(b->memory.in_use, 0);
}

bx_str bench_messages(bench *b) {
    bx_buf buf = bx_buf_new(b->arena);
    for (uint32_t i = 0; i < b->report->list.n; i++) {
        const bx_diag *d = &b->report->list.at[i];
        bx_place at = bx_sources_place(b->report->sources, d->span.source, d->span.start);
        bx_buf_fmt(&buf, "%u:%u %s: %.*s\n", at.line, at.column, bx_code_name(d->code),
                   BX_STR_ARG(d->message));
    }
    return bx_buf_view(&buf);
}

static void add_text(bx_buf *buf, const bx_frame *frame, bx_len y, bx_len *last) {
    for (uint32_t i = 0; i < frame->items.n; i++) {
        const bx_item *item = &frame->items.at[i];
        if (item->kind == BX_ITEM_FRAME) {
            add_text(buf, item->frame, y + item->dy, last);
        } else if (item->kind == BX_ITEM_GLYPHS) {
            if (y + item->dy != *last && buf->n)
                bx_buf_char(buf, '|');
            *last = y + item->dy;
            for (uint32_t k = 0; k <= item->more; k++)
                bx_buf_str(buf, bx_str_sub(item->run->text, item->run[k].start, item->run[k].end));
        }
    }
}

bx_str bench_text(bench *b, uint32_t page) {
    bx_buf buf = bx_buf_new(b->arena);
    bx_len last = 0;
    add_text(&buf, b->pages->list.at[page].frame, 0, &last);
    return bx_buf_view(&buf);
}
