/* What authors write instead of markup, and what the layouts make of it: labels, titles of items,
 * bilingual heads, lists with signs of their own, cards. The texts are such as weeklies and digests
 * have; each fault that a page has shown is here. */
#include "bench.h"
#include "support/cmocka_all.h"

#include "compose/dump.h"

#include <stdlib.h>

static bx_str compose(bench *b, const char *layout, const char *text) {
    bench_open(b, layout);
    assert_non_null(bench_compose(b, bx_str_of(text)));
    bx_buf all = bx_buf_new(b->arena);
    for (uint32_t i = 0; i < b->pages->list.n; i++) {
        bx_buf_str(&all, bench_text(b, i));
        bx_buf_char(&all, '|');
    }
    return bx_buf_view(&all);
}

static void assert_has(bx_str text, const char *wanted) {
    if (bx_str_find(text, bx_str_of(wanted)) < 0)
        fail_msg("no “%s” in %.*s", wanted, BX_STR_ARG(text));
}

typedef struct found {
    const bx_glyph_run *run;
    bx_str role;
    bx_len x;
    uint32_t page;
} found;

static bool find_in(const bx_frame *frame, bx_str text, bx_str role, bx_len x, found *f) {
    role = frame->role.n ? frame->role : role;
    for (uint32_t i = 0; i < frame->items.n; i++) {
        const bx_item *item = &frame->items.at[i];
        if (item->kind == BX_ITEM_FRAME && find_in(item->frame, text, role, x + item->dx, f))
            return true;
        if (item->kind != BX_ITEM_GLYPHS)
            continue;
        int64_t at = bx_str_find(item->run->text, text);
        for (uint32_t k = 0; k <= item->more; k++) {
            const bx_glyph_run *run = item->run + k;
            if (at < run->start || at >= run->end)
                continue;
            *f = (found){.run = run, .role = role, .x = x + item->dx + run->x, .page = f->page};
            return true;
        }
    }
    return false;
}

/* The first run of this text on a page or after it. */
static found find_from(const bench *b, const char *text, uint32_t first) {
    found f = {0};
    for (uint32_t i = first; i < b->pages->list.n; i++) {
        f.page = i;
        if (find_in(b->pages->list.at[i].frame, bx_str_of(text), (bx_str){0}, 0, &f))
            return f;
    }
    fail_msg("no “%s” on page %u or after it", text, first + 1);
    return f;
}

static found find(const bench *b, const char *text) { return find_from(b, text, 0); }

static void assert_role(const bench *b, const char *text, const char *role) {
    found f = find(b, text);
    if (!bx_str_is(f.role, role))
        fail_msg("“%s” is %.*s and no %s", text, BX_STR_ARG(f.role), role);
}

#define FRONT "---\ntitle: 题目\ndate: 2026-05-20\n---\n\n"

static void splits_bilingual_heads(void **state) {
    (void)state;
    bench b;
    bx_str text = compose(&b, "weekly-magazine",
                          FRONT "### 🎯 Weekly Focus | 本周要事\n\n"
                                "### 1. A Small Ferry | 小渡轮下水\n\n渡轮在五月下水。\n");
    assert_role(&b, "Weekly Focus", "kicker"); /* shown in capitals, found as typed */
    assert_role(&b, "本周要事", "h1");
    assert_role(&b, "A Small Ferry", "kicker");
    assert_role(&b, "小渡轮下水", "feature");
    assert_role(&b, "1", "figure-number");
    assert_has(text, "Weekly Focus |"); /* marks that the layout does without are copied … */
    assert_int_equal(find(&b, "1.").run->n, 1); /* … and not drawn */
    bench_close(&b);
    compose(&b, "weekly-magazine", FRONT "# 12.34 很长的号码\n\n文。\n"); /* the column gives way */
    assert_int_equal(b.report->list.n, 0);
    assert_true(find(&b, "很长的号码").x > find(&b, "12.34").x + 72 * BX_PT);
    bench_close(&b);
}

static void knows_callouts_by_their_labels(void **state) {
    (void)state;
    bench b;
    bx_str text = compose(&b, "weekly-magazine",
                          FRONT "> **主编寄语**: 这一期讲船。\n\n# 要事\n\n文。\n\n"
                                "> 📝 **深度解读：**\n> 解读的话。\n\n"
                                "> **强调**只是引文的开头。\n\n"
                                "> [!NOTE]\n> 提示的话。\n\n"
                                "# 信号 Signals\n\n1. 一条\n\n> 💡 **观点：** 看法。\n");
    assert_role(&b, "NOTE", "label");
    assert_role(&b, "提示的话", "callout");
    assert_role(&b, "这一期讲船", "voice");
    assert_role(&b, "深度解读", "label");
    assert_role(&b, "解读的话", "callout");
    assert_role(&b, "只是引文的开头", "quote"); /* a bold word makes no label */
    assert_role(&b, "看法", "small");
    assert_has(text, "观点： 看法"); /* in columns the label runs in */
    bench_close(&b);
}

/* A picture on a line of its own stands by itself, and when it is missing its words do; in a
 * call-out they have no box, which would be one in another. */
static void puts_no_box_in_a_box(void **state) {
    (void)state;
    bench b;
    bx_str text = compose(&b, "weekly-magazine",
                          FRONT "# 甲\n\n> 📝 **解读：**\n> 看法在此。\n"
                                "> <br/>![缺的图](https://example.org/a.png)<br/>\n\n"
                                "![又一张](https://example.org/b.png)\n");
    assert_has(text, "看法在此。|缺的图|又一张");
    assert_int_equal(find(&b, "缺的图").x, find(&b, "看法在此").x);
    assert_true(find(&b, "又一张").x > find(&b, "看法在此").x + 100 * BX_PT);
    bench_close(&b);
}

/* Lines that their authors end on purpose stay lines, all others run on. */
static void keeps_lines_that_are_meant(void **state) {
    (void)state;
    bench b;
    bx_str text = compose(&b, "weekly-magazine",
                          FRONT "# 甲\n\n1. **名称**：**它的题目**\n正文从这里开始\n接着写。\n"
                                "2. **工具** ([地址](https://example.org))\n**理由**：好用。\n\n"
                                "普通段落的第一行\n第二行。\n\n"
                                "1、头一件\n2、第二件\n\n"
                                "*来源 · 日期*\n\n"
                                "> 引文一句。\n> —— 某某\n");
    assert_has(text, "名称：它的题目|正文从这里开始 接着写。");
    assert_has(text, "工具 (地址)|理由：好用。");
    assert_has(text, "普通段落的第一行 第二行。");
    assert_has(text, "1、头一件|2、第二件|");
    assert_has(text, "引文一句。|—— 某某");
    assert_true(bx_str_is(find(&b, "它的题目").run->span->font.family, "hei"));
    bench_close(&b);
}

static void makes_signs_markers(void **state) {
    (void)state;
    bench b;
    bx_str text = compose(&b, "weekly-magazine",
                          FRONT "# 甲\n\n- 📊 **一**：文。\n- 📈 二。\n\n乙。\n\n- 📊 三。\n- 四。\n");
    assert_has(text, "📊一：文。|📈二。");
    assert_has(text, "•📊 三。|•四。"); /* unless all items have one */
    bench_close(&b);
}

static void sets_rows_as_a_table(void **state) {
    (void)state;
    bench b;
    compose(&b, "news-digest",
            FRONT
            "# 章\n\n## 事\n\n导语。\n\n**影响：**\n- 对读者：看得更远\n- 对编者：睡得更少\n");
    const bx_tags *tags = b.pages->tags;
    uint32_t names = 0, lists = 0;
    for (uint32_t i = 1; i < tags->list.n; i++) {
        names += tags->list.at[i].kind == BX_TAG_TH && tags->list.at[i].scope == BX_SCOPE_ROW;
        lists += tags->list.at[i].kind == BX_TAG_L;
    }
    assert_int_equal(names, 2);
    assert_int_equal(lists, 0);
    assert_role(&b, "影响", "label");
    assert_role(&b, "看得更远", "table-cell");
    bench_close(&b);
}

/* The date stands under the title by itself: what repeats it is copied but not drawn. */
static void leaves_the_date_out_of_titles(void **state) {
    (void)state;
    static const char *const titles[] = {"情报 | 2026-05-20", "情报 #2026/5/20",
                                         "情报 2026年5月20日"};
    bench b;
    for (size_t i = 0; i < sizeof titles / sizeof *titles; i++) {
        bench_open(&b, "daily-intelligence");
        bx_str text = bx_str_fmt(
            b.arena, "---\ntitle: '%s'\ndate: 2026-05-20\n---\n\n## 一\n\n文。\n", titles[i]);
        assert_non_null(bench_compose(&b, text));
        assert_has(bench_text(&b, 0), titles[i]);
        assert_int_equal(find(&b, "情报").run->n, 2);
        bench_close(&b);
    }
    compose(&b, "daily-intelligence", "---\ntitle: 2026-05-20\ndate: 2026-05-20\n---\n\n文。\n");
    assert_true(find(&b, "2026-05-20").run->n >= 10); /* something must be there */
    bench_close(&b);
    compose(&b, "daily-intelligence",
            "---\ntitle: 情报 2026-05-19\ndate: 2026-05-20\n---\n\n文。\n");
    assert_true(find(&b, "2026-05-19").run->n >= 10); /* part of the title */
    bench_close(&b);
}

static void sets_titles_smaller_to_stand_on_one_line(void **state) {
    (void)state;
    bench b;
    compose(&b, "weekly-magazine", "---\nseries: 周刊\ntitle: 题\n---\n\n文。\n");
    assert_int_equal(find(&b, "周刊").run->size, 36 * BX_PT);
    bench_close(&b);
    compose(&b, "weekly-magazine",
            "---\nseries: 名字有十二个字的周刊某某\ntitle: 题\n---\n\n文。\n");
    assert_int_equal(find(&b, "名字").run->size, 22 * BX_PT);
    bench_close(&b);
    compose(&b, "weekly-magazine",
            "---\nseries: 名字太长太长太长太长太长太长太长太长太长太长太长的周刊\ntitle: "
            "题\n---\n\n文。\n");
    assert_int_equal(find(&b, "名字").run->size, 36 * BX_PT); /* two lines anyway */
    bench_close(&b);
}

static void does_without_a_missing_cover(void **state) {
    (void)state;
    bench b;
    compose(&b, "news-digest",
            "---\ntitle: 题目\ndate: 2026-05-20\ncoverImage: https://example.org/a.png\n---\n\n# "
            "章\n\n文。\n");
    assert_role(&b, "2026.5.20", "date-large");
    bench_close(&b);
    compose(&b, "news-digest",
            "---\ntitle: 题目\ndate: 2026-05-20\ncoverImage: 160x90.png\n---\n\n# 章\n\n文。\n");
    assert_role(&b, "2026 年 5 月 20 日", "issue-line");
    bench_close(&b);
}

static void numbers_the_summary(void **state) {
    (void)state;
    bench b;
    compose(&b, "news-digest",
            "---\ntitle: 题目\nsummary: \"- 要点一\\n- 要点二\\n- 要点三\\n- 要点四\\n- 要点五\\n- "
            "要点六\"\n---\n\n"
            "# 章\n\n文。\n");
    assert_role(&b, "6", "point-number");
    assert_true(find(&b, "要点四").x > find(&b, "要点三").x + 100 * BX_PT);
    bench_close(&b);
}

static uint32_t count_links(const bx_frame *frame, const char *url) {
    uint32_t n = 0;
    for (uint32_t i = 0; i < frame->items.n; i++) {
        const bx_item *item = &frame->items.at[i];
        if (item->kind == BX_ITEM_FRAME)
            n += count_links(item->frame, url);
        else if (item->kind == BX_ITEM_LINK)
            n += bx_str_is(item->link->url, url);
    }
    return n;
}

/* A card whose picture is not there has the code of its address. */
static void makes_a_cards_code_again(void **state) {
    (void)state;
    bench b;
    bx_str text =
        compose(&b, "news-digest",
                FRONT "# 章\n\n文。\n\n---\n\n<div><div>想早点读到？</div>"
                      "<a href=\"https://example.org/join\">加入</a>"
                      "<img src=\"https://example.org/qr.png\" alt=\"群组二维码\"></div>\n");
    assert_role(&b, "想早点读到", "contact-name");
    assert_has(text, "群组二维码");
    const bx_page *last = &b.pages->list.at[b.pages->list.n - 1];
    assert_int_equal(count_links(last->frame, "https://example.org/join"), 2); /* words and code */
    bench_close(&b);
}

/* The contents leave out their second level rather than run over the first page. */
static void shortens_contents(void **state) {
    (void)state;
    for (uint32_t n = 3; n <= 30; n += 27) {
        bench b;
        bench_open(&b, "weekly-magazine");
        bx_buf text = bx_buf_new(b.arena);
        bx_buf_str(&text, BX_STR(FRONT));
        for (uint32_t i = 1; i <= 4; i++)
            bx_buf_fmt(&text, "# 章之%u\n\n文。\n\n", i);
        for (uint32_t i = 1; i <= n; i++)
            bx_buf_fmt(&text, "## %u. 第%u件事\n\n文。\n\n", i, i);
        assert_non_null(bench_compose(&b, bx_buf_view(&text)));
        bx_str first = bench_text(&b, 0);
        assert_has(first, "章之4");
        assert_int_equal(bx_str_find(first, BX_STR("第2件事")) >= 0, n == 3);
        bench_close(&b);
    }
}

/* Over contents that a program has headed in English stands the word in the text's own language,
 * too, and before it. */
static void heads_contents_in_its_language(void **state) {
    (void)state;
    static const char *const heads[] = {"Contents", "目录"};
    for (int i = 0; i < 2; i++) {
        bench b;
        bench_open(&b, "committee-daily");
        bx_str text =
            bx_str_fmt(b.arena,
                       "观察日报\n\n2026 年 4 月 17 日\n\n摘要\n\n今天有两件事。\n\n%s\n\n"
                       "1 港口 1\n\n2 灯塔 2\n\n1 港口\n\n船来了。\n\n2 灯塔\n\n灯亮着。\n",
                       heads[i]);
        assert_non_null(bench_compose(&b, text));
        assert_role(&b, heads[i], "toc-title");
        bx_str first = bench_text(&b, 0);
        assert_int_equal(bx_str_find(first, BX_STR("目　录Contents")) >= 0, i == 0);
        bench_close(&b);
    }
}

/* The title of an item is balanced, as titles are: its lines break between words. */
static void balances_titles_of_items(void **state) {
    (void)state;
    bench b;
    bx_str text = compose(&b, "weekly-magazine",
                          FRONT "# 信号\n\n1. **Tide 4.6**：**性价比逼近 Opus，免费用户从明天起可用**\n"
                                "海边的人说，这一次的潮汐表比上一次的好用，也比上一次的便宜。\n");
    assert_has(text, "Opus，|免费用户");
    bench_close(&b);
}

/* Source and time under a head are lines of their own kind, and the text after them opens the
 * story. */
static void sets_values_apart(void **state) {
    (void)state;
    bench b;
    compose(&b, "news-digest",
            FRONT "# 章\n\n## 事\n\n来源：某报\n\n时间：2026-05-20 08:00\n\n导语在这里。\n\n"
                  "注意：这一句是正文，不是数值，因为它不在标题下面\n");
    assert_role(&b, "某报", "values");
    assert_role(&b, "2026-05-20 08", "values");
    assert_role(&b, "导语在这里", "lead-in");
    assert_role(&b, "这一句是正文", "body");
    bench_close(&b);
}

/* A paragraph that is one bold run is a title: it does not end a page. */
static void keeps_bold_titles_with_text(void **state) {
    (void)state;
    bench b;
    bench_open(&b, "small");
    bx_buf text = bx_buf_new(b.arena);
    bx_buf_str(&text, BX_STR(FRONT "# 甲\n\n"));
    for (int i = 1; i <= 40; i++) {
        bx_buf_fmt(&text, "**题%d**\n\n", i);
        for (int k = 0; k < 1 + i % 4; k++)
            bx_buf_fmt(&text, "正%d文，不长不短的一句话，写到这里为止。", i);
        bx_buf_str(&text, BX_STR("\n\n"));
    }
    assert_non_null(bench_compose(&b, bx_buf_view(&text)));
    for (int i = 1; i <= 40; i++) {
        const char *title = bx_cstr(b.arena, bx_str_fmt(b.arena, "题%d", i));
        const char *body = bx_cstr(b.arena, bx_str_fmt(b.arena, "正%d文", i));
        assert_int_equal(find(&b, title).page, find(&b, body).page);
    }
    assert_true(bx_str_is(find(&b, "题1").run->span->font.family, "hei"));
    bench_close(&b);
}

/* Key points are not parted for a short hole; a long list breaks rather than leave a long one. */
static void keeps_short_boxes_whole(void **state) {
    (void)state;
    for (uint32_t items = 3; items <= 30; items += 27) {
        bench b;
        bench_open(&b, "news-digest");
        bx_buf text = bx_buf_new(b.arena);
        bx_buf_str(&text, BX_STR(FRONT "# 章\n\n"));
        for (int i = 1; i <= 30; i++) {
            bx_buf_fmt(&text, "## 第%d件\n\n导语。\n\n", i);
            for (uint32_t k = 1; k <= items; k++)
                bx_buf_fmt(&text, "- 第%d件的要点%u\n", i, k);
            bx_buf_str(&text, BX_STR("\n"));
        }
        assert_non_null(bench_compose(&b, bx_buf_view(&text)));
        uint32_t parted = 0;
        for (int i = 1; i <= 30; i++) {
            const char *first = bx_cstr(b.arena, bx_str_fmt(b.arena, "第%d件的要点1", i));
            const char *last = bx_cstr(b.arena, bx_str_fmt(b.arena, "第%d件的要点%u", i, items));
            parted += find(&b, first).page != find(&b, last).page;
        }
        assert_true(items == 3 ? parted == 0 : parted > 10);
        bench_close(&b);
    }
}

/* A short table is not broken, wherever on the page it comes. */
static void keeps_short_tables_whole(void **state) {
    (void)state;
    for (int before = 1; before < 20; before++) {
        bench b;
        bench_open(&b, "small");
        bx_buf text = bx_buf_new(b.arena);
        bx_buf_str(&text, BX_STR(FRONT "# 章\n\n"));
        for (int i = 0; i < before; i++)
            bx_buf_str(&text, BX_STR("一行字。\n\n"));
        bx_buf_str(&text, BX_STR("| 项目 | 数 |\n|---|---|\n| 首行 | 1 |\n| 二 | 2 |\n| 三 | 3 |\n"
                                 "| 四 | 4 |\n| 末行 | 5 |\n"));
        assert_non_null(bench_compose(&b, bx_buf_view(&text)));
        assert_int_equal(find(&b, "项目").page, find(&b, "末行").page);
        assert_int_equal(find(&b, "首行").page, find(&b, "末行").page);
        bench_close(&b);
    }
}

/* A figure that closes an item of a list leaves its place to the next item and goes to the next
 * column; without words of its own it would be lost there. */
#define TOOLS(figure)                                                                              \
    FRONT "# 工具箱\n\n1. **梭子**：记账用。\n\n   ![" figure "](400x300.png)\n\n"                 \
          "2. **等高**：画图用。\n3. **潮汐**：看潮用。\n"

static void floats_figures_of_items(void **state) {
    (void)state;
    bench b;
    compose(&b, "weekly-magazine", TOOLS("经纬"));
    bx_len x = find(&b, "梭子").x;
    assert_int_equal(find(&b, "等高").x, x);
    assert_int_equal(find(&b, "潮汐").x, x);
    assert_true(find(&b, "经纬").x > x);
    bench_close(&b);
    compose(&b, "weekly-magazine", TOOLS(""));
    assert_true(find(&b, "等高").x > x);
    bench_close(&b);
}

/* A title of an item stands with its text, a head's parts with each other. */
static void keeps_titles_of_items_with_text(void **state) {
    (void)state;
    bench b;
    bench_open(&b, "weekly-magazine");
    bx_buf text = bx_buf_new(b.arena);
    bx_buf_str(&text, BX_STR(FRONT "# 信号 Signals\n\n"));
    for (int i = 1; i <= 60; i++) {
        bx_buf_fmt(&text, "%d. **题%d**：**题目**\n", i, i);
        for (int k = 0; k < 1 + i % 4; k++)
            bx_buf_fmt(&text, "正%d文，不长不短的一句话，写到这里为止。", i);
        bx_buf_str(&text, BX_STR("\n"));
    }
    assert_non_null(bench_compose(&b, bx_buf_view(&text)));
    assert_true(b.pages->list.n > 2);
    for (int i = 1; i <= 60; i++) {
        found title = find(&b, bx_cstr(b.arena, bx_str_fmt(b.arena, "题%d", i)));
        found body = find(&b, bx_cstr(b.arena, bx_str_fmt(b.arena, "正%d文", i)));
        assert_int_equal(title.page, body.page);
        assert_true(body.x >= title.x - 30 * BX_PT && body.x <= title.x + 30 * BX_PT);
    }
    bench_close(&b);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(splits_bilingual_heads),
        cmocka_unit_test(knows_callouts_by_their_labels),
        cmocka_unit_test(puts_no_box_in_a_box),
        cmocka_unit_test(keeps_lines_that_are_meant),
        cmocka_unit_test(makes_signs_markers),
        cmocka_unit_test(sets_rows_as_a_table),
        cmocka_unit_test(leaves_the_date_out_of_titles),
        cmocka_unit_test(sets_titles_smaller_to_stand_on_one_line),
        cmocka_unit_test(does_without_a_missing_cover),
        cmocka_unit_test(numbers_the_summary),
        cmocka_unit_test(makes_a_cards_code_again),
        cmocka_unit_test(shortens_contents),
        cmocka_unit_test(sets_values_apart),
        cmocka_unit_test(keeps_bold_titles_with_text),
        cmocka_unit_test(keeps_short_boxes_whole),
        cmocka_unit_test(keeps_short_tables_whole),
        cmocka_unit_test(heads_contents_in_its_language),
        cmocka_unit_test(balances_titles_of_items),
        cmocka_unit_test(floats_figures_of_items),
        cmocka_unit_test(keeps_titles_of_items_with_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
