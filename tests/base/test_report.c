#include "support/cmocka_all.h"

#include "base/diag.h"
#include "base/utf8.h"
#include "support/golden.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bx_memory memory;
static bx_arena *arena;
static bx_sources *sources;

static int open_arena(void **state) {
    (void)state;
    arena = bx_arena_new(&memory);
    sources = bx_sources_new(arena);
    return 0;
}
static int drop_arena(void **state) {
    (void)state;
    bx_arena_drop(arena);
    return 0;
}

static void at(uint32_t source, uint32_t offset, uint32_t line, uint32_t column) {
    bx_place p = bx_sources_place(sources, source, offset);
    if (p.line != line || p.column != column)
        fail_msg("byte %u is at %u:%u, not %u:%u", offset, p.line, p.column, line, column);
}

static void places(void **state) {
    (void)state;
    uint32_t s = bx_sources_add(sources, BX_STR("a"), BX_STR("甲乙\r\nx\ry\n\nz"));
    at(s, 0, 1, 1);
    at(s, 3, 1, 2);
    at(s, 6, 1, 3); /* the line end itself */
    at(s, 8, 2, 1);
    at(s, 10, 3, 1);
    at(s, 12, 4, 1);
    at(s, 13, 5, 1);
    at(s, 99, 5, 2);
    at(0, 5, 0, 0);
    at(77, 5, 0, 0);
    uint32_t bom = bx_sources_add(sources, BX_STR("-"), BX_STR("\xEF\xBB\xBF甲"));
    at(bom, 0, 1, 1);
    at(bom, 3, 1, 1); /* the mark is no character of the text */
    at(bom, 6, 1, 2);
    assert_true(bx_str_is(bx_sources_get(sources, bom)->name, "<stdin>"));
    uint32_t start;
    assert_true(bx_str_is(bx_sources_line(sources, s, 8, &start), "x") && start == 8);
    assert_true(bx_str_is(bx_sources_line(sources, s, 12, &start), ""));
    uint32_t empty = bx_sources_add(sources, BX_STR("e"), BX_STR(""));
    at(empty, 0, 1, 1);
}

static void characters_in_their_source(void **state) {
    (void)state;
    /* Read from the source with its escapes taken out. */
    uint32_t s = bx_sources_add(sources, BX_STR("a"), BX_STR("xx \\*甲\\* 甲 yy"));
    bx_span whole = {s, 3, 16};
    bx_str text = BX_STR("*甲* 甲");
    bx_span second = bx_span_of_char(sources, whole, text, 6);
    assert_int_equal(second.start, 11);
    assert_int_equal(second.end, 14);
    bx_span absent = bx_span_of_char(sources, whole, BX_STR("丙"), 0);
    assert_int_equal(absent.start, 3);
    assert_int_equal(absent.end, 3);
}

static void severities(void **state) {
    (void)state;
    bx_report *r = bx_report_new(arena, sources);
    bx_hint(r, "nothing to hint at yet");
    bx_say(r, BX_D_UNSAFE_LINK, (bx_span){1, 5, 6}, "甲 %d", 1);
    bx_say(r, BX_D_BAD_DATE, (bx_span){1, 2, 3}, "乙");
    bx_hint(r, "丙 %s", "丁");
    bx_say(r, BX_D_BAD_DATE, (bx_span){0}, "戊");
    bx_say(r, BX_D_BAD_DATE, (bx_span){1, 2, 3}, "己");
    assert_int_equal(r->errors, 3);
    assert_int_equal(r->warnings, 1);
    bx_report_sort(r);
    static const char *const order[] = {"戊", "乙", "己", "甲 1"};
    for (int i = 0; i < 4; i++)
        assert_true(bx_str_is(r->list.at[i].message, order[i]));
    assert_true(bx_str_is(r->list.at[1].hint, "丙 丁"));
    bx_report *strict = bx_report_new(arena, sources);
    strict->strict = true;
    bx_say(strict, BX_D_UNSAFE_LINK, (bx_span){0}, "甲");
    assert_int_equal(strict->errors, 1);
}

/* A flood of warnings neither fills the memory nor drowns an error, and sorts in no time. */
static void keeps_a_bounded_number(void **state) {
    (void)state;
    bx_report *r = bx_report_new(arena, sources);
    uint32_t source = bx_sources_add(sources, BX_STR("a"), BX_STR("甲"));
    enum { FLOOD = 3 * BX_KEPT };
    for (uint32_t i = 0; i < FLOOD; i++) {
        bx_say(r, BX_D_UNSAFE_LINK, (bx_span){source, FLOOD - i, FLOOD - i}, "%u", i);
        bx_hint(r, "%u", i);
    }
    bx_say(r, BX_D_BAD_DATE, (bx_span){source, FLOOD, FLOOD}, "乙");
    bx_hint(r, "丙");
    assert_int_equal(r->warnings, FLOOD);
    assert_int_equal(r->errors, 1);
    assert_int_equal(r->list.n, BX_KEPT + 1);
    bx_report_sort(r);
    for (uint32_t i = 0; i < BX_KEPT; i++) {
        uint32_t said;
        assert_int_equal(sscanf(bx_cstr(arena, r->list.at[i].message), "%u", &said), 1);
        assert_int_equal(said, BX_KEPT - 1 - i); /* the latest kept one stands first */
        assert_true(bx_str_eq(r->list.at[i].message, r->list.at[i].hint));
    }
    assert_true(bx_str_is(r->list.at[BX_KEPT].hint, "丙"));
    bx_say(r, BX_D_BAD_DATE, (bx_span){0}, "丁"); /* a sorted report still grows */
    assert_int_equal(r->list.n, BX_KEPT + 2);
}

static void languages(void **state) {
    (void)state;
    static const char *const chinese[] = {"zh", "zh_CN.UTF-8", "zh-Hant", "zh_TW@radical"};
    static const char *const english[] = {NULL, "", "C", "C.UTF-8", "en_GB.UTF-8", "zha", "z"};
    for (size_t i = 0; i < sizeof chinese / sizeof *chinese; i++)
        assert_ptr_equal(bx_words_find(chinese[i]), &bx_words_zh);
    for (size_t i = 0; i < sizeof english / sizeof *english; i++)
        assert_null(bx_words_find(english[i]));
    bx_report *r = bx_report_new(arena, bx_sources_new(arena));
    r->words = &bx_words_zh;
    bx_say(r, BX_D_UNKNOWN_KEY, (bx_span){0}, "unknown key “%.*s”", 2, "ab");
    bx_hint(r, "no such hint in any language: %d", 7);
    assert_true(bx_str_is(r->list.at[0].message, "不认识的键“ab”"));
    assert_true(bx_str_is(r->list.at[0].hint, "no such hint in any language: 7"));
    assert_string_equal(bx_word(NULL, "a list"), "a list");
}

static void say_first(bx_report *r, bx_code code, uint32_t about, uint32_t most, uint32_t at) {
    bx_first first = {about, most, {1, at, at + 1}, 0};
    bx_say_first(r, code, &first, (bx_span){1, at, at + 1}, "%04X@%u", about, at);
}

/* All messages, each with a blank after it. */
static const char *said(const bx_report *r) {
    bx_buf out = bx_buf_new(arena);
    for (uint32_t i = 0; i < r->list.n; i++)
        bx_buf_fmt(&out, "%.*s ", BX_STR_ARG(r->list.at[i].message));
    return bx_cstr(arena, bx_buf_view(&out));
}

static void once_of_each(void **state) {
    (void)state;
    bx_report *r = bx_report_new(arena, sources);
    say_first(r, BX_D_GLYPH_MISSING, 0xE000, 2, 5);
    say_first(r, BX_D_GLYPH_MISSING, 0xE000, 2, 6);
    say_first(r, BX_D_CONTROL, 0xE000, 2, 6); /* another code */
    say_first(r, BX_D_GLYPH_MISSING, 0xE001, 2, 7);
    say_first(r, BX_D_GLYPH_MISSING, 0xE002, 2, 8); /* one too many */
    assert_string_equal(said(r), "E000@5 E000@6 E001@7 ");
}

/* Whatever the order in which places are met, and in however many reports. */
static void once_at_the_first_place(void **state) {
    (void)state;
    static const struct {
        uint32_t about, at;
    } met[] = {{0xE005, 9}, {0xE001, 8}, {0xE005, 2}, {0xE002, 7}, {0xE003, 6},
               {0xE001, 3}, {0xE004, 4}, {0xE002, 1}, {0xE006, 5}, {0xE003, 9}};
    enum { N = sizeof met / sizeof *met };
    for (int turn = 0; turn < N; turn++)
        for (int parts = 1; parts <= 3; parts++) {
            bx_report *r = bx_report_new(arena, sources);
            for (int p = 0; p < parts; p++) {
                bx_report *part = bx_report_new(arena, sources);
                for (int i = p; i < N; i += parts)
                    say_first(part, BX_D_GLYPH_MISSING, met[(i + turn) % N].about, 3,
                              met[(i + turn) % N].at);
                bx_report_join(r, part);
            }
            bx_report_sort(r);
            assert_string_equal(said(r), "E002@1 E005@2 E001@3 ");
            assert_int_equal(r->warnings, 3);
        }
}

/* Thousands of wrong names among thousands of right ones. */
static void guesses_no_more_than_it_may(void **state) {
    (void)state;
    bx_report *r = bx_report_new(arena, sources);
    bx_str names[1000];
    for (int i = 0; i < 1000; i++)
        names[i] = bx_str_fmt(arena, "name-%d", i);
    assert_true(bx_str_is(bx_guess(r, BX_STR("name-12x"), names, 1000), "name-12"));
    for (int i = 0; i < 1001; i++)
        bx_guess(r, BX_STR("name-12x"), names, 1000);
    assert_int_equal(bx_guess(r, BX_STR("name-12x"), names, 1000).n, 0);
}

static void did_you_mean(void **state) {
    (void)state;
    static const char *const names[] = {"title", "subtitle", "date", "sections", "id"};
    bx_str list[5];
    for (int i = 0; i < 5; i++)
        list[i] = bx_str_of(names[i]);
    static const struct {
        const char *word, *nearest;
    } cases[] = {{"titel", "title"}, {"Title", "title"}, {"section", "sections"},
                 {"colour", ""},     {"xyz", ""},        {"dat", "date"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bx_str near = bx_nearest(bx_str_of(cases[i].word), list, 5);
        if (!bx_str_is(near, cases[i].nearest))
            fail_msg("%s: “%.*s”", cases[i].word, BX_STR_ARG(near));
    }
}

static void the_table_of_codes(void **state) {
    (void)state;
    for (int i = 0; i < BX_D_COUNT; i++) {
        const char *name = bx_code_name((bx_code)i);
        for (const char *p = name; *p; p++)
            assert_true((*p >= 'a' && *p <= 'z') || *p == '-');
        assert_true(*bx_code_cause((bx_code)i) && *bx_code_cure((bx_code)i));
        for (int k = 0; k < i; k++)
            assert_string_not_equal(name, bx_code_name((bx_code)k));
    }
}

static void settings_of_limits(void **state) {
    (void)state;
    bx_limits l = bx_limits_default();
    assert_true(bx_limits_set(&l, BX_STR("pages=5")) && l.at[BX_LIMIT_PAGES] == 5);
    assert_true(bx_limits_set(&l, BX_STR("memory=2G")) && l.at[BX_LIMIT_MEMORY] == 2ull << 30);
    assert_true(bx_limits_set(&l, BX_STR("time=none")) && l.at[BX_LIMIT_TIME] == UINT64_MAX);
    static const char *const bad[] = {
        "",       "pages",   "pages=",    "pages=x", "pages=-1",
        "page=5", "pages=K", "pages=5kb", "=5",      "pages=99999999999"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(bx_limits_set(&l, bx_str_of(bad[i])));
    assert_int_equal(bx_limits_memory(&l, 1ull << 30), 2ull << 30); /* as set, whatever the issue */
    bx_limits unset = bx_limits_default();
    assert_int_equal(bx_limits_memory(&unset, 1 << 20), unset.at[BX_LIMIT_MEMORY]);
    assert_int_equal(bx_limits_memory(&unset, 32 << 20), 2ull << 30);
    bx_report *r = bx_report_new(arena, sources);
    r->limits = l;
    assert_true(bx_within(r, BX_LIMIT_PAGES, 5, (bx_span){0}));
    assert_false(bx_within(r, BX_LIMIT_PAGES, 6, (bx_span){0}));
    assert_int_equal(r->errors, 1);
    assert_true(bx_str_is(r->list.at[0].message, "more than 5 pages"));
}

/* docs/security.md has each with its default. */
static void documented_limits(void **state) {
    (void)state;
    FILE *f = fopen(BX_SOURCE_DIR "/docs/security.md", "rb");
    assert_non_null(f);
    static char text[65536];
    text[fread(text, 1, sizeof text - 1, f)] = 0;
    fclose(f);
    bx_limits l = bx_limits_default();
    for (int i = 0; i < BX_LIMIT_COUNT; i++) {
        char row[128];
        snprintf(row, sizeof row, "| `%s` | %llu | %s", bx_limit_name((bx_limit)i),
                 (unsigned long long)l.at[i], bx_limit_what((bx_limit)i));
        if (!strstr(text, row))
            fail_msg("docs/security.md lacks %s", row);
    }
}

static void order_of_many(void **state) {
    (void)state;
    bx_report *r = bx_report_new(arena, sources);
    enum { MANY = 5001, PLACES = 50 };
    for (uint32_t i = 0; i < MANY; i++)
        bx_say(r, BX_D_CONTROL, (bx_span){1, i * 37 % PLACES, 0}, "%u", i);
    bx_report_sort(r);
    for (uint32_t i = 1; i < MANY; i++) {
        const bx_diag *a = &r->list.at[i - 1], *b = &r->list.at[i];
        bool in_order = a->span.start < b->span.start ||
                        (a->span.start == b->span.start && atoi(a->message.p) < atoi(b->message.p));
        assert_true(in_order);
    }
}

static void long_texts(void **state) {
    (void)state;
    enum { LONG = 400000 };
    char *key = malloc(LONG * 3);
    for (int i = 0; i < LONG; i++)
        memcpy(key + 3 * i, "字", 3);
    bx_report *r = bx_report_new(arena, sources);
    bx_say(r, BX_D_CONTROL, (bx_span){0}, "the key “%.*s” is unknown", 3 * LONG, key);
    bx_hint(r, "remove “%.*s”", 3 * LONG, key);
    free(key);
    const bx_diag *d = &r->list.at[0];
    assert_true(d->message.n <= 800 && d->hint.n <= 800);
    assert_int_equal(bx_utf8_invalid(d->message), -1);
    assert_int_equal(bx_utf8_invalid(d->hint), -1);
    assert_memory_equal(d->message.p, "the key “字", strlen("the key “字"));
    assert_non_null(strstr(d->message.p, "字 … 字"));
    assert_string_equal(d->message.p + d->message.n - strlen("字” is unknown"), "字” is unknown");
}

static void the_page_of_codes(void **state) {
    (void)state;
    bx_buf page = bx_buf_new(arena);
    bx_codes_page(&page);
    bx_assert_golden(arena, BX_SOURCE_DIR "/docs/diagnostics.md", bx_buf_view(&page));
}

/* What is kept of a text is the source's own bytes where it stands there just so. */
static void text_that_is_kept(void **state) {
    (void)state;
    bx_str bytes = BX_STR("甲乙丙");
    uint32_t s = bx_sources_add(sources, BX_STR("a"), bytes);
    assert_ptr_equal(bx_sources_keep(sources, arena, (bx_span){s, 3, 6}, BX_STR("乙")).p,
                     bytes.p + 3);
    static const bx_span elsewhere[] = {{0, 0, 0}, {0, 0, 3}, {0, 3, 3}, {0, 6, 3}, {0, 9, 12}};
    for (size_t i = 0; i < sizeof elsewhere / sizeof *elsewhere; i++)
        for (uint32_t source = 0; source <= s; source += s) { /* 0 has no bytes */
            bx_span span = {source, elsewhere[i].start, elsewhere[i].end};
            assert_true(bx_str_is(bx_sources_keep(sources, arena, span, BX_STR("乙")), "乙"));
        }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(places),
        cmocka_unit_test(characters_in_their_source),
        cmocka_unit_test(severities),
        cmocka_unit_test(keeps_a_bounded_number),
        cmocka_unit_test(did_you_mean),
        cmocka_unit_test(the_table_of_codes),
        cmocka_unit_test(settings_of_limits),
        cmocka_unit_test(documented_limits),
        cmocka_unit_test(order_of_many),
        cmocka_unit_test(long_texts),
        cmocka_unit_test(languages),
        cmocka_unit_test(once_of_each),
        cmocka_unit_test(once_at_the_first_place),
        cmocka_unit_test(guesses_no_more_than_it_may),
        cmocka_unit_test(the_page_of_codes),
        cmocka_unit_test(text_that_is_kept),
    };
    return cmocka_run_group_tests(tests, open_arena, drop_arena);
}
