#include "base/aside.h"

#include "base/same_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum { ATTEMPTS = 100 };

int bx_descriptor_of(const char *path) {
    static const char *const folders[] = {"/dev/fd/", "/proc/self/fd/"};
    enum { MOST = 6 }; /* digits */
    if (strcmp(path, "/dev/stdout") == 0)
        return STDOUT_FILENO;
    if (strcmp(path, "/dev/stderr") == 0)
        return STDERR_FILENO;
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        size_t n = strlen(folders[i]);
        const char *digits = path + n;
        if (strncmp(path, folders[i], n) == 0 && *digits && strlen(digits) <= MOST &&
            strspn(digits, "0123456789") == strlen(digits))
            return atoi(digits);
    }
    return -1;
}

static void hold_signals(bx_aside *a) {
    sigset_t all;
    if (a->holds_signals)
        return;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &a->signals);
    a->holds_signals = true;
}

static void free_signals(bx_aside *a) {
    if (a->holds_signals)
        pthread_sigmask(SIG_SETMASK, &a->signals, NULL);
    a->holds_signals = false;
}

/* Whether /proc is there, which gives a nameless file its name. */
static bool can_link(void) { return access("/proc/self/fd", X_OK) == 0; }

/* The name's beginning tells whose it is; a name may be as long as the file system allows. It is
 * the same in each run, so that the next run finds what a killed one left. */
static void name_it(bx_aside *a, unsigned attempt) {
    enum { MOST = 200 }; /* bytes */
    int n = (int)strnlen(a->name, MOST + 1);
    if (n > MOST)
        for (n = MOST; n > 0 && ((unsigned char)a->name[n] & 0xC0) == 0x80;)
            n--;
    snprintf(a->temporary, sizeof a->temporary, ".%.*s.banxin-%u.tmp", n, a->name, attempt);
}

static bool has_name(int file, int folder, const char *name) {
    struct stat it, named;
    return fstat(file, &it) == 0 && fstatat(folder, name, &named, AT_SYMLINK_NOFOLLOW) == 0 &&
           bx_is_same_file(&it, &named);
}

/* A file aside is locked as long as somebody writes it, and the lock goes with its program. Takes
 * away one that stands under the temporary name and that nobody has locked. */
static bool clear_name(const bx_aside *a) {
    int left = openat(a->folder, a->temporary, O_WRONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (left < 0)
        return errno == ENOENT;
    bool good = flock(left, LOCK_EX | LOCK_NB) == 0 && has_name(left, a->folder, a->temporary) &&
                unlinkat(a->folder, a->temporary, 0) == 0;
    close(left);
    return good;
}

/* Whoever clears names may have come between the file's birth and its lock. Where there are no
 * locks nobody clears. */
static bool lock_named(bx_aside *a) {
    if ((flock(a->file, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK) &&
        has_name(a->file, a->folder, a->temporary))
        return true;
    close(a->file);
    a->file = -1;
    return false;
}

static int create_file(bx_aside *a) {
    a->file = openat(a->folder, a->temporary, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0666);
    return a->file < 0 ? errno : lock_named(a) ? 0 : EEXIST;
}

static int link_as(const bx_aside *a, const char *name) {
    char self[64];
    snprintf(self, sizeof self, "/proc/self/fd/%d", a->file);
    return linkat(AT_FDCWD, self, a->folder, name, AT_SYMLINK_FOLLOW) == 0 ? 0 : errno;
}

static int link_temporary(bx_aside *a) { return link_as(a, a->temporary); }

/* Tries temporary names until one is free; take() gives it to the file, or says by an errno why it
 * cannot have it. */
static bool take_name(bx_aside *a, int (*take)(bx_aside *)) {
    int error = EEXIST;
    for (unsigned attempt = 0; attempt < ATTEMPTS && error == EEXIST; attempt++) {
        name_it(a, attempt);
        error = take(a);
        if (error == EEXIST && clear_name(a))
            error = take(a);
    }
    a->named = error == 0;
    errno = error;
    return a->named;
}

static bool open_named(bx_aside *a) {
    hold_signals(a);
    if (!take_name(a, create_file))
        free_signals(a);
    return a->named;
}

bool bx_aside_open(bx_aside *a, int folder, const char *name) {
    struct stat at;
    *a = (bx_aside){.folder = folder, .name = name, .file = -1};
    a->over = fstatat(folder, name, &at, 0) == 0;
    a->mode = a->over ? at.st_mode & 0777 : 0;
    if (can_link())
        a->file = openat(folder, ".", O_TMPFILE | O_WRONLY | O_CLOEXEC, 0666);
    return a->file >= 0 || open_named(a);
}

/* Gives a nameless file its name. The system can only rename over a file that is there already, so
 * the new one gets a temporary name for a moment. */
static bool link_file(bx_aside *a) {
    int error = a->over ? EEXIST : link_as(a, a->name);
    errno = error;
    if (error != EEXIST)
        return error == 0;
    flock(a->file, LOCK_EX | LOCK_NB);
    return take_name(a, link_temporary);
}

bool bx_aside_put(bx_aside *a) {
    if (a->over && fchmod(a->file, a->mode) != 0)
        return false;
    if (fsync(a->file) != 0 && errno != EINVAL)
        return false;
    hold_signals(a);
    if (!a->named && !link_file(a))
        return false;
    if (a->named && renameat(a->folder, a->temporary, a->folder, a->name) != 0)
        return false;
    a->named = false;
    free_signals(a);
    return true;
}

void bx_aside_drop(bx_aside *a) {
    int error = errno;
    if (a->named) /* while it is locked: then the name may be another's */
        unlinkat(a->folder, a->temporary, 0);
    if (a->file >= 0)
        close(a->file);
    free_signals(a);
    a->file = -1;
    a->named = false;
    errno = error;
}
