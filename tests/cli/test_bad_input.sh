#!/usr/bin/env bash
# What is wrong in an issue or its layout: place, code, exit code, and an older PDF as it was.
source "$(dirname "$0")/lib.sh"

good() {
    given issue.yaml <<'END'
layout: committee-daily
series: 每日观察
number: 1
date: 2026-05-20
sections:
  - title: 第一节
    body: 正文。
END
}

# refused CODE PATTERN…: the build of issue.yaml ends with the code, each pattern is on stderr, the
# older PDF is untouched and nothing else has come.
refused() {
    local wanted=$1 before
    shift
    printf 'older' >out.pdf
    before=$(find . | LC_ALL=C sort)
    run build issue.yaml -o out.pdf
    expect_code "$wanted"
    for pattern in "$@"; do
        expect_err "$pattern"
    done
    expect_text out.pdf older
    [[ $(find . | LC_ALL=C sort) == "$before" ]] || fault "something was left behind"
}

it "names an unknown key and the likely one"
good
sed -i 's/^number/nubmer/' issue.yaml
refused 65 '^issue\.yaml:3:1: error\[unknown-key\]: ' '[Dd]id you mean .*number'

it "names a wrong type"
good
echo 'keywords: {a: b}' >>issue.yaml
refused 65 '^issue\.yaml:8:11: error\[wrong-type\]'

it "names a bad date"
good
sed -i 's/2026-05-20/2026-02-30/' issue.yaml
refused 65 '^issue\.yaml:4:7: error\[bad-date\]'

it "names an unknown citation, in characters and not bytes"
good
sed -i 's/正文。/正文[@谁]。/' issue.yaml
refused 65 '^issue\.yaml:7:1[0-9]: error\[unknown-citation\]'

it "names a YAML error"
good
echo 'keywords: [一, 二' >>issue.yaml
refused 65 '^issue\.yaml:[0-9]+:[0-9]+: error\[yaml-syntax\]'

it "names a duplicate key"
good
echo 'number: 2' >>issue.yaml
refused 65 '^issue\.yaml:8:1: error\[duplicate-key\]'

it "names bytes that are no UTF-8"
good
printf 'title: \xb1\xea\xcc\xe2\n' >>issue.yaml
refused 65 '^issue\.yaml:8:8: error\[encoding\]'

it "gathers several errors in one run"
good
sed -i 's/2026-05-20/yesterday/; s/^number/nubmer/' issue.yaml
refused 65 '^issue\.yaml:3:1: error' '^issue\.yaml:4:7: error'

it "names a picture that is not there"
good
echo 'logo: logo.png' >>issue.yaml
refused 65 '^issue\.yaml:8:7: error\[image-missing\]'

it "keeps to the issue's folder"
good
echo 'logo: ../../etc/logo.png' >>issue.yaml
refused 65 '^issue\.yaml:8:7: error\[input-fence\]'
good
ln -s /etc/passwd logo.png
echo 'logo: logo.png' >>issue.yaml
refused 65 '^issue\.yaml:8:7: error\[input-fence\]'

it "names a picture that is none"
good
echo 'not a picture' >logo.png
echo 'logo: logo.png' >>issue.yaml
refused 65 '^issue\.yaml:8:7: error\[image-broken\]'

it "names a layout that is not there"
good
sed -i 's/committee-daily/comittee-daily/' issue.yaml
refused 65 '^issue\.yaml:1:9: error\[layout-missing\]' 'committee-daily'

it "passes over a site generator's layout in front matter"
given post.md <<'END'
---
layout: post
title: 标题
---
正文。
END
run build post.md -o out.pdf
expect_code 0
expect_silence

it "names faults of a layout at their place in it"
good
mkdir mine
given mine/layout.yaml <<'END'
extends: committee-daily
tokens:
  colors:
    brand: "#12345"
roles:
  body: {size: 10.5 furlong}
END
sed -i 's|committee-daily|./mine|' issue.yaml
refused 65 'mine/layout\.yaml:4:12: error\[bad-color\]' 'mine/layout\.yaml:6:16: error\[bad-length\]'

it "names a circle of layouts"
good
mkdir mine
echo 'extends: ./layout.yaml' >mine/layout.yaml
sed -i 's|committee-daily|./mine|' issue.yaml
refused 65 'mine/layout\.yaml:1:10: error\[layout-cycle\]'

it "says when the issue is not there"
printf older >out.pdf
run build nothing.yaml -o out.pdf
expect_code 66
expect_err '^nothing\.yaml:1:1: error\[input-missing\]'
expect_text out.pdf older
expect_only out.pdf

it "names a family that is not installed"
good
mkdir fonts
sed 's/Noto Serif CJK/Nada Serif CJK/g' "$source_dir/fonts/families.yaml" >fonts/families.yaml
printf older >out.pdf
run build issue.yaml -o out.pdf --font-path=fonts
expect_code 69
expect_err 'error\[font-missing\]'
expect_err 'hint: .*(install|--font-path)'
expect_text out.pdf older

it "warns of a character that no font has, and prints"
good
sed -i 's/正文。/正\xf4\x80\x80\x81文。/' issue.yaml
run build issue.yaml -o out.pdf
expect_code 0
expect_err '^issue\.yaml:7:12: warning\[glyph-missing\]'
run build issue.yaml -o out.pdf --strict
expect_code 65
expect_err '^issue\.yaml:7:12: error\[glyph-missing\]'
run build issue.yaml -o out.pdf -q
expect_code 0
expect_silence

it "checks without writing"
good
run check issue.yaml
expect_code 0
expect_silence
run check issue.yaml -v
expect_code 0
expect_err '^issue\.yaml: [a-z-]+, [0-9]+ pages$'
sed -i 's/2026-05-20/2026-05-50/' issue.yaml
run check issue.yaml
expect_code 1
expect_err '^issue\.yaml:4:7: error\[bad-date\]'
run check issue.yaml nothing.yaml
expect_code 66
expect_only issue.yaml

it "writes findings as JSON lines"
good
sed -i 's/^number/nubmer/' issue.yaml
run check issue.yaml --diagnostics=json
expect_code 1
expect_err '^\{"severity":"error","code":"unknown-key","message":".*","file":"issue\.yaml","line":3,"column":1,"end_line":3,"end_column":7,"hint":".*"\}$'

it "takes keys from the command line"
good
run build issue.yaml -o out.pdf --set number=42 --set 'title=别的标题'
expect_code 0
pdftotext out.pdf - | grep -q 42 || fault "no 42 on the pages"
run build issue.yaml -o out.pdf --set nubmer=42
expect_code 65
expect_err 'error\[unknown-key\]'

it "shows the place on a terminal, wide characters counted twice"
good
sed -i 's/正文。/正文[@谁]。/' issue.yaml
if script -qec true /dev/null >/dev/null 2>&1 </dev/null; then # there are terminals to be had
    script -qec "TERM=xterm '$program' check issue.yaml" /dev/null >"$top/out" 2>&1 </dev/null
    tr -d '\r' <"$top/out" | sed 's/\x1b\[[0-9;]*m//g' >"$top/err"
    expect_err '^        body: 正文\[@谁\]。$'
    expect_err '^              +\^~*$'
    NO_COLOR=1 script -qec "TERM=xterm '$program' check issue.yaml" /dev/null >"$top/err" 2>&1 </dev/null
    expect_no_err $'\x1b\\['
fi

it "tells of a folder that is none, once, and people only"
printf 'layout: committee-daily\ntitle: 甲\nabstract: 乙\n' >issue.yaml
run batch issue.yaml -o out --name-template='{title}.pdf' --font-path=none
expect_code 0
expect_err '^banxin: --font-path: none is no folder$'
[[ $(grep -c 'is no folder' "$top/err") == 1 ]] || fault "it is said more than once"
for form in json sarif; do
    run check issue.yaml --font-path=none --diagnostics=$form
    expect_no_err 'is no folder'
done

it "walks each folder of fonts once, and none that is none"
printf 'layout: committee-daily\ntitle: 甲\nabstract: 乙\n' >issue.yaml
mkdir -p circle/a/b many
ln -s ../.. circle/a/b/up
ln -s "$PWD/circle" circle/a/b/whole
run build issue.yaml --font-path=circle
expect_code 0
(cd many && seq -f '%g.txt' 20001 | xargs touch)
ln -s ../../many circle/a/many
for folder in many circle; do
    run build issue.yaml -o none.pdf --font-path=$folder
    expect_code 65
    expect_err "^issue\.yaml:1:1: error\[input-limit\]: .* more than 20000 files .*“$folder”"
    expect_err 'hint: '
done
[[ ! -e none.pdf ]] || fault "a PDF"

finish
