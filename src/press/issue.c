/* Reading a job's issue, its layout, and the files that both name. */
#include "press/press.h"

#include "draw/image.h"
#include "input/source_file.h"
#include "style/read.h"

/* The layout of issues that name none and that no layout is made for. */
static const char default_layout[] = "committee-daily";

void bx_job_note_file(bx_job *job, bx_str path) {
    for (uint32_t i = 0; i < job->files.n; i++)
        if (bx_str_is(path, job->files.at[i]))
            return;
    bx_push(job->arena, &job->files, bx_cstr(job->arena, path));
}

void bx_job_note_sources(bx_job *job, uint32_t from) {
    for (uint32_t i = from; i < job->sources->list.n; i++)
        bx_job_note_file(job, job->sources->list.at[i].name);
}

static const bx_style *find_style(bx_job *job) {
    bx_str layout = job->layout, from = {0};
    bx_span asked = {0};
    const bx_issue *issue = job->issue;
    if (job->given)
        return bx_style_take(job->arena, &job->given->layouts, job->report);
    bool named = issue->layout.n &&
                 (!issue->layout_optional || bx_job_has_layout(job, issue->layout, issue->folder));
    if (!layout.n && named) {
        layout = issue->layout;
        asked = issue->layout_span;
        from = issue->folder;
    }
    if (!layout.n)
        layout = bx_job_suited_layout(job);
    return bx_job_open_style(job, layout.n ? layout : bx_str_of(default_layout), asked, from);
}

static void choose_style(bx_job *job) {
    uint32_t first = job->sources->list.n;
    job->style = find_style(job);
    job->layout_sources[0] = first;
    job->layout_sources[1] = job->sources->list.n;
    bx_job_note_sources(job, first);
    if (!job->style)
        return;
    if (job->style->strict)
        job->report->strict = true;
    bx_job_settle_standards(job);
}

bx_status bx_job_read_issue(bx_job *job, const bx_issue_options *given) {
    if (job->was_read)
        return BX_EMISUSE;
    job->was_read = true;
    bx_job_begin_ahead(job);
    uint64_t start = bx_now();
    bx_issue_options *o = &job->issue_options;
    *o = *given;
    o->path = bx_str_dup(job->arena, given->path);
    job->subject = bx_str_is(o->path, "-") ? BX_STR("<stdin>") : o->path;
    if (given->has_bytes)
        o->bytes = bx_str_dup(job->arena, given->bytes);
    o->assets = &job->assets_folder;
    o->n_assets = job->assets_folder.n ? 1 : 0;
    o->sets = job->settings;
    o->n_sets = job->n_settings;
    job->issue = bx_issue_read(job->arena, o, job->report);
    job->timings.read = bx_now() - start;
    if (!bx_str_is(o->path, "-") && !o->has_bytes)
        bx_job_note_file(job, o->path);
    if (!job->issue)
        return bx_job_status(job);
    bx_job_go_on_ahead(job);
    choose_style(job);
    return bx_job_status(job);
}

static bx_status read_issue(bx_job *job, void *options) { return bx_job_read_issue(job, options); }

bx_status bx_job_read_file(bx_job *job, const char *path) {
    bx_issue_options o = {.path = bx_str_of(path)};
    return bx_job_run(job, read_issue, &o);
}

bx_status bx_job_read(bx_job *job, const char *path, const void *bytes, size_t n) {
    if (n > UINT32_MAX)
        return BX_EDATA;
    bx_issue_options o = {
        .path = bx_str_of(path), .bytes = {bytes, (uint32_t)n}, .has_bytes = true};
    return bx_job_run(job, read_issue, &o);
}

/* Pictures of a layout are paths that the style has made from the folder of the layout's file,
 * which is their fence; those of the issue go through its own. */
static bool is_of_layout(const bx_job *job, bx_span asked) {
    return asked.source >= job->layout_sources[0] && asked.source < job->layout_sources[1];
}

static void note_picture(bx_job *job, bx_str path, uint32_t layout, bx_str bytes) {
    for (uint32_t i = 0; i < job->pictures.n; i++)
        if (job->pictures.at[i].layout == layout && bx_str_eq(job->pictures.at[i].path, path))
            return;
    bx_picture_read picture = {bx_str_dup(job->arena, path), layout, bytes};
    bx_push(job->arena, &job->pictures, picture);
}

const bx_image *bx_job_image(void *user, bx_arena *arena, bx_str path, bx_span asked,
                             bx_report *report) {
    bx_job *job = user;
    bx_fence fence = bx_issue_fence(job->issue, &job->issue_options, &job->report->limits);
    bx_str name = path;
    bool of_layout = is_of_layout(job, asked);
    if (of_layout) {
        bx_str layout = bx_sources_get(job->sources, asked.source)->name;
        fence = (bx_fence){.folder = bx_path_folder(job->given ? path : layout)};
        name = bx_str_sub(path, fence.folder.n, path.n);
        while (name.n && (name.p[0] == '/' || bx_str_starts(name, BX_STR("./"))))
            name = bx_str_sub(name, 1, name.n);
    }
    if (job->given)
        fence.bundle = of_layout ? &job->given->layout_pictures : &job->given->pictures;
    bx_asset asset = bx_fence_read_image(arena, &fence, name, asked, report);
    if (asset.status != BX_ASSET_FOUND)
        return NULL;
    if (!asset.carried) { /* what the issue's text carries itself goes with it */
        bx_job_note_file(job, asset.path);
        note_picture(job, path, of_layout ? asked.source : 0, asset.bytes);
    }
    return bx_image_read(arena, asset.bytes, asset.path, asked, job->press->fonts, report);
}

static bx_status list_files(bx_job *job, void *arguments) {
    const char *const **out = arguments;
    bx_push(job->arena, &job->files, NULL);
    job->files.n--;
    *out = job->files.at;
    return BX_OK;
}

bx_status bx_job_files(bx_job *job, const char *const **files) {
    *files = NULL;
    return bx_job_look(job, list_files, files);
}
