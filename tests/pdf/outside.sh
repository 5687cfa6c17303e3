#!/usr/bin/env bash
# outside.sh SAMPLE FOLDER: writes documents with the program SAMPLE into FOLDER and has other programs
# judge them. veraPDF is asked too where it is installed.
set -u
sample=$1; out=$2; here=$(cd "$(dirname "$0")" && pwd); failed=0
fail() { echo "FAILED: $*"; failed=1; }

"$sample" "$out/sample.pdf" places "$out/places.txt" || exit 1
"$sample" "$out/source.pdf" a3 || exit 1
"$sample" "$out/long.pdf" long || exit 1

for name in sample source long; do
    file=$out/$name.pdf
    qpdf --check "$file" >"$out/$name.log" 2>&1 || fail "qpdf --check $name: $(cat "$out/$name.log")"
    python3 "$here/rules.py" "$file" || fail "rules of $name"
    mutool info "$file" 2>&1 | grep -iE 'error|cannot' && fail "mutool info $name"
    pdffonts "$file" | tail -n +3 | grep -vE '(yes yes yes|yes no  yes) ' && fail "pdffonts $name"
    [ -z "$(pdftoppm -r 20 "$file" "$out/$name" 2>&1 | tee "$out/$name.log")" ] || fail "pdftoppm $name: $(cat "$out/$name.log")"
    rm -f "$out/$name"*.ppm
done

# What the reader sees of a picture whose stored rows are A B, C D, by Exif's orientation.
"$sample" "$out/turned.pdf" turned || exit 1
pdftoppm -r 72 -gray "$out/turned.pdf" "$out/turned"
seen=$(python3 - "$out"/turned-1.pgm <<'END'
import sys
data = open(sys.argv[1], "rb").read()
pixels = data[-160 * 20:]
name = lambda x, y: "ABCD"[min(range(4), key=lambda i: abs((0x10, 0x50, 0xA0, 0xF0)[i] - pixels[160 * y + x]))]
print(*("".join(name(20 * i + x, y) for y in (4, 15) for x in (4, 15)) for i in range(8)))
END
)
[ "$seen" = "ABCD BADC DCBA CDAB ACBD CADB DBCA BDAC" ] || fail "orientations: $seen"

python3 "$here/rules.py" --mutants "$out/sample.pdf" || fail "mutants"
python3 "$here/rules.py" --positions "$out/sample.pdf" "$out/places.txt" || fail "positions"

# The words as typed and in order; the tree in reading order.
check_golden() { # NAME, text on stdin
    if [ -n "${BANXIN_UPDATE_GOLDEN:-}" ]; then cat >"$here/golden/$1"; return; fi
    diff -u "$here/golden/$1" - || fail "$1"
}
mkdir -p "$here/golden"
pdftotext -raw -enc UTF-8 "$out/sample.pdf" - | tr -d '\f' | check_golden sample-raw.txt
pdfinfo -struct-text "$out/sample.pdf" 2>&1 | sed 's/Object .*/Object/' | check_golden sample-struct.txt
pdfinfo -dests "$out/sample.pdf" | check_golden sample-dests.txt
[ "$(pdfinfo "$out/long.pdf" | grep -c '^Pages: *70$')" = 1 ] || fail "pages of long"
pdfdetach -list "$out/source.pdf" | grep -q '期刊.yaml' || fail "attachment"

if command -v verapdf >/dev/null; then
    verapdf --flavour 2a "$out/sample.pdf" "$out/long.pdf" || fail "veraPDF 2a"
    verapdf --flavour ua1 "$out/sample.pdf" "$out/long.pdf" "$out/source.pdf" || fail "veraPDF ua1"
    verapdf --flavour 3a "$out/source.pdf" || fail "veraPDF 3a"
fi
exit $failed
