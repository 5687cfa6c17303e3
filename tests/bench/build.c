/* bench_build PROGRAM ISSUE [--runs=N] [--peer=COMMAND [--host=COMMAND]]: what a build costs, how
 * far that is from the floor (floor.h), and from another program that sets the same report, on the
 * same machine, in the same run. What is printed as a ratio may be compared between machines;
 * milliseconds may not. CPU is the processor's time of all threads together; by the clock are
 * "wall" and the stages, which want a quiet machine.
 *
 *     cold   the program is started anew for each run (the files are in the page cache)
 *     kept   the same, but published in a file, which is synced, and not thrown away
 *     hot    a job on a press whose fonts and layouts are open, by one thread
 *
 * Like is held against like: cold against a floor that is started anew, hot against one that goes
 * on. Commands are given to the shell. What --host takes, which starts the peer's host and does
 * nothing, is taken off the peer's time. */
#include "banxin.h"
#include "bench/floor.h"
#include "bench/order.h"
#include "output/pdf/subset.h"
#include "press/press.h"

#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MOST_RUNS = 200 };

typedef struct options {
    const char *program, *issue, *peer, *host; /* peer, host: NULL, not given */
    const char *order;                         /* a file for it */
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
typedef enum what { COLD, KEPT, FLOOR, PEER, HOST, N_WHAT } what;

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
    if (w == FLOOR)
        return time_program((const char *const[]){BX_BENCH_FLOOR, o->order, NULL});
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

/* Subsetting as the program does it, ms, to compare. */
static double own_subset(bx_arena *arena, const bx_usage *usage) {
    double sum = 0;
    for (uint32_t i = 0; i < usage->fonts.n; i++) {
        bx_font_use *font = usage->fonts.at[i];
        if (font->info->format == BX_FACE_BITMAP)
            continue;
        bx_mark mark = bx_arena_mark(arena);
        bx_subset subset;
        double start = cpu_now();
        bx_subset_make(arena, font, &subset);
        sum += cpu_now() - start;
        bx_arena_rewind(arena, mark);
    }
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

static void ratio(const char *name, double ms, double floor) {
    printf("  %-10s %8.2f ms   %5.2f of the floor's %.2f ms\n", name, ms, over(ms, floor), floor);
}

static void print_peer(findings *f) {
    runs *cold = &f->outside[COLD], *peer = &f->outside[PEER], *host = &f->outside[HOST];
    double wall = median(&peer->wall) - median(&host->wall);
    double cpu = median(&peer->cpu) - median(&host->cpu);
    printf("peer, its host's start taken off\n");
    printf("  wall %.1f ms, cold Banxin 1/%.2f\n", wall, over(wall, median(&cold->wall)));
    printf("  CPU  %.1f ms, cold Banxin 1/%.2f\n", cpu, over(cpu, median(&cold->cpu)));
    printf("  peak RSS %.1f MB\n", (double)peer->rss / 1024);
}

static void print(const options *o, findings *f) {
    double floor = median(&f->shape) + median(&f->subset) + median(&f->deflate);
    printf("%s, median of %d runs\nfloor, hot\n", o->issue, o->runs);
    line("shape", median(&f->shape), floor);
    line("subset", median(&f->subset), floor);
    line("deflate", median(&f->deflate), floor);
    printf("  subsetting takes Banxin %.2f ms\n", median(&f->own));
    const bx_timings *t = &f->timings;
    uint64_t stages = t->read + t->style + t->fonts + t->compose + t->subset + t->deflate + t->emit;
    print_stages(t, (double)stages / 1e6);
    runs *cold = &f->outside[COLD], *bare = &f->outside[FLOOR];
    double bare_wall = median(&bare->wall), bare_cpu = median(&bare->cpu);
    cpu_set_t set;
    printf("ratios, with %d processors\n",
           sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1);
    ratio("cold wall", median(&cold->wall), bare_wall);
    ratio("kept wall", median(&f->outside[KEPT].wall), bare_wall);
    ratio("cold CPU", median(&cold->cpu), bare_cpu);
    ratio("hot CPU", median(&f->hot), floor);
    printf("cold peak RSS %.1f MB, the floor's %.1f MB\n", (double)cold->rss / 1024,
           (double)bare->rss / 1024);
    if (o->peer)
        print_peer(f);
}

/* One of each, in turn, so that what disturbs the machine disturbs all. */
static bool measure_once(const options *o, const starter *s, bx_press *press, floor_work *floor,
                         findings *f) {
    for (what w = COLD; w < N_WHAT; w++)
        if (!run(s, w, &f->outside[w]))
            return false;
    bx_memory memory = {0};
    bx_arena *arena = bx_arena_new(&memory);
    bx_buf pdf = bx_buf_new(arena);
    double start = cpu_now();
    bx_job *job = build(press, o->issue, &pdf);
    if (job) {
        f->hot.ms[f->hot.n++] = cpu_now() - start;
        bx_job_timings(job, &f->timings);
        bx_job_close(job);
    }
    bx_arena_drop(arena);
    floor_times t;
    if (!job || !floor_do(floor, &t))
        return false;
    f->shape.ms[f->shape.n++] = t.shape;
    f->subset.ms[f->subset.n++] = t.subset;
    f->deflate.ms[f->deflate.n++] = t.deflate;
    return true;
}

static bool measure(const options *o, const starter *s, bx_arena *arena) {
    findings f = {0};
    bx_press *press = open_press();
    bx_buf pdf = bx_buf_new(arena);
    bx_job *job = press ? build(press, o->issue, &pdf) : NULL; /* opens the fonts */
    if (!job)
        return false;
    order work = order_of(arena, job->pages, bx_buf_view(&pdf));
    floor_work *floor = order_write(&work, o->order) ? floor_open(o->order) : NULL;
    bool good = floor;
    for (int i = 0; good && i < o->runs; i++) {
        good = measure_once(o, s, press, floor, &f);
        f.own.ms[f.own.n++] = own_subset(arena, &work.usage);
    }
    if (good)
        print(o, &f);
    if (floor)
        floor_close(floor);
    bx_job_close(job);
    bx_press_close(press);
    return good;
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
    char path[] = "/tmp/bench-order-XXXXXX";
    int file = mkstemp(path);
    if (file < 0)
        return 1;
    close(file);
    o.order = path;
    starter s = start_small(&o);
    bx_memory memory = {0};
    bx_arena *arena = bx_arena_new(&memory);
    bool good = measure(&o, &s, arena);
    bx_arena_drop(arena);
    unlink(path);
    return good ? 0 : 1;
}
