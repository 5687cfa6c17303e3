/* Random mixtures of everything, and what must hold of any of them. */
#include "setup.h"

#include "base/utf8.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

enum { ROUNDS = 400, LEAST = 8, MOST = 42 };

static setup *shared;

static uint32_t next_random(uint64_t *seed) { /* xorshift64* */
    *seed ^= *seed >> 12;
    *seed ^= *seed << 25;
    *seed ^= *seed >> 27;
    return (uint32_t)((*seed * UINT64_C(2685821657736338717)) >> 33);
}

static const char *const atoms[] = {
    "天",     "地",      "玄",    "黄",    "宇",         "宙",
    "洪",     "荒",      "日",    "月",    "盈",         "昃",
    "，",     "。",      "、",    "；",    "：",         "！",
    "？",     "“",       "”",     "‘",     "’",          "（",
    "）",     "《",      "》",    "「",    "」",         "——",
    "……",     "～",      "·",     "／",    "-",          "–",
    "…",      "a",       "model", "GPT-4", "PostgreSQL", "it’s",
    "x",      " ",       " ",     " ",     "2026",       "3.5%",
    "¥1,280", "-8℃",     "12:30", "(",     ")",          ",",
    ".",      "!",       "/",     "😀",     "👍🏽",   "👨‍👩‍👧‍👦",
    "🇨🇳",     "1️⃣", "き",    "っ",    "ー",         "カ",
    "々",     "한",      "국",    "어",    "㍿",         "①",
    "é",      "ü",       "é",     "𠀀",    "葛󠄀",    "https://a.cn/b?c=d",
    "a@b.cn", "​",     "⁠",   "­",     " ",          "　",
    "م",      "ש",       "\n",
};

static bx_str random_text(uint64_t *seed, bx_arena *arena) {
    bx_buf buf = bx_buf_new(arena);
    uint32_t n = 1 + next_random(seed) % 160, han = next_random(seed) % 4;
    for (uint32_t i = 0; i < n; i++) {
        uint32_t all = sizeof atoms / sizeof *atoms;
        const char *atom =
            atoms[next_random(seed) % 4 < han ? next_random(seed) % 14 : next_random(seed) % all];
        bx_buf_add(&buf, atom, strlen(atom));
    }
    return bx_buf_view(&buf);
}

static bool forbidden_start(const bx_paragraph *p, uint32_t code) {
    bx_kinsoku level = p->in.set.kinsoku;
    switch (code) {
    case ',':
    case '.':
    case '!':
    case ')':
        return true;
    case 0x3001:
    case 0x3002:
    case 0xFF0C:
    case 0xFF1B:
    case 0xFF1A:
    case 0xFF01:
    case 0xFF1F:
    case 0xFF09:
    case 0x300B:
    case 0x300D:
    case 0xFF5E:
    case 0xFF0F:
        return level != BX_KINSOKU_NONE;
    default:
        return false;
    }
}

static bool forbidden_end(const bx_paragraph *p, uint32_t code) {
    if (code == '(')
        return true;
    bool open = code == 0xFF08 || code == 0x300A || code == 0x300C;
    bool slash = code == 0xFF0F && p->in.set.kinsoku != BX_KINSOKU_BASIC;
    return (open || slash) && p->in.set.kinsoku != BX_KINSOKU_NONE;
}

static void check_edges(const bx_paragraph *p, const bx_lines *lines, uint32_t i, uint64_t seed) {
    const bx_line *line = &lines->at[i];
    if (line->start >= line->end)
        return;
    uint32_t a = line->start, b = line->end, at = p->latest[i].first;
    bool address = (p->clusters.at[at].flags & BX_CL_URL) != 0;
    bool last_resort = p->clusters.at[at].before == BX_BREAK_LAST;
    uint32_t first = bx_utf8_next(p->text, &a), last = bx_utf8_prev(p->text, &b);
    if (i > 0 && !address && !last_resort && forbidden_start(p, first))
        fail_msg("seed %llu: a line begins with U+%04X", (unsigned long long)seed, first);
    if (i + 1 < lines->n && !line->forced && forbidden_end(p, last))
        fail_msg("seed %llu: a line ends with U+%04X", (unsigned long long)seed, last);
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
    static const char *const langs[] = {"zh-Hans", "zh-Hans", "zh-Hant", "ja", "ko"};
    uint64_t state = seed * 7919 + 1;
    bx_arena *arena = bx_arena_new(&shared->memory);
    bx_text_input in = setup_input(shared, arena, random_text(&state, arena));
    in.lang = bx_str_of(langs[next_random(&state) % 5]);
    in.set.kinsoku = (bx_kinsoku)(next_random(&state) % 4);
    in.set.hyphenation = (bx_hyphenation)(next_random(&state) % 3);
    in.set.hang = next_random(&state) % 4 == 0;
    in.set.indent = next_random(&state) % 2 ? 2 * TEST_EM : 0;
    bx_len measure = (LEAST + (bx_len)(next_random(&state) % (MOST - LEAST + 1))) * TEST_EM;
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
