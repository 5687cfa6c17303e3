/* A library to preload: the NO_MEMORY_AT-th request for memory anywhere in the process fails, and
 * with NO_MEMORY_ON=1 each one after it. When none has failed it says on the standard error how
 * many there were. glibc only: the real functions are asked for by its own names for them. */
#include <errno.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *old, size_t size);
void *__libc_memalign(size_t alignment, size_t size);
void *memalign(size_t alignment, size_t size);

static atomic_ulong asked;
static unsigned long at;
static bool on;

__attribute__((constructor)) static void begin(void) {
    const char *text = getenv("NO_MEMORY_AT");
    on = getenv("NO_MEMORY_ON") != NULL;
    atomic_store(&asked, 0); /* what the loader asks for comes before the program */
    at = text ? strtoul(text, NULL, 10) : 0;
}

__attribute__((destructor)) static void end(void) {
    if (atomic_load(&asked) < at || !at)
        fprintf(stderr, "no_memory: %lu requests\n", atomic_load(&asked));
}

/* Whether this request fails. */
static bool fails(void) {
    unsigned long n = atomic_fetch_add(&asked, 1) + 1;
    if (!at || n < at || (n > at && !on))
        return false;
    errno = ENOMEM;
    return true;
}

#define SEEN __attribute__((visibility("default")))

SEEN void *malloc(size_t size) { return fails() ? NULL : __libc_malloc(size); }
SEEN void *calloc(size_t n, size_t size) { return fails() ? NULL : __libc_calloc(n, size); }
SEEN void *realloc(void *old, size_t size) { return fails() ? NULL : __libc_realloc(old, size); }
SEEN void *memalign(size_t alignment, size_t size) {
    return fails() ? NULL : __libc_memalign(alignment, size);
}
SEEN void *aligned_alloc(size_t alignment, size_t size) {
    return fails() ? NULL : __libc_memalign(alignment, size);
}
SEEN int posix_memalign(void **p, size_t alignment, size_t size) {
    void *got = fails() ? NULL : __libc_memalign(alignment, size);
    if (got)
        *p = got;
    return got ? 0 : ENOMEM;
}
