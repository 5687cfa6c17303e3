/* Growing arrays in an arena.
 *
 *     BX_VEC(int) v = {0};
 *     bx_push(arena, &v, 7);
 *     for (uint32_t i = 0; i < v.n; i++) use(v.at[i]);
 *
 * Growth doubles, and what was outgrown stays in the arena: at most as much again as is in use. */
#ifndef BX_BASE_VEC_H
#define BX_BASE_VEC_H

#include "base/arena.h"

#include <string.h>

#define BX_VEC(type)                                                                               \
    struct {                                                                                       \
        type *at;                                                                                  \
        uint32_t n, cap;                                                                           \
    }

/* Make room for one more element, for `wanted` in all; what is beyond n is not zeroed. Used by the
 * macros. */
void *bx_vec_grow(bx_arena *arena, void *at, uint32_t n, uint32_t *cap, size_t size);
void *bx_vec_resize(bx_arena *arena, void *at, uint32_t n, uint32_t *cap, uint32_t wanted,
                    size_t size);

/* Makes room for at least `count` elements in all, where their number is known beforehand. */
#define bx_reserve(arena, v, count)                                                                \
    ((v)->at = (count) <= (v)->cap ? (v)->at                                                       \
                                   : bx_vec_resize((arena), (v)->at, (v)->n, &(v)->cap, (count),   \
                                                   sizeof *(v)->at))

/* Appends a value. */
#define bx_push(arena, v, ...)                                                                     \
    ((v)->at = (v)->n < (v)->cap ? (v)->at                                                         \
                                 : bx_vec_grow((arena), (v)->at, (v)->n, &(v)->cap,                \
                                               sizeof *(v)->at),                                   \
     (v)->at[(v)->n++] = (__VA_ARGS__))

/* Appends a zeroed element and yields its address (valid until the next push). */
#define bx_push_zero(arena, v)                                                                     \
    ((v)->at = (v)->n < (v)->cap ? (v)->at                                                         \
                                 : bx_vec_grow((arena), (v)->at, (v)->n, &(v)->cap,                \
                                               sizeof *(v)->at),                                   \
     memset(&(v)->at[(v)->n], 0, sizeof *(v)->at), &(v)->at[(v)->n++])

#endif
