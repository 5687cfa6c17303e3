#!/usr/bin/env bash
# The pictures that the layouts' READMEs show: the first two pages of each sample, from build/release.
# Run it after a change to how pages look, and look at what it made. Needs ImageMagick.
set -euo pipefail
cd "$(dirname "$0")/.."
command -v montage >/dev/null || { echo "previews.sh: needs ImageMagick (montage)" >&2; exit 69; }
out=$(mktemp -d)
trap 'rm -r "$out"' EXIT
for folder in layouts/*/; do
    layout=$(basename "$folder")
    [ -d "samples/$layout" ] || continue
    build/release/banxin build "samples/$layout"/issue.* -q -o "$out/$layout.pdf"
    pdftoppm -r 60 -png -f 1 -l 2 "$out/$layout.pdf" "$out/$layout" 2>/dev/null
    montage "$out/$layout"-*.png -tile 2x -geometry +6+6 -background '#c8ccd0' -dither None -colors 64 -depth 8 \
        -strip "PNG8:$folder/preview.png"
    echo "$folder"preview.png
done
