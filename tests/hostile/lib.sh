# What the tests of this folder share; $1 is the program, $2 the folder of expand and bounded.
set -uo pipefail
program=$(realpath "$1")
tools=$(realpath "$2")
folder=$(realpath "$(dirname "${BASH_SOURCE[0]}")")
unset NO_COLOR BANXIN_LAYOUT_PATH BANXIN_FONT_PATH SOURCE_DATE_EPOCH XDG_DATA_HOME XDG_DATA_DIRS
export LC_ALL=C.UTF-8
top=$(mktemp -d)
# A child that is stopped between fork and exec may still run the trap: only the test itself cleans up.
trap '[[ $BASHPID != $$ ]] || { chmod -R u+rwX "$top"; rm -rf "$top"; }' EXIT
cases=0
faults=0

# Sanitized builds (BANXIN_SLOW) are ten times slower, and their memory says nothing.
seconds=10
megabytes=512
if [[ -n ${BANXIN_SLOW:-} ]]; then
    seconds=150
    megabytes=0
fi

expand() { "$tools/expand" "$1"; }
bounded() { "$tools/bounded" "$seconds" "$megabytes" "$@"; }

it() {
    case_name=$1
    cases=$((cases + 1))
    chmod -R u+rwX "$top/work" 2>/dev/null
    rm -rf "$top/work"
    mkdir "$top/work"
    cd "$top/work" || exit 2
}

fault() {
    faults=$((faults + 1))
    echo "FAULT: $case_name: $1"
    head -c 1500 "$top/err" | head -n 8 | sed 's/^/    /'
}

finish() {
    echo "$cases cases, $faults faults"
    exit $((faults > 0))
}
