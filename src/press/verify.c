/* A PDF against its source: taken out, built again, compared. */
#include "input/file.h"
#include "output/pdf/embedded.h"
#include "press/made_from.h"
#include "style/conformance.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MOST_RECORD = 1 << 20, MOST_PDF = 1 << 30, MOST_FILES = 256 << 20 /* bytes in all */ };

typedef struct verification {
    const char *path, *issue;
    bx_provenance *out;
    bx_str pdf;
    bx_pdf_pieces pieces;
    bool has_record;
    bx_record record; /* of the PDF */
} verification;

static void close_fd(void *object) { close((int)(intptr_t)object); }

static bool read_pdf(bx_job *job, verification *v) {
    int fd = open(v->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    struct stat st;
    const char *why = NULL;
    if (fd >= 0)
        bx_defer(job->arena, close_fd, (void *)(intptr_t)fd);
    if (fd < 0)
        why = errno == ENOENT ? "there is no such file" : "it cannot be read";
    else if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode))
        why = "it is no file";
    else if (bx_read_fd(job->arena, fd, MOST_PDF, &v->pdf) != BX_READ_OK)
        why = "it cannot be read, or is too large";
    if (why)
        bx_say(job->report, BX_D_INPUT_MISSING, (bx_span){0}, "%s: %s", v->path, why);
    return !why;
}

static bool refuse(bx_job *job, const char *why) {
    bx_say(job->report, BX_D_BAD_VALUE, (bx_span){0}, "%s", why);
    return false;
}

/* The record and the files that it lists, in the order in which they are attached. */
static bool take_out(bx_job *job, verification *v) {
    BX_VEC(const bx_pdf_piece *) files = {0};
    bx_str text;
    if (!bx_pdf_walk(job->arena, v->pdf, &v->pieces))
        return refuse(job, "this is no PDF that Banxin made");
    for (uint32_t i = 0; i < v->pieces.n; i++)
        if (bx_pdf_is_file(&v->pieces.at[i]))
            bx_push(job->arena, &files, &v->pieces.at[i]);
    if (files.n == 0)
        return true;
    if (!bx_pdf_file_bytes(job->arena, files.at[0], MOST_RECORD, &text) ||
        !bx_record_read(job->arena, text, &v->record) || v->record.files.n != files.n - 1)
        return refuse(job, "the record of what this PDF was made from is damaged");
    uint32_t left = MOST_FILES;
    for (uint32_t i = 0; i < v->record.files.n; left -= v->record.files.at[i++].bytes.n) {
        bx_record_file *file = &v->record.files.at[i];
        if (!bx_pdf_file_bytes(job->arena, files.at[i + 1], left, &file->bytes)) {
            bx_say(job->report, BX_D_BAD_VALUE, (bx_span){0}, "the file %.*s in it is damaged",
                   BX_STR_ARG(file->name));
            return false;
        }
    }
    bx_digest identity = bx_sha256(&text, 1);
    v->out->record = bx_digest_hex(job->arena, &identity).p;
    v->has_record = true;
    return true;
}

static bx_bundle bundle_of(bx_job *job, const bx_record *record, bx_role_of_file role) {
    struct bx_bundle_file *list = bx_new_n(job->arena, struct bx_bundle_file, record->files.n);
    uint32_t n = 0;
    for (uint32_t i = 0; i < record->files.n; i++)
        if (record->files.at[i].role == role)
            list[n++] = (struct bx_bundle_file){record->files.at[i].as, record->files.at[i].bytes};
    return (bx_bundle){list, n};
}

/* The options that the PDF was made with. */
static bool take_options(bx_job *job, const bx_record *record) {
    job->settings = record->settings.at;
    job->n_settings = record->settings.n;
    job->has_created = record->has_created;
    job->created = record->created;
    job->has_standards = true;
    if (bx_standards_parse(job->arena, record->standards, &job->standards))
        return refuse(job, "the record of what this PDF was made from is damaged");
    return true;
}

static bx_status read_source(bx_job *job, const verification *v) {
    if (v->has_record && !take_options(job, &v->record))
        return BX_EDATA;
    if (v->issue) {
        bx_issue_options o = {.path = bx_str_of(v->issue)};
        return bx_job_read_issue(job, &o);
    }
    bx_bundle issues = bundle_of(job, &v->record, BX_FILE_ISSUE);
    bx_given *given = bx_new(job->arena, bx_given);
    given->layouts = bundle_of(job, &v->record, BX_FILE_LAYOUT);
    given->pictures = bundle_of(job, &v->record, BX_FILE_PICTURE);
    given->layout_pictures = bundle_of(job, &v->record, BX_FILE_LAYOUT_PICTURE);
    if (issues.n != 1 || given->layouts.n == 0) {
        refuse(job, "the record of what this PDF was made from is damaged");
        return BX_EDATA;
    }
    job->given = given;
    bx_issue_options o = {
        .path = issues.at[0].name, .bytes = issues.at[0].bytes, .has_bytes = true};
    return bx_job_read_issue(job, &o);
}

/* A sink that compares: the new bytes are never kept. */
typedef struct comparison {
    bx_str pdf;
    uint64_t at, differs; /* the first byte that does; UINT64_MAX: none yet */
} comparison;

static bool compare(void *user, const void *bytes, size_t n) {
    comparison *c = user;
    const char *p = bytes;
    for (size_t i = 0; i < n && c->differs == UINT64_MAX; i++)
        if (c->at + i >= c->pdf.n || p[i] != c->pdf.p[c->at + i])
            c->differs = c->at + i;
    c->at += n;
    return true;
}

static void say_where(bx_job *job, const verification *v, const comparison *c) {
    for (uint32_t i = 0; i < v->pieces.n; i++) {
        const bx_pdf_piece *piece = &v->pieces.at[i];
        if (c->differs < piece->start || c->differs >= piece->end)
            continue;
        bx_say(job->report, BX_D_NOT_REPRODUCED, (bx_span){0},
               "the bytes differ from byte %llu on, in %s (object %u)",
               (unsigned long long)c->differs, bx_pdf_piece_kind(piece), piece->number);
        return;
    }
    bx_say(job->report, BX_D_NOT_REPRODUCED, (bx_span){0}, "the bytes differ from byte %llu on",
           (unsigned long long)c->differs);
}

typedef BX_VEC(const char *) texts;

static const char *const *finish(bx_arena *arena, texts *list) {
    bx_push(arena, list, NULL);
    return list->at;
}

static void tell(bx_job *job, verification *v) {
    bx_arena *arena = job->arena;
    const bx_record *record = &v->record;
    texts libraries = {0}, fonts = {0}, files = {0};
    bx_digest digest = bx_sha256(&v->pdf, 1);
    v->out->digest = bx_digest_hex(arena, &digest).p;
    for (uint32_t i = 0; i < record->libraries.n; i++)
        bx_push(arena, &libraries, bx_cstr(arena, record->libraries.at[i]));
    for (uint32_t i = 0; i < record->fonts.n; i++)
        bx_push(arena, &fonts,
                bx_str_fmt(arena, "%.*s, %.*s", BX_STR_ARG(record->fonts.at[i].name),
                           BX_STR_ARG(record->fonts.at[i].version))
                    .p);
    for (uint32_t i = 0; i < record->files.n; i++)
        bx_push(arena, &files,
                bx_str_fmt(arena, "%.*s, SHA-256 %.*s", BX_STR_ARG(record->files.at[i].name),
                           BX_STR_ARG(record->files.at[i].sha256))
                    .p);
    v->out->program = v->has_record ? bx_cstr(arena, record->program) : NULL;
    v->out->standards = bx_cstr(arena, record->standards);
    v->out->libraries = finish(arena, &libraries);
    v->out->fonts = finish(arena, &fonts);
    v->out->files = finish(arena, &files);
}

static bx_status verify(bx_job *job, void *arguments) {
    verification *v = arguments;
    if (job->was_read)
        return BX_EMISUSE;
    job->subject = bx_str_dup(job->arena, bx_str_of(v->path));
    if (!read_pdf(job, v) || !take_out(job, v))
        return bx_job_status(job);
    tell(job, v);
    if (!v->has_record && !v->issue) {
        refuse(job, "this PDF has no source inside");
        bx_hint(job->report,
                "Name the issue that it was made from, or make PDFs with embed-source: true");
        return BX_EDATA;
    }
    const bx_record *now;
    comparison c = {v->pdf, 0, UINT64_MAX};
    bx_status status = read_source(job, v);
    job->subject = bx_str_dup(job->arena, bx_str_of(v->path));
    bx_sink sink = {compare, &c};
    if (status == BX_OK)
        status = bx_job_write(job, &sink, &now);
    if (status != BX_OK)
        return status;
    if (c.differs == UINT64_MAX && c.at < v->pdf.n)
        c.differs = c.at;
    bool same = c.differs == UINT64_MAX;
    uint32_t reasons =
        v->has_record ? bx_record_compare(job->arena, &v->record, now, job->report) : 0;
    if (reasons == 0 && !same)
        say_where(job, v, &c);
    return same ? BX_OK : BX_EDIFFERS;
}

bx_status bx_job_verify(bx_job *job, const char *pdf, const char *issue,
                        bx_provenance *provenance) {
    *provenance = (bx_provenance){0};
    return bx_job_run(job, verify, &(verification){.path = pdf, .issue = issue, .out = provenance});
}
