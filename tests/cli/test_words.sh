#!/usr/bin/env bash
# Every text of every sample, found by its own words in poppler, MuPDF and pdf.js, and in the order in which it is read.
# Usage: test_words.sh BANXIN ISSUE_TEXTS
source "$(dirname "$0")/lib.sh"
issue_texts=$(realpath "$2")

found() { # ISSUE TEXT [MODE]
    "$issue_texts" "$@" >"$top/err" || fault "texts are missing"
}

for issue in "$source_dir"/samples/*/issue.*; do
    name=$(basename "$(dirname "$issue")")
    it "can be searched: $name"
    run build "$issue" -o out.pdf -q
    expect_code 0

    ran="pdftotext, $name"
    pdftotext -raw out.pdf poppler.txt
    found "$issue" poppler.txt

    # MuPDF 1.21 breaks characters beyond U+FFFF that one glyph draws together with others.
    ran="mutool, $name"
    mutool draw -q -F text -o mupdf.txt out.pdf 2>/dev/null
    found "$issue" mupdf.txt letters

    ran="pdf.js, $name"
    if node "$source_dir/tests/cli/words.js" out.pdf >pdfjs.txt 2>/dev/null; then
        found "$issue" pdfjs.txt
    elif [[ $? == 77 || -z $(command -v node) ]]; then
        echo "skipped: pdf.js is not installed"
    else
        fault "pdf.js cannot read it"
    fi

    # The structure, as it is read aloud.
    ran="pdfinfo -struct-text, $name"
    pdfinfo -struct-text out.pdf 2>/dev/null | sed -n 's/^ *"\(.*\)"$/\1/p' >read.txt
    found "$issue" read.txt ordered
done
finish
