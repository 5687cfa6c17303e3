#!/usr/bin/env bash
# The test for globals must bite. Usage: no_globals_selftest.sh COMPILER
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
compiler=$1
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"

is_clean() { # SOURCE
    printf '%s\n' "$1" >t.c
    rm -f t.a
    "$compiler" -fPIC -c t.c -o t.o
    ar rc t.a t.o
    bash "$here/no_globals.sh" t.a >out
}

is_clean 'extern const char *const names[]; const char *const names[] = {"a", "b"};' ||
    { echo "a constant table was refused"; exit 1; }
for source in 'int f(void); int f(void) { static int n; return n++; }' \
    'extern int level; int level = 3;' \
    'const char *f(void); static const char *at = "x"; const char *f(void) { return at++; }' \
    'int f(void); int f(void) { static _Thread_local int n; return n++; }'; do
    if is_clean "$source"; then
        echo "let through: $source"
        exit 1
    fi
done
