/* Files that are written aside: what a killed program left goes with the next, what somebody writes
 * stays, and nothing else is touched. */
#include "support/cmocka_all.h"

#include "base/aside.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *const LEFT = ".out.banxin-0.tmp";

typedef struct place {
    char path[32];
    int folder;
} place;

static place place_make(void) {
    place p = {.path = "/tmp/banxin-aside-XXXXXX"};
    assert_non_null(mkdtemp(p.path));
    p.folder = open(p.path, O_RDONLY | O_DIRECTORY);
    assert_true(p.folder >= 0);
    return p;
}

static int place_write(const place *p, const char *name, const char *text) {
    int file = openat(p->folder, name, O_CREAT | O_TRUNC | O_WRONLY, 0644);
    assert_int_equal(write(file, text, strlen(text)), (ssize_t)strlen(text));
    return file;
}

static bool place_has(const place *p, const char *name, const char *text) {
    char bytes[64] = "";
    int file = openat(p->folder, name, O_RDONLY);
    if (file < 0)
        return false;
    bool same = read(file, bytes, sizeof bytes - 1) >= 0 && strcmp(bytes, text) == 0;
    close(file);
    return same;
}

static bool is_there(const place *p, const char *name) {
    struct stat st;
    return fstatat(p->folder, name, &st, AT_SYMLINK_NOFOLLOW) == 0;
}

static void place_drop(place *p, const char *const names[]) {
    for (; *names; names++)
        assert_int_equal(unlinkat(p->folder, *names, 0), 0);
    close(p->folder);
    assert_int_equal(rmdir(p->path), 0); /* nothing else is there */
}

static bool replace(const place *p, const char *text) {
    bx_aside a;
    bool good = bx_aside_open(&a, p->folder, "out") &&
                write(a.file, text, strlen(text)) == (ssize_t)strlen(text) && bx_aside_put(&a);
    bx_aside_drop(&a);
    return good;
}

static void takes_its_place(void **state) {
    (void)state;
    place p = place_make();
    assert_true(replace(&p, "first"));
    assert_true(place_has(&p, "out", "first"));
    assert_true(replace(&p, "second"));
    assert_true(place_has(&p, "out", "second"));
    place_drop(&p, (const char *const[]){"out", NULL});
}

static void clears_what_was_left(void **state) {
    (void)state;
    place p = place_make();
    close(place_write(&p, "out", "older"));
    close(place_write(&p, LEFT, "left"));
    assert_true(replace(&p, "newer"));
    assert_true(place_has(&p, "out", "newer"));
    place_drop(&p, (const char *const[]){"out", NULL});
}

static void keeps_what_is_being_written(void **state) {
    (void)state;
    place p = place_make();
    close(place_write(&p, "out", "older"));
    int other = place_write(&p, LEFT, "another's");
    assert_int_equal(flock(other, LOCK_EX), 0);
    assert_true(replace(&p, "newer"));
    assert_true(place_has(&p, "out", "newer"));
    assert_true(place_has(&p, LEFT, "another's"));
    close(other);
    place_drop(&p, (const char *const[]){"out", LEFT, NULL});
}

static void follows_no_link(void **state) {
    (void)state;
    place p = place_make();
    close(place_write(&p, "out", "older"));
    close(place_write(&p, "secret", "kept"));
    assert_int_equal(symlinkat("secret", p.folder, LEFT), 0);
    assert_true(replace(&p, "newer"));
    assert_true(place_has(&p, "secret", "kept"));
    assert_true(is_there(&p, LEFT));
    place_drop(&p, (const char *const[]){"out", "secret", LEFT, NULL});
}

/* Where there is no /proc a file cannot get its name later, and has one from the start. In a
 * process of its own; 2: this user may not change the root. */
static int replace_without_proc(const place *p) {
    if (chroot(p->path) != 0)
        return 2;
    bx_aside a;
    bool good = bx_aside_open(&a, p->folder, "out") && a.named && !is_there(p, "out") &&
                place_has(p, LEFT, "") && write(a.file, "new", 3) == 3;
    bool another = replace(p, "another's"); /* beside the one in work */
    good = good && another && place_has(p, LEFT, "new") && bx_aside_put(&a) &&
           place_has(p, "out", "new");
    bx_aside_drop(&a);
    return good ? 0 : 1;
}

static void serves_with_a_name(void **state) {
    (void)state;
    place p = place_make();
    close(place_write(&p, LEFT, "left by somebody"));
    pid_t child = fork();
    if (child == 0)
        _exit(replace_without_proc(&p));
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    if (WEXITSTATUS(status) == 2) {
        place_drop(&p, (const char *const[]){LEFT, NULL});
        skip();
    }
    assert_int_equal(WEXITSTATUS(status), 0);
    place_drop(&p, (const char *const[]){"out", NULL});
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(takes_its_place),
        cmocka_unit_test(clears_what_was_left),
        cmocka_unit_test(keeps_what_is_being_written),
        cmocka_unit_test(follows_no_link),
        cmocka_unit_test(serves_with_a_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
