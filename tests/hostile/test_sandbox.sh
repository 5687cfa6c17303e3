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

it "keeps the rest out"
given_issue
LD_PRELOAD=$probe "$program" build issue.yaml -o a.pdf 2>"$top/err" || fault "exit code $?"
expect 'probe: a file of the system: reached'
if [[ $(grep -c 'probe:' "$top/err") == 0 ]]; then
    echo "skipped: nothing can be preloaded"
    exit 77
fi
rm -f ../new
LD_PRELOAD=$probe "$program" build issue.yaml -o a.pdf --sandbox 2>"$top/err" || fault "exit code $?"
expect 'probe: a socket: Operation not permitted'
expect 'probe: another program: Operation not permitted'
expect 'probe: the issue: reached'
if "$program" build issue.yaml -o a.pdf --sandbox 2>&1 | grep -q Landlock; then
    echo "this kernel has no Landlock"
else
    expect 'probe: a file of the system: Permission denied'
    expect 'probe: a file beside the issue.s folder: Permission denied'
    expect 'probe: a new file beside it: Permission denied'
fi

it "stands round a batch without being asked for"
given_issue
cd ..
LD_PRELOAD=$probe "$program" batch inside -o out -q 2>"$top/err" || fault "exit code $?"
expect 'probe: a socket: Operation not permitted'
LD_PRELOAD=$probe "$program" batch inside -o out2 -q --no-sandbox 2>"$top/err" || fault "exit code $?"
expect 'probe: a socket: reached'
finish
