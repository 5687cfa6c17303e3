#include "output/pdf/cff.h"

typedef struct bx_bytes {
    const uint8_t *p;
    uint32_t n, at;
    bool bad; /* read past the end: zeros are given from then on */
} bx_bytes;

static uint32_t take(bx_bytes *in, uint32_t width) {
    uint32_t value = 0;
    if (in->n < width || in->at > in->n - width) {
        in->bad = true;
        return 0;
    }
    while (width-- > 0)
        value = value << 8 | in->p[in->at++];
    return value;
}

/* Reads an INDEX (5176, 5): its count, and where entry `pick` lies. Leaves `in` behind it. */
static uint32_t index_of(bx_bytes *in, uint32_t pick, bx_str *entry) {
    uint32_t count = take(in, 2);
    if (count == 0 || in->bad)
        return 0;
    uint32_t size = take(in, 1), offsets = in->at;
    uint64_t data = (uint64_t)offsets + (uint64_t)(count + 1) * size - 1;
    if (size < 1 || size > 4 || data >= in->n) {
        in->bad = true;
        return 0;
    }
    if (entry && pick < count) {
        in->at = offsets + pick * size;
        uint64_t start = data + take(in, size), end = data + take(in, size);
        if (start > end || end > in->n)
            in->bad = true;
        else
            *entry = (bx_str){(const char *)in->p + start, (uint32_t)(end - start)};
    }
    in->at = offsets + count * size;
    uint64_t after = data + take(in, size);
    if (after > in->n)
        in->bad = true;
    else
        in->at = (uint32_t)after;
    return count;
}

typedef struct bx_top {
    uint32_t charset, charstrings;
    bool cid_keyed;
} bx_top;

/* A real number's nibbles are of no interest; they end with 0xF. */
static void skip_real(bx_bytes *in) {
    for (;;) {
        uint32_t byte = take(in, 1);
        if (in->bad || (byte & 0xF) == 0xF || byte >> 4 == 0xF)
            return;
    }
}

static int32_t operand(bx_bytes *in, uint32_t b) {
    if (b == 28)
        return (int16_t)take(in, 2);
    if (b == 29)
        return (int32_t)take(in, 4);
    if (b == 30) {
        skip_real(in);
        return 0;
    }
    if (b <= 246)
        return (int32_t)b - 139;
    if (b <= 250)
        return ((int32_t)b - 247) * 256 + (int32_t)take(in, 1) + 108;
    return -((int32_t)b - 251) * 256 - (int32_t)take(in, 1) - 108;
}

/* The Top DICT's operators that matter: charset (15), CharStrings (17), ROS (12 30). */
static bx_top top_dict(bx_str dict) {
    bx_bytes in = {(const uint8_t *)dict.p, dict.n, 0, false};
    bx_top top = {0};
    int32_t last = 0;
    while (in.at < in.n && !in.bad) {
        uint32_t b = take(&in, 1);
        if (b >= 28 && b != 31 && b != 255) {
            last = operand(&in, b);
            continue;
        }
        if (b == 12)
            top.cid_keyed |= take(&in, 1) == 30;
        else if (b == 15)
            top.charset = (uint32_t)last;
        else if (b == 17)
            top.charstrings = (uint32_t)last;
    }
    return top;
}

/* Charset formats 0, 1 and 2 (5176, 13): glyph 0 is not listed. */
static void charset(bx_bytes *in, bx_cff *out) {
    uint32_t format = take(in, 1);
    for (uint32_t glyph = 1; glyph < out->n_glyphs && !in->bad;) {
        uint32_t first = take(in, 2);
        uint32_t left = format == 0 ? 0 : take(in, format == 1 ? 1 : 2);
        for (uint32_t i = 0; i <= left && glyph < out->n_glyphs; i++)
            out->cids[glyph++] = (uint16_t)(first + i);
    }
    if (format > 2)
        in->bad = true;
}

bool bx_cff_read(bx_arena *arena, bx_str table, bx_cff *out) {
    bx_bytes in = {(const uint8_t *)table.p, table.n, 0, false};
    *out = (bx_cff){0};
    in.at = 2;
    in.at = take(&in, 1); /* the header says how long it is */
    index_of(&in, 0, NULL);
    bx_str dict = {0};
    if (index_of(&in, 0, &dict) == 0 || in.bad)
        return false;
    bx_top top = top_dict(dict);
    in.at = top.charstrings;
    out->n_glyphs = index_of(&in, 0, NULL);
    if (out->n_glyphs == 0 || in.bad)
        return false;
    out->cid_keyed = top.cid_keyed;
    out->cids = bx_new_n(arena, uint16_t, out->n_glyphs);
    for (uint32_t i = 0; i < out->n_glyphs; i++)
        out->cids[i] = (uint16_t)i;
    if (top.cid_keyed && top.charset > 2) {
        in.at = top.charset;
        charset(&in, out);
    }
    return !in.bad;
}
