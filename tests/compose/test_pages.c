/* Whole issues into pages: what stands where, page numbers, links, tags, notes, messages. */
#include "bench.h"
#include "support/cmocka_all.h"

#include "compose/dump.h"
#include "support/golden.h"

#include <stdio.h>
#include <stdlib.h>

static void matches_golden(void **state) {
    (void)state;
    bench b;
    bench_open(&b, "small");
    bx_str text = bx_test_file(b.arena, BX_TEST_DIR "/golden/report.md");
    assert_non_null(bench_compose(&b, text));
    bx_buf out = bx_buf_new(b.arena);
    bx_buf_str(&out, bench_messages(&b));
    bx_pages_dump(&out, b.pages);
    bx_assert_golden(b.arena, BX_TEST_DIR "/golden/report.txt", bx_buf_view(&out));
    bench_close(&b);
}

/* A document of n sections, each with some paragraphs. */
static bx_str long_text(bx_arena *arena, int sections, int paragraphs) {
    bx_buf buf = bx_buf_new(arena);
    bx_buf_str(&buf, BX_STR("---\ntitle: 长文\n---\n\n"));
    for (int i = 1; i <= sections; i++) {
        bx_buf_fmt(&buf, "# 第%d节的标题\n\n", i);
        for (int k = 0; k < paragraphs; k++)
            bx_buf_fmt(&buf,
                       "这是第 %d 节的第 %d 段，讲的是潮水与港口之间的事，"
                       "也讲灯塔、航标和夜里的风，句子不长不短，正好占上两三行。\n\n",
                       i, k + 1);
    }
    return bx_buf_view(&buf);
}

static void prints_right_page_numbers(void **state) {
    (void)state;
    bench b;
    bench_open(&b, "small");
    assert_non_null(bench_compose(&b, long_text(b.arena, 40, 4)));
    assert_true(b.pages->list.n > 20);
    assert_true(b.pages->rounds <= 3);
    bx_buf all = bx_buf_new(b.arena);
    const bx_anchor *first = bx_map_get(&b.pages->anchor_by_name, b.pages->outline.at[0].dest);
    for (uint32_t i = 0; i < first->page; i++) { /* the contents */
        bx_buf_str(&all, bench_text(&b, i));
        bx_buf_char(&all, '|');
    }
    for (uint32_t i = 0; i < b.pages->outline.n; i++) {
        const bx_outline *o = &b.pages->outline.at[i];
        const bx_anchor *at = bx_map_get(&b.pages->anchor_by_name, o->dest);
        assert_non_null(at);
        bx_str line = bx_str_fmt(b.arena, "第%u节的标题%u|", i + 1, at->page + 1);
        if (bx_str_find(bx_buf_view(&all), line) < 0)
            fail_msg("no “%.*s” in %.*s", BX_STR_ARG(line), BX_STR_ARG(bx_buf_view(&all)));
        bx_str head = bx_str_fmt(b.arena, "第%u节的标题", i + 1);
        assert_true(bx_str_find(bench_text(&b, at->page), head) >= 0);
    }
    bench_close(&b);
}

static void leaves_two_lines(void **state) {
    (void)state;
    bench b;
    bench_open(&b, "small");
    assert_non_null(bench_compose(&b, long_text(b.arena, 12, 5)));
    for (uint32_t i = 2; i < b.pages->list.n; i++) {
        bx_str text = bench_text(&b, i);
        /* no page but the last ends with a head: something of its section follows */
        int64_t head = -1;
        for (uint32_t k = 1; k <= 12; k++) {
            int64_t at = bx_str_find(text, bx_str_fmt(b.arena, "%u第%u节的标题|", k, k));
            head = at > head ? at : head;
        }
        if (head < 0)
            continue;
        uint32_t lines = 0;
        for (uint32_t k = (uint32_t)head; k < text.n; k++)
            lines += text.p[k] == '|';
        assert_true(lines >= 3); /* the head's own, and two of text before the folio */
    }
    bench_close(&b);
}

static void find_link(const bench *b, const bx_frame *frame, const char *target, uint32_t *n) {
    for (uint32_t i = 0; i < frame->items.n; i++) {
        const bx_item *item = &frame->items.at[i];
        if (item->kind == BX_ITEM_FRAME)
            find_link(b, item->frame, target, n);
        else if (item->kind == BX_ITEM_LINK &&
                 (bx_str_is(item->link->url, target) || bx_str_is(item->link->dest, target))) {
            assert_int_equal(bx_tags_at(b->pages->tags, item->tag)->kind, BX_TAG_LINK);
            assert_true(item->link->title.n > 0);
            assert_true(item->link->w > 0 && item->link->h > 0);
            ++*n;
        }
    }
}

static uint32_t links_to(const bench *b, const char *target) {
    uint32_t n = 0;
    for (uint32_t i = 0; i < b->pages->list.n; i++)
        find_link(b, b->pages->list.at[i].frame, target, &n);
    return n;
}

static void links_both_ways(void **state) {
    (void)state;
    bench b;
    bench_open(&b, "small");
    bx_str text =
        BX_STR("---\ntitle: 题\nreferences:\n- {id: li, author: Li Ming, title: On Tides, "
               "url: 'https://example.org/tides', date: 2026-01-02}\n---\n"
               "# 甲\n\n潮水[@li]，见[甲](#sec-1)与<https://example.org/a>。注[^n]。"
               "再引[@li]。\n\n[^n]: 注文。\n");
    assert_non_null(bench_compose(&b, text));
    assert_int_equal(b.report->list.n, 0);
    assert_int_equal(links_to(&b, "ref:li"), 2);
    assert_int_equal(links_to(&b, "cite:li"), 1);
    assert_int_equal(links_to(&b, "https://example.org/tides"), 1);
    assert_int_equal(links_to(&b, "https://example.org/a"), 1);
    assert_int_equal(links_to(&b, "note:n"), 1);
    assert_int_equal(links_to(&b, "noteref:n"), 1);
    assert_int_equal(links_to(&b, "sec-1"), 1);
    const char *const anchors[] = {"ref:li",    "cite:li", "note:n",
                                   "noteref:n", "sec-1",   "issue:references"};
    for (size_t i = 0; i < sizeof anchors / sizeof *anchors; i++)
        assert_non_null(bx_map_get(&b.pages->anchor_by_name, bx_str_of(anchors[i])));
    bench_close(&b);
}

/* A note stands on the page of its mark; one that is too long runs over, and all of it is printed.
 */
/* As the author has it: under his heading, with his numbers, before what follows. */
static void references_keep_their_place(void **state) {
    (void)state;
    bench b;
    bench_open(&b, "small");
    assert_non_null(
        bench_compose(&b, BX_STR("# 题\n\n## 港\n\n见[4]。\n\n## 五、参考资料\n\n4. 潮汐表\n"
                                 "\n## 附录\n\n完。\n")));
    bx_str last = bench_text(&b, b.pages->list.n - 1);
    if (bx_str_find(last, BX_STR("|五、参考资料|4.潮汐表|附录|")) < 0)
        fail_msg("%.*s", BX_STR_ARG(last));
    assert_int_equal(b.pages->outline.n, 3);
    bench_close(&b);
}

static void sets_notes_at_the_foot(void **state) {
    (void)state;
    bench b;
    bench_open(&b, "small");
    bx_buf text = bx_buf_new(b.arena);
    bx_buf_str(&text, BX_STR("---\ntitle: 题\n---\n\n# 甲\n\n"));
    for (int i = 1; i <= 12; i++)
        bx_buf_fmt(
            &text,
            "第%d段，一段不长不短的文字，为的是把页面占满，也为的是让注释有处可落[^%d]。\n\n", i,
            i);
    for (int i = 1; i <= 12; i++) {
        bx_buf_fmt(&text, "[^%d]: 注文之%d。", i, i);
        for (int k = 0; k < (i == 6 ? 60 : 1); k++)
            bx_buf_fmt(&text, "第%d条第%d句，", i, k);
        bx_buf_str(&text, BX_STR("\n\n"));
    }
    assert_non_null(bench_compose(&b, bx_buf_view(&text)));
    assert_int_equal(b.report->list.n, 0);
    bx_buf all = bx_buf_new(b.arena);
    for (uint32_t i = 1; i < b.pages->list.n; i++)
        bx_buf_str(&all, bench_text(&b, i));
    for (uint32_t i = 1; i <= 12; i++) {
        bx_str id = bx_str_fmt(b.arena, "%u", i);
        const bx_anchor *mark = bx_map_get(&b.pages->anchor_by_name,
                                           bx_str_fmt(b.arena, "noteref:%.*s", BX_STR_ARG(id)));
        const bx_anchor *note =
            bx_map_get(&b.pages->anchor_by_name, bx_str_fmt(b.arena, "note:%.*s", BX_STR_ARG(id)));
        assert_non_null(mark);
        assert_non_null(note);
        assert_int_equal(mark->page, note->page);
        assert_true(note->y > mark->y);
    }
    assert_true(bx_str_find(bx_buf_view(&all), BX_STR("第6条第59句")) >= 0);
    bench_close(&b);
}

/* How far the glyphs of a running line reach on its sheet. */
static void reach_of(const bx_item *line, bx_len *left, bx_len *right) {
    *left = INT32_MAX;
    *right = 0;
    for (uint32_t i = 0; i < line->frame->items.n; i++) {
        const bx_item *item = &line->frame->items.at[i];
        if (item->kind != BX_ITEM_GLYPHS)
            continue;
        for (uint32_t k = 0; k <= item->more; k++) {
            bx_len x = line->dx + item->dx + item->run[k].x;
            *left = x < *left ? x : *left;
            *right = x + item->run[k].width > *right ? x + item->run[k].width : *right;
        }
    }
}

static void running_lines_give_way(void **state) {
    (void)state;
    bench b;
    bench_open(&b, "small");
    bx_str text = BX_STR(
        "---\ntitle: 题\nseries: 一份名字很长很长的、长到半行里放不下的、关于潮水的刊物\n---\n"
        "# 这一节的题目也长得在页眉的另一半里放不下了吧\n\n文。\n");
    assert_non_null(bench_compose(&b, text));
    const bx_frame *sheet = b.pages->list.at[1].frame;
    bx_len left[2], right[2], measure = b.style->page.measure;
    uint32_t n = 0;
    for (uint32_t i = 0; i < sheet->items.n && n < 2; i++) {
        const bx_item *item = &sheet->items.at[i];
        if (item->kind == BX_ITEM_FRAME && bx_str_is(item->frame->role, "running"))
            reach_of(item, &left[n], &right[n]), n++;
    }
    assert_int_equal(n, 2);
    assert_true(right[0] < left[1]);
    assert_true(right[0] - left[0] > measure / 3 && right[1] - left[1] > measure / 3);
    assert_true(bx_str_find(bench_text(&b, 1), BX_STR("…|")) > 0);
    bench_close(&b);
}

/* Every tag's parent comes before it, and what a tag may hold is kept. */
/* n paragraphs of one line, then the rest: it comes to stand at every height of a page. */
static bx_str after_lines(bench *b, int n, const char *rest) {
    bx_buf text = bx_buf_new(b->arena);
    bx_buf_str(&text, BX_STR("# 题\n\n## 一节\n\n"));
    for (int i = 0; i < n; i++)
        bx_buf_str(&text, BX_STR("一行字。\n\n"));
    bx_buf_str(&text, bx_str_of(rest));
    return bx_buf_view(&text);
}

/* A page with that text on it. */
static bx_str page_with(bench *b, const char *words) {
    for (uint32_t i = 0; i < b->pages->list.n; i++) {
        bx_str text = bench_text(b, i);
        if (bx_str_find(text, bx_str_of(words)) >= 0)
            return text;
    }
    fail_msg("no page has %s", words);
    return (bx_str){0};
}

static void a_closing_line_never_stands_alone(void **state) {
    (void)state;
    for (int n = 20; n < 60; n++) {
        bench b;
        bench_open(&b, "essay");
        assert_non_null(bench_compose(&b, after_lines(&b, n, "---\n\n全文完\n")));
        assert_true(bx_str_find(page_with(&b, "全文完"), BX_STR("一行字")) >= 0);
        bench_close(&b);
    }
}

static void a_head_has_more_than_one_line_under_it(void **state) {
    (void)state;
    for (int n = 20; n < 60; n++) {
        bench b;
        bench_open(&b, "essay");
        bx_str text = after_lines(&b, n, "## 另一节\n\n只有一行。\n\n下一段也有话说。\n");
        assert_non_null(bench_compose(&b, text));
        assert_true(bx_str_find(page_with(&b, "另一节"), BX_STR("下一段")) >= 0);
        bench_close(&b);
    }
}

/* The lines of a verse begin alike, though the first is indented as a paragraph's. */
static void lines_of_a_verse_begin_alike(void **state) {
    (void)state;
    bench b;
    bench_open(&b, "essay");
    assert_non_null(bench_compose(&b, BX_STR("# 题\n\n> 灯下一页，  \n> 风也一页。\n")));
    bx_buf out = bx_buf_new(b.arena);
    bx_pages_dump(&out, b.pages);
    double x[2];
    const char *first = strstr(bx_cstr(b.arena, bx_buf_view(&out)), "  text ");
    for (int found = 0; first && found < 2; first = strstr(first + 1, "  text ")) {
        const char *end = strchr(first, '\n');
        if (memmem(first, (size_t)(end - first), "一页", strlen("一页")))
            sscanf(first, "  text %lf", &x[found++]);
    }
    assert_true(x[0] == x[1]);
    bench_close(&b);
}

static uint32_t times(bx_str text, const char *word) {
    uint32_t n = 0;
    bx_str w = bx_str_of(word);
    for (int64_t at; (at = bx_str_find(text, w)) >= 0; n++)
        text = bx_str_sub(text, (uint32_t)at + w.n, text.n);
    return n;
}

/* A row of labels and values: in the contents by column, under the head line by line, its tags as
 * chips that are read with their brackets, and not once more in the text. */
static void sets_the_row_that_opens_an_article(void **state) {
    (void)state;
    bench b;
    bench_open(&b, "daily-intelligence");
    bx_str text =
        BX_STR("# 情报 2026-02-20\n\n## 今日\n\n### 1. 甲文\n**来源**: 潮报 | **时间**: 早\n"
               "**价值**: 四星 **标签**: [港口] [Tide 表]\n\n正文甲。\n\n"
               "### 2. 乙文\n**来源**: 汐报 | **时间**: 晚\n\n正文乙。\n\n"
               "### 3. 丙文\n\n没有一行。\n");
    assert_non_null(bench_compose(&b, text));
    bx_str page = bench_text(&b, 0);
    assert_int_equal(times(page, "潮报"), 2);
    assert_int_equal(times(page, "四星"), 2);
    assert_int_equal(times(page, "时间: 早"), 1);
    assert_int_equal(times(page, "[港口]"), 1);
    assert_int_equal(times(page, "[Tide 表]"), 1);
    assert_int_equal(times(page, "2026 年 2 月 20 日"), 1);
    assert_int_equal(times(page, "共 3 篇"), 1);
    bench_close(&b);
}

static void keeps_the_tree_in_order(void **state) {
    (void)state;
    bench b;
    bench_open(&b, "small");
    bx_str text = bx_test_file(b.arena, BX_TEST_DIR "/golden/report.md");
    assert_non_null(bench_compose(&b, text));
    const bx_tags *tags = b.pages->tags;
    uint32_t figures = 0, titles = 0;
    for (uint32_t i = 2; i < tags->list.n; i++) {
        const bx_tag *tag = &tags->list.at[i];
        assert_true(tag->parent >= 1 && tag->parent < i);
        bx_tag_kind parent = tags->list.at[tag->parent].kind;
        if (tag->kind == BX_TAG_LI)
            assert_int_equal(parent, BX_TAG_L);
        if (tag->kind == BX_TAG_TR)
            assert_true(parent == BX_TAG_THEAD || parent == BX_TAG_TBODY);
        if (tag->kind == BX_TAG_TD || tag->kind == BX_TAG_TH)
            assert_int_equal(parent, BX_TAG_TR);
        if (tag->kind == BX_TAG_TOCI)
            assert_int_equal(parent, BX_TAG_TOC);
        if (tag->kind == BX_TAG_FIGURE) {
            figures++;
            assert_true(tag->alt.n > 0);
        }
        titles += tag->kind == BX_TAG_TITLE;
    }
    assert_int_equal(figures, 1);
    assert_int_equal(titles, 1);
    bench_close(&b);
}

/* Depth costs no stack: 3000 quotations in each other, and lists likewise. */
static void survives_depth(void **state) {
    (void)state;
    bench b;
    bench_open(&b, "small");
    bx_node *top = bx_node_new(b.arena, BX_NODE_DOCUMENT, (bx_span){0}), *at = top;
    for (int i = 0; i < 3000; i++) {
        bx_node *outer = bx_node_new(b.arena, i % 2 ? BX_NODE_LIST : BX_NODE_QUOTE, (bx_span){0});
        bx_node_append(at, outer);
        at = outer;
        if (i % 2) {
            at = bx_node_new(b.arena, BX_NODE_ITEM, (bx_span){0});
            bx_node_append(outer, at);
        }
    }
    bx_node *para = bx_node_new(b.arena, BX_NODE_PARAGRAPH, (bx_span){0});
    bx_node_append(at, para);
    bx_node *inline_at = para;
    for (int i = 0; i < 3000; i++) {
        bx_node *strong = bx_node_new(b.arena, BX_NODE_STRONG, (bx_span){0});
        bx_node_append(inline_at, strong);
        inline_at = strong;
    }
    bx_node *leaf = bx_node_new(b.arena, BX_NODE_TEXT, (bx_span){0});
    leaf->text = BX_STR("深处");
    bx_node_append(inline_at, leaf);
    bx_section section = {.id = BX_STR("s"), .level = 1, .body = top};
    section.title.plain = BX_STR("题");
    bx_issue issue = {.sections = &section, .extra = bx_map_new(b.arena)};
    b.pages = bx_compose(b.arena, &issue, b.style, b.fonts, NULL, b.report);
    assert_non_null(b.pages);
    bool found = false;
    for (uint32_t i = 0; i < b.pages->list.n; i++)
        found |= bx_str_find(bench_text(&b, i), BX_STR("深处")) >= 0;
    assert_true(found);
    bench_close(&b);
}

static void warns_of_what_is_too_tall(void **state) {
    (void)state;
    bench b;
    bench_open(&b, "small");
    bx_str text =
        BX_STR("---\ntitle: 题\n---\n\n# 甲\n\n文。\n\n![图](300x9000.png \"题\")\n\n文。\n");
    assert_non_null(bench_compose(&b, text)); /* a picture is scaled, never too tall */
    assert_int_equal(b.report->list.n, 0);
    bench_close(&b);
}

static void tells_of_missing_pictures(void **state) {
    (void)state;
    bench b;
    bench_open(&b, "small");
    bx_str text =
        BX_STR("---\ntitle: 题\n---\n\n# 甲\n\n![潮水的照片](https://example.org/a.png)\n");
    assert_non_null(bench_compose(&b, text));
    assert_int_equal(b.report->list.n, 1);
    assert_int_equal(b.report->list.at[0].code, BX_D_IMAGE_REMOTE);
    assert_true(bx_str_find(bench_text(&b, b.pages->list.n - 1), BX_STR("潮水的照片")) >= 0);
    assert_int_equal(links_to(&b, "https://example.org/a.png"), 1);
    bench_close(&b);
}

/* By two threads as by one: the same pages, and the same messages in the same order. */
static void two_threads_make_the_same(void **state) {
    (void)state;
    bx_str dumps[2], messages[2];
    bench b[2];
    for (int i = 0; i < 2; i++) {
        bench_open(&b[i], "small");
        b[i].hand = i ? bx_hand_new(b[i].arena) : NULL;
        bx_buf text = bx_buf_new(b[i].arena);
        bx_buf_str(&text, long_text(b[i].arena, 60, 4));
        for (int k = 0; k < 200; k++)
            bx_buf_fmt(&text, "\n\n没有的字 \xEE\x80%c \xEE\x81%c。", 0x80 + k % 64, 0x80 + k % 9);
        assert_non_null(bench_compose(&b[i], bx_buf_view(&text)));
        bx_buf dump = bx_buf_new(b[i].arena);
        bx_pages_dump(&dump, b[i].pages);
        dumps[i] = bx_buf_view(&dump);
        messages[i] = bench_messages(&b[i]);
    }
    assert_int_equal(b[0].report->warnings, 64 + 9);
    assert_true(bx_str_eq(dumps[0], dumps[1]));
    assert_true(bx_str_eq(messages[0], messages[1]));
    bench_close(&b[0]);
    bench_close(&b[1]);
}

/* The second figure is put off until the first one has found room, and text that stands behind it
 * is set before it: its caption has the first place of the missing glyph all the same. */
static void two_threads_tell_of_the_same_place(void **state) {
    (void)state;
    for (int i = 0; i < 2; i++) {
        bench b;
        bench_open(&b, "small");
        b.hand = i ? bx_hand_new(b.arena) : NULL;
        bx_buf text = bx_buf_new(b.arena);
        bx_buf_str(&text, long_text(b.arena, 12, 2));
        bx_buf_str(&text, BX_STR("\n\n![图](300x400.png \"一\")\n\n![图](300x400.png \"二"));
        uint32_t place = text.n;
        bx_buf_str(&text, BX_STR("\xEE\x80\x81\")\n"));
        for (int k = 0; k < 40; k++)
            bx_buf_str(&text, BX_STR("\n后文\xEE\x80\x81。\n"));
        assert_non_null(bench_compose(&b, bx_buf_view(&text)));
        assert_int_equal(b.report->list.n, 1);
        assert_int_equal(b.report->list.at[0].code, BX_D_GLYPH_MISSING);
        assert_int_equal(b.report->list.at[0].span.start, place);
        bench_close(&b);
    }
}

/* Whether composing by two threads stops for want of memory, with so many bytes more. */
static bool stops_at(size_t more) {
    bench b;
    bench_open(&b, "small");
    b.hand = bx_hand_new(b.arena);
    jmp_buf trap;
    b.memory.trap = &trap;
    b.memory.most = b.memory.in_use + more;
    if (setjmp(trap) == 0)
        assert_non_null(bench_compose(&b, long_text(b.arena, 50, 4)));
    else
        assert_int_equal(b.memory.over, BX_OVER_MEMORY);
    bool stopped = b.memory.over == BX_OVER_MEMORY;
    bench_close(&b);
    return stopped;
}

/* Memory that ends, in whichever thread, is the caller's to be told of, once both have stopped. */
static void two_threads_stop_at_limits(void **state) {
    (void)state;
    uint32_t stopped = 0;
    for (size_t more = 1 << 18; more <= 8 << 20; more *= 2)
        stopped += stops_at(more);
    assert_in_range(stopped, 1, 5);
}

/* The same issue twice: the same dump. Work grows with the text, not faster. */
static void grows_evenly(void **state) {
    (void)state;
    size_t used[2];
    for (int i = 0; i < 2; i++) {
        bench b;
        bench_open(&b, "small");
        size_t before = b.memory.in_use;
        assert_non_null(bench_compose(&b, long_text(b.arena, i ? 200 : 50, 4)));
        used[i] = b.memory.peak - before;
        bench_close(&b);
    }
    assert_true(used[1] < used[0] * 5);
}

static void is_deterministic(void **state) {
    (void)state;
    bx_buf dumps[2];
    bench b[2];
    for (int i = 0; i < 2; i++) {
        bench_open(&b[i], "committee-daily");
        bx_str text = bx_test_file(b[i].arena, BX_TEST_DIR "/golden/report.md");
        assert_non_null(bench_compose(&b[i], text));
        dumps[i] = bx_buf_new(b[i].arena);
        bx_pages_dump(&dumps[i], b[i].pages);
    }
    assert_true(bx_str_eq(bx_buf_view(&dumps[0]), bx_buf_view(&dumps[1])));
    bench_close(&b[0]);
    bench_close(&b[1]);
}

/* A picture's title stands under it, else its alternative text when that is words. */
static void captions_pictures(void **state) {
    (void)state;
    bench b;
    bench_open(&b, "small");
    const char *text = "![水边的灯](60x40.png)\n\n![image-01](60x40.png)\n\n"
                       "![灯](60x40.png \"夜里的灯\")\n";
    assert_non_null(bench_compose(&b, bx_str_of(text)));
    bx_buf all = bx_buf_new(b.arena);
    for (uint32_t i = 0; i < b.pages->list.n; i++)
        bx_buf_str(&all, bench_text(&b, i));
    assert_true(bx_str_find(bx_buf_view(&all), BX_STR("水边的灯")) >= 0);
    assert_true(bx_str_find(bx_buf_view(&all), BX_STR("image-01")) < 0);
    assert_true(bx_str_find(bx_buf_view(&all), BX_STR("夜里的灯")) >= 0);
    bench_close(&b);
}

/* A marker of another size than its text asks for no room of its own: lists stay on the grid, and
 * no page is too long by a hair. */
static void labels_take_no_room(void **state) {
    (void)state;
    for (int n = 10; n < 30; n++) {
        bench b;
        bench_open(&b, "essay");
        bx_buf text = bx_buf_new(b.arena);
        bx_buf_str(&text, BX_STR("# 题\n\n![图](图)\n\n"));
        for (int i = 0; i < n; i++)
            bx_buf_str(&text, BX_STR("一段文字。\n\n"));
        bx_buf_str(&text, BX_STR("- 一项\n\n又一段文字。\n"));
        assert_non_null(bench_compose(&b, bx_buf_view(&text)));
        assert_int_equal(b.report->list.n, 1); /* the picture */
        bench_close(&b);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(matches_golden),
        cmocka_unit_test(prints_right_page_numbers),
        cmocka_unit_test(leaves_two_lines),
        cmocka_unit_test(links_both_ways),
        cmocka_unit_test(references_keep_their_place),
        cmocka_unit_test(sets_notes_at_the_foot),
        cmocka_unit_test(running_lines_give_way),
        cmocka_unit_test(sets_the_row_that_opens_an_article),
        cmocka_unit_test(a_closing_line_never_stands_alone),
        cmocka_unit_test(a_head_has_more_than_one_line_under_it),
        cmocka_unit_test(lines_of_a_verse_begin_alike),
        cmocka_unit_test(keeps_the_tree_in_order),
        cmocka_unit_test(survives_depth),
        cmocka_unit_test(warns_of_what_is_too_tall),
        cmocka_unit_test(tells_of_missing_pictures),
        cmocka_unit_test(captions_pictures),
        cmocka_unit_test(labels_take_no_room),
        cmocka_unit_test(two_threads_make_the_same),
        cmocka_unit_test(two_threads_tell_of_the_same_place),
        cmocka_unit_test(two_threads_stop_at_limits),
        cmocka_unit_test(grows_evenly),
        cmocka_unit_test(is_deterministic),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
