#include "output/pdf/cff.h"

#include "output/pdf/cff_dict.h"
#include "output/pdf/charstring.h"

enum { FONTS_MAX = 256 };

/* What goes into the new font. */
typedef struct subset {
    const bx_cff *cff;
    uint32_t n_glyphs;
    bx_buf programs;              /* one after the other */
    uint32_t *ends;               /* of each in `programs` */
    uint8_t *fonts;               /* of each glyph, as numbered anew */
    uint8_t old_fonts[FONTS_MAX]; /* by new number: those that glyphs use, in their old order */
    uint32_t n_fonts;
} subset;

static void put(bx_buf *out, uint64_t value, uint32_t width) {
    while (width-- > 0)
        bx_buf_char(out, (char)(value >> (8 * width)));
}

/* An integer in the form of five bytes: its length does not depend on its value. */
static void put_int(bx_buf *out, size_t value) {
    bx_buf_char(out, 29);
    put(out, value, 4);
}

static void put_op(bx_buf *out, uint32_t op) { put(out, op, op > 255 ? 2 : 1); }

static void put_entry(bx_buf *out, bx_str operands, uint32_t op) {
    if (operands.n == 0)
        return;
    bx_buf_str(out, operands);
    put_op(out, op);
}

static void put_index(bx_buf *out, const bx_str *items, uint32_t n) {
    size_t end = 1;
    put(out, n, 2);
    put(out, 2, 1);
    put(out, end, 2);
    for (uint32_t i = 0; i < n; i++)
        put(out, end += items[i].n, 2);
    for (uint32_t i = 0; i < n; i++)
        bx_buf_str(out, items[i]);
}

/* A face's glyphs are flattened once: of two issues most characters are the same. */
static bool add_program(const bx_cff *cff, uint32_t glyph, bx_buf *out) {
    bx_str known = cff->file ? bx_face_outline(cff->file, glyph) : (bx_str){0};
    if (known.n) {
        bx_buf_str(out, known);
        return true;
    }
    size_t start = out->n;
    if (!bx_charstring_flatten(cff, glyph, out))
        return false;
    if (cff->file)
        bx_face_keep_outline(cff->file, glyph,
                             (bx_str){out->p + start, (uint32_t)(out->n - start)});
    return true;
}

static bool gather_programs(bx_arena *arena, const uint32_t *glyphs, subset *s) {
    bool used[FONTS_MAX] = {false};
    uint8_t new_fonts[FONTS_MAX] = {0};
    s->programs = bx_buf_new(arena);
    s->ends = bx_new_n(arena, uint32_t, s->n_glyphs);
    s->fonts = bx_new_n(arena, uint8_t, s->n_glyphs);
    for (uint32_t i = 0; i < s->n_glyphs; i++) {
        uint32_t glyph = i == 0 ? 0 : glyphs[i - 1];
        if (glyph >= s->cff->charstrings.n || !add_program(s->cff, glyph, &s->programs))
            return false;
        s->ends[i] = (uint32_t)s->programs.n;
        s->fonts[i] = (uint8_t)bx_cff_font_of(s->cff, glyph);
        used[s->fonts[i]] = true;
    }
    for (uint32_t i = 0; i < FONTS_MAX; i++)
        if (used[i]) {
            new_fonts[i] = (uint8_t)s->n_fonts;
            s->old_fonts[s->n_fonts++] = (uint8_t)i;
        }
    for (uint32_t i = 0; i < s->n_glyphs; i++)
        s->fonts[i] = new_fonts[s->fonts[i]];
    return true;
}

static void put_programs(bx_buf *out, const subset *s) {
    size_t size = s->programs.n + 1;
    uint32_t width = size < 1 << 8 ? 1 : size < 1 << 16 ? 2 : size < 1 << 24 ? 3 : 4;
    put(out, s->n_glyphs, 2);
    put(out, width, 1);
    put(out, 1, width);
    for (uint32_t i = 0; i < s->n_glyphs; i++)
        put(out, s->ends[i] + 1, width);
    bx_buf_str(out, bx_buf_view(&s->programs));
}

/* Format 3, ranges, or 0, one byte a glyph: the shorter. */
static void put_fd_select(bx_buf *out, const subset *s) {
    uint32_t ranges = 1;
    for (uint32_t i = 1; i < s->n_glyphs; i++)
        ranges += s->fonts[i] != s->fonts[i - 1];
    if (5 + 3 * ranges > 1 + s->n_glyphs) {
        put(out, 0, 1);
        bx_buf_add(out, s->fonts, s->n_glyphs);
        return;
    }
    put(out, 3, 1);
    put(out, ranges, 2);
    for (uint32_t i = 0; i < s->n_glyphs; i++)
        if (i == 0 || s->fonts[i] != s->fonts[i - 1]) {
            put(out, i, 2);
            put(out, s->fonts[i], 1);
        }
    put(out, s->n_glyphs, 2);
}

static bx_str private_dict(bx_arena *arena, const bx_cff_font *font) {
    bx_buf out = bx_buf_new(arena);
    put_entry(&out, font->default_width, BX_CFF_DEFAULT_WIDTH);
    put_entry(&out, font->nominal_width, BX_CFF_NOMINAL_WIDTH);
    return bx_buf_view(&out);
}

/* The Private DICTs, then the INDEX of Font DICTs, which say where those are. Returns where the
 * INDEX is. */
static size_t put_fonts(bx_buf *out, const subset *s) {
    bx_str dicts[FONTS_MAX];
    for (uint32_t i = 0; i < s->n_fonts; i++) {
        const bx_cff_font *font = &s->cff->fonts[s->old_fonts[i]];
        bx_str private = private_dict(out->arena, font);
        bx_buf dict = bx_buf_new(out->arena);
        put_entry(&dict, font->matrix, BX_CFF_MATRIX);
        put_int(&dict, private.n);
        put_int(&dict, out->n);
        put_op(&dict, BX_CFF_PRIVATE);
        dicts[i] = bx_buf_view(&dict);
        bx_buf_str(out, private);
    }
    size_t at = out->n;
    put_index(out, dicts, s->n_fonts);
    return at;
}

/* Where the parts stand; the font is written twice, first to learn it. */
typedef struct places {
    size_t charset, fd_select, charstrings, fd_array;
} places;

static bx_str top_dict(bx_arena *arena, const subset *s, const places *at) {
    enum { FIRST_STRING = 391 }; /* 391 standard strings come before a font's own */
    bx_buf out = bx_buf_new(arena);
    put_int(&out, FIRST_STRING);
    put_int(&out, FIRST_STRING + 1);
    put_int(&out, 0);
    put_op(&out, BX_CFF_ROS); /* must come first */
    put_entry(&out, s->cff->bbox, BX_CFF_BBOX);
    put_entry(&out, s->cff->matrix, BX_CFF_MATRIX);
    put_int(&out, s->n_glyphs);
    put_op(&out, BX_CFF_CID_COUNT);
    put_int(&out, at->charset);
    put_op(&out, BX_CFF_CHARSET);
    put_int(&out, at->fd_select);
    put_op(&out, BX_CFF_FD_SELECT);
    put_int(&out, at->charstrings);
    put_op(&out, BX_CFF_CHARSTRINGS);
    put_int(&out, at->fd_array);
    put_op(&out, BX_CFF_FD_ARRAY);
    return bx_buf_view(&out);
}

static void put_font(bx_buf *out, const subset *s, places *at) {
    const bx_str strings[] = {BX_STR("Adobe"), BX_STR("Identity")};
    bx_str top = top_dict(out->arena, s, at);
    out->n = 0;
    bx_buf_add(out, "\1\0\4\4", 4);
    put_index(out, &s->cff->name, 1);
    put_index(out, &top, 1);
    put_index(out, strings, 2);
    put(out, 0, 2); /* no global subroutines */
    at->charset = out->n;
    put(out, 2, 1); /* one range: glyph 1 is CID 1, and so on */
    put(out, 1, 2);
    put(out, s->n_glyphs - 2, 2);
    at->fd_select = out->n;
    put_fd_select(out, s);
    at->charstrings = out->n;
    put_programs(out, s);
    at->fd_array = put_fonts(out, s);
}

bool bx_cff_subset(bx_arena *arena, const bx_cff *cff, const uint32_t *glyphs, uint32_t n,
                   bx_str *out) {
    subset s = {.cff = cff, .n_glyphs = n + 1};
    if (n == 0 || n >= UINT16_MAX || !gather_programs(arena, glyphs, &s))
        return false;
    bx_buf body = bx_buf_new(arena);
    bx_buf_room(&body, s.programs.n + 4 * (size_t)s.n_glyphs + 4096);
    places at = {0};
    put_font(&body, &s, &at);
    put_font(&body, &s, &at);
    *out = bx_buf_view(&body);
    return true;
}
