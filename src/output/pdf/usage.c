#include "output/pdf/usage.h"

#include "base/utf8.h"

#include <stdlib.h>

/* How deep frames and pictures may nest; composition stays far below. */
enum { BX_DEPTH = 64 };

static bool white(uint32_t c) {
    return c == ' ' || (c >= 0x09 && c <= 0x0D) || c == 0x85 || c == 0xA0 || c == 0x2028 ||
           c == 0x2029 || c == 0x202F;
}

/* Marks for breaking and direction, and noncharacters: they say nothing to who copies the text. */
static bool silent(uint32_t c) {
    return c == 0xAD || c == 0x200B || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) ||
           (c >= 0x2060 && c <= 0x2069) || c == 0xFEFF || (c & 0xFFFE) == 0xFFFE ||
           (c >= 0xFDD0 && c <= 0xFDEF) || c < 0x09 || c == 0xFFFC;
}

/* Neither of the two, as nearly all that is typed. */
static bool plain(uint32_t c) {
    return (c > ' ' && c < 0x7F) || (c >= 0x3001 && c < 0xE000) || (!white(c) && !silent(c));
}

/* The text without what is silent; line ends and other blanks beside text belong to the line's end
 * and go, blanks alone are one space. */
static bx_str without_silent(bx_arena *arena, bx_str typed) {
    bx_buf out = bx_buf_new(arena);
    bool blank = false;
    for (uint32_t at = 0; at < typed.n;) {
        uint32_t c = bx_utf8_next(typed, &at);
        if (white(c)) {
            blank = true;
        } else if (!silent(c)) {
            if (blank && out.n > 0)
                bx_buf_char(&out, ' ');
            blank = false;
            bx_buf_rune(&out, c);
        }
    }
    if (out.n == 0)
        return blank ? BX_STR(" ") : (bx_str){0};
    return bx_buf_view(&out);
}

/* What a reader is to get for the typed bytes. */
static bx_str printed_text(bx_arena *arena, bx_str typed) {
    uint32_t at = 0;
    if (typed.n == 0 || (plain(bx_utf8_next(typed, &at)) && at == typed.n))
        return typed;
    return without_silent(arena, typed);
}

bool bx_cluster_is_white(const bx_glyph_cluster *cluster) {
    uint32_t at = 0; /* text that is not white alone does not begin with it */
    return cluster->text.n > 0 && white(bx_utf8_next(cluster->text, &at));
}

static bool is_space(const bx_glyph_run *run, uint32_t i) {
    const bx_glyph *g = &run->glyphs[i];
    return g->bytes == 1 && g->cluster < run->text.n && run->text.p[g->cluster] == ' ';
}

/* The glyph after the spaces from `first` on, each of which follows the one before in the text:
 * only code has several. */
static uint32_t spaces_end(const bx_glyph_run *run, uint32_t first) {
    uint32_t i = first;
    while (i < run->n && is_space(run, i) &&
           run->glyphs[i].cluster == run->glyphs[first].cluster + (i - first))
        i++;
    return i;
}

static bool is_wide_space(const bx_glyph_run *run, uint32_t i, uint32_t at) {
    const bx_glyph *g = &run->glyphs[i];
    return g->cluster == at && g->bytes == 3 && at <= run->text.n && run->text.n - at >= 3 &&
           memcmp(run->text.p + at, "\xE3\x80\x80", 3) == 0;
}

bool bx_glyph_cluster_next(bx_arena *arena, const bx_glyph_run *run, uint32_t *at,
                           bx_glyph_cluster *out) {
    if (*at >= run->n)
        return false;
    uint32_t first = *at, last = first + 1, cluster = run->glyphs[first].cluster;
    while (cluster != BX_NO_TEXT && last < run->n && run->glyphs[last].cluster == cluster)
        last++;
    uint32_t spaces = spaces_end(run, first);
    if (spaces > last) {
        *at = spaces;
        *out = (bx_glyph_cluster){.first = first, .n = spaces - first};
        out->text = bx_str_sub(run->text, cluster, cluster + out->n);
        return true;
    }
    uint32_t bytes = 0;
    for (uint32_t i = first; i < last; i++)
        bytes += run->glyphs[i].bytes;
    while (cluster != BX_NO_TEXT && last < run->n && is_wide_space(run, last, cluster + bytes)) {
        bytes += 3;
        last++;
    }
    *at = last;
    *out = (bx_glyph_cluster){.first = first, .n = last - first};
    if (cluster <= run->text.n && bytes <= run->text.n - cluster) /* not BX_NO_TEXT */
        out->text = printed_text(arena, bx_str_sub(run->text, cluster, cluster + bytes));
    bx_len white = run->glyphs[last - 1].white;
    if (white > run->size / 10 && out->text.n > 0 && !bx_cluster_is_white(out))
        out->white = white;
    return true;
}

static void flatten(bx_arena *arena, const bx_frame *frame, bx_len x, bx_len y, int depth,
                    bx_placed_list *out) {
    if (depth > BX_DEPTH)
        return;
    for (uint32_t i = 0; i < frame->items.n; i++) {
        const bx_item *item = &frame->items.at[i];
        bx_placed placed = {.item = item, .x = x + item->dx, .y = y + item->dy};
        if (item->kind == BX_ITEM_FRAME) {
            flatten(arena, item->frame, placed.x, placed.y, depth + 1, out);
            continue;
        }
        bx_push(arena, out, placed);
        for (uint32_t k = 1; item->kind == BX_ITEM_GLYPHS && k <= item->more; k++) {
            bx_item *own = bx_new(arena, bx_item);
            *own = *item;
            own->run += k;
            placed.item = own;
            bx_push(arena, out, placed);
        }
    }
}

/* Runs of one line of text, which stand in the list in visual order, from `from` on. */
static uint32_t line_end(const bx_placed_list *list, uint32_t from, bool *rtl) {
    const bx_placed *first = &list->at[from];
    uint32_t i = from;
    *rtl = false;
    for (; i < list->n; i++) {
        const bx_placed *p = &list->at[i];
        if (p->item->kind != BX_ITEM_GLYPHS || p->y != first->y ||
            p->item->run->text.p != first->item->run->text.p)
            break;
        *rtl |= p->item->run->rtl;
    }
    return i;
}

/* Where a line has text from right to left, its runs are written as they are read: content is in
 * logical order (ISO 32000-1, 14.8.2.3). */
static void order_lines(bx_placed_list *list) {
    for (uint32_t i = 0, end; i < list->n; i = end) {
        bool rtl = false;
        end = i + 1;
        if (list->at[i].item->kind == BX_ITEM_GLYPHS)
            end = line_end(list, i, &rtl);
        for (uint32_t k = i + 1; rtl && k < end; k++) { /* a line has few runs */
            bx_placed moved = list->at[k];
            uint32_t to = k;
            for (; to > i && list->at[to - 1].item->run->start > moved.item->run->start; to--)
                list->at[to] = list->at[to - 1];
            list->at[to] = moved;
        }
    }
}

/* What is between two runs of one text: a line end that was asked for, or an object that stands for
 * a gap, and no blank that would be read anyhow. */
static bool has_silent_gap(const bx_glyph_run *a, const bx_glyph_run *b) {
    bool gap = false;
    for (uint32_t at = a->end; at < b->start;) {
        uint32_t c = bx_utf8_next(a->text, &at);
        if (c == ' ' || c == 0xA0)
            return false;
        gap |= c == '\n' || c == 0x2028 || c == 0xFFFC;
    }
    return gap;
}

/* Two runs of one node that the eye keeps apart and the ear would run together. */
static bool stands_apart(const bx_placed *before, const bx_placed *p) {
    if (p->item->kind != BX_ITEM_GLYPHS || before->item->kind != BX_ITEM_GLYPHS)
        return false;
    const bx_glyph_run *a = before->item->run, *b = p->item->run;
    if (b->n == 0 || a->text.n == 0 || a->rtl || b->rtl) /* a hyphen alone has no text */
        return false;
    if (a->text.p == b->text.p)
        return has_silent_gap(a, b);
    bx_len gap = p->x + b->x - (before->x + a->x + a->width);
    /* Lines of one text follow from each other; a text on another line does not. */
    return p->item->tag == before->item->tag && (p->y != before->y || gap > b->size / 6);
}

/* Does the line go on with the next run? It may be raised, as a note's mark is. */
static bool goes_on(const bx_placed *p, const bx_placed *next) {
    const bx_glyph_run *a = p->item->run, *b = next->item->run;
    bx_len down = next->y - p->y;
    return a->text.p == b->text.p && next->x + b->x >= p->x + a->x && down < a->size &&
           down > -a->size;
}

void bx_flatten(bx_arena *arena, const bx_frame *frame, bx_len x, bx_len y, bx_placed_list *out) {
    flatten(arena, frame, x, y, 0, out);
    order_lines(out);
    for (uint32_t i = 1; i < out->n; i++)
        out->at[i].blank_before = stands_apart(&out->at[i - 1], &out->at[i]);
    const bx_placed *next = NULL;
    for (uint32_t i = out->n; i-- > 0;) {
        bx_placed *p = &out->at[i];
        if (p->item->kind != BX_ITEM_GLYPHS)
            continue;
        p->ends_line = !next || !goes_on(p, next);
        next = p;
    }
}

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

/* The glyph stood for this text once more. */
static void count_text(bx_usage *usage, bx_glyph_use *use, bx_str text) {
    if (use->count == 0) {
        use->text = text;
        use->count = 1;
        return;
    }
    if (bx_str_eq(use->text, text)) {
        use->count++;
        return;
    }
    bx_rival **rival = &use->rivals;
    while (*rival && !bx_str_eq((*rival)->text, text))
        rival = &(*rival)->next;
    if (!*rival) {
        *rival = bx_new(usage->arena, bx_rival);
        (*rival)->text = text;
    }
    (*rival)->count++;
}

/* A space that nobody typed at this place, but that stands for one. */
static void use_blank(bx_usage *usage, bx_font_use *font) {
    uint32_t blank = bx_face_glyph(font->face, ' ', 0);
    if (blank)
        count_text(usage, use_glyph(usage, font, blank), BX_STR(" "));
}

static void note_run(bx_usage *usage, const bx_placed *placed) {
    bx_mark mark = bx_arena_mark(usage->scratch);
    bx_glyph_run unpacked = bx_run_unpack(usage->scratch, placed->item->run), *run = &unpacked;
    bx_font_use *font = font_of(usage, run->face);
    if (placed->blank_before || placed->blank_after)
        use_blank(usage, font);
    bx_glyph_cluster cluster;
    for (uint32_t at = 0; bx_glyph_cluster_next(usage->arena, run, &at, &cluster);) {
        if (cluster.white > 0)
            use_blank(usage, font);
        for (uint32_t i = 0; i < cluster.n; i++) {
            uint32_t glyph = run->glyphs[cluster.first + i].id;
            if (glyph == 0) { /* drawn as a box, never as .notdef; a blank carries its text */
                use_blank(usage, font);
                continue;
            }
            if (glyph >= font->info->n_glyphs)
                continue;
            bx_glyph_use *use = use_glyph(usage, font, glyph);
            if (bx_cluster_is_white(&cluster))
                count_text(usage, use, BX_STR(" "));
            else if (cluster.n == 1 && cluster.text.n > 0)
                count_text(usage, use, cluster.text);
            else if (use->text.n == 0)
                use->text = cluster.text;
        }
    }
    bx_arena_rewind(usage->scratch, mark);
}

static void note(bx_usage *usage, const bx_placed_list *items, int depth) {
    for (uint32_t i = 0; i < items->n; i++) {
        const bx_item *item = items->at[i].item;
        if (item->kind == BX_ITEM_GLYPHS) {
            note_run(usage, &items->at[i]);
        } else if (item->kind == BX_ITEM_IMAGE && item->picture.image->drawing &&
                   depth < BX_DEPTH) {
            bx_placed_list inner = {0};
            bx_flatten(usage->arena, item->picture.image->drawing, 0, 0, &inner);
            note(usage, &inner, depth + 1);
        }
    }
}

void bx_usage_note(bx_usage *usage, const bx_placed_list *items) { note(usage, items, 0); }

static int by_glyph(const void *a, const void *b) {
    uint32_t x = ((const bx_glyph_use *)a)->glyph, y = ((const bx_glyph_use *)b)->glyph;
    return (x > y) - (x < y);
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
    }
}

void bx_usage_settle(bx_usage *usage) {
    for (uint32_t i = 0; i < usage->fonts.n; i++)
        settle(usage->arena, usage->fonts.at[i]);
}
