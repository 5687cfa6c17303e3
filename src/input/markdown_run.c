#include "input/markdown_run.h"

#include "input/markdown.h"

#include <pthread.h>

/* The library's only writable globals: the lock, and what it guards. */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static bx_arena *pool;

typedef struct block {
    max_align_t
        size; /* its first bytes: of what follows; a whole unit keeps what follows aligned */
    char bytes[];
} block;

static void set_size(block *b, size_t size) { memcpy(&b->size, &size, sizeof size); }

static block *new_block(size_t size) {
    if (size > SIZE_MAX - sizeof(block))
        bx_out_of_memory(pool);
    block *b = bx_alloc_raw(pool, sizeof(block) + size);
    set_size(b, size);
    return b;
}

static void *pool_calloc(size_t n, size_t size) {
    if (size && n > SIZE_MAX / size)
        bx_out_of_memory(pool);
    return memset(new_block(n * size)->bytes, 0, n * size);
}

static void *pool_realloc(void *old, size_t size) {
    if (!old)
        return new_block(size)->bytes;
    block *b = (block *)((char *)old - offsetof(block, bytes));
    size_t had;
    memcpy(&had, &b->size, sizeof had);
    if (size <= had)
        return old;
    if (size <= SIZE_MAX - sizeof(block) &&
        bx_extend(pool, b, sizeof(block) + had, sizeof(block) + size)) {
        set_size(b, size);
        return old;
    }
    return memcpy(new_block(size)->bytes, old, had);
}

static void pool_free(void *p) { (void)p; }

static const cmark_mem pool_memory = {pool_calloc, pool_realloc, pool_free};

/* cmark only reads through it. */
cmark_mem *bx_cmark_memory(void) { return (cmark_mem *)&pool_memory; }

static void parse(bx_str text, void (*use)(cmark_node *, void *), void *user) {
    static const char *const extensions[] = {"table", "strikethrough", "autolink", "tasklist"};
    cmark_gfm_core_extensions_ensure_registered();
    cmark_parser *parser = cmark_parser_new_with_mem(
        CMARK_OPT_FOOTNOTES | CMARK_OPT_STRIKETHROUGH_DOUBLE_TILDE | CMARK_OPT_UNSAFE,
        bx_cmark_memory());
    for (size_t i = 0; i < sizeof extensions / sizeof *extensions; i++)
        cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension(extensions[i]));
    cmark_parser_feed(parser, text.n ? text.p : "", text.n);
    use(cmark_parser_finish(parser), user);
}

const char *bx_markdown_library_version(void) { return cmark_version_string(); }

void bx_cmark_run(bx_arena *scratch, bx_str text, void (*use)(cmark_node *, void *), void *user) {
    bx_memory *memory = bx_arena_memory(scratch);
    jmp_buf *outer = memory->trap;
    jmp_buf local;
    volatile bool failed = true;
    pthread_mutex_lock(&lock);
    pool = scratch;
    memory->trap = &local;
    if (setjmp(local) == 0) {
        parse(text, use, user);
        failed = false;
    }
    pool = NULL;
    memory->trap = outer;
    pthread_mutex_unlock(&lock);
    if (failed)
        bx_out_of_memory(scratch);
}
