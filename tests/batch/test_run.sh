#!/usr/bin/env bash
# Batches as a user sees them: what is made, passed over, refused, sealed.
source "$(dirname "$0")/../cli/lib.sh"
source "$(dirname "$0")/issues.sh"
unset SLURM_ARRAY_TASK_ID JOB_COMPLETION_INDEX

it "makes what build makes, whatever the number of threads"
issues in 5
run batch in -o one --jobs 1
expect_code 0
expect_err '^5 issues: 5 made, 0 there already, 0 failed$'
run batch in -o four --jobs 4
expect_code 0
[[ $(hashes one) == "$(hashes four)" ]] || fault "the bytes differ with the number of threads"
run build in/00003.yaml -o alone.pdf
cmp -s alone.pdf one/00003.pdf || fault "build gives other bytes"
[[ $(grep -c '"sha256":"[0-9a-f]\{64\}"' one/ledger-1-of-1.jsonl) == 5 ]] || fault "rows are missing"

it "passes over what is there, and makes again what changed"
issues in 4
run batch in -o out
run batch in -o out
expect_code 0
expect_err '^4 issues: 0 made, 4 there already, 0 failed$'
echo 'description: 另一句' >>in/00001.yaml
rm out/00002.pdf
printf x >>out/00003.pdf
run batch in -o out
expect_code 0
expect_err '^4 issues: 3 made, 1 there already, 0 failed$'
run batch in -o out --set number=9
expect_err '^4 issues: 4 made, 0 there already, 0 failed$'

it "sees that a picture, and a layout of the issue's own, changed"
mkdir in
base64 -d >in/dot.png <<'END'
iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==
END
printf 'layout: committee-daily\nseries: 观察\ndate: 2026-05-20\nlogo: dot.png\nsections:\n  - title: 甲\n    body: 乙\n' >in/dot.yaml
printf 'extends: committee-daily\n' >in/brand.layout
printf 'layout: ./brand.layout\nseries: 观察\ndate: 2026-05-20\nsections:\n  - title: 甲\n    body: 乙\n' >in/own.yaml
run batch in -o out -q
expect_code 0
run batch in -o out
expect_err '^2 issues: 0 made, 2 there already'
cp in/dot.png kept && printf '\0' >>in/dot.png
run batch in -o out
expect_err '^2 issues: 1 made, 1 there already'
cp kept in/dot.png
run batch in -o out
expect_err '^2 issues: 1 made, 1 there already'
printf '# another line\n' >>in/brand.layout
run batch in -o out
expect_err '^2 issues: 1 made, 1 there already'

it "sees that the layout is another, though the same is in it"
issues in 1
mkdir -p layouts/a layouts/b
echo 'extends: committee-daily' | tee layouts/a/layout.yaml >layouts/b/layout.yaml
for layout in a b; do
    run batch in -o out --layout-path layouts --layout $layout
    expect_err '^1 issue: 1 made'
    run build in/00000.yaml -o alone.pdf --layout-path layouts --layout $layout
    cmp -s alone.pdf out/00000.pdf || fault "the PDF is not that of layout $layout"
done

it "sees that an issue has another name, from which it takes its date"
mkdir in
echo 正文。 >in/2026-05-20.md
printf 'issue,output\nin/2026-05-20.md,day.pdf\n' | "$program" batch - -o out -q || fault "code $?"
mv in/2026-05-20.md in/2026-05-21.md
printf 'issue,output\nin/2026-05-21.md,day.pdf\n' >list.csv
run batch list.csv -o out
expect_err '^1 issue: 1 made'
run build in/2026-05-21.md -o alone.pdf
cmp -s alone.pdf out/day.pdf || fault "the PDF still has the old date"

it "passes over what is no file among the issues"
issues in 1
mkfifo in/fifo.md
ln -s /dev/zero in/zero.md
run batch in -o out
expect_code 0
expect_err '^1 issue: 1 made'

it "shows how far it is, on a terminal alone"
issues in 3
if script -qec true /dev/null >/dev/null 2>&1 </dev/null; then # there are terminals to be had
    for run in first second; do # in the second all is there already
        script -qec "TERM=xterm '$program' batch in -o out" /dev/null >"$top/err" 2>&1 </dev/null
        expect_err '3 of 3, [0-9.]+ a second, 0:00:00 left, 0 failed'
    done
fi
run batch in -o out
expect_no_err ' left, '

it "tells of an issue when it makes it, not when it passes over it"
issues in 2
sed -i 's/正文，/正\xf4\x80\x80\x81文，/' in/00001.yaml
run batch in -o out -v
expect_err '^00000.pdf: committee-daily, [0-9]+ pages, [0-9]+ bytes$'
expect_err 'in/00001.yaml:[0-9]+:[0-9]+: warning\[glyph-missing\]'
run batch in -o out -v
expect_no_err '00000|00001'

it "tells of issues that fail and does the rest"
issues in 3
printf 'layout: nowhere\nseries: x\n' >in/bad.yaml
run batch in -o out --diagnostics json
expect_code 65
expect_err '"code":"layout-missing".*"file":"in/bad.yaml"'
expect_err '^4 issues: 3 made, 0 there already, 1 failed$'
run seal in -o out
expect_code 75
expect_out '^\{"issue":"in/bad.yaml","output":"bad.pdf","why":"not there"\}$'
[[ ! -e out/index.html ]] || fault "an index in spite of a gap"
"$program" seal in -o out -q >missing.jsonl
run batch missing.jsonl -o out
expect_code 65
expect_err '^1 issue: 0 made, 0 there already, 1 failed$'

it "seals what is whole, and breaks the seal when it is not"
issues in 3
run batch in -o out
run seal in -o out
expect_code 0
expect_sealed out 3
[[ $(grep -c '"ms"' out/index.jsonl) == 0 ]] || fault "the index has times of a run"
grep -q '<a href="./00002.pdf">每日观察</a> <span>2</span>' out/index.html || fault "no link"
printf x >>out/00001.pdf
run seal in -o out
expect_code 75
expect_out '"why":"not in a ledger"'
[[ ! -e out/index.jsonl && ! -e out/index.html ]] || fault "the old seal still stands"

it "escapes titles and links"
mkdir in
printf 'layout: committee-daily\nseries: "A & 1 < 2"\ndate: 2026-05-20\nsections:\n  - title: 甲\n    body: 乙\n' >'in/a #?%".yaml'
run batch in -o out
run seal in -o out
expect_code 0
grep -qF '<a href="./a%20%23%3F%25%22.pdf">A &amp; 1 &lt; 2</a>' out/index.html || fault "not escaped"

it "divides the work among shards"
issues in 7
run batch in -o out --shard 1/3
expect_err '^3 issues: 3 made'
JOB_COMPLETION_INDEX=1 run batch in -o out --shard 3
expect_err '^2 issues: 2 made'
SLURM_ARRAY_TASK_ID=2 run batch in -o out --shard 3
expect_err '^2 issues: 2 made'
run seal in -o out
expect_code 0
expect_sealed out 7
SLURM_ARRAY_TASK_ID=3 run batch in -o out --shard 3
expect_code 64
run batch in -o out --shard 3
expect_code 64
run batch in -o out --shard 4/3
expect_code 64

it "refuses two issues for one output before anything is written"
issues in/a 1
issues in/b 1
run batch in -o out --name-template '{stem}.pdf'
expect_code 65
expect_err 'in/a/00000.yaml and in/b/00000.yaml would both become 00000.pdf'
[[ ! -e out ]] || fault "something was written"

it "takes a manifest from its own folder, patterns, and the standard input"
issues lists/in 3
printf 'issue,name\nin/00000.yaml,first\n' >lists/some.csv
run batch lists/some.csv -o out --name-template '{name}.pdf'
expect_code 0
[[ -e out/first.pdf ]] || fault "no first.pdf"
run batch 'lists/in/0000[12].yaml' -o patterns
expect_err '^2 issues: 2 made'
echo lists/in/00002.yaml | "$program" batch - -o piped -q || fault "code $?"
[[ -e piped/lists/in/00002.pdf ]] || fault "nothing from the standard input"
run batch nowhere.csv -o out
expect_code 66
run batch 'none*.yaml' -o out
expect_code 66

it "names PDFs after what their issues say"
issues in 2
printf 'nonsense: 1\n' >in/bad.yaml
run batch in -o out --name-template '{year}/{date}-{number}.pdf'
expect_code 65
[[ -e out/2015/2015-01-01-0.pdf && -e out/2015/2015-01-02-1.pdf ]] || fault "other names"
rm in/bad.yaml
run seal in -o out --name-template '{year}/{date}-{number}.pdf'
expect_code 0

it "says why it cannot begin"
issues in 1
touch file
for out in file file/out; do
    run batch in -o $out
    expect_code 73
    expect_err "^banxin: $out: Not a directory$"
    [[ $(wc -l <"$top/err") == 1 ]] || fault "more than that is said"
done
run seal in -o nowhere
expect_code 75
[[ ! -e nowhere ]] || fault "seal made the folder"

# Nothing in a damaged ledger is trusted, and what it does not tell of is made again.
issues "$top/two/in" 2
(cd "$top/two" && "$program" batch in -o out -q)
while IFS=$'\t' read -r name made damage; do
    it "takes a ledger with $name"
    cp -r "$top"/two/* .
    ledger=out/ledger-1-of-1.jsonl
    cp $ledger good
    eval "$damage"
    run batch in -o out
    expect_code 0
    expect_err "^2 issues: $made made, $((2 - made)) there already, 0 failed$"
    run seal in -o out
    expect_code 0
    expect_sealed out 2
    python3 -c 'import json, sys; [json.loads(line) for line in open(sys.argv[1], encoding="utf-8")]' out/index.jsonl ||
        fault "the index is no JSON"
    python3 -c 'import sys; open(sys.argv[1], encoding="utf-8").read()' out/index.html || fault "the contents are no UTF-8"
done <<'END'
a row cut short	1	head -c -40 good >$ledger
nothing in it	2	: >$ledger
NUL between its rows	0	printf '\0\0\n\0' >$ledger; cat good >>$ledger; sed -i 's/^\x00//' $ledger
bytes at random after its rows	0	head -c 99999 /dev/urandom >>$ledger
a row of 100 MB	0	{ printf '{"a":"'; head -c 100000000 /dev/zero | tr '\0' x; printf '"}\n'; cat good; } >$ledger
a row of a million keys	0	{ printf '{'; yes '"a":1,' | head -n 1000000 | tr -d '\n'; printf '"b":1}\n'; cat good; } >$ledger
a million brackets	0	{ head -c 1000000 /dev/zero | tr '\0' '['; echo; cat good; } >$ledger
numbers beyond all counting	0	sed -i -E 's/"(pages|bytes)":[0-9]+/"\1":99999999999999999999999/' $ledger
other types	0	sed -i -E 's/"(title|number)":"[^"]*"/"\1":[{"a":[]},null]/; s/"pages":[0-9]+/"pages":"x"/' $ledger
keys that stand twice	0	sed -i 's/^{/{"sha256":"00","output":"other",/' $ledger
hashes that are none	2	sed -i -E 's/"sha256":"../"sha256":"xy/' $ledger
a mark of the byte order	1	sed -i '1s/^/\xef\xbb\xbf/' $ledger
carriage returns	0	sed -i 's/$/\r/' $ledger
bytes that are no UTF-8	0	sed -i -E 's/"series":"[^"]*"/"series":"\xff\xfe\xed\xa0\x80"/' $ledger
escapes of all kinds	0	sed -i -E 's/"title":"[^"]*"/"title":"<script>\\u0000\\u001b\\ud800<\/script>"/' $ledger
outputs elsewhere	2	sed -i -E 's/"output":"/"output":"..\/..\//' $ledger
its rows ten thousand times	0	for i in {1..13}; do cat good good >more; mv more good; done; cp good $ledger
END

it "names the ledger that cannot be read"
issues in 1
run batch in -o out -q
for thing in 'mkdir' 'mkfifo' 'ln -s /dev/zero' 'ln -s ledger-2-of-2.jsonl'; do
    rm -rf out/ledger-2-of-2.jsonl
    $thing out/ledger-2-of-2.jsonl
    run batch in -o out
    expect_code 74
    expect_err '^banxin: out/ledger-2-of-2\.jsonl: [A-Za-z]'
    run seal in -o out
    expect_code 74
    expect_err '^banxin: out/ledger-2-of-2\.jsonl: [A-Za-z]'
done

it "says what is wrong with a manifest, and where"
issues in 2
while IFS=$'\t' read -r code message bytes; do
    printf "$bytes" >m.csv
    rm -rf out
    run batch m.csv -o out
    ran="batch of $bytes"
    expect_code $code
    expect_err "$message"
    [[ $code == 0 || ! -e out || -z $(find out -name '*.pdf') ]] || fault "something was made"
done <<'END'
65	there are no issues among the inputs$	\n\n
65	there are no issues among the inputs$	issue,output\n
65	^banxin: m.csv:1: there is no issue in this row$	in/0\0.yaml\n
65	^banxin: m.csv: this is UTF-16$	\xff\xfei\0
65	^banxin: m.csv: this is UTF-16$	\xfe\xff\0i
65	^banxin: in/.*: the name is not UTF-8$	issue\nin/\xb1\xea.yaml\n
65	^banxin: m.csv:3: a quotation mark that is not closed	issue\n\n"in/00000.yaml\n
65	^banxin: m.csv:2: a quotation mark .* text after	issue\n"in/00000.yaml"x\n
65	^banxin: m.csv:2: more columns than the head has$	issue\nin/00000.yaml,x\n
65	^banxin: m.csv:1: columns are divided by commas$	issue;output\nin/00000.yaml;x.pdf\n
65	^banxin: m.csv:1: columns are divided by commas$	output\tissue\nx.pdf\tin/00000.yaml\n
65	would both become x.pdf$	issue,output\nin/00000.yaml,x.pdf\nin/00001.yaml,x.pdf\n
65	its output cannot be “../x.pdf”$	issue,output\nin/00000.yaml,../x.pdf\n
65	its output cannot be “a/../../x.pdf”$	issue,output\nin/00000.yaml,a/../../x.pdf\n
65	its output cannot be “ledger-1-of-1.jsonl”$	issue,output\nin/00000.yaml,ledger-1-of-1.jsonl\n
65	its output cannot be “␛\[31m.pdf”$	issue,output\nin/00000.yaml,\x1b[31m.pdf\n
65	^banxin: m.csv:2: this is not one JSON object$	{"issue":"in/00000.yaml"}\n{"issue":"in/00001.yaml"\n
65	^banxin: m.csv:1: this is not one JSON object$	{"issue":"in/00000.yaml"}{"issue":"in/00001.yaml"}\n
65	^banxin: m.csv:1: there is no issue in this row$	{"issue":null}\n
65	^banxin: m.csv:1: there is no issue in this row$	{"issue":{"issue":"in/00000.yaml"}}\n
65	^in:1:1: error\[input-missing\]: in is a folder$	issue\nin\n
65	^/proc/self/mem:1:1: error\[input-missing\]	issue\n/proc/self/mem\n
0	^1 issue: 1 made	\xef\xbb\xbfissue\r\nin/00000.yaml\r\n
0	^1 issue: 1 made	issue,output\rin/00000.yaml,x.pdf\r
0	^1 issue: 1 made	issue,output\nin/00000.yaml,/x.pdf\n
0	^1 issue: 1 made	{"issue":"in/00000.yaml","output":"\\ud83d\\ude00.pdf"}\n
END
name=$(printf '题%.0s' {1..84})
printf 'issue,output\nin/00000.yaml,%s.pdf\n' "$name" >m.csv
run batch m.csv -o out
expect_code 65
expect_err 'has a name of more than 255 bytes$'
mkfifo fifo.csv
run batch fifo.csv -o out
expect_code 66
expect_err '^banxin: fifo\.csv: it is no file$'

it "keeps two runs of one shard apart"
issues in 2
mkdir out
(
    flock 9
    "$program" batch in -o out >"$top/out" 2>"$top/err"
    echo $? >code
) 9>>out/ledger-1-of-1.jsonl
[[ $(cat code) == 75 ]] || fault "code $(cat code)"
expect_err 'another run is at work'

it "stops at a signal and goes on afterwards"
issues in 300
"$program" batch in -o out -j1 2>"$top/err" &
sleep 0.7
kill -INT $! 2>/dev/null || true
wait $!
code=$?
[[ $code == 75 || $code == 0 ]] || fault "code $code"
[[ $code == 0 ]] || expect_err 'stopped: run it again to go on$'
made=$(find out -name '*.pdf' | wc -l)
[[ $(grep -c . out/ledger-1-of-1.jsonl) == "$made" ]] || fault "a PDF without its row"
run batch in -o out
expect_code 0
expect_err "^300 issues: $((300 - made)) made, $made there already"

finish
