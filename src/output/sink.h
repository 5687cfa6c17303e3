/* Where finished bytes go. */
#ifndef BX_OUTPUT_SINK_H
#define BX_OUTPUT_SINK_H

#include <stdbool.h>
#include <stddef.h>

typedef struct bx_sink {
    bool (*write)(void *user, const void *bytes, size_t n); /* false: stop, the output failed */
    void *user;
} bx_sink;

#endif
