/* Memory that is freed all at once.
 *
 * An arena hands out zeroed, aligned memory and frees it in one call. Foreign objects (hb_buffer_t,
 * FILE, HPDF_Doc) are bound to it with bx_defer and released in reverse order, so stage code has
 * neither free() nor error paths for memory: when an allocation fails, control goes to the trap
 * that the public call has set, and that call drops its arenas and returns BX_ENOMEM.
 *
 * Rule: never let a trap cross a foreign library's frames. Code that a library calls back must use
 * memory it was handed, or bx_try_alloc.
 *
 * Threads: a bx_memory and the arenas on it belong to one thread at a time. */
#ifndef BX_BASE_ARENA_H
#define BX_BASE_ARENA_H

#include <setjmp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum bx_over { BX_OVER_NOTHING, BX_OVER_MEMORY, BX_OVER_TIME } bx_over;

typedef struct bx_memory {
    /* realloc's meaning: size 0 frees and returns NULL. NULL: the C library's realloc and free. */
    void *(*allocate)(void *user, void *old, size_t size);
    void *user;
    jmp_buf *trap;       /* where a failed allocation goes; NULL: abort() */
    size_t in_use, peak; /* bytes held by arenas now, and at most so far */
    size_t elsewhere;    /* bytes that another thread holds for this one; they count, too */
    /* What the thread may use. Beyond it an allocation fails, and says which: whoever set the trap
     * can tell the user. 0: no limit. */
    size_t most;
    uint64_t deadline; /* nanoseconds of the thread's processor time; 0: none */
    bx_over over;
    uint64_t soonest,
        soonest_of; /* when, on the wall, that deadline may be over: the arena's own */
} bx_memory;

typedef struct bx_arena bx_arena;

/* An empty arena on `memory`, which must outlive it. Goes to the trap when there is no memory. */
bx_arena *bx_arena_new(bx_memory *memory);

/* Runs what was deferred, last first, and frees everything. NULL is allowed. */
void bx_arena_drop(bx_arena *arena);

/* An empty arena on the same memory, dropped with this one: for what is rewound again and again. */
bx_arena *bx_arena_side(bx_arena *arena);

/* Runs what was deferred, last first, and frees everything that is in it: for a side whose time is
 * over before that of its arena. */
void bx_arena_clear(bx_arena *arena);

/* Counts an arena to other memory of the same allocator, which must outlive it and then owns it:
 * for what one thread has made and others will read. Under the lock of `memory`, if it has one. */
void bx_arena_move(bx_arena *arena, bx_memory *memory);

/* Everything allocated or deferred after the mark goes; the arena's chunks are kept for reuse. */
typedef struct bx_mark {
    void *defers;
    size_t chunk, used;
} bx_mark;
bx_mark bx_arena_mark(bx_arena *arena);
void bx_arena_rewind(bx_arena *arena, bx_mark mark);

/* `size` zeroed bytes aligned for any type; never NULL (size 0 gives a valid pointer). */
void *bx_alloc(bx_arena *arena, size_t size);
/* n × size, with overflow treated as a failed allocation. */
void *bx_alloc_n(bx_arena *arena, size_t n, size_t size);
/* The same two, but not zeroed: for what is written before it is read. Of a large buffer that is
 * hardly filled, only the pages that are used cost anything. */
void *bx_alloc_raw(bx_arena *arena, size_t size);
void *bx_alloc_raw_n(bx_arena *arena, size_t n, size_t size);
/* Gives back the end of the latest allocation, of which only `used` bytes are wanted. */
void bx_trim(bx_arena *arena, void *latest, size_t used);
/* Makes the latest allocation larger where it stands; what is new is not zeroed. False: it is not
 * the latest one, or there is no room. */
bool bx_extend(bx_arena *arena, void *latest, size_t size, size_t wanted);
/* Makes an allocation that fills a chunk of its own, because it is larger than chunks are, larger;
 * it may move, with what is in it, and nothing is left behind. NULL: it is not of that kind, or
 * there is no memory. */
void *bx_enlarge(bx_arena *arena, void *large, size_t size, size_t wanted);
/* Zeroed; NULL on failure: for code that a foreign library calls. */
void *bx_try_alloc(bx_arena *arena, size_t size);

/* Calls release(object) when the arena is dropped or rewound past here. If the registration itself
 * fails, the object is released before control goes to the trap. */
void bx_defer(bx_arena *arena, void (*release)(void *), void *object);

/* Goes to the trap when the time is up: for loops that may run long without asking for memory. */
void bx_memory_check_time(bx_memory *memory);
/* Nanoseconds until then; 0: no limit. */
uint64_t bx_memory_time_left(const bx_memory *memory);
/* Another thread has worked so long for this one: it counts, too. */
void bx_memory_spend_time(bx_memory *memory, uint64_t nanoseconds);

/* Goes to the trap: for a foreign library that reported that it is out of memory. */
_Noreturn void bx_out_of_memory(bx_arena *arena);

bx_memory *bx_arena_memory(const bx_arena *arena);

#define bx_new(arena, type) ((type *)bx_alloc((arena), sizeof(type)))
#define bx_new_n(arena, type, n) ((type *)bx_alloc_n((arena), (n), sizeof(type)))

#endif
