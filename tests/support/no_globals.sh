#!/usr/bin/env bash
# The library has no writable globals: no object of it has a .data or .bss of any size, thread-local
# ones included. Constant tables that hold pointers (.data.rel.ro) are fine. The one exception is the
# lock around cmark-gfm and the pointer it guards (docs/decisions/0003-cmark-under-a-lock.md).
# Usage: no_globals.sh libbanxin.a
set -euo pipefail
size -A "$1" | awk '
$2 == "(ex" { object = $1 }
$1 ~ /^\.(data|bss|tdata|tbss)/ && $1 !~ /^\.data\.rel\.ro/ {
    sections++
    if (object == "markdown_run.c.o" && $1 == ".bss" && $2 <= 48)
        next
    if ($2 > 0 && object != "markdown_run.c.o") {
        print object ": " $1 " has " $2 " bytes"
        faults++
    }
}
END {
    if (!sections) {
        print "no sections seen: is this the library?"
        faults++
    }
    exit faults > 0
}'
