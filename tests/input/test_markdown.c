#include "markup.h"

#include "base/utf8.h"

/* One line of inlines: without doc(p(…)). */
static void line(const char *text, const char *wanted) {
    char whole[1024];
    snprintf(whole, sizeof whole, "doc(p(%s))", wanted);
    becomes(text, whole, "");
}

static void emphasis_beside_cjk(void **state) {
    (void)state;
    line("他说**“好。”**然后走了", "'他说' b('“好。”') '然后走了'");
    line("**注意：**不要", "b('注意：') '不要'");
    line("见**（附录）**一节", "'见' b('（附录）') '一节'");
    line("用**C++**写", "'用' b('C++') '写'");
    line("售价**¥1,000**起", "'售价' b('¥1,000') '起'");
    line("*甲。*乙，*「丙」*丁", "i('甲。') '乙，' i('「丙」') '丁'");
    line("~~删。~~留", "s('删。') '留'");
    line("**한글(x)**은", "b('한글(x)') '은'");
    line("葛\xF3\xA0\x84\x80**(x)**城",
         "'葛\xF3\xA0\x84\x80' b('(x)') '城'"); /* variation selector */
    line("**“\xEF\xB8\x81"
         "G”\xEF\xB8\x81**Hub",
         "b('“\xEF\xB8\x81"
         "G”\xEF\xB8\x81') 'Hub'");
    line("𠮷**(吉)**野", "'𠮷' b('(吉)') '野'");
}

static void emphasis_as_in_commonmark(void **state) {
    (void)state;
    line("a * b* c", "'a * b* c'");
    line("foo_bar_baz 甲_乙_丙", "'foo_bar_baz 甲_乙_丙'");
    line("**bold **not", "'**bold **not'");
    line("a**a«**a", "'a**a«**a'");
    line("*€*x", "'*€*x'"); /* symbols are punctuation since 0.31 */
    line("a**∑**b", "'a**∑**b'");
    line("\\*甲\\* **\\*「乙」**", "'*甲* ' b('*「乙」')");
    line("10~20万，5~8%", "'10~20万，5~8%'");
    line("a ~b~ ~~c~~", "'a ~b~ ' s('c')");
    line("`**「甲」**` **`乙`。**丙", "code'**「甲」**' ' ' b(code'乙' '。') '丙'");
}

static void addresses(void **state) {
    (void)state;
    line("见https://e.org/a，后", "'见' a<https://e.org/a>('https://e.org/a') '，后'");
    line("（https://e.org/a）后", "'（' a<https://e.org/a>('https://e.org/a') '）后'");
    line("https://e.org/a后文", "a<https://e.org/a>('https://e.org/a') '后文'");
    line("https://e.org/的文章", "a<https://e.org/>('https://e.org/') '的文章'");
    line("https://zh.e.org/wiki/北京 好",
         "a<https://zh.e.org/wiki/北京>('https://zh.e.org/wiki/北京') ' 好'");
    line("https://例子.测试/x 好", "a<https://例子.测试/x>('https://例子.测试/x') ' 好'");
    line("**https://e.org**，好", "b(a<https://e.org>('https://e.org')) '，好'");
    line("**看https://e.org/x。好**乙",
         "b('看' a<https://e.org/x>('https://e.org/x') '。好') '乙'");
    line("https://e.org/x…", "a<https://e.org/x>('https://e.org/x') '…'");
    line("[甲](https://e.org/a，b)", "a<https://e.org/a，b>('甲')");
    line("<https://e.org/a，b>", "a<https://e.org/a，b>('https://e.org/a，b')");
    line("`https://e.org，` x", "code'https://e.org，' ' x'");
    becomes("[甲]\n\n[甲]: https://e.org/a，b", "doc(p(a<https://e.org/a，b>('甲')))", "");
    becomes("```\nhttps://e.org，x\n```", "doc(pre'https://e.org，x\n')", "");
}

static void citations(void **state) {
    (void)state;
    line("甲[@a-1]乙[@b; @c.d]。", "'甲' cite#a-1 '乙' cite#b cite#c.d '。'");
    line("[@a](https://e.org) [@] [@a b] x@y", "a<https://e.org>('@a') ' [@] [@a b] x@y'");
    line("`[@a]` [@文献]", "code'[@a]' ' ' cite#文献");
    line("**甲。[@a]**乙", "b('甲。' cite#a) '乙'");
}

static void blocks(void **state) {
    (void)state;
    becomes("# 甲 *乙*\n\n- a\n- [x] b\n\n3. c\n",
            "doc(h1('甲 ' i('乙')) list-1(item(p('a')) item+(p('b'))) list3(item(p('c'))))", "");
    becomes("> 甲\n> - 乙\n>\n> 丙", "doc(quote(p('甲') list-1(item(p('乙'))) p('丙')))", "");
    becomes("|甲|乙|\n|:-:|--:|\n|**一**|`a\\|b`|",
            "doc(table(row^(cell2('甲') cell3('乙')) row(cell2(b('一')) cell3(code'a|b'))))", "");
    becomes("甲[^a]乙[^b]\n\n[^b]: 二\n[^a]: 一", "doc(p('甲' ref1#a '乙' ref2#b))", "");
    becomes("甲\n乙  \n丙\\\n丁", "doc(p('甲' / '乙' // '丙' // '丁'))", "");
    becomes("## 甲 {#x}", "doc(h2#x('甲'))", "");
}

static void dashes_under_text(void **state) {
    (void)state;
    becomes("短标题\n---", "doc(h2('短标题'))", "");
    becomes("短标题\n===", "doc(h1('短标题'))", "");
    becomes("这是一句话。\n---", "doc(p('这是一句话。') hr)", "");
    becomes("甲\n乙\n---", "doc(p('甲' / '乙') hr)", "");
    becomes("这是很长很长的一段文字它超过了二十个字所以不是标题\n---",
            "doc(p('这是很长很长的一段文字它超过了二十个字所以不是标题') hr)", "");
    becomes("这是很长很长的一段文字它超过了二十个字所以不是标题\n------",
            "doc(h2('这是很长很长的一段文字它超过了二十个字所以不是标题'))", "");
    becomes("## 甲 ---\n", "doc(h2('甲 ---'))", "");
}

static void notes_without_marks(void **state) {
    (void)state;
    becomes("甲[^a]\n\n[^A]: 乙", "doc(p('甲' ref1#a))", "");
    becomes("甲\n\n[^a]: 乙\n\n> [^b]: https://e.org\n",
            "doc(p('甲') p('[^a]: 乙') quote(p('[^b]: ' a<https://e.org>('https://e.org'))))", "");
    becomes("    [^a]: 乙\n", "doc(pre'[^a]: 乙\n')", "");
}

static void alerts(void **state) {
    (void)state;
    becomes("> [!NOTE]\n> 甲\n\n> [!faq]- 问 *乙*\n> - 丙",
            "doc(quote(p(b('NOTE') // '甲')) "
            "quote(p(b('faq 问 ' i('乙'))) list-1(item(p('丙')))))",
            "");
    becomes("> [!NOTE]甲\n\n> [!1]", "doc(quote(p('[!NOTE]甲')) quote(p('[!1]')))", "");
}

static void templates(void **state) {
    (void)state;
    becomes("甲 {{< ref \"a.md\" >}} {{ 乙 }}", "doc(p('甲 {{< ref \"a.md\" >}} {{ 乙 }}'))",
            "1:3 template");
    becomes("{% include toc.html %}\n{%- if 甲 -%}",
            "doc(p('{% include toc.html %}' / '{%- if 甲 -%}'))", "1:1 template\n2:1 template");
    becomes("涨了{%5}，`{% a %}`", "doc(p('涨了{%5}，' code'{% a %}'))", "");
}

static void formulas(void **state) {
    (void)state;
    becomes("设 $x^2$ 为 $500B", "doc(p('设 $x^2$ 为 $500B'))", "1:3 formula");
    becomes("从 $5 到 $7，$1.5B/$2B，US$3", "doc(p('从 $5 到 $7，$1.5B/$2B，US$3'))", "");
    becomes("US$1=HK$7.8", "doc(p('US$1=HK$7.8'))", "");
    becomes("$$\na = b\n$$", "doc(p('$$' / 'a = b' / '$$'))", "1:1 formula\n3:1 formula");
}

static void control_characters(void **state) {
    (void)state;
    becomes("甲\x01乙\xC2\x85丙", "doc(p('甲乙丙'))", "1:2 control-character");
    becomes("甲\xEF\xB7\x90乙\xEF\xBF\xBE", "doc(p('甲\xEF\xBF\xBD乙\xEF\xBF\xBD'))",
            "1:2 control-character");
    bench b = bench_open();
    bx_node *root = bench_blocks(&b, (bx_str){"a\0b", 3});
    assert_string_equal(bench_markup(&b, root), "doc(p('ab'))");
    bench_close(&b);
    becomes("甲\r\n乙\r丙", "doc(p('甲' / '乙' / '丙'))", "");
}

/* Long texts are looked at a block at a time: nothing is passed over wherever it stands in one. */
static void control_characters_in_blocks(void **state) {
    (void)state;
    static const char *const bad[] = {
        "\x01",         "\x7F",         "\xC2\x85",         "\xE2\x80\xA8",
        "\xEF\xB7\x90", "\xEF\xBF\xBE", "\xF0\x9F\xBF\xBF", "\r"};
    static const char text[] = "，“中文”中文，中文，“中文”中文，a中文，“中文”中文，中文。";
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        for (uint32_t at = 0, whole = sizeof text - 1; at < whole;) {
            bench b = bench_open();
            bx_str s = bx_str_fmt(b.arena, "%.*s%s%s", (int)at, text, bad[i], text + at);
            const char *markup = bench_markup(&b, bench_blocks(&b, s));
            if (strstr(markup, bad[i]))
                fail_msg("%zu stands at %u still", i, at);
            bench_close(&b);
            bx_utf8_next((bx_str){text, whole}, &at);
        }
    }
}

static void inlines_only(void **state) {
    (void)state;
    static const char *const texts[][2] = {
        {"1. 引言", "p('1. 引言')"},          {"# 甲", "p('# 甲')"},
        {"- 甲\n- 乙", "p('- 甲' / '- 乙')"}, {"> 甲", "p('> 甲')"},
        {"甲\n---", "p('甲' / '---')"},       {"    甲", "p('甲')"},
        {"甲\n\n乙", "p('甲' / '乙')"},       {"**「甲」**乙", "p(b('「甲」') '乙')"},
        {"<div>甲</div>", "p('甲')"},         {"", "p"},
        {"甲|乙\n-|-", "p('甲|乙' / '-|-')"},
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        bench b = bench_open();
        bx_str s = bx_str_of(texts[i][0]);
        bx_origin origin = bx_origin_plain(bench_source(&b, s), 0, s.n);
        assert_string_equal(bench_markup(&b, bx_markdown_inlines(b.arena, bx_arena_side(b.arena), s,
                                                                 &origin, b.report)),
                            texts[i][1]);
        bench_close(&b);
    }
}

/* Each text node must stand in the source exactly where its span says. */
static void places(void **state) {
    (void)state;
    static const char text[] = "# 标题 **「粗」**后\r\n\r\n> 引 [链接](https://e.org \"x\") 与 "
                               "![图](a.png) 尾\r\n> 续 `码` 完\r\n\r\n"
                               "- 一 https://e.org/x，二\r\n  - 三[^n] "
                               "~~四。~~五\r\n\r\n|甲|乙|\r\n|-|-|\r\n|丙 *丁*|戊|\r\n\r\n"
                               "重复 重复 **重复** [重复](重复) 重复\r\n\r\n[^n]: 注 **文**\r\n";
    bench b = bench_open();
    bx_node *root = bench_blocks(&b, BX_STR(text));
    uint32_t seen = 0, last = 0;
    for (const bx_node *n = root; n; n = bx_node_after(n, root)) {
        if (n->kind != BX_NODE_TEXT && n->kind != BX_NODE_CODE)
            continue;
        bx_str there = bx_str_sub(BX_STR(text), n->span.start, n->span.end);
        if (!bx_str_eq(there, n->text))
            fail_msg("“%.*s” is said to stand at “%.*s”", BX_STR_ARG(n->text), BX_STR_ARG(there));
        assert_true(n->span.start >= last);
        last = n->span.start;
        seen++;
    }
    assert_true(seen >= 24);
    bench_close(&b);
}

static void places_of_decoded_text(void **state) {
    (void)state;
    bench b = bench_open();
    bx_node *root = bench_blocks(&b, BX_STR("甲 &amp; \\* 乙 **丙**丁 [@x]"));
    const bx_node *last = root->first->last;
    assert_int_equal(last->kind, BX_NODE_CITATION);
    assert_int_equal(
        bx_sources_place(b.report->sources, last->span.source, last->span.start).column, 22);
    bench_close(&b);
}

static bx_str repeat(bench *b, const char *piece, uint32_t n, const char *tail) {
    bx_buf buf = bx_buf_new(b->arena);
    while (n--)
        bx_buf_str(&buf, bx_str_of(piece));
    bx_buf_str(&buf, bx_str_of(tail));
    return bx_buf_view(&buf);
}

static uint32_t depth(const bx_node *root) {
    uint32_t deepest = 0;
    for (const bx_node *n = root; n; n = bx_node_after(n, root)) {
        uint32_t d = 0;
        for (const bx_node *p = n; p; p = p->parent)
            d++;
        deepest = d > deepest ? d : deepest;
    }
    return deepest;
}

static void depth_is_limited(void **state) {
    (void)state;
    static const struct {
        const char *piece;
        uint32_t n;
    } deep[] = {{"> ", 50000},     {"- ", 50000}, {"*甲 **乙 ", 3000},
                {"<div>\n", 5000}, {"<b>", 5000}, {"1. ", 5000}};
    for (size_t i = 0; i < sizeof deep / sizeof *deep; i++) {
        bench b = bench_open();
        bx_str s = repeat(&b, deep[i].piece, deep[i].n, "尾\n\n完");
        bx_node *root = bench_blocks(&b, s);
        assert_in_range(depth(root), 1, (int)b.report->limits.at[BX_LIMIT_DEPTH] + 1);
        bench_close(&b);
    }
    bench b = bench_open();
    bench_blocks(&b, repeat(&b, "> ", 50000, "甲\n"));
    assert_int_equal(b.report->errors, 1);
    assert_int_equal(b.report->list.at[0].code, BX_D_INPUT_LIMIT);
    bench_close(&b);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(emphasis_beside_cjk),
        cmocka_unit_test(emphasis_as_in_commonmark),
        cmocka_unit_test(addresses),
        cmocka_unit_test(citations),
        cmocka_unit_test(blocks),
        cmocka_unit_test(dashes_under_text),
        cmocka_unit_test(notes_without_marks),
        cmocka_unit_test(alerts),
        cmocka_unit_test(templates),
        cmocka_unit_test(formulas),
        cmocka_unit_test(control_characters),
        cmocka_unit_test(control_characters_in_blocks),
        cmocka_unit_test(inlines_only),
        cmocka_unit_test(places),
        cmocka_unit_test(places_of_decoded_text),
        cmocka_unit_test(depth_is_limited),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
