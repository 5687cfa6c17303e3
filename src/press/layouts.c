/* The layouts that a press can see, and the one that a job uses. */
#include "press/press.h"

#include "style/chain.h"
#include "style/read.h"

static bx_layout_search search_of(const bx_job *job) {
    return (bx_layout_search){
        .folders = job->press->layout_folders,
        .n_folders = job->press->n_layout_folders,
    };
}

/* What a job reads of layouts lives apart from the rest, so that the press can take it over. */
static bx_arena *layout_arena(bx_job *job) {
    if (!job->layout_arena)
        job->layout_arena = bx_arena_new(&job->memory);
    return job->layout_arena;
}

static const bx_style *find_kept(bx_job *job, bx_str layout, const bx_layout_search *search) {
    for (const bx_kept *at = job->press->kept; at; at = at->next)
        if (at->style && memcmp(&at->limits, &job->report->limits, sizeof at->limits) == 0 &&
            bx_style_stands(job->arena, at->style, layout, search, job->report))
            return at->style;
    return NULL;
}

/* Whether another thread has kept the same style meanwhile. */
static bool is_kept(const bx_press *press, const bx_kept *what) {
    const bx_kept *at = press->kept;
    while (at && what->style &&
           !(at->style && memcmp(&at->limits, &what->limits, sizeof at->limits) == 0 &&
             bx_style_same(at->style, what->style)))
        at = at->next;
    return at && what->style;
}

/* Gives the press what the job has read, with the arena it lives in. */
static void keep(bx_job *job, bx_kept what) {
    bx_press *press = job->press;
    bx_kept *kept = bx_new(job->layout_arena, bx_kept);
    *kept = what;
    kept->arena = job->layout_arena;
    kept->limits = job->report->limits;
    bx_job_lock(job);
    kept->next = press->kept;
    kept->n = kept->next ? kept->next->n + 1 : 1;
    if (kept->n <= BX_MOST_KEPT && !is_kept(press, kept)) {
        bx_arena_move(kept->arena, &press->memory);
        job->layout_arena = NULL;
        press->kept = kept;
    }
    bx_job_unlock(job);
}

static const bx_style *read_style(bx_job *job, bx_str layout, bx_span asked,
                                  const bx_layout_search *search) {
    const bx_report *report = job->report;
    uint32_t said = report->errors + report->warnings;
    const bx_style *style = bx_style_open(layout_arena(job), layout, asked, search, job->report);
    if (style && report->errors + report->warnings == said)
        keep(job, (bx_kept){.style = style});
    return style;
}

const bx_style *bx_job_open_style(bx_job *job, bx_str layout, bx_span asked, bx_str from) {
    uint64_t start = bx_now();
    bx_layout_search search = search_of(job);
    search.from = from;
    search.fenced = asked.source && asked.source == job->issue->source;
    const bx_style *style = find_kept(job, layout, &search);
    if (!style)
        style = read_style(job, layout, asked, &search);
    job->timings.style += bx_now() - start;
    return style;
}

bool bx_job_has_layout(bx_job *job, bx_str layout, bx_str from) {
    bx_layout_search search = search_of(job);
    search.from = from;
    search.fenced = true;
    return bx_layout_find(job->arena, layout, from, &search).n > 0;
}

/* What the press has listed last; NULL: nothing yet. */
static const bx_layout_list *listed(const bx_job *job) {
    const bx_kept *at = job->press->kept;
    while (at && !at->layouts)
        at = at->next;
    return at ? at->layouts : NULL;
}

bx_str bx_job_suited_layout(bx_job *job) {
    uint64_t start = bx_now();
    bx_layout_search search = search_of(job);
    search.known = listed(job);
    bx_traits traits = bx_issue_traits(job->issue);
    bx_arena *arena = layout_arena(job);
    bx_mark mark = bx_arena_mark(arena);
    bx_layout_list *list = bx_new(arena, bx_layout_list);
    *list = bx_layouts_list(arena, &search);
    bx_str name = bx_str_dup(job->arena, bx_layout_for(&traits, list));
    if (list->fresh)
        keep(job, (bx_kept){.layouts = list});
    else
        bx_arena_rewind(arena, mark);
    job->timings.style += bx_now() - start;
    return name;
}

typedef struct layout_list {
    const bx_layout_row **list;
    size_t *n;
} layout_list;

static bx_status list_layouts(bx_job *job, void *arguments) {
    layout_list *out = arguments;
    bx_layout_search search = search_of(job);
    bx_layout_list found = bx_layouts_list(job->arena, &search);
    bx_layout_row *rows = bx_new_n(job->arena, bx_layout_row, found.n);
    for (uint32_t i = 0; i < found.n; i++)
        rows[i] = (bx_layout_row){
            .name = bx_cstr(job->arena, found.at[i].name),
            .title = bx_cstr(job->arena, found.at[i].title),
            .description = bx_cstr(job->arena, found.at[i].description),
            .path = bx_cstr(job->arena, found.at[i].path),
        };
    *out->list = rows;
    *out->n = found.n;
    return BX_OK;
}

bx_status bx_job_layouts(bx_job *job, const bx_layout_row **list, size_t *n) {
    *list = NULL;
    *n = 0;
    return bx_job_run(job, list_layouts, &(layout_list){list, n});
}
