/* What the tests of line layout share: fonts opened once, a paragraph from a line of marked-up
 * text. */
#ifndef BX_TESTS_TEXT_SETUP_H
#define BX_TESTS_TEXT_SETUP_H

#include "text/hyphenate.h"
#include "text/paragraph.h"

typedef struct setup {
    bx_memory memory;
    bx_arena *press; /* fonts, dictionaries */
    bx_report *report;
    const bx_fonts *fonts;
    bx_hyphens *hyphens;
} setup;

/* Both exit the program when the fonts are not there. */
setup *setup_new(void);
void setup_drop(setup *s);

uint32_t setup_random(uint64_t *seed); /* not 0 */

enum { TEST_EM = 10240 }; /* 10 pt: quarter and eighth ems are whole numbers of 1/1024 pt */

/* The setting of rules' cases: zh-Hans, gb, quanjiao, a quarter em, justified, no hyphens, edges
 * trimmed, Noto Sans Mono CJK SC, whose Latin is half an em. */
bx_text_input setup_input(const setup *s, bx_arena *arena, bx_str text);

/* The same from marked-up text: {b|bold} {code|…} {sup|…} {sub|…} {pad|…} {link|…} {keep|…} {silent|…}
 * {dots|…} {ruby|base|reading} {ja|…} {object|width in em}; \n, \u{HEX} and \\. Nothing nests. */
bx_text_input setup_marked(const setup *s, bx_arena *arena, bx_str marked);

/* "measure=8 lang=ja kinsoku=strict hang …" into the input; the measure and fit in 1/1024 pt. */
typedef struct test_options {
    bx_len measure, fit; /* BX_NO_MEASURE, 0: not given */
} test_options;
test_options setup_options(bx_text_input *input, bx_str options);

#endif
