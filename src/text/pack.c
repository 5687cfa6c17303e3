/* Runs that are kept until their page is written, which of a long document is most of its memory.
 *
 * A glyph begins with a byte that says what of it is not as was to be expected: that it stands
 * where the one before it ends and stands for the text that follows, as many bytes of it; that it
 * is as wide, as high, and has as much white after it. The glyph's id follows, then what differs.
 * Han text takes four to six bytes a glyph instead of 28. */
#include "text/text.h"

enum { CLUSTER = 1, BYTES = 2, X = 4, Y = 8, ADVANCE = 16, WHITE = 32, WIDE_ID = 64 };
enum { MOST = 1 + 4 + 6 * 5 }; /* bytes of a glyph */

static bx_glyph before_first(const bx_glyph_run *run) {
    return (bx_glyph){.cluster = run->start, .x = run->x, .advance = 0};
}

/* Makes of a glyph what is to be expected after it. */
static void expect_next(bx_glyph *g) {
    g->cluster += g->bytes;
    g->x = (bx_len)((uint32_t)g->x + (uint32_t)g->advance + (uint32_t)g->white);
}

static uint8_t *put(uint8_t *p, uint32_t value) {
    for (; value >= 0x80; value >>= 7)
        *p++ = (uint8_t)(value | 0x80);
    *p++ = (uint8_t)value;
    return p;
}

static const uint8_t *take(const uint8_t *p, uint32_t *value) {
    *value = 0;
    for (int shift = 0;; shift += 7) {
        *value |= (uint32_t)(*p & 0x7F) << shift;
        if (*p++ < 0x80)
            return p;
    }
}

/* Numbers near 0, above or below it, are small. */
static uint32_t fold(uint32_t value) { return value << 1 ^ (0 - (value >> 31)); }
static uint32_t unfold(uint32_t value) { return value >> 1 ^ (0 - (value & 1)); }

static uint8_t *pack_glyph(uint8_t *p, const bx_glyph *g, const bx_glyph *guess) {
    uint8_t *flags = p++;
    *flags = 0;
    *p++ = (uint8_t)g->id;
    *p++ = (uint8_t)(g->id >> 8);
    if (g->id > 0xFFFF) {
        *flags |= WIDE_ID;
        p = put(p, g->id >> 16);
    }
#define PUT(flag, field)                                                                           \
    if (g->field != guess->field) {                                                                \
        *flags |= flag;                                                                            \
        p = put(p, fold((uint32_t)g->field - (uint32_t)guess->field));                             \
    }
    PUT(CLUSTER, cluster)
    PUT(BYTES, bytes)
    PUT(X, x)
    PUT(Y, y)
    PUT(ADVANCE, advance)
    PUT(WHITE, white)
#undef PUT
    return p;
}

static const uint8_t *unpack_differences(const uint8_t *p, uint8_t flags, bx_glyph *g) {
    uint32_t value;
    if (flags & WIDE_ID) {
        p = take(p, &value);
        g->id |= value << 16;
    }
#define TAKE(flag, field, type)                                                                    \
    if (flags & flag) {                                                                            \
        p = take(p, &value);                                                                       \
        g->field = (type)((uint32_t)g->field + unfold(value));                                     \
    }
    TAKE(CLUSTER, cluster, uint32_t)
    TAKE(BYTES, bytes, uint32_t)
    TAKE(X, x, bx_len)
    TAKE(Y, y, bx_len)
    TAKE(ADVANCE, advance, bx_len)
    TAKE(WHITE, white, bx_len)
#undef TAKE
    return p;
}

void bx_runs_pack(bx_arena *arena, bx_glyph_run *runs, uint32_t n) {
    size_t glyphs = 0;
    for (uint32_t i = 0; i < n; i++)
        glyphs += runs[i].n;
    uint8_t *bytes = bx_alloc_raw_n(arena, glyphs, MOST), *p = bytes;
    for (uint32_t i = 0; i < n; i++) {
        const bx_glyph *from = runs[i].glyphs;
        bx_glyph guess = before_first(&runs[i]);
        runs[i].bytes = p;
        runs[i].packed = true;
        for (uint32_t g = 0; g < runs[i].n; g++) {
            p = pack_glyph(p, &from[g], &guess);
            guess = from[g];
            expect_next(&guess);
        }
    }
    bx_trim(arena, bytes, (size_t)(p - bytes));
}

bx_glyph_run bx_run_unpack(bx_arena *arena, const bx_glyph_run *run) {
    bx_glyph_run out = *run;
    if (!run->packed)
        return out;
    bx_glyph *glyphs = bx_alloc_raw_n(arena, run->n, sizeof *glyphs), g = before_first(run);
    const uint8_t *p = run->bytes;
    for (uint32_t i = 0; i < run->n; i++) {
        uint8_t flags = p[0];
        g.id = p[1] | (uint32_t)p[2] << 8;
        p += 3;
        if (flags)
            p = unpack_differences(p, flags, &g);
        glyphs[i] = g;
        expect_next(&g);
    }
    out.glyphs = glyphs;
    out.packed = false;
    return out;
}
