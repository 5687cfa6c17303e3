/* Small works on files that batch/ shares. */
#ifndef BX_BATCH_FILE_H
#define BX_BATCH_FILE_H

#include "base/hash.h"

/* All of a regular file, below 4 GB. False: errno says why. */
bool bx_file_read(bx_arena *arena, const char *path, bx_str *bytes);

/* The path up to its last slash, which belongs to it; empty: there is none. */
bx_str bx_folder_of(bx_str path);

/* Makes the folder and those above it, and syncs the names of those that were not there. False:
 * errno says why. */
bool bx_folders_make(bx_arena *arena, bx_str folder);

/* Syncs the names that stand in a folder. One that cannot be synced holds good files all the same.
 */
void bx_folder_sync(bx_arena *arena, bx_str folder);

/* Writes a file beside the place that it is to have, with the permissions of what stands there, and
 * syncs it. Its name; NULL: errno says why, and nothing is left. */
const char *bx_file_aside(bx_arena *arena, const char *path, bx_str bytes);
/* Gives such a file its place. False: errno says why, what stood there stands there still, and the
 * file is gone. */
bool bx_file_put(const char *aside, const char *path);
/* Both. */
bool bx_file_replace(bx_arena *arena, const char *path, bx_str bytes);

/* All bytes, whatever interrupts. */
bool bx_write_all(int fd, const char *bytes, size_t n);

#endif
