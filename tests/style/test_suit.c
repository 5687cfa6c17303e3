/* The layout of an issue that names none. */

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "issue/read.h"
#include "style/suit.h"
#include "support/cmocka_all.h"

typedef struct fixture {
    bx_memory memory;
    bx_arena *arena;
    bx_report *report;
    bx_layout_search search;
    bx_str folders[2];
    char scratch[32]; /* a folder for layouts that a test writes, searched first */
} fixture;

static int set_up(void **state) {
    fixture *f = calloc(1, sizeof *f);
    f->arena = bx_arena_new(&f->memory);
    f->report = bx_report_new(f->arena, bx_sources_new(f->arena));
    strcpy(f->scratch, "/tmp/banxin-suit-XXXXXX");
    assert_non_null(mkdtemp(f->scratch));
    f->folders[0] = bx_str_of(f->scratch);
    f->folders[1] = BX_STR(BX_SOURCE_DIR "/layouts");
    f->search = (bx_layout_search){.folders = f->folders, .n_folders = 2};
    *state = f;
    return 0;
}

static int tear_down(void **state) {
    fixture *f = *state;
    int failed = system(bx_cstr(f->arena, bx_str_fmt(f->arena, "rm -r %s", f->scratch)));
    bx_arena_drop(f->arena);
    free(f);
    return failed;
}

static const char *chosen_for(fixture *f, const char *path, bx_str text) {
    bx_issue_options o = {.path = bx_str_of(path), .bytes = text, .has_bytes = true};
    bx_traits traits = bx_issue_traits(bx_issue_read(f->arena, &o, f->report));
    bx_layout_list list = bx_layouts_list(f->arena, &f->search);
    return bx_cstr(f->arena, bx_layout_for(&traits, &list));
}

static void expect(fixture *f, const char *text, const char *layout) {
    assert_string_equal(chosen_for(f, "post.md", bx_str_of(text)), layout);
}

static void write_layout(fixture *f, const char *name, const char *text) {
    bx_str folder = bx_str_fmt(f->arena, "%s/%s", f->scratch, name);
    assert_int_equal(mkdir(bx_cstr(f->arena, folder), 0700), 0);
    FILE *out =
        fopen(bx_cstr(f->arena, bx_str_fmt(f->arena, "%.*s/layout.yaml", BX_STR_ARG(folder))), "w");
    assert_non_null(out);
    fputs(text, out);
    fclose(out);
}

static bx_str read_file(fixture *f, const char *path) {
    char *bytes = bx_alloc(f->arena, 1 << 18);
    FILE *in = fopen(path, "r");
    assert_non_null(in);
    size_t n = fread(bytes, 1, 1 << 18, in);
    fclose(in);
    return (bx_str){bytes, (uint32_t)n};
}

/* What a layout is made for must find it. committee-daily is where everything else goes. */
static void samples_find_their_layouts(void **state) {
    fixture *f = *state;
    static const char *const samples[][3] = {
        {"committee-daily", "issue.yaml", ""},
        {"daily-intelligence", "issue.md", "daily-intelligence"},
        {"essay", "issue.md", "essay"},
        {"news-digest", "issue.md", "news-digest"},
        {"weekly-magazine", "issue.md", "weekly-magazine"},
    };
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        bx_str path =
            bx_str_fmt(f->arena, BX_SOURCE_DIR "/samples/%s/%s", samples[i][0], samples[i][1]);
        bx_str text = read_file(f, bx_cstr(f->arena, path));
        assert_string_equal(chosen_for(f, samples[i][1], text), samples[i][2]);
    }
}

static void posts_go_to_the_plain_layouts(void **state) {
    fixture *f = *state;
    expect(f, "", "essay");
    expect(f, "---\ntitle: 환율\n---\n\n전장 대비 하락했습니다.\n", "essay");
    expect(f, "# 前言\n\n一段話。\n\n# 結論\n\n又一段話，[連結](https://example.org)。\n", "essay");
    expect(f,
           "# 週報\n\n## 書籍\n\n- [a](https://example.org)\n\n## 影片\n\n- b\n\n## 文章\n\n- c\n\n"
           "## 活動\n\n- d\n",
           "");
    expect(f, "# 报告\n\n## 数据\n\n| a | b |\n|---|---|\n| c | d |\n", "");
}

static void stories_under_links_are_a_digest(void **state) {
    fixture *f = *state;
    expect(f,
           "# 每日资讯\n\n### [甲](https://example.org/1)\n\n文。\n\n### "
           "[乙](https://example.org/2)\n\n"
           "文。\n\n### [丙](https://example.org/3)\n\n文。\n",
           "news-digest");
}

static void what_is_asked_for_counts_more_than_what_is_ruled_out(void **state) {
    (void)state;
    bx_traits traits = {{0}};
    traits.count[BX_TRAIT_HEADS] = 4;
    bx_suit any = {0}, heads = {0}, few = {0}, none = {0};
    heads.within[BX_TRAIT_HEADS] = (bx_range){2, UINT32_MAX, true};
    few.within[BX_TRAIT_HEADS] = (bx_range){0, 4, true};
    none.within[BX_TRAIT_HEADS] = (bx_range){0, 3, true};
    assert_int_equal(bx_suit_score(&any, 1, &traits), 1);
    assert_int_equal(bx_suit_score(&heads, 1, &traits), 2);
    assert_int_equal(bx_suit_score(&few, 1, &traits), 1);
    assert_int_equal(bx_suit_score(&none, 1, &traits), 0);
    assert_int_equal(bx_suit_score((bx_suit[]){none, few, heads}, 3, &traits), 2);
    assert_int_equal(bx_suit_score(NULL, 0, &traits), 0);
}

/* One's own layout, searched first, is taken where it suits as well as another, and only there. */
static void own_layouts_go_first(void **state) {
    fixture *f = *state;
    const char *essay = "# 题\n\n一段话。\n";
    write_layout(f, "our-essay", "title: 本刊\nextends: essay\n");
    expect(f, essay, "essay");
    write_layout(f, "z-essay", "title: 本刊\nextends: essay\nsuits: [{prose: 90+, heads: 0}]\n");
    expect(f, essay, "z-essay");
    expect(f, "# 题\n\n## 节\n\n一段话。\n", "essay");
}

/* Opening it will say what is wrong. */
static void wrong_suits_are_passed_over(void **state) {
    fixture *f = *state;
    write_layout(f, "wrong", "title: x\nsuits: {prose: 1}\n");
    write_layout(f, "wronger", "title: x\nsuits: [prose]\n");
    expect(f, "# 题\n\n一段话。\n", "essay");
    const bx_style *style =
        bx_style_open(f->arena, BX_STR("wrong"), (bx_span){0}, &f->search, f->report);
    assert_null(style);
    assert_int_equal(f->report->list.at[0].code, BX_D_WRONG_TYPE);
}

/* A list made with the one before it is the same as a list made anew, whatever has changed. */
static void known_layouts_are_read_again_when_they_change(void **state) {
    fixture *f = *state;
    bx_layout_list first = bx_layouts_list(f->arena, &f->search);
    assert_true(first.fresh);
    assert_true(first.n_read > first.n); /* base has no title */
    bx_layout_search after = f->search;
    after.known = &first;
    bx_layout_list again = bx_layouts_list(f->arena, &after);
    assert_false(again.fresh);
    assert_int_equal(again.n, first.n);
    write_layout(f, "aaa", "title: x\nsuits: [{prose: 90+}]\n");
    bx_layout_list more = bx_layouts_list(f->arena, &after),
                   anew = bx_layouts_list(f->arena, &f->search);
    assert_true(more.fresh);
    assert_int_equal(more.n, first.n + 1);
    for (uint32_t i = 0; i < more.n; i++) {
        assert_true(bx_str_eq(more.at[i].name, anew.at[i].name));
        assert_true(bx_str_eq(more.at[i].title, anew.at[i].title));
        assert_int_equal(more.at[i].folder, anew.at[i].folder);
        assert_int_equal(more.at[i].n_suits, anew.at[i].n_suits);
    }
    assert_true(bx_str_is(more.at[0].name, "aaa"));
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(samples_find_their_layouts),
        TEST(posts_go_to_the_plain_layouts),
        TEST(stories_under_links_are_a_digest),
        TEST(what_is_asked_for_counts_more_than_what_is_ruled_out),
        TEST(own_layouts_go_first),
        TEST(wrong_suits_are_passed_over),
        TEST(known_layouts_are_read_again_when_they_change),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
