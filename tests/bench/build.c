/* bench_build PROGRAM ISSUE [RUNS]: what a build costs, and how far that is from the floor.
 *
 * The floor is the work nobody can leave out: shaping the document's text, subsetting its fonts to
 * its glyphs, deflating its streams, each by the same libraries, on the same machine, in the same
 * run. What is printed as a ratio may be compared between machines; milliseconds may not. Times are
 * of the processor, but for cold wall and the stages, which want a quiet machine.
 *
 *     cold   the program is started anew for each run (the files are in the page cache)
 *     hot    a job on a press whose fonts and layouts are open */
#include "banxin.h"
#include "output/pdf/flate.h"
#include "output/pdf/subset.h"
#include "press/press.h"

#include <hb.h>
#include <libdeflate.h>

#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MOST_RUNS = 200 };

typedef struct series {
    double ms[MOST_RUNS];
    int n;
} series;

static int by_value(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The median: one disturbed run must not tell the tale. */
static double median(series *s) {
    qsort(s->ms, (size_t)s->n, sizeof *s->ms, by_value);
    return s->n ? s->ms[s->n / 2] : 0;
}

/* Processor time of this program so far, ms: other programs on the machine do not count. */
static double cpu_now(void) {
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static double seconds(struct timeval t) { return (double)t.tv_sec * 1e3 + (double)t.tv_usec / 1e3; }

/* One cold run. False when the program failed. */
static bool run_cold(const char *program, const char *issue, series *wall, series *cpu, long *rss) {
    uint64_t start = bx_now();
    pid_t child = fork();
    if (child == 0) {
        execl(program, program, "build", issue, "-o", "/dev/null", (char *)NULL);
        _exit(127);
    }
    int status;
    struct rusage usage;
    if (child < 0 || wait4(child, &status, 0, &usage) < 0)
        return false;
    wall->ms[wall->n++] = (double)(bx_now() - start) / 1e6;
    cpu->ms[cpu->n++] = seconds(usage.ru_utime) + seconds(usage.ru_stime);
    *rss = usage.ru_maxrss > *rss ? usage.ru_maxrss : *rss;
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static bool collect(void *user, const void *bytes, size_t n) {
    bx_buf_add(user, bytes, n);
    return true;
}

static bx_press *open_press(void) {
    static const char *const layouts[] = {BX_SOURCE_DIR "/layouts", NULL};
    static const char *const fonts[] = {BX_SOURCE_DIR "/fonts", NULL};
    bx_press *press;
    bx_press_options options = {.layout_folders = layouts, .font_folders = fonts};
    return bx_press_open(&options, &press) == BX_OK ? press : NULL;
}

/* A job that has built the issue into `pdf`; NULL after an error. */
static bx_job *build(bx_press *press, const char *issue, bx_buf *pdf) {
    bx_job *job;
    if (bx_job_open(press, NULL, &job) != BX_OK)
        return NULL;
    if (bx_job_read_file(job, issue) == BX_OK && bx_job_build(job, collect, pdf) == BX_OK)
        return job;
    bx_job_close(job);
    return NULL;
}

typedef struct floor_work {
    bx_arena *arena;
    BX_VEC(const bx_glyph_run *) runs;
    bx_usage usage;
    bx_str pdf;
} floor_work;

static void gather(floor_work *w, const bx_pages *pages) {
    w->usage.arena = w->arena;
    for (uint32_t i = 0; i < pages->list.n; i++) {
        bx_placed_list items = {0};
        bx_flatten(w->arena, pages->list.at[i].frame, 0, 0, &items);
        bx_usage_note(&w->usage, &items);
        for (uint32_t k = 0; k < items.n; k++)
            if (items.at[k].item->kind == BX_ITEM_GLYPHS)
                bx_push(w->arena, &w->runs, items.at[k].item->run);
    }
    bx_usage_settle(&w->usage);
}

static double floor_shape(const floor_work *w) {
    double start = cpu_now();
    hb_buffer_t *buffer = hb_buffer_create();
    for (uint32_t i = 0; i < w->runs.n; i++) {
        const bx_glyph_run *run = w->runs.at[i];
        hb_buffer_reset(buffer);
        hb_buffer_add_utf8(buffer, run->text.p, (int)run->text.n, run->start,
                           (int)(run->end - run->start));
        hb_buffer_guess_segment_properties(buffer);
        hb_shape(bx_face_hb_font(run->face), buffer, NULL, 0);
    }
    hb_buffer_destroy(buffer);
    return cpu_now() - start;
}

static double floor_subset(const floor_work *w) {
    double sum = 0;
    for (uint32_t i = 0; i < w->usage.fonts.n; i++) {
        bx_font_use *font = w->usage.fonts.at[i];
        if (font->info->format == BX_FACE_BITMAP)
            continue;
        bx_mark mark = bx_arena_mark(w->arena);
        bx_subset subset;
        double start = cpu_now();
        bx_subset_make(w->arena, font, &subset);
        sum += cpu_now() - start;
        bx_arena_rewind(w->arena, mark);
    }
    return sum;
}

/* Every deflated stream of the PDF is inflated, and its deflating timed. */
static double floor_deflate(const floor_work *w) {
    struct libdeflate_decompressor *inflate = libdeflate_alloc_decompressor();
    bx_mark mark = bx_arena_mark(w->arena);
    bx_flate *flate = bx_flate_new(w->arena);
    size_t room = 32u << 20;
    char *plain = malloc(room);
    double sum = 0;
    for (uint32_t at = 0; plain && at < w->pdf.n;) {
        int64_t next = bx_str_find(bx_str_sub(w->pdf, at, w->pdf.n), BX_STR("stream\n"));
        if (next < 0)
            break;
        at += (uint32_t)next + 7;
        size_t made;
        if (libdeflate_zlib_decompress_ex(inflate, w->pdf.p + at, w->pdf.n - at, plain, room, NULL,
                                          &made) != LIBDEFLATE_SUCCESS)
            continue;
        double start = cpu_now();
        bx_flate_pack(flate, (bx_str){plain, (uint32_t)made});
        sum += cpu_now() - start;
    }
    free(plain);
    libdeflate_free_decompressor(inflate);
    bx_arena_rewind(w->arena, mark);
    return sum;
}

static void line(const char *name, double ms, double whole) {
    printf("  %-12s %8.2f ms   %5.1f %%\n", name, ms, whole > 0 ? ms / whole * 100 : 0);
}

static void print_stages(const bx_timings *t, double all) {
    printf("hot, by stage (wall, of the last run)\n");
    line("read", (double)t->read / 1e6, all);
    line("style", (double)t->style / 1e6, all);
    line("fonts", (double)t->fonts / 1e6, all);
    line("compose", (double)t->compose / 1e6, all);
    line("subset", (double)t->subset / 1e6, all);
    line("deflate", (double)t->deflate / 1e6, all);
    line("emit", (double)t->emit / 1e6, all);
    printf("  pages %u, rounds %u, bytes %llu, arenas %.1f MB\n", t->pages, t->rounds,
           (unsigned long long)t->output_bytes, (double)t->peak_bytes / 1048576);
}

static int measure(const char *program, const char *issue, int runs, bx_arena *arena) {
    series wall = {0}, cpu = {0}, hot = {0}, shape = {0}, subset = {0}, deflate = {0};
    long rss = 0;
    bx_press *press = open_press();
    bx_timings timings = {0};
    floor_work work = {.arena = arena};
    bx_job *kept = NULL;
    for (int i = 0; press && i < runs; i++) {
        if (!run_cold(program, issue, &wall, &cpu, &rss))
            return 1;
        bx_buf pdf = bx_buf_new(arena);
        double start = cpu_now();
        bx_job *job = build(press, issue, &pdf);
        if (!job)
            return 1;
        if (i > 0) /* the first opens the fonts */
            hot.ms[hot.n++] = cpu_now() - start;
        bx_job_timings(job, &timings);
        if (!kept) {
            kept = job;
            work.pdf = bx_buf_view(&pdf);
            gather(&work, job->pages);
        } else {
            bx_job_close(job);
        }
        shape.ms[shape.n++] = floor_shape(&work);
        subset.ms[subset.n++] = floor_subset(&work);
        deflate.ms[deflate.n++] = floor_deflate(&work);
    }
    double floor = median(&shape) + median(&subset) + median(&deflate);
    printf("%s, median of %d runs\nfloor\n", issue, runs);
    line("shape", median(&shape), floor);
    line("subset", median(&subset), floor);
    line("deflate", median(&deflate), floor);
    uint64_t stages = timings.read + timings.style + timings.fonts + timings.compose +
                      timings.subset + timings.deflate + timings.emit;
    print_stages(&timings, (double)stages / 1e6);
    printf("ratios to the floor of %.2f ms\n", floor);
    printf("  cold wall %6.2f (%.1f ms)\n", median(&wall) / floor, median(&wall));
    printf("  cold CPU  %6.2f (%.1f ms)\n", median(&cpu) / floor, median(&cpu));
    printf("  hot       %6.2f (%.1f ms)\n", median(&hot) / floor, median(&hot));
    printf("cold peak RSS %.1f MB\n", (double)rss / 1024);
    bx_job_close(kept);
    bx_press_close(press);
    return 0;
}

int main(int n, char **words) {
    int runs = n > 3 ? atoi(words[3]) : 15;
    if (n < 3 || runs < 2 || runs > MOST_RUNS) {
        fputs("usage: bench_build PROGRAM ISSUE [RUNS]\n", stderr);
        return 64;
    }
    bx_memory memory = {0};
    bx_arena *arena = bx_arena_new(&memory);
    int code = measure(words[1], words[2], runs, arena);
    bx_arena_drop(arena);
    return code;
}
