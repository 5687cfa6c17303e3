/* The first walk over the pages: a second thread takes the latter half of them. */
#include "base/errand.h"
#include "output/pdf/writer.h"

/* Pages [from, end), and the glyphs they use. */
typedef struct bx_share {
    const bx_pages *pages;
    uint32_t from, end;
    bx_usage usage;
} bx_share;

static void note_share(void *user, bx_arena *own, bx_arena *scratch) {
    bx_share *share = user;
    share->usage = (bx_usage){.arena = own, .scratch = scratch};
    for (uint32_t i = share->from; i < share->end; i++) {
        bx_mark mark = bx_arena_mark(scratch);
        bx_placed_list items =
            bx_pdf_placed(scratch, share->pages->tags, &share->pages->list.at[i]);
        bx_usage_note(&share->usage, &items);
        bx_arena_rewind(scratch, mark);
    }
}

void bx_pdf_note(bx_writer *w) {
    uint32_t n = w->pages->list.n;
    bx_share first = {.pages = w->pages, .end = n / 2};
    bx_share *second = bx_new(w->arena, bx_share);
    *second = (bx_share){.pages = w->pages, .from = n / 2, .end = n};
    bx_errand *errand = bx_errand_give(w->arena, w->options->hand, note_share, second);
    note_share(&first, w->arena, w->scratch);
    for (uint32_t i = 0; i < n; i++)
        bx_pdf_pictures_note(w, w->pages->list.at[i].frame);
    bx_errand_finish(errand);
    w->usage = first.usage;
    bx_usage_join(&w->usage, &second->usage);
}
