/* What a job's second thread makes ready while the first reads the issue and its layout.
 *
 * The order is that in which the first thread gets there: it reads for 2 ms, and whatever of this
 * has not been begun by then it does itself. */
#include "press/press.h"

/* With a job of its own, whose report nobody reads: what is wrong is found again by the job that
 * needs it. */
static void look(bx_press *press, bx_task task) {
    bx_job *job;
    if (bx_job_open(press, NULL, &job) == BX_OK)
        bx_job_look(job, task, NULL);
    bx_job_close(job);
}

static bx_status read_hyphens(bx_job *job, void *arguments) {
    (void)arguments;
    bx_hyphens_warm(bx_job_hyphens(job));
    return BX_OK;
}

static bx_status open_fonts(bx_job *job, void *arguments) {
    (void)arguments;
    return bx_job_shared_fonts(job) ? BX_OK : bx_job_status(job);
}

static void hyphens(void *press, bool aside) {
    if (aside)
        look(press, read_hyphens);
}

static void words(void *press, bool aside) {
    (void)press;
    if (aside)
        bx_words_warm();
}

static void fonts(void *press, bool aside) {
    (void)aside;
    look(press, open_fonts);
}

static void give(bx_job *job, bx_chore *chore, void (*run)(void *press, bool aside)) {
    *chore = (bx_chore){.run = run, .user = job->press};
    if (job->hand)
        bx_hand_give(job->hand, chore);
}

void bx_job_begin_ahead(bx_job *job) { give(job, &job->ahead.fonts, fonts); }

void bx_job_go_on_ahead(bx_job *job) {
    if (bx_str_starts(job->issue->lang, BX_STR("zh")))
        give(job, &job->ahead.words, words);
    give(job, &job->ahead.hyphens, hyphens);
}

void bx_job_end_ahead(bx_job *job) {
    bx_hand_drop(job->hand, &job->ahead.fonts);
    bx_hand_drop(job->hand, &job->ahead.words);
    bx_hand_drop(job->hand, &job->ahead.hyphens);
}
