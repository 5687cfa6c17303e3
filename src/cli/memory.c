/* malloc and its kin, in place of the C library's for the whole process ("Replacing malloc" in its
 * manual). They hand on to the next ones, which may be those of a library that was preloaded. */
#include "cli/memory.h"

#include <stdlib.h>

#ifdef BANXIN_OWN_MALLOC /* sanitizers have their own */

#include "cli/cli.h"

#include <dlfcn.h>
#include <errno.h>
#include <malloc.h>
#include <stdatomic.h>
#include <unistd.h>

enum { LARGE = 16 << 20 }; /* bytes */

#define SEEN __attribute__((visibility("default")))

typedef void *(*plain)(size_t size);
typedef void *(*counted)(size_t n, size_t size);
typedef void *(*changed)(void *old, size_t size);
typedef void *(*aligned)(size_t alignment, size_t size);

/* The function behind ours. No constructor can find it: libraries ask for memory before that. */
static void *next(_Atomic(void *) *known, const char *name) {
    void *f = atomic_load_explicit(known, memory_order_relaxed);
    if (!f) {
        f = dlsym(RTLD_NEXT, name);
        if (!f)
            _exit(BX_EXIT_BUG);
        atomic_store_explicit(known, f, memory_order_relaxed);
    }
    return f;
}

static void *end_without(void *p, size_t size) {
    static const char text[] = "banxin: out of memory\n";
    if (p || size > LARGE)
        return p;
    ssize_t written = write(STDERR_FILENO, text, sizeof text - 1);
    (void)written;
    _exit(BX_EXIT_AGAIN);
}

static void *next_realloc(void *old, size_t size) {
    static _Atomic(void *) f;
    return ((changed)next(&f, "realloc"))(old, size);
}

SEEN void *malloc(size_t size) {
    static _Atomic(void *) f;
    return end_without(((plain)next(&f, "malloc"))(size), size);
}

SEEN void *calloc(size_t n, size_t size) {
    static _Atomic(void *) f;
    size_t all;
    void *p = ((counted)next(&f, "calloc"))(n, size);
    return end_without(p, __builtin_mul_overflow(n, size, &all) ? SIZE_MAX : all);
}

SEEN void *realloc(void *old, size_t size) {
    void *p = next_realloc(old, size);
    return size ? end_without(p, size) : p;
}

SEEN void *memalign(size_t alignment, size_t size) {
    static _Atomic(void *) f;
    return end_without(((aligned)next(&f, "memalign"))(alignment, size), size);
}

SEEN void *aligned_alloc(size_t alignment, size_t size) { return memalign(alignment, size); }

SEEN int posix_memalign(void **p, size_t alignment, size_t size) {
    if (alignment < sizeof(void *) || (alignment & (alignment - 1)))
        return EINVAL;
    void *got = memalign(alignment, size);
    if (got)
        *p = got;
    return got ? 0 : ENOMEM;
}

#else

static void *next_realloc(void *old, size_t size) { return realloc(old, size); }

#endif

void *bx_cli_allocate(void *user, void *old, size_t size) {
    (void)user;
    if (size)
        return next_realloc(old, size);
    free(old);
    return NULL;
}
