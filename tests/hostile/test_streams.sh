#!/usr/bin/env bash
# Standard streams that are closed, full, cut off or no streams, and signals at any moment, for each command: what could not
# be said is exit code 74 with a word of it, and whatever happens, what stood there stands there or all of the new.
source "$(dirname "$0")/lib.sh"

given_issue() {
    printf 'layout: committee-daily\nseries: 观察\ndate: 2026-05-20\nsections:\n  - title: 甲\n    body: 乙，，丙\n' >issue.yaml
}

run() { # COMMAND…, with redirections round it
    ran="banxin $*"
    "$program" "$@" 2>"$top/err" </dev/null
    code=$?
}
expect_code() { [[ $code == "$1" ]] || fault "exit code $code, not $1: $ran, $how"; }
expect_err() { grep -qE -- "$1" "$top/err" || fault "not a word of it: $ran, $how"; }

# Whatever prints, with its operands; the folder has an issue, a PDF and a batch.
printing=("--version" "--help" "build --help" "build issue.yaml -o -" "fonts" "fonts --json" "layouts" "layouts --json"
    "inspect issue.yaml" "paragraph" "schema issue" "schema layout" "verify made.pdf" "seal in gap.yaml -o out" "new folder")

it "says that the standard output takes nothing"
given_issue
mkdir in
cp issue.yaml in
cp issue.yaml gap.yaml
"$program" build issue.yaml --set embed-source=true -o made.pdf 2>"$top/err" || fault "no made.pdf"
"$program" batch in -o out -q 2>"$top/err" || fault "no batch"
for words in "${printing[@]}"; do
    read -ra list <<<"$words"
    how="a full disk" && rm -rf folder
    run "${list[@]}" >/dev/full
    expect_code 74
    expect_err 'No space left on device'
    how="closed" && rm -rf folder
    run "${list[@]}" >&-
    expect_code 74
    expect_err 'Bad file descriptor'
    how="a reader that is gone" && rm -rf folder
    mkfifo pipe
    true <pipe &
    exec 7>pipe # opens when the reader does, which then ends
    wait $!
    run "${list[@]}" >&7
    exec 7>&-
    rm pipe
    expect_code 74
    expect_err 'Broken pipe'
done

it "shows what it mends before it mends it"
for how in /dev/full closed; do
    given_issue
    if [[ $how == closed ]]; then
        run check --fix issue.yaml >&-
    else
        run check --fix issue.yaml >/dev/full
    fi
    expect_code 74
    expect_err 'cannot write to the standard output'
    grep -q '，，' issue.yaml || fault "it was mended all the same"
done
[[ $(ls -A) == issue.yaml ]] || fault "something is left: $(ls -A)"

it "does as well when nobody hears its messages"
given_issue
printf '甲\n' >text
for words in "check issue.yaml" "build issue.yaml -o out.pdf" "build nowhere.yaml" "biuld" "batch issue.yaml -o out" \
    "check issue.yaml --diagnostics=sarif" "check issue.yaml --diagnostics=json" "seal issue.yaml -o none"; do
    read -ra list <<<"$words"
    "$program" "${list[@]}" >"$top/out" 2>"$top/err" </dev/null
    wanted=$?
    "$program" "${list[@]}" >"$top/out" 2>&- </dev/null
    code=$? how="stderr closed" ran=$words
    expect_code $wanted
    "$program" "${list[@]}" >"$top/out" 2>/dev/full </dev/null
    code=$? how="stderr full"
    expect_code $wanted
done

it "says that the standard input gives nothing"
given_issue
for words in "build - -o none.pdf" "check -" "inspect -" "paragraph" "batch - -o none" "seal - -o none"; do
    read -ra list <<<"$words"
    ran=$words
    "$program" "${list[@]}" >"$top/out" 2>"$top/err" <&-
    code=$? how="stdin closed"
    expect_code 66
    "$program" "${list[@]}" >"$top/out" 2>"$top/err" <.
    code=$? how="stdin is a folder"
    expect_code 66
done
[[ $(ls -A) == issue.yaml ]] || fault "something is left: $(ls -A)"

# Each of these makes one thing of another, at which it is stopped after a while.
stopped() { # SIGNAL WAIT COMMAND…
    "$program" "${@:3}" >"$top/out" 2>"$top/err" </dev/null &
    sleep "$2"
    kill -"$1" $! 2>/dev/null
    wait $! 2>/dev/null
    how="SIG$1 after $2 s" ran="banxin ${*:3}"
}
# Between two calls of the system a file that is to be written over another has a temporary name (base/aside.h): SIGKILL
# may leave it, and the next run of the same takes it away.
left_over() { find . -name '.*' ! -name .; }
is_pdf() { [[ $(head -c 5 "$1") == %PDF- && $(tail -c 6 "$1") == "%%EOF"* ]]; }

it "leaves nothing half, whatever stops it"
given_issue
cp issue.yaml first
mkdir in
cp issue.yaml in/
"$program" batch in -o out -q 2>"$top/err" || fault "no batch"
"$program" seal in -o out -q 2>"$top/err" || fault "no seal"
cp out/index.jsonl index
for signal in INT TERM HUP KILL; do
    for wait in 0.01 0.03 0.05 0.08; do
        printf older >a.pdf
        printf older >a.d
        stopped $signal $wait build issue.yaml -o a.pdf --deps=a.d
        [[ $(head -c 5 a.pdf) == older ]] || is_pdf a.pdf || fault "half a PDF: $how"
        [[ $(cat a.d) == older || $(tail -c 14 a.d) == *families.yaml ]] || fault "half of what it was made from: $how"
        stopped $signal $wait check --fix issue.yaml
        cmp -s issue.yaml first || grep -q '乙，丙' issue.yaml || fault "half an issue: $how"
        cp first issue.yaml
        stopped $signal $wait seal in -o out
        cmp -s out/index.jsonl index || fault "half an index: $how"
        echo "# $signal $wait" >>in/issue.yaml # another key, so that it is made again
        stopped $signal $wait batch in -o pdf
        [[ ! -e pdf/issue.pdf ]] || is_pdf pdf/issue.pdf || fault "half a PDF in a batch: $how"
        [[ $signal == KILL || -z $(left_over) ]] || fault "something is left: $(left_over) $how"
        [[ -z $(left_over | grep -vE '/\.(a\.pdf|a\.d|issue\.yaml|index\.(jsonl|html)|issue\.pdf)\.banxin-0\.tmp$') ]] ||
            fault "more than one of each is left: $(left_over) $how"
    done
done
how="at the end" ran="all of them"
echo "# whole" >>in/issue.yaml
"$program" build issue.yaml -o a.pdf --deps=a.d 2>"$top/err" || fault "no build"
"$program" check --fix issue.yaml >"$top/out" 2>"$top/err" || fault "no check"
"$program" batch in -o pdf -q 2>"$top/err" || fault "no batch"
"$program" seal in -o out -q 2>"$top/err" || fault "no seal"
[[ -z $(left_over) ]] || fault "something is left: $(left_over)"
[[ $(echo *) == "a.d a.pdf first in index issue.yaml out pdf" ]] || fault "there is more: $(echo *)"

it "may have a name as long as the file system allows"
given_issue
name=$(printf '版%.0s' {1..83}).pdf
for turn in new over; do
    run build issue.yaml -o "$name" --deps="${name%.pdf}.dep" >"$top/out"
    how="$turn"
    expect_code 0
done
[[ $(ls -A | wc -l) == 3 ]] || fault "something is left"
finish
