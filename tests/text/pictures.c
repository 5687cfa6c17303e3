/* Draws the pictures of docs/typography.md: each row of docs/pictures/pictures.tsv (name, text,
 * options, and a second set of options to compare with, or nothing) becomes docs/pictures/NAME.svg.
 * Glyphs are drawn as outlines over the measure and its ems.
 *
 *     typography_pictures FOLDER */
#include "setup.h"

#include <hb.h>
#include <stdio.h>
#include <stdlib.h>

enum { UNIT = TEST_EM / 32, MARGIN = 16, PITCH = 56 }; /* an em is 32 pixels */

typedef struct pen {
    FILE *out;
    double x, y, scale; /* of the glyph being drawn */
} pen;

static double px(const pen *p, float x) { return p->x + (double)x * p->scale; }
static double py(const pen *p, float y) { return p->y - (double)y * p->scale; }

static void move_to(hb_draw_funcs_t *f, void *data, hb_draw_state_t *st, float x, float y,
                    void *user) {
    (void)f, (void)st, (void)user;
    pen *p = data;
    fprintf(p->out, "M%.1f %.1f", px(p, x), py(p, y));
}

static void line_to(hb_draw_funcs_t *f, void *data, hb_draw_state_t *st, float x, float y,
                    void *user) {
    (void)f, (void)st, (void)user;
    pen *p = data;
    fprintf(p->out, "L%.1f %.1f", px(p, x), py(p, y));
}

static void cubic_to(hb_draw_funcs_t *f, void *data, hb_draw_state_t *st, float ax, float ay,
                     float bx, float by, float x, float y, void *user) {
    (void)f, (void)st, (void)user;
    pen *p = data;
    fprintf(p->out, "C%.1f %.1f %.1f %.1f %.1f %.1f", px(p, ax), py(p, ay), px(p, bx), py(p, by),
            px(p, x), py(p, y));
}

static void close_path(hb_draw_funcs_t *f, void *data, hb_draw_state_t *st, void *user) {
    (void)f, (void)st, (void)user;
    fputc('Z', ((pen *)data)->out);
}

static void draw_run(pen *p, hb_draw_funcs_t *funcs, const bx_glyph_run *run, double left,
                     double base) {
    hb_font_t *font = bx_face_hb_font(run->face);
    for (uint32_t i = 0; i < run->n; i++) {
        p->x = left + (double)run->glyphs[i].x / UNIT;
        p->y = base - (double)run->glyphs[i].y / UNIT;
        p->scale = (double)run->size / UNIT / bx_face_get(run->face)->units_per_em;
#if HB_VERSION_ATLEAST(7, 0, 0)
        hb_font_draw_glyph(font, run->glyphs[i].id, funcs, p);
#else
        hb_font_get_glyph_shape(font, run->glyphs[i].id, funcs, p);
#endif
    }
}

/* The measure as a tinted field, an em a cell. */
static void draw_field(FILE *out, double top, bx_len measure, uint32_t lines) {
    int ems = (measure + TEST_EM - 1) / TEST_EM;
    fprintf(out, "<rect x=\"%d\" y=\"%.1f\" width=\"%.1f\" height=\"%u\" fill=\"#f3f0e8\"/>\n",
            MARGIN, top, (double)measure / UNIT, lines * PITCH);
    for (int i = 1; i < ems; i++)
        fprintf(out, "<path d=\"M%d %.1fv%u\" stroke=\"#e0d9c8\"/>\n", MARGIN + i * 32, top,
                lines * PITCH);
}

/* One setting of the text; returns the height used. */
static double draw_setting(setup *s, FILE *out, bx_str text, bx_str options, double top) {
    bx_arena *arena = bx_arena_new(&s->memory);
    bx_text_input in = setup_marked(s, arena, text);
    for (uint32_t i = 0; i < in.n_spans; i++)
        ((bx_text_span *)in.spans)[i].font.family = BX_STR("song");
    test_options o = setup_options(&in, options);
    bx_paragraph *p = bx_paragraph_new(arena, s->fonts, &in, s->report);
    bx_lines lines = o.fit ? bx_paragraph_fit(p, o.fit, arena)
                           : bx_paragraph_lines(p, o.measure, arena, s->report);
    bx_len field = o.fit ? o.fit : o.measure < BX_NO_MEASURE ? o.measure : lines.at[0].width;
    draw_field(out, top, field, lines.n);
    hb_draw_funcs_t *funcs = hb_draw_funcs_create();
    hb_draw_funcs_set_move_to_func(funcs, move_to, NULL, NULL);
    hb_draw_funcs_set_line_to_func(funcs, line_to, NULL, NULL);
    hb_draw_funcs_set_cubic_to_func(funcs, cubic_to, NULL, NULL);
    hb_draw_funcs_set_close_path_func(funcs, close_path, NULL, NULL);
    pen q = {.out = out};
    for (uint32_t i = 0; i < lines.n; i++) {
        const bx_line *line = &lines.at[i];
        fputs("<path d=\"", out);
        for (uint32_t k = 0; k < line->n_runs + line->n_extras; k++)
            draw_run(&q, funcs, k < line->n_runs ? &line->runs[k] : &line->extras[k - line->n_runs],
                     MARGIN, top + i * PITCH + 40);
        fputs("\"/>\n", out);
    }
    hb_draw_funcs_destroy(funcs);
    double used = (double)lines.n * PITCH;
    bx_arena_drop(arena);
    return used;
}

static bx_str cut(char **rest) {
    char *start = *rest ? *rest : (char *)"";
    size_t n = strcspn(start, "\t\n");
    *rest = start[n] == '\t' ? start + n + 1 : NULL;
    return (bx_str){start, (uint32_t)n};
}

static void picture(setup *s, const char *folder, char *row) {
    char *rest = row, path[1024];
    bx_str name = cut(&rest), text = cut(&rest);
    snprintf(path, sizeof path, "%s/%.*s.svg", folder, BX_STR_ARG(name));
    FILE *body = tmpfile(), *out = fopen(path, "w");
    if (!body || !out)
        exit(73);
    double top = MARGIN;
    while (rest) {
        bx_str options = cut(&rest);
        top += draw_setting(s, body, text, options, top) + MARGIN;
    }
    fprintf(out,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 560 %.0f\" width=\"560\">\n",
            top);
    fputs("<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n", out);
    rewind(body);
    for (int c; (c = fgetc(body)) != EOF;)
        fputc(c, out);
    fputs("</svg>\n", out);
    fclose(body);
    fclose(out);
}

int main(int argc, char **argv) {
    if (argc != 2)
        return 64;
    char path[1024], row[4096];
    snprintf(path, sizeof path, "%s/pictures.tsv", argv[1]);
    FILE *f = fopen(path, "r");
    if (!f)
        return 66;
    setup *s = setup_new();
    while (fgets(row, sizeof row, f))
        if (row[0] != '#' && row[0] != '\n')
            picture(s, argv[1], row);
    fclose(f);
    setup_drop(s);
    return 0;
}
