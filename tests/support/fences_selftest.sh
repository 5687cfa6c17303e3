#!/usr/bin/env bash
# The fence test must bite: each line below, put into a copy of the sources, is a fault.
set -euo pipefail
here=$(dirname "$0")
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT

try() { # FOLDER/FILE LINE
    rm -rf "$copy/src"
    cp -r "$1" "$copy/src"
    mkdir -p "$copy/src/$(dirname "$2")"
    printf '%s\n' "$3" >>"$copy/src/$2"
    if bash "$here/fences.sh" "$copy/src" >"$copy/out"; then
        echo "let through: $2: $3"
        exit 1
    fi
    grep -qF "$2" "$copy/out"
}
try "$1" base/extra.h '#include "issue/issue.h"'
try "$1" compose/extra.c '#include <hb.h>'
try "$1" text/extra.c '#include <hb-ft.h>
#include <ft2build.h>'
try "$1" style/extra.c '#include <yaml.h>'
try "$1" issue/extra.c '#include <cmark-gfm.h>'
try "$1" output/extra.c '#include <hpdf.h>'
try "$1" cli/extra.c '#include "issue/issue.h"'
try "$1" batch/extra.c '#include "press/press.h"'
try "$1" issue/extra.c '#include "banxin.h"'
try "$1" input/extra.c '#include "node.h"'
try "$1" banxin.h '#include "base/str.h"'
