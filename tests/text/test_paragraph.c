/* The paragraph's interface: its JSON, objects and reach, hyphenation dictionaries, reshaping. */
#include "setup.h"

#include "text/dump.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#include "support/golden.h"

static setup *shared;

static void test_dump(void **state) {
    (void)state;
    bx_arena *arena = bx_arena_new(&shared->memory);
    bx_text_input in = setup_marked(shared, arena, BX_STR("他说“AI”，\\nok 了。"));
    bx_paragraph *p = bx_paragraph_new(arena, shared->fonts, &in, shared->report);
    bx_lines lines = bx_paragraph_lines(p, 5 * TEST_EM, arena, shared->report);
    bx_buf out = bx_buf_new(arena);
    bx_json json = bx_json_new(&out);
    json.indent = 1;
    bx_paragraph_dump(p, &lines, 5 * TEST_EM, TEST_EM, &json);
    bx_buf_char(&out, '\n');
    bx_assert_golden(arena, BX_TEST_DIR "/golden/paragraph.json", bx_buf_view(&out));
    bx_arena_drop(arena);
}

/* "hy-phen-ation": the word with what the dictionary says. */
static bx_str hyphenated(bx_arena *arena, const char *lang, const char *word) {
    bool at[256] = {0};
    bx_buf out = bx_buf_new(arena);
    bx_hyphens_word(shared->hyphens, bx_str_of(lang), bx_str_of(word), at, arena);
    for (size_t i = 0; word[i]; i++) {
        if (at[i])
            bx_buf_char(&out, '-');
        bx_buf_char(&out, word[i]);
    }
    return bx_buf_view(&out);
}

static void test_hyphens(void **state) {
    (void)state;
    static const char *const words[][3] = {
        {"en-US", "hyphenation", "hy-phen-ation"},
        {"en", "Network", "Net-work"},
        {"en-GB", "representation", "rep-re-sen-ta-tion"},
        {"en-US", "PostgreSQL", "Postgre-SQL"},
        {"en-US", "MachineLearning", "Machine-Learning"},
        {"en-US", "OpenAI", "OpenAI"},
        {"en-US", "LaTeX", "LaTeX"},
        {"en-US", "NATO", "NATO"},
        {"en-US", "area", "area"},
        {"xx", "hyphenation", "hyphenation"},
    };
    bx_arena *arena = bx_arena_new(&shared->memory);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        assert_string_equal(bx_cstr(arena, hyphenated(arena, words[i][0], words[i][1])),
                            words[i][2]);
    bx_str nowhere = BX_STR("/nowhere");
    bool at[32] = {0};
    assert_false(bx_hyphens_word(bx_hyphens_open(arena, &nowhere, 1), BX_STR("en"),
                                 BX_STR("hyphenation"), at, arena));
    bx_arena_drop(arena);
}

/* A break inside a kerned word: the piece is shaped again, and the line still fills the measure. */
static void test_torn(void **state) {
    (void)state;
    bx_arena *arena = bx_arena_new(&shared->memory);
    bx_text_input in = setup_marked(shared, arena, BX_STR("文字AVAVAVAVAVAVAVAVAVAVAVAVAV文字"));
    setup_options(&in, BX_STR("font=song"));
    bx_paragraph *p = bx_paragraph_new(arena, shared->fonts, &in, shared->report);
    bx_len measure = 6 * TEST_EM;
    bx_lines lines = bx_paragraph_lines(p, measure, arena, shared->report);
    assert_true(lines.n > 2);
    for (uint32_t i = 0; i < lines.n; i++) {
        const bx_line *line = &lines.at[i];
        const bx_glyph_run *last = &line->runs[line->n_runs - 1];
        assert_int_equal(last->x + last->width, line->x + line->width);
        assert_true(line->width <= measure + TEST_EM / 100);
    }
    bx_arena_drop(arena);
}

static void test_objects(void **state) {
    (void)state;
    bx_arena *arena = bx_arena_new(&shared->memory);
    bx_text_input in = setup_marked(shared, arena, BX_STR("图{object|1.5}后"));
    bx_paragraph *p = bx_paragraph_new(arena, shared->fonts, &in, shared->report);
    bx_lines lines = bx_paragraph_lines(p, 20 * TEST_EM, arena, shared->report);
    assert_int_equal(lines.at[0].n_objects, 1);
    assert_int_equal(lines.at[0].objects[0].x, TEST_EM);
    assert_int_equal(lines.at[0].ascent, TEST_EM); /* the object reaches higher than the face */
    assert_int_equal(bx_paragraph_natural(p), 3 * TEST_EM + TEST_EM / 2);
    assert_int_equal(bx_paragraph_least(p), TEST_EM + TEST_EM / 2);
    bx_arena_drop(arena);
}

/* The same paragraph for several measures, and again for the first. */
static void test_again(void **state) {
    (void)state;
    bx_arena *arena = bx_arena_new(&shared->memory);
    bx_text_input in = setup_input(
        shared, arena, BX_STR("本期关注人工智能离开演示厅之后的一周，数据中心学着看天吃饭。"));
    bx_paragraph *p = bx_paragraph_new(arena, shared->fonts, &in, shared->report);
    bx_lines first = bx_paragraph_lines(p, 10 * TEST_EM, arena, shared->report);
    bx_lines other = bx_paragraph_lines(p, 15 * TEST_EM, arena, shared->report);
    bx_lines again = bx_paragraph_lines(p, 10 * TEST_EM, arena, shared->report);
    assert_true(other.n < first.n);
    assert_int_equal(first.n, again.n);
    for (uint32_t i = 0; i < first.n; i++) {
        assert_int_equal(first.at[i].end, again.at[i].end);
        assert_int_equal(first.at[i].width, again.at[i].width);
    }
    bx_arena_drop(arena);
}

int main(void) {
    shared = setup_new();
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_dump), cmocka_unit_test(test_hyphens),
                                       cmocka_unit_test(test_torn), cmocka_unit_test(test_objects),
                                       cmocka_unit_test(test_again)};
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    setup_drop(shared);
    return failed;
}
