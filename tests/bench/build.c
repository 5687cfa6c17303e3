/* bench_build PROGRAM ISSUE [--runs=N] [--peer=COMMAND [--host=COMMAND]]: what a build costs, how
 * far that is from the floor, and from another program that sets the same report.
 *
 * The floor is the work nobody can leave out: shaping the document's text with HarfBuzz, subsetting
 * its fonts to its glyphs with hb-subset, deflating its streams with libdeflate, on the same
 * machine, in the same run, by one thread. What is printed as a ratio may be compared between
 * machines; milliseconds may not. CPU is the processor's time of all threads together; by the clock
 * are "wall" and the stages, which want a quiet machine.
 *
 *     cold   the program is started anew for each run (the files are in the page cache)
 *     kept   the same, but published in a file, which is synced, and not thrown away
 *     hot    a job on a press whose fonts and layouts are open, by one thread
 *
 * Commands are given to the shell. What --host takes, which starts the peer's host and does
 * nothing, is taken off the peer's time. */
#include "banxin.h"
#include "output/pdf/flate.h"
#include "output/pdf/subset.h"
#include "press/press.h"

#include <hb-subset.h>
#include <hb.h>
#include <libdeflate.h>

#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MOST_RUNS = 200 };

typedef struct options {
    const char *program, *issue, *peer, *host; /* peer, host: NULL, not given */
    int runs;
} options;

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

/* What runs of a program took. */
typedef struct runs {
    series wall, cpu;
    long rss; /* kB, the greatest */
} runs;

/* What is run from outside. */
typedef enum what { COLD, KEPT, PEER, HOST, N_WHAT } what;

typedef struct run_times {
    bool good;
    double wall, cpu;
    long rss; /* kB */
} run_times;

static run_times time_program(const char *const *words) {
    run_times t = {0};
    uint64_t start = bx_now();
    pid_t child = fork();
    if (child == 0) {
        int null = open("/dev/null", O_RDWR);
        dup2(null, STDIN_FILENO);
        dup2(null, STDOUT_FILENO);
        execv(words[0], (char *const *)words);
        _exit(127);
    }
    int status;
    struct rusage usage;
    if (child < 0 || wait4(child, &status, 0, &usage) < 0)
        return t;
    t.wall = (double)(bx_now() - start) / 1e6;
    t.cpu = seconds(usage.ru_utime) + seconds(usage.ru_stime);
    t.rss = usage.ru_maxrss;
    t.good = WIFEXITED(status) && WEXITSTATUS(status) == 0;
    return t;
}

static run_times time_build(const options *o, const char *to) {
    return time_program((const char *const[]){o->program, "build", o->issue, "-o", to, NULL});
}

/* Into a file that is gone afterwards. */
static run_times time_kept(const options *o) {
    char path[] = "/tmp/bench-build-XXXXXX";
    int file = mkstemp(path);
    run_times t = {0};
    if (file < 0)
        return t;
    close(file);
    t = time_build(o, path);
    unlink(path);
    return t;
}

static run_times time_what(const options *o, what w) {
    if (w == COLD)
        return time_build(o, "/dev/null");
    if (w == KEPT)
        return time_kept(o);
    const char *command = w == PEER ? o->peer : o->host;
    return command ? time_program((const char *const[]){"/bin/sh", "-c", command, NULL})
                   : (run_times){.good = true};
}

/* Programs are started by a process that stays small: a copy of this large one would be on their
 * account. */
typedef struct starter {
    int ask, answer;
} starter;

static starter start_small(const options *o) {
    int ask[2], answer[2];
    if (pipe(ask) != 0 || pipe(answer) != 0)
        exit(1);
    if (fork() == 0) {
        close(ask[1]);
        for (what w; read(ask[0], &w, sizeof w) == sizeof w;) {
            run_times t = time_what(o, w);
            if (write(answer[1], &t, sizeof t) != sizeof t)
                break;
        }
        _exit(0);
    }
    close(ask[0]);
    return (starter){ask[1], answer[0]};
}

static bool run(const starter *s, what w, runs *out) {
    run_times t;
    if (write(s->ask, &w, sizeof w) != sizeof w || read(s->answer, &t, sizeof t) != sizeof t)
        return false;
    out->wall.ms[out->wall.n++] = t.wall;
    out->cpu.ms[out->cpu.n++] = t.cpu;
    out->rss = t.rss > out->rss ? t.rss : out->rss;
    return t.good;
}

static bool collect(void *user, const void *bytes, size_t n) {
    bx_buf_add(user, bytes, n);
    return true;
}

static bx_press *open_press(void) {
    static const char *const layouts[] = {BX_SOURCE_DIR "/layouts", NULL};
    static const char *const fonts[] = {BX_SOURCE_DIR "/fonts", NULL};
    bx_press *press;
    bx_press_options o = {.layout_folders = layouts, .font_folders = fonts};
    return bx_press_open(&o, &press) == BX_OK ? press : NULL;
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
    w->usage = (bx_usage){.arena = w->arena, .scratch = bx_arena_side(w->arena)};
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

/* Only what is embedded is shown to hb-subset: its fixed cost is that of the tables it looks at. */
static hb_blob_t *embedded_table(hb_face_t *face, hb_tag_t tag, void *source) {
    static const char tables[] = "CFF head maxp glyf loca hhea hmtx ";
    char name[5] = {HB_UNTAG(tag), '\0'};
    (void)face;
    return strstr(tables, name) ? hb_face_reference_table(source, tag) : hb_blob_get_empty();
}

static void subset_by_library(const bx_font_use *font) {
    hb_face_t *shown = hb_face_create_for_tables(embedded_table, bx_face_hb_face(font->face), NULL);
    hb_subset_input_t *input = hb_subset_input_create_or_fail();
    for (uint32_t i = 0; i < font->uses.n; i++)
        hb_set_add(hb_subset_input_glyph_set(input), font->uses.at[i].glyph);
    hb_subset_input_set_flags(input, HB_SUBSET_FLAGS_NO_HINTING | HB_SUBSET_FLAGS_DESUBROUTINIZE);
    hb_face_t *made = hb_subset_or_fail(shown, input);
    hb_blob_destroy(hb_face_reference_blob(made));
    hb_face_destroy(made);
    hb_subset_input_destroy(input);
    hb_face_destroy(shown);
}

static double floor_subset(const floor_work *w) {
    double start = cpu_now();
    for (uint32_t i = 0; i < w->usage.fonts.n; i++)
        if (w->usage.fonts.at[i]->info->format != BX_FACE_BITMAP)
            subset_by_library(w->usage.fonts.at[i]);
    return cpu_now() - start;
}

/* The same by our own subsetter, to compare. */
static double own_subset(const floor_work *w) {
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

typedef struct findings {
    runs outside[N_WHAT];
    series hot, shape, subset, own, deflate;
    bx_timings timings;
} findings;

static double over(double a, double b) { return b > 0 ? a / b : 0; }

static void print(const options *o, findings *f) {
    double floor = median(&f->shape) + median(&f->subset) + median(&f->deflate);
    printf("%s, median of %d runs\nfloor\n", o->issue, o->runs);
    line("shape", median(&f->shape), floor);
    line("subset", median(&f->subset), floor);
    line("deflate", median(&f->deflate), floor);
    printf("  subsetting takes Banxin %.2f ms\n", median(&f->own));
    const bx_timings *t = &f->timings;
    uint64_t stages = t->read + t->style + t->fonts + t->compose + t->subset + t->deflate + t->emit;
    print_stages(t, (double)stages / 1e6);
    runs *cold = &f->outside[COLD], *peer = &f->outside[PEER], *host = &f->outside[HOST];
    double wall = median(&cold->wall), cpu = median(&cold->cpu);
    double kept = median(&f->outside[KEPT].wall);
    cpu_set_t set;
    printf("ratios to the floor of %.2f ms, with %d processors\n", floor,
           sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1);
    printf("  cold wall %6.2f (%.1f ms)\n", over(wall, floor), wall);
    printf("  kept wall %6.2f (%.1f ms)\n", over(kept, floor), kept);
    printf("  cold CPU  %6.2f (%.1f ms)\n", over(cpu, floor), cpu);
    printf("  hot CPU   %6.2f (%.1f ms)\n", over(median(&f->hot), floor), median(&f->hot));
    printf("cold peak RSS %.1f MB\n", (double)cold->rss / 1024);
    if (!o->peer)
        return;
    double peer_wall = median(&peer->wall) - median(&host->wall);
    double peer_cpu = median(&peer->cpu) - median(&host->cpu);
    printf("peer, its host's start taken off\n");
    printf("  wall %.1f ms, cold Banxin 1/%.2f\n", peer_wall, over(peer_wall, wall));
    printf("  CPU  %.1f ms, cold Banxin 1/%.2f\n", peer_cpu, over(peer_cpu, cpu));
    printf("  peak RSS %.1f MB\n", (double)peer->rss / 1024);
}

static int measure(const options *o, const starter *s, bx_arena *arena) {
    static findings f;
    bx_press *press = open_press();
    floor_work work = {.arena = arena};
    bx_job *kept = NULL;
    for (int i = 0; press && i < o->runs; i++) {
        for (what w = COLD; w < N_WHAT; w++)
            if (!run(s, w, &f.outside[w]))
                return 1;
        bx_buf pdf = bx_buf_new(arena);
        double start = cpu_now();
        bx_job *job = build(press, o->issue, &pdf);
        if (!job)
            return 1;
        if (i > 0) /* the first opens the fonts */
            f.hot.ms[f.hot.n++] = cpu_now() - start;
        bx_job_timings(job, &f.timings);
        if (!kept) {
            kept = job;
            work.pdf = bx_buf_view(&pdf);
            gather(&work, job->pages);
        } else {
            bx_job_close(job);
        }
        f.shape.ms[f.shape.n++] = floor_shape(&work);
        f.subset.ms[f.subset.n++] = floor_subset(&work);
        f.own.ms[f.own.n++] = own_subset(&work);
        f.deflate.ms[f.deflate.n++] = floor_deflate(&work);
    }
    print(o, &f);
    bx_job_close(kept);
    bx_press_close(press);
    return 0;
}

static const char *value_of(const char *word, const char *option) {
    size_t n = strlen(option);
    return strncmp(word, option, n) == 0 ? word + n : NULL;
}

static bool read_options(int n, char **words, options *o) {
    *o = (options){.runs = 15};
    for (int i = 1; i < n; i++) {
        const char *value;
        if ((value = value_of(words[i], "--runs=")))
            o->runs = atoi(value);
        else if ((value = value_of(words[i], "--peer=")))
            o->peer = value;
        else if ((value = value_of(words[i], "--host=")))
            o->host = value;
        else if (!o->program)
            o->program = words[i];
        else if (!o->issue)
            o->issue = words[i];
        else
            return false;
    }
    return o->issue && o->runs >= 2 && o->runs <= MOST_RUNS;
}

int main(int n, char **words) {
    options o;
    if (!read_options(n, words, &o)) {
        fputs("usage: bench_build PROGRAM ISSUE [--runs=N] [--peer=COMMAND [--host=COMMAND]]\n",
              stderr);
        return 64;
    }
    starter s = start_small(&o);
    bx_memory memory = {0};
    bx_arena *arena = bx_arena_new(&memory);
    int code = measure(&o, &s, arena);
    bx_arena_drop(arena);
    return code;
}
