/* Random mixtures of everything, and what must hold of any of them. */
#include "setup.h"
#include "support/cmocka_all.h"

#include "base/utf8.h"

#include <stdio.h>
#include <stdlib.h>

enum { ROUNDS = 600, LEAST = 8, MOST = 42 };

static setup *shared;

static const char *const atoms[] = {
    "天",         "地",
    "玄",         "黄",
    "宇",         "宙",
    "洪",         "荒",
    "日",         "月",
    "盈",         "昃",
    "，",         "。",
    "、",         "；",
    "：",         "！",
    "？",         "“",
    "”",          "‘",
    "’",          "（",
    "）",         "《",
    "》",         "「",
    "」",         "——",
    "……",         "～",
    "·",          "／",
    "-",          "–",
    "…",          "a",
    "model",      "GPT-4",
    "PostgreSQL", "it’s",
    "x",          " ",
    " ",          " ",
    "2026",       "3.5%",
    "¥1,280",     "-8℃",
    "12:30",      "(",
    ")",          ",",
    ".",          "!",
    "/",          "😀",
    "👍🏽",   "👨‍👩‍👧‍👦",
    "🇨🇳",         "1️⃣",
    "き",         "っ",
    "ー",         "カ",
    "々",         "한",
    "국",         "어",
    "㍿",         "①",
    "é",          "ü",
    "é",          "𠀀",
    "葛󠄀",    "https://a.cn/b?c=d",
    "a@b.cn",     "​",
    "⁠",        "­",
    " ",          "　",
    "م",          "ש",
    "\n",         "【",
    "】",         "〔",
    "〕",         "『",
    "』",         "〈",
    "〉",         "［",
    "］",         "．",
    "‼",          "⁇",
    "‧",          "•",
    "・",         "〜",
    "⸺",          "⋯⋯",
    "—",          "‐",
    "[",          "]",
    "{",          "}",
    ";",          ":",
    "?",          "5 kg",
    "№5",         "(a)",
    "e.g.",       "C++",
    "TinyFish",   "internationalization",
    "“a”",        "‘b’",
    "％",         "￥5",
};

static bx_str random_text(uint64_t *seed, bx_arena *arena) {
    bx_buf buf = bx_buf_new(arena);
    uint32_t n = 1 + setup_random(seed) % 160, han = setup_random(seed) % 4;
    for (uint32_t i = 0; i < n; i++) {
        uint32_t all = sizeof atoms / sizeof *atoms;
        const char *atom = atoms[setup_random(seed) % 4 < han ? setup_random(seed) % 14
                                                              : setup_random(seed) % all];
        bx_buf_add(&buf, atom, strlen(atom));
    }
    return bx_buf_view(&buf);
}

/* Written out here once more, not taken from the table of classes. */
static const char closing[] = "）〕］｝〉》」』】〗〙〛｠〞〟、，；：。．！？";
static const char within[] = "・～〜／";            /* never shared with Latin */
static const char shared_closing[] = "”’‼⁇⁈⁉·‧•–‐"; /* when they are Chinese */
static const char opening[] = "（〔［｛〈《「『【〖〘〚｟〝";

static bool is_one_of(const bx_paragraph *p, const bx_cluster *c, const char *list) {
    bx_str text = bx_str_sub(p->text, c->start, c->end);
    return bx_str_find(bx_str_of(list), text) >= 0;
}

static bool forbidden_start(const bx_paragraph *p, const bx_cluster *c) {
    bx_kinsoku level = p->in.set.kinsoku;
    bool chinese = (c->flags & BX_CL_CJK_QUOTE) != 0;
    if (is_one_of(p, c, ",.;:!?)]}"))
        return true;
    if (level == BX_KINSOKU_STRICT && (c->code == 0x2E3A || (chinese && is_one_of(p, c, "——……"))))
        return true;
    return level != BX_KINSOKU_NONE && (is_one_of(p, c, closing) || is_one_of(p, c, within) ||
                                        (chinese && is_one_of(p, c, shared_closing)));
}

static bool forbidden_end(const bx_paragraph *p, const bx_cluster *c) {
    bx_kinsoku level = p->in.set.kinsoku;
    if (is_one_of(p, c, "([{"))
        return true;
    bool quote = (c->flags & BX_CL_CJK_QUOTE) && is_one_of(p, c, "“‘");
    bool slash = c->code == 0xFF0F && level != BX_KINSOKU_BASIC;
    return level != BX_KINSOKU_NONE && (is_one_of(p, c, opening) || quote || slash);
}

/* Addresses and, as a last resort, runs of closing marks are broken anywhere. */
static void check_edges(const bx_paragraph *p, const bx_lines *lines, uint32_t i, uint64_t seed) {
    const bx_chosen *line = &p->latest[i];
    if (line->content <= line->first)
        return;
    const bx_cluster *first = &p->clusters.at[line->first],
                     *last = &p->clusters.at[line->content - 1];
    bool anywhere = (first->flags & BX_CL_URL) || first->before == BX_BREAK_LAST;
    if (i > 0 && !p->latest[i - 1].forced && !anywhere && forbidden_start(p, first))
        fail_msg("seed %llu: a line begins with U+%04X", (unsigned long long)seed, first->code);
    if (i + 1 < lines->n && !line->forced && forbidden_end(p, last))
        fail_msg("seed %llu: a line ends with U+%04X", (unsigned long long)seed, last->code);
}

/* Full, unless nothing in it may be stretched. */
static void check_width(const bx_paragraph *p, const bx_lines *lines, uint32_t i, bx_len measure,
                        uint64_t seed) {
    const bx_line *line = &lines->at[i];
    const bx_chosen *chosen = &p->latest[i];
    bx_len room = measure - (i == 0 ? p->in.set.indent : 0), off = line->width - room;
    if (line->forced ? off <= TEST_EM / 100 : abs(off) <= TEST_EM / 100)
        return;
    if (off < 0 && bx_measure_line(p, chosen->first, chosen->content).places == 0)
        return;
    if (off > 0 && lines->overfull)
        return;
    fail_msg("seed %llu: line %u is %.3f em, not %.3f: %.*s", (unsigned long long)seed, i,
             (double)line->width / TEST_EM, (double)room / TEST_EM, (int)(line->end - line->start),
             p->text.p + line->start);
}

/* Every character that shows is drawn once, in some line. */
static void check_complete(const bx_paragraph *p, const bx_lines *lines, bx_arena *arena,
                           uint64_t seed) {
    uint8_t *seen = bx_alloc(arena, p->text.n + 1);
    for (uint32_t i = 0; i < lines->n; i++)
        for (uint32_t r = 0; r < lines->at[i].n_runs; r++) {
            const bx_glyph_run *run = &lines->at[i].runs[r];
            for (uint32_t g = 0; g < run->n; g++)
                for (uint32_t b = 0;
                     run->glyphs[g].cluster != BX_NO_TEXT && b < run->glyphs[g].bytes; b++)
                    seen[run->glyphs[g].cluster + b]++;
        }
    for (uint32_t i = 0; i < p->clusters.n; i++) {
        const bx_cluster *c = &p->clusters.at[i];
        if (c->flags & (BX_CL_HIDDEN | BX_CL_SPACE))
            continue;
        for (uint32_t b = c->start; b < c->end; b++)
            if (seen[b] != 1)
                fail_msg("seed %llu: byte %u is drawn %u times", (unsigned long long)seed, b,
                         seen[b]);
    }
}

static uint64_t digest(const bx_lines *lines) {
    uint64_t h = 0;
    for (uint32_t i = 0; i < lines->n; i++)
        for (uint32_t r = 0; r < lines->at[i].n_runs; r++)
            for (uint32_t g = 0; g < lines->at[i].runs[r].n; g++) {
                const bx_glyph *glyph = &lines->at[i].runs[r].glyphs[g];
                bx_len values[] = {(bx_len)glyph->id, (bx_len)glyph->cluster, glyph->x, glyph->y};
                h = bx_hash(values, sizeof values, h);
            }
    return h;
}

static uint64_t one_round(uint64_t seed, bool check) {
    static const char *const langs[] = {"zh-Hans", "zh-Hans", "zh-Hant", "zh-HK", "ja", "ko"};
    uint64_t state = seed * 7919 + 1;
    bx_arena *arena = bx_arena_new(&shared->memory);
    bx_text_input in = setup_input(shared, arena, random_text(&state, arena));
    in.lang = bx_str_of(langs[setup_random(&state) % 6]);
    in.set.kinsoku = (bx_kinsoku)(setup_random(&state) % 4);
    in.set.hyphenation = (bx_hyphenation)(setup_random(&state) % 3);
    in.set.hang = setup_random(&state) % 4 == 0;
    in.set.indent = setup_random(&state) % 2 ? 2 * TEST_EM : 0;
    bx_len measure = (LEAST + (bx_len)(setup_random(&state) % (MOST - LEAST + 1))) * TEST_EM;
    bx_report *report = bx_report_new(arena, bx_sources_new(arena));
    bx_paragraph *p = bx_paragraph_new(arena, shared->fonts, &in, report);
    bx_lines lines = bx_paragraph_lines(p, measure, arena, report);
    for (uint32_t i = 0; check && i < lines.n; i++) {
        check_edges(p, &lines, i, seed);
        check_width(p, &lines, i, measure, seed);
    }
    if (check)
        check_complete(p, &lines, arena, seed);
    uint64_t h = digest(&lines);
    bx_arena_drop(arena);
    return h;
}

static void test_mixtures(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= ROUNDS; seed++)
        assert_true(one_round(seed, true) == one_round(seed, false));
}

/* Runs of one thing, long enough that anything worse than linear would be felt. */
static void test_long_runs(void **state) {
    (void)state;
    static const char *const things[] = {"」", "…",    "“",      "‘",      "​",
                                         "a",  "7",    "天",     "(",      "天 ",
                                         "a@", "x://", "\u0301", "\u1100", "👨‍"};
    for (size_t k = 0; k < sizeof things / sizeof *things; k++) {
        bx_arena *arena = bx_arena_new(&shared->memory);
        bx_buf buf = bx_buf_new(arena);
        for (int i = 0; i < 20000; i++)
            bx_buf_add(&buf, things[k], strlen(things[k]));
        bx_text_input in = setup_input(shared, arena, bx_buf_view(&buf));
        bx_report *report = bx_report_new(arena, bx_sources_new(arena));
        bx_paragraph *p = bx_paragraph_new(arena, shared->fonts, &in, report);
        bx_lines lines = bx_paragraph_lines(p, 20 * TEST_EM, arena, report);
        assert_true(lines.n > 0);
        bx_arena_drop(arena);
    }
}

int main(void) {
    shared = setup_new();
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_mixtures),
                                       cmocka_unit_test(test_long_runs)};
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    setup_drop(shared);
    return failed;
}
