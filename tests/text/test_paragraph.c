/* The paragraph's interface: its JSON, objects and reach, hyphenation dictionaries, reshaping. */
#include "setup.h"
#include "support/cmocka_all.h"

#include "text/dump.h"
#include "text/patterns.h"

#include <hb.h>
#include <hyphen.h>
#include <stdlib.h>

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

/* R31: a picture stands in the middle of the Han square, 0.38 em above the baseline. */
static void test_emoji_height(void **state) {
    (void)state;
    bx_arena *arena = bx_arena_new(&shared->memory);
    bx_text_input in = setup_marked(shared, arena, BX_STR("字📊"));
    bx_paragraph *p = bx_paragraph_new(arena, shared->fonts, &in, shared->report);
    bx_lines lines = bx_paragraph_lines(p, BX_NO_MEASURE, arena, shared->report);
    const bx_glyph_run *run = &lines.at[0].runs[lines.at[0].n_runs - 1];
    hb_glyph_extents_t box;
    assert_true(hb_font_get_glyph_extents(bx_face_hb_font(run->face), run->glyphs[0].id, &box));
    bx_len upem = bx_face_get(run->face)->units_per_em;
    bx_len middle = bx_muldiv(2 * box.y_bearing + box.height, run->size, 2 * upem);
    assert_int_equal((run->glyphs[0].y + middle) * 100 / TEST_EM, 38);
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

/* The words' breaks are libhyphen's own, for words of any letters. */
static void test_patterns(void **state) {
    (void)state;
    enum { WORDS = 20000, LONGEST = 14 };
    HyphenDict *dict = hnj_hyphen_load("/usr/share/hyphen/hyph_en_US.dic");
    assert_non_null(dict);
    static const char letters[] = "aaabcddeeeeefghiiiijklmnnnnoooopqrrrrsssttttuuvwxyz";
    uint32_t random = 1, divided = 0;
    for (uint32_t i = 0; i < WORDS; i++) {
        char word[LONGEST + 1], marks[LONGEST + 5];
        bool at[LONGEST + 1] = {false};
        uint32_t n = 5 + i % (LONGEST - 4);
        for (uint32_t k = 0; k < n; k++) {
            random = random * 1664525 + 1013904223;
            word[k] = letters[(random >> 16) % (sizeof letters - 1)];
        }
        word[n] = '\0';
        char **rep = NULL;
        int *pos = NULL, *cut = NULL;
        assert_int_equal(hnj_hyphen_hyphenate2(dict, word, (int)n, marks, NULL, &rep, &pos, &cut),
                         0);
        bx_arena *arena = bx_arena_new(&shared->memory);
        bx_hyphens_word(shared->hyphens, BX_STR("en-US"), (bx_str){word, n}, at, arena);
        for (uint32_t k = 1; k < n; k++) {
            bool theirs = (marks[k - 1] & 1) && k >= 2 && n - k >= 3;
            divided += theirs;
            if (at[k] != theirs)
                fail_msg("%s: %s before %u", word, at[k] ? "a break" : "no break", k);
        }
        bx_arena_drop(arena);
    }
    assert_true(divided > WORDS / 10);
    hnj_hyphen_free(dict);
}

static bx_str applied(bx_arena *arena, const char *dictionary, const char *word) {
    bool at[32] = {false};
    bx_buf out = bx_buf_new(arena);
    bx_patterns_apply(bx_patterns_new(arena, bx_str_of(dictionary)), bx_str_of(word), at, arena);
    for (uint32_t i = 0; word[i]; i++) {
        if (at[i])
            bx_buf_char(&out, '-');
        bx_buf_char(&out, word[i]);
    }
    return bx_buf_view(&out);
}

static void test_dictionaries(void **state) {
    (void)state;
    static const char *const cases[][3] = {
        {"UTF-8\na1b\n", "abab", "a-ba-b"},
        {"UTF-8\r\na1b\r\n", "abab", "a-ba-b"},
        {"UTF-8\n%a1b\n# a1b\n\na1c", "abac", "aba-c"},
        {"UTF-8\nLEFTHYPHENMIN 3\na1b\n", "ab", "a-b"},  /* the caller's to heed */
        {"UTF-8\na1b\na2bc\n", "abac abc", "a-bac abc"}, /* the higher level wins */
        {"UTF-8\n.a1b\n", "abab", "a-bab"},
        {"UTF-8\nb1a.\n", "baba", "bab-a"},
        {"UTF-8\na1b/xy,1,1\na1c\n", "abac", "aba-c"}, /* the spelling would change */
        {"UTF-8\na1\xC3\xA9\n", "a\xC3\xA9", "a-\xC3\xA9"},
        {"UTF-8\nNEXTLEVEL\na1b\n", "ab", "a-b"},
        {"", "ab", "ab"},
        {"UTF-8", "ab", "ab"},
    };
    bx_arena *arena = bx_arena_new(&shared->memory);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(bx_cstr(arena, applied(arena, cases[i][0], cases[i][1])), cases[i][2]);
    bx_patterns *p = bx_patterns_new(arena, BX_STR("UTF-8\nLEFTHYPHENMIN 3\nRIGHTHYPHENMIN 12\n"));
    assert_int_equal(p->least_before, 3);
    assert_int_equal(p->least_after, 12);
    assert_true(p->utf8);
    assert_false(bx_patterns_new(arena, BX_STR("ISO8859-1\na1b\n"))->utf8);
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
/* Nobody sees a fiftieth of an em; half an em is told. */
static void test_overfull(void **state) {
    (void)state;
    static const struct {
        bx_len measure;
        uint32_t messages;
    } cases[] = {{TEST_EM * 3 / 2 - TEST_EM / 50, 0}, {TEST_EM, 1}};
    bx_arena *arena = bx_arena_new(&shared->memory);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        uint32_t before = shared->report->list.n;
        bx_text_input in = setup_marked(shared, arena, BX_STR("{object|1.5}"));
        bx_paragraph *p = bx_paragraph_new(arena, shared->fonts, &in, shared->report);
        assert_true(bx_paragraph_lines(p, cases[i].measure, arena, shared->report).overfull);
        assert_int_equal(shared->report->list.n - before, cases[i].messages);
    }
    bx_arena_drop(arena);
}

/* Where lines are ragged an address is broken after a slash, though more would fit up to a hyphen.
 */
static void test_addresses(void **state) {
    (void)state;
    bx_arena *arena = bx_arena_new(&shared->memory);
    bx_str text = BX_STR("https://e.org/2026/one-two-three-four");
    bx_text_input in = setup_marked(shared, arena, text);
    in.set.align = BX_ALIGN_START;
    bx_paragraph *p = bx_paragraph_new(arena, shared->fonts, &in, shared->report);
    bx_lines lines = bx_paragraph_lines(p, 14 * TEST_EM, arena, shared->report);
    assert_int_equal(lines.n, 2);
    assert_int_equal(lines.at[1].start, strlen("https://e.org/2026/"));
    bx_arena_drop(arena);
}

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
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_dump),         cmocka_unit_test(test_emoji_height),
        cmocka_unit_test(test_hyphens),      cmocka_unit_test(test_patterns),
        cmocka_unit_test(test_dictionaries), cmocka_unit_test(test_torn),
        cmocka_unit_test(test_objects),      cmocka_unit_test(test_overfull),
        cmocka_unit_test(test_addresses),    cmocka_unit_test(test_again)};
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    setup_drop(shared);
    return failed;
}
