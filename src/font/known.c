#include "font/known.h"

void *bx_face_remember(bx_face *face, size_t size) {
    pthread_mutex_lock(&face->fonts->lock);
    void *p = bx_try_alloc(face->fonts->arena, size);
    pthread_mutex_unlock(&face->fonts->lock);
    return p;
}

glyph_page *bx_face_page(const bx_face *of, glyph_page *_Atomic *place) {
    bx_face *face = (bx_face *)of; /* what is remembered is no change to a reader */
    glyph_page *page = atomic_load_explicit(place, memory_order_acquire), *none = NULL;
    if (page)
        return page;
    page = bx_face_remember(face, sizeof *page);
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

uint32_t bx_face_ask_glyph(const bx_face *of, uint32_t code_point, int32_t *advance) {
    bx_face *face = (bx_face *)of; /* as above */
    hb_codepoint_t glyph;
    if (!hb_font_get_nominal_glyph(face->plain, code_point, &glyph))
        glyph = 0;
    *advance = hb_font_get_glyph_h_advance(face->plain, glyph);
    uint32_t known = known_as(glyph, *advance);
    glyph_page *page =
        known && code_point < 0x10000 ? bx_face_page(face, &face->pages[code_point >> 8]) : NULL;
    if (page)
        atomic_store_explicit(&page->known[code_point & 0xFF], known, memory_order_relaxed);
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

uint32_t bx_face_has_first(const bx_face *face, const uint32_t *code_points, uint32_t n) {
    int32_t advance;
    uint32_t i = 0;
    while (i < n && find_glyph(face, code_points[i], &advance))
        i++;
    return i;
}

uint32_t bx_face_glyph(const bx_face *face, uint32_t code_point, uint32_t variation_selector) {
    hb_codepoint_t glyph;
    if (variation_selector &&
        hb_font_get_variation_glyph(face->plain, code_point, variation_selector, &glyph))
        return glyph;
    int32_t advance;
    return find_glyph(face, code_point, &advance);
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
    known_ink *fresh = known ? NULL : bx_face_remember(face, sizeof *fresh), *none = NULL;
    if (fresh) {
        *fresh = (known_ink){glyph, any, *ink};
        atomic_compare_exchange_strong(place, &none, fresh);
    }
    return any;
}
