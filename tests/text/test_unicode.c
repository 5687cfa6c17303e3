/* UAX #14 with the tailoring off, and the clusters of UAX #29, against the consortium's own tests
 * (Debian's unicode-data). */
#include "base/utf8.h"
#include "support/cmocka_all.h"
#include "text/linebreak.h"
#include "text/paragraph.h"
#include "ucd.h"

#include <stdio.h>

#define FOLDER "/usr/share/unicode/auxiliary/"

static void each_sample(const char *path, unsigned least,
                        void (*check)(const ucd_sample *, unsigned)) {
    FILE *f = fopen(path, "r");
    if (!f)
        skip();
    char line[8192];
    unsigned samples = 0, number = 0;
    while (fgets(line, sizeof line, f)) {
        ucd_sample s;
        number++;
        if (ucd_read(line, &s)) {
            check(&s, number);
            samples++;
        }
    }
    fclose(f);
    assert_true(samples > least);
}

static void check_lines(const ucd_sample *s, unsigned number) {
    uint8_t classes[UCD_LONGEST], before[UCD_LONGEST];
    for (uint32_t i = 0; i < s->n; i++)
        classes[i] = bx_line_class(s->codes[i]);
    bx_line_breaks(s->codes, classes, s->n, before);
    for (uint32_t i = 1; i < s->n; i++)
        if ((before[i] != BX_LB_PROHIBITED) != s->breaks[i])
            fail_msg("LineBreakTest.txt:%u: before U+%04X", number, s->codes[i]);
}

static void test_line_breaks(void **state) {
    (void)state;
    each_sample(FOLDER "LineBreakTest.txt", 7000, check_lines);
}

/* As code, so that blanks stay what they are. */
static void check_clusters(const ucd_sample *s, unsigned number) {
    bx_memory memory = {0};
    bx_arena *arena = bx_arena_new(&memory);
    bx_buf text = bx_buf_new(arena);
    uint32_t starts[UCD_LONGEST];
    for (uint32_t i = 0; i < s->n; i++) {
        starts[i] = (uint32_t)text.n;
        bx_buf_rune(&text, s->codes[i]);
    }
    bx_text_span span = {.end = (uint32_t)text.n, .flags = BX_SPAN_CODE};
    bx_paragraph p = {.arena = arena,
                      .in = {.text = bx_buf_view(&text), .spans = &span, .n_spans = 1}};
    bx_resolve(&p);
    uint32_t k = 0;
    for (uint32_t i = 0; i < s->n; i++) {
        bool starts_here = k < p.clusters.n && p.clusters.at[k].start == starts[i];
        k += starts_here;
        if (starts_here != s->breaks[i])
            fail_msg("GraphemeBreakTest.txt:%u: before U+%04X", number, s->codes[i]);
    }
    bx_arena_drop(arena);
}

static void test_clusters(void **state) {
    (void)state;
    each_sample(FOLDER "GraphemeBreakTest.txt", 500, check_clusters);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_line_breaks),
                                       cmocka_unit_test(test_clusters)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
