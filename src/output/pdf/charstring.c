#include "output/pdf/charstring.h"

/* The stack's depth and that of calls (5177, appendix B); and bounds on what a glyph may come to,
 * which no font comes near: small programs that call each other could run for ever. */
enum { OPERANDS_MAX = 48, CALLS_DEEP = 10, CALLS_MAX = 10000, GLYPH_MAX = 1 << 20 };
/* A program is copied out of the font's file; a larger one, which is rare, is read where it stands.
 */
enum { COPIED_MAX = 2048 };

enum {
    OP_HSTEM = 1,
    OP_VSTEM = 3,
    OP_VMOVETO = 4,
    OP_RLINETO = 5,
    OP_RRCURVETO = 8,
    OP_CALLSUBR = 10,
    OP_RETURN = 11,
    OP_ESCAPE = 12,
    OP_ENDCHAR = 14,
    OP_HSTEMHM = 18,
    OP_HINTMASK = 19,
    OP_CNTRMASK = 20,
    OP_RMOVETO = 21,
    OP_HMOVETO = 22,
    OP_VSTEMHM = 23,
    OP_RCURVELINE = 24,
    OP_HHCURVETO = 27,
    OP_SHORT = 28,
    OP_CALLGSUBR = 29,
    OP_VHCURVETO = 30,
    OP_HVCURVETO = 31,
    OP_FIXED = 255,
};
enum { ESC_DOTSECTION = 0, ESC_HFLEX = 34, ESC_FLEX1 = 37 };

/* Operands are copied as they come and taken back when their operator goes. */
typedef struct flat {
    const bx_cff *cff;
    const bx_cff_index *local;
    bx_buf *out;
    size_t operands[OPERANDS_MAX]; /* where each stands in `out` */
    uint32_t n;                    /* of them */
    uint32_t width;                /* 1: the first of them is the glyph's width */
    bool begun;                    /* an operator that may have the width before it is behind */
    bool ended;
    uint32_t stems, calls;
    size_t first; /* where the glyph begins in `out` */
} flat;

static bool run(flat *f, bx_str program, int depth);

/* Longer than any operand: so much is copied of each, whatever its length, which saves a branch
 * that nothing foretells. */
enum { OPERAND_ROOM = 8 };

static bool is_operand(uint8_t b) { return b >= 32 || b == OP_SHORT; }

/* Copies operands up to the next operator. Returns where that is, NULL when one is cut short or
 * there are too many. */
static const uint8_t *push_operands(flat *f, const uint8_t *p, const uint8_t *end) {
    char *to = f->out->p + f->out->n;
    uint32_t n = f->n;
    for (; p < end && is_operand(*p); n++) {
        uint32_t length = 1 + (*p > 246) + 3 * (*p == OP_FIXED) + 2 * (*p == OP_SHORT);
        if (length > (size_t)(end - p) || n == OPERANDS_MAX)
            return NULL;
        f->operands[n] = (size_t)(to - f->out->p);
        if (end - p >= OPERAND_ROOM)
            memcpy(to, p, OPERAND_ROOM);
        else
            memcpy(to, p, length);
        to += length;
        p += length;
    }
    f->n = n;
    f->out->n = (size_t)(to - f->out->p);
    return p;
}

/* The last operand as a whole number, taken off. */
static bool pop_number(flat *f, int32_t *number) {
    if (f->n <= f->width)
        return false;
    size_t at = f->operands[--f->n];
    const uint8_t *p = (const uint8_t *)f->out->p + at;
    f->out->n = at;
    if (p[0] == OP_FIXED)
        return false;
    *number = p[0] == OP_SHORT ? (int16_t)(p[1] << 8 | p[2])
              : p[0] <= 246    ? p[0] - 139
              : p[0] <= 250    ? (p[0] - 247) * 256 + p[1] + 108
                               : -(p[0] - 251) * 256 - p[1] - 108;
    return true;
}

static bool call(flat *f, const bx_cff_index *subrs, int depth) {
    int32_t number;
    int32_t bias = subrs->n < 1240 ? 107 : subrs->n < 33900 ? 1131 : 32768; /* 5176, 16 */
    if (depth >= CALLS_DEEP || ++f->calls > CALLS_MAX || !pop_number(f, &number))
        return false;
    number += bias;
    return number >= 0 && (uint32_t)number < subrs->n &&
           run(f, bx_cff_entry(subrs, (uint32_t)number), depth + 1);
}

/* Tells whether the first operand is the width: before the first operator that clears the stack
 * there may be one more operand than it takes. */
static void meet_width(flat *f, bool one_more) {
    if (!f->begun)
        f->width = one_more;
    f->begun = true;
}

/* Takes off the operands of a stem or mask, which hints are; the width waits for what comes next.
 */
static void drop_stems(flat *f) {
    meet_width(f, f->n % 2);
    f->stems += (f->n - f->width) / 2;
    if (f->n > f->width)
        f->out->n = f->operands[f->width];
    f->n = f->width;
}

static void keep(flat *f, uint8_t op) {
    f->out->p[f->out->n++] = (char)op;
    f->n = f->width = 0;
}

static bool end_glyph(flat *f) {
    meet_width(f, f->n == 1 || f->n == 5);
    if (f->n - f->width >= 4)
        return false;
    keep(f, OP_ENDCHAR);
    f->ended = true;
    return true;
}

static bool escape(flat *f, uint8_t op) {
    if (op == ESC_DOTSECTION) {
        drop_stems(f); /* none: it has no operands */
        return true;
    }
    if (op < ESC_HFLEX || op > ESC_FLEX1)
        return false;
    f->out->p[f->out->n++] = OP_ESCAPE;
    keep(f, op);
    return true;
}

/* What an operator without bytes of its own does; calls apart. */
static bool operate(flat *f, uint8_t op) {
    switch (op) {
    case OP_HSTEM:
    case OP_VSTEM:
    case OP_HSTEMHM:
    case OP_VSTEMHM:
        drop_stems(f);
        return true;
    case OP_VMOVETO:
    case OP_HMOVETO:
    case OP_RMOVETO:
        meet_width(f, f->n > (op == OP_RMOVETO ? 2 : 1));
        keep(f, op);
        return true;
    case OP_ENDCHAR:
        return end_glyph(f);
    default:
        if (!(op >= OP_RLINETO && op <= OP_RRCURVETO) &&
            !(op >= OP_RCURVELINE && op <= OP_HHCURVETO) && op != OP_VHCURVETO &&
            op != OP_HVCURVETO)
            return false;
        keep(f, op);
        return true;
    }
}

static bool run(flat *f, bx_str program, int depth) {
    if (!program.n)
        return true; /* an empty one has no bytes to point at */
    if (f->out->n - f->first > GLYPH_MAX)
        return false;
    const uint8_t *p = (const uint8_t *)program.p, *end = p + program.n;
    bx_buf_room(f->out, program.n + OPERAND_ROOM);
    while (p < end && !f->ended) {
        p = push_operands(f, p, end);
        if (!p)
            return false;
        if (p == end)
            break;
        uint8_t b = *p++;
        if (b == OP_CALLSUBR || b == OP_CALLGSUBR) {
            if (!call(f, b == OP_CALLSUBR ? f->local : &f->cff->subrs, depth))
                return false;
            bx_buf_room(f->out, (size_t)(end - p) + OPERAND_ROOM);
        } else if (b == OP_RETURN) {
            return depth > 0;
        } else if (b == OP_HINTMASK || b == OP_CNTRMASK) {
            drop_stems(f); /* a vstem before it may leave out its operator */
            size_t length = (f->stems + 7) / 8;
            if (length > (size_t)(end - p))
                return false;
            p += length;
        } else if (b == OP_ESCAPE) {
            if (p == end || !escape(f, *p++))
                return false;
        } else if (!operate(f, b)) {
            return false;
        }
    }
    return true;
}

bool bx_charstring_flatten(const bx_cff *cff, uint32_t glyph, bx_buf *out) {
    const bx_cff_font *font = &cff->fonts[bx_cff_font_of(cff, glyph)];
    flat f = {.cff = cff, .local = &font->subrs, .out = out, .first = out->n};
    bx_str program = bx_cff_entry(&cff->charstrings, glyph);
    char copy[COPIED_MAX];
    if (cff->file && program.n <= COPIED_MAX && bx_face_read(cff->file, program, copy))
        program.p = copy;
    return run(&f, program, 0) && f.ended;
}
