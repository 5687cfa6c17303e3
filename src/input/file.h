/* Reading from a descriptor: shared by source_file.c and fence.c. */
#ifndef BX_INPUT_FILE_H
#define BX_INPUT_FILE_H

#include "base/str.h"

typedef enum bx_read_status { BX_READ_OK, BX_READ_FAILED, BX_READ_LIMIT } bx_read_status;

/* All bytes to the end, at most `limit` of them. */
bx_read_status bx_read_fd(bx_arena *arena, int fd, uint32_t limit, bx_str *out);

#endif
