/* Which of the ways to cut the flow into pages is taken, with blocks that need no fonts. */
#include "compose/fit.h"
#include "desk.h"
#include "support/cmocka_all.h"

static void open_pages(desk *d) {
    open_desk(d);
    d->style.page.depth = PAGE;
    d->c.report = bx_report_new(d->c.arena, bx_sources_new(d->c.arena));
}

static bx_stack *new_flow(desk *d) {
    bx_stack *s = bx_stack_new(&d->c);
    s->flow = true;
    return s;
}

/* The flow's pages; `wanted` as in assert_pages. */
static bx_page_records fill(desk *d, bx_stack *flow, const char *wanted) {
    const bx_page_records none = {0};
    bx_page_records records = bx_pages_fill(&d->c, &flow->base, &none);
    page pages[8] = {0};
    assert_true(records.n <= 8);
    for (uint32_t i = 0; i < records.n; i++)
        look(records.at[i].text, 0, &pages[i]);
    assert_ids(d, pages, records.n, wanted);
    return records;
}

/* A head of one line that stands with what follows, with white over it that stretches. */
static bx_block *add_head(desk *d, bx_stack *s, uint32_t id, int stretch) {
    bx_block *head = add_solid(d, s, id, 10);
    head->keep_next = true;
    head->before = GRID;
    head->stretch = stretch * GRID;
    return head;
}

/* A head that opens a piece: an article, a story. */
static void add_piece(desk *d, bx_stack *s, uint32_t id) {
    bx_block head = {.level = 2, .least_left = 4 * GRID};
    bx_stack *words = bx_stack_new(&d->c);
    head.class = words->base.class;
    words->base = head;
    words->base.keep_next = true;
    words->base.before = GRID;
    add_solid(d, words, id, 10);
    bx_stack_add(&d->c, s, &words->base);
}

/* Of a page with what is squeezed in and without it, that which is kinder to the next page too. */
static void looks_a_page_ahead(void **state) {
    (void)state;
    desk d;
    open_pages(&d);
    d.style.page.run_long = 1;
    bx_stack *s = new_flow(&d);
    add_lines(&d, s, 1, 7, 10);
    add_solid(&d, s, 50, 40);
    bx_block *next = add_solid(&d, s, 51, 60);
    add_solid(&d, s, 52, 60); /* 40 and 60 fill a page; 60 alone would leave a hole */
    bx_page_records records = fill(&d, s, "1 2 3 4 5 6 7 | 50 51 | 52");
    assert_int_equal(records.at[0].look.short_by, 3);
    assert_int_equal(records.at[1].look.short_by, 0);
    ((lines *)next)->pitch = PAGE; /* here the hole would be under the 40 */
    records = fill(&d, s, "1 2 3 4 5 6 7 50 | 51 | 52");
    assert_int_equal(records.at[0].look.long_by, 1);
    assert_int_equal(records.at[0].text->h, PAGE + GRID);
    close_desk(&d);
}

/* The last lines of a piece do not stand alone over the next one, if the page before can do without
 * as many: its white stretches. */
static void lends_lines_to_a_short_end(void **state) {
    (void)state;
    for (int stretch = 0; stretch < 3; stretch++) {
        static const char *const wanted[] = {
            "1 2 3 50 4 5 6 7 8 | 9 10 60 70 71 72 73",
            "1 2 3 50 4 5 6 7 | 8 9 10 60 70 71 72 73",
            "1 2 3 50 4 5 6 | 7 8 9 10 60 70 71 72 73",
        };
        desk d;
        open_pages(&d);
        bx_stack *s = new_flow(&d);
        add_lines(&d, s, 1, 3, 10);
        add_head(&d, s, 50, stretch);
        add_lines(&d, s, 4, 7, 10);
        add_piece(&d, s, 60);
        add_lines(&d, s, 70, 4, 10);
        bx_page_records records = fill(&d, s, wanted[stretch]);
        assert_int_equal(records.at[0].look.stretched, stretch);
        assert_int_equal(records.at[0].text->h, PAGE);
        assert_int_equal(records.at[1].look.tail, 2 - stretch);
        close_desk(&d);
    }
}

/* Trouble on the third page is mended on the first, where there is white to stretch. */
static void looks_further_than_a_page(void **state) {
    (void)state;
    desk d;
    open_pages(&d);
    bx_stack *s = new_flow(&d);
    add_lines(&d, s, 1, 3, 10);
    add_head(&d, s, 50, 2);
    add_lines(&d, s, 4, 17, 10); /* five of them on the first page, ten on the next */
    add_piece(&d, s, 60);
    add_lines(&d, s, 70, 4, 10);
    bx_page_records records =
        fill(&d, s, "1 2 3 50 4 5 6 | 7 8 9 10 11 12 13 14 15 16 | 17 18 19 20 60 70 71 72 73");
    assert_int_equal(records.at[0].look.stretched, 2);
    close_desk(&d);
}

/* What should not stand alone on the next page does so rather than that this one ends early by
 * lines that nothing makes up for. */
static void lets_alone_rather_than_leave_a_hole(void **state) {
    (void)state;
    for (int stretch = 0; stretch < 3; stretch += 2) {
        desk d;
        open_pages(&d);
        bx_stack *s = new_flow(&d);
        add_lines(&d, s, 1, 2, 10);
        add_head(&d, s, 50, stretch);
        add_lines(&d, s, 3, 6, 10);
        add_solid(&d, s, 100, 30)->keep_previous = true;
        add_lines(&d, s, 101, 13, 10);
        fill(
            &d, s,
            stretch
                ? "1 2 50 3 4 5 6 | 7 8 100 101 102 103 104 105 | 106 107 108 109 110 111 112 113"
                : "1 2 50 3 4 5 6 7 8 | 100 101 102 103 104 105 106 107 | 108 109 110 111 112 113");
        close_desk(&d);
    }
}

/* At the end of all no page holds nothing but that. */
static void leaves_no_last_page_alone(void **state) {
    (void)state;
    desk d;
    open_pages(&d);
    bx_stack *s = new_flow(&d);
    add_lines(&d, s, 1, 10, 10);
    add_solid(&d, s, 100, 30)->keep_previous = true;
    fill(&d, s, "1 2 3 4 5 6 7 8 | 9 10 100");
    close_desk(&d);
}

/* A page that was given lines for a head which then found no text under it ends where it ends. */
static void sees_holes_where_a_head_was_given_back(void **state) {
    (void)state;
    desk d;
    open_pages(&d);
    d.style.page.run_long = 1;
    bx_stack *s = new_flow(&d);
    add_lines(&d, s, 1, 6, 10);
    add_solid(&d, s, 50, 50)->keep_next = true;
    add_solid(&d, s, 51, 40);
    bx_page_records records = fill(&d, s, "1 2 3 4 5 6 | 50 51");
    assert_int_equal(records.at[0].look.short_by, 4);
    assert_int_equal(records.at[0].look.long_by, 0);
    close_desk(&d);
}

/* White over heads of sections gives first. */
static void stretches_heads_first(void **state) {
    (void)state;
    desk d;
    open_pages(&d);
    bx_stack *s = new_flow(&d);
    add_lines(&d, s, 1, 2, 10);
    add_head(&d, s, 50, 1);
    add_lines(&d, s, 3, 2, 10);
    add_head(&d, s, 51, 1)->level = 1;
    add_lines(&d, s, 5, 1, 10);
    add_solid(&d, s, 100, 40);
    bx_page_records records = fill(&d, s, "1 2 50 3 4 51 5 | 100");
    assert_int_equal(records.at[0].look.stretched, 1);
    page p = {0};
    look(records.at[0].text, 0, &p);
    assert_int_equal(p.at[2].y, 30 * BX_PT);
    assert_int_equal(p.at[5].y, 80 * BX_PT);
    close_desk(&d);
}

/* Ending early for nothing would leave a hole in mid text: it is not a way. */
static void ends_no_page_early_in_vain(void **state) {
    (void)state;
    desk d;
    open_pages(&d);
    bx_stack *s = new_flow(&d);
    add_lines(&d, s, 1, 12, 10);
    add_piece(&d, s, 60); /* two lines over it, and no white to stretch */
    add_lines(&d, s, 70, 4, 10);
    fill(&d, s, "1 2 3 4 5 6 7 8 9 10 | 11 12 60 70 71 72 73");
    close_desk(&d);
}

/* A flow that notes what is asked of it on trial. */
typedef struct asked {
    const bx_token *token;
    bx_space space;
} asked;
typedef struct watched {
    bx_stack stack;
    asked at[256];
    uint32_t n, again;
} watched;

static bx_fragment set_watched(bx_composer *c, bx_block *block, bx_space space,
                               const bx_token *token) {
    watched *w = (watched *)block;
    for (uint32_t i = 0; i < w->n && bx_on_trial(c); i++) {
        const bx_space *s = &w->at[i].space;
        w->again += bx_token_eq(w->at[i].token, token) && s->rigid == space.rigid &&
                    s->lax == space.lax && s->spare == space.spare;
    }
    assert_true(w->n < 256);
    if (bx_on_trial(c))
        w->at[w->n++] = (asked){bx_token_copy(c->blocks, token), space};
    return bx_stack_class.set(c, block, space, token);
}

/* Searches that follow each other look at the same pages, which are set once. */
static void tries_a_page_once(void **state) {
    (void)state;
    static const bx_block_class watched_class = {"watched", set_watched, NULL};
    desk d;
    open_pages(&d);
    watched *w = bx_new(d.c.blocks, watched);
    w->stack.base.class = &watched_class;
    w->stack.flow = true;
    for (uint32_t i = 0; i < 6; i++) {
        add_lines(&d, &w->stack, 10 * i, 3, 10);
        add_head(&d, &w->stack, 10 * i + 5, 2);
        add_solid(&d, &w->stack, 10 * i + 6, 50 + 10 * (int)(i % 3));
    }
    const bx_page_records none = {0};
    bx_page_records records = bx_pages_fill(&d.c, &w->stack.base, &none);
    assert_in_range(records.n, 6, 12);
    assert_true(w->n > records.n); /* there were searches */
    assert_int_equal(w->again, 0);
    close_desk(&d);
}

static void copies_tokens(void **state) {
    (void)state;
    desk d;
    open_desk(&d);
    static const uint32_t floats[] = {4, 7};
    bx_token *token = (bx_token *)bx_token_new(&d.c, 3, bx_token_new(&d.c, 1, NULL));
    token->floats = floats;
    token->n_floats = 2;
    token->float_inner = bx_token_new(&d.c, 9, NULL);
    const bx_token *copy = bx_token_copy(d.c.blocks, token);
    assert_ptr_not_equal(copy, token);
    assert_ptr_not_equal(copy->inner[0], token->inner[0]);
    assert_true(bx_token_eq(copy, token));
    assert_null(bx_token_copy(d.c.blocks, NULL));
    assert_ptr_equal(bx_token_copy(d.c.blocks, &bx_token_done), &bx_token_done);
    close_desk(&d);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(looks_a_page_ahead),
        cmocka_unit_test(lends_lines_to_a_short_end),
        cmocka_unit_test(looks_further_than_a_page),
        cmocka_unit_test(lets_alone_rather_than_leave_a_hole),
        cmocka_unit_test(leaves_no_last_page_alone),
        cmocka_unit_test(sees_holes_where_a_head_was_given_back),
        cmocka_unit_test(stretches_heads_first),
        cmocka_unit_test(ends_no_page_early_in_vain),
        cmocka_unit_test(tries_a_page_once),
        cmocka_unit_test(copies_tokens),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
