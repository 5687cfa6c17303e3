#include "base/aside.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
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

/* The name's beginning tells whose it is; a name may be as long as the file system allows. */
static void name_it(bx_aside *a, unsigned attempt) {
    enum { MOST = 200 }; /* bytes */
    int n = (int)strnlen(a->name, MOST + 1);
    if (n > MOST)
        for (n = MOST; n > 0 && ((unsigned char)a->name[n] & 0xC0) == 0x80;)
            n--;
    snprintf(a->temporary, sizeof a->temporary, ".%.*s.%ld-%u.tmp", n, a->name, (long)getpid(),
             attempt);
}

static bool open_named(bx_aside *a) {
    hold_signals(a);
    for (unsigned attempt = 0; attempt < ATTEMPTS; attempt++) {
        name_it(a, attempt);
        a->file = openat(a->folder, a->temporary, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0666);
        a->named = a->file >= 0;
        if (a->named || errno != EEXIST)
            break;
    }
    if (!a->named)
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

/* Gives a nameless file its name. A file that is there already must be renamed over, so the new one
 * gets a temporary name for a moment. */
static bool link_file(bx_aside *a) {
    char self[64];
    snprintf(self, sizeof self, "/proc/self/fd/%d", a->file);
    if (!a->over && linkat(AT_FDCWD, self, a->folder, a->name, AT_SYMLINK_FOLLOW) == 0)
        return true;
    if (!a->over && errno != EEXIST)
        return false;
    for (unsigned attempt = 0; attempt < ATTEMPTS && !a->named; attempt++) {
        name_it(a, attempt);
        a->named = linkat(AT_FDCWD, self, a->folder, a->temporary, AT_SYMLINK_FOLLOW) == 0;
        if (!a->named && errno != EEXIST)
            return false;
    }
    return a->named;
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
    if (a->file >= 0)
        close(a->file);
    if (a->named)
        unlinkat(a->folder, a->temporary, 0);
    free_signals(a);
    a->file = -1;
    a->named = false;
    errno = error;
}
