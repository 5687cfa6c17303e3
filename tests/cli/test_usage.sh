#!/usr/bin/env bash
# Commands, options, help: what is wrong on the command line is exit code 64 and a way out.
source "$(dirname "$0")/lib.sh"

it "shows its version"
run --version
expect_code 0
expect_out '^banxin [0-9]+\.[0-9]+\.[0-9]+$'

for verb in "" build check new fonts layouts inspect paragraph schema; do
    it "has help on ${verb:-the program}"
    run $verb --help
    expect_code 0
    expect_out '^usage: banxin '
    run $verb -h
    expect_code 0
done

it "has the version on each command"
run fonts --version
expect_code 0
expect_out '^banxin '

it "needs a command"
run
expect_code 64

it "suggests a command"
run biuld issue.yaml
expect_code 64
expect_err 'no command biuld'
expect_err '[Dd]id you mean build\?'

it "suggests an option"
run build --font-pth=x issue.yaml
expect_code 64
expect_err 'no option --font-pth'
expect_err '[Dd]id you mean --font-path\?'

it "knows no other letters"
run build -z issue.yaml
expect_code 64

it "wants a value where one is due"
run build issue.yaml --output
expect_code 64
expect_err 'needs a value'
run build issue.yaml -o
expect_code 64

it "takes no value where none is due"
run build --strict=yes issue.yaml
expect_code 64
expect_err 'takes no value'

it "names the choices of an option"
run build --diagnostics=xml issue.yaml
expect_code 64
expect_err 'text\|json'

it "wants an issue"
for verb in build check inspect; do
    run $verb
    expect_code 64
done
run build a.yaml b.yaml
expect_code 64

it "takes operands that begin with a dash after --"
run check -- --help
expect_code 66
expect_err '^--help:1:1: error\[input-missing\]'

it "refuses amounts that are none"
run paragraph --measure=wide
expect_code 64
run paragraph --measure=0
expect_code 64
run paragraph --size=-3
expect_code 64
run paragraph --kinsoku=lax
expect_code 64
run paragraph --hyphenation=sometimes
expect_code 64

it "divides the words of a paragraph where it is asked to"
for hyphens in off=0 on=1; do
    ran="banxin paragraph --hyphenation=${hyphens%=*}"
    echo '本周发布的internationalization指南' |
        "$program" paragraph --measure=12 "--hyphenation=${hyphens%=*}" >"$top/out" 2>"$top/err"
    [[ $(grep -o '"hyphen":true' "$top/out" | wc -l) == "${hyphens#*=}" ]] || fault "other hyphens"
done

it "wants a known schema"
run schema
expect_code 64
run schema book
expect_code 64

it "makes a folder to start from"
run new daily
expect_code 0
expect_out 'banxin build daily/issue\.yaml'
run build daily/issue.yaml
expect_code 0
expect_only daily daily/issue.pdf daily/issue.yaml
run new daily
expect_code 73
expect_err '^banxin: the folder daily is not empty$'
mkdir empty
run new --layout=committee-daily empty
expect_code 0
run new --layout=none other
expect_code 64
expect_err 'committee-daily'
run new
expect_code 64

it "makes it of an empty folder in which one stands, and of what a link leads to"
run new .
expect_code 0
expect_only issue.yaml
run new .
expect_code 73
expect_err '^banxin: the folder \. is not empty$'
expect_err 'hint: '
mkdir there
ln -s there link
run new link
expect_code 0
[[ -L link && -e there/issue.yaml ]] || fault "the link's folder was not filled"
run new no/such/folder
expect_code 73
expect_err '^banxin: no/such/folder: No such file or directory$'
touch file
run new file
expect_code 73
expect_err '^banxin: file: Not a directory$'

it "leaves nothing of a folder that the disk does not hold"
ran="banxin new whole, with no room"
(ulimit -f 0 && exec "$program" new whole) 2>&1 | cat >"$top/err"
code=${PIPESTATUS[0]}
expect_code 73
expect_err '^banxin: whole: File too large$'
[[ -z $(ls) ]] || fault "something is left"

it "takes language tags alone for languages"
for tag in ../x Chinese zh_CN '' "zh-$(printf 'a%.0s' {1..9})"; do
    run paragraph "--lang=$tag"
    expect_code 64
    expect_err 'takes a language tag such as zh-Hans'
done
run paragraph --lang=zh-Hant
expect_code 0

it "asks for what an empty word was to be"
for verb in build check inspect verify new batch seal; do
    run $verb ""
    expect_code 64
    expect_err "^banxin: $verb: an empty word$"
done

it "lets no terminal obey what was typed"
run build $'--a\e]0;b\a\u202e'
expect_code 64
expect_err 'no option --a␛]0;b␇�$'
run new $'d\e[31m/e'
expect_err '^banxin: d␛\[31m/e: '

it "refuses a SOURCE_DATE_EPOCH that is no number"
SOURCE_DATE_EPOCH=yesterday run check x.yaml
expect_code 64
expect_err 'SOURCE_DATE_EPOCH'

in_chinese() {
    ran="banxin $*, zh_CN"
    env LC_ALL=zh_CN.UTF-8 "$program" "$@" >"$top/out" 2>"$top/err" </dev/null
    code=$?
}
expect_chinese() {
    [[ -s $top/err ]] || fault "nothing is said"
    ! grep -vP '\p{Han}' "$top/err" || fault "that is English"
}

it "helps in Chinese where the locale is"
ran="banxin --help, zh_CN"
for command in '' $("$program" --help | sed -n 's/^  \([a-z]*\)  .*/\1/p'); do
    in_chinese $command --help
    # Every line but the synopsis has Han in it.
    grep -vP '^$|\p{Han}' "$top/out" >"$top/err" && fault "English in the help of ${command:-the program}"
done
[[ -s $top/out ]] || fault "no help"

it "complains in Chinese where the locale is"
while read -r words; do
    read -ra list <<<"$words"
    in_chinese "${list[@]}"
    expect_code 64
    expect_chinese
done <<'END'
biuld
--strict
build
build --font-pth=x a.yaml
build --strict=yes a.yaml
build --diagnostics=xml a.yaml
build --limit pagse=5 a.yaml
build --limit x a.yaml
build --max-findings=x a.yaml
build -z
build a.yaml -o
check
check --fix -
inspect
verify
batch
batch in -o out --jobs=0
batch in -o out --shard=9/8
seal
new
new --layout=none d
fonts x
layouts x
schema x
paragraph x
paragraph --measure=x
paragraph --indent=x
paragraph --lang=x
END
SOURCE_DATE_EPOCH=x in_chinese fonts
expect_code 64
expect_chinese
for words in "batch nowhere -o out" "batch nowhere* -o out" "check nowhere.yaml" "new /proc/x" "seal nowhere -o out"; do
    in_chinese $words
    expect_chinese
done

finish
