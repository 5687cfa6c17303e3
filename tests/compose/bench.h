/* From the text of an issue to composed pages, with the layouts of this folder and the project's.
 */
#ifndef BX_TESTS_COMPOSE_BENCH_H
#define BX_TESTS_COMPOSE_BENCH_H

#include "compose/pages.h"

typedef struct bench {
    bx_memory memory;
    bx_arena *arena;
    bx_report *report;
    bx_fonts *fonts;
    const bx_issue *issue;
    const bx_style *style;
    bx_pages *pages;
    bx_hand *hand; /* NULL unless the test has set it */
} bench;

/* Fails the running test when the fonts or the layout cannot be opened. Pictures named `W×H.png`
 * are grey, of so many pixels; others are missing, with a warning. */
void bench_open(bench *b, const char *layout);
/* Markdown text, with front matter or without. */
bx_pages *bench_compose(bench *b, bx_str text);
void bench_close(bench *b);

/* All messages, one a line: line:column code. */
bx_str bench_messages(bench *b);

/* The text that stands on a page, runs one after the other, a bar after each line. */
bx_str bench_text(bench *b, uint32_t page);

#endif
