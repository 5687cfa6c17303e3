#include "press/press.h"

#include "style/conformance.h"

#include <stdlib.h>

const char *bx_version(void) { return BANXIN_VERSION; }

const char *bx_status_text(bx_status status) {
    switch (status) {
    case BX_OK:
        return "all is well";
    case BX_EDATA:
        return "the issue or its layout has errors";
    case BX_ENOINPUT:
        return "the issue cannot be read";
    case BX_EFONT:
        return "a font that is needed is missing or damaged";
    case BX_EOUTPUT:
        return "the output cannot be created";
    case BX_EIO:
        return "the output cannot be written";
    case BX_ENOMEM:
        return "out of memory";
    case BX_EMISUSE:
        return "the library was called out of order";
    case BX_EINTERNAL:
        return "a fault in the program";
    case BX_EDIFFERS:
        return "the PDF is not what its source gives";
    }
    return "unknown status";
}

/* A list that ends with NULL, copied. */
static bx_str *copy_list(bx_arena *arena, const char *const *list, uint32_t *n) {
    *n = 0;
    while (list && list[*n])
        (*n)++;
    bx_str *copy = bx_new_n(arena, bx_str, *n);
    for (uint32_t i = 0; i < *n; i++)
        copy[i] = bx_str_dup(arena, bx_str_of(list[i]));
    return copy;
}

/* BX_ENOMEM when an allocation fails. */
static bx_status fill_press(bx_press *press, const bx_press_options *options) {
    jmp_buf trap;
    if (setjmp(trap))
        return BX_ENOMEM;
    press->memory.trap = &trap;
    press->arena = bx_arena_new(&press->memory);
    press->layout_folders =
        copy_list(press->arena, options->layout_folders, &press->n_layout_folders);
    press->font_folders = copy_list(press->arena, options->font_folders, &press->n_font_folders);
    press->owns_fontconfig = options->owns_fontconfig;
    static const char *const debian[] = {"/usr/share/hyphen", NULL};
    press->hyphen_folders =
        copy_list(press->arena, options->hyphen_folders ? options->hyphen_folders : debian,
                  &press->n_hyphen_folders);
    press->memory.trap = NULL;
    return BX_OK;
}

/* A zeroed handle from the caller's allocator. */
static void *new_handle(const bx_memory *memory, size_t size) {
    void *p = memory->allocate ? memory->allocate(memory->user, NULL, size) : malloc(size);
    return p ? memset(p, 0, size) : NULL;
}

static void free_handle(const bx_memory *memory, void *handle) {
    if (memory->allocate)
        memory->allocate(memory->user, handle, 0);
    else
        free(handle);
}

bx_status bx_press_open(const bx_press_options *options, bx_press **out) {
    static const bx_press_options defaults = {0};
    *out = NULL;
    if (!options)
        options = &defaults;
    bx_memory memory = {.allocate = options->allocate, .user = options->user};
    bx_press *press = new_handle(&memory, sizeof *press);
    if (!press)
        return BX_ENOMEM;
    press->memory = memory;
    pthread_mutex_init(&press->lock, NULL);
    bx_status status = fill_press(press, options);
    if (status != BX_OK) {
        bx_press_close(press);
        return status;
    }
    *out = press;
    return BX_OK;
}

void bx_press_close(bx_press *press) {
    if (!press)
        return;
    for (const bx_kept *at = press->kept, *next; at; at = next) {
        next = at->next;
        bx_arena_drop(at->arena);
    }
    bx_arena_drop(press->arena);
    pthread_mutex_destroy(&press->lock);
    bx_memory memory = press->memory;
    free_handle(&memory, press);
}

static bx_status fill_job(bx_job *job, void *arguments) {
    const bx_job_options *options = arguments;
    job->arena = bx_arena_new(&job->memory);
    job->hand = options->threads > 1 ? bx_hand_new(job->arena) : NULL;
    job->sources = bx_sources_new(job->arena);
    job->report = bx_report_new(job->arena, job->sources);
    job->report->strict = options->strict;
    for (const char *const *limit = options->limits; limit && *limit; limit++)
        if (!bx_limits_set(&job->report->limits, bx_str_of(*limit)))
            return BX_EMISUSE;
    job->report->words = bx_words_find(options->messages);
    job->layout = bx_str_dup(job->arena, bx_str_of(options->layout));
    job->assets_folder = bx_str_dup(job->arena, bx_str_of(options->assets_folder));
    job->settings = copy_list(job->arena, options->settings, &job->n_settings);
    job->has_created = options->created;
    job->created = options->created ? *options->created : 0;
    job->leaves_folder = options->leaves_folder;
    job->has_standards = options->standards;
    if (options->standards &&
        bx_standards_parse(job->arena, bx_str_of(options->standards), &job->standards))
        return BX_EMISUSE;
    return BX_OK;
}

bx_status bx_job_open(bx_press *press, const bx_job_options *options, bx_job **out) {
    bx_job_options defaults = {0};
    *out = NULL;
    bx_memory memory = {.allocate = press->memory.allocate, .user = press->memory.user};
    bx_job *job = new_handle(&memory, sizeof *job);
    if (!job)
        return BX_ENOMEM;
    job->press = press;
    job->memory = memory;
    bx_status status = bx_job_run(job, fill_job, options ? (void *)options : &defaults);
    if (status != BX_OK) {
        bx_job_close(job);
        return status;
    }
    *out = job;
    return BX_OK;
}

void bx_job_close(bx_job *job) {
    if (!job)
        return;
    bx_arena_drop(job->arena);
    bx_arena_drop(job->layout_arena);
    bx_memory memory = job->memory;
    free_handle(&memory, job);
}

/* What each call may use, counted anew for every one. */
static void set_limits(bx_job *job) {
    const uint64_t second = 1000000000, *limits = job->report->limits.at;
    uint32_t source = job->issue ? job->issue->source : 0;
    uint64_t input = bx_sources_get(job->sources, source)->bytes.n;
    uint64_t memory = bx_limits_memory(&job->report->limits, input);
    uint64_t time = limits[BX_LIMIT_TIME];
    job->memory.most = memory < SIZE_MAX ? (size_t)memory : 0;
    job->memory.deadline = time < UINT32_MAX ? bx_thread_time() + time * second : 0;
}

/* An allocation failed: beyond a limit, which is an error at the place of the work, or because
 * there is no memory. */
static bx_status stop_job(bx_job *job) {
    bx_over over = job->memory.over;
    if (job->holds_lock)
        bx_job_unlock(job);
    job->memory.trap = NULL;
    job->memory.most = job->memory.deadline = 0;
    job->memory.over = BX_OVER_NOTHING;
    job->stopped = BX_ENOMEM;
    if (over == BX_OVER_NOTHING)
        return BX_ENOMEM;
    jmp_buf trap;
    job->memory.trap = &trap;
    if (setjmp(trap) == 0) { /* what tells of it needs memory too */
        bx_say_limit(job->report, over == BX_OVER_TIME ? BX_LIMIT_TIME : BX_LIMIT_MEMORY,
                     job->report->now);
        job->stopped = BX_EDATA;
    }
    job->memory.trap = NULL;
    return job->stopped;
}

bx_status bx_job_look(bx_job *job, bx_task task, void *arguments) {
    jmp_buf trap;
    job->memory.trap = &trap;
    if (job->stopped == BX_ENOMEM || setjmp(trap))
        return stop_job(job);
    bx_status status = task(job, arguments);
    job->memory.trap = NULL;
    if (job->memory.peak > job->timings.peak_bytes)
        job->timings.peak_bytes = job->memory.peak;
    return status;
}

bx_status bx_job_run(bx_job *job, bx_task task, void *arguments) {
    if (job->stopped != BX_OK)
        return job->stopped;
    if (job->report)
        set_limits(job);
    bx_status status = bx_job_look(job, task, arguments);
    job->memory.most = job->memory.deadline = 0;
    return status;
}

void bx_job_lock(bx_job *job) {
    pthread_mutex_lock(&job->press->lock);
    job->holds_lock = true;
    job->press->memory.trap = job->memory.trap;
}

void bx_job_unlock(bx_job *job) {
    job->press->memory.trap = NULL;
    job->holds_lock = false;
    pthread_mutex_unlock(&job->press->lock);
}

void bx_job_timings(const bx_job *job, bx_timings *timings) { *timings = job->timings; }
