#!/usr/bin/env bash
# The sample's PDF as other programs see it. Usage: test_sample.sh BANXIN ISSUE_TEXTS
source "$(dirname "$0")/lib.sh"
issue_texts=$(realpath "$2")
sample=$source_dir/samples/committee-daily/issue.yaml

it "prints without a word"
run build "$sample" -o daily.pdf
expect_code 0
expect_silence
expect_only daily.pdf

it "stands qpdf's check"
run build "$sample" -o daily.pdf
qpdf --check daily.pdf >"$top/qpdf" 2>&1 || fault "qpdf: $(tail -n 3 "$top/qpdf")"

ran="pdffonts daily.pdf"
while read -r name rest; do
    [[ $rest =~ yes\ +yes\ +yes\ +[0-9]+\ +[0-9]+$ ]] || fault "not embedded, subset and mapped: $name"
done < <(pdffonts daily.pdf | tail -n +3)
(($(pdffonts daily.pdf | wc -l) > 4)) || fault "hardly any fonts"

ran="pdftotext daily.pdf"
pdftotext -raw daily.pdf daily.txt
"$issue_texts" "$sample" daily.txt >"$top/err" || fault "texts are missing"
if grep -qP '[\x{2E80}-\x{2FDF}\x{FFFD}\x{F900}-\x{FAFF}]' daily.txt; then
    fault "radicals, compatibility or replacement characters in the text"
fi
for text in '工业大模型；具身智能；算力与电力；可信数据；标准' '±3 ℃' '……' '——' '“' 'ADC12' '99.2%'; do
    tr -d ' \n' <daily.txt | grep -qF "${text// /}" || fault "the text lacks $text"
done

ran="zbarimg daily.pdf"
last=$(pdfinfo daily.pdf | sed -n 's/^Pages: *//p')
codes=
for ((page = 1; page <= last; page++)); do
    pdftoppm -r 150 -f "$page" -l "$page" -gray daily.pdf page
    codes+=$(zbarimg -q --raw page*.pgm 2>/dev/null)$'\n'
    rm -f page*.pgm
done
while read -r url; do
    grep -qxF "$url" <<<"$codes" || fault "no QR code says $url"
done < <(sed -n 's/^ *- data: "\(.*\)"$/\1/p' "$sample")

ran="mutool daily.pdf"
mutool run "$source_dir/tests/cli/links.js" daily.pdf >links 2>"$top/err" || fault "mutool run"
while read -r url; do
    cut -f 3 links | grep -qxF "$url" || fault "no link to $url"
done < <(sed -n 's/.*url: "\(.*\)"}$/\1/p' "$sample")
(($(grep -c '^outline' links) >= 6)) || fault "the outline is short"

# Each outline entry's page has that head; the contents line says that page and leads to it.
contents=$(pdftotext -raw -f 1 -l 2 daily.pdf - | tr -d ' .\n\f' | sed 's/[…·]//g')
while IFS=$'\t' read -r _ _ page title; do
    plain=$(tr -d ' ' <<<"$title")
    pdftotext -raw -f "$page" -l "$page" daily.pdf - | tr -d ' \n' | grep -qF "$plain" ||
        fault "page $page lacks the head $title"
    grep -qF "$(sed 's/[…·.]//g' <<<"$plain")$page" <<<"$contents" || fault "the contents do not say $title … $page"
    awk -F '\t' -v p="#page=$page" '$1 == "link" && $2 <= 2 && index($3 "&", p "&") == 1 { found = 1 }
        END { exit !found }' links || fault "no link from the contents to page $page"
done < <(grep '^outline' links)

it "makes the same bytes at any time and place"
run build "$sample" -o a.pdf
export TZ=Pacific/Auckland LC_ALL=C.UTF-8 LANG=de_DE.UTF-8
run build "$sample" -o b.pdf
unset TZ LC_ALL LANG
cp -r "$source_dir/samples/committee-daily" copy
cd copy || exit 2
run build issue.yaml -o ../c.pdf
cd ..
mkdir deep
(cd deep && "$program" build ../copy/issue.yaml -o - >../d.pdf)
for other in b c d; do
    cmp -s a.pdf $other.pdf || fault "$other.pdf differs"
done

it "does not tell in which folder the issue and a layout beside it lay"
mkdir one other
echo 'extends: committee-daily' >one/layout.yaml
sed 's|^layout: .*|layout: ./layout.yaml|' "$sample" >one/issue.yaml
cp one/* other
run build one/issue.yaml -o a.pdf
run build other/issue.yaml -o b.pdf
(cd one && "$program" build issue.yaml -o ../c.pdf)
cmp -s a.pdf b.pdf && cmp -s a.pdf c.pdf || fault "the bytes differ"

it "dates the file by SOURCE_DATE_EPOCH"
SOURCE_DATE_EPOCH=1000000000 run build "$sample" -o a.pdf
pdfinfo -isodates a.pdf | grep -q '^CreationDate: *2001-09-09T01:46:40' || fault "another date"

it "tells how long it took and how much memory"
run build "$sample" -o a.pdf --timings
expect_code 0
expect_err '^  wall +[0-9.]+ ms$'
expect_err '^  peak RSS +[0-9.]+ MB$'

it "says what it was made from"
run build "$sample" -o a.pdf --deps=a.d
expect_code 0
grep -q '^a.pdf:' a.d || fault "no target"
grep -q 'committee-daily/issue.yaml' a.d || fault "the issue is not a dependency"
grep -q 'layouts/committee-daily/layout.yaml' a.d || fault "the layout is not a dependency"
grep -q 'fonts/families.yaml' a.d || fault "the table of fonts is not a dependency"
[[ $(printf 'all: a.pdf\na.pdf:\n\t@echo made\ninclude a.d\n' | make -s -f - 2>&1) != *missing* ]] ||
    fault "make cannot read it"

it "shows pages as JSON"
run inspect "$sample"
expect_code 0
expect_out '"kind":"text"'
expect_out '"kind":"link"'
finish
