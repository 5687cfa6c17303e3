#include "font/known.h"

#include <hb-aat.h>
#include <hb-ot.h>

/* Zeroed memory that lives as long as the face; NULL when there is none. */
static void *try_remember(bx_face *face, size_t size) {
    pthread_mutex_lock(&face->fonts->lock);
    void *p = bx_try_alloc(face->fonts->arena, size);
    pthread_mutex_unlock(&face->fonts->lock);
    return p;
}

static glyph_page *page_of(const bx_face *of, uint32_t code_point) {
    bx_face *face = (bx_face *)of; /* what is remembered is no change to a reader */
    glyph_page *_Atomic *place = &face->pages[code_point >> 8];
    glyph_page *page = atomic_load_explicit(place, memory_order_acquire), *none = NULL;
    if (page)
        return page;
    page = try_remember(face, sizeof *page);
    return !page || atomic_compare_exchange_strong(place, &none, page) ? page : none;
}

bx_str bx_face_outline(const bx_face *face, uint32_t glyph) {
    outline_page *page =
        glyph < 0x10000 ? atomic_load_explicit(&face->outlines[glyph >> 8], memory_order_acquire)
                        : NULL;
    const known_outline *known =
        page ? atomic_load_explicit(&page->known[glyph & 0xFF], memory_order_acquire) : NULL;
    return known ? (bx_str){known->bytes, known->n} : (bx_str){0};
}

void bx_face_keep_outline(const bx_face *of, uint32_t glyph, bx_str outline) {
    bx_face *face = (bx_face *)of; /* as above */
    if (glyph >= 0x10000)
        return;
    outline_page *_Atomic *place = &face->outlines[glyph >> 8];
    pthread_mutex_lock(&face->fonts->lock);
    bx_arena *arena = face->fonts->arena;
    outline_page *page = *place ? *place : bx_try_alloc(arena, sizeof *page);
    known_outline *fresh =
        page && !page->known[glyph & 0xFF] ? bx_try_alloc(arena, sizeof *fresh + outline.n) : NULL;
    if (fresh) {
        fresh->n = outline.n;
        memcpy(fresh->bytes, outline.p, outline.n);
        atomic_store_explicit(&page->known[glyph & 0xFF], fresh, memory_order_release);
        atomic_store_explicit(place, page, memory_order_release);
    }
    pthread_mutex_unlock(&face->fonts->lock);
}

/* 0: the font does not have it. */
static uint32_t find_glyph(const bx_face *face, uint32_t code_point, int32_t *advance) {
    glyph_page *page = code_point < 0x10000 ? page_of(face, code_point) : NULL;
    _Atomic uint32_t *place = page ? &page->known[code_point & 0xFF] : NULL;
    uint32_t known = place ? atomic_load_explicit(place, memory_order_relaxed) : 0;
    if (known) {
        *advance = (int32_t)(known >> 16);
        return (known & 0xFFFF) - 1;
    }
    hb_codepoint_t glyph;
    if (!hb_font_get_nominal_glyph(face->plain, code_point, &glyph))
        glyph = 0;
    *advance = hb_font_get_glyph_h_advance(face->plain, glyph);
    if (place && glyph < 0xFFFF && *advance >= 0 && *advance <= 0xFFFF)
        atomic_store_explicit(place, (uint32_t)*advance << 16 | (glyph + 1), memory_order_relaxed);
    return glyph;
}

hb_bool_t bx_face_nominal_glyph(hb_font_t *font, void *face, hb_codepoint_t code_point,
                                hb_codepoint_t *glyph, void *user) {
    (void)font;
    (void)user;
    int32_t advance;
    *glyph = find_glyph(face, code_point, &advance);
    return *glyph != 0;
}

bool bx_face_has(const bx_face *face, uint32_t code_point) {
    int32_t advance;
    return find_glyph(face, code_point, &advance) != 0;
}

uint32_t bx_face_glyph(const bx_face *face, uint32_t code_point, uint32_t variation_selector) {
    hb_codepoint_t glyph;
    if (variation_selector &&
        hb_font_get_variation_glyph(face->plain, code_point, variation_selector, &glyph))
        return glyph;
    int32_t advance;
    return find_glyph(face, code_point, &advance);
}

uint32_t bx_face_set_glyph(const bx_face *face, uint32_t code_point, int32_t *advance) {
    return find_glyph(face, code_point, advance);
}

bool bx_face_ink(const bx_face *of, uint32_t glyph, bx_glyph_ink *ink) {
    bx_face *face = (bx_face *)of; /* as above */
    known_ink *_Atomic *place = &face->inks[glyph % (sizeof face->inks / sizeof *face->inks)];
    const known_ink *known = atomic_load_explicit(place, memory_order_acquire);
    if (known && known->glyph == glyph) {
        *ink = known->ink;
        return known->any;
    }
    hb_glyph_extents_t box;
    bool any = hb_font_get_glyph_extents(face->plain, glyph, &box) && box.width > 0;
    *ink = any ? (bx_glyph_ink){box.x_bearing, box.width} : (bx_glyph_ink){0};
    known_ink *fresh = known ? NULL : try_remember(face, sizeof *fresh), *none = NULL;
    if (fresh) {
        *fresh = (known_ink){glyph, any, *ink};
        atomic_compare_exchange_strong(place, &none, fresh);
    }
    return any;
}

/* Adds the glyphs that the plan's lookups of a table take, those that they only look at too. */
static void collect(hb_face_t *face, hb_shape_plan_t *plan, hb_tag_t table, hb_set_t *glyphs) {
    hb_set_t *lookups = hb_set_create();
    hb_ot_shape_plan_collect_lookups(plan, table, lookups);
    for (hb_codepoint_t i = HB_SET_VALUE_INVALID; hb_set_next(lookups, &i);)
        hb_ot_layout_lookup_collect_glyphs(face, table, i, glyphs, glyphs, glyphs, NULL);
    hb_set_destroy(lookups);
}

/* NULL: the font is shaped by other tables than GSUB and GPOS, or memory is out. */
static hb_set_t *find_touched(const bx_face *face, const known_touched *what) {
    hb_face_t *font = face->hb_face;
    hb_segment_properties_t props = {
        .direction = HB_DIRECTION_LTR, .script = what->script, .language = what->language};
    if (hb_aat_layout_has_substitution(font) || hb_aat_layout_has_positioning(font) ||
        hb_aat_layout_has_tracking(font))
        return NULL;
    hb_shape_plan_t *plan =
        hb_shape_plan_create_cached(font, &props, what->features, what->n_features, NULL);
    const char *shaper = hb_shape_plan_get_shaper(plan);
    hb_set_t *glyphs = hb_set_create();
    collect(font, plan, HB_OT_TAG_GSUB, glyphs);
    collect(font, plan, HB_OT_TAG_GPOS, glyphs);
    bool good = shaper && strcmp(shaper, "ot") == 0 && hb_set_allocation_successful(glyphs);
    hb_shape_plan_destroy(plan);
    if (good)
        return glyphs;
    hb_set_destroy(glyphs);
    return NULL;
}

static bool is_same(const known_touched *a, const known_touched *b) {
    return a->script == b->script && a->language == b->language && a->n_features == b->n_features &&
           memcmp(a->features, b->features, a->n_features * sizeof *a->features) == 0;
}

static const known_touched *find_known(const bx_face *face, const known_touched *what) {
    const known_touched *at = atomic_load_explicit(&face->touched, memory_order_acquire);
    while (at && !is_same(at, what))
        at = at->next;
    return at;
}

const hb_set_t *bx_face_touched(const bx_face *of, uint32_t script, hb_language_t language,
                                const hb_feature_t *features, uint32_t n_features) {
    bx_face *face = (bx_face *)of; /* as above */
    known_touched what = {.script = script, .language = language, .n_features = n_features};
    if (n_features > MOST_FEATURES)
        return NULL;
    memcpy(what.features, features, n_features * sizeof *features);
    const known_touched *known = find_known(face, &what);
    if (known)
        return known->glyphs;
    pthread_mutex_lock(&face->fonts->lock);
    known = find_known(face, &what);
    known_touched *fresh = known ? NULL : bx_try_alloc(face->fonts->arena, sizeof *fresh);
    if (fresh) {
        *fresh = what;
        fresh->glyphs = find_touched(face, &what);
        fresh->next = face->touched;
        atomic_store_explicit(&face->touched, fresh, memory_order_release);
        known = fresh;
    }
    pthread_mutex_unlock(&face->fonts->lock);
    return known ? known->glyphs : NULL;
}

void bx_face_forget(bx_face *face) {
    for (known_touched *at = face->touched; at; at = at->next)
        hb_set_destroy(at->glyphs);
}
