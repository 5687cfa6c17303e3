/* The report as the public interface shows it, and as a status. */
#include "press/press.h"

static bx_status status_of(bx_code code) {
    switch (code) {
    case BX_D_FONT_MISSING:
    case BX_D_FONT_BROKEN:
        return BX_EFONT;
    case BX_D_INPUT_MISSING:
        return BX_ENOINPUT;
    case BX_D_OUTPUT:
        return BX_EOUTPUT;
    case BX_D_INTERNAL:
        return BX_EINTERNAL;
    default:
        return BX_EDATA;
    }
}

bx_status bx_job_status(const bx_job *job) {
    const bx_diag *first = NULL;
    for (uint32_t i = 0; i < job->report->list.n; i++) {
        const bx_diag *d = &job->report->list.at[i];
        if (d->severity == BX_ERROR && (!first || d->code < first->code))
            first = d;
    }
    return first ? status_of(first->code) : BX_OK;
}

size_t bx_job_errors(const bx_job *job) { return job->report ? job->report->errors : 0; }
size_t bx_job_warnings(const bx_job *job) { return job->report ? job->report->warnings : 0; }

typedef struct view {
    size_t i;
    bx_diagnostic *out;
} view;

static bx_status view_diagnostic(bx_job *job, void *arguments) {
    const view *v = arguments;
    if (job->n_sorted != job->report->list.n) {
        bx_report_sort(job->report);
        job->n_sorted = job->report->list.n;
    }
    const bx_diag *d = &job->report->list.at[v->i];
    bx_place from = bx_sources_place(job->sources, d->span.source, d->span.start);
    bx_place to = bx_sources_place(job->sources, d->span.source, d->span.end);
    *v->out = (bx_diagnostic){
        .level = d->severity == BX_ERROR ? BX_LEVEL_ERROR : BX_LEVEL_WARNING,
        .code = bx_code_name(d->code),
        .message = bx_cstr(job->arena, d->message),
        .hint = bx_cstr(job->arena, d->hint),
        .file = bx_cstr(job->arena, bx_sources_get(job->sources, d->span.source)->name),
        .line = from.line,
        .column = from.column,
        .end_line = to.line,
        .end_column = to.column,
        .fix = d->has_fix ? d->fix.p : NULL,
        .fix_length = d->fix.n,
        .start = d->span.start,
        .end = d->span.end,
    };
    if (!d->span.source && job->subject.n) { /* about the issue as a whole */
        v->out->file = bx_cstr(job->arena, job->subject);
        v->out->line = v->out->column = v->out->end_line = v->out->end_column = 1;
    }
    if (d->span.source) {
        uint32_t start;
        bx_str line = bx_sources_line(job->sources, d->span.source, d->span.start, &start);
        if (from.line == 1 && bx_str_starts(line, BX_STR("\xEF\xBB\xBF")))
            line = bx_str_sub(line, 3, line.n);
        v->out->text = line.p;
        v->out->text_length = line.n;
    }
    return BX_OK;
}

bool bx_job_diagnostic(bx_job *job, size_t i, bx_diagnostic *diagnostic) {
    if (!job->report || i >= job->report->list.n)
        return false;
    return bx_job_look(job, view_diagnostic, &(view){i, diagnostic}) == BX_OK;
}
