/* Publishing a file: all of it, or what stood there before.
 *
 * The bytes go to a file without a name in the same folder, which is synced and then given its name
 * (base/aside.h says what a killed program can leave, and who takes it away).
 * Without power, too, a name is never one of a half file; that it is not lost itself takes a sync
 * of the folder, which is a step of its own: who publishes many files into one syncs it now and
 * then. Devices, pipes and the standard output get the bytes at the end, when all are there. */
#ifndef BX_PRESS_PUBLISH_H
#define BX_PRESS_PUBLISH_H

#include "base/diag.h"

typedef struct bx_publication bx_publication;

/* Opens `path` for publishing; "-" and /dev/stdout are the standard output, /dev/fd/N is that
 * descriptor. `input` is the path of a file that must not be written over, or empty. NULL after an
 * error (BX_D_OUTPUT). Dropping the arena without a commit leaves everything as it was. */
bx_publication *bx_publish_open(bx_arena *arena, bx_str path, bx_str input, bx_report *report);

/* A bx_sink's write. False: the disk is full, or another error that bx_publish_commit will tell. */
bool bx_publish_write(void *publication, const void *bytes, size_t n);

/* Makes what was written the file. False after an error, and then nothing has changed. */
bool bx_publish_commit(bx_publication *publication, bx_report *report);

/* Syncs the folder of a file that was committed. One that cannot be synced holds a good file all
 * the same, so there is nothing to tell. */
void bx_publish_sync_folder(bx_publication *publication);

#endif
