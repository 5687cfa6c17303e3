/* How even the lines of a text are. Paragraphs are the lines of a file; each is set at 42 em and at
 * 20, 22 … 42 em. Prints four figures:
 *
 *     deviation   standard deviation of the lines' stretch between Han at 42 em, in em
 *     worst       the most any line of any measure is stretched, in em
 *     lonely      last lines with fewer than two characters, over all measures
 *     faults      overfull lines and lines that begin or end with a forbidden mark, over all
 * measures
 *
 *     evenness FILE [FAMILY] [INDENT IN EM] */
#include "base/utf8.h"
#include "text/hyphenate.h"
#include "text/paragraph.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { EM = 10752, NARROWEST = 20, WIDEST = 42 }; /* 10.5 pt */

typedef struct figures {
    double sum, squares, worst;
    unsigned lines, lonely, faults;
    bx_str worst_line;
    int worst_measure;
} figures;

/* The white between two neighbouring Han of a line, in em: the first such pair tells. */
static double stretch_of(const bx_paragraph *p, const bx_lines *lines, uint32_t i, bool *has) {
    uint32_t n;
    const bx_cluster_view *v = bx_paragraph_clusters(p, lines, i, &n);
    *has = false;
    double most = 0;
    for (uint32_t k = 0; k + 1 < n; k++) {
        uint32_t a = v[k].start, b = v[k + 1].start;
        bx_kind ka = bx_kind_of(bx_utf8_next(p->text, &a)),
                kb = bx_kind_of(bx_utf8_next(p->text, &b));
        if (ka != BX_KIND_HAN || kb != BX_KIND_HAN)
            continue;
        *has = true;
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

static void measure_text(bx_memory *memory, const bx_fonts *fonts, bx_str text,
                         const bx_hyphens *hyphens, const char *family, bx_len indent, int measure,
                         figures *f) {
    bx_arena *arena = bx_arena_new(memory);
    bx_report *report = bx_report_new(arena, bx_sources_new(arena));
    bx_text_span span = {
        .end = text.n, .font = {.family = bx_str_of(family), .weight = 400}, .size = EM};
    bx_text_input input = {
        .text = text,
        .spans = &span,
        .n_spans = 1,
        .size = EM,
        .pitch = EM * 2,
        .lang = BX_STR("zh-Hans"),
        .edge_trim = true,
        .hyphens = hyphens,
        .set = {.autospace = 256, .indent = indent, .hyphenation = BX_HYPHENATE_ON}};
    bx_paragraph *p = bx_paragraph_new(arena, fonts, &input, report);
    bx_lines lines = bx_paragraph_lines(p, measure * EM, arena, report);
    for (uint32_t i = 0; i < lines.n; i++) {
        f->faults += faults_of(p, &lines.at[i]);
        if (lines.at[i].forced)
            continue;
        bool has;
        double s = stretch_of(p, &lines, i, &has);
        if (!has)
            continue;
        f->sum += s;
        f->squares += s * s;
        f->lines++;
        if (s > f->worst) {
            f->worst = s;
            f->worst_measure = measure;
            f->worst_line = bx_str_sub(text, lines.at[i].start, lines.at[i].end);
        }
    }
    f->faults += lines.overfull;
    if (lines.n > 1)
        f->lonely +=
            bx_measure_line(p, p->latest[lines.n - 1].first, p->latest[lines.n - 1].content).solid <
            2;
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
    const char *family = argc > 2 ? argv[2] : "song";
    bx_len indent = (bx_len)((argc > 3 ? atof(argv[3]) : 0) * EM);
    bx_str folder = BX_STR("/usr/share/hyphen");
    const bx_hyphens *hyphens = bx_hyphens_open(arena, &folder, 1);
    bx_str all = read_file(arena, argv[1]);
    figures body = {0}, every = {0};
    for (int measure = NARROWEST; measure <= WIDEST; measure += 2) {
        figures *f = measure == WIDEST ? &body : &every;
        for (uint32_t at = 0; at < all.n;) {
            uint32_t end = at;
            while (end < all.n && all.p[end] != '\n')
                end++;
            if (end > at)
                measure_text(&memory, fonts, bx_str_sub(all, at, end), hyphens, family, indent,
                             measure, f);
            at = end + 1;
        }
    }
    double mean = body.lines ? body.sum / body.lines : 0;
    double variance = body.lines ? body.squares / body.lines - mean * mean : 0;
    const figures *worst = body.worst > every.worst ? &body : &every;
    printf("deviation\t%.4f\nworst\t%.4f\t%d em\t%.*s\nlonely\t%u\nfaults\t%u\n",
           sqrt(fmax(variance, 0)), worst->worst, worst->worst_measure,
           BX_STR_ARG(worst->worst_line), body.lonely + every.lonely, body.faults + every.faults);
    bx_arena_drop(arena);
    return 0;
}
