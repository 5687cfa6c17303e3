#include "output/pdf/usage.h"

#include "output/pdf/cluster.h"

#include <stdlib.h>

/* The glyph's slot, or the free one where it belongs. Some are always free. */
static uint16_t *slot_of(const bx_font_use *font, uint32_t glyph) {
    uint32_t at = glyph * 2654435761u; /* Knuth's multiplicative hash: the upper bits are good */
    for (at ^= at >> 16;; at++) {
        uint16_t *slot = &font->slots[at & (font->n_slots - 1)];
        if (*slot == 0 || font->uses.at[*slot - 1].glyph == glyph)
            return slot;
    }
}

/* Fills a table of at least twice as many slots as there are glyphs. */
static void index_glyphs(bx_arena *arena, bx_font_use *font) {
    while (font->n_slots < 2 * font->uses.n + 2)
        font->n_slots = font->n_slots ? font->n_slots * 2 : 128;
    font->slots = bx_new_n(arena, uint16_t, font->n_slots);
    for (uint32_t i = 0; i < font->uses.n; i++)
        *slot_of(font, font->uses.at[i].glyph) = (uint16_t)(i + 1);
}

bx_glyph_use *bx_usage_glyph(const bx_font_use *font, uint32_t glyph) {
    uint32_t place = font->n_slots ? *slot_of(font, glyph) : 0;
    return place ? &font->uses.at[place - 1] : NULL;
}

bx_font_use *bx_usage_font(const bx_usage *usage, const bx_face *face) {
    uint32_t number = bx_face_get(face)->number;
    return number < usage->by_number.n ? usage->by_number.at[number] : NULL;
}

static bx_font_use *font_of(bx_usage *usage, const bx_face *face) {
    bx_font_use *font = bx_usage_font(usage, face);
    if (font)
        return font;
    const bx_face_info *info = bx_face_get(face);
    while (usage->by_number.n <= info->number)
        bx_push(usage->arena, &usage->by_number, NULL);
    font = bx_new(usage->arena, bx_font_use);
    font->face = face;
    font->info = info;
    bx_push(usage->arena, &usage->fonts, font);
    font->number = usage->fonts.n;
    usage->by_number.at[info->number] = font;
    return font;
}

/* Valid until the next glyph is used. */
static bx_glyph_use *use_glyph(bx_usage *usage, bx_font_use *font, uint32_t glyph) {
    bx_glyph_use *use = bx_usage_glyph(font, glyph);
    if (use)
        return use;
    bx_push(usage->arena, &font->uses, (bx_glyph_use){.glyph = glyph});
    if (font->uses.n > font->n_slots / 2)
        index_glyphs(usage->arena, font);
    else
        *slot_of(font, glyph) = (uint16_t)font->uses.n;
    return &font->uses.at[font->uses.n - 1];
}

/* The glyph stood for this text so many times more. */
static void count_texts(bx_usage *usage, bx_glyph_use *use, bx_str text, uint32_t times) {
    if (use->count == 0)
        use->text = text;
    if (bx_is_same_text(use->text, text)) {
        use->count += times;
        return;
    }
    bx_rival **rival = &use->rivals;
    while (*rival && !bx_str_eq((*rival)->text, text))
        rival = &(*rival)->next;
    if (!*rival) {
        *rival = bx_new(usage->arena, bx_rival);
        (*rival)->text = text;
    }
    (*rival)->count += times;
}

static void count_text(bx_usage *usage, bx_glyph_use *use, bx_str text) {
    count_texts(usage, use, text, 1);
}

/* A space that nobody typed at this place, but that stands for one. */
static void use_blank(bx_usage *usage, bx_font_use *font) {
    uint32_t blank = bx_face_glyph(font->face, ' ', 0);
    if (blank)
        count_text(usage, use_glyph(usage, font, blank), BX_STR(" "));
}

static void note_glyph(bx_usage *usage, bx_font_use *font, uint32_t glyph,
                       const bx_glyph_cluster *cluster) {
    if (glyph == 0) { /* drawn as a box, never as .notdef; a blank carries its text */
        use_blank(usage, font);
        return;
    }
    if (glyph >= font->info->n_glyphs)
        return;
    bx_glyph_use *use = use_glyph(usage, font, glyph);
    if (bx_cluster_is_white(cluster))
        count_text(usage, use, BX_STR(" "));
    else if (cluster->n == 1 && cluster->text.n > 0)
        count_text(usage, use, cluster->text);
    else if (use->text.n == 0)
        use->text = cluster->text;
}

static void note_cluster(bx_usage *usage, bx_font_use *font, const bx_glyph_run *run,
                         const bx_glyph_cluster *cluster) {
    if (cluster->white > 0)
        use_blank(usage, font);
    for (uint32_t i = 0; i < cluster->n; i++)
        note_glyph(usage, font, run->glyphs[cluster->first + i].id, cluster);
}

static void note_run(bx_usage *usage, const bx_placed *placed) {
    bx_mark mark = bx_arena_mark(usage->scratch);
    bx_glyph_run unpacked = bx_run_unpack(usage->scratch, placed->item->run), *run = &unpacked;
    bx_font_use *font = font_of(usage, run->face);
    if (placed->blank_before || placed->blank_after)
        use_blank(usage, font);
    bx_glyph_cluster cluster;
    for (uint32_t at = 0; bx_glyph_cluster_next(usage->arena, run, &at, &cluster);)
        note_cluster(usage, font, run, &cluster);
    bx_arena_rewind(usage->scratch, mark);
}

static void note(bx_usage *usage, const bx_placed_list *items, int depth) {
    for (uint32_t i = 0; i < items->n; i++) {
        const bx_item *item = items->at[i].item;
        if (item->kind == BX_ITEM_GLYPHS) {
            note_run(usage, &items->at[i]);
        } else if (item->kind == BX_ITEM_IMAGE && item->picture.image->drawing &&
                   depth < BX_FRAMES_DEEP) {
            bx_placed_list inner = {0};
            bx_flatten(usage->arena, item->picture.image->drawing, 0, 0, &inner);
            note(usage, &inner, depth + 1);
        }
    }
}

void bx_usage_note(bx_usage *usage, const bx_placed_list *items) { note(usage, items, 0); }

static void join_use(bx_usage *usage, bx_glyph_use *use, const bx_glyph_use *later) {
    if (later->count > 0)
        count_texts(usage, use, later->text, later->count);
    else if (use->text.n == 0)
        use->text = later->text;
    for (const bx_rival *r = later->rivals; r; r = r->next)
        count_texts(usage, use, r->text, r->count);
}

void bx_usage_join(bx_usage *usage, const bx_usage *later) {
    for (uint32_t i = 0; i < later->fonts.n; i++) {
        const bx_font_use *from = later->fonts.at[i];
        bx_font_use *font = font_of(usage, from->face);
        for (uint32_t k = 0; k < from->uses.n; k++)
            join_use(usage, use_glyph(usage, font, from->uses.at[k].glyph), &from->uses.at[k]);
    }
}

static int by_glyph(const void *a, const void *b) {
    uint32_t x = ((const bx_glyph_use *)a)->glyph, y = ((const bx_glyph_use *)b)->glyph;
    return (x > y) - (x < y);
}

static bool is_private(bx_str text) {
    for (uint32_t at = 0; at < text.n;) {
        uint32_t c = bx_utf8_next(text, &at);
        if ((c >= 0xE000 && c <= 0xF8FF) || c >= 0xF0000)
            return true;
    }
    return false;
}

static bool is_one(bx_str text) {
    uint32_t at = 0;
    return text.n > 0 && (bx_utf8_next(text, &at), at == text.n);
}

/* One character rather than several, then what is meant more often: programs that know nothing of
 * ActualText get at least the letters right where a chip begins with its bracket. */
static bool is_better(const bx_rival *rival, const bx_glyph_use *use) {
    bool one = is_one(rival->text);
    return one != is_one(use->text) ? one : rival->count > use->count;
}

static void settle(bx_arena *arena, bx_font_use *font) {
    if (font->uses.n > 0)
        qsort(font->uses.at, font->uses.n, sizeof *font->uses.at, by_glyph);
    index_glyphs(arena, font);
    for (uint32_t i = 0; i < font->uses.n; i++) {
        bx_glyph_use *use = &font->uses.at[i];
        for (const bx_rival *r = use->rivals; r; r = r->next)
            if (is_better(r, use)) {
                use->count = r->count;
                use->text = r->text;
            }
        /* A glyph that is only ever added, such as a hyphen, still needs a mapping. */
        if (use->text.n == 0)
            use->text = BX_STR("-");
        use->is_private = is_private(use->text);
    }
}

void bx_usage_settle(bx_usage *usage) {
    for (uint32_t i = 0; i < usage->fonts.n; i++)
        settle(usage->arena, usage->fonts.at[i]);
}
