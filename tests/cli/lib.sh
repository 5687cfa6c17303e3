# Helpers for tests of the program: sourced by the test_*.sh beside it, which get the program as $1.
#
#     it "refuses an unknown option"     a new empty folder, and the name that failures carry
#     given FILE <<'END' … END           a file in it
#     run build issue.yaml               runs the program: $code, and files out and err beside it
#     expect_code 64
#     expect_err 'regex'                 some line of stderr matches (grep -E)
#     expect_only issue.yaml out.pdf     the folder holds these and nothing else
set -uo pipefail
program=$(realpath "$1")
source_dir=$(realpath "$(dirname "${BASH_SOURCE[0]}")/../..")
unset NO_COLOR BANXIN_LAYOUT_PATH BANXIN_FONT_PATH SOURCE_DATE_EPOCH XDG_DATA_HOME XDG_DATA_DIRS LC_MESSAGES
export LC_ALL=C.UTF-8
top=$(mktemp -d)
# A child that is stopped between fork and exec may still run the trap: only the test itself cleans up.
trap '[[ $BASHPID != $$ ]] || rm -rf "$top"' EXIT
faults=0
cases=0

it() {
    case_name=$1
    cases=$((cases + 1))
    rm -rf "$top/work"
    mkdir "$top/work"
    cd "$top/work" || exit 2
}

given() { cat >"$1"; }

run() {
    ran="banxin $*"
    "$program" "$@" >"$top/out" 2>"$top/err" </dev/null
    code=$?
}

fault() {
    faults=$((faults + 1))
    echo "FAULT: $case_name: $1 ($ran)"
    sed 's/^/    /' "$top/err" | head -n 12
}

expect_code() { [[ $code == "$1" ]] || fault "exit code $code, expected $1"; }
expect_err() { grep -qE -- "$1" "$top/err" || fault "stderr lacks $1"; }
expect_no_err() { ! grep -qE -- "$1" "$top/err" || fault "stderr has $1"; }
expect_out() { grep -qE -- "$1" "$top/out" || fault "stdout lacks $1"; }
expect_silence() { [[ ! -s $top/out && ! -s $top/err ]] || fault "something was printed"; }

# What stands in the folder, sorted.
expect_only() {
    local is wanted
    is=$(find . -mindepth 1 | sed 's|^\./||' | LC_ALL=C sort | tr '\n' ' ')
    wanted=$(printf '%s\n' "$@" | LC_ALL=C sort | tr '\n' ' ')
    [[ $is == "$wanted" ]] || fault "the folder holds $is"
}

expect_text() { # FILE TEXT
    [[ $(tr -d '\0' <"$1") == "$2" ]] || fault "$1 was changed"
}

finish() {
    echo "$cases cases, $faults faults"
    exit $((faults > 0))
}
