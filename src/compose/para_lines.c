/* From a paragraph's text to its lines.
 *
 * Shaping and breaking need some twenty times the memory that the lines do, so they work in scratch
 * memory and the lines are copied out of it. A page is set again and again, a paragraph is shaped
 * once, or twice when its width is asked for first and it then takes several lines. */
#include "compose/composer.h"
#include "compose/para.h"

enum { SHORT_TEXT = 512 }; /* bytes: kept on one line when its width was asked for */

typedef struct copy {
    bx_arena *arena, *blocks; /* of runs, which go to the pages, and of lines */
    const bx_text_input *input;
    bx_str from, to; /* the text that runs index, and where it is now */
} copy;

/* Runs of one paragraph share their text, which is nearly always the input's own. */
static bx_str copy_text(copy *k, bx_str text) {
    if (text.p == k->from.p && text.n == k->from.n)
        return k->to;
    k->from = text;
    k->to = bx_str_eq(text, k->input->text) ? k->input->text : bx_str_dup(k->arena, text);
    return k->to;
}

/* Spans are the input's, but for those that text/ made itself. */
static const bx_text_span *copy_span(copy *k, const bx_text_span *span) {
    const bx_text_span *first = k->input->spans;
    if (!span || (span >= first && span < first + k->input->n_spans))
        return span;
    bx_text_span *own = bx_new(k->arena, bx_text_span);
    *own = *span;
    return own;
}

static const bx_glyph_run *copy_runs(copy *k, const bx_glyph_run *runs, uint32_t n) {
    bx_glyph_run *out = bx_new_n(k->arena, bx_glyph_run, n);
    for (uint32_t i = 0; i < n; i++) {
        out[i] = runs[i];
        out[i].text = copy_text(k, runs[i].text);
        out[i].span = copy_span(k, runs[i].span);
    }
    bx_runs_pack(k->arena, out, n);
    return out;
}

static const bx_placed_object *copy_objects(copy *k, const bx_placed_object *objects, uint32_t n) {
    bx_placed_object *out = bx_new_n(k->blocks, bx_placed_object, n);
    for (uint32_t i = 0; i < n; i++)
        out[i] = (bx_placed_object){copy_span(k, objects[i].span), objects[i].x};
    return out;
}

static bx_lines copy_lines(bx_composer *c, const bx_text_input *input, const bx_lines *lines) {
    copy k = {.arena = c->arena, .blocks = c->blocks, .input = input};
    bx_line *out = bx_new_n(c->blocks, bx_line, lines->n);
    for (uint32_t i = 0; i < lines->n; i++) {
        const bx_line *line = &lines->at[i];
        out[i] = *line;
        out[i].runs = copy_runs(&k, line->runs, line->n_runs);
        out[i].extras = line->n_extras ? copy_runs(&k, line->extras, line->n_extras) : NULL;
        out[i].objects = line->n_objects ? copy_objects(&k, line->objects, line->n_objects) : NULL;
    }
    return (bx_lines){out, lines->n, lines->overfull};
}

static bx_len inset(const bx_para *para) {
    return para->start + para->end + para->role->start + para->role->end;
}

void bx_para_forget(bx_para *para) {
    para->measure = -1;
    para->measured = false;
    para->one = para->lines = (bx_lines){0};
}

bx_extent bx_para_extent(bx_composer *c, bx_block *block) {
    bx_para *para = (bx_para *)block;
    if (!para->measured) {
        bx_mark mark = bx_arena_mark(c->scratch);
        bx_paragraph *shaped = bx_paragraph_new(c->scratch, c->fonts, &para->input, c->report);
        para->extent = (bx_extent){bx_paragraph_least(shaped), bx_paragraph_natural(shaped)};
        if (!para->one.n && para->input.text.n <= SHORT_TEXT && !para->input.set.indent) {
            bx_lines one = bx_paragraph_lines(shaped, BX_NO_MEASURE, c->scratch, c->report);
            if (one.n == 1) /* a forced break makes more */
                para->one = copy_lines(c, &para->input, &one);
        }
        para->measured = true;
        bx_arena_rewind(c->scratch, mark);
    }
    bx_len in = inset(para);
    return (bx_extent){para->extent.least + in, para->extent.natural + in};
}

/* The one line serves any measure that holds it, moved to where the alignment wants it. */
static bool use_one(bx_para *para, bx_len measure) {
    if (!para->one.n || para->extent.natural > measure)
        return false;
    bx_align align = para->input.set.align;
    bx_len room = measure < BX_NO_MEASURE ? measure - para->one.at[0].width : 0;
    para->lines = para->one;
    para->shift = align == BX_ALIGN_END ? room : align == BX_ALIGN_CENTER ? room / 2 : 0;
    return true;
}

/* A line that had room to spare serves other measures, too. (Read from the right it does not begin
 * at 0 then, and stays where it is.) */
static void keep_one(bx_para *para, bx_len natural) {
    bx_align align = para->input.set.align;
    bool start = align == BX_ALIGN_START || align == BX_ALIGN_JUSTIFY;
    if (para->lines.n != 1 || natural >= para->measure || !start || para->lines.at[0].x != 0)
        return;
    para->one = para->lines;
    para->extent.natural = natural;
}

const bx_lines *bx_para_lines(bx_composer *c, bx_para *para, bx_len width) {
    bx_len measure = BX_NO_MEASURE;
    if (width < BX_NO_MEASURE)
        measure = bx_len_max(width - inset(para), para->input.size);
    if (para->measure == measure)
        return &para->lines;
    para->measure = measure;
    para->shift = 0;
    if (use_one(para, measure))
        return &para->lines;
    bx_mark mark = bx_arena_mark(c->scratch);
    bx_paragraph *shaped = bx_paragraph_new(c->scratch, c->fonts, &para->input, c->report);
    bx_lines lines = bx_paragraph_lines(shaped, measure, c->scratch, c->report);
    para->lines = copy_lines(c, &para->input, &lines);
    keep_one(para, bx_paragraph_natural(shaped));
    bx_arena_rewind(c->scratch, mark);
    return &para->lines;
}
