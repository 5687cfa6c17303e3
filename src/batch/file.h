/* Small works on files that batch/ shares. */
#ifndef BX_BATCH_FILE_H
#define BX_BATCH_FILE_H

#include "base/aside.h"
#include "base/hash.h"

/* All of a regular file, below 4 GB. False: errno says why. */
bool bx_file_read(bx_arena *arena, const char *path, bx_str *bytes);

/* The path up to its last slash, which belongs to it; empty: there is none. */
bx_str bx_folder_of(bx_str path);

/* What an errno of these functions means. */
const char *bx_file_reason(int error);

/* Makes the folder and those above it, and syncs the names of those that were not there. False:
 * errno says why. */
bool bx_folders_make(bx_arena *arena, bx_str folder);

/* Syncs the names that stand in a folder. One that cannot be synced holds good files all the same.
 */
void bx_folder_sync(bx_arena *arena, bx_str folder);

/* Writes a file that is to take its place (base/aside.h), with the permissions of what stands
 * there. False: errno says why, and nothing is left. */
bool bx_file_aside(bx_arena *arena, const char *path, bx_str bytes, bx_aside *aside);
/* Gives it its place. False: errno says why, and what stood there stands there still. */
bool bx_file_put(bx_aside *aside);
/* Or takes it away. */
void bx_file_drop(bx_aside *aside);
/* The first two. */
bool bx_file_replace(bx_arena *arena, const char *path, bx_str bytes);

/* All bytes, whatever interrupts. */
bool bx_write_all(int fd, const char *bytes, size_t n);

#endif
