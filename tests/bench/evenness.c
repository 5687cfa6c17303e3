/* How even the lines of a text are, and how even they could be.
 *
 * Paragraphs are the lines of a file; each is set as the layouts set running text, at 20, 22 … 42
 * em. Prints, first for the lines as they are set:
 *
 *     deviation   standard deviation of the lines' stretch between Han at 42 em, in em
 *     worst       the most any line of any measure is stretched, in em
 *     beyond      lines of any measure that are stretched by more than 0.036 em
 *     excess      the most by which a paragraph's worst line is worse than it had to be, in em
 *     lonely      last lines with fewer than two characters, over all measures
 *     faults      overfull lines and lines that begin or end with a forbidden mark, likewise
 *
 * Lines in which no two Han stand side by side are not counted among the stretched.
 *
 * Beside them stands the least that any way of breaking could come to (bound.h), for each figure by
 * itself: under the rules as they are set, then with rules set aside that a press may set aside,
 * and one that none may: words divided anywhere, two letters before and three after.
 *
 *     evenness FILE [FAMILY] [INDENT IN EM] */
#include "base/utf8.h"
#include "support/bound.h"
#include "text/hyphenate.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { EM = 10752, NARROWEST = 20, WIDEST = 42 }; /* 10.5 pt */
static const double LIMIT = 0.036, SPARE = 0.25;  /* em */

typedef struct freedom {
    const char *name;
    bool hang, anywhere;
    bx_kinsoku kinsoku;
} freedom;

static const freedom freedoms[] = {
    {.name = "possible"},
    {.name = "hanging", .hang = true},
    {.name = "kinsoku none", .kinsoku = BX_KINSOKU_NONE},
    {.name = "words anywhere", .anywhere = true},
    {.name = "all three", .hang = true, .kinsoku = BX_KINSOKU_NONE, .anywhere = true},
};
enum { N_FREEDOMS = sizeof freedoms / sizeof *freedoms };

typedef struct figures {
    double sum, squares, worst; /* the sums at the widest measure */
    unsigned n, lines, beyond, lonely, faults;
    bx_str worst_line;
    int worst_measure;
} figures;

typedef struct bench {
    bx_memory *memory;
    const bx_fonts *fonts;
    const bx_hyphens *hyphens;
    const char *family;
    bx_len indent;
    figures reached, possible[N_FREEDOMS];
    double excess;
} bench;

static void add_to_deviation(figures *f, int measure, double stretch) {
    if (measure != WIDEST)
        return;
    f->sum += stretch;
    f->squares += stretch * stretch;
    f->n++;
}

static double deviation(const figures *f) {
    double mean = f->n ? f->sum / f->n : 0;
    return f->n ? sqrt(fmax(0, f->squares / f->n - mean * mean)) : 0;
}

/* The white between neighbouring Han of a line, in em; negative: it has none. */
static double stretch_of(const bx_paragraph *p, const bx_lines *lines, uint32_t i) {
    uint32_t n;
    const bx_cluster_view *v = bx_paragraph_clusters(p, lines, i, &n);
    double most = -1;
    for (uint32_t k = 0; k + 1 < n; k++) {
        uint32_t a = v[k].start, b = v[k + 1].start;
        if (bx_kind_of(bx_utf8_next(p->text, &a)) == BX_KIND_HAN &&
            bx_kind_of(bx_utf8_next(p->text, &b)) == BX_KIND_HAN)
            most = fmax(most, (double)(v[k + 1].x - v[k].x) / EM - 1);
    }
    return most;
}

static unsigned faults_of(const bx_paragraph *p, const bx_line *line) {
    uint32_t a = line->start, b = line->end;
    if (a >= b)
        return 0;
    bx_punct first = bx_punct_of(bx_utf8_next(p->text, &a), BX_REGION_GB);
    bx_punct last = bx_punct_of(bx_utf8_prev(p->text, &b), BX_REGION_GB);
    return (first == BX_P_CLOSE || first == BX_P_PAUSE || first == BX_P_STOP) + (last == BX_P_OPEN);
}

static void count_line(figures *f, int measure, double stretch, bx_str text) {
    f->lines++;
    f->beyond += stretch > LIMIT;
    add_to_deviation(f, measure, stretch);
    if (stretch > f->worst) {
        f->worst = stretch;
        f->worst_measure = measure;
        f->worst_line = text;
    }
}

/* Returns the most stretched line's stretch, as does bound_lines(). */
static double set_lines(bx_paragraph *p, int measure, figures *f, bx_arena *arena) {
    double worst = 0;
    bx_lines lines = bx_paragraph_lines(p, measure * EM, arena, p->report);
    for (uint32_t i = 0; i < lines.n; i++) {
        const bx_line *line = &lines.at[i];
        f->faults += faults_of(p, line);
        double stretch = line->forced ? -1 : stretch_of(p, &lines, i);
        worst = fmax(worst, stretch);
        if (stretch >= 0)
            count_line(f, measure, stretch, bx_str_sub(p->in.text, line->start, line->end));
    }
    f->faults += lines.overfull;
    if (lines.n > 1) {
        const bx_chosen *last = &p->latest[lines.n - 1];
        f->lonely += bx_measure_line(p, last->first, last->content).solid < 2;
    }
    return worst;
}

/* A break wherever two letters of a word stand before it and three after. */
static void divide_anywhere(bx_paragraph *p) {
    for (uint32_t i = 0, end; i < p->clusters.n; i = end + 1) {
        for (end = i; end < p->clusters.n && p->clusters.at[end].kind == BX_KIND_LETTER;)
            end++;
        for (uint32_t k = i + 2; k + 3 <= end; k++) {
            bx_cluster *c = &p->clusters.at[k];
            if (c->before == BX_BREAK_NO || c->before == BX_BREAK_LAST)
                c->before = BX_BREAK_HYPHENATE;
        }
    }
}

static double bound_lines(const bx_paragraph *p, int measure, figures *f, bx_arena *arena) {
    bound_ask ask = {.measure = measure * EM, .limit = LIMIT, .spare = SPARE};
    double worst = 0;
    ask.aim = BOUND_WORST;
    bound b = bound_of(p, &ask, arena);
    for (uint32_t i = 0; i < b.n; i++)
        worst = fmax(worst, b.at[i].stretch);
    f->worst = fmax(f->worst, worst);
    ask.aim = BOUND_BEYOND;
    b = bound_of(p, &ask, arena);
    for (uint32_t i = 0; i < b.n; i++)
        f->beyond += b.at[i].stretch > LIMIT;
    ask.aim = BOUND_SQUARES;
    b = bound_of(p, &ask, arena);
    for (uint32_t i = 0; i < b.n; i++)
        if (b.at[i].shows)
            add_to_deviation(f, measure, b.at[i].stretch);
    return worst;
}

static bx_paragraph *new_paragraph(const bench *b, bx_str text, const freedom *free,
                                   bx_arena *arena) {
    bx_text_span *span = bx_new(arena, bx_text_span);
    *span = (bx_text_span){
        .end = text.n, .font = {.family = bx_str_of(b->family), .weight = 400}, .size = EM};
    bx_text_input input = {.text = text,
                           .spans = span,
                           .n_spans = 1,
                           .size = EM,
                           .pitch = EM * 2,
                           .lang = BX_STR("zh-Hans"),
                           .edge_trim = true,
                           .hyphens = b->hyphens,
                           .set = {.autospace = 256,
                                   .indent = b->indent,
                                   .hyphenation = BX_HYPHENATE_ON,
                                   .kinsoku = free->kinsoku,
                                   .hang = free->hang}};
    return bx_paragraph_new(arena, b->fonts, &input, bx_report_new(arena, bx_sources_new(arena)));
}

static void measure_text(bench *b, bx_str text) {
    bx_arena *arena = bx_arena_new(b->memory);
    double reached[(WIDEST - NARROWEST) / 2 + 1];
    bx_paragraph *p = new_paragraph(b, text, &freedoms[0], arena);
    for (int m = NARROWEST; m <= WIDEST; m += 2)
        reached[(m - NARROWEST) / 2] = set_lines(p, m, &b->reached, arena);
    for (size_t k = 0; k < N_FREEDOMS; k++) {
        p = new_paragraph(b, text, &freedoms[k], arena);
        bx_hyphenate(p);
        if (freedoms[k].anywhere)
            divide_anywhere(p);
        for (int m = NARROWEST; m <= WIDEST; m += 2) {
            double possible = bound_lines(p, m, &b->possible[k], arena);
            if (k == 0)
                b->excess = fmax(b->excess, reached[(m - NARROWEST) / 2] - possible);
        }
    }
    bx_arena_drop(arena);
}

static bx_str read_file(bx_arena *arena, const char *path) {
    FILE *file = fopen(path, "rb");
    if (!file) {
        perror(path);
        exit(66);
    }
    bx_buf buf = bx_buf_new(arena);
    char block[65536];
    for (size_t n; (n = fread(block, 1, sizeof block, file)) > 0;)
        bx_buf_add(&buf, block, n);
    fclose(file);
    return bx_buf_view(&buf);
}

static void print(const bench *b) {
    const figures *r = &b->reached;
    printf("\treached");
    for (size_t k = 0; k < N_FREEDOMS; k++)
        printf("\t%s", freedoms[k].name);
    printf("\ndeviation\t%.4f", deviation(r));
    for (size_t k = 0; k < N_FREEDOMS; k++)
        printf("\t%.4f", deviation(&b->possible[k]));
    printf("\nworst\t%.4f", r->worst);
    for (size_t k = 0; k < N_FREEDOMS; k++)
        printf("\t%.4f", b->possible[k].worst);
    printf("\nbeyond\t%u", r->beyond);
    for (size_t k = 0; k < N_FREEDOMS; k++)
        printf("\t%u", b->possible[k].beyond);
    printf("\nexcess\t%.4f\nlonely\t%u\nfaults\t%u\nlines\t%u\n", b->excess, r->lonely, r->faults,
           r->lines);
    printf("the worst, at %d em: %.*s\n", r->worst_measure, BX_STR_ARG(r->worst_line));
}

int main(int argc, char **argv) {
    if (argc < 2)
        return 64;
    bx_memory memory = {0};
    bx_arena *arena = bx_arena_new(&memory);
    bx_report *report = bx_report_new(arena, bx_sources_new(arena));
    bx_font_options options = {.table = BX_STR(BX_SOURCE_DIR "/fonts/families.yaml")};
    bx_fonts *fonts = bx_fonts_open(arena, &options, report);
    if (!fonts)
        return 69;
    bx_str folder = BX_STR("/usr/share/hyphen");
    bench b = {.memory = &memory,
               .fonts = fonts,
               .hyphens = bx_hyphens_open(arena, &folder, 1),
               .family = argc > 2 ? argv[2] : "song",
               .indent = (bx_len)((argc > 3 ? atof(argv[3]) : 0) * EM)};
    bx_str all = read_file(arena, argv[1]);
    for (uint32_t at = 0; at < all.n;) {
        uint32_t end = at;
        while (end < all.n && all.p[end] != '\n')
            end++;
        if (end > at)
            measure_text(&b, bx_str_sub(all, at, end));
        at = end + 1;
    }
    print(&b);
    bx_arena_drop(arena);
    return 0;
}
