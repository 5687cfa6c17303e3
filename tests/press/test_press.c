/* The public interface: misuse, memory that runs out at any moment, threads on one press. */
#include "banxin.h"
#include "support/cmocka_all.h"
#include "support/golden.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

static const char issue[] = "layout: committee-daily\n"
                            "series: 每日观察\n"
                            "number: 1\n"
                            "date: 2026-05-20\n"
                            "abstract: 摘要 *italic* 文字。\n"
                            "sections:\n"
                            "  - title: 第一节\n"
                            "    body: |\n"
                            "      正文有 **粗体**、`code` 与引用[@a]。\n"
                            "\n"
                            "      1. 一\n"
                            "      2. 二\n"
                            "references:\n"
                            "  - {id: a, title: 题名, url: \"https://example.org/a\"}\n"
                            "contact:\n"
                            "  heading: 联系我们\n"
                            "  qr: [{data: \"https://example.org\", caption: [网站]}]\n";

static const char *const layouts[] = {BX_SOURCE_DIR "/layouts", NULL};
static const char *const fonts[] = {BX_SOURCE_DIR "/fonts", NULL};

typedef struct bytes {
    char *p;
    size_t n;
} bytes;

static bool take(void *user, const void *p, size_t n) {
    bytes *b = user;
    char *grown = realloc(b->p, b->n + n);
    if (!grown)
        return false;
    memcpy(grown + b->n, p, n);
    b->p = grown;
    b->n += n;
    return true;
}

static bx_status build(bx_press *press, unsigned threads, bytes *out) {
    bx_job *job;
    bx_status status = bx_job_open(press, &(bx_job_options){.threads = threads}, &job);
    if (status != BX_OK)
        return status;
    status = bx_job_read(job, "issue.yaml", issue, sizeof issue - 1);
    if (status == BX_OK)
        status = bx_job_build(job, take, out);
    bx_job_close(job);
    return status;
}

static void builds_the_same_with_any_threads(void **state) {
    (void)state;
    bx_press *press;
    bx_press_options options = {.layout_folders = layouts, .font_folders = fonts};
    assert_int_equal(bx_press_open(&options, &press), BX_OK);
    bytes first = {0};
    assert_int_equal(build(press, 0, &first), BX_OK);
    for (unsigned threads = 1; threads < 4; threads++) {
        bytes next = {0};
        assert_int_equal(build(press, threads, &next), BX_OK);
        assert_int_equal(next.n, first.n);
        assert_memory_equal(next.p, first.p, first.n);
        free(next.p);
    }
    free(first.p);
    bx_press_close(press);
}

static void write_layout(const char *folder, const char *text) {
    char path[128];
    snprintf(path, sizeof path, "%s/mine.yaml", folder);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

/* The PDF of an issue in the layout as it stands now. */
static bytes build_in(bx_press *press, const char *folder, bx_status expected) {
    static const char text[] = "title: 题\nabstract: 文字。\n";
    char layout[64];
    snprintf(layout, sizeof layout, "%s/mine.yaml", folder);
    bx_job *job;
    bx_job_options options = {.layout = layout};
    bytes out = {0};
    assert_int_equal(bx_job_open(press, &options, &job), BX_OK);
    bx_status status = bx_job_read(job, "issue.yaml", text, sizeof text - 1);
    if (status == BX_OK)
        status = bx_job_build(job, take, &out);
    assert_int_equal(status, expected);
    assert_int_equal(bx_job_errors(job) > 0, expected != BX_OK);
    bx_job_close(job);
    return out;
}

static void assert_same(bytes a, bytes b, bool same) {
    assert_int_equal(a.n == b.n && memcmp(a.p, b.p, a.n) == 0, same);
}

/* A press keeps what it has understood of a layout; its files are looked at for every issue. */
static void sees_changed_layouts(void **state) {
    (void)state;
    static const char large[] = "page: {size: A4}\n", small[] = "page: {size: A5}\n";
    char folder[] = "/tmp/banxin-test-XXXXXX", path[64];
    assert_non_null(mkdtemp(folder));
    bx_press *press;
    bx_press_options options = {.layout_folders = layouts, .font_folders = fonts};
    assert_int_equal(bx_press_open(&options, &press), BX_OK);
    write_layout(folder, large);
    bytes first = build_in(press, folder, BX_OK), again = build_in(press, folder, BX_OK);
    assert_same(first, again, true);
    write_layout(folder, small);
    bytes changed = build_in(press, folder, BX_OK);
    assert_same(first, changed, false);
    write_layout(folder, "page: {margins: 1mm}\n");
    for (int i = 0; i < 2; i++)
        assert_null(build_in(press, folder, BX_EDATA).p);
    write_layout(folder, large);
    bytes back = build_in(press, folder, BX_OK);
    assert_same(first, back, true);
    for (int i = 0; i < 40; i++) { /* more than are kept */
        char text[80];
        snprintf(text, sizeof text, "# %d\n%s", i, small);
        write_layout(folder, text);
        bytes one = build_in(press, folder, BX_OK);
        assert_same(first, one, false);
        free(one.p);
    }
    bx_press_close(press);
    bytes *all[] = {&first, &again, &changed, &back};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        free(all[i]->p);
    snprintf(path, sizeof path, "%s/mine.yaml", folder);
    unlink(path);
    rmdir(folder);
}

static void refuses_misuse(void **state) {
    (void)state;
    bx_press *press;
    bx_job *job;
    assert_int_equal(bx_press_open(NULL, &press), BX_OK);
    assert_int_equal(bx_job_open(press, NULL, &job), BX_OK);
    bytes none = {0};
    assert_int_equal(bx_job_build(job, take, &none), BX_EMISUSE);
    assert_int_equal(bx_job_check(job), BX_EMISUSE);
    assert_int_equal(bx_job_build_file(job, "/dev/null"), BX_EMISUSE);
    assert_int_equal(bx_job_read(job, "issue.yaml", "a: [", 4), BX_EDATA);
    assert_int_equal(bx_job_read(job, "issue.yaml", "a: [", 4), BX_EMISUSE);
    assert_int_equal(bx_job_build(job, take, &none), BX_EDATA);
    assert_int_equal(none.n, 0);
    bx_job_close(job);
    bx_press_close(press);
    bx_job_close(NULL);
    bx_press_close(NULL);
}

static bool stop(void *user, const void *p, size_t n) {
    (void)p;
    (void)n;
    return (*(int *)user)++ < 1;
}

static void stops_when_told(void **state) {
    (void)state;
    bx_press *press;
    bx_job *job;
    bx_press_options options = {.layout_folders = layouts, .font_folders = fonts};
    assert_int_equal(bx_press_open(&options, &press), BX_OK);
    assert_int_equal(bx_job_open(press, NULL, &job), BX_OK);
    assert_int_equal(bx_job_read(job, "issue.yaml", issue, sizeof issue - 1), BX_OK);
    int calls = 0;
    assert_int_equal(bx_job_build(job, stop, &calls), BX_EIO);
    assert_int_equal(calls, 2);
    bx_job_close(job);
    bx_press_close(press);
}

typedef struct failing {
    atomic_long left;  /* allocations that still succeed */
    atomic_long alive; /* blocks that were not freed */
} failing;

static void *allocate(void *user, void *old, size_t size) {
    failing *f = user;
    if (size == 0) {
        f->alive -= old != NULL;
        free(old);
        return NULL;
    }
    if (f->left-- <= 0)
        return NULL;
    f->alive += old == NULL;
    return realloc(old, size);
}

/* The n-th allocation fails, for every n; under sanitizers, which take long, n grows by a tenth. */
static void fail_everywhere(unsigned threads) {
    bx_status status = BX_ENOMEM;
    long n = 0;
    for (; status == BX_ENOMEM; n += BX_SLOW ? 1 + n / 10 : 1) {
        failing f = {.left = n};
        bx_press *press;
        bx_press_options options = {
            .layout_folders = layouts, .font_folders = fonts, .allocate = allocate, .user = &f};
        status = bx_press_open(&options, &press);
        if (status == BX_OK) {
            bytes out = {0};
            status = build(press, threads, &out);
            free(out.p);
        }
        bx_press_close(press);
        assert_int_equal(f.alive, 0);
    }
    assert_int_equal(status, BX_OK);
    assert_true(n > 20);
}

static void survives_failing_memory(void **state) {
    (void)state;
    fail_everywhere(1);
}

static void survives_failing_memory_with_two_threads(void **state) {
    (void)state;
    fail_everywhere(2);
}

typedef struct worker {
    pthread_t thread;
    bx_press *press;
    bx_status status;
    bytes out;
} worker;

static void *work(void *user) {
    worker *w = user;
    w->status = build(w->press, 2, &w->out);
    return NULL;
}

static void serves_threads(void **state) {
    (void)state;
    enum { N = 4 };
    worker w[N] = {0};
    bx_press *press;
    bx_press_options options = {.layout_folders = layouts, .font_folders = fonts};
    assert_int_equal(bx_press_open(&options, &press), BX_OK);
    for (int i = 0; i < N; i++) {
        w[i].press = press;
        assert_int_equal(pthread_create(&w[i].thread, NULL, work, &w[i]), 0);
    }
    for (int i = 0; i < N; i++)
        pthread_join(w[i].thread, NULL);
    for (int i = 0; i < N; i++) {
        assert_int_equal(w[i].status, BX_OK);
        assert_int_equal(w[i].out.n, w[0].out.n);
        assert_memory_equal(w[i].out.p, w[0].out.p, w[0].out.n);
    }
    for (int i = 0; i < N; i++)
        free(w[i].out.p);
    bx_press_close(press);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(builds_the_same_with_any_threads),
        cmocka_unit_test(sees_changed_layouts),
        cmocka_unit_test(refuses_misuse),
        cmocka_unit_test(stops_when_told),
        cmocka_unit_test(survives_failing_memory),
        cmocka_unit_test(survives_failing_memory_with_two_threads),
        cmocka_unit_test(serves_threads),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
