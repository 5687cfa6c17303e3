#!/usr/bin/env bash
# The system has no memory left: the n-th request of the whole process fails, alone or with all that follow, whichever
# library makes it ($3 is preloaded for that). What comes is the right output, or exit code 75 with a word of it and the
# older output as it was; nothing else is left behind. Of each command SAMPLES requests are tried, or all of them.
source "$(dirname "$0")/lib.sh"
shim=$3
pictures=$(realpath "$folder/../fuzz/corpus/image")
samples=${SAMPLES:-40}

failing() { # N COMMAND…: with the N-th request failing, every second N with all that follow
    local n=$1 words=("LD_PRELOAD=$shim" "NO_MEMORY_AT=$1")
    shift
    ((n % 2)) || words+=(NO_MEMORY_ON=1)
    bounded /usr/bin/env "${words[@]}" "$program" "$@" >"$top/out" 2>"$top/err" </dev/null
    code=$?
}

judge() { # N COMMAND…
    local what="request $1 fails: ${*:2}"
    if [[ $code == 0 ]]; then
        cmp -s out.pdf "$top/right" || fault "another output, $what"
    else
        [[ $code == 75 ]] || fault "exit code $code, $what"
        grep -q 'out of memory' "$top/err" || fault "not a word of it, $what"
        [[ $(head -c 6 out.pdf) == older ]] || fault "the older output is not as it was, $what"
    fi
    [[ $(ls -A) == "$before" ]] || fault "something is left behind, $what"
}

sweep() { # COMMAND…; what it makes, if anything, is out.pdf
    local all step n
    printf 'older\n' >out.pdf
    failing 0 "$@"
    all=$(sed -n 's/^no_memory: \([0-9]*\) requests$/\1/p' "$top/err")
    [[ $code == 0 && -n $all ]] || {
        fault "it fails as it is, or nothing can be preloaded: $*"
        return
    }
    cp out.pdf "$top/right"
    before=$(ls -A)
    step=1
    [[ $samples == all ]] || step=$((all / samples | 1))
    for ((n = 1; n <= all; n += step)); do
        printf 'older\n' >out.pdf
        failing "$n" "$@"
        judge "$n" "$@"
    done
    echo "$all requests, each ${step}th: $1"
}

it "prints pictures of every kind"
cp "$pictures"/{p8.png,j.jpg,w.webp,a.avif,g.gif,t.svg} .
cat >issue.md <<'END'
# 甲

乙 😀 [丙](https://example.org)，hyphenation。

![](p8.png) ![](j.jpg) ![](w.webp) ![](a.avif) ![](g.gif) ![](t.svg)
END
sweep build issue.md -o out.pdf

it "prints an issue with what layouts know"
cat >issue.yaml <<'END'
layout: committee-daily
title: 甲
abstract: 乙 and *text*
sections:
  - title: 一
    body: |
      第一段[^1]。

      | a | b |
      |---|---|
      | 1 | 2 |

      [^1]: 注
contact:
  heading: 丙
  qr: [{data: "https://example.org", caption: [甲]}]
END
sweep build issue.yaml --set embed-source=true -o out.pdf
"$program" build issue.yaml --set embed-source=true -o made.pdf
sweep verify made.pdf -q
sweep check issue.yaml
finish
