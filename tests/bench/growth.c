/* bench_growth PROGRAM ISSUE.yaml FIGURE.svg [MOST]: how the cost grows with the number of issues
 * of a batch, and with the pages of a document.
 *
 * From one issue many are made, each different: every eighth Chinese character is exchanged for
 * another of the same text. Batches of 10, 100 … MOST issues are printed by one thread into an
 * empty folder; documents of 10, 100 … MOST pages or a few more are that issue with its sections
 * many times over. What is measured is the program as a whole, from outside: processor time, time
 * by the clock, and peak memory. Prints two tables and draws both lines into the figure, on scales
 * that make straight what grows evenly. */
#include "base/str.h"
#include "base/vec.h"

#include <fcntl.h>
#include <ftw.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { SERIES_MOST = 8, EXCHANGED = 8 };

typedef struct point {
    uint32_t n; /* issues, or pages */
    double seconds, wall, megabytes;
} point;

typedef struct series {
    const char *name, *color;
    point at[SERIES_MOST];
    uint32_t n;
} series;

typedef struct bench {
    bx_arena *arena;
    const char *program, *folder; /* a temporary one */
    bx_str issue;
    bx_str head, sections, tail; /* of the issue: what comes before, in and after them */
    BX_VEC(uint32_t) han;        /* offsets of the Chinese characters in the issue */
    uint64_t random;
} bench;

static _Noreturn void give_up(const char *what) {
    perror(what);
    exit(1);
}

/* --------------------------------------------------------------------------------------- issues */

static bx_str read_file(bx_arena *arena, const char *path) {
    FILE *file = fopen(path, "rb");
    bx_buf buf = bx_buf_new(arena);
    char block[65536];
    size_t n;
    if (!file)
        give_up(path);
    while ((n = fread(block, 1, sizeof block, file)) > 0)
        bx_buf_add(&buf, block, n);
    fclose(file);
    return bx_buf_view(&buf);
}

static void write_file(const char *path, bx_str bytes) {
    FILE *file = fopen(path, "wb");
    if (!file || fwrite(bytes.p, 1, bytes.n, file) != bytes.n || fclose(file) != 0)
        give_up(path);
}

/* A character of the block of unified ideographs: three bytes from E4 B8 80 on. */
static bool is_han(bx_str s, uint32_t at) {
    unsigned char first = (unsigned char)s.p[at];
    return at + 3 <= s.n && first >= 0xE5 && first <= 0xE8;
}

/* The end of the line that begins at `at`, its line end included. */
static uint32_t line_end(bx_str s, uint32_t at) {
    const char *newline = at < s.n ? memchr(s.p + at, '\n', s.n - at) : NULL;
    return newline ? (uint32_t)(newline - s.p) + 1 : s.n;
}

/* Finds the sections: the lines below "sections:" that are blank or indented. */
static bool cut_issue(bench *b) {
    bx_str s = b->issue;
    int64_t key = bx_str_find(s, BX_STR("\nsections:\n"));
    if (key < 0)
        return false;
    uint32_t start = (uint32_t)key + 11, end = start;
    while (end < s.n && (s.p[end] == ' ' || s.p[end] == '\n'))
        end = line_end(s, end);
    b->head = bx_str_sub(s, 0, start);
    b->sections = bx_str_sub(s, start, end);
    b->tail = bx_str_sub(s, end, s.n);
    for (uint32_t at = 0; at < s.n; at++)
        if (is_han(s, at))
            bx_push(b->arena, &b->han, at);
    return b->han.n > 0;
}

/* xorshift64: the same issues on every machine. */
static uint64_t next_random(bench *b) {
    b->random ^= b->random << 13;
    b->random ^= b->random >> 7;
    b->random ^= b->random << 17;
    return b->random;
}

/* The text with some characters exchanged. A section's id is left out: it stands in one copy only.
 */
static void add_changed(bench *b, bx_str text, bool with_ids, bx_buf *out) {
    for (uint32_t at = 0, end; at < text.n; at = end) {
        end = line_end(text, at);
        bx_str line = bx_str_sub(text, at, end);
        if (!with_ids && bx_str_starts(bx_str_trim(line), BX_STR("id: ")))
            continue;
        for (uint32_t i = 0; i < line.n; i++) {
            if (!is_han(line, i) || next_random(b) % EXCHANGED) {
                bx_buf_char(out, line.p[i]);
                continue;
            }
            bx_buf_add(out, b->issue.p + b->han.at[next_random(b) % b->han.n], 3);
            i += 2;
        }
    }
}

/* ------------------------------------------------------------------------------------- measures */

static int remove_entry(const char *path, const struct stat *st, int kind, struct FTW *ftw) {
    (void)st, (void)kind, (void)ftw;
    return remove(path);
}

static const char *in_folder(bench *b, const char *name) {
    return bx_str_fmt(b->arena, "%s/%s", b->folder, name).p;
}

static void clear(bench *b, const char *name) {
    nftw(in_folder(b, name), remove_entry, 16, FTW_DEPTH | FTW_PHYS);
}

static double seconds(struct timeval t) { return (double)t.tv_sec + (double)t.tv_usec / 1e6; }

/* Runs the program; what it says goes to the file "said". */
static point run(bench *b, const char *const *words) {
    const char *said = in_folder(b, "said");
    struct timespec start, end;
    clock_gettime(CLOCK_MONOTONIC, &start);
    pid_t child = fork();
    if (child == 0) {
        int file = open(said, O_WRONLY | O_CREAT | O_TRUNC, 0666);
        dup2(file, STDERR_FILENO);
        execv(b->program, (char *const *)words);
        _exit(127);
    }
    int status;
    struct rusage usage;
    if (child < 0 || wait4(child, &status, 0, &usage) < 0)
        give_up(b->program);
    clock_gettime(CLOCK_MONOTONIC, &end);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        bx_str text = read_file(b->arena, said);
        fprintf(stderr, "the program failed: %.*s\n", BX_STR_ARG(text));
        exit(1);
    }
    return (point){.seconds = seconds(usage.ru_utime) + seconds(usage.ru_stime),
                   .wall = (double)(end.tv_sec - start.tv_sec) +
                           (double)(end.tv_nsec - start.tv_nsec) / 1e9,
                   .megabytes = (double)usage.ru_maxrss * 1024 / 1e6};
}

static point measure_issues(bench *b, uint32_t n) {
    mkdir(in_folder(b, "in"), 0777);
    bx_mark mark = bx_arena_mark(b->arena);
    for (uint32_t i = 0; i < n; i++) {
        bx_buf text = bx_buf_new(b->arena);
        add_changed(b, b->issue, true, &text);
        write_file(bx_str_fmt(b->arena, "%s/in/%05u.yaml", b->folder, i).p, bx_buf_view(&text));
        bx_arena_rewind(b->arena, mark);
    }
    const char *words[] = {
        b->program, "batch", in_folder(b, "in"), "-o", in_folder(b, "out"), "--jobs=1", "-q", NULL};
    point p = run(b, words);
    p.n = n;
    clear(b, "in");
    clear(b, "out");
    return p;
}

/* Of "document.pdf: committee-daily, 12 pages, 345678 bytes"; 0 without. */
static uint32_t pages_in(bx_str said) {
    int64_t end = bx_str_find(said, BX_STR(" pages"));
    uint32_t at = end < 0 ? 0 : (uint32_t)end;
    while (at > 0 && said.p[at - 1] >= '0' && said.p[at - 1] <= '9')
        at--;
    return end < 0 ? 0 : (uint32_t)atoi(said.p + at);
}

/* A document with the sections so many times; *n becomes its pages. */
static point measure_copies(bench *b, uint32_t copies) {
    bx_mark mark = bx_arena_mark(b->arena);
    bx_buf text = bx_buf_new(b->arena);
    bx_buf_str(&text, b->head);
    for (uint32_t i = 0; i < copies; i++)
        add_changed(b, b->sections, false, &text);
    bx_buf_str(&text, b->tail);
    const char *issue = in_folder(b, "document.yaml");
    write_file(issue, bx_buf_view(&text));
    const char *words[] = {b->program, "build", issue, "-o", in_folder(b, "document.pdf"),
                           "-v",       NULL};
    point p = run(b, words);
    bx_str said = read_file(b->arena, in_folder(b, "said"));
    p.n = pages_in(said);
    if (p.n == 0) {
        fprintf(stderr, "no number of pages in “%.*s”\n", BX_STR_ARG(said));
        exit(1);
    }
    bx_arena_rewind(b->arena, mark);
    return p;
}

/* So many pages or a few more, reckoned from what a hundred copies have, and two hundred. */
static point measure_pages(bench *b, uint32_t pages, uint32_t hundred, uint32_t two_hundred) {
    double a_copy = (two_hundred - hundred) / 100.0, others = hundred - 100 * a_copy;
    double wanted = ceil((pages - others) / a_copy);
    uint32_t copies = wanted > 1 ? (uint32_t)wanted : 1;
    point p = measure_copies(b, copies);
    while (p.n < pages) {
        copies += (uint32_t)((pages - p.n) / a_copy) + 1;
        p = measure_copies(b, copies);
    }
    return p;
}

/* --------------------------------------------------------------------------------------- report */

static void print_table(const series *s) {
    printf("| %s | CPU | each | by the clock | peak memory |\n|---|---|---|---|---|\n", s->name);
    for (uint32_t i = 0; i < s->n; i++)
        printf("| %u | %.2f s | %.2f ms | %.2f s | %.0f MB |\n", s->at[i].n, s->at[i].seconds,
               s->at[i].seconds * 1e3 / s->at[i].n, s->at[i].wall, s->at[i].megabytes);
    putchar('\n');
}

/* Both axes are logarithmic with the same scale: what grows evenly climbs at 45 degrees. From 10 to
 * 10 000 things, and from 10 ms to 1000 s. */
enum { DECADE = 72, LEFT = 56, TOP = 16, RIGHT = LEFT + 3 * DECADE, BOTTOM = TOP + 5 * DECADE };

static double x_of(double n) { return LEFT + (log10(n) - 1) * DECADE; }
static double y_of(double seconds) { return TOP + (3 - log10(seconds)) * DECADE; }

static void draw_axes(FILE *out) {
    for (double n = 10; n <= 10000; n *= 10)
        fprintf(out,
                "<path d=\"M%.0f %dV%d\" stroke=\"#ddd\"/>\n"
                "<text x=\"%.0f\" y=\"%d\" text-anchor=\"middle\">%.0f</text>\n",
                x_of(n), TOP, BOTTOM, x_of(n), BOTTOM + 16, n);
    for (int power = -2; power <= 3; power++) {
        double y = y_of(pow(10, power));
        fprintf(out,
                "<path d=\"M%d %.0fH%d\" stroke=\"#ddd\"/>\n"
                "<text x=\"%d\" y=\"%.0f\" text-anchor=\"end\">%g s</text>\n",
                LEFT, y, RIGHT, LEFT - 6, y + 4, pow(10, power));
    }
}

static void draw_series(FILE *out, const series *s) {
    const point *last = &s->at[s->n - 1];
    fprintf(out, "<g fill=\"%s\" stroke=\"%s\">\n<path fill=\"none\" stroke-width=\"1.5\" d=\"",
            s->color, s->color);
    for (uint32_t i = 0; i < s->n; i++)
        fprintf(out, "%c%.1f %.1f", i ? 'L' : 'M', x_of(s->at[i].n), y_of(s->at[i].seconds));
    fputs("\"/>\n", out);
    for (uint32_t i = 0; i < s->n; i++)
        fprintf(out, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\"/>\n", x_of(s->at[i].n),
                y_of(s->at[i].seconds));
    fprintf(out, "<text stroke=\"none\" x=\"%.0f\" y=\"%.0f\">%s</text>\n</g>\n", x_of(last->n) + 8,
            y_of(last->seconds) + 4, s->name);
}

static void draw(const char *path, const series *issues, const series *pages) {
    FILE *out = fopen(path, "w");
    if (!out)
        give_up(path);
    fputs("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 330 400\" width=\"440\" "
          "font-family=\"sans-serif\" font-size=\"11\">\n"
          "<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n",
          out);
    draw_axes(out);
    draw_series(out, issues);
    draw_series(out, pages);
    fputs("</svg>\n", out);
    if (fclose(out) != 0)
        give_up(path);
}

static void measure(bench *b, uint32_t most, const char *figure) {
    series issues = {.name = "issues", .color = "#0f3d73"};
    series pages = {.name = "pages", .color = "#b03a2e"};
    uint32_t hundred = measure_copies(b, 100).n, two_hundred = measure_copies(b, 200).n;
    for (uint32_t n = 10; n <= most; n *= 10) {
        issues.at[issues.n++] = measure_issues(b, n);
        pages.at[pages.n++] = measure_pages(b, n, hundred, two_hundred);
    }
    print_table(&issues);
    print_table(&pages);
    draw(figure, &issues, &pages);
}

int main(int n, char **words) {
    uint32_t most = n > 4 ? (uint32_t)strtoul(words[4], NULL, 10) : 1000;
    if (n < 4 || most < 10 || most > 100000) {
        fputs("usage: bench_growth PROGRAM ISSUE.yaml FIGURE.svg [MOST]\n", stderr);
        return 64;
    }
    char folder[] = "/tmp/banxin-growth-XXXXXX";
    bx_memory memory = {0};
    bench b = {.arena = bx_arena_new(&memory), .program = words[1], .random = 88172645463325252u};
    b.issue = read_file(b.arena, words[2]);
    if (!cut_issue(&b)) {
        fprintf(stderr, "%s: a YAML issue in Chinese with sections is wanted\n", words[2]);
        return 65;
    }
    if (!mkdtemp(folder))
        give_up(folder);
    b.folder = folder;
    measure(&b, most, words[3]);
    nftw(folder, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
    bx_arena_drop(b.arena);
    return 0;
}
