#include "bench/order.h"

#include "output/pdf/usage.h"

#include <libdeflate.h>

#include <stdio.h>
#include <stdlib.h>

order order_of(bx_arena *arena, const bx_pages *pages, bx_str pdf) {
    order o = {.arena = arena, .pdf = pdf};
    o.usage = (bx_usage){.arena = arena, .scratch = bx_arena_side(arena)};
    for (uint32_t i = 0; i < pages->list.n; i++) {
        bx_placed_list items = {0};
        bx_flatten(arena, pages->list.at[i].frame, 0, 0, &items);
        bx_usage_note(&o.usage, &items);
        for (uint32_t k = 0; k < items.n; k++)
            if (items.at[k].item->kind == BX_ITEM_GLYPHS)
                bx_push(arena, &o.runs, items.at[k].item->run);
    }
    bx_usage_settle(&o.usage);
    return o;
}

static void put(bx_buf *to, uint32_t number) { bx_buf_add(to, &number, sizeof number); }

static void put_bytes(bx_buf *to, bx_str bytes) {
    put(to, bytes.n);
    bx_buf_add(to, bytes.p, bytes.n);
}

static void put_fonts(bx_buf *to, const order *o) {
    put(to, o->usage.fonts.n);
    for (uint32_t i = 0; i < o->usage.fonts.n; i++) {
        const bx_font_use *font = o->usage.fonts.at[i];
        put_bytes(to, font->info->path);
        put(to, font->info->index);
        put(to, font->info->format != BX_FACE_BITMAP);
        put(to, font->uses.n);
        for (uint32_t k = 0; k < font->uses.n; k++)
            put(to, font->uses.at[k].glyph);
    }
}

static uint32_t font_of(const order *o, const bx_glyph_run *run) {
    uint32_t i = 0;
    while (i < o->usage.fonts.n && o->usage.fonts.at[i]->face != run->face)
        i++;
    return i;
}

/* The lines of a paragraph follow each other and have its text in common. */
static void put_runs(bx_buf *to, const order *o) {
    bx_buf texts = bx_buf_new(o->arena), runs = bx_buf_new(o->arena);
    uint32_t n_texts = 0;
    const char *last = NULL;
    for (uint32_t i = 0; i < o->runs.n; i++) {
        const bx_glyph_run *run = o->runs.at[i];
        if (!n_texts || run->text.p != last) {
            put_bytes(&texts, run->text);
            last = run->text.p;
            n_texts++;
        }
        put(&runs, font_of(o, run));
        put(&runs, n_texts - 1);
        put(&runs, run->start);
        put(&runs, run->end);
    }
    put(to, n_texts);
    bx_buf_add(to, texts.p, texts.n);
    put(to, o->runs.n);
    bx_buf_add(to, runs.p, runs.n);
}

/* Every deflated stream of the PDF, inflated. */
static void put_streams(bx_buf *to, const order *o) {
    struct libdeflate_decompressor *inflate = libdeflate_alloc_decompressor();
    bx_buf streams = bx_buf_new(o->arena);
    uint32_t n = 0;
    size_t room = 32u << 20, made;
    char *plain = malloc(room);
    for (uint32_t at = 0; plain && at < o->pdf.n;) {
        bx_str rest = bx_str_sub(o->pdf, at, o->pdf.n);
        int64_t next = bx_str_find(rest, BX_STR("stream\n"));
        if (next < 0)
            break;
        at += (uint32_t)next + 7;
        if (libdeflate_zlib_decompress_ex(inflate, o->pdf.p + at, o->pdf.n - at, plain, room, NULL,
                                          &made) != LIBDEFLATE_SUCCESS)
            continue;
        put_bytes(&streams, (bx_str){plain, (uint32_t)made});
        n++;
    }
    put(to, n);
    bx_buf_add(to, streams.p, streams.n);
    free(plain);
    libdeflate_free_decompressor(inflate);
}

bool order_write(const order *o, const char *path) {
    bx_buf bytes = bx_buf_new(o->arena);
    put_fonts(&bytes, o);
    put_runs(&bytes, o);
    put_streams(&bytes, o);
    FILE *file = fopen(path, "w");
    bool good = file && fwrite(bytes.p, 1, bytes.n, file) == bytes.n;
    return file && fclose(file) == 0 && good;
}
