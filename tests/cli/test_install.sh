#!/usr/bin/env bash
# What is installed works by itself, wherever its prefix is moved, and a C program can be built on the
# library. Usage: test_install.sh BANXIN BUILD_FOLDER COMPILER
source "$(dirname "$0")/lib.sh"
build=$2
compiler=$3

it "installs, and finds its layouts and fonts from where it stands"
ran="cmake --install"
cmake --install "$build" --prefix "$top/first" >"$top/err" 2>&1 || fault "cmake --install"
mv "$top/first" "$top/moved"
program=$top/moved/bin/banxin
run layouts -v
expect_code 0
expect_out "^ +.*$top/moved/.*/banxin/layouts/committee-daily/layout\.yaml|moved.*committee-daily"
run build "$top"/moved/share/banxin/samples/committee-daily/issue.yaml -o out.pdf
expect_code 0
[[ $(head -c 5 out.pdf) == %PDF- ]] || fault "no PDF"

it "serves a program that is linked with it"
given t.c <<'END'
#include <banxin.h>
#include <stdio.h>

static bool write_out(void *file, const void *bytes, size_t n) {
    return fwrite(bytes, 1, n, file) == n;
}

int main(int n, char **words) {
    const char *layouts[] = {words[1], NULL}, *fonts[] = {words[2], NULL};
    bx_press *press;
    bx_job *job;
    bx_press_options options = {.layout_folders = layouts, .font_folders = fonts};
    if (n != 4 || bx_press_open(&options, &press) != BX_OK)
        return 2;
    if (bx_job_open(press, NULL, &job) != BX_OK)
        return 2;
    bx_status status = bx_job_read_file(job, words[3]);
    if (status == BX_OK)
        status = bx_job_build(job, write_out, stdout);
    bx_diagnostic d;
    for (size_t i = 0; bx_job_diagnostic(job, i, &d); i++)
        fprintf(stderr, "%s:%u:%u: [%s] %s\n", d.file, d.line, d.column, d.code, d.message);
    bx_job_close(job);
    bx_press_close(press);
    fprintf(stderr, "%s: %s\n", bx_version(), bx_status_text(status));
    return (int)status;
}
END
ran="cc t.c"
export PKG_CONFIG_PATH=$(dirname "$(find "$top/moved" -name banxin.pc)")
flags=$(pkg-config --define-prefix --static --cflags --libs banxin) || fault "pkg-config"
"$compiler" -std=c17 -Wall -Wextra -Werror t.c -o t $flags 2>"$top/err" || fault "it does not build"
data=$top/moved/share/banxin
./t "$data/layouts" "$data/fonts" "$data/samples/committee-daily/issue.yaml" >lib.pdf 2>"$top/err" ||
    fault "it does not run"
run build "$data/samples/committee-daily/issue.yaml" -o program.pdf
cmp -s lib.pdf program.pdf || fault "library and program differ"
echo 'nubmer: 1' >bad.yaml
./t "$data/layouts" "$data/fonts" bad.yaml >/dev/null 2>"$top/err"
[[ $? == 1 ]] || fault "another status"
expect_err '^bad\.yaml:1:1: \[unknown-key\]'

finish
