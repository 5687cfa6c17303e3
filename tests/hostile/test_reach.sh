#!/usr/bin/env bash
# What the program asks the system for, over the table $4; and whether reach.py, which judges it, catches the library $3
# that reaches for what nobody may. scripts/test.sh lets it judge the whole suite.
source "$(dirname "$0")/lib.sh"
probe=$3
table=$4
build=$(dirname "$program")
trace() { bash "$folder/trace.sh" "$top/log" env ASAN_OPTIONS=detect_leaks=0 "$@"; }
judge() { python3 "$folder/reach.py" "$top/log" "$build" "$@" >"$top/err"; }
caught() { grep -qE -- "$1" "$top/err" || fault "not caught: $1"; }

trace true 2>"$top/err" || {
    echo "skipped: $(cat "$top/err")"
    exit 77
}

it "stays inside its fence"
BANXIN_SLOW=1 trace bash "$folder/test_table.sh" "$program" "$tools" "$table" >"$top/out" || {
    fault "$(basename "$table") fares otherwise when traced"
    head -n 5 "$top/out"
}
judge --least 50 || fault "it reaches out"
tail -n 1 "$top/err"

it "is caught when it does not"
printf 'layout: committee-daily\ntitle: 甲\nabstract: 乙\n' >issue.yaml
mkdir below && cd below || exit 2
trace env LD_PRELOAD="$probe" "$program" build ../issue.yaml -o out.pdf >"$top/out" 2>&1
code=$?
grep -q probe: "$top/out" || {
    echo "nothing can be preloaded" # the runtime of ASan wants to be first
    finish
}
((code == 0)) || fault "exit code $code"
if judge; then
    fault "it is not"
fi
caught 'the network: socket\(AF_INET'
caught 'another program: execve\("/no/such/program"'
caught 'outside its fence: openat\(.*"/etc/passwd"'
caught 'outside its fence: openat\(.*"\.\./new", O_WRONLY\|O_CREAT'
judge --probe "$(basename "$probe")" --least 0 || fault "the judge does not know the probe"
if judge --least 2; then
    fault "the judge is content with one run"
fi
finish
