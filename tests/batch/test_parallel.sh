#!/usr/bin/env bash
# GNU parallel with the script of scripts/cluster/: eight shards, sealed, the bytes of a plain run.
# Skipped (77) where GNU parallel is not installed.
source "$(dirname "$0")/../cli/lib.sh"
source "$(dirname "$0")/issues.sh"
if ! parallel --version 2>/dev/null | grep -q 'GNU parallel'; then
    echo "skipped: GNU parallel is not installed (package parallel)"
    exit 77
fi
mkdir "$top/home"
export HOME=$top/home PARALLEL_HOME=$top/home
export BANXIN=$program

it "does the shards of an archive on this machine"
issues in 40
run batch in -o plain
ran="banxin-parallel"
bash "$source_dir/scripts/cluster/parallel.sh" 8 in out >"$top/out" 2>"$top/err" || fault "code $?"
expect_sealed out 40
[[ $(hashes out) == "$(hashes plain)" ]] || fault "not the bytes of a plain run"
[[ $(find out -name 'ledger-*-of-8.jsonl' | wc -l) == 8 ]] || fault "not eight ledgers"

it "does them on hosts, of which this one needs no ssh"
issues in 6
echo '2/:' >hosts
HOSTS=hosts bash "$source_dir/scripts/cluster/parallel.sh" 3 in out >"$top/out" 2>"$top/err" || fault "code $?"
expect_sealed out 6

it "does not seal an archive with a bad issue in it"
issues in 10
printf 'layout: nowhere\nseries: x\n' >in/bad.yaml
ran="banxin-parallel"
bash "$source_dir/scripts/cluster/parallel.sh" 4 in out >"$top/out" 2>"$top/err"
code=$?
expect_code 75
expect_out '"issue":"in/bad.yaml"'
[[ $(find out -name '*.pdf' | wc -l) == 10 ]] || fault "the others are not there"

finish
