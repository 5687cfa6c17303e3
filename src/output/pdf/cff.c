#include "output/pdf/cff.h"

#include "output/pdf/cff_dict.h"

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

/* Reads an INDEX and leaves `in` behind it. */
static bx_cff_index take_index(bx_bytes *in) {
    bx_cff_index index = {.n = take(in, 2)};
    if (index.n == 0 || in->bad)
        return (bx_cff_index){0};
    index.width = take(in, 1);
    if (index.width < 1 || index.width > 4)
        in->bad = true;
    uint64_t data = in->at + (uint64_t)(index.n + 1) * index.width - 1;
    index.offsets = slice(in, in->at, data + 1);
    if (in->bad)
        return (bx_cff_index){0};
    in->at += index.n * index.width;
    index.data = slice(in, data, data + take(in, index.width));
    in->at = in->bad ? in->n : (uint32_t)data + index.data.n;
    return in->bad ? (bx_cff_index){0} : index;
}

bx_str bx_cff_entry(const bx_cff_index *index, uint32_t i) {
    bx_bytes offsets = bytes_of(index->offsets, i * index->width), data = bytes_of(index->data, 0);
    uint32_t start = take(&offsets, index->width), end = take(&offsets, index->width);
    return offsets.bad || start == 0 ? (bx_str){0} : slice(&data, start, end);
}

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

/* Where the Private DICT's subroutines are is told from its own beginning (5176, 16). */
static bool read_private(bx_str table, const bx_entry *e, bx_cff_font *out) {
    if (e->last[0] < 0 || e->last[1] < 0)
        return false;
    bx_bytes in = bytes_of(table, 0);
    uint64_t start = (uint32_t)e->last[1], subrs = 0;
    bx_bytes dict = bytes_of(slice(&in, start, start + (uint32_t)e->last[0]), 0);
    for (bx_entry entry; next_entry(&dict, &entry);) {
        if (entry.op == BX_CFF_DEFAULT_WIDTH)
            out->default_width = entry.operands;
        else if (entry.op == BX_CFF_NOMINAL_WIDTH)
            out->nominal_width = entry.operands;
        else if (entry.op == BX_CFF_SUBRS && entry.last[1] > 0)
            subrs = start + (uint32_t)entry.last[1];
    }
    if (subrs > table.n)
        return false;
    in.at = (uint32_t)subrs;
    if (subrs)
        out->subrs = take_index(&in);
    return !in.bad;
}

static bool read_fonts(bx_arena *arena, uint32_t fd_array, bx_cff *out) {
    bx_bytes in = bytes_of(out->table, fd_array);
    bx_cff_index dicts = take_index(&in);
    out->n_fonts = dicts.n;
    out->fonts = bx_new_n(arena, bx_cff_font, dicts.n);
    for (uint32_t i = 0; i < dicts.n; i++) {
        bx_bytes dict = bytes_of(bx_cff_entry(&dicts, i), 0);
        for (bx_entry e; next_entry(&dict, &e);) {
            if (e.op == BX_CFF_PRIVATE && !read_private(out->table, &e, &out->fonts[i]))
                return false;
            if (e.op == BX_CFF_MATRIX)
                out->fonts[i].matrix = e.operands;
        }
    }
    return !in.bad && dicts.n > 0 && dicts.n <= 256;
}

/* FDSelect formats 0 and 3 (5176, 19). */
enum { FD_HEAD = 3, FD_RANGE = 3 };

static bool read_fd_select(uint32_t at, bx_cff *out) {
    bx_bytes in = bytes_of(out->table, at);
    uint32_t format = take(&in, 1), size = 1 + out->charstrings.n;
    if (format == 3)
        size = FD_HEAD + FD_RANGE * take(&in, 2) + 2;
    out->fd_select = slice(&in, at, (uint64_t)at + size);
    return !in.bad && (format == 0 || (format == 3 && size > FD_HEAD + 2));
}

/* The range, of those that begin with a glyph, a font, that has the glyph: the last one that does
 * not begin after it. */
static uint32_t font_of_range(bx_str select, uint32_t glyph) {
    uint32_t low = 0, high = (select.n - FD_HEAD - 2) / FD_RANGE;
    while (high - low > 1) {
        uint32_t middle = (low + high) / 2;
        bx_bytes in = bytes_of(select, FD_HEAD + FD_RANGE * middle);
        if (take(&in, 2) <= glyph)
            low = middle;
        else
            high = middle;
    }
    return (uint8_t)select.p[FD_HEAD + FD_RANGE * low + 2];
}

uint32_t bx_cff_font_of(const bx_cff *cff, uint32_t glyph) {
    if (cff->fd_select.n == 0)
        return 0;
    uint32_t font = cff->fd_select.p[0] == 3 ? font_of_range(cff->fd_select, glyph)
                                             : (uint8_t)cff->fd_select.p[1 + glyph];
    return font < cff->n_fonts ? font : 0;
}

typedef struct bx_top {
    uint32_t charstrings, fd_array, fd_select;
} bx_top;

static bool read_top(bx_arena *arena, bx_str dict, bx_top *top, bx_cff *out) {
    bx_bytes in = bytes_of(dict, 0);
    for (bx_entry e; next_entry(&in, &e);) {
        uint32_t offset = e.last[1] < 0 ? UINT32_MAX : (uint32_t)e.last[1];
        if (e.op == BX_CFF_CHARSET)
            out->charset = offset;
        else if (e.op == BX_CFF_CHARSTRINGS)
            top->charstrings = offset;
        else if (e.op == BX_CFF_FD_ARRAY)
            top->fd_array = offset;
        else if (e.op == BX_CFF_FD_SELECT)
            top->fd_select = offset;
        else if (e.op == BX_CFF_ROS)
            out->cid_keyed = true;
        else if (e.op == BX_CFF_BBOX)
            out->bbox = e.operands;
        else if (e.op == BX_CFF_MATRIX)
            out->matrix = e.operands;
        else if (e.op == BX_CFF_PRIVATE) {
            out->n_fonts = 1;
            out->fonts = bx_new(arena, bx_cff_font);
            if (!read_private(out->table, &e, out->fonts))
                return false;
        }
    }
    return !in.bad;
}

bool bx_cff_read(bx_arena *arena, bx_str table, bx_cff *out) {
    *out = (bx_cff){.table = table};
    bx_bytes in = bytes_of(table, 2);
    in.at = take(&in, 1); /* the header says how long it is */
    bx_cff_index names = take_index(&in), tops = take_index(&in);
    take_index(&in); /* strings */
    out->subrs = take_index(&in);
    if (in.bad || names.n == 0 || tops.n == 0)
        return false;
    out->name = bx_cff_entry(&names, 0);
    bx_top top = {0};
    if (!read_top(arena, bx_cff_entry(&tops, 0), &top, out))
        return false;
    in.at = top.charstrings;
    out->charstrings = take_index(&in);
    if (out->charstrings.n == 0)
        return false;
    if (!out->cid_keyed)
        return out->n_fonts == 1;
    return read_fonts(arena, top.fd_array, out) && read_fd_select(top.fd_select, out);
}

/* Charset formats 0, 1 and 2 (5176, 13): glyph 0 is not listed. */
static bool read_charset(bx_bytes in, uint16_t *cids, uint32_t n) {
    uint32_t format = take(&in, 1);
    for (uint32_t glyph = 1; glyph < n && !in.bad;) {
        uint32_t first = take(&in, 2);
        uint32_t left = format == 0 ? 0 : take(&in, format == 1 ? 1 : 2);
        for (uint32_t i = 0; i <= left && glyph < n; i++)
            cids[glyph++] = (uint16_t)(first + i);
    }
    return format <= 2 && !in.bad;
}

const uint16_t *bx_cff_cids(bx_arena *arena, const bx_cff *cff) {
    uint32_t n = cff->charstrings.n;
    uint16_t *cids = bx_new_n(arena, uint16_t, n);
    for (uint32_t i = 0; i < n; i++)
        cids[i] = (uint16_t)i;
    /* 0, 1 and 2 are charsets of glyph names, which a CID-keyed font cannot have. */
    bool listed = cff->cid_keyed && cff->charset > 2;
    return !listed || read_charset(bytes_of(cff->table, cff->charset), cids, n) ? cids : NULL;
}
