#!/usr/bin/env bash
# Builds one preset of CMakePresets.json, quietly. Usage: build.sh PRESET [TARGET…]
set -euo pipefail
cd "$(dirname "$0")/.."
preset=$1
shift

folder=build/$preset
log=$folder/build.log
mkdir -p "$folder"
run() {
    "$@" >"$log" 2>&1 </dev/null || {
        grep -E -A4 'error|FAILED' "$log" | head -n 40 >&2 || true
        echo "build: failed; the log is $log" >&2
        exit 1
    }
}
if [[ ! -f $folder/build.ninja ]]; then
    launcher=()
    command -v ccache >/dev/null && launcher=(-DCMAKE_C_COMPILER_LAUNCHER=ccache)
    run cmake --preset "$preset" "${launcher[@]}"
fi
echo "building $folder …"
run cmake --build "$folder" --parallel "$(nproc)" ${*:+--target "$@"}
