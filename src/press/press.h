/* The inside of the public handles. See banxin.h for what they promise.
 *
 * A press has an arena of its own for what all jobs share; it is used under the press's lock only.
 * A job has its arena, sources, report, and the trap for failed allocations: every public call
 * on a job goes through bx_job_run, which sets it. */
#ifndef BX_PRESS_PRESS_H
#define BX_PRESS_PRESS_H

#include "banxin.h"
#include "base/clock.h"
#include "base/diag.h"
#include "base/hand.h"
#include "base/map.h"
#include "compose/pages.h"
#include "font/font.h"
#include "issue/read.h"
#include "style/read.h"
#include "text/hyphenate.h"

#include <pthread.h>
#include <stdatomic.h>

/* What is known of an issue that lies in a folder with another one. */
typedef struct bx_sibling {
    bx_str path, series;
    int64_t number;       /* -1: none, or no whole number */
    int year, month, day; /* year 0: none */
} bx_sibling;

/* What the press has understood of layouts, for all jobs that ask for it. Constant. */
typedef struct bx_kept {
    const struct bx_kept *next;
    bx_arena *arena;       /* where it lives, itself included; counted to the press's memory */
    const bx_style *style; /* read without a word to say; NULL: it is a list of layouts */
    const bx_layout_list *layouts;
    bx_limits limits; /* that held when the style was read */
    uint32_t n;       /* how many there are from here on */
} bx_kept;
enum { BX_MOST_KEPT = 32 }; /* who edits layouts all day has them read anew after that */

typedef struct bx_folder {
    bx_str path;
    BX_VEC(bx_sibling) issues;
} bx_folder;

struct bx_press {
    bx_memory memory;
    bx_arena *arena;
    pthread_mutex_t lock;
    bx_str *layout_folders, *font_folders, *hyphen_folders;
    uint32_t n_layout_folders, n_font_folders, n_hyphen_folders;
    bool owns_fontconfig;
    const bx_kept *_Atomic kept; /* the latest first; added to under the lock, read without */
    bx_fonts *fonts;             /* NULL until a job needs them */
    bx_hyphens *hyphens;         /* likewise */
    bool has_identity; /* of fonts and dictionaries: hashed when a key is first asked for */
    bx_digest identity;
    BX_VEC(bx_folder) folders; /* of issues that were checked */
};

/* A picture as it was read. */
typedef struct bx_picture_read {
    bx_str path;     /* as it was asked for */
    uint32_t layout; /* the source of the layout that names it; 0: the issue does */
    bx_str bytes;
} bx_picture_read;

/* Files that stand in memory: a job that has them reads nothing else from the disk but fonts and
 * hyphenation dictionaries. */
typedef struct bx_given {
    bx_bundle layouts; /* the chain, the layout that is asked for first */
    bx_bundle pictures, layout_pictures;
} bx_given;

struct bx_job {
    bx_press *press;
    bx_memory memory;
    bx_arena *arena;
    bx_hand *hand; /* NULL: the job has one thread */
    struct {
        bx_chore hyphens, words, fonts;
    } ahead; /* of the first thread */
    bx_sources *sources;
    bx_report *report;
    bx_str subject; /* the issue, as messages name it that have no place of their own */
    bx_str layout, assets_folder; /* empty: not given */
    bx_str *settings;
    uint32_t n_settings;
    bool has_created;
    int64_t created;
    bool leaves_folder; /* of what is published: not to be synced */
    bool holds_lock;    /* of the press */
    bx_status
        stopped; /* not BX_OK: an allocation failed or a limit was met; only closing is left */
    uint32_t n_sorted; /* diagnostics that stand in order */
    bool was_read;
    bx_issue_options issue_options;
    const bx_issue *issue;      /* NULL: nothing could be read */
    const bx_style *style;      /* NULL: it has errors */
    bx_arena *layout_arena;     /* what the job has read of layouts, till the press keeps it */
    uint32_t layout_sources[2]; /* its files: from the first source to before the second */
    bx_pages *pages;            /* NULL: not composed yet, or with errors */
    BX_VEC(const char *) files;
    BX_VEC(bx_picture_read) pictures; /* each once, in the order of reading */
    const bx_given *given;            /* NULL: files are read from the disk */
    bool has_standards;               /* they were asked for, instead of the layout's */
    uint32_t standards;               /* BX_PDF_A2A …: after reading those that are kept */
    bool embed_source;                /* after reading: whether the source goes into the PDF */
    bx_timings timings;
};

typedef bx_status (*bx_task)(bx_job *job, void *arguments);

/* Runs a task with the trap set: BX_ENOMEM when an allocation fails in it, BX_EDATA with an error
 * reported when it goes beyond the limits `memory` or `time`. After either the job is stopped. */
bx_status bx_job_run(bx_job *job, bx_task task, void *arguments);

/* The same without limits, for tasks that only tell what there is: of a job stopped at a limit too.
 */
bx_status bx_job_look(bx_job *job, bx_task task, void *arguments);

/* bx_job_read for who is inside a task already. */
bx_status bx_job_read_issue(bx_job *job, const bx_issue_options *options);

/* The press's lock, with failed allocations in the press's arena going to the job's trap. */
void bx_job_lock(bx_job *job);
void bx_job_unlock(bx_job *job);

/* The press's fonts, opened if need be. NULL after an error (reported). */
const bx_fonts *bx_job_open_fonts(bx_job *job);

/* The same for who is not concerned with what was read and how long it took. */
const bx_fonts *bx_job_shared_fonts(bx_job *job);

/* ahead.c: the job's second thread, if it has one, makes ready what composing will need: from the
 * start of reading on, and more once the issue is read. */
void bx_job_begin_ahead(bx_job *job);
void bx_job_go_on_ahead(bx_job *job);
/* After this it makes nothing ready any more, nor asks for memory: what is finished cannot fail. */
void bx_job_end_ahead(bx_job *job);

/* The press's hyphenation dictionaries, likewise. */
const bx_hyphens *bx_job_hyphens(bx_job *job);

/* A layout by name or path; relative paths start from the folder `from`. NULL after an error
 * (reported, at `asked` when there is no such layout). */
const bx_style *bx_job_open_style(bx_job *job, bx_str layout, bx_span asked, bx_str from);

/* The name of the layout that suits the job's issue; empty: none says so. */
bx_str bx_job_suited_layout(bx_job *job);

/* Settles which standards are kept and whether the source is attached, once the issue and its
 * layout are read. What cannot be had together is reported at the key that asks for it. */
void bx_job_settle_standards(bx_job *job);

/* Whether there is a layout of that name or path. */
bool bx_job_has_layout(bx_job *job, bx_str layout, bx_str from);

/* Adds to the files that were read; the second, all sources from an index on. */
void bx_job_note_file(bx_job *job, bx_str path);
void bx_job_note_sources(bx_job *job, uint32_t from);

/* bx_assets.image: a picture that the issue or its layout names. */
const bx_image *bx_job_image(void *job, bx_arena *arena, bx_str path, bx_span asked,
                             bx_report *report);

/* What the report's errors amount to: BX_OK without any, else by the one whose stage comes first.
 */
bx_status bx_job_status(const bx_job *job);

#endif
