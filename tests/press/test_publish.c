/* Publishing: all or nothing, whatever stands at the path. */
#include "press/publish.h"
#include "support/cmocka_all.h"
#include "support/golden.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

typedef struct fixture {
    bx_memory memory;
    bx_arena *arena;
    bx_report *report;
    char folder[64];
} fixture;

static int set_up(void **state) {
    fixture *f = calloc(1, sizeof *f);
    f->arena = bx_arena_new(&f->memory);
    f->report = bx_report_new(f->arena, bx_sources_new(f->arena));
    strcpy(f->folder, "/tmp/banxin-publish-XXXXXX");
    *state = f;
    return mkdtemp(f->folder) ? 0 : -1;
}

static int tear_down(void **state) {
    fixture *f = *state;
    bx_arena_drop(f->arena);
    char command[128];
    snprintf(command, sizeof command, "rm -rf %s", f->folder);
    int code = system(command);
    free(f);
    return code;
}

static const char *in_folder(fixture *f, const char *name) {
    return bx_str_fmt(f->arena, "%s/%s", f->folder, name).p;
}

static void put(fixture *f, const char *name, const char *text) {
    FILE *file = fopen(in_folder(f, name), "wb");
    assert_non_null(file);
    fputs(text, file);
    assert_int_equal(fclose(file), 0);
}

static void assert_file(fixture *f, const char *name, const char *text) {
    bx_str bytes = bx_test_file(f->arena, in_folder(f, name));
    assert_true(bx_str_is(bytes, text));
}

/* Entries of the folder, . and .. left out. */
static int count(fixture *f) {
    char command[128];
    snprintf(command, sizeof command, "ls -A %s | wc -l", f->folder);
    FILE *p = popen(command, "r");
    int n = -1;
    assert_int_equal(fscanf(p, "%d", &n), 1);
    pclose(p);
    return n;
}

static bool publish(fixture *f, const char *path, const char *text) {
    bx_publication *p = bx_publish_open(f->arena, bx_str_of(path), (bx_str){0}, f->report);
    return p && bx_publish_write(p, text, strlen(text)) && bx_publish_commit(p, f->report);
}

static void makes_a_file(void **state) {
    fixture *f = *state;
    assert_true(publish(f, in_folder(f, "new.pdf"), "new"));
    assert_file(f, "new.pdf", "new");
    assert_int_equal(count(f), 1);
}

static void replaces_and_keeps_the_mode(void **state) {
    fixture *f = *state;
    put(f, "a.pdf", "old");
    assert_int_equal(chmod(in_folder(f, "a.pdf"), 0640), 0);
    assert_true(publish(f, in_folder(f, "a.pdf"), "new"));
    assert_file(f, "a.pdf", "new");
    struct stat at;
    assert_int_equal(stat(in_folder(f, "a.pdf"), &at), 0);
    assert_int_equal(at.st_mode & 0777, 0640);
    assert_int_equal(count(f), 1);
}

static void changes_nothing_without_commit(void **state) {
    fixture *f = *state;
    put(f, "a.pdf", "old");
    bx_publication *p =
        bx_publish_open(f->arena, bx_str_of(in_folder(f, "a.pdf")), (bx_str){0}, f->report);
    assert_non_null(p);
    assert_true(bx_publish_write(p, "half", 4));
    assert_file(f, "a.pdf", "old");
    bx_arena_drop(f->arena);
    f->arena = bx_arena_new(&f->memory);
    assert_file(f, "a.pdf", "old");
    assert_int_equal(count(f), 1);
}

/* Killed between two writes, nothing is left: the file has no name yet. */
static void leaves_nothing_when_killed(void **state) {
    fixture *f = *state;
    put(f, "a.pdf", "old");
    pid_t child = fork();
    if (child == 0) {
        bx_publication *p =
            bx_publish_open(f->arena, bx_str_of(in_folder(f, "a.pdf")), (bx_str){0}, f->report);
        if (p && bx_publish_write(p, "half", 4))
            kill(getpid(), SIGKILL);
        _exit(1);
    }
    int status;
    waitpid(child, &status, 0);
    assert_true(WIFSIGNALED(status));
    assert_file(f, "a.pdf", "old");
    assert_int_equal(count(f), 1);
}

static void follows_a_link(void **state) {
    fixture *f = *state;
    put(f, "real.pdf", "old");
    assert_int_equal(symlink("real.pdf", in_folder(f, "link.pdf")), 0);
    assert_true(publish(f, in_folder(f, "link.pdf"), "new"));
    assert_file(f, "real.pdf", "new");
    struct stat at;
    assert_int_equal(lstat(in_folder(f, "link.pdf"), &at), 0);
    assert_true(S_ISLNK(at.st_mode));
}

static void assert_refused(fixture *f, const char *path, const char *input, const char *why) {
    uint32_t before = f->report->errors;
    assert_null(bx_publish_open(f->arena, bx_str_of(path), bx_str_of(input), f->report));
    assert_int_equal(f->report->errors, before + 1);
    const bx_diag *d = &f->report->list.at[f->report->list.n - 1];
    assert_int_equal(d->code, BX_D_OUTPUT);
    assert_true(bx_str_find(d->message, bx_str_of(why)) >= 0);
    assert_int_equal(bx_sources_place(f->report->sources, d->span.source, 0).line, 1);
}

static void refuses_what_cannot_be(void **state) {
    fixture *f = *state;
    put(f, "issue.yaml", "title: x");
    const char *issue = in_folder(f, "issue.yaml");
    assert_refused(f, in_folder(f, "missing/a.pdf"), "", "folder is not there");
    assert_refused(f, f->folder, "", "is a folder");
    assert_refused(f, in_folder(f, "b/"), "", "no file name");
    assert_refused(f, issue, issue, "issue's own file");
    assert_int_equal(symlink("issue.yaml", in_folder(f, "soft")), 0);
    assert_refused(f, in_folder(f, "soft"), issue, "issue's own file");
    assert_int_equal(link(issue, in_folder(f, "hard")), 0);
    assert_refused(f, in_folder(f, "hard"), issue, "issue's own file");
    assert_refused(f, in_folder(f, "issue.yaml/x.pdf"), "", "cannot open");
    assert_file(f, "issue.yaml", "title: x");
    assert_int_equal(count(f), 3);
}

static void tells_of_a_full_device(void **state) {
    fixture *f = *state;
    assert_false(publish(f, "/dev/full", "bytes"));
    const bx_diag *d = &f->report->list.at[f->report->list.n - 1];
    assert_int_equal(d->code, BX_D_OUTPUT);
    assert_true(bx_str_find(d->message, bx_str_of(strerror(ENOSPC))) >= 0);
}

/* A descriptor's own place in its file is kept, and nothing arrives before the commit. */
static void writes_to_a_descriptor(void **state) {
    fixture *f = *state;
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    const char *path = bx_str_fmt(f->arena, "/dev/fd/%d", ends[1]).p;
    bx_publication *p = bx_publish_open(f->arena, bx_str_of(path), (bx_str){0}, f->report);
    assert_non_null(p);
    assert_true(bx_publish_write(p, "pdf", 3));
    char got[8];
    fcntl(ends[0], F_SETFL, O_NONBLOCK);
    assert_int_equal(read(ends[0], got, sizeof got), -1);
    assert_true(bx_publish_commit(p, f->report));
    assert_int_equal(read(ends[0], got, sizeof got), 3);
    close(ends[0]);
    close(ends[1]);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(makes_a_file),
        TEST(replaces_and_keeps_the_mode),
        TEST(changes_nothing_without_commit),
        TEST(leaves_nothing_when_killed),
        TEST(follows_a_link),
        TEST(refuses_what_cannot_be),
        TEST(tells_of_a_full_device),
        TEST(writes_to_a_descriptor),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
