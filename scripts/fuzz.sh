#!/usr/bin/env bash
# Fuzzes one target with libFuzzer, ASan and UBSan: fuzz.sh TARGET SECONDS
# Targets: yaml markdown layout paragraph image font build. Needs clang and libclang-rt (Debian: clang,
# libclang-rt-14-dev), which users do not. What is found is written to build/fuzz/found/; minimise it
# (-minimize_crash=1), mend the fault, and keep it in tests/fuzz/corpus/TARGET.
set -euo pipefail
cd "$(dirname "$0")/.."

if (($# != 2)); then
    echo "usage: scripts/fuzz.sh TARGET SECONDS" >&2
    exit 64
fi
target=$1
seconds=$2
folder=build/fuzz
corpus=tests/fuzz/corpus/$target
[[ -d $corpus ]] || {
    echo "fuzz: there is no target $target: $(ls tests/fuzz/corpus | tr '\n' ' ')" >&2
    exit 64
}
command -v clang >/dev/null || {
    echo "fuzz: install clang and libclang-rt-14-dev" >&2
    exit 69
}

scripts/build.sh fuzz "fuzz_$target"
mkdir -p "$folder/found" "$folder/grown/$target"
words=()
[[ -f tests/fuzz/dict/$target.dict ]] && words=(-dict="tests/fuzz/dict/$target.dict")
echo "fuzzing $target for $seconds s …"
exec nice -n 19 "$folder/tests/fuzz/fuzz_$target" -max_total_time="$seconds" -timeout=30 \
    -rss_limit_mb=2048 -artifact_prefix="$folder/found/$target-" -print_final_stats=1 "${words[@]}" \
    "$folder/grown/$target" "$corpus"
