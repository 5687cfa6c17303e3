/* A file that is written aside and then takes its place at once, so that at every moment what
 * stands there is the older file or the new one, whole.
 *
 * It has no name until it is put in its place (O_TMPFILE): a program killed at any moment leaves
 * nothing. Where the file system has no such files a named one serves, with signals held back while
 * it exists. One thread. */
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
