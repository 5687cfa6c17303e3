#!/usr/bin/env bash
# Installs what is needed, builds, runs all tests. With CI=true also under ASan and UBSan, and with
# the packages of packages-ci.txt.
set -euo pipefail
cd "$(dirname "$0")/.."

presets=(release)
packages=(packages.txt)
if [[ ${CI:-} == true ]]; then
    presets=(asan release)
    packages+=(packages-ci.txt)
fi

scripts/install-deps.sh "${packages[@]}"
for preset in "${presets[@]}"; do
    scripts/build.sh "$preset"
    log=build/$preset/ctest.log
    echo "testing build/$preset …"
    ctest --test-dir "build/$preset" --parallel "$(nproc)" --output-on-failure >"$log" 2>&1 </dev/null || {
        grep -vE '^ +Start +[0-9]+:|Passed|^Internal|^Test project' "$log" >&2
        exit 1
    }
    sed -n 's/^[ \t]*[0-9]* - \(.*\) (Skipped)$/skipped: \1/p' "$log"
    grep -E '^[0-9]+% tests passed' "$log"
done
