#!/usr/bin/env bash
# check: what editors want to know, the series in the folder, --fix, and how findings are written.
source "$(dirname "$0")/lib.sh"

issue() { # FILE NUMBER DATE TEXT
    given "$1" <<END
layout: committee-daily
series: 每日观察
number: $2
date: $3
sections:
  - title: 第一节
    body: $4
END
}

it "finds nothing in a clean issue"
issue 1.yaml 1 2026-05-20 '他说“好”……走了。'
run check 1.yaml
expect_code 0
expect_silence

it "warns of marks, and mends those that can be"
issue 1.yaml 1 2026-05-20 '他说“好”...走了,真的。“'
chmod 640 1.yaml
run check 1.yaml
expect_code 1
expect_err '^1\.yaml:7:16: warning\[ellipsis\]'
expect_err '^1\.yaml:7:21: warning\[half-width-mark\]'
expect_err '^1\.yaml:7:25: warning\[quote-pair\]'
run check --fix 1.yaml
expect_code 1
expect_out '^-    body: 他说“好”\.\.\.走了,真的。“$'
expect_out '^\+    body: 他说“好”……走了，真的。“$'
expect_err '^1\.yaml:7:24: warning\[quote-pair\]'
expect_no_err 'ellipsis'
[[ $(stat -c %a 1.yaml) == 640 ]] || fault "the permissions changed"
grep -q '走了，真的' 1.yaml || fault "the file was not mended"
expect_only 1.yaml

it "mends through a link and leaves it one"
issue 1.yaml 1 2026-05-20 '晴,多云'
ln -s 1.yaml 2.yaml
run check --fix 2.yaml
expect_code 1 # the two are one issue under two names
[[ -L 2.yaml ]] || fault "the link became a file"
grep -q '晴，多云' 1.yaml || fault "the file was not mended"

it "does not touch a file with nothing to mend, nor the standard input"
issue 1.yaml 1 2026-05-20 '晴。'
before=$(stat -c %i.%Y 1.yaml)
run check --fix 1.yaml
expect_code 0
expect_silence
[[ $(stat -c %i.%Y 1.yaml) == "$before" ]] || fault "the file was written"
run check --fix -
expect_code 64

it "knows the series in the folder"
for n in 1 2 3; do issue $n.yaml $n 2026-05-0$n '晴。'; done
issue 5.yaml 5 2026-05-03 '晴。'
issue other.yaml 5 2026-05-09 '晴。'
sed -i 's/每日观察/另一种/' other.yaml
run check 5.yaml
expect_code 1
expect_err '^5\.yaml:3:9: warning\[series\]: number 4 is missing'
expect_err '^5\.yaml:4:7: warning\[series\]: 3\.yaml is of the same day'
expect_no_err 'other'
sed -i 's/^number: 5/number: 2/; s/05-03/04-30/' 5.yaml
run check ./5.yaml
expect_err '^\./5\.yaml:3:9: warning\[series\]: \./2\.yaml is number 2 too'
expect_err '^\./5\.yaml:4:7: warning\[series\]: number 1 .* is of a later day, 2026-05-01'

it "knows the day of a weekly"
for n in 1 2 3; do issue $n.yaml $n 2026-05-0$n '晴。'; done
issue 1.yaml 1 2026-05-01 '晴。'
issue 2.yaml 2 2026-05-08 '晴。'
issue 3.yaml 3 2026-05-15 '晴。'
issue 4.yaml 4 2026-05-21 '晴。'
run check 4.yaml
expect_code 1
expect_err '^4\.yaml:4:7: warning\[series\]: this day is a Thursday; the other issues are of a Friday'
sed -i 's/05-21/05-22/' 4.yaml
run check 1.yaml 2.yaml 3.yaml 4.yaml
expect_code 0
expect_silence

it "shows so many findings and counts the rest"
issue 1.yaml 1 2026-05-20 "$(printf '晴,%.0s' {1..150})晴"
run check 1.yaml
expect_err '^banxin: 50 more warnings$'
[[ $(grep -c 'half-width-mark' "$top/err") == 100 ]] || fault "not 100 findings"
run check --max-findings=2 1.yaml
expect_err '^banxin: 148 more warnings$'
run check --max-findings=0 1.yaml
expect_no_err 'more warnings'
run check --diagnostics=json 1.yaml
[[ $(wc -l <"$top/err") == 150 ]] || fault "not all as JSON"
run check --max-findings=many 1.yaml
expect_code 64

it "writes SARIF"
issue 1.yaml 1 2026-05-20 '晴,多云'
cp 1.yaml "二 %.yaml"
run check --diagnostics=sarif 1.yaml "二 %.yaml" 3.yaml
expect_code 66
cp "$top/err" "$top/sarif"
if command -v python3 >/dev/null; then
    python3 - "$top/sarif" <<'END' || fault "the SARIF is not as it should be"
import json, sys
document = json.load(open(sys.argv[1], encoding="utf-8"))
run = document["runs"][0]
rules = {rule["id"] for rule in run["tool"]["driver"]["rules"]}
results = run["results"]
assert document["version"] == "2.1.0" and len(results) >= 4
assert all(result["ruleId"] in rules for result in results)
first = results[0]
place = first["locations"][0]["physicalLocation"]
assert place["artifactLocation"]["uri"] == "1.yaml", place
marks = [r for r in results if r["ruleId"] == "half-width-mark"]
assert [m["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for m in marks] == [
    "1.yaml", "%E4%BA%8C%20%25.yaml"]
region = marks[0]["locations"][0]["physicalLocation"]["region"]
assert region == {"startLine": 7, "startColumn": 12, "endLine": 7, "endColumn": 13}, region
change = marks[0]["fixes"][0]["artifactChanges"][0]["replacements"][0]
assert change["insertedContent"]["text"] == "，" and change["deletedRegion"] == region
END
fi

it "speaks Chinese where the locale is Chinese; codes stay"
issue 1.yaml 1 2026-05-20 '晴,多云'
sed -i 's/^number/nubmer/' 1.yaml
unset LC_ALL
{ export LC_MESSAGES=zh_CN.UTF-8; } 2>/dev/null # bash has a word on it
run build 1.yaml -o out.pdf
expect_code 65
expect_err '^1\.yaml:3:1: error\[unknown-key\]: 没有“nubmer”这个键'
expect_err '^  提示: 是不是“number”？'
sed -i 's/^nubmer/number/' 1.yaml
run check 1.yaml
expect_err '^1\.yaml:7:12: warning\[half-width-mark\]: 汉字之间用了半角“,”'
run build nowhere.yaml -o out.pdf
expect_err '没有这个文件'
unset LC_MESSAGES
LANG=en_GB.UTF-8 run check 1.yaml
expect_err 'a half-width “,” stands'

it "takes no limit of another issue's for one of its own"
for i in 1 3; do
    printf 'layout: committee-daily\nseries: 观察\nnumber: %d\ndate: 2026-05-2%d\nabstract: 乙\n' $i $i >$i.yaml
done
run check 3.yaml --limit memory=24M
expect_code 1
expect_err '^3\.yaml:3:9: warning\[series\]: number 2 is missing'
printf '%*s' 400000 | sed 's/ /*_/g' >evil.md
run check evil.md --limit memory=24M
expect_err '^evil\.md:1:1: error\[input-limit\]'
run check 3.yaml --limit memory=24M
expect_code 0
[[ ! -s $top/err ]] || fault "something is said of a folder that cannot be read"

finish
