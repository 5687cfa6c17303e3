#include "batch/run.h"

#include "base/clock.h"
#include "batch/file.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <unistd.h>

/* How many rows may be lost with the power: their issues would be made again. */
enum { ROWS_A_SYNC = 256 };

typedef struct run {
    const bx_plan *plan;
    const bx_batch_options *options;
    bx_ledger ledger;
    int ledger_fd;
    atomic_uint next; /* item that the next free thread takes */
    atomic_bool ended;
    pthread_mutex_t lock; /* of what follows, of the ledger's file and of options->report */
    bx_batch_result *result;
    int error; /* errno of a ledger that cannot be written; 0: none */
    uint32_t rows;
    bx_str folder; /* of the latest row's PDF: its names are not synced yet. NULL: no row yet */
} run;

/* What one thread works with; the arena is emptied after each issue. */
typedef struct worker {
    run *run;
    pthread_t thread;
    bx_memory memory;
    bx_arena *arena;
    bx_job *job; /* of the issue in work */
    bool holds_lock;
} worker;

static void lock(worker *w) {
    pthread_mutex_lock(&w->run->lock);
    w->holds_lock = true;
}

static void unlock(worker *w) {
    w->holds_lock = false;
    pthread_mutex_unlock(&w->run->lock);
}

static uint64_t milliseconds(void) { return bx_now() / 1000000; }

static bool hash_file(bx_arena *arena, const char *path, bx_digest *digest) {
    bx_str bytes;
    if (!bx_file_read(arena, path, &bytes))
        return false;
    *digest = bx_sha256(&bytes, 1);
    return true;
}

static bool is_there(worker *w, const bx_plan_item *item, const char *path, const bx_digest *key) {
    bx_digest sha256;
    const bx_ledger *ledger = &w->run->ledger;
    return bx_map_get(&ledger->by_output, item->output) && hash_file(w->arena, path, &sha256) &&
           bx_ledger_find(ledger, item->output, &sha256, key);
}

/* The names of the PDFs in a folder below the output's. NULL: there are none. */
static void sync_names(bx_arena *arena, const run *r, bx_str folder) {
    if (folder.p)
        bx_folder_sync(arena, bx_str_fmt(arena, "%.*s/%.*s", BX_STR_ARG(r->options->folder),
                                         BX_STR_ARG(folder)));
}

/* A PDF and its row outlive a killed program as soon as they are there. To outlive the machine,
 * too, names and rows wait for each other: names are synced when their folder is left, and before
 * rows are. */
static bool add_row(worker *w, const bx_ledger_row *row) {
    run *r = w->run;
    bx_str line = bx_ledger_line(w->arena, row), folder = bx_folder_of(row->output);
    lock(w);
    bool good = bx_ledger_add(r->ledger_fd, line);
    if (!good)
        r->error = errno;
    bool is_full = good && ++r->rows % ROWS_A_SYNC == 0;
    bx_str left = r->folder;
    r->folder = folder;
    unlock(w);
    if (!bx_str_eq(left, folder))
        sync_names(w->arena, r, left);
    if (is_full) {
        sync_names(w->arena, r, folder);
        fdatasync(r->ledger_fd);
    }
    return good;
}

static bx_status make(worker *w, const bx_plan_item *item, const char *path, uint64_t start,
                      bx_ledger_row *row) {
    bx_issue_facts facts;
    bx_timings timings;
    if (!bx_folders_make(w->arena, bx_folder_of(bx_str_of(path))))
        return BX_EOUTPUT;
    bx_status status = bx_job_build_file(w->job, path);
    if (status == BX_OK)
        status = bx_job_facts(w->job, &facts);
    if (status != BX_OK)
        return status;
    if (!hash_file(w->arena, path, &row->sha256))
        return BX_EIO;
    bx_job_timings(w->job, &timings);
    row->issue = item->issue;
    row->output = item->output;
    row->pages = timings.pages;
    row->bytes = timings.output_bytes;
    row->warnings = (uint32_t)bx_job_warnings(w->job);
    row->title = bx_str_of(facts.title);
    row->series = bx_str_of(facts.series);
    row->number = bx_str_of(facts.number);
    row->date = bx_str_of(facts.date);
    row->ms = milliseconds() - start;
    return add_row(w, row) ? BX_OK : BX_EIO;
}

static bx_status do_item(worker *w, const bx_plan_item *item, bool *skipped) {
    const bx_batch_options *o = w->run->options;
    uint64_t start = milliseconds();
    char key[BX_KEY_SIZE];
    bx_ledger_row row = {0};
    const char *path =
        bx_str_fmt(w->arena, "%.*s/%.*s", BX_STR_ARG(o->folder), BX_STR_ARG(item->output)).p;
    bx_job_options job = *o->job;
    job.leaves_folder = true;
    bx_status status = bx_job_open(o->press, &job, &w->job);
    if (status == BX_OK)
        status = bx_job_read_file(w->job, item->issue.p);
    if (status == BX_OK)
        status = bx_job_key(w->job, key);
    if (status != BX_OK)
        return status;
    bx_digest_read(bx_str_of(key), &row.key);
    *skipped = is_there(w, item, path, &row.key);
    return *skipped ? BX_OK : make(w, item, path, start, &row);
}

/* Whether the next issue would fare no better. */
static bool is_fatal(bx_status status) {
    return status == BX_EIO || status == BX_ENOMEM || status == BX_EMISUSE;
}

static void count(worker *w, const bx_plan_item *item, bx_status status, bool skipped) {
    run *r = w->run;
    const bx_batch_options *o = r->options;
    bx_batch_result *result = r->result;
    lock(w);
    result->state.made += status == BX_OK && !skipped;
    result->state.skipped += skipped;
    result->state.failed += status != BX_OK;
    if (is_fatal(status)) {
        result->status = status;
        atomic_store(&r->ended, true);
    } else if (status != BX_OK && result->status == BX_OK) {
        result->status = BX_EDATA;
    }
    if (o->report)
        o->report(o->user, w->arena, item, skipped ? NULL : w->job, status, &result->state);
    unlock(w);
}

static bool may_go_on(worker *w) {
    run *r = w->run;
    if (atomic_load(&r->ended))
        return false;
    if (!r->options->stop || !r->options->stop(r->options->user))
        return true;
    lock(w);
    r->result->stopped = true;
    unlock(w);
    return false;
}

static void work_on(worker *w) {
    run *r = w->run;
    while (may_go_on(w)) {
        uint64_t turn = atomic_fetch_add(&r->next, 1);
        uint64_t at = turn * r->options->n_shards + r->options->shard - 1;
        if (at >= r->plan->items.n)
            return;
        const bx_plan_item *item = &r->plan->items.at[at];
        bx_mark mark = bx_arena_mark(w->arena);
        bool skipped = false;
        bx_status status = do_item(w, item, &skipped);
        count(w, item, status, skipped);
        bx_job_close(w->job);
        w->job = NULL;
        bx_arena_rewind(w->arena, mark);
    }
}

static void *run_worker(void *user) {
    worker *w = user;
    jmp_buf trap;
    if (setjmp(trap) == 0) {
        w->memory.trap = &trap;
        w->arena = bx_arena_new(&w->memory);
        work_on(w);
    } else {
        if (!w->holds_lock)
            lock(w);
        w->run->result->status = BX_ENOMEM;
        unlock(w);
        atomic_store(&w->run->ended, true);
    }
    bx_job_close(w->job);
    bx_arena_drop(w->arena);
    return NULL;
}

/* Signals are the calling thread's business. */
static void run_workers(bx_arena *arena, run *r, uint32_t n) {
    worker *workers = bx_new_n(arena, worker, n);
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    uint32_t started = 0;
    for (; started < n; started++) {
        workers[started].run = r;
        if (pthread_create(&workers[started].thread, NULL, run_worker, &workers[started]) != 0)
            break;
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    for (uint32_t i = 0; i < started; i++)
        pthread_join(workers[i].thread, NULL);
    if (!started)
        r->result->status = BX_ENOMEM;
}

static void fail(const run *r, bx_arena *arena, bx_status status, bx_str path) {
    const char *busy = "another run is at work on this shard";
    r->result->status = status;
    r->result->busy = errno == EWOULDBLOCK;
    r->result->fault =
        bx_str_fmt(arena, "%.*s: %s", BX_STR_ARG(path),
                   bx_word(r->options->words, r->result->busy ? busy : bx_file_reason(errno)));
}

void bx_batch_run(bx_arena *arena, const bx_plan *plan, const bx_batch_options *options,
                  bx_batch_result *result) {
    *result = (bx_batch_result){0};
    run r = {.plan = plan, .options = options, .result = result, .ledger_fd = -1};
    result->state.total = (plan->items.n + options->n_shards - options->shard) / options->n_shards;
    if (!bx_folders_make(arena, options->folder)) {
        fail(&r, arena, BX_EOUTPUT, options->folder);
        return;
    }
    r.ledger_fd = bx_ledger_open(arena, options->folder, options->shard, options->n_shards);
    if (r.ledger_fd < 0) {
        fail(&r, arena, BX_EOUTPUT, options->folder);
        return;
    }
    if (!bx_ledger_read(arena, options->folder, &r.ledger)) {
        fail(&r, arena, BX_EIO, r.ledger.unreadable);
    } else {
        pthread_mutex_init(&r.lock, NULL);
        uint32_t n =
            options->n_threads < result->state.total ? options->n_threads : result->state.total;
        run_workers(arena, &r, n ? n : 1);
        pthread_mutex_destroy(&r.lock);
    }
    sync_names(arena, &r, r.folder);
    errno = r.error;
    if (r.error || (fdatasync(r.ledger_fd) != 0 && errno != EINVAL))
        fail(&r, arena, BX_EIO, options->folder);
    close(r.ledger_fd);
}
