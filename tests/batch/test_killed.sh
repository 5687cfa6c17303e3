#!/usr/bin/env bash
# A batch with bad issues in it is killed again and again, and started again: whole but for the bad
# ones, nothing twice, nothing half. COUNT and BAD may be given in the environment.
source "$(dirname "$0")/../cli/lib.sh"
source "$(dirname "$0")/issues.sh"
count=${COUNT:-500}
bad=${BAD:-5}
deaths=5

it "survives being killed"
issues in "$count"
for ((i = 0; i < bad; i++)); do
    file=$(printf 'in/%05d.yaml' $((i * count / bad)))
    printf 'layout: nowhere\nseries: x\n' >"$file"
    echo "$file" >>bad
done
killed=0
RANDOM=7
while ((killed < deaths)); do
    before=$(find out -name '*.pdf' 2>/dev/null | wc -l)
    "$program" batch in -o out >/dev/null 2>&1 &
    until (($(find out -name '*.pdf' 2>/dev/null | wc -l) > before + RANDOM % (count / deaths / 2))); do
        sleep 0.05
        kill -0 $! 2>/dev/null || break
    done
    sleep "0.0$((RANDOM % 100))"
    kill -9 $! 2>/dev/null && killed=$((killed + 1))
    wait $! 2>/dev/null
    for pdf in $(find out -name '*.pdf' -newermt '-5 seconds'); do
        [[ $(tail -c 6 "$pdf") == "%%EOF" ]] || fault "$pdf is half"
    done
    (($(find out -name '*.pdf' | wc -l) < count - bad)) || break
done
((killed == deaths)) || fault "killed $killed times only: it is done too soon"
run batch in -o out
expect_code 65
run seal in -o out
expect_code 75
[[ $(grep -c . "$top/out") == "$bad" ]] || fault "other issues than the bad ones are missing"
cut -d'"' -f4 "$top/out" | cmp -s - bad || fault "not the bad ones are missing"
xargs rm <bad
run seal in -o out
expect_code 0
expect_sealed out $((count - bad))
run batch in -o again
[[ $(hashes out) == "$(hashes again)" ]] || fault "a run that was not killed gives other bytes"
echo "$count issues, $bad bad, killed $killed times"
finish
