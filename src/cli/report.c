/* How findings are shown: a line each for programs, with the place pointed at for people. */
#include "cli/cli.h"

#include "base/clock.h"
#include "base/json.h"
#include "base/utf8.h"
#include "base/words.h"
#include "cli/sarif.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

typedef struct colors {
    const char *bold, *error, *warning, *mark, *off;
} colors;

static const colors plain = {"", "", "", "", ""};
static const colors ansi = {"\033[1m", "\033[1;31m", "\033[1;35m", "\033[1;32m", "\033[0m"};

static bool on_terminal(void) { return isatty(STDERR_FILENO); }

static const colors *choose_colors(void) {
    const char *no = getenv("NO_COLOR");
    const char *term = getenv("TERM");
    bool dumb = term && strcmp(term, "dumb") == 0;
    return on_terminal() && !(no && *no) && !dumb ? &ansi : &plain;
}

/* Text from an issue may hold control characters; a terminal must not obey them. */
static void put_safely(bx_buf *out, bx_str s) {
    for (uint32_t at = 0; at < s.n;)
        bx_buf_rune(out, bx_cli_visible(bx_utf8_next(s, &at)));
}

/* The n-th character of a line (from 0), as a byte offset. */
static uint32_t offset_of(bx_str line, uint32_t n) {
    uint32_t at = 0;
    while (n-- && at < line.n)
        bx_utf8_next(line, &at);
    return at;
}

/* At most this many columns of a line are shown, so that a paragraph on one line stays readable. */
enum { WINDOW = 76, BEFORE = 30 };

/* The part of the line round the place, and under it a caret with tildes. */
static void show_line(bx_buf *out, const bx_diagnostic *d, const colors *c) {
    bx_str line = {d->text, (uint32_t)d->text_length};
    uint32_t start = offset_of(line, d->column - 1);
    uint32_t end = d->end_line > d->line ? line.n : offset_of(line, d->end_column - 1);
    uint32_t first = start, columns = 0;
    while (first > 0) {
        uint32_t before = first;
        columns += (uint32_t)bx_columns(bx_utf8_prev(line, &before));
        if (columns > BEFORE)
            break;
        first = before;
    }
    uint32_t last = first;
    for (columns = 0; last < line.n;) {
        uint32_t after = last;
        columns += (uint32_t)bx_columns(bx_utf8_next(line, &after));
        if (columns > WINDOW)
            break;
        last = after;
    }
    if (end > last)
        end = last;
    bx_buf_str(out, BX_STR("    "));
    put_safely(out, bx_str_sub(line, first, last));
    bx_buf_fmt(out, "\n    %*s%s^", bx_columns_of(bx_str_sub(line, first, start)), "", c->mark);
    for (int n = end > start ? bx_columns_of(bx_str_sub(line, start, end)) : 0; n > 1; n--)
        bx_buf_char(out, '~');
    bx_buf_fmt(out, "%s\n", c->off);
}

static void show_hint(bx_buf *out, const bx_words *words, bx_str hint) {
    bx_buf_fmt(out, "  %s: ", bx_word(words, "hint"));
    put_safely(out, hint);
    bx_buf_char(out, '\n');
}

static void show_text(bx_buf *out, const bx_diagnostic *d, const bx_words *words, const colors *c) {
    bool error = d->level == BX_LEVEL_ERROR;
    bx_buf_str(out, bx_str_of(c->bold));
    put_safely(out, bx_str_of(*d->file ? d->file : "banxin"));
    if (d->line)
        bx_buf_fmt(out, ":%u:%u", d->line, d->column);
    bx_buf_fmt(out, ":%s %s%s[%s]:%s ", c->off, error ? c->error : c->warning,
               error ? "error" : "warning", d->code, c->off);
    put_safely(out, bx_str_of(d->message));
    bx_buf_char(out, '\n');
    bx_str line = {d->text, (uint32_t)d->text_length};
    if (on_terminal() && d->line && line.n && bx_utf8_invalid(line) < 0)
        show_line(out, d, c);
    if (*d->hint)
        show_hint(out, words, bx_str_of(d->hint));
}

static void place(bx_json *j, const char *key, uint32_t n) {
    bx_json_key(j, key);
    if (n)
        bx_json_int(j, n);
    else
        bx_json_null(j);
}

static void show_json(bx_buf *out, const bx_diagnostic *d) {
    bx_json j = bx_json_new(out);
    bx_json_object(&j);
    bx_json_key(&j, "severity");
    bx_json_cstr(&j, d->level == BX_LEVEL_ERROR ? "error" : "warning");
    bx_json_key(&j, "code");
    bx_json_cstr(&j, d->code);
    bx_json_key(&j, "message");
    bx_json_cstr(&j, d->message);
    bx_json_key(&j, "file");
    bx_json_cstr(&j, d->file);
    place(&j, "line", d->line);
    place(&j, "column", d->column);
    place(&j, "end_line", d->end_line);
    place(&j, "end_column", d->end_column);
    bx_json_key(&j, "hint");
    bx_json_cstr(&j, d->hint);
    bx_json_end(&j);
    bx_buf_char(out, '\n');
}

bool bx_cli_for_programs(const bx_args *args) {
    return args->diagnostics && strcmp(args->diagnostics, "text") != 0;
}

/* How many findings of a job are shown as text. */
static size_t most_shown(const bx_args *args) {
    size_t most = args->max_findings ? strtoul(args->max_findings, NULL, 10) : 100;
    return most && !bx_cli_for_programs(args) ? most : SIZE_MAX;
}

static void show_count(bx_buf *out, size_t n, const char *format) {
    bx_buf_str(out, BX_STR("banxin: "));
    bx_buf_fmt(out, format, n);
    bx_buf_char(out, '\n');
}

/* What was not shown, so that nobody takes the list for the whole. */
static void show_rest(bx_buf *out, const bx_words *words, size_t errors, size_t warnings) {
    if (errors)
        show_count(out, errors, bx_word(words, errors == 1 ? "%zu more error" : "%zu more errors"));
    if (warnings)
        show_count(out, warnings,
                   bx_word(words, warnings == 1 ? "%zu more warning" : "%zu more warnings"));
    if (errors || warnings)
        show_hint(out, words, bx_str_of(bx_word(words, "--max-findings=N shows more")));
}

void bx_cli_report(const bx_args *args, bx_job *job, bx_status status) {
    bool json = args->diagnostics && strcmp(args->diagnostics, "json") == 0;
    size_t left = most_shown(args), errors = 0, warnings = 0;
    const colors *c = choose_colors();
    const bx_words *words = bx_words_find(args->language);
    bx_buf out = bx_buf_new(args->arena);
    bx_diagnostic d;
    for (size_t i = 0; job && bx_job_diagnostic(job, i, &d); i++) {
        bool is_error = d.level == BX_LEVEL_ERROR;
        bool hidden = args->quiet && !is_error;
        if (!hidden && !left)
            continue;
        left -= !hidden;
        errors += is_error;
        warnings += !is_error;
        if (hidden)
            continue;
        if (args->sarif)
            bx_sarif_result(args->sarif, &out, &d);
        else if (json)
            show_json(&out, &d);
        else
            show_text(&out, &d, words, c);
    }
    if (job && !bx_cli_for_programs(args))
        show_rest(&out, words, bx_job_errors(job) - errors,
                  args->quiet ? 0 : bx_job_warnings(job) - warnings);
    bool told = (job && bx_job_errors(job)) || ferror(stdout); /* bx_cli_flush tells of that */
    if (status != BX_OK && !told && !args->sarif)
        bx_buf_fmt(&out, "banxin: %s\n", bx_word(words, bx_status_text(status)));
    if (out.n)
        fwrite(out.p, 1, out.n, stderr);
}

static void stage(const char *name, uint64_t ns) {
    fprintf(stderr, "  %-10s %8.1f ms\n", name, (double)ns / 1e6);
}

double bx_cli_seconds(void) { return (double)bx_now() / 1e9; }

void bx_cli_say_done(const char *name, bx_job *job) {
    bx_timings t;
    bx_issue_facts facts;
    bx_job_timings(job, &t);
    bx_job_facts(job, &facts);
    unsigned long long bytes = t.output_bytes;
    if (bytes)
        bx_cli_tell(t.pages == 1 ? "%s: %s, %u page, %llu bytes" : "%s: %s, %u pages, %llu bytes",
                    name, facts.layout, t.pages, bytes);
    else
        bx_cli_tell(t.pages == 1 ? "%s: %s, %u page" : "%s: %s, %u pages", name, facts.layout,
                    t.pages);
}

void bx_cli_timings(const bx_args *args, const bx_job *job) {
    bx_timings t;
    bx_job_timings(job, &t);
    stage("read", t.read);
    stage("style", t.style);
    stage("fonts", t.fonts);
    stage("compose", t.compose);
    stage("subset", t.subset);
    stage("deflate", t.deflate);
    stage("emit", t.emit);
    stage("publish", t.publish);
    fprintf(stderr, "  %-10s %8.1f ms\n", "wall", (bx_cli_seconds() - args->started) * 1e3);
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    fprintf(stderr, "  %-10s %8.1f MB\n", "peak RSS", (double)usage.ru_maxrss / 1024);
    fprintf(stderr, "  %-10s %8.1f MB\n", "arenas", (double)t.peak_bytes / 1048576);
    fprintf(stderr, "  %-10s %8u\n", "pages", t.pages);
    fprintf(stderr, "  %-10s %8u\n", "rounds", t.rounds);
    fprintf(stderr, "  %-10s %8llu\n", "bytes", (unsigned long long)t.output_bytes);
}
