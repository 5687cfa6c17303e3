#include "base/arena.h"

#include "base/clock.h"

#include <stdlib.h>
#include <string.h>

enum { CHUNK_MIN = 32 * 1024, CHUNK_MAX = 1024 * 1024 };

typedef struct chunk {
    struct chunk *next; /* older chunks when in use, further spares when spare */
    size_t size, used;  /* of the bytes that follow */
    size_t number;      /* larger than that of older chunks, 1 or more */
    max_align_t bytes[];
} chunk;

typedef struct deferred {
    struct deferred *next;
    void (*release)(void *);
    void *object;
} deferred;

struct bx_arena {
    bx_memory *memory;
    chunk *chunks; /* newest first */
    chunk *spare;  /* kept by a rewind */
    deferred *defers;
    size_t next_size;
};

static void *memory_resize(bx_memory *memory, void *old, size_t size) {
    if (memory->allocate)
        return memory->allocate(memory->user, old, size);
    if (size == 0) {
        free(old);
        return NULL;
    }
    return realloc(old, size);
}

static _Noreturn void fail(bx_memory *memory) {
    if (!memory->trap)
        abort();
    longjmp(*memory->trap, 1);
}

/* The thread's time runs no faster than the clock on the wall. */
static bool is_late(bx_memory *memory) {
    if (!memory->deadline)
        return false;
    uint64_t now = bx_now();
    if (memory->soonest_of == memory->deadline && now < memory->soonest)
        return false;
    uint64_t used = bx_thread_time();
    if (used <= memory->deadline) {
        memory->soonest = now + (memory->deadline - used);
        memory->soonest_of = memory->deadline;
        return false;
    }
    memory->over = BX_OVER_TIME;
    return true;
}

void bx_memory_check_time(bx_memory *memory) {
    if (is_late(memory))
        fail(memory);
}

uint64_t bx_memory_time_left(const bx_memory *memory) {
    uint64_t now = memory->deadline ? bx_thread_time() : 0;
    return now < memory->deadline ? memory->deadline - now : memory->deadline ? 1 : 0;
}

void bx_memory_spend_time(bx_memory *memory, uint64_t ns) {
    if (memory->deadline)
        memory->deadline -= ns < memory->deadline ? ns : memory->deadline - 1;
}

static bool is_too_much(bx_memory *memory, size_t size) {
    size_t used = memory->in_use + memory->elsewhere;
    if (!memory->most || (size <= memory->most && used <= memory->most - size))
        return false;
    memory->over = BX_OVER_MEMORY;
    return true;
}

static void release_chunks(bx_memory *memory, chunk *list) {
    while (list) {
        chunk *next = list->next;
        memory->in_use -= sizeof(chunk) + list->size;
        memory_resize(memory, list, 0);
        list = next;
    }
}

bx_arena *bx_arena_new(bx_memory *memory) {
    bx_arena *arena = memory_resize(memory, NULL, sizeof *arena);
    if (!arena)
        fail(memory);
    *arena = (bx_arena){.memory = memory, .next_size = CHUNK_MIN};
    return arena;
}

static void run_defers(bx_arena *arena, deferred *until) {
    while (arena->defers != until) {
        deferred *d = arena->defers;
        arena->defers = d->next;
        d->release(d->object);
    }
}

void bx_arena_clear(bx_arena *arena) {
    run_defers(arena, NULL);
    release_chunks(arena->memory, arena->chunks);
    release_chunks(arena->memory, arena->spare);
    *arena = (bx_arena){.memory = arena->memory, .next_size = CHUNK_MIN};
}

void bx_arena_drop(bx_arena *arena) {
    if (!arena)
        return;
    bx_arena_clear(arena);
    memory_resize(arena->memory, arena, 0);
}

static size_t size_of(const chunk *list) {
    size_t size = 0;
    for (; list; list = list->next)
        size += sizeof *list + list->size;
    return size;
}

void bx_arena_move(bx_arena *arena, bx_memory *memory) {
    size_t size = size_of(arena->chunks) + size_of(arena->spare);
    arena->memory->in_use -= size;
    memory->in_use += size;
    if (memory->in_use > memory->peak)
        memory->peak = memory->in_use;
    arena->memory = memory;
}

static void drop_side(void *arena) { bx_arena_drop(arena); }

bx_arena *bx_arena_side(bx_arena *arena) {
    bx_arena *side = bx_arena_new(arena->memory);
    bx_defer(arena, drop_side, side);
    return side;
}

bx_mark bx_arena_mark(bx_arena *arena) {
    const chunk *c = arena->chunks;
    return (bx_mark){arena->defers, c ? c->number : 0, c ? c->used : 0};
}

void bx_arena_rewind(bx_arena *arena, bx_mark mark) {
    run_defers(arena, mark.defers);
    while (arena->chunks && arena->chunks->number > mark.chunk) {
        chunk *c = arena->chunks;
        arena->chunks = c->next;
        c->next = arena->spare;
        arena->spare = c;
    }
    if (arena->chunks)
        arena->chunks->used = mark.used;
}

static chunk *use_chunk(bx_arena *arena, chunk *c) {
    c->used = 0;
    c->number = arena->chunks ? arena->chunks->number + 1 : 1;
    c->next = arena->chunks;
    return arena->chunks = c;
}

/* A spare chunk that is large enough, or a new one; NULL when memory is out. */
static chunk *add_chunk(bx_arena *arena, size_t need) {
    for (chunk **at = &arena->spare; *at; at = &(*at)->next) {
        if ((*at)->size < need)
            continue;
        chunk *c = *at;
        *at = c->next;
        return use_chunk(arena, c);
    }
    size_t size = need > arena->next_size ? need : arena->next_size;
    if (size > SIZE_MAX - sizeof(chunk) || is_too_much(arena->memory, sizeof(chunk) + size) ||
        is_late(arena->memory))
        return NULL;
    chunk *c = memory_resize(arena->memory, NULL, sizeof(chunk) + size);
    if (!c)
        return NULL;
    if (arena->next_size < CHUNK_MAX)
        arena->next_size *= 2;
    bx_memory *m = arena->memory;
    m->in_use += sizeof(chunk) + size;
    if (m->in_use + m->elsewhere > m->peak)
        m->peak = m->in_use + m->elsewhere;
    c->size = size;
    return use_chunk(arena, c);
}

static size_t aligned(size_t size) {
    const size_t align = sizeof(max_align_t);
    return (size + align - 1) / align * align;
}

/* `size` bytes as they are; NULL when memory is out. */
static void *take(bx_arena *arena, size_t size) {
    if (size > SIZE_MAX - sizeof(max_align_t))
        return NULL;
    size = aligned(size);
    chunk *c = arena->chunks;
    if (!c || c->size - c->used < size) {
        c = add_chunk(arena, size);
        if (!c)
            return NULL;
    }
    void *p = (char *)c->bytes + c->used;
    c->used += size;
    return p;
}

void *bx_try_alloc(bx_arena *arena, size_t size) {
    void *p = take(arena, size);
    return p ? memset(p, 0, size) : NULL;
}

void *bx_alloc_raw(bx_arena *arena, size_t size) {
    void *p = take(arena, size);
    if (!p)
        fail(arena->memory);
    return p;
}

void bx_trim(bx_arena *arena, void *latest, size_t used) {
    chunk *c = arena->chunks;
    c->used = (size_t)((char *)latest - (char *)c->bytes) + aligned(used);
}

bool bx_extend(bx_arena *arena, void *latest, size_t size, size_t wanted) {
    chunk *c = arena->chunks;
    char *begin = latest;
    if (!c || wanted > c->size || begin + aligned(size) != (char *)c->bytes + c->used)
        return false;
    size_t start = (size_t)(begin - (char *)c->bytes);
    if (aligned(wanted) > c->size - start)
        return false;
    c->used = start + aligned(wanted);
    return true;
}

/* The chunk keeps its number, by which marks know it. */
void *bx_enlarge(bx_arena *arena, void *large, size_t size, size_t wanted) {
    if (size < CHUNK_MAX || wanted > SIZE_MAX / 2)
        return NULL;
    chunk **at = &arena->chunks;
    while (*at && (void *)(*at)->bytes != large)
        at = &(*at)->next;
    chunk *c = *at;
    bx_memory *m = arena->memory;
    if (!c || c->used != aligned(size) || aligned(wanted) <= c->size)
        return NULL;
    size_t more = aligned(wanted) - c->size;
    if (is_too_much(m, more))
        return NULL;
    c = memory_resize(m, c, sizeof(chunk) + aligned(wanted));
    if (!c)
        return NULL;
    c->size = c->used = aligned(wanted);
    m->in_use += more;
    if (m->in_use + m->elsewhere > m->peak)
        m->peak = m->in_use + m->elsewhere;
    *at = c;
    return c->bytes;
}

void *bx_alloc(bx_arena *arena, size_t size) { return memset(bx_alloc_raw(arena, size), 0, size); }

static size_t product(bx_arena *arena, size_t n, size_t size) {
    if (size && n > SIZE_MAX / size)
        fail(arena->memory);
    return n * size;
}

void *bx_alloc_n(bx_arena *arena, size_t n, size_t size) {
    return bx_alloc(arena, product(arena, n, size));
}

void *bx_alloc_raw_n(bx_arena *arena, size_t n, size_t size) {
    return bx_alloc_raw(arena, product(arena, n, size));
}

void bx_defer(bx_arena *arena, void (*release)(void *), void *object) {
    deferred *d = bx_try_alloc(arena, sizeof *d);
    if (!d) {
        release(object);
        fail(arena->memory);
    }
    *d = (deferred){arena->defers, release, object};
    arena->defers = d;
}

void bx_out_of_memory(bx_arena *arena) { fail(arena->memory); }

bx_memory *bx_arena_memory(const bx_arena *arena) { return arena->memory; }
