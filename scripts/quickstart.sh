#!/usr/bin/env bash
# From a fresh clone on Debian 12 to a printed report: installs what is needed, builds the program,
# prints the sample.
set -euo pipefail
cd "$(dirname "$0")/.."
SECONDS=0

scripts/install-deps.sh
scripts/build.sh release banxin-cli
out=build/committee-daily.pdf
build/release/banxin build samples/committee-daily/issue.yaml -o "$out" --timings
echo "The report is in $PWD/$out (${SECONDS} s in all)."
