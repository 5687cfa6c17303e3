#!/usr/bin/env bash
# Installs what is needed, builds, runs all tests. With CI=true also under ASan and UBSan.
set -euo pipefail
cd "$(dirname "$0")/.."

presets=(release)
[[ ${CI:-} == true ]] && presets=(asan release)

scripts/install-deps.sh
for preset in "${presets[@]}"; do
    scripts/build.sh "$preset"
    log=build/$preset/ctest.log
    echo "testing build/$preset …"
    ctest --test-dir "build/$preset" --parallel "$(nproc)" --output-on-failure >"$log" 2>&1 </dev/null || {
        grep -vE '^ +Start +[0-9]+:|Passed|^Internal|^Test project' "$log" >&2
        exit 1
    }
    tail -n 4 "$log"
done
