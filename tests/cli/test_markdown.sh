#!/usr/bin/env bash
# A Markdown issue prints whatever is wrong in it: each fault is a warning at its place, an error
# under --strict. In a YAML issue and on the command line the same faults stay errors.
source "$(dirname "$0")/lib.sh"

# prints PATTERN…: issue.md builds, its last word is in the PDF, and each pattern is on stderr;
# under --strict nothing is made of it.
prints() {
    rm -f out.pdf
    run build issue.md -o out.pdf
    expect_code 0
    expect_no_err ' error'
    for pattern in "$@"; do
        expect_err "$pattern"
    done
    pdftotext -raw out.pdf - | grep -q '末字' || fault "the text is not in the PDF"
    rm -f out.pdf
    run build --strict issue.md -o out.pdf
    expect_code 65
    [[ ! -e out.pdf ]] || fault "--strict made a PDF"
}

# front LINE…: an issue with these lines of front matter.
front() { printf '%s\n' '---' 'title: 甲' "$@" '---' '' '末字。' >issue.md; }
# body LINE…: an issue of this text.
body() { printf '%s\n' "$@" '' '末字。' >issue.md; }

it "prints what stands below YAML that does not parse"
front 'series: 乙: 丙'
prints '^issue\.md:3:10: warning\[yaml-syntax\]'

it "prints below front matter of other forms"
printf '+++\ntitle = "甲"\n+++\n\n末字。\n' >issue.md
prints '^issue\.md:1:1: warning\[front-matter\].*TOML'
printf '{"title": "甲"}\n\n末字。\n' >issue.md
prints '^issue\.md:1:1: warning\[front-matter\].*JSON'

it "takes values that its keys cannot have for warnings"
front 'title: 乙'
prints '^issue\.md:3:1: warning\[duplicate-key\]'
front 'date: 2026-02-30'
prints '^issue\.md:3:7: warning\[bad-date\]'
front 'sections: 甲'
prints '^issue\.md:3:11: warning\[wrong-type\]'
front 'lang: "?"'
prints '^issue\.md:3:7: warning\[bad-value\]'
front 'references:' '- {id: a, title: 一}' '- {id: a, title: 二}'
prints '^issue\.md:5:3: warning\[duplicate-id\]'

it "passes over the layout of another program"
front 'layout: some-theme'
run build --strict issue.md -o out.pdf
expect_code 0
expect_no_err .

it "prints a citation and a link that lead nowhere"
front 'references:' '- {id: a, title: 一}'
echo '见 [@b] 和 [那里](#nowhere)。' >>issue.md
prints '^issue\.md:8:4: warning\[unknown-citation\]' '^issue\.md:8:10: warning\[broken-link\]'

it "leads to headings that have become something else"
given issue.md <<'END'
# 每日观察

[题](#每日观察)、[顶](#top)、[顶](#)、[节](#一节)、[文献](#参考文献)、[第一篇](#ref-1)

## 一节

文字[1]。

## 参考文献

1. 甲
2. 乙
END
run build --strict issue.md -o out.pdf
expect_code 0
expect_no_err .

it "puts the words of a picture in the place of one that is not there"
body '![一只猫](cat.png)'
prints '^issue\.md:1:1: warning\[image-missing\]'
run build issue.md -o out.pdf
pdftotext out.pdf - | grep -q '一只猫' || fault "no alternative text"

it "does not read a picture outside the folder"
mkdir in
mv "$(mktemp -p . XXXX.png)" secret.png
body '![猫](../secret.png)'
mv issue.md in
(cd in && "$program" build issue.md -o out.pdf) 2>"$top/err" || fault "does not build"
expect_err '^issue\.md:1:1: warning\[input-fence\]'

it "prints beside a picture that is none"
echo 'no picture' >cat.png
body '![猫](cat.png)'
prints '^issue\.md:1:1: warning\[image-broken\]'

it "shows a picture that its address brings with it"
dot=iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==
body "![点](data:image/png;base64,$dot)" '' \
    "![圆](<data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='9' height='9'%3E%3Ccircle r='4'/%3E%3C/svg%3E>)"
run build --strict --deps=out.d issue.md -o out.pdf
expect_code 0
expect_no_err .
grep -q 'data:' out.d && fault "an address is no file"
pdfimages -list out.pdf | grep -q ' image ' || fault "the picture is not in the PDF"

it "prints beside an address that brings no picture"
body '![猫](data:image/png;base64,@@)'
prints '^issue\.md:1:1: warning\[image-broken\].*garbled'
body "![](data:image/png;base64,${dot%????????????????????????????????????????})"
prints '^issue\.md:1:1: warning\[image-broken\].*“data:image/png”'

it "prints a table that is all head"
body '| 甲 | 乙 |' '|---|---|'
run build --strict issue.md -o out.pdf
expect_code 0
expect_no_err .

it "keeps emoji in their lines when the text is taken out"
body '一句话带着🚀表情，后面还有许多字，一直写到这一行的尽头，再往下一行去，然后🕵️‍♀️又是一个，还有👍🏽和🇨🇳，' \
    '1️⃣再来一行文字，看看它们还在不在自己的位置上。'
run build issue.md -o out.pdf
pdftotext out.pdf - | tr -d '\n ' | grep -q '带着🚀表情.*然后🕵️‍♀️又是一个，还有👍🏽和🇨🇳，1️⃣再来一行文字，看看' ||
    fault "emoji are not where they were typed"

it "keeps the shape of code, and hyphens at the ends of lines, when the text is taken out"
body '```' 'name:    banxin' 'if x:' $'\t--\t# note' $'目\t| 21 --' '```' '' '| a | b |' '|---|---|' '| - | 甲 |' '| 乙 | - |' '' \
    '- 见 https://example.org/a-long-address-with-many-hyphens-in-it/and-more-of-them-so-that-one-must-end-the-line-here'
run build issue.md -o out.pdf
copied=$(pdftotext out.pdf -)
[[ $copied == *$'name:    banxin\nif x:\n    --  # note\n目  | 21 --'* ]] || fault "the code has lost its shape: $copied"
copied=$(tr -d ' \n' <<<"$copied")
[[ $copied == *-甲乙-* ]] || fault "a hyphen alone in a cell is lost: $copied"
[[ $copied == *https://example.org/a-long-address-with-many-hyphens-in-it/and-more-of-them-so-that-one-must-end-the-line-here* ]] ||
    fault "the address has lost a hyphen: $copied"

it "keeps the rows of a table when the text is taken out, whatever its columns are aligned by"
body '| 名称 | 项目 | 说明 | 数量 |' '|:-:|---|---|--:|' '| 甲 | 第一项，名字很长的一个 | | 12 |' '| 乙丙丁 | 二 | 这里有话 | 3 |' '| 戊 | 三 | - | 1200 |'
run build issue.md -o out.pdf
[[ $(pdftotext out.pdf - | tr -d ' \n') == *名称项目说明数量甲第一项，名字很长的一个12乙丙丁二这里有话3戊三-1200* ]] ||
    fault "cells are not in their order: $(pdftotext out.pdf -)"

it "keeps items that open with emoji in their order when the text of columns is taken out"
{
    printf -- '---\nlayout: weekly-magazine\ntitle: 周刊\n---\n\n## 趋势\n'
    for n in 一 二 三 四 五 六; do
        echo "- 📊 **第${n}件**：先说第${n}件事的由来，再说它的经过，一行写不下便写到第二行去，末了还有几句，说到第${n}件的结果。"
    done
} >issue.md
run build issue.md -o out.pdf
pdftotext -f 1 out.pdf - | tr -d '\n ' |
    grep -q '📊第一件.*一件的结果。📊第二件.*二件的结果。📊第三件.*三件的结果。📊第四件.*四件的结果。📊第五件.*五件的结果。📊第六件.*六件的结果。' ||
    fault "items are not in their order"

it "gives back what was typed: no blank for white that is only set, none lost"
text='第4版、2026年的AI与GPT-4：“在用户行业——3.5万人……”；详见https://a.cn/b/c.html?d=1。用 Git 提交，葛󠄀 é 城、辻󠄀堂，𠮷；'
body "${text}\`make\`与**粗体b粗体**，真的？！“好”；第5期a—b、东/西、约翰·史密斯。" '' '很<ruby>装<rt>zhuang</rt></ruby>备。'
run build issue.md -o out.pdf
copied=$(pdftotext out.pdf - | tr -d '\n')
[[ $copied == *"${text}make与粗体b粗体，真的？！“好”；第5期a—b、东/西、约翰·史密斯。"* && $copied == *很装备。* ]] ||
    fault "the text is not what was typed: $copied"

it "keeps what the command line says an error"
body '一段。'
run build --set date=2026-02-30 issue.md -o out.pdf
expect_code 65
expect_err '^--set:1:[0-9]+: error\[bad-date\]'

it "keeps a picture that is missing from a YAML issue an error"
given issue.yaml <<'END'
title: 甲
lead: |
  ![猫](cat.png)
END
run build issue.yaml -o out.pdf
expect_code 65
expect_err '^issue\.yaml:3:3: error\[image-missing\]'

finish
