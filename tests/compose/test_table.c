/* Tables: which cells are numbers, and where cells come to stand on pages. */
#include "compose/table.h"
#include "support/cmocka_all.h"

#include "compose/dump.h"
#include "style/read.h"

#include <stdlib.h>

typedef struct fixture {
    bx_memory memory;
    bx_arena *arena;
    bx_report *report;
    bx_fonts *fonts;
    const bx_style *style;
} fixture;

static int set_up(void **state) {
    fixture *f = calloc(1, sizeof *f);
    f->arena = bx_arena_new(&f->memory);
    f->report = bx_report_new(f->arena, bx_sources_new(f->arena));
    bx_font_options fonts = {.table = BX_STR(BX_SOURCE_DIR "/fonts/families.yaml")};
    f->fonts = bx_fonts_open(f->arena, &fonts, f->report);
    bx_str folder = BX_STR(BX_SOURCE_DIR "/layouts");
    bx_layout_search search = {.folders = &folder, .n_folders = 1};
    f->style = bx_style_open(f->arena, BX_STR("base"), (bx_span){0}, &search, f->report);
    *state = f;
    return f->fonts && f->style && !f->report->errors ? 0 : -1;
}

static int tear_down(void **state) {
    fixture *f = *state;
    bx_arena_drop(f->arena);
    free(f);
    return 0;
}

/* A table of `n` rows; cells are parted by bars, the first row is the head. */
static bx_node *make_table(bx_arena *arena, const char *const *rows, uint32_t n,
                           const bx_cell_align *aligns) {
    bx_node *table = bx_node_new(arena, BX_NODE_TABLE, (bx_span){0});
    for (uint32_t r = 0; r < n; r++) {
        bx_node *row = bx_node_new(arena, BX_NODE_ROW, (bx_span){0});
        row->flags = r == 0 ? BX_HEAD : 0;
        bx_node_append(table, row);
        bx_str left = bx_str_of(rows[r]);
        for (uint32_t k = 0;; k++) {
            int64_t bar = bx_str_find(left, BX_STR("|"));
            bx_node *cell = bx_node_new(arena, BX_NODE_CELL, (bx_span){0});
            cell->number = aligns ? aligns[k] : BX_CELL_AUTO;
            bx_node *text = bx_node_new(arena, BX_NODE_TEXT, (bx_span){0});
            text->text = bar < 0 ? left : bx_str_sub(left, 0, (uint32_t)bar);
            bx_node_append(cell, text);
            bx_node_append(row, cell);
            if (bar < 0)
                break;
            left = bx_str_sub(left, (uint32_t)bar + 1, left.n);
        }
    }
    return table;
}

static bx_pages *compose(fixture *f, bx_node *table) {
    bx_issue *issue = bx_new(f->arena, bx_issue);
    issue->lang = BX_STR("zh-Hans");
    issue->extra = bx_map_new(f->arena);
    bx_node *body = bx_node_new(f->arena, BX_NODE_DOCUMENT, (bx_span){0});
    bx_node_append(body, table);
    issue->lead = body;
    bx_pages *pages = bx_compose(f->arena, issue, f->style, f->fonts, NULL, f->report);
    assert_non_null(pages);
    return pages;
}

typedef struct word {
    const char *stream;
    bx_str text;
    uint32_t page;
    bx_len x, y, width;
    bx_len units; /* x of the end of the units digit, for a number */
    bool artifact;
} word;

typedef struct words {
    BX_VEC(word) list;
} words;

/* Runs of one line are one word. */
static void add_run(bx_arena *arena, words *out, const bx_item *item, const bx_glyph_run *run,
                    uint32_t page, bx_len x, bx_len y) {
    word *last = out->list.n ? &out->list.at[out->list.n - 1] : NULL;
    bool goes_on = last && last->stream == run->text.p && last->y == y && last->page == page;
    if (!goes_on) {
        last = bx_push_zero(arena, &out->list);
        *last = (word){.stream = run->text.p,
                       .text = bx_str_sub(run->text, run->start, run->start),
                       .page = page,
                       .x = x + run->x,
                       .y = y,
                       .units = BX_LEN_MAX,
                       .artifact = item->tag == BX_ARTIFACT};
    }
    last->text.n = (uint32_t)(run->text.p + run->end - last->text.p);
    last->width = x + run->x + run->width - last->x;
    uint32_t end = bx_table_number(run->text);
    const bx_glyph *glyphs = bx_run_unpack(arena, run).glyphs;
    for (uint32_t g = 0; g < run->n; g++) {
        if (end != BX_NO_NUMBER && glyphs[g].cluster >= end)
            last->units = bx_len_min(last->units, x + glyphs[g].x);
    }
}

static bx_len units_of(const word *w) { return w->units < BX_LEN_MAX ? w->units : w->x + w->width; }

static void collect(bx_arena *arena, words *out, const bx_frame *frame, uint32_t page, bx_len x,
                    bx_len y) {
    for (uint32_t i = 0; i < frame->items.n; i++) {
        const bx_item *item = &frame->items.at[i];
        if (item->kind == BX_ITEM_FRAME)
            collect(arena, out, item->frame, page, x + item->dx, y + item->dy);
        if (item->kind != BX_ITEM_GLYPHS)
            continue;
        for (uint32_t k = 0; k <= item->more; k++)
            add_run(arena, out, item, item->run + k, page, x + item->dx, y + item->dy);
    }
}

static words words_of(fixture *f, const bx_pages *pages) {
    words out = {0};
    for (uint32_t i = 0; i < pages->list.n; i++)
        collect(f->arena, &out, pages->list.at[i].frame, i, 0, 0);
    return out;
}

static const word *find(const words *w, const char *text) {
    for (uint32_t i = 0; i < w->list.n; i++) {
        if (bx_str_is(w->list.at[i].text, text))
            return &w->list.at[i];
    }
    fail_msg("“%s” is not on the pages", text);
    return NULL;
}

static void test_numbers(void **state) {
    (void)state;
    static const struct {
        const char *text;
        uint32_t units;
    } cases[] = {
        {"12.5", 2},
        {"3", 1},
        {"−1,280.25", 8},
        {"5～8", 1},
        {"12%", 2},
        {"¥1,200", 7},
        {"3.2 万元", 1},
        {"+0.5‰", 2},
        {"≈ 40 GB/s", 6},
        {"1.5–2.0 倍", 1},
        {"12 000", 6},
        {"2026", 4},
        {"100M", 3},
        {"０．５", 3},
        {"1,", BX_NO_NUMBER},
        {"", BX_NO_NUMBER},
        {"—", BX_NO_NUMBER},
        {"2026-04-17", BX_NO_NUMBER},
        {"v1", BX_NO_NUMBER},
        {"1.2.3", BX_NO_NUMBER},
        {"第 3 名", BX_NO_NUMBER},
        {"4月17日", BX_NO_NUMBER},
        {"12:30", BX_NO_NUMBER},
        {"3 是一个很长的单位名", BX_NO_NUMBER},
        {"5～", BX_NO_NUMBER},
        {"+", BX_NO_NUMBER},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        uint32_t units = bx_table_number(bx_str_of(cases[i].text));
        if (units != cases[i].units)
            fail_msg("%s: %u, not %u", cases[i].text, units, cases[i].units);
    }
    assert_true(bx_table_filler(BX_STR("—")) && bx_table_filler(BX_STR("N/A")) &&
                bx_table_filler(BX_STR("--")));
    assert_false(bx_table_filler(BX_STR("")) || bx_table_filler(BX_STR("a")) ||
                 bx_table_filler(BX_STR("0")));
}

/* The units digits of a column end at one x; a dash ends there too; the head is centred over them.
 */
static void test_units_align(void **state) {
    fixture *f = *state;
    static const char *const rows[] = {"项目|数值|备注",    "甲|12.5|正常", "乙|3|正常",
                                       "丙|−1,280.25|偏高", "丁|5～8|正常", "戊|—|缺"};
    words w = words_of(f, compose(f, make_table(f->arena, rows, 6, NULL)));
    bx_len units = units_of(find(&w, "12.5"));
    assert_int_equal(units_of(find(&w, "3")), units);
    assert_int_equal(units_of(find(&w, "−1,280.25")), units);
    assert_int_equal(units_of(find(&w, "5～8")), units);
    const word *dash = find(&w, "—");
    assert_in_range(dash->x + dash->width - units + 20, 0, 40);
    const word *head = find(&w, "数值"), *long_one = find(&w, "−1,280.25");
    assert_true(head->x > long_one->x && head->x + head->width < long_one->x + long_one->width);
    /* A short column stands under its centred head; the first names its row and stands left. */
    const word *note = find(&w, "备注"), *under = find(&w, "偏高"), *single = find(&w, "缺");
    assert_int_equal(note->x, under->x);
    assert_in_range(2 * single->x + single->width - 2 * under->x - under->width + 4, 0, 8);
    assert_int_equal(find(&w, "甲")->x, find(&w, "项目")->x);
    assert_int_equal(f->report->list.n, 0);
}

static void test_alignment_said(void **state) {
    fixture *f = *state;
    static const char *const rows[] = {"甲|乙|丙|丁", "一|二十|10|1.5", "一二三|二|9|10"};
    static const bx_cell_align aligns[] = {BX_CELL_CENTER, BX_CELL_END, BX_CELL_START, BX_CELL_END};
    words w = words_of(f, compose(f, make_table(f->arena, rows, 3, aligns)));
    const word *one = find(&w, "一"), *three = find(&w, "一二三");
    assert_in_range(2 * one->x + one->width - 2 * three->x - three->width + 4, 0, 8);
    const word *two = find(&w, "二"), *twenty = find(&w, "二十"), *head = find(&w, "乙");
    assert_int_equal(two->x + two->width, twenty->x + twenty->width);
    assert_int_equal(head->x + head->width, two->x + two->width);
    assert_int_equal(find(&w, "9")->x, find(&w, "丙")->x);
    assert_int_equal(units_of(find(&w, "1.5")), units_of(&w.list.at[w.list.n - 1]));
}

/* Every row stands once, in order, and the head on each page: once as content, then as decoration.
 */
static void test_over_pages(void **state) {
    fixture *f = *state;
    enum { ROWS = 120 };
    const char *rows[ROWS];
    rows[0] = "序列|名称";
    for (int i = 1; i < ROWS; i++)
        rows[i] = bx_str_fmt(f->arena,
                             "r%d|内容，有些长，一栏里放不下两份这样的表格，所以一行一行排到底", i)
                      .p;
    bx_pages *pages = compose(f, make_table(f->arena, rows, ROWS, NULL));
    assert_true(pages->list.n >= 3);
    words w = words_of(f, pages);
    uint32_t page = 0;
    bx_len y = 0;
    for (int i = 1; i < ROWS; i++) {
        const word *row = find(&w, bx_str_fmt(f->arena, "r%d", i).p);
        assert_true(row->page == page ? row->y > y : row->page == page + 1);
        page = row->page;
        y = row->y;
    }
    uint32_t heads = 0, read = 0, continued = 0;
    for (uint32_t i = 0; i < w.list.n; i++) {
        bool head = bx_str_is(w.list.at[i].text, "序列");
        heads += head;
        read += head && !w.list.at[i].artifact;
        continued += bx_str_is(w.list.at[i].text, "续表");
    }
    assert_int_equal(heads, pages->list.n);
    assert_int_equal(read, 1);
    assert_int_equal(continued, pages->list.n - 1);
}

/* A long and narrow table is folded: it fills both halves of a page before the next one, the head
 * stands over each, 续表 over both. */
static void test_folded(void **state) {
    fixture *f = *state;
    enum { ROWS = 120 };
    const char *rows[ROWS];
    rows[0] = "序列|名称";
    for (int i = 1; i < ROWS; i++)
        rows[i] = bx_str_fmt(f->arena, "r%d|内容", i).p;
    bx_pages *pages = compose(f, make_table(f->arena, rows, ROWS, NULL));
    words w = words_of(f, pages);
    uint32_t turns = 0;
    const word *before = find(&w, "r1");
    for (int i = 2; i < ROWS; i++) {
        const word *row = find(&w, bx_str_fmt(f->arena, "r%d", i).p);
        bool below = row->page == before->page && row->x == before->x && row->y > before->y;
        bool beside = row->page == before->page && row->x > before->x && row->y < before->y;
        assert_true(below || beside || row->page == before->page + 1);
        turns += beside;
        before = row;
    }
    uint32_t heads = 0, read = 0, continued = 0;
    for (uint32_t i = 0; i < w.list.n; i++) {
        bool head = bx_str_is(w.list.at[i].text, "序列");
        heads += head;
        read += head && !w.list.at[i].artifact;
        continued += bx_str_is(w.list.at[i].text, "续表");
    }
    assert_int_equal(turns, pages->list.n);
    assert_int_equal(heads, 2 * pages->list.n);
    assert_int_equal(read, 1);
    assert_int_equal(continued, pages->list.n - 1);
}

/* A cell longer than a page goes on over pages and loses nothing. */
static void test_long_cell(void **state) {
    fixture *f = *state;
    bx_buf text = bx_buf_new(f->arena);
    bx_buf_str(&text, BX_STR("甲|"));
    for (int i = 0; i < 6000; i++)
        bx_buf_rune(&text, 0x4E00 + (uint32_t)i);
    bx_buf_char(&text, 0);
    const char *rows[] = {"项|文", text.p, "乙|完"};
    bx_pages *pages = compose(f, make_table(f->arena, rows, 3, NULL));
    assert_true(pages->list.n >= 2);
    words w = words_of(f, pages);
    uint32_t bytes = 0;
    for (uint32_t i = 0; i < w.list.n; i++)
        bytes += w.list.at[i].text.n > 30 ? w.list.at[i].text.n : 0;
    assert_int_equal(bytes, 3 * 6000);
    assert_int_equal(find(&w, "完")->page, pages->list.n - 1);
}

/* Ragged rows make a whole grid of tags. */
static void test_ragged(void **state) {
    fixture *f = *state;
    static const char *const rows[] = {"a|b", "x", "y|z|w", "|"};
    bx_pages *pages = compose(f, make_table(f->arena, rows, 4, NULL));
    uint32_t tr = 0, cells = 0;
    for (uint32_t i = 1; i < pages->tags->list.n; i++) {
        const bx_tag *tag = &pages->tags->list.at[i];
        tr += tag->kind == BX_TAG_TR;
        cells += tag->kind == BX_TAG_TH || tag->kind == BX_TAG_TD;
        if (tag->kind == BX_TAG_TD)
            assert_int_equal(pages->tags->list.at[tag->headers[0]].kind, BX_TAG_TH);
    }
    assert_int_equal(tr, 4);
    assert_int_equal(cells, 12);
}

/* A table of many columns stays inside the type area: smaller, or on a page turned on its side. */
static void test_wide(void **state) {
    fixture *f = *state;
    for (int columns = 4; columns <= 40; columns += 9) {
        bx_buf head = bx_buf_new(f->arena), row = bx_buf_new(f->arena);
        for (int i = 0; i < columns; i++) {
            bx_buf_fmt(&head, "%s列%d", i ? "|" : "", i);
            bx_buf_fmt(&row, "%s单元格的内容%d", i ? "|" : "", i);
        }
        bx_buf_char(&head, 0);
        bx_buf_char(&row, 0);
        const char *rows[] = {head.p, row.p, row.p};
        bx_pages *pages = compose(f, make_table(f->arena, rows, 3, NULL));
        words w = words_of(f, pages);
        for (uint32_t i = 0; i < w.list.n; i++) {
            const bx_frame *sheet = pages->list.at[w.list.at[i].page].frame;
            if (columns <= 22)
                assert_in_range(w.list.at[i].x + w.list.at[i].width, 0, sheet->w);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_numbers),
        cmocka_unit_test_setup_teardown(test_units_align, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_alignment_said, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_over_pages, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_folded, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_long_cell, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_ragged, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_wide, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
