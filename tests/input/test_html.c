/* The table of HTML elements, one by one where they matter. */
#include "markup.h"

static void inlines(void **state) {
    (void)state;
    becomes("甲<br>乙<br/>丙", "doc(p('甲' // '乙' // '丙'))", "");
    becomes("<b>甲</b><em>乙</em><u>丙</u><del>丁</del>H<sub>2</sub>O x<sup>2</sup>",
            "doc(p(b('甲') i('乙') u('丙') s('丁') 'H' sub('2') 'O x' sup('2')))", "");
    becomes("<code>a &lt; b</code> <kbd>Ctrl</kbd>", "doc(p(code'a < b' ' ' code'Ctrl'))", "");
    becomes("<a href=\"https://e.org?a=1&amp;b=2\">甲<b>乙</b></a>",
            "doc(p(a<https://e.org?a=1&b=2>('甲' b('乙'))))", "");
    becomes("<img src='a.png' alt='图 &quot;x&quot;'>", "doc(p(img'图 \"x\"'<a.png>))", "");
    becomes("<ruby>東<rp>(</rp><rt>とう</rt><rp>)</rp>京<rt>きょう</rt></ruby>駅",
            "doc(p(ruby'とう'('東') ruby'きょう'('京') '駅'))", "");
    becomes("甲<!-- 注 -->乙 &nbsp;&copy;&#x4E59;", "doc(p('甲' '乙 \xC2\xA0©乙'))", "");
    becomes("<span lang=\"en\" class=\"x\">a</span>", "doc(p(span#en('a')))", "");
    becomes("<a id=\"x\"></a>甲", "doc(p(a#x '甲'))", "");
    becomes("<em class=\"dots\">甲</em>", "doc(p(dots('甲')))", "");
    becomes("<b></b><span> </span>甲", "doc(p(span(' ') '甲'))", "");
}

static void what_is_no_tag(void **state) {
    (void)state;
    becomes("Vec<T> 与 a<b 与 <unknown>x", "doc(p('Vec' '<T>' ' 与 a<b 与 ' '<unknown>' 'x'))", "");
    becomes("<Callout type=\"info\">\n甲\n</Callout>", "doc(p('甲'))", "1:1 html-dropped");
    becomes("甲</b>乙", "doc(p('甲' '乙'))", "");
}

static void dropped(void **state) {
    (void)state;
    becomes("<script>\nalert(1)\n</script>\n\n甲", "doc(p('甲'))", "1:1 html-dropped");
    becomes("甲<iframe src=x>乙</iframe>丙", "doc(p('甲' '丙'))", "1:2 html-dropped");
    becomes("<video src=x>\n\n甲\n\n乙", "doc", "1:1 html-dropped");
    becomes("> <video src=x>\n\n乙", "doc(quote p('乙'))", "1:3 html-dropped");
    becomes("<style>p{}</style>", "doc", "1:1 html-dropped");
}

static void blocks(void **state) {
    (void)state;
    becomes("<div align=center>\n<p>甲</p>乙\n</div>\n丙", "doc(group(p('甲') p('乙')) p('丙'))",
            "");
    becomes("<details><summary>摘</summary>\n\n- 甲\n\n</details>\n\n乙",
            "doc(details(p^('摘') list-1(item(p('甲')))) p('乙'))", "");
    becomes("<details>\n\n甲", "doc(group(p('甲')))", "");
    becomes("<div>\n\n# 甲\n\n乙\n\n</div>", "doc(h1('甲') p('乙'))", "");
    becomes("<ul><li>甲<li>乙<ol start=3><li>丙</ol></ul>",
            "doc(list-1(item(p('甲')) item(p('乙') list3(item(p('丙'))))))", "");
    becomes("<pre>a\n <b>b</b></pre>", "doc(pre'a\n b')", "");
    becomes("<h2>甲</h2><hr><blockquote>乙</blockquote>", "doc(h2('甲') hr quote(p('乙')))", "");
}

static void tables(void **state) {
    (void)state;
    becomes("<table><tr><th>甲<th align=right>乙<tr><td colspan=2>丙<tr><td>丁</table>",
            "doc(table(row^(cell('甲') cell3('乙')) row(cell('丙') cell) row(cell('丁'))))", "");
    /* What a high cell covers is empty in the rows below; a caption stands over its table. */
    becomes("<table><caption>题</caption><tr><th rowspan=2>甲<th colspan=2>乙<tr><th>丙<th>丁"
            "<tr><td rowspan=2 colspan=2>戊<td>己<tr><td>庚</table>",
            "doc(p('题') table(row^(cell('甲') cell('乙') cell) row(cell cell('丙') cell('丁')) "
            "row(cell('戊') cell cell('己')) row(cell cell cell('庚'))))",
            "");
    becomes(
        "|甲|\n|-|\n|<ul><li>一</li><li>二</li></ul>|\n|三<br>四|",
        "doc(table(row^(cell('甲')) row(cell('• ' '一' // '• ' '二')) row(cell('三' // '四'))))",
        "");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(inlines), cmocka_unit_test(what_is_no_tag), cmocka_unit_test(dropped),
        cmocka_unit_test(blocks),  cmocka_unit_test(tables),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
