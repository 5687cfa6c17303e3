/* A file that is written aside and then takes its place at once, so that at every moment what
 * stands there is the older file or the new one, whole.
 *
 * It has no name until it is put in its place (O_TMPFILE), so that a program killed before leaves
 * nothing. A file that is to be written over costs it a temporary name between two calls of the
 * system, and a file system without nameless files (NFS) for as long as it is written. Signals are
 * held back while it has one; what SIGKILL leaves is taken away by the next that needs the name, as
 * nobody has it locked. One thread. */
#ifndef BX_BASE_ASIDE_H
#define BX_BASE_ASIDE_H

#include <signal.h>
#include <stdbool.h>
#include <sys/types.h>

typedef struct bx_aside {
    int folder;          /* descriptor, borrowed */
    const char *name;    /* in the folder, borrowed */
    int file;            /* descriptor to write to; -1: none */
    bool over;           /* a file of the name is to be written over … */
    mode_t mode;         /* … and these are its permissions */
    bool named;          /* it has its temporary name */
    char temporary[256]; /* NAME_MAX and the end */
    bool holds_signals;
    sigset_t signals;
} bx_aside;

/* The descriptor that a path such as /dev/stdout or /dev/fd/3 names, or -1. Opening these anew
 * would lose the place that the descriptor has in its file, and putting another file in the place
 * of that one what is still to be written to it. */
int bx_descriptor_of(const char *path);

/* False: errno says why; there is nothing to drop. */
bool bx_aside_open(bx_aside *aside, int folder, const char *name);

/* Syncs it and gives it its place; the folder is not synced. False: errno says why, and what stood
 * there stands there still. The file is to be dropped all the same. */
bool bx_aside_put(bx_aside *aside);

/* Closes it; what was not put in its place goes. errno stays. */
void bx_aside_drop(bx_aside *aside);

#endif
