#include "output/pdf/cff.h"

typedef struct bx_bytes {
    const uint8_t *p;
    uint32_t n, at;
    bool bad; /* read past the end: zeros are given from then on */
} bx_bytes;

static bx_bytes bytes_of(bx_str s, uint32_t at) {
    return (bx_bytes){(const uint8_t *)s.p, s.n, at, false};
}

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

static bx_str slice(bx_bytes *in, uint64_t start, uint64_t end) {
    if (start > end || end > in->n) {
        in->bad = true;
        return (bx_str){0};
    }
    return (bx_str){(const char *)in->p + start, (uint32_t)(end - start)};
}

/* Reads an INDEX (5176, 5): its count, and entry `pick`. Leaves `in` behind it. */
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
        uint64_t start = data + take(in, size);
        *entry = slice(in, start, data + take(in, size));
    }
    in->at = offsets + count * size;
    uint64_t after = data + take(in, size);
    in->bad |= after > in->n;
    in->at = in->bad ? in->n : (uint32_t)after;
    return count;
}

/* The operators of DICTs that matter; those of two bytes have 12 in front (5176, 9, 10, 15). */
enum {
    OP_BBOX = 5,
    OP_CHARSET = 15,
    OP_CHARSTRINGS = 17,
    OP_PRIVATE = 18,
    OP_SUBRS = 19,
    OP_MATRIX = 12 << 8 | 7,
    OP_ROS = 12 << 8 | 30,
    OP_FD_ARRAY = 12 << 8 | 36,
    OP_FD_SELECT = 12 << 8 | 37,
};

typedef struct bx_entry {
    uint32_t op;
    int32_t last[2]; /* the last two operands; reals count as 0 */
    bx_str operands; /* as they stand */
} bx_entry;

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

/* The next operator with its operands. false at the end. */
static bool next_entry(bx_bytes *in, bx_entry *e) {
    *e = (bx_entry){0};
    uint32_t start = in->at;
    while (in->at < in->n && !in->bad) {
        uint32_t here = in->at, b = take(in, 1);
        if (b >= 28 && b != 31 && b != 255) {
            e->last[0] = e->last[1];
            e->last[1] = operand(in, b);
            continue;
        }
        e->operands = slice(in, start, here);
        e->op = b == 12 ? 12 << 8 | take(in, 1) : b;
        return !in->bad;
    }
    return false;
}

/* Charset formats 0, 1 and 2 (5176, 13): glyph 0 is not listed. */
static bool read_charset(bx_bytes in, bx_cff *out) {
    uint32_t format = take(&in, 1);
    for (uint32_t glyph = 1; glyph < out->n_glyphs && !in.bad;) {
        uint32_t first = take(&in, 2);
        uint32_t left = format == 0 ? 0 : take(&in, format == 1 ? 1 : 2);
        for (uint32_t i = 0; i <= left && glyph < out->n_glyphs; i++)
            out->cids[glyph++] = (uint16_t)(first + i);
    }
    return format <= 2 && !in.bad;
}

static bool read_private(bx_str table, const bx_entry *e, bx_cff_private *out) {
    bx_bytes in = bytes_of(table, 0);
    if (e->last[0] < 0 || e->last[1] < 0)
        return false;
    out->dict = slice(&in, (uint64_t)e->last[1], (uint64_t)e->last[1] + (uint64_t)e->last[0]);
    bx_entry entry;
    for (bx_bytes dict = bytes_of(out->dict, 0); !in.bad && next_entry(&dict, &entry);)
        out->has_subrs |= entry.op == OP_SUBRS;
    return !in.bad;
}

static bool read_fonts(bx_arena *arena, bx_str table, uint32_t fd_array, bx_cff *out) {
    bx_bytes in = bytes_of(table, fd_array);
    out->n_fonts = index_of(&in, 0, NULL);
    out->fonts = bx_new_n(arena, bx_cff_private, out->n_fonts);
    for (uint32_t i = 0; i < out->n_fonts && !in.bad; i++) {
        bx_str dict = {0};
        bx_entry e;
        in.at = fd_array;
        index_of(&in, i, &dict);
        for (bx_bytes d = bytes_of(dict, 0); next_entry(&d, &e);) {
            if (e.op == OP_PRIVATE && !read_private(table, &e, &out->fonts[i]))
                return false;
            if (e.op == OP_MATRIX)
                out->fonts[i].matrix = e.operands;
        }
    }
    return !in.bad && out->n_fonts > 0 && out->n_fonts <= 256;
}

/* FDSelect formats 0 and 3 (5176, 19). */
static bool read_fd_select(bx_str table, uint32_t at, bx_cff *out) {
    bx_bytes in = bytes_of(table, at);
    uint32_t format = take(&in, 1), size = 1 + out->n_glyphs;
    if (format == 3)
        size = 1 + 2 + 3 * take(&in, 2) + 2;
    out->fd_select = slice(&in, at, (uint64_t)at + size);
    return !in.bad && (format == 0 || format == 3);
}

typedef struct bx_top {
    uint32_t charset, charstrings, fd_array, fd_select;
} bx_top;

static bool read_top(bx_arena *arena, bx_str table, bx_str dict, bx_top *top, bx_cff *out) {
    bx_bytes in = bytes_of(dict, 0);
    for (bx_entry e; next_entry(&in, &e);) {
        uint32_t offset = e.last[1] < 0 ? UINT32_MAX : (uint32_t)e.last[1];
        if (e.op == OP_CHARSET)
            top->charset = offset;
        else if (e.op == OP_CHARSTRINGS)
            top->charstrings = offset;
        else if (e.op == OP_FD_ARRAY)
            top->fd_array = offset;
        else if (e.op == OP_FD_SELECT)
            top->fd_select = offset;
        else if (e.op == OP_ROS)
            out->cid_keyed = true;
        else if (e.op == OP_BBOX)
            out->bbox = e.operands;
        else if (e.op == OP_MATRIX)
            out->matrix = e.operands;
        else if (e.op == OP_PRIVATE) {
            out->n_fonts = 1;
            out->fonts = bx_new(arena, bx_cff_private);
            if (!read_private(table, &e, out->fonts))
                return false;
        }
    }
    return !in.bad;
}

bool bx_cff_read(bx_arena *arena, bx_str table, bx_cff *out) {
    bx_bytes in = bytes_of(table, 2);
    *out = (bx_cff){0};
    in.at = take(&in, 1); /* the header says how long it is */
    bx_str dict = {0};
    if (index_of(&in, 0, &out->name) == 0 || index_of(&in, 0, &dict) == 0)
        return false;
    index_of(&in, 0, NULL); /* strings */
    out->has_subrs = index_of(&in, 0, NULL) > 0;
    bx_top top = {0};
    if (in.bad || !read_top(arena, table, dict, &top, out))
        return false;
    in.at = top.charstrings;
    out->n_glyphs = index_of(&in, 0, NULL);
    if (out->n_glyphs == 0 || in.bad)
        return false;
    out->charstrings = slice(&in, top.charstrings, in.at);
    out->cids = bx_new_n(arena, uint16_t, out->n_glyphs);
    for (uint32_t i = 0; i < out->n_glyphs; i++)
        out->cids[i] = (uint16_t)i;
    if (!out->cid_keyed)
        return out->n_fonts == 1;
    /* 0, 1 and 2 are charsets of glyph names, which a CID-keyed font cannot have. */
    if (top.charset > 2 && !read_charset(bytes_of(table, top.charset), out))
        return false;
    return read_fonts(arena, table, top.fd_array, out) && read_fd_select(table, top.fd_select, out);
}

/* Does a glyph end with four operands: an accented letter made of two others, named by their codes?
 * Hints are gone from subsets, so a mask, whose length only they tell, is taken as a yes. */
static bool composes(bx_str charstring) {
    bx_bytes in = bytes_of(charstring, 0);
    uint32_t operands = 0;
    while (in.at < in.n) {
        uint32_t b = take(&in, 1);
        if (b == 28 || b >= 32) {
            take(&in, b == 28 ? 2 : b <= 246 ? 0 : b < 255 ? 1 : 4);
            operands++;
        } else if (b == 14) {
            return operands >= 4;
        } else if (b == 19 || b == 20 || b == 10 || b == 29) {
            return true;
        } else {
            if (b == 12)
                take(&in, 1);
            operands = 0;
        }
    }
    return false;
}

static bool fit_to_compact(const bx_cff *cff) {
    bool fit = !cff->has_subrs && cff->n_glyphs > 1;
    for (uint32_t i = 0; i < cff->n_fonts; i++)
        fit &= !cff->fonts[i].has_subrs;
    for (uint32_t i = 0; fit && !cff->cid_keyed && i < cff->n_glyphs; i++) {
        bx_str charstring = {0};
        bx_bytes in = bytes_of(cff->charstrings, 0);
        index_of(&in, i, &charstring);
        fit = !composes(charstring);
    }
    return fit;
}

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

/* Where the parts stand; the Top DICT is written twice, first to learn its length. */
typedef struct bx_places {
    size_t charset, fd_select, charstrings, fd_array;
} bx_places;

static bx_str top_dict(bx_arena *arena, const bx_cff *cff, const bx_places *at) {
    enum { FIRST_STRING = 391 }; /* 391 standard strings come before a font's own */
    bx_buf out = bx_buf_new(arena);
    put_int(&out, FIRST_STRING);
    put_int(&out, FIRST_STRING + 1);
    put_int(&out, 0);
    put_op(&out, OP_ROS); /* must come first */
    put_entry(&out, cff->bbox, OP_BBOX);
    put_entry(&out, cff->matrix, OP_MATRIX);
    put_int(&out, cff->n_glyphs);
    put_op(&out, 12 << 8 | 34); /* CIDCount */
    put_int(&out, at->charset);
    put_op(&out, OP_CHARSET);
    put_int(&out, at->fd_select);
    put_op(&out, OP_FD_SELECT);
    put_int(&out, at->charstrings);
    put_op(&out, OP_CHARSTRINGS);
    put_int(&out, at->fd_array);
    put_op(&out, OP_FD_ARRAY);
    return bx_buf_view(&out);
}

static void put_fonts(bx_buf *out, const bx_cff *cff) {
    /* The Private DICTs first, so that the Font DICTs can say where they are. */
    bx_str *dicts = bx_new_n(out->arena, bx_str, cff->n_fonts);
    for (uint32_t i = 0; i < cff->n_fonts; i++) {
        bx_buf dict = bx_buf_new(out->arena);
        put_entry(&dict, cff->fonts[i].matrix, OP_MATRIX);
        put_int(&dict, cff->fonts[i].dict.n);
        put_int(&dict, out->n);
        put_op(&dict, OP_PRIVATE);
        dicts[i] = bx_buf_view(&dict);
        bx_buf_str(out, cff->fonts[i].dict);
    }
    put_index(out, dicts, cff->n_fonts);
}

static size_t private_bytes(const bx_cff *cff) {
    size_t n = 0;
    for (uint32_t i = 0; i < cff->n_fonts; i++)
        n += cff->fonts[i].dict.n;
    return n;
}

bool bx_cff_compact(bx_arena *arena, const bx_cff *cff, bx_str *out) {
    if (!fit_to_compact(cff))
        return false;
    bx_buf body = bx_buf_new(arena);
    bx_places at = {0};
    for (int round = 0; round < 2; round++) {
        bx_str top = top_dict(arena, cff, &at);
        const bx_str strings[] = {BX_STR("Adobe"), BX_STR("Identity")};
        body.n = 0;
        bx_buf_add(&body, "\1\0\4\4", 4);
        put_index(&body, &cff->name, 1);
        put_index(&body, &top, 1);
        put_index(&body, strings, 2);
        put(&body, 0, 2); /* no global subroutines */
        at.charset = body.n;
        put(&body, 2, 1); /* one range: glyph 1 is CID 1, and so on */
        put(&body, 1, 2);
        put(&body, cff->n_glyphs - 2, 2);
        at.fd_select = body.n;
        if (cff->fd_select.n)
            bx_buf_str(&body, cff->fd_select);
        else { /* one range of one font: glyphs 0 … n */
            put(&body, 3, 1);
            put(&body, 1, 2);
            put(&body, 0, 3);
            put(&body, cff->n_glyphs, 2);
        }
        at.charstrings = body.n;
        bx_buf_str(&body, cff->charstrings);
        at.fd_array = body.n + private_bytes(cff);
        put_fonts(&body, cff);
    }
    *out = bx_buf_view(&body);
    return true;
}
