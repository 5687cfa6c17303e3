/* Runs the tables of tests/text/cases: text, options, what must hold, why. See cases/README.md. */
#include "setup.h"
#include "support/cmocka_all.h"

#include "base/utf8.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

enum { TOLERANCE = TEST_EM / 100 };

static setup *shared;

typedef struct trial {
    bx_arena *arena;
    bx_paragraph *p;
    bx_lines lines;
    bx_report *report;
} trial;

static bx_str em_list(trial *t, const bx_len *v, uint32_t n) {
    bx_buf out = bx_buf_new(t->arena);
    for (uint32_t i = 0; i < n; i++) {
        char text[32];
        snprintf(text, sizeof text, "%.3f", (double)v[i] / TEST_EM);
        size_t k = strlen(text);
        while (text[k - 1] == '0')
            text[--k] = 0;
        if (text[k - 1] == '.')
            text[--k] = 0;
        bx_buf_fmt(&out, "%s%s", i ? " " : "", strcmp(text, "-0") == 0 ? "0" : text);
    }
    return bx_buf_view(&out);
}

/* Two lists of numbers, the same within the tolerance. */
static bool same_numbers(bx_str got, bx_str want) {
    const char *a = got.p, *b = want.p, *ea = got.p + got.n, *eb = want.p + want.n;
    while (a < ea && b < eb) {
        char *na, *nb;
        double x = strtod(a, &na), y = strtod(b, &nb);
        if (na == a || nb == b || x - y > 0.0101 || y - x > 0.0101)
            return false;
        a = na + (na < ea && *na == ' ');
        b = nb + (nb < eb && (*nb == ' ' || *nb == '|'));
    }
    return a >= ea && b >= eb;
}

static bx_str values(trial *t, char what) {
    BX_VEC(bx_len) list = {0};
    for (uint32_t i = 0; i < t->lines.n; i++) {
        const bx_line *line = &t->lines.at[i];
        uint32_t n;
        const bx_cluster_view *v = bx_paragraph_clusters(t->p, &t->lines, i, &n);
        if (what == 'w')
            bx_push(t->arena, &list, line->width);
        else if (what == 'n')
            bx_push(t->arena, &list, line->natural);
        for (uint32_t k = 0; k < n && (what == 'a' || what == 'g' || what == 'x'); k++)
            bx_push(t->arena, &list, what == 'a' ? v[k].advance : what == 'g' ? v[k].gap : v[k].x);
    }
    return em_list(t, list.at, list.n);
}

static bx_str lines_text(trial *t) {
    bx_buf out = bx_buf_new(t->arena);
    for (uint32_t i = 0; i < t->lines.n; i++) {
        const bx_line *line = &t->lines.at[i];
        bx_buf_fmt(&out, "%s%.*s%s", i ? "|" : "", (int)(line->end - line->start),
                   t->p->text.p + line->start, line->hyphen ? "-" : "");
    }
    return bx_buf_view(&out);
}

/* The text with ÷ where a line may end. */
static bx_str breaks_text(trial *t) {
    bx_buf out = bx_buf_new(t->arena);
    uint32_t n, k = 0;
    const uint32_t *at = bx_paragraph_breaks(t->p, &n);
    for (uint32_t i = 0; i < t->p->text.n; i++) {
        if (k < n && at[k] == i) {
            bx_buf_str(&out, BX_STR("÷"));
            k++;
        }
        bx_buf_char(&out, t->p->text.p[i]);
    }
    return bx_buf_view(&out);
}

/* Which clusters are set as Chinese (C) and as Latin (L), of those that may be either. */
static bx_str sides_text(trial *t) {
    bx_buf out = bx_buf_new(t->arena);
    for (uint32_t i = 0; i < t->p->clusters.n; i++) {
        const bx_cluster *c = &t->p->clusters.at[i];
        if (bx_punct_is_shared(c->code) && c->code >= 0x80)
            bx_buf_char(&out, c->flags & BX_CL_CJK_QUOTE ? 'C' : 'L');
    }
    return bx_buf_view(&out);
}

static bx_str fonts_text(trial *t) {
    bx_buf out = bx_buf_new(t->arena);
    for (uint32_t i = 0; i < t->lines.n; i++)
        for (uint32_t k = 0; k < t->lines.at[i].n_runs; k++)
            bx_buf_fmt(&out, "%s%.*s", out.n ? " " : "",
                       BX_STR_ARG(bx_face_get(t->lines.at[i].runs[k].face)->postscript_name));
    return bx_buf_view(&out);
}

/* The text of the runs in the order of the page: what a reader copies. */
static bx_str copied_text(trial *t) {
    bx_buf out = bx_buf_new(t->arena);
    for (uint32_t i = 0; i < t->lines.n; i++)
        for (uint32_t k = 0; k < t->lines.at[i].n_runs; k++) {
            const bx_glyph_run *run = &t->lines.at[i].runs[k];
            for (uint32_t g = 0; g < run->n; g++)
                if (run->glyphs[g].cluster != BX_NO_TEXT)
                    bx_buf_str(&out, bx_str_sub(run->text, run->glyphs[g].cluster,
                                                run->glyphs[g].cluster + run->glyphs[g].bytes));
        }
    return bx_buf_view(&out);
}

static bx_str readings_x(trial *t) {
    BX_VEC(bx_len) list = {0};
    for (uint32_t i = 0; i < t->lines.n; i++)
        for (uint32_t k = 0; k < t->lines.at[i].n_extras; k++)
            bx_push(t->arena, &list, t->lines.at[i].extras[k].x);
    return em_list(t, list.at, list.n);
}

static bx_str warnings_text(trial *t) {
    bx_buf out = bx_buf_new(t->arena);
    for (uint32_t i = 0; i < t->report->list.n; i++)
        bx_buf_fmt(&out, "%s%s", i ? " " : "", bx_code_name(t->report->list.at[i].code));
    return bx_buf_view(&out);
}

static bool check(trial *t, bx_str key, bx_str want, bx_str *got) {
    static const struct {
        const char *key;
        char what;
    } numbers[] = {{"width", 'w'}, {"natural", 'n'}, {"advances", 'a'}, {"gaps", 'g'}, {"x", 'x'}};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        if (bx_str_is(key, numbers[i].key)) {
            *got = values(t, numbers[i].what);
            return same_numbers(*got, want);
        }
    if (bx_str_is(key, "extras-x")) {
        *got = readings_x(t);
        return same_numbers(*got, want);
    }
    *got = bx_str_is(key, "lines")    ? lines_text(t)
           : bx_str_is(key, "breaks") ? breaks_text(t)
           : bx_str_is(key, "sides")  ? sides_text(t)
           : bx_str_is(key, "fonts")  ? fonts_text(t)
           : bx_str_is(key, "copied") ? copied_text(t)
           : bx_str_is(key, "extras")
               ? bx_str_fmt(t->arena, "%u", t->lines.n ? t->lines.at[0].n_extras : 0)
           : bx_str_is(key, "warning") ? warnings_text(t)
                                       : BX_STR("(no such check)");
    return bx_str_eq(*got, want);
}

static bx_str field(bx_str *rest) {
    uint32_t i = 0;
    while (i < rest->n && rest->p[i] != '\t')
        i++;
    bx_str f = bx_str_sub(*rest, 0, i);
    *rest = bx_str_sub(*rest, i < rest->n ? i + 1 : i, rest->n);
    return f;
}

/* Returns the number of checks that failed. */
static unsigned run_case(const char *file, unsigned number, bx_str line, unsigned *count) {
    bx_arena *arena = bx_arena_new(&shared->memory);
    bx_str text = field(&line), options = field(&line), checks = field(&line);
    trial t = {.arena = arena, .report = bx_report_new(arena, bx_sources_new(arena))};
    bx_text_input input = setup_marked(shared, arena, text);
    test_options o = setup_options(&input, options);
    t.p = bx_paragraph_new(arena, shared->fonts, &input, t.report);
    t.lines = o.fit ? bx_paragraph_fit(t.p, o.fit, arena)
                    : bx_paragraph_lines(t.p, o.measure, arena, t.report);
    unsigned failed = 0;
    for (uint32_t i = 0; i < checks.n;) {
        int64_t semicolon = bx_str_find(bx_str_sub(checks, i, checks.n), BX_STR("; "));
        uint32_t end = semicolon < 0 ? checks.n : i + (uint32_t)semicolon;
        bx_str one = bx_str_sub(checks, i, end), got;
        int64_t eq = bx_str_find(one, BX_STR("="));
        bx_str key = bx_str_sub(one, 0, eq < 0 ? one.n : (uint32_t)eq);
        bx_str want = eq < 0 ? (bx_str){0} : bx_str_sub(one, (uint32_t)eq + 1, one.n);
        (*count)++;
        if (!check(&t, key, want, &got)) {
            print_error("%s:%u: %.*s [%.*s]\n    %.*s: want %.*s\n    %*s  got  %.*s\n", file,
                        number, BX_STR_ARG(text), BX_STR_ARG(options), BX_STR_ARG(key),
                        BX_STR_ARG(want), (int)key.n, "", BX_STR_ARG(got));
            failed++;
        }
        i = end + 2;
    }
    bx_arena_drop(arena);
    return failed;
}

static void run_file(const char *name) {
    char path[1024], line[8192];
    snprintf(path, sizeof path, BX_TEST_DIR "/cases/%s.tsv", name);
    FILE *f = fopen(path, "r");
    assert_non_null(f);
    unsigned number = 0, failed = 0, count = 0;
    while (fgets(line, sizeof line, f)) {
        number++;
        line[strcspn(line, "\n")] = 0;
        if (line[0] && line[0] != '#')
            failed += run_case(name, number, bx_str_of(line), &count);
    }
    fclose(f);
    assert_true(count > 0);
    assert_int_equal(failed, 0);
}

#define FILES(X)                                                                                   \
    X(widths) X(quotes) X(autospace) X(breaks) X(lines) X(adjust) X(regions) X(stream) X(extras)
#define TEST(name)                                                                                 \
    static void test_##name(void **state) {                                                        \
        (void)state;                                                                               \
        run_file(#name);                                                                           \
    }
FILES(TEST)

int main(void) {
    shared = setup_new();
#define ROW(name) cmocka_unit_test(test_##name),
    const struct CMUnitTest tests[] = {FILES(ROW)};
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    setup_drop(shared);
    return failed;
}
