/* Shaping by HarfBuzz, once a paragraph. Spacing features (palt, halt, chws, kern of CJK) are off:
 * widths of marks are this folder's business, and never changed twice (R6). */
#include "text/paragraph.h"

#include "text/held.h"

#include <hb.h>

enum { MAX_FEATURES = 12, BX_HAN_MIDDLE = 38 /* % of an em: 88 above the baseline, 12 below */ };

static void release(void *buffer) { hb_buffer_destroy(buffer); }

static uint32_t set_features(const bx_paragraph *p, const bx_item_run *item, hb_feature_t *f) {
    uint32_t n = 0;
#define FEATURE(tag, on)                                                                           \
    f[n++] = (hb_feature_t) { HB_TAG tag, on, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END }
    if (item->features & BX_FEAT_HAN) {
        FEATURE(('k', 'e', 'r', 'n'), 0);
        FEATURE(('c', 'h', 'w', 's'), 0);
        FEATURE(('h', 'a', 'l', 't'), 0);
        FEATURE(('p', 'a', 'l', 't'), 0);
    }
    if (item->features & BX_FEAT_FULL)
        FEATURE(('f', 'w', 'i', 'd'), 1);
    if (item->features & BX_FEAT_HALF)
        FEATURE(('h', 'w', 'i', 'd'), 1);
    if (item->features & BX_FEAT_PROPORTIONAL)
        FEATURE(('p', 'w', 'i', 'd'), 1);
    bool tracked =
        p->in.spans[item->span].tracking && !(item->features & BX_FEAT_HAN); /* —— stays one */
    if ((item->features & BX_FEAT_CODE) || tracked) {
        FEATURE(('l', 'i', 'g', 'a'), 0);
        FEATURE(('c', 'l', 'i', 'g'), 0);
    }
    if (item->features & BX_FEAT_CODE)
        FEATURE(('c', 'a', 'l', 't'), 0);
#undef FEATURE
    return n;
}

static void run_harfbuzz(const bx_paragraph *p, const bx_item_run *item, hb_buffer_t *buffer,
                         const uint32_t *codes, uint32_t n_codes, uint32_t first, uint32_t end) {
    hb_feature_t features[MAX_FEATURES];
    hb_buffer_clear_contents(buffer);
    hb_buffer_add_codepoints(buffer, codes, (int)n_codes, first, (int)(end - first));
    hb_buffer_set_script(buffer, (hb_script_t)item->script);
    hb_buffer_set_direction(buffer, item->level & 1 ? HB_DIRECTION_RTL : HB_DIRECTION_LTR);
    hb_buffer_set_language(buffer, hb_language_from_string(item->lang.p, (int)item->lang.n));
    hb_buffer_set_flags(buffer, HB_BUFFER_FLAG_REMOVE_DEFAULT_IGNORABLES);
    hb_buffer_set_cluster_level(buffer, HB_BUFFER_CLUSTER_LEVEL_MONOTONE_GRAPHEMES);
    hb_shape(bx_face_hb_font(item->face), buffer, features, set_features(p, item, features));
    if (!hb_buffer_allocation_successful(buffer))
        bx_out_of_memory(p->arena);
}

/* An emoji's cell is one em whatever the picture's own width, and the picture stands in the middle
 * of the Han square (R31): the size is chosen for it, and the height over the baseline. */
static void fit_emoji(bx_item_run *item, hb_buffer_t *buffer) {
    unsigned n = 0;
    const hb_glyph_info_t *info = hb_buffer_get_glyph_infos(buffer, NULL);
    hb_glyph_position_t *pos = hb_buffer_get_glyph_positions(buffer, &n);
    int32_t width = 0, upem = bx_face_get(item->face)->units_per_em, size = item->size;
    for (unsigned i = 0; i < n; i++)
        width += pos[i].x_advance;
    if (width > upem && width < upem * 2)
        item->size = bx_muldiv(size, upem, width);
    int32_t middle = bx_muldiv((int64_t)size * BX_HAN_MIDDLE, upem, (int64_t)item->size * 100);
    for (unsigned i = 0; i < n; i++) {
        hb_glyph_extents_t box;
        hb_font_t *font = bx_face_hb_font(item->face);
        if (hb_font_get_glyph_extents(font, info[i].codepoint, &box) && box.height)
            pos[i].y_offset = middle - (2 * box.y_bearing + box.height) / 2;
    }
}

/* A font's length at the item's size; most are 0 or one em, and a division takes its time. */
static bx_len to_size(const bx_item_run *item, int32_t length, int32_t upem) {
    return length == 0 ? 0 : length == upem ? item->size : bx_muldiv(length, item->size, upem);
}

static bx_glyph_shape scaled(const bx_item_run *item, const hb_glyph_info_t *info,
                             const hb_glyph_position_t *pos) {
    int32_t upem = bx_face_get(item->face)->units_per_em;
    return (bx_glyph_shape){
        .id = info->codepoint,
        .advance = to_size(item, pos->x_advance, upem),
        .x = to_size(item, pos->x_offset, upem),
        .y = to_size(item, pos->y_offset, upem),
        .unsafe = (hb_glyph_info_get_glyph_flags(info) & HB_GLYPH_FLAG_UNSAFE_TO_BREAK) != 0,
    };
}

/* Ideographs and the marks among them that no mark combines with and that are not made of others
 * (UAX #15): each is asked of the font as it is, whatever stands beside it. */
static bool stands_alone(uint32_t c) {
    return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0xFF01 && c <= 0xFF5E) ||
           (c >= 0x3001 && c <= 0x3003) || (c >= 0x3008 && c <= 0x3011) ||
           (c >= 0x3014 && c <= 0x301B) || (c >= 0x3400 && c <= 0x4DBF) || c == 0x00B7 ||
           c == 0x2014 || (c >= 0x2018 && c <= 0x201D) || c == 0x2026;
}

/* Most of Chinese text is glyphs that no rule of the font speaks of: they are what HarfBuzz would
 * make of them, and it is not asked. False: it must be. [first, end): of code points. */
static bool shape_untouched(bx_paragraph *p, const bx_item_run *item, uint32_t first,
                            uint32_t end) {
    if (item->script != HB_SCRIPT_HAN || (item->level & 1) ||
        end - first != item->end - item->first)
        return false;
    hb_feature_t features[MAX_FEATURES];
    const hb_set_t *touched = bx_face_touched(
        item->face, item->script, hb_language_from_string(item->lang.p, (int)item->lang.n),
        features, set_features(p, item, features));
    uint32_t n = p->glyphs.n;
    bool alone = touched != NULL;
    for (uint32_t i = item->first; alone && i < item->end; i++) {
        hb_glyph_position_t pos = {0};
        hb_glyph_info_t info = {0};
        uint32_t code = p->clusters.at[i].code;
        info.codepoint = bx_face_set_glyph(item->face, code, &pos.x_advance);
        alone = stands_alone(code) && info.codepoint && !hb_set_has(touched, info.codepoint);
        bx_push(p->arena, &p->glyphs, scaled(item, &info, &pos));
    }
    if (!alone)
        p->glyphs.n = n;
    for (uint32_t i = item->first; alone && i < item->end; i++, n++) {
        bx_cluster *c = &p->clusters.at[i];
        c->glyph = n;
        c->n_glyphs = 1;
        c->cell = p->glyphs.at[n].advance;
    }
    return alone;
}

static void shape_item(bx_paragraph *p, uint32_t index, hb_buffer_t *buffer,
                       const uint32_t *codes) {
    bx_item_run *item = &p->items.at[index];
    uint32_t first = p->clusters.at[item->first].cp;
    uint32_t end = item->end < p->clusters.n ? p->clusters.at[item->end].cp : p->cps.n;
    if (shape_untouched(p, item, first, end))
        return;
    run_harfbuzz(p, item, buffer, codes, p->cps.n, first, end);
    if (p->clusters.at[item->first].kind == BX_KIND_EMOJI)
        fit_emoji(item, buffer);
    unsigned n = 0;
    const hb_glyph_info_t *info = hb_buffer_get_glyph_infos(buffer, &n);
    const hb_glyph_position_t *pos = hb_buffer_get_glyph_positions(buffer, NULL);
    for (unsigned i = 0; i < n; i++) {
        bx_cluster *c = &p->clusters.at[p->cps.at[info[i].cluster].cluster];
        if (c->n_glyphs == 0)
            c->glyph = p->glyphs.n;
        c->n_glyphs++;
        bx_glyph_shape g = scaled(item, &info[i], &pos[i]);
        c->cell += g.advance;
        if (g.unsafe)
            c->flags |= BX_CL_UNSAFE;
        bx_push(p->arena, &p->glyphs, g);
    }
}

/* Clusters that a glyph of the cluster before them draws become part of it. */
static void merge_ligatures(bx_paragraph *p) {
    uint32_t n = 0;
    for (uint32_t i = 0; i < p->clusters.n; i++) {
        const bx_cluster *c = &p->clusters.at[i];
        bool part = n > 0 && c->n_glyphs == 0 &&
                    !(c->flags & (BX_CL_OBJECT | BX_CL_FORCED | BX_CL_HIDDEN)) &&
                    c->item == p->clusters.at[n - 1].item;
        if (part) {
            p->clusters.at[n - 1].end = c->end;
            continue;
        }
        if (i == p->items.at[c->item].first)
            p->items.at[c->item].first = n;
        p->items.at[c->item].end = n + 1;
        if (n != i)
            p->clusters.at[n] = *c;
        n++;
    }
    if (n == p->clusters.n)
        return;
    p->clusters.n = n;
    for (uint32_t i = 0; i < n; i++) {
        uint32_t end = i + 1 < n ? p->clusters.at[i + 1].cp : p->cps.n;
        for (uint32_t k = p->clusters.at[i].cp; k < end; k++)
            p->cps.at[k].cluster = i;
    }
}

static uint32_t *all_codes(const bx_paragraph *p, bx_arena *arena) {
    uint32_t *codes = bx_alloc_raw_n(arena, p->cps.n, sizeof *codes);
    for (uint32_t i = 0; i < p->cps.n; i++)
        codes[i] = p->cps.at[i].code;
    return codes;
}

void bx_shape(bx_paragraph *p) {
    bx_held *held = bx_hold(p->arena, release, hb_buffer_create());
    uint32_t *codes = all_codes(p, p->arena);
    bx_reserve(p->arena, &p->glyphs, p->cps.n);
    for (uint32_t i = 0; i < p->items.n; i++)
        if (p->items.at[i].face)
            shape_item(p, i, held->object, codes);
    bx_let_go(held);
    merge_ligatures(p);
    for (uint32_t i = 0; i < p->clusters.n; i++) {
        bx_cluster *c = &p->clusters.at[i];
        const bx_text_span *span = bx_cluster_span(p, c);
        if (c->flags & BX_CL_OBJECT)
            c->cell = span->object->width;
        if (c->flags & BX_CL_HIDDEN)
            c->cell = 0;
        else
            c->pad = bx_em_at(span->tracking, span->size);
    }
}

bx_piece_shape bx_shape_piece(const bx_paragraph *p, uint32_t first, uint32_t end,
                              bx_arena *arena) {
    bx_piece_shape out = {.first = first, .n = end - first};
    out.glyph = bx_new_n(arena, uint32_t, out.n);
    out.n_glyphs = bx_new_n(arena, uint16_t, out.n);
    const bx_item_run *item = &p->items.at[p->clusters.at[first].item];
    uint32_t from = p->clusters.at[first].cp;
    uint32_t n_codes = (end < p->clusters.n ? p->clusters.at[end].cp : p->cps.n) - from;
    uint32_t *codes = bx_new_n(arena, uint32_t, n_codes);
    for (uint32_t i = 0; i < n_codes; i++)
        codes[i] = p->cps.at[from + i].code;
    bx_held *held = bx_hold(arena, release, hb_buffer_create());
    run_harfbuzz(p, item, held->object, codes, n_codes, 0, n_codes);
    unsigned n = 0;
    const hb_glyph_info_t *info = hb_buffer_get_glyph_infos(held->object, &n);
    const hb_glyph_position_t *pos = hb_buffer_get_glyph_positions(held->object, NULL);
    out.glyphs = bx_new_n(arena, bx_glyph_shape, n);
    for (unsigned i = 0; i < n; i++) {
        uint32_t c = p->cps.at[info[i].cluster + from].cluster - first;
        if (out.n_glyphs[c] == 0)
            out.glyph[c] = i;
        out.n_glyphs[c]++;
        out.glyphs[i] = scaled(item, &info[i], &pos[i]);
    }
    bx_let_go(held);
    return out;
}

bx_len bx_lost_kern(const bx_paragraph *p, uint32_t cluster) {
    const bx_cluster *c = &p->clusters.at[cluster];
    const bx_item_run *item = &p->items.at[c->item];
    if (!item->face || c->n_glyphs == 0 || (c->level & 1))
        return 0;
    const bx_glyph_shape *g = &p->glyphs.at[c->glyph + c->n_glyphs - 1];
    int32_t alone = hb_font_get_glyph_h_advance(bx_face_hb_font(item->face), g->id);
    return bx_muldiv(alone, item->size, bx_face_get(item->face)->units_per_em) - g->advance;
}
