#!/usr/bin/env bash
# Hostile issues with what must come of them, from a table: $3. Each row is built in a folder of its
# own, within bounds of time and memory, over an older out.pdf.
#
#     NAME <tab> EXPECTED <tab> THING [<tab> THING …]
#
# THING:     FILE=RECIPE     a file (expand.c says how recipes are written); the first is the issue
#            LINK->TARGET    a symbolic link
#            FIFO|           a FIFO
#            -OPTION …       words for the command line
# EXPECTED:  the exit code, then, each after a blank:
#            L:C:CODE        a finding at line and column of the issue, or PATH:L:C:CODE elsewhere
#            silent          no finding at all
#            said:WORDS      the program's own words are there (_ for a blank)
#            text:WORDS      pdftotext finds the words (_ for a blank)
#            no-text:WORDS   and does not find these
#
# Always: nothing that a terminal would obey is printed; a build that fails leaves out.pdf as it was, and none leaves anything else behind.
source "$(dirname "$0")/lib.sh"
table=$3

make_thing() {
    local thing=$1
    case $thing in
    -*) read -ra words <<<"$thing" && options+=("${words[@]}") ;;
    *'->'*) mkdir -p "$(dirname "${thing%%->*}")" && ln -s "${thing#*->}" "${thing%%->*}" ;;
    *'|') mkdir -p "$(dirname "$thing")" && mkfifo "${thing%|}" ;;
    *=*)
        local file=${thing%%=*}
        mkdir -p "$(dirname "$file")"
        expand "${thing#*=}" >"$file" || fault "the recipe of $file"
        [[ -n $issue ]] || issue=$file
        ;;
    *) fault "a thing that is none: $thing" ;;
    esac
}

check_finding() { # [PATH:]L:C:CODE
    local path=$issue rest=$1
    if [[ ! $rest =~ ^[0-9]+:[0-9]+: ]]; then
        path=${rest%%:*}
        rest=${rest#*:}
    fi
    local place=${rest%:*} code=${rest##*:}
    grep -qE "^[^ ]*${path//./\\.}:$place: (error|warning)\[$code\]" "$top/err" ||
        fault "no $code at $path:$place"
}

check_text() { # WORDS wanted|unwanted
    local words=${1//_/ } found=unwanted
    pdftotext -enc UTF-8 out.pdf - 2>/dev/null | tr '\n' ' ' | grep -qF -- "$words" && found=wanted
    [[ $found == "$2" ]] || fault "“$words” in the PDF is $2"
}

check() { # EXPECTED…
    [[ $code == "$1" ]] || fault "exit code $code, not $1"
    if [[ $1 != 0 ]]; then
        [[ $(head -c 6 out.pdf) == older ]] || fault "the older PDF is not as it was"
    elif [[ $(head -c 5 out.pdf) != %PDF- ]]; then
        fault "no PDF came of it"
    fi
    ! LC_ALL=C grep -qP '[\x00-\x08\x0b-\x1f\x7f]|\xc2[\x80-\x9f]|\xe2\x80[\xaa-\xae]|\xe2\x81[\xa6-\xa9]' "$top/err" ||
        fault "a control character is printed"
    [[ $(find . -mindepth 1 | LC_ALL=C sort) == "$before" ]] || fault "something was left behind"
    shift
    local one
    for one in "$@"; do
        case $one in
        silent) [[ ! -s $top/err ]] || fault "it is not silent" ;;
        said:*) grep -qF -- "$(tr _ ' ' <<<"${one#said:}")" "$top/err" || fault "it is not said: ${one#said:}" ;;
        text:*) check_text "${one#text:}" wanted ;;
        no-text:*) check_text "${one#no-text:}" unwanted ;;
        *) check_finding "$one" ;;
        esac
    done
}

while IFS=$'\t' read -r -a row; do
    [[ ${#row[@]} -gt 0 && ${row[0]} != \#* ]] || continue
    it "${row[0]}"
    issue='' options=()
    for thing in "${row[@]:2}"; do
        make_thing "$thing"
    done
    printf 'older\n' >out.pdf
    before=$(find . -mindepth 1 | LC_ALL=C sort)
    bounded "$program" build "$issue" -o out.pdf "${options[@]}" >"$top/out" 2>"$top/err" </dev/null
    code=$?
    read -ra expected <<<"${row[1]}"
    check "${expected[@]}"
done <"$table"
finish
