#!/usr/bin/env bash
# Where the PDF goes: all of it or what stood there before.
source "$(dirname "$0")/lib.sh"

issue() {
    given issue.yaml <<'END'
layout: committee-daily
series: 每日观察
date: 2026-05-20
sections:
  - title: 第一节
    body: 正文。
END
}
is_pdf() { [[ $(head -c 5 "$1") == %PDF- ]] || fault "$1 is no PDF"; }

it "writes beside the issue when no output is named"
issue
run build issue.yaml
expect_code 0
expect_only issue.pdf issue.yaml
is_pdf issue.pdf

it "writes to the standard output"
issue
run build issue.yaml -o -
expect_code 0
is_pdf "$top/out"
run build issue.yaml --output=/dev/stdout
expect_code 0
is_pdf "$top/out"
"$program" build issue.yaml -o - | head -c 5 >first
[[ $(cat first) == %PDF- ]] || fault "no PDF in the pipe"

it "reads the standard input"
issue
"$program" build - -o out.pdf <issue.yaml 2>"$top/err" || fault "code $?"
is_pdf out.pdf
"$program" build - <issue.yaml >piped.pdf 2>"$top/err" || fault "code $?"
cmp -s out.pdf piped.pdf || fault "the two differ"

it "puts its bytes after what stands in the standard output's file"
issue
{ printf before; "$program" build issue.yaml -o /dev/stdout; } >both 2>"$top/err"
[[ $(head -c 11 both) == before%PDF- ]] || fault "lost its place"

it "keeps the older file when the folder is not there"
issue
run build issue.yaml -o missing/out.pdf
expect_code 73
expect_err '^missing/out\.pdf:1:1: error\[output\]: '
expect_only issue.yaml

it "does not write over a folder"
issue
mkdir out.pdf
run build issue.yaml -o out.pdf
expect_code 73
expect_only issue.yaml out.pdf

it "does not write over the issue"
issue
before=$(cat issue.yaml)
run build issue.yaml -o issue.yaml
expect_code 73
ln -s issue.yaml soft
run build issue.yaml -o soft
expect_code 73
ln issue.yaml hard
run build issue.yaml -o ./hard
expect_code 73
expect_text issue.yaml "$before"

it "tells of a full disk"
issue
run build issue.yaml -o /dev/full
expect_code 74
expect_err 'error\[output\]'

it "tells of a file that may not grow"
issue
printf older >out.pdf
(ulimit -f 2; "$program" build issue.yaml -o out.pdf 2>"$top/err"; echo $? >"$top/code")
code=$(cat "$top/code")
expect_code 74
expect_text out.pdf older
expect_only issue.yaml out.pdf

it "tells of a closed standard output"
issue
"$program" build issue.yaml -o - >&- 2>"$top/err"
code=$?
expect_code 74
expect_only issue.yaml

it "writes the dependencies with the PDF, or neither"
issue
mkdir folder
for deps in missing/a.d folder issue.yaml ./issue.yaml out.pdf /proc/a.d; do
    printf older >out.pdf
    run build issue.yaml -o out.pdf --deps=$deps
    expect_code 73
    expect_err "^banxin: cannot write $deps: "
    expect_text out.pdf older
    expect_only folder issue.yaml out.pdf
done
grep -q '^series' issue.yaml || fault "the issue was written over"
printf older >a.d
for output in missing/out.pdf folder issue.yaml; do
    run build issue.yaml -o $output --deps=a.d
    expect_code 73
    expect_text a.d older
done
printf 'layout: nowhere\ntitle: x\nabstract: y\n' >bad.yaml
run build bad.yaml -o out.pdf --deps=a.d
expect_code 65
expect_text a.d older
rm bad.yaml
ln -s a.d link.d
chmod 640 a.d
run build issue.yaml -o out.pdf --deps=link.d
expect_code 0
[[ -L link.d && $(stat -c %a a.d) == 640 ]] || fault "not the file that the link names"
expect_only a.d folder issue.yaml link.d out.pdf
run build issue.yaml -o out.pdf --deps=/dev/stdout
expect_out '^out.pdf:'
{
    echo before
    "$program" build issue.yaml -o out.pdf --deps=/dev/stdout
    echo after
} >all
[[ $(head -1 all) == before && $(tail -1 all) == after ]] || fault "not where stdout is in its file"
grep -q '^out.pdf:' all || fault "not in stdout"
rm all
run build issue.yaml -o out.pdf --deps=/dev/full
expect_code 74
expect_err '^banxin: cannot write /dev/full: No space left on device$'

it "lets no name make rules of its own"
printf '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>' >$'a\nall:\n\ttouch made\n.svg'
printf '![](<a%%0Aall:%%0A%%09touch made%%0A.svg>)\n' >issue.md
run build issue.md --strict -o out.pdf --deps=a.d
expect_code 0
grep -q touch a.d && fault "a rule"

it "leaves nothing when it is stopped at any moment"
issue
for signal in TERM INT KILL; do
    for wait in 0 0.01 0.02 0.04 0.06 0.1 0.15; do
        printf older >out.pdf
        "$program" build issue.yaml -o out.pdf 2>/dev/null &
        child=$!
        sleep $wait
        kill -$signal $child 2>/dev/null
        wait $child 2>/dev/null
        [[ $(head -c 5 out.pdf) == older ]] || is_pdf out.pdf
        expect_only issue.yaml out.pdf
    done
done

if ((EUID != 0)); then
    it "respects a folder and a file that may not be written"
    issue
    mkdir shut
    chmod 555 shut
    run build issue.yaml -o shut/out.pdf
    expect_code 73
    printf older >out.pdf
    chmod 444 out.pdf
    run build issue.yaml -o out.pdf
    expect_code 73
    expect_text out.pdf older
fi

finish
