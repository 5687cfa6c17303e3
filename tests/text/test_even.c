/* The breaker against the bound: no paragraph is looser than it has to be, by more than the step of
 * tolerance its loosest line falls in (docs/typography.md, R4). */
#include "setup.h"

#include "support/bound.h"
#include "support/cmocka_all.h"

#include <math.h>
#include <stdio.h>

enum { ROUNDS = 3000, NARROWEST = 12, WIDEST = 42, LONGEST = 120 };
static const double steps[] = {1. / 50, 1. / 28, 1. / 14, 1. / 10, 1. / 6, 1. / 4};
enum { N_STEPS = sizeof steps / sizeof *steps };

static setup *shared;

/* The looseness up to which a paragraph may go that cannot do better than `least`. */
static double step_above(double least) {
    for (int i = 0; i < N_STEPS; i++)
        if (least <= steps[i])
            return steps[i];
    return INFINITY;
}

/* Negative: some line has nothing that may be spread. */
static double worst_of(const bx_paragraph *p, const bx_lines *lines) {
    double worst = 0;
    for (uint32_t i = 0; i < lines->n; i++) {
        if (lines->at[i].forced)
            continue;
        if (bx_measure_line(p, p->latest[i].first, p->latest[i].content).gaps == 0)
            return -1;
        worst = fmax(worst, (double)lines->at[i].stretch / BX_EM);
    }
    return worst;
}

/* Stretch is told in whole 1/1024 em: hence the thousandth. */
static void check(const bx_text_input *in, bx_len measure, const char *what, uint64_t which) {
    bx_arena *arena = bx_arena_new(&shared->memory);
    bx_report *report = bx_report_new(arena, bx_sources_new(arena));
    bx_paragraph *p = bx_paragraph_new(arena, shared->fonts, in, report);
    bx_lines lines = bx_paragraph_lines(p, measure, arena, report);
    bx_hyphenate(p);
    bound_ask ask = {.measure = measure, .aim = BOUND_WORST};
    bound least = bound_of(p, &ask, arena);
    double possible = 0, reached = worst_of(p, &lines);
    for (uint32_t i = 0; i < least.n; i++)
        possible = fmax(possible, least.at[i].stretch);
    bool wrong =
        reached > step_above(possible) + 0.001 || (reached >= 0 && reached < possible - 0.001);
    if (least.at && wrong)
        fail_msg("%s %llu at %d em: the loosest line has %.3f em, possible is %.3f:\n%.*s", what,
                 (unsigned long long)which, measure / TEST_EM, reached, possible, (int)in->text.n,
                 in->text.p);
    bx_arena_drop(arena);
}

/* Han, marks and many words that dictionaries divide. */
static bx_str random_text(uint64_t *seed, bx_arena *arena) {
    static const char *const words[] = {"hyphenation ",
                                        "typography",
                                        "internationalization ",
                                        "information ",
                                        "Transformer ",
                                        "a ",
                                        "TinyFish",
                                        "2026",
                                        "of ",
                                        "，",
                                        "。",
                                        "（",
                                        "）",
                                        "、"};
    enum { N_WORDS = sizeof words / sizeof *words };
    bx_buf buf = bx_buf_new(arena);
    uint32_t n = 20 + setup_random(seed) % LONGEST, latin = setup_random(seed) % 8;
    for (uint32_t i = 0; i < n; i++) {
        const char *atom =
            setup_random(seed) % 8 < latin ? words[setup_random(seed) % N_WORDS] : "天";
        bx_buf_add(&buf, atom, strlen(atom));
    }
    bx_buf_add(&buf, "天地", strlen("天地"));
    return bx_buf_view(&buf);
}

static void test_mixtures(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= ROUNDS; seed++) {
        uint64_t random = seed * 6007 + 1;
        bx_arena *arena = bx_arena_new(&shared->memory);
        bx_text_input in = setup_input(shared, arena, random_text(&random, arena));
        in.set.hyphenation = seed % 4 ? BX_HYPHENATE_ON : BX_HYPHENATE_OFF;
        in.set.hang = setup_random(&random) % 4 == 0;
        in.set.indent = setup_random(&random) % 2 ? 2 * TEST_EM : 0;
        int measure = NARROWEST + (int)(setup_random(&random) % (WIDEST - NARROWEST + 1));
        check(&in, measure * TEST_EM, "seed", seed);
        bx_arena_drop(arena);
    }
}

/* A day's text as the layouts set it. */
static void test_sample(void **state) {
    (void)state;
    bx_arena *arena = bx_arena_new(&shared->memory);
    FILE *file = fopen(BX_SOURCE_DIR "/tests/bench/evenness.txt", "rb");
    assert_non_null(file);
    static char paragraph[1 << 14];
    for (uint64_t i = 1; fgets(paragraph, sizeof paragraph, file); i++) {
        bx_str text = {paragraph, (uint32_t)strcspn(paragraph, "\n")};
        bx_text_input in = setup_input(shared, arena, text);
        bx_text_span span = in.spans[0];
        span.font.family = BX_STR("song");
        in.spans = &span;
        in.set.hyphenation = BX_HYPHENATE_ON;
        in.set.indent = 2 * TEST_EM;
        for (int measure = 20; measure <= WIDEST; measure += 2)
            check(&in, measure * TEST_EM, "paragraph", i);
    }
    fclose(file);
    bx_arena_drop(arena);
}

int main(void) {
    shared = setup_new();
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_mixtures),
                                       cmocka_unit_test(test_sample)};
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    setup_drop(shared);
    return failed;
}
