/* Runs as text: two-byte codes in TJ arrays, positions kept to a thousandth of an em.
 *
 * Positions are tracked in 1/1000000 pt. With the size in 1/1000 pt, a width of w/1000 em is
 * exactly w × size of these, so the pen here stands where a viewer's stands and errors do not add
 * up. */
#include "output/pdf/cluster.h"
#include "output/pdf/pen.h"

typedef struct bx_show {
    bx_pen *pen;
    const bx_glyph_run *run;
    const bx_font_use *font;
    const bx_glyph_use **uses; /* of the run's glyphs; NULL: one that the font does not use */
    uint32_t tag;              /* whose content the run is */
    uint32_t line_end;         /* the glyph after the line's last that is no blank; 0: not here */
    int64_t size;              /* 1/1000 pt */
    int64_t spacing;           /* Tc, 1/1000000 pt */
} bx_show;

static int64_t micro(int64_t len) { return len * 15625 / 16; }

static int64_t nearest(int64_t a, int64_t b) {
    return a >= 0 ? (a + b / 2) / b : -((-a + b / 2) / b);
}

/* A gap between neighbours, beyond the glyphs' own widths, in 1/1000 of the size. */
typedef struct bx_gap_kind {
    int64_t thousandths;
    int64_t least, most; /* gaps of this kind, 1/1000000 pt */
    int64_t sum;
    uint32_t count;
} bx_gap_kind;

static bx_gap_kind kind_of(int64_t gap, int64_t size) {
    int64_t thousandths = nearest(gap, size), middle = thousandths * size, half = size / 2;
    /* What rounds to 0 does so from both sides. */
    return (bx_gap_kind){.thousandths = thousandths,
                         .least = middle - (thousandths > 0 ? half : size - half - 1),
                         .most = middle + (thousandths < 0 ? half : size - half - 1)};
}

enum { GAP_KINDS = 8 };

/* The kinds of gaps in the run, those that come first. */
static uint32_t count_gaps(const bx_show *s, bx_gap_kind kinds[GAP_KINDS]) {
    const bx_glyph *glyphs = s->run->glyphs;
    uint32_t n = 0;
    for (uint32_t i = 0; i + 1 < s->run->n; i++) {
        if (!s->uses[i])
            continue;
        int64_t gap = micro(glyphs[i + 1].x - glyphs[i].x) - s->uses[i]->width * s->size;
        uint32_t k = 0;
        while (k < n && (gap < kinds[k].least || gap > kinds[k].most))
            k++;
        if (k == GAP_KINDS)
            continue;
        if (k == n)
            kinds[n++] = kind_of(gap, s->size);
        kinds[k].sum += gap;
        kinds[k].count++;
    }
    return n;
}

/* The gap that most neighbours in the run have: justification gives nearly all of a line the same.
 * Written once as Tc it need not stand between the glyphs. */
static int64_t common_gap(const bx_show *s) {
    enum { AT_LEAST = 4 };
    bx_gap_kind kinds[GAP_KINDS];
    uint32_t n = count_gaps(s, kinds), best = 0, zero = 0;
    for (uint32_t k = 0; k < n; k++) {
        if (kinds[k].thousandths == 0)
            zero = kinds[k].count;
        if (kinds[k].count > kinds[best].count)
            best = k;
    }
    if (n == 0 || kinds[best].thousandths == 0 || kinds[best].count < AT_LEAST ||
        kinds[best].count <= zero)
        return 0;
    return nearest(kinds[best].sum, (int64_t)kinds[best].count * 10) * 10;
}

/* A Type 3 face is cut into parts, of which the code's upper byte is the number. */
static void set_font(bx_show *s, const bx_glyph_use *use) {
    bx_ink *ink = &s->pen->ink;
    uint32_t part = s->font->one_byte ? use->code >> 8 : 0, font = s->font->number | part << 16;
    if (ink->font == font && ink->size == s->size)
        return;
    bx_pen_flush(s->pen);
    ink->font = font;
    ink->size = s->size;
    if (s->font->one_byte)
        bx_buf_fmt(&s->pen->out, "/F%u.%u ", s->font->number, part);
    else
        bx_buf_fmt(&s->pen->out, "/F%u ", s->font->number);
    bx_pdf_number(&s->pen->out, s->size, 3);
    bx_buf_str(&s->pen->out, BX_STR(" Tf\n"));
}

static void set_spacing(bx_show *s, int64_t spacing) {
    if (s->pen->ink.spacing == spacing)
        return;
    bx_pen_flush(s->pen);
    s->pen->ink.spacing = spacing;
    bx_pdf_number(&s->pen->out, spacing, 6);
    bx_buf_str(&s->pen->out, BX_STR(" Tc\n"));
}

/* Brings the viewer's pen to x (1/1024 pt) on the baseline (1/1000 pt, upward). */
static void move_to(bx_show *s, bx_len x, int64_t baseline) {
    bx_pen *pen = s->pen;
    if (pen->in_text && pen->placed && pen->line_y == baseline) {
        int64_t off = pen->at - micro(x);
        if (off <= s->size && off >= -s->size)
            return;
        int64_t thousandths = nearest(off, s->size);
        if (pen->string)
            bx_buf_char(&pen->codes, ')');
        pen->string = false;
        pen->array = true;
        bx_pdf_number(&pen->codes, thousandths, 0);
        pen->at -= thousandths * s->size;
        return;
    }
    bx_pen_flush(pen);
    bx_pen_begin_text(pen);
    int64_t milli = bx_milli(x);
    bx_pdf_number(&pen->out, milli - pen->line_x, 3);
    bx_buf_char(&pen->out, ' ');
    bx_pdf_number(&pen->out, baseline - pen->line_y, 3);
    bx_buf_str(&pen->out, BX_STR(" Td\n"));
    pen->line_x = milli;
    pen->line_y = baseline;
    pen->at = milli * 1000;
    pen->placed = true;
}

enum { BYTE_MOST = 2 }; /* of a byte in a string */

static char *code_byte(char *p, uint8_t byte) {
    if (byte == '(' || byte == ')' || byte == '\\' || byte == '\r')
        *p++ = '\\';
    *p++ = byte == '\r' ? 'r' : (char)byte;
    return p;
}

/* The glyph at the pen's place, in the font that is set. */
static void show_code(bx_show *s, const bx_glyph_use *use) {
    bx_buf *codes = &s->pen->codes;
    bx_buf_room(codes, 1 + 2 * BYTE_MOST);
    char *p = codes->p + codes->n;
    if (!s->pen->string)
        *p++ = '(';
    s->pen->string = true;
    if (!s->font->one_byte)
        p = code_byte(p, (uint8_t)(use->code >> 8));
    p = code_byte(p, (uint8_t)use->code);
    codes->n = (size_t)(p - codes->p);
    s->pen->at += use->width * s->size + s->pen->ink.spacing;
}

static void show_glyph(bx_show *s, uint32_t i, bx_len x, bx_len y) {
    const bx_glyph *glyph = &s->run->glyphs[i];
    set_font(s, s->uses[i]);
    move_to(s, x + glyph->x, bx_milli(s->pen->height - y + glyph->y));
    show_code(s, s->uses[i]);
}

/* May the glyph's own mapping speak for the cluster? (ISO 32000-1, 14.9.4; ISO 19005-2, 6.2.11.7.3)
 */
static bool speaks_for_itself(const bx_show *s, const bx_glyph_cluster *cluster) {
    if (cluster->n != 1 || cluster->text.n == 0 || cluster->white > 0)
        return false;
    const bx_glyph_use *use = s->uses[cluster->first];
    return use && use->code != 0 && bx_is_same_text(use->text, cluster->text) && !use->is_private;
}

static void begin_span(bx_show *s, const bx_str *actual) {
    bx_pen_flush(s->pen);
    bx_pen_begin_span(s->pen, s->tag, actual ? "Span" : "ReversedChars", actual);
}

static void end_span(bx_show *s) {
    bx_pen_flush(s->pen);
    bx_pen_end_span(s->pen);
}

/* A blank of this width from x on, for replacement text to stand for: readers attach it to glyphs,
 * not to lines, and tell words by the white between glyphs. */
static void show_blank(bx_show *s, bx_len x, bx_len y, bx_len width) {
    enum { PERCENT = 1000 }; /* in thousandths */
    bx_pen *pen = s->pen;
    const bx_glyph_use *use = bx_usage_glyph(s->font, bx_face_glyph(s->run->face, ' ', 0));
    if (!use || use->code == 0 || use->width <= 0)
        return;
    int64_t natural = use->width * s->size;
    int64_t scale = nearest(micro(width) * 100 * PERCENT, natural);
    set_spacing(s, 0);
    set_font(s, use);
    move_to(s, x, bx_milli(pen->height - y));
    bx_pen_flush(pen);
    bx_pdf_number(&pen->out, scale, 3);
    bx_buf_str(&pen->out, BX_STR(" Tz\n"));
    show_code(s, use);
    bx_pen_flush(pen);
    bx_buf_str(&pen->out, BX_STR("100 Tz\n"));
    pen->at += nearest(natural * scale, 100 * PERCENT) - natural;
    set_spacing(s, s->spacing);
}

/* A character that no font has: .notdef may not be shown (ISO 14289-1, 7.21.8), so its box is drawn
 * and the text said beside it. */
static void missing_box(bx_show *s, const bx_glyph_cluster *cluster, bx_len x, bx_len y) {
    bx_pen *pen = s->pen;
    const bx_glyph *first = &s->run->glyphs[cluster->first];
    bx_len width = 0, em = s->run->size;
    for (uint32_t i = 0; i < cluster->n; i++)
        width += first[i].advance;
    begin_span(s, &cluster->text);
    bx_pen_end_text(pen);
    bx_pen_stroke(pen, s->run->span ? s->run->span->color : (bx_color){0}, em / 32);
    bx_pen_dash(pen, (bx_len[2]){0, 0});
    bx_len inset = em / 12, side = width - 2 * inset;
    if (side > 0) {
        bx_pen_x(pen, x + first->x + inset);
        bx_pen_y(pen, y - first->y);
        bx_pen_x(pen, side);
        bx_pdf_len(&pen->out, em * 3 / 4);
        bx_buf_str(&pen->out, BX_STR(" re S\n"));
    }
    show_blank(s, x + first->x, y - first->y, width);
    end_span(s);
}

static bool has_missing(const bx_show *s, const bx_glyph_cluster *cluster) {
    for (uint32_t i = 0; i < cluster->n; i++) {
        const bx_glyph_use *use = s->uses[cluster->first + i];
        if (!use || use->code == 0)
            return true;
    }
    return false;
}

/* The glyph after the last that stands for something other than a blank, or a line's end. */
static uint32_t inked_end(const bx_glyph_run *run) {
    uint32_t end = run->n;
    while (end > 0 && run->glyphs[end - 1].cluster < run->text.n &&
           (uint8_t)run->text.p[run->glyphs[end - 1].cluster] <= ' ')
        end--;
    return end;
}

/* A hyphen that was typed and ends a line: readers would drop it with the line's end, as one that
 * divides a word (poppler, Acrobat; ISO 32000-1, 14.8.2.2.3, has U+00AD for those). A space after
 * it says that the line ends here and the hyphen stays: in addresses, in code, alone in a cell. */
static bool is_last_hyphen(const bx_show *s, const bx_glyph_cluster *cluster) {
    return cluster->first + cluster->n == s->line_end && bx_str_is(cluster->text, "-");
}

/* With the text that it stands for beside it. */
static void show_spelled(bx_show *s, const bx_glyph_cluster *cluster, bx_str text, bx_len x,
                         bx_len y) {
    begin_span(s, &text);
    for (uint32_t i = 0; i < cluster->n; i++)
        show_glyph(s, cluster->first + i, x, y);
    const bx_glyph *last = &s->run->glyphs[cluster->first + cluster->n - 1];
    if (cluster->white > 0) /* under the character's own text, so that it is no space (R35) */
        show_blank(s, x + last->x + last->advance, y - last->y, cluster->white);
    end_span(s);
}

static void show_cluster(bx_show *s, const bx_glyph_cluster *cluster, bx_len x, bx_len y) {
    bool hyphen = is_last_hyphen(s, cluster);
    if (!hyphen && speaks_for_itself(s, cluster)) {
        if (s->pen->spans == 0)
            bx_pen_mark(s->pen, s->tag);
        show_glyph(s, cluster->first, x, y);
    } else if (has_missing(s, cluster)) {
        missing_box(s, cluster, x, y);
    } else {
        show_spelled(s, cluster, hyphen ? BX_STR("- ") : cluster->text, x, y);
    }
}

static bool is_blank(const bx_glyph_cluster *cluster) {
    return cluster->text.n == 0 || bx_cluster_is_white(cluster);
}

/* Text from right to left: words as they are read, and in each word the glyphs as they stand, which
 * is what readers of PDF take such text to be; ReversedChars says so (ISO 32000-1, 14.8.2.3.3). */
static void show_reversed(bx_show *s, bx_len x, bx_len y) {
    bx_arena *arena = s->pen->w->scratch;
    bx_glyph_cluster *clusters = bx_new_n(arena, bx_glyph_cluster, s->run->n);
    uint32_t n = 0;
    for (uint32_t at = 0; bx_glyph_cluster_next(arena, s->run, &at, &clusters[n]);)
        n++;
    begin_span(s, NULL);
    for (uint32_t end = n; end > 0;) {
        uint32_t start = end - 1;
        while (start > 0 && !is_blank(&clusters[end - 1]) && !is_blank(&clusters[start - 1]))
            start--;
        for (uint32_t i = start; i < end; i++)
            show_cluster(s, &clusters[i], x, y);
        bx_pen_flush(s->pen);
        end = start;
    }
    end_span(s);
}

/* The blank before a run that stands apart: the pen is still at the end of the one before it. */
static void show_gap(bx_show *s) {
    bx_pen *pen = s->pen;
    const bx_glyph_use *use = bx_usage_glyph(s->font, bx_face_glyph(s->run->face, ' ', 0));
    bx_pen_mark(pen, s->tag);
    if (!use || !pen->in_text || !pen->placed)
        return;
    set_font(s, use);
    show_code(s, use);
}

/* Blanks after a run, to the next cell of its row: two of them, since poppler passes over one. */
static void show_way(bx_show *s, const bx_placed *placed) {
    begin_span(s, &BX_STR("  "));
    show_blank(s, placed->x + s->run->x + s->run->width, placed->y, placed->blank_after);
    end_span(s);
}

static const bx_glyph_use **uses_of(const bx_show *s, bx_arena *arena) {
    const bx_glyph_use **uses = bx_alloc_raw_n(arena, s->run->n, sizeof *uses);
    for (uint32_t i = 0; i < s->run->n; i++)
        uses[i] = bx_usage_glyph(s->font, s->run->glyphs[i].id);
    return uses;
}

void bx_pen_run(bx_pen *pen, const bx_placed *placed) {
    bx_arena *scratch = pen->w->scratch;
    bx_glyph_run unpacked = bx_run_unpack(scratch, placed->item->run), *run = &unpacked;
    bx_show s = {.pen = pen, .run = run, .tag = placed->item->tag, .size = bx_milli(run->size)};
    if (placed->ends_line && !run->rtl)
        s.line_end = inked_end(run);
    s.font = bx_usage_font(&pen->w->usage, run->face);
    if (run->n == 0 || s.size <= 0)
        return;
    s.uses = uses_of(&s, scratch);
    bx_pen_fill(pen, run->span ? run->span->color : (bx_color){0});
    if (placed->blank_before)
        show_gap(&s);
    s.spacing = common_gap(&s);
    set_spacing(&s, s.spacing);
    if (run->rtl) {
        show_reversed(&s, placed->x, placed->y);
        return;
    }
    bx_glyph_cluster cluster;
    for (uint32_t at = 0; bx_glyph_cluster_next(scratch, run, &at, &cluster);)
        show_cluster(&s, &cluster, placed->x, placed->y);
    if (placed->blank_after)
        show_way(&s, placed);
}
