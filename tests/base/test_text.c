#include "support/arena.h"

#include "base/hash.h"
#include "base/json.h"
#include "base/lang_tag.h"
#include "base/length.h"
#include "base/utf8.h"

/* Unicode 15, table 3-8 and its neighbours: one U+FFFD for each maximal subpart. */
static void ill_formed_utf8(void **state) {
    (void)state;
    static const struct {
        const char *bytes;
        uint32_t n, invalid;
        uint32_t runes[8];
    } cases[] = {
        {"a\xF1\x80\x80\xE1\x80\xC2"
         "b",
         8,
         1,
         {'a', 0xFFFD, 0xFFFD, 0xFFFD, 'b'}},
        {"\xC0\xAF\xE0\x80\xBF", 5, 0, {0xFFFD, 0xFFFD, 0xFFFD, 0xFFFD, 0xFFFD}},
        {"\xED\xA0\x80", 3, 0, {0xFFFD, 0xFFFD, 0xFFFD}},
        {"\xF4\x90\x80\x80", 4, 0, {0xFFFD, 0xFFFD, 0xFFFD, 0xFFFD}},
        {"\xE4\xB8", 2, 0, {0xFFFD}},
        {"\xF0\x9F\x98\x80x", 5, UINT32_MAX, {0x1F600, 'x'}},
        {"\xEF\xBF\xBF\xF4\x8F\xBF\xBF", 7, UINT32_MAX, {0xFFFF, 0x10FFFF}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bx_str s = {cases[i].bytes, cases[i].n};
        uint32_t n = 0;
        for (uint32_t at = 0; at < s.n; n++)
            assert_int_equal(bx_utf8_next(s, &at), cases[i].runes[n]);
        assert_true(n == 8 || cases[i].runes[n] == 0);
        assert_int_equal(bx_utf8_invalid(s),
                         cases[i].invalid == UINT32_MAX ? -1 : (int64_t)cases[i].invalid);
    }
}

/* Long texts are looked at a block at a time: a fault is found wherever it stands in one. */
static void utf8_in_blocks(void **state) {
    (void)state;
    static const char *const faults[] = {"\x80",
                                         "\xC0\xAF",
                                         "\xC3",
                                         "\xE0\x9F\xBF",
                                         "\xED\xA0\x80",
                                         "\xE4\xB8",
                                         "\xE4\xB8\xAD\xAD",
                                         "\xF0\x8F\xBF\xBF",
                                         "\xF4\x90\x80\x80",
                                         "\xF5",
                                         "\xFF"};
    static const char *const texts[] = {"中", "a", "é", "한", "😀", "ab中é"};
    for (size_t t = 0; t < sizeof texts / sizeof *texts; t++) {
        bx_buf whole = bx_buf_new(arena);
        while (whole.n < 150)
            bx_buf_str(&whole, bx_str_of(texts[t]));
        bx_str s = bx_buf_view(&whole);
        assert_int_equal(bx_utf8_invalid(s), -1);
        uint32_t count = 0;
        for (uint32_t at = 0; at < s.n; count++) {
            assert_int_equal(bx_utf8_count(bx_str_sub(s, 0, at)), count);
            uint64_t left = count;
            assert_int_equal(bx_utf8_skip(s, 0, &left), at);
            assert_int_equal(left, 0);
            for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
                bx_str bad = bx_str_fmt(arena, "%.*s%s%.*s", (int)at, s.p, faults[i],
                                        (int)(s.n - at), s.p + at);
                bool whole_first = i == 6; /* a character, and a byte too many after it */
                assert_int_equal(bx_utf8_invalid(bad), at + (whole_first ? 3 : 0));
            }
            bx_utf8_next(s, &at);
        }
        uint64_t left = count + 5;
        assert_int_equal(bx_utf8_skip(s, 0, &left), s.n);
        assert_int_equal(left, 5);
    }
}

static void utf8_both_ways(void **state) {
    (void)state;
    static const uint32_t runes[] = {1,      0x7F,   0x80,   0x7FF,   0x800,
                                     0xD7FF, 0xE000, 0xFFFF, 0x10000, 0x10FFFF};
    for (size_t i = 0; i < sizeof runes / sizeof *runes; i++) {
        char bytes[4];
        bx_str s = {bytes, bx_utf8_encode(runes[i], bytes)};
        uint32_t at = 0, back = s.n;
        assert_int_equal(bx_utf8_next(s, &at), runes[i]);
        assert_int_equal(at, s.n);
        assert_int_equal(bx_utf8_prev(s, &back), runes[i]);
        assert_int_equal(back, 0);
        assert_int_equal(bx_utf8_count(s), 1);
    }
    char bytes[4];
    assert_int_equal(bx_utf8_encode(0xD800, bytes), 3);
    assert_memory_equal(bytes, "\xEF\xBF\xBD", 3);
}

static void strings(void **state) {
    (void)state;
    bx_str s = BX_STR("  甲乙 \r\n");
    assert_true(bx_str_is(bx_str_trim(s), "甲乙"));
    assert_int_equal(bx_str_trim(BX_STR(" \t")).n, 0);
    assert_int_equal(bx_str_find(BX_STR("aab"), BX_STR("ab")), 1);
    assert_int_equal(bx_str_find(BX_STR(""), BX_STR("a")), -1);
    assert_int_equal(bx_str_find(BX_STR("a"), BX_STR("")), 0);
    assert_int_equal(bx_str_find(BX_STR("aaab"), BX_STR("aab")), 1);
    assert_int_equal(bx_str_find(BX_STR("aab"), BX_STR("aabc")), -1);
    assert_int_equal(bx_str_find(BX_STR("0123456789"), BX_STR("123456789")), 1);
    assert_int_equal(bx_str_to(BX_STR("abcb"), 2, 'b'), 3);
    assert_int_equal(bx_str_to(BX_STR("abcb"), 4, 'b'), 4);
    assert_int_equal(bx_str_to((bx_str){0}, 0, 'b'), 0);
    static const bool set[256] = {['x'] = true, [0xE4] = true};
    bx_str line = BX_STR("abcdefgxh中");
    for (uint32_t at = 0; at <= line.n; at++)
        assert_int_equal(bx_str_to_any(line, at, set), at <= 7 ? 7 : at <= 9 ? 9 : line.n);
    assert_true(bx_str_starts(s, BX_STR("  甲")) && bx_str_ends(s, BX_STR("\r\n")));
    assert_true(bx_str_cmp(BX_STR("a"), BX_STR("ab")) < 0 &&
                bx_str_cmp(BX_STR("b"), BX_STR("ab")) > 0);
    assert_int_equal(bx_str_cmp((bx_str){0}, BX_STR("")), 0);
    assert_string_equal(bx_cstr(arena, bx_str_sub(BX_STR("abc"), 1, 2)), "b");
    assert_true(bx_str_is(bx_str_fmt(arena, "%s-%d", "x", 7), "x-7"));
}

static void distances(void **state) {
    (void)state;
    assert_int_equal(bx_str_distance(BX_STR("titel"), BX_STR("title"), 5), 2);
    assert_int_equal(bx_str_distance(BX_STR(""), BX_STR("abc"), 5), 3);
    assert_int_equal(bx_str_distance(BX_STR("abc"), BX_STR("abc"), 5), 0);
    assert_int_equal(bx_str_distance(BX_STR("abc"), BX_STR("xyz"), 2), 3);
}

static void buffers(void **state) {
    (void)state;
    bx_buf b = bx_buf_new(arena);
    assert_int_equal(bx_buf_view(&b).n, 0);
    for (int i = 0; i < 300; i++)
        bx_buf_fmt(&b, "%d,", i % 10);
    bx_buf_rune(&b, 0x4E2D);
    bx_buf_char(&b, '!');
    assert_int_equal(b.n, 604);
    assert_true(bx_str_ends(bx_buf_view(&b), BX_STR("8,9,中!")));
}

static void json(void **state) {
    (void)state;
    bx_buf b = bx_buf_new(arena);
    bx_json j = bx_json_new(&b);
    bx_json_object(&j);
    bx_json_key(&j, "a");
    bx_json_array(&j);
    bx_json_int(&j, -5);
    bx_json_bool(&j, true);
    bx_json_null(&j);
    bx_json_array(&j);
    bx_json_end(&j);
    bx_json_object(&j);
    bx_json_end(&j);
    bx_json_end(&j);
    bx_json_key(&j, "b\"");
    bx_json_str(&j, BX_STR("甲\\\"\n\x01\x7F\xFF"));
    bx_json_end(&j);
    assert_true(bx_str_is(
        bx_buf_view(&b),
        "{\"a\":[-5,true,null,[],{}],\"b\\\"\":\"甲\\\\\\\"\\n\\u0001\\u007f\xEF\xBF\xBD\"}"));
}

static void json_lengths(void **state) {
    (void)state;
    static const struct {
        int64_t value;
        const char *text;
    } cases[] = {{1536, "1.500"}, {0, "0.000"},      {-1, "-0.001"},
                 {1, "0.001"},    {-1024, "-1.000"}, {512, "0.500"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bx_buf b = bx_buf_new(arena);
        bx_json j = bx_json_new(&b);
        bx_json_milli(&j, cases[i].value, 1024);
        assert_true(bx_str_is(bx_buf_view(&b), cases[i].text));
    }
    bx_buf b = bx_buf_new(arena);
    bx_json j = bx_json_new(&b);
    bx_json_milli(&j, -1, 10240);
    assert_true(bx_str_is(bx_buf_view(&b), "0.000")); /* never -0.000 */
}

static void lengths(void **state) {
    (void)state;
    assert_int_equal(bx_muldiv(5, 1, 2), 3);
    assert_int_equal(bx_muldiv(-5, 1, 2), -3);
    assert_int_equal(bx_muldiv(INT32_MAX, INT32_MAX, 1), BX_LEN_MAX);
    assert_int_equal(bx_muldiv(-INT32_MAX, INT32_MAX, 1), -BX_LEN_MAX);
    assert_int_equal(bx_em_at(256, 10752), 2688);         /* a quarter of 10.5 pt */
    assert_int_equal(bx_from_micrometre(210000), 609562); /* A4: 595.276 pt */
    assert_int_equal(bx_len_max(1, bx_len_min(2, 3)), 2);
}

static void hashes(void **state) {
    (void)state;
    bx_str pieces[] = {BX_STR("a"), {0}, BX_STR("bc")};
    bx_digest d = bx_sha256(pieces, 3);
    assert_true(bx_str_is(bx_digest_hex(arena, &d),
                          "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
    /* The same on every machine: pinned, since files are named by what is ordered with it. */
    assert_int_equal(bx_hash("banxin", 6, 0), bx_hash("banxin", 6, 0));
    assert_int_not_equal(bx_hash("banxin", 6, 0), bx_hash("banxin", 6, 1));
    assert_int_not_equal(bx_hash("a", 1, 0), bx_hash("a\0", 2, 0));
}

static void language_tags(void **state) {
    (void)state;
    static const char *const good[] = {
        "zh",         "zh-Hans",        "zh-HK",           "ja",    "haw",      "en-GB",
        "de-CH-1996", "zh-cmn-Hans-CN", "de-u-co-phonebk", "x-own", "en-x-a-b1"};
    static const char *const bad[] = {
        "",   "z",        "Chinese",           "../x",      "zh-",  "-zh", "zh--Hans", "zh_CN",
        "12", "zh-Hans-", "en-verylongsubtag", "zh-Hans\n", "de-u", "x",   "zh 简"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        if (!bx_is_lang_tag(bx_str_of(good[i])))
            fail_msg("%s is one", good[i]);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (bx_is_lang_tag(bx_str_of(bad[i])))
            fail_msg("%s is none", bad[i]);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ill_formed_utf8),
        cmocka_unit_test(utf8_in_blocks),
        cmocka_unit_test(utf8_both_ways),
        cmocka_unit_test(strings),
        cmocka_unit_test(distances),
        cmocka_unit_test(buffers),
        cmocka_unit_test(json),
        cmocka_unit_test(json_lengths),
        cmocka_unit_test(lengths),
        cmocka_unit_test(hashes),
        cmocka_unit_test(language_tags),
    };
    return cmocka_run_group_tests(tests, open_arena, drop_arena);
}
