/* Whether two names are of one file: by what the system says of both. */
#ifndef BX_BASE_SAME_FILE_H
#define BX_BASE_SAME_FILE_H

#include <stdbool.h>
#include <sys/stat.h>

static inline bool bx_is_same_file(const struct stat *a, const struct stat *b) {
    return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

#endif
