#!/usr/bin/env bash
# One page of a layout's sample, drawn by two renderers and held against the pictures in golden/.
# BANXIN_UPDATE_GOLDEN=1 puts the new ones there instead: look at them.
# Usage: run.sh BANXIN COMPARE LAYOUT PAGE FOLDER
set -euo pipefail
banxin=$1 compare=$2 layout=$3 page=$4 out=$5
here=$(cd "$(dirname "$0")" && pwd)
resolution=40
mkdir -p "$out"

# Renderers may write to the terminal what they think of a system without a message bus.
"$banxin" build "$here/../../samples/$layout"/issue.* -q -o "$out/$layout.pdf"
pdftoppm -r $resolution -gray -png -f "$page" -l "$page" -singlefile "$out/$layout.pdf" \
    "$out/$layout-poppler" 2>"$out/$layout-poppler.log"
mutool draw -q -r $resolution -c gray -o "$out/$layout-mupdf.png" "$out/$layout.pdf" "$page" \
    2>"$out/$layout-mupdf.log"

faults=0
for renderer in poppler mupdf; do
    new=$out/$layout-$renderer.png golden=$here/golden/$layout-$renderer.png
    if [ -n "${BANXIN_UPDATE_GOLDEN:-}" ]; then
        cp "$new" "$golden"
    else
        "$compare" "$golden" "$new" || faults=1
    fi
done
exit $faults
