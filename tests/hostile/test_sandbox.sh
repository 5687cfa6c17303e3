#!/usr/bin/env bash
# The second wall: what code that has been taken over could still reach; $3 is the library that tries.
source "$(dirname "$0")/lib.sh"
probe=$3

given_issue() {
    mkdir inside && cd inside || exit 2
    echo secret >../secret
    printf 'layout: committee-daily\ntitle: 甲\nabstract: 乙 😀\n' >issue.yaml
}

expect() { # REGEX
    grep -qE -- "$1" "$top/err" || fault "stderr lacks $1"
}

it "is the same PDF"
given_issue
"$program" build issue.yaml -o a.pdf --sandbox 2>"$top/err" || fault "exit code $?"
if grep -q 'going on without' "$top/err"; then
    echo "skipped: this kernel has no Landlock and no seccomp"
    exit 77
fi
"$program" build issue.yaml -o b.pdf 2>"$top/err" || fault "exit code $?"
cmp -s a.pdf b.pdf || fault "the sandbox changes the PDF"

it "lets the program write over an older PDF, to the standard output, and what depends on what"
given_issue
"$program" build issue.yaml -o a.pdf --deps a.d --sandbox 2>"$top/err" || fault "exit code $?"
"$program" build issue.yaml -o a.pdf --sandbox 2>"$top/err" || fault "exit code $?, over an older PDF"
"$program" build issue.yaml -o - --sandbox 2>"$top/err" | cmp -s - a.pdf || fault "stdout differs"
[[ -s a.d ]] || fault "no a.d"
mkdir ../out
"$program" build issue.yaml -o ../out/a.pdf --sandbox 2>"$top/err" || fault "exit code $?, in another folder"

it "reads and writes what links name"
given_issue
mkdir ../out ../other
mv issue.yaml ../other/issue.yaml && ln -s ../other/issue.yaml issue.yaml
echo older >../out/a.pdf && ln -s ../out/a.pdf b.pdf
"$program" build issue.yaml -o b.pdf --sandbox 2>"$top/err" || fault "exit code $?"
[[ -L b.pdf && $(head -c 4 ../out/a.pdf) == %PDF ]] || fault "the link's target was not written"

it "keeps the rest out"
given_issue
LD_PRELOAD=$probe "$program" build issue.yaml -o a.pdf 2>"$top/err" || fault "exit code $?"
if [[ $(grep -c 'probe:' "$top/err") == 0 ]]; then
    echo "skipped: nothing can be preloaded (a program with ASan wants its runtime to be the first library)"
    exit 77
fi
expect 'probe: a file of the system: reached'
has_landlock=yes
if "$program" build issue.yaml -o a.pdf --sandbox 2>&1 | grep -q Landlock; then
    has_landlock=no
    echo "this kernel has no Landlock"
fi

# What code in the command could reach; "new" says whether it may make files beside the issue.
expect_shut_in() { # NEW WORDS…
    local new=$1
    shift
    rm -f ../new new
    LD_PRELOAD=$probe "$program" "$@" >"$top/out" 2>"$top/err" </dev/null || fault "exit code $?: $*"
    expect 'probe: a socket: Operation not permitted'
    expect 'probe: another program: Operation not permitted'
    expect 'probe: another name space: Operation not permitted'
    if [[ $(uname -m) == x86_64 ]]; then
        expect 'probe: a socket by its x32 number: Operation not permitted'
        expect 'probe: a 32-bit call: killed'
    fi
    [[ $has_landlock == yes ]] || return
    expect 'probe: a file of the system: Permission denied'
    expect "probe: a file beside the issue's folder: Permission denied"
    expect 'probe: a new file beside it: Permission denied'
    [[ $new == new ]] || expect 'probe: a new file beside the issue: Permission denied'
}
expect_shut_in new build issue.yaml -o a.pdf --sandbox
expect 'probe: the issue: reached'

it "stands round every command that reads what others wrote"
given_issue
"$program" build issue.yaml --set embed-source=true -o a.pdf 2>"$top/err" || fault "exit code $?"
expect_shut_in none check issue.yaml --sandbox
expect_shut_in new check --fix issue.yaml --sandbox
expect_shut_in none inspect issue.yaml --sandbox
expect_shut_in none paragraph --sandbox
expect_shut_in none verify a.pdf --sandbox
expect_shut_in none verify a.pdf issue.yaml --sandbox

it "mends a file in it"
given_issue
printf 'layout: committee-daily\ntitle: 甲\nabstract: 甲，，乙\n' >issue.yaml
"$program" check --fix issue.yaml --sandbox >"$top/out" 2>"$top/err"
grep -q '甲，乙' issue.yaml || fault "nothing was mended"

it "stands round a batch and its seal without being asked for"
given_issue
cd ..
mkdir elsewhere && cd elsewhere || exit 2
expect_shut_in none batch ../inside -o ../out -q
expect_shut_in none seal ../inside -o ../out -q
LD_PRELOAD=$probe "$program" batch ../inside -o ../out2 -q --no-sandbox 2>"$top/err" || fault "exit code $?"
expect 'probe: a socket: reached'
LD_PRELOAD=$probe "$program" seal ../inside -o ../out2 -q --no-sandbox 2>"$top/err" || fault "exit code $?"
expect 'probe: a socket: reached'
finish
