# Issues for the tests of batches; sourced after ../cli/lib.sh.
#
#     issues FOLDER COUNT      so many short issues, each different, over several years
issues() {
    mkdir -p "$1"
    awk -v folder="$1" -v count="$2" 'BEGIN {
        for (i = 0; i < count; i++) {
            date = sprintf("%d-%02d-%02d", 2015 + int(i / 336), 1 + int(i / 28) % 12, 1 + i % 28)
            file = sprintf("%s/%05d.yaml", folder, i)
            printf "layout: committee-daily\nseries: 每日观察\nnumber: %d\ndate: %s\n", i, date > file
            printf "sections:\n  - title: 第 %d 节 <&>\n    body: 正文，第 %d 段。\n", i, i > file
            close(file)
        }
    }'
}

# Names and hashes of a folder's PDFs: two folders with the same PDFs give the same lines.
hashes() { (cd "$1" && find . -name '*.pdf' | LC_ALL=C sort | xargs sha256sum); }

# What must hold after a seal of COUNT issues: each has one PDF with its row, and nothing else is there.
expect_sealed() { # FOLDER COUNT
    [[ $(wc -l <"$1/index.jsonl") == "$2" ]] || fault "the index has not $2 rows"
    [[ $(find "$1" -name '*.pdf' | wc -l) == "$2" ]] || fault "there are not $2 PDFs"
    [[ $(cut -d'"' -f8 "$1/index.jsonl" | sort | uniq -d | wc -l) == 0 ]] || fault "an output twice"
    [[ -z $(find "$1" -name '.*.tmp') ]] || fault "something half is left"
}
