#!/usr/bin/env bash
# Installs what is needed, builds, runs all tests. With CI=true also under ASan and UBSan, and with
# the packages of packages-ci.txt; what is installed is then run under strace, and no run may have
# reached outside its fence (tests/hostile/reach.py).
set -euo pipefail
cd "$(dirname "$0")/.."

presets=(release)
packages=(packages.txt)
if [[ ${CI:-} == true ]]; then
    presets=(asan release)
    packages+=(packages-ci.txt)
fi

scripts/install-deps.sh "${packages[@]}"
run_tests() { # PRESET [TRACER…]
    local preset=$1 log=build/$1/ctest.log
    shift
    "$@" ctest --test-dir "build/$preset" --parallel "$(nproc)" --output-on-failure >"$log" 2>&1 </dev/null || {
        grep -vE '^ +Start +[0-9]+:|Passed|^Internal|^Test project' "$log" >&2
        exit 1
    }
    sed -n 's/^[ \t]*[0-9]* - \(.*\) (Skipped)$/skipped: \1/p' "$log"
    grep -E '^[0-9]+% tests passed' "$log"
}

for preset in "${presets[@]}"; do
    scripts/build.sh "$preset"
    echo "testing build/$preset …"
    calls=build/$preset/calls.log
    if [[ ${CI:-} == true && $preset == release ]] && why=$(tests/hostile/trace.sh "$calls" true 2>&1); then
        run_tests "$preset" tests/hostile/trace.sh "$calls"
        python3 tests/hostile/reach.py "$calls" "build/$preset" --probe hostile_probe --least 500
        rm "$calls"
    else
        run_tests "$preset"
        [[ -z ${why:-} ]] || echo "skipped: the fence is not judged: $why"
    fi
done
