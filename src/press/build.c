/* From an issue that was read to pages, and from pages to a file. */
#include "press/made_from.h"

#include "base/calendar.h"
#include "issue/lint.h"
#include "output/inspect.h"
#include "press/publish.h"
#include "press/series.h"

/* Composes once; what was composed serves every later call. */
static bx_status compose(bx_job *job) {
    if (!job->was_read)
        return BX_EMISUSE;
    if (job->pages || !job->issue || !job->style)
        return bx_job_status(job);
    const bx_fonts *fonts = bx_job_open_fonts(job);
    if (!fonts)
        return bx_job_status(job);
    uint64_t start = bx_now();
    const bx_assets assets = {bx_job_image, job, bx_job_hyphens(job), job->hand};
    bx_pages *pages = bx_compose(job->arena, job->issue, job->style, fonts, &assets, job->report);
    job->timings.compose = bx_now() - start;
    if (job->report->errors || !pages)
        return bx_job_status(job);
    job->pages = pages;
    job->timings.pages = pages->list.n;
    job->timings.rounds = pages->rounds;
    return BX_OK;
}

static bx_status check(bx_job *job, void *arguments) {
    (void)arguments;
    return compose(job);
}

bx_status bx_job_check(bx_job *job) { return bx_job_run(job, check, NULL); }

static bx_status lint(bx_job *job, void *arguments) {
    (void)arguments;
    if (!job->was_read)
        return BX_EMISUSE;
    if (job->issue) {
        bx_issue_lint(job->arena, job->issue, job->report);
        bx_job_check_series(job);
    }
    return bx_job_status(job);
}

bx_status bx_job_lint(bx_job *job) { return bx_job_run(job, lint, NULL); }

/* The file's date: as given, else noon UTC of the issue's day, which is that day nearly everywhere.
 */
static int64_t date_of(const bx_job *job) {
    if (job->has_created)
        return job->created;
    const bx_date *d = &job->issue->date;
    return d->year ? bx_days_since_1970(d->year, d->month, d->day) * 86400 + 12 * 3600 : 0;
}

static bool write_pdf(bx_job *job, bx_sink *sink, const bx_record *record) {
    bx_str text = bx_record_write(job->arena, record);
    bx_pdf_options options = {
        .standards = job->standards,
        .producer = record->program,
        .created = date_of(job),
        .image_dpi = job->style->figure.dpi,
        .identity = bx_sha256(&text, 1),
        .hand = job->hand,
    };
    if (job->embed_source)
        options.attachments =
            bx_record_attachments(job->arena, record, text, &options.n_attachments);
    bx_pdf_stats stats = {0};
    bool good = bx_pdf_write(job->arena, job->pages, &options, sink, &stats, job->report);
    job->timings.subset = stats.subset_ns;
    job->timings.deflate = stats.deflate_ns;
    job->timings.emit = stats.emit_ns + stats.save_ns;
    job->timings.output_bytes = stats.bytes;
    return good && !job->report->errors;
}

bx_status bx_job_write(bx_job *job, bx_sink *sink, const bx_record **record) {
    bx_status status = compose(job);
    if (status != BX_OK)
        return status;
    *record = bx_job_record(job);
    return write_pdf(job, sink, *record) ? BX_OK : bx_job_status(job);
}

typedef struct target {
    bx_write write;
    void *user;
    bool failed;
} target;

static bool write_to_target(void *user, const void *bytes, size_t n) {
    target *t = user;
    t->failed = !t->write(t->user, bytes, n);
    return !t->failed;
}

static bx_status build(bx_job *job, void *arguments) {
    target *t = arguments;
    bx_status status = compose(job);
    if (status != BX_OK)
        return status;
    bx_sink sink = {write_to_target, t};
    if (write_pdf(job, &sink, bx_job_record(job)))
        return BX_OK;
    return t->failed ? BX_EIO : bx_job_status(job);
}

bx_status bx_job_build(bx_job *job, bx_write write, void *user) {
    return bx_job_run(job, build, &(target){.write = write, .user = user});
}

/* A write that fails is told of once, with its reason, when the publication is to be committed. */
static bool write_to_publication(void *publication, const void *bytes, size_t n) {
    bx_publish_write(publication, bytes, n);
    return true;
}

static bx_status build_file(bx_job *job, void *arguments) {
    if (!job->issue)
        return BX_EMISUSE;
    bx_str path = bx_str_dup(job->arena, bx_str_of(arguments));
    bool has_file = !job->issue_options.has_bytes && !bx_str_is(job->issue_options.path, "-");
    bx_publication *publication = bx_publish_open(
        job->arena, path, has_file ? job->issue_options.path : (bx_str){0}, job->report);
    if (!publication)
        return BX_EOUTPUT;
    bx_status status = compose(job);
    if (status != BX_OK)
        return status;
    bx_sink sink = {write_to_publication, publication};
    if (!write_pdf(job, &sink, bx_job_record(job)))
        return bx_job_status(job);
    bx_job_end_ahead(job);
    uint64_t start = bx_now();
    if (!bx_publish_commit(publication, job->report))
        return BX_EIO;
    if (!job->leaves_folder)
        bx_publish_sync_folder(publication);
    job->timings.publish = bx_now() - start;
    return BX_OK;
}

bx_status bx_job_build_file(bx_job *job, const char *path) {
    return bx_job_run(job, build_file, (void *)path);
}

static bx_status inspect(bx_job *job, void *arguments) {
    target *t = arguments;
    bx_status status = compose(job);
    if (status != BX_OK)
        return status;
    bx_buf out = bx_buf_new(job->arena);
    bx_inspect_pages(job->pages, &out);
    return t->write(t->user, out.p, out.n) ? BX_OK : BX_EIO;
}

bx_status bx_job_inspect(bx_job *job, bx_write write, void *user) {
    return bx_job_run(job, inspect, &(target){.write = write, .user = user});
}
