/* The fonts and hyphenation dictionaries of a press: opened when a job first needs them, shared
 * from then on. */
#include "press/press.h"

#include <unistd.h>

/* The first font folder that has a table says which families are used. Empty: none has. */
static bx_str find_table(bx_job *job) {
    const bx_press *press = job->press;
    for (uint32_t i = 0; i < press->n_font_folders; i++) {
        bx_str path =
            bx_str_fmt(job->arena, "%.*s/families.yaml", BX_STR_ARG(press->font_folders[i]));
        if (access(path.p, R_OK) == 0)
            return path;
    }
    return (bx_str){0};
}

static bx_fonts *open_fonts(bx_job *job, bx_arena *arena, bool tolerant) {
    bx_str table = find_table(job);
    if (!table.n) {
        bx_say(job->report, BX_D_FONT_MISSING, (bx_span){0},
               "no folder of fonts has families.yaml");
        bx_hint(job->report, "Name the fonts/ folder of Banxin with --font-path");
        return NULL;
    }
    bx_font_options options = {
        .folders = job->press->font_folders,
        .n_folders = job->press->n_font_folders,
        .table = bx_str_dup(arena, table),
        .owns_default = job->press->owns_fontconfig,
        .tolerant = tolerant,
    };
    return bx_fonts_open(arena, &options, job->report);
}

const bx_fonts *bx_job_shared_fonts(bx_job *job) {
    bx_job_lock(job);
    if (!job->press->fonts)
        job->press->fonts = open_fonts(job, job->press->arena, false);
    const bx_fonts *fonts = job->press->fonts;
    bx_job_unlock(job);
    return fonts;
}

const bx_fonts *bx_job_open_fonts(bx_job *job) {
    uint64_t start = bx_now();
    bx_hand_finish(job->hand, &job->ahead.fonts);
    const bx_fonts *fonts = bx_job_shared_fonts(job);
    bx_str table = find_table(job);
    if (table.n)
        bx_job_note_file(job, table);
    job->timings.fonts += bx_now() - start;
    return fonts;
}

const bx_hyphens *bx_job_hyphens(bx_job *job) {
    bx_press *press = job->press;
    bx_job_lock(job);
    if (!press->hyphens)
        press->hyphens =
            bx_hyphens_open(press->arena, press->hyphen_folders, press->n_hyphen_folders);
    const bx_hyphens *hyphens = press->hyphens;
    bx_job_unlock(job);
    return hyphens;
}

typedef struct font_list {
    const bx_font_row **list;
    size_t *n;
} font_list;

static bx_status list_fonts(bx_job *job, void *arguments) {
    font_list *out = arguments;
    bx_fonts *fonts = open_fonts(job, job->arena, true);
    if (!fonts)
        return bx_job_status(job);
    uint32_t n;
    const bx_font_entry *entries = bx_fonts_list(fonts, job->arena, &n);
    bx_font_row *rows = bx_new_n(job->arena, bx_font_row, n);
    for (uint32_t i = 0; i < n; i++) {
        const bx_font_entry *e = &entries[i];
        rows[i] = (bx_font_row){
            .use = bx_cstr(job->arena, e->use),
            .family = bx_cstr(job->arena, e->family),
            .package = bx_cstr(job->arena, e->package),
            .path = e->face ? bx_cstr(job->arena, e->face->path) : NULL,
            .face = e->face ? bx_cstr(job->arena, e->face->postscript_name) : NULL,
            .index = e->face ? e->face->index : 0,
            .weight = e->weight,
            .italic = e->italic,
            .required = e->required,
        };
    }
    *out->list = rows;
    *out->n = n;
    return BX_OK;
}

bx_status bx_job_fonts(bx_job *job, const bx_font_row **list, size_t *n) {
    *list = NULL;
    *n = 0;
    return bx_job_run(job, list_fonts, &(font_list){list, n});
}
