#!/usr/bin/env bash
# The library has no writable globals: no object of it has a .data or .bss of any size, thread-local
# ones included. Constant tables that hold pointers (.data.rel.ro) are fine.
# Usage: no_globals.sh libbanxin.a
set -euo pipefail
size -A "$1" | awk '
$2 == "(ex" { object = $1 }
$1 ~ /^\.(data|bss|tdata|tbss)/ && $1 !~ /^\.data\.rel\.ro/ {
    sections++
    if ($2 > 0) {
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
