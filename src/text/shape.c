/* Shaping by HarfBuzz, once a paragraph. Spacing features (palt, halt, chws, kern of CJK) are off:
 * widths of marks are this folder's business, and never changed twice (R6). */
#include "text/paragraph.h"

#include "text/held.h"

#include <hb.h>

enum { MAX_FEATURES = 12, BX_HAN_MIDDLE = 38 /* % of an em: 88 above the baseline, 12 below */ };

static void release(void *buffer) { hb_buffer_destroy(buffer); }

enum { APART = BX_FEAT_CODE << 1 }; /* letters are not joined: with bx_features, a run's switches */

static uint8_t switches_of(const bx_paragraph *p, const bx_item_run *item) {
    bool tracked =
        p->in.spans[item->span].tracking && !(item->features & BX_FEAT_HAN); /* —— stays one */
    return item->features | ((item->features & BX_FEAT_CODE) || tracked ? APART : 0);
}

static uint32_t set_features(uint8_t switches, hb_feature_t *f) {
    uint32_t n = 0;
#define FEATURE(tag, on)                                                                           \
    f[n++] = (hb_feature_t) { HB_TAG tag, on, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END }
    if (switches & BX_FEAT_HAN) {
        FEATURE(('k', 'e', 'r', 'n'), 0);
        FEATURE(('c', 'h', 'w', 's'), 0);
        FEATURE(('h', 'a', 'l', 't'), 0);
        FEATURE(('p', 'a', 'l', 't'), 0);
    }
    if (switches & BX_FEAT_FULL)
        FEATURE(('f', 'w', 'i', 'd'), 1);
    if (switches & BX_FEAT_HALF)
        FEATURE(('h', 'w', 'i', 'd'), 1);
    if (switches & BX_FEAT_PROPORTIONAL)
        FEATURE(('p', 'w', 'i', 'd'), 1);
    if (switches & APART) {
        FEATURE(('l', 'i', 'g', 'a'), 0);
        FEATURE(('c', 'l', 'i', 'g'), 0);
    }
    if (switches & BX_FEAT_CODE)
        FEATURE(('c', 'a', 'l', 't'), 0);
#undef FEATURE
    return n;
}

static hb_language_t language_of(const bx_item_run *item) {
    return hb_language_from_string(item->lang.p, (int)item->lang.n);
}

enum { PLANS = 4 }; /* a paragraph's text is of two or three kinds */

/* The glyphs of the run that is being shaped. */
typedef struct run_glyphs {
    bx_run_glyph *at;
    uint32_t n, room;
} run_glyphs;

typedef struct shaper {
    const bx_paragraph *p;
    bx_arena *arena; /* of glyphs */
    run_glyphs run;
    bx_held *buffer; /* NULL: HarfBuzz has not been asked */
    struct {         /* the latest plans */
        const bx_plan *plan;
        const bx_face *face;
        bx_str lang;
        uint32_t script;
        uint8_t switches;
    } plans[PLANS];
    uint32_t n_plans;
    bx_plain_glyph *plain; /* room for n_plain */
    uint32_t n_plain;
} shaper;

static void make_room(shaper *s, uint32_t n) {
    if (n <= s->run.room)
        return;
    s->run.room = n;
    s->run.at = bx_alloc_raw_n(s->arena, n, sizeof *s->run.at);
}

/* How items of this kind are shaped from left to right. NULL: nothing is known about it. */
static const bx_plan *plan_of(shaper *s, const bx_item_run *item) {
    uint8_t switches = switches_of(s->p, item);
    for (uint32_t i = 0; i < PLANS && i < s->n_plans; i++)
        if (s->plans[i].face == item->face && s->plans[i].script == item->script &&
            s->plans[i].switches == switches && s->plans[i].lang.p == item->lang.p &&
            s->plans[i].lang.n == item->lang.n)
            return s->plans[i].plan;
    hb_feature_t features[MAX_FEATURES];
    uint32_t n = set_features(switches, features), k = s->n_plans++ % PLANS;
    s->plans[k].plan = bx_face_plan(item->face, item->script, language_of(item), features, n);
    s->plans[k].face = item->face;
    s->plans[k].script = item->script;
    s->plans[k].switches = switches;
    s->plans[k].lang = item->lang;
    return s->plans[k].plan;
}

/* Code points [first, first + n), whose context is all of `codes`. */
static void ask_harfbuzz(shaper *s, const bx_item_run *item, const uint32_t *codes,
                         uint32_t n_codes, uint32_t first, uint32_t n) {
    if (!s->buffer)
        s->buffer = bx_hold(s->arena, release, hb_buffer_create());
    hb_buffer_t *buffer = s->buffer->object;
    hb_feature_t features[MAX_FEATURES];
    hb_buffer_clear_contents(buffer);
    hb_buffer_add_codepoints(buffer, codes, (int)n_codes, first, (int)n);
    hb_buffer_set_script(buffer, (hb_script_t)item->script);
    hb_buffer_set_direction(buffer, item->level & 1 ? HB_DIRECTION_RTL : HB_DIRECTION_LTR);
    hb_buffer_set_language(buffer, language_of(item));
    hb_buffer_set_flags(buffer, HB_BUFFER_FLAG_REMOVE_DEFAULT_IGNORABLES);
    hb_buffer_set_cluster_level(buffer, HB_BUFFER_CLUSTER_LEVEL_MONOTONE_GRAPHEMES);
    hb_shape(bx_face_hb_font(item->face), buffer, features,
             set_features(switches_of(s->p, item), features));
    if (!hb_buffer_allocation_successful(buffer))
        bx_out_of_memory(s->arena);
    unsigned n_glyphs = 0;
    const hb_glyph_info_t *info = hb_buffer_get_glyph_infos(buffer, &n_glyphs);
    const hb_glyph_position_t *pos = hb_buffer_get_glyph_positions(buffer, NULL);
    make_room(s, n_glyphs);
    s->run.n = n_glyphs;
    for (unsigned i = 0; i < n_glyphs; i++)
        s->run.at[i] = (bx_run_glyph){.id = info[i].codepoint,
                                      .advance = pos[i].x_advance,
                                      .x = pos[i].x_offset,
                                      .y = pos[i].y_offset,
                                      .code = info[i].cluster - first,
                                      .unsafe = hb_glyph_info_get_glyph_flags(&info[i]) &
                                                HB_GLYPH_FLAG_UNSAFE_TO_BREAK};
}

/* Scripts that HarfBuzz shapes by its default shaper: what stands beside a run does not change it,
 * as it does where letters join. */
static bool looks_at_itself(uint32_t script) {
    return script == HB_SCRIPT_LATIN || script == HB_SCRIPT_HAN || script == HB_SCRIPT_KATAKANA ||
           script == HB_SCRIPT_COMMON || script == HB_SCRIPT_GREEK || script == HB_SCRIPT_CYRILLIC;
}

/* Code points [first, first + n) of `codes` as glyphs. The same few words and numbers make up most
 * of what is shaped, and what HarfBuzz once made of one is known. */
static void shape_run(shaper *s, const bx_item_run *item, const uint32_t *codes, uint32_t n_codes,
                      uint32_t first, uint32_t n) {
    bool known = !(item->level & 1) && looks_at_itself(item->script);
    const bx_plan *plan = known ? plan_of(s, item) : NULL;
    if (plan) {
        make_room(s, BX_LONGEST_RUN);
        if (bx_plan_run(plan, codes + first, n, s->run.at, &s->run.n))
            return;
    }
    ask_harfbuzz(s, item, codes, n_codes, first, n);
    if (plan)
        bx_plan_keep_run(plan, codes + first, n, s->run.at, s->run.n);
}

/* An emoji's cell is one em whatever the picture's own width, and the picture stands in the middle
 * of the Han square (R31): the size is chosen for it, and the height over the baseline. */
static void fit_emoji(bx_item_run *item, run_glyphs *run) {
    int32_t width = 0, upem = bx_face_get(item->face)->units_per_em, size = item->size;
    for (uint32_t i = 0; i < run->n; i++)
        width += run->at[i].advance;
    if (width > upem && width < upem * 2)
        item->size = bx_muldiv(size, upem, width);
    int32_t middle = bx_muldiv((int64_t)size * BX_HAN_MIDDLE, upem, (int64_t)item->size * 100);
    for (uint32_t i = 0; i < run->n; i++) {
        hb_glyph_extents_t box;
        hb_font_t *font = bx_face_hb_font(item->face);
        if (hb_font_get_glyph_extents(font, run->at[i].id, &box) && box.height)
            run->at[i].y = middle - (2 * box.y_bearing + box.height) / 2;
    }
}

/* A font's length at the item's size; most are 0 or one em, and a division takes its time. */
static bx_len to_size(const bx_item_run *item, int32_t length, int32_t upem) {
    return length == 0 ? 0 : length == upem ? item->size : bx_muldiv(length, item->size, upem);
}

static bx_glyph_shape scaled(const bx_item_run *item, const bx_run_glyph *g, int32_t upem) {
    return (bx_glyph_shape){.id = g->id,
                            .advance = to_size(item, g->advance, upem),
                            .x = to_size(item, g->x, upem),
                            .y = to_size(item, g->y, upem),
                            .unsafe = g->unsafe};
}

/* Most of Chinese text is glyphs that no rule of the font speaks of: they are what HarfBuzz would
 * make of them, and it is not asked. False: it must be. [first, end): of code points. */
static bool shape_untouched(shaper *s, bx_paragraph *p, const bx_item_run *item, uint32_t first,
                            uint32_t end) {
    uint32_t n = end - first;
    if (item->script != HB_SCRIPT_HAN || (item->level & 1) || n != item->end - item->first)
        return false;
    const bx_plan *plan = plan_of(s, item);
    if (s->n_plain < n) {
        s->n_plain = n;
        s->plain = bx_alloc_raw_n(s->arena, n, sizeof *s->plain);
    }
    if (!plan || !bx_plan_untouched(plan, p->codes.at + first, n, s->plain))
        return false;
    int32_t upem = bx_face_get(item->face)->units_per_em;
    for (uint32_t i = 0; i < n; i++) {
        bx_cluster *c = &p->clusters.at[item->first + i];
        c->glyph = p->glyphs.n;
        c->n_glyphs = 1;
        c->cell = to_size(item, s->plain[i].advance, upem);
        bx_push(p->arena, &p->glyphs, (bx_glyph_shape){.id = s->plain[i].id, .advance = c->cell});
    }
    return true;
}

static void shape_item(shaper *s, bx_paragraph *p, uint32_t index) {
    bx_item_run *item = &p->items.at[index];
    uint32_t first = p->clusters.at[item->first].cp;
    uint32_t end = item->end < p->clusters.n ? p->clusters.at[item->end].cp : p->codes.n;
    if (shape_untouched(s, p, item, first, end))
        return;
    shape_run(s, item, p->codes.at, p->codes.n, first, end - first);
    if (p->clusters.at[item->first].kind == BX_KIND_EMOJI)
        fit_emoji(item, &s->run);
    int32_t upem = bx_face_get(item->face)->units_per_em;
    for (uint32_t i = 0; i < s->run.n; i++) {
        bx_cluster *c = &p->clusters.at[p->cps.at[first + s->run.at[i].code].cluster];
        if (c->n_glyphs == 0)
            c->glyph = p->glyphs.n;
        c->n_glyphs++;
        bx_glyph_shape g = scaled(item, &s->run.at[i], upem);
        c->cell += g.advance;
        if (g.unsafe)
            c->flags |= BX_CL_UNSAFE;
        bx_push(p->arena, &p->glyphs, g);
    }
}

/* Whether a glyph of the cluster before it draws it, too. */
static bool is_part(const bx_cluster *c, const bx_cluster *before) {
    return c->n_glyphs == 0 && !(c->flags & (BX_CL_OBJECT | BX_CL_FORCED | BX_CL_HIDDEN)) &&
           c->item == before->item;
}

/* Clusters that a glyph of the cluster before them draws become part of it. */
static void merge_ligatures(bx_paragraph *p) {
    uint32_t n = 1;
    while (n < p->clusters.n && !is_part(&p->clusters.at[n], &p->clusters.at[n - 1]))
        n++;
    if (n >= p->clusters.n)
        return;
    p->items.at[p->clusters.at[n].item].end = n;
    for (uint32_t i = n; i < p->clusters.n; i++) {
        const bx_cluster *c = &p->clusters.at[i];
        if (is_part(c, &p->clusters.at[n - 1])) {
            p->clusters.at[n - 1].end = c->end;
            continue;
        }
        if (i == p->items.at[c->item].first)
            p->items.at[c->item].first = n;
        p->items.at[c->item].end = n + 1;
        p->clusters.at[n++] = *c;
    }
    p->clusters.n = n;
    for (uint32_t i = 0; i < n; i++) {
        uint32_t end = i + 1 < n ? p->clusters.at[i + 1].cp : p->codes.n;
        for (uint32_t k = p->clusters.at[i].cp; k < end; k++)
            p->cps.at[k].cluster = i;
    }
}

static void set_widths(bx_paragraph *p) {
    uint32_t span = UINT32_MAX;
    bx_len tracking = 0;
    for (uint32_t i = 0; i < p->clusters.n; i++) {
        bx_cluster *c = &p->clusters.at[i];
        if (c->span != span) {
            span = c->span;
            tracking = bx_em_at(p->in.spans[span].tracking, p->in.spans[span].size);
        }
        if (c->flags & BX_CL_OBJECT)
            c->cell = p->in.spans[span].object->width;
        if (c->flags & BX_CL_HIDDEN)
            c->cell = 0;
        else
            c->pad = tracking;
    }
}

void bx_shape(bx_paragraph *p) {
    shaper s = {.p = p, .arena = p->arena};
    bx_reserve(p->arena, &p->glyphs, p->codes.n);
    for (uint32_t i = 0; i < p->items.n; i++)
        if (p->items.at[i].face)
            shape_item(&s, p, i);
    if (s.buffer)
        bx_let_go(s.buffer);
    merge_ligatures(p);
    set_widths(p);
}

bx_piece_shape bx_shape_piece(const bx_paragraph *p, uint32_t first, uint32_t end,
                              bx_arena *arena) {
    bx_piece_shape out = {.first = first, .n = end - first};
    out.glyph = bx_new_n(arena, uint32_t, out.n);
    out.n_glyphs = bx_new_n(arena, uint16_t, out.n);
    const bx_item_run *item = &p->items.at[p->clusters.at[first].item];
    uint32_t from = p->clusters.at[first].cp;
    uint32_t n_codes = (end < p->clusters.n ? p->clusters.at[end].cp : p->codes.n) - from;
    shaper s = {.p = p, .arena = arena};
    shape_run(&s, item, p->codes.at + from, n_codes, 0, n_codes);
    int32_t upem = bx_face_get(item->face)->units_per_em;
    out.glyphs = bx_new_n(arena, bx_glyph_shape, s.run.n);
    for (uint32_t i = 0; i < s.run.n; i++) {
        uint32_t c = p->cps.at[s.run.at[i].code + from].cluster - first;
        if (out.n_glyphs[c] == 0)
            out.glyph[c] = i;
        out.n_glyphs[c]++;
        out.glyphs[i] = scaled(item, &s.run.at[i], upem);
    }
    if (s.buffer)
        bx_let_go(s.buffer);
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
