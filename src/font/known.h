/* The inside of a face, and what it remembers of its glyphs.
 *
 * What fonts are asked again and again is asked once: a search among 30,000 characters misses the
 * processor's cache, and the ink of a mark is found by drawing it. What is remembered lives as long
 * as the set, is made in its arena under its lock and read without; it never changes an answer. */
#ifndef BX_FONT_KNOWN_H
#define BX_FONT_KNOWN_H

#include "font/set.h"

#include <hb.h>

/* The glyphs of 256 code points, with their advances: 0 before the font was asked, else
 * advance << 16 | glyph + 1. */
typedef struct glyph_page {
    _Atomic uint32_t known[256];
} glyph_page;

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

/* The glyphs that features may change. */
typedef struct known_touched {
    struct known_touched *next;
    hb_script_t script;
    hb_language_t language;
    hb_feature_t features[MOST_FEATURES];
    uint32_t n_features;
    hb_set_t *glyphs; /* NULL: cannot be told */
} known_touched;

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
    known_touched *_Atomic touched; /* the latest first */
};

/* A function of HarfBuzz fonts whose data is the face. */
hb_bool_t bx_face_nominal_glyph(hb_font_t *font, void *face, hb_codepoint_t code_point,
                                hb_codepoint_t *glyph, void *user);
/* Releases what is not the arena's. */
void bx_face_forget(bx_face *face);

#endif
