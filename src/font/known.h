/* The inside of a face, and what it remembers of its glyphs.
 *
 * What fonts are asked again and again is asked once: a search among 30,000 characters misses the
 * processor's cache, the ink of a mark is found by drawing it, and words come again. What is
 * remembered lives as long as the set, is made in its arena under its lock and read without; it
 * never changes an answer. */
#ifndef BX_FONT_KNOWN_H
#define BX_FONT_KNOWN_H

#include "font/set.h"

#include <hb.h>

/* The glyphs of 256 code points, with their advances: 0 before the font was asked, else as known_as
 * has it. */
typedef struct glyph_page {
    _Atomic uint32_t known[256];
} glyph_page;

/* advance << 16 | glyph + 1. 0: the numbers are too large. */
static inline uint32_t known_as(uint32_t glyph, int32_t advance) {
    return glyph < 0xFFFF && advance >= 0 && advance <= 0xFFFF
               ? (uint32_t)advance << 16 | (glyph + 1)
               : 0;
}

/* What the pages know of a code point; 0: nothing yet. */
static inline uint32_t known_of(glyph_page *const _Atomic *pages, uint32_t code_point) {
    const glyph_page *page =
        code_point < 0x10000 ? atomic_load_explicit(&pages[code_point >> 8], memory_order_acquire)
                             : NULL;
    return page ? atomic_load_explicit(&page->known[code_point & 0xFF], memory_order_relaxed) : 0;
}

typedef struct known_ink {
    uint32_t glyph;
    bool any;
    bx_glyph_ink ink;
} known_ink;

/* A glyph's outline as output has made it. */
typedef struct known_outline {
    uint32_t n;
    char bytes[];
} known_outline;
typedef struct outline_page {
    known_outline *_Atomic known[256];
} outline_page;

enum { MOST_FEATURES = 8 };

/* Glyphs, then the characters that they are of. */
typedef struct known_run {
    uint32_t n_codes, n;
    uint32_t room; /* bytes of both */
    uint32_t used; /* times it was of use, less the times that others wanted its place */
    bx_run_glyph glyphs[];
} known_run;
typedef struct run_page {
    _Atomic bool taken; /* by a thread */
    known_run *at[32];
} run_page;

typedef struct plan_key {
    hb_script_t script;
    hb_language_t language;
    hb_feature_t features[MOST_FEATURES];
    uint32_t n_features;
} plan_key;

struct bx_plan {
    bx_plan *next;
    bx_face *face;
    plan_key key;
    hb_set_t *_Atomic touched;      /* NULL: not asked for yet */
    bool knows;                     /* false: what is touched cannot be told */
    glyph_page *_Atomic pages[256]; /* as a face's, but IS_TOUCHED for what shaping may change */
    run_page *_Atomic runs[64];
};

struct bx_face {
    bx_face_info info;
    font_file *file;
    hb_face_t *hb_face;
    hb_font_t *plain;   /* as HarfBuzz reads the font */
    hb_font_t *hb_font; /* the same, but that it asks bx_face_nominal_glyph */
    bx_fonts *fonts;
    glyph_page *_Atomic pages[256]; /* of the Basic Multilingual Plane */
    known_ink *_Atomic inks[64];    /* by the glyph's last bits; the first that came stays */
    outline_page *_Atomic outlines[256];
    bx_plan *_Atomic plans; /* the latest first */
};

/* Zeroed memory that lives as long as the face; NULL when there is none. Not under the set's lock.
 */
void *bx_face_remember(bx_face *face, size_t size);
/* A page in its place, made when there is none. NULL: no memory. */
glyph_page *bx_face_page(const bx_face *face, glyph_page *_Atomic *place);
/* Asks the font for a character's glyph, 0 when it has none, and remembers it. */
uint32_t bx_face_ask_glyph(const bx_face *face, uint32_t code_point, int32_t *advance);
/* The same, but that the font is asked only the first time. */
static inline uint32_t find_glyph(const bx_face *face, uint32_t code_point, int32_t *advance) {
    uint32_t known = known_of(face->pages, code_point);
    if (!known)
        return bx_face_ask_glyph(face, code_point, advance);
    *advance = (int32_t)(known >> 16);
    return (known & 0xFFFF) - 1;
}

/* A function of HarfBuzz fonts whose data is the face. */
hb_bool_t bx_face_nominal_glyph(hb_font_t *font, void *face, hb_codepoint_t code_point,
                                hb_codepoint_t *glyph, void *user);
/* Releases what is not the arena's. */
void bx_face_forget(bx_face *face);

#endif
