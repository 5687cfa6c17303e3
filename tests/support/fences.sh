#!/usr/bin/env bash
# The rules of src/README.md over #include: a folder includes only folders before it, and foreign
# headers stay behind their fences. Usage: fences.sh SRC
set -euo pipefail
cd "$1"

grep -rnE '^[[:space:]]*#[[:space:]]*include' --include='*.c' --include='*.h' . | awk '
BEGIN {
    n = split("base input issue style font text draw compose output press batch cli", order, " ")
    for (i = 1; i <= n; i++)
        rank[order[i]] = i
    # header pattern → folders that may include it
    fence["^yaml\\.h$"] = "^input/"
    fence["^cmark"] = "^input/"
    fence["^fontconfig/"] = "^font/"
    fence["^(ft2build\\.h|freetype)"] = "^font/"
    fence["^hb(-[a-z]+)*\\.h$"] = "^(font/|text/|output/pdf/)"
    fence["^hpdf"] = "^output/pdf/"
    fence["^(librsvg/|cairo|avif/|webp/|gif_lib\\.h|png\\.h|qrencode\\.h)"] = "^draw/"
}
{
    split($0, part, ":")
    file = part[1]
    sub(/^\.\//, "", file)
    text = substr($0, length(part[1]) + length(part[2]) + 3)
    if (!match(text, /[<"][^>"]+[>"]/))
        next
    header = substr(text, RSTART + 1, RLENGTH - 2)
    own = substr(text, RSTART, 1) == "\""
    seen++
    if (file == "banxin.h") {
        if (own)
            fault("the public header includes nothing of ours")
        next
    }
    split(file, at, "/"); split(header, to, "/")
    from = at[1]
    if (own && header == "banxin.h") {
        if (from != "press" && from != "batch" && from != "cli")
            fault("banxin.h is for press/, batch/ and cli/")
    } else if (own) {
        if (!(to[1] in rank))
            fault("headers of ours are named from src/, as \"folder/file.h\"")
        else if (!(from in rank))
            fault("a folder that src/README.md does not have")
        else if (rank[to[1]] > rank[from])
            fault(to[1] "/ comes after " from "/")
        else if (from == "batch" && to[1] != "base" && to[1] != "batch")
            fault("batch/ sees banxin.h and base/ only")
        else if (from == "cli" && to[1] != "base" && to[1] != "batch" && to[1] != "cli")
            fault("cli/ sees banxin.h, base/ and batch/ only")
    } else {
        for (pattern in fence)
            if (header ~ pattern && file !~ fence[pattern])
                fault("a foreign header outside its fence")
    }
}
function fault(why) {
    print file ":" part[2] ": " header ": " why
    faults++
}
END {
    if (seen < 20) {
        print "only " seen + 0 " #include lines seen: is the folder right?"
        faults++
    }
    exit faults > 0
}'
