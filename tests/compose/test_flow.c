/* The flow of blocks into spaces, with blocks that need no fonts: keeps, floats, breaks, columns.
 */
#include <stdlib.h>

#include "compose/columns.h"
#include "compose/holders.h"
#include "desk.h"
#include "support/cmocka_all.h"

static void fills_pages(void **state) {
    (void)state;
    desk d;
    open_desk(&d);
    bx_stack *s = bx_stack_new(&d.c);
    for (uint32_t i = 1; i <= 7; i++)
        add_solid(&d, s, i, 30);
    assert_pages(&d, &s->base, "1 2 3 | 4 5 6 | 7");
    close_desk(&d);
}

static void keeps_heads_with_text(void **state) {
    (void)state;
    desk d;
    open_desk(&d);
    bx_stack *s = bx_stack_new(&d.c);
    add_solid(&d, s, 1, 60);
    add_solid(&d, s, 2, 10)->keep_next = true;
    add_solid(&d, s, 3, 10)->keep_next = true;
    add_lines(&d, s, 10, 6, 10); /* only one line would fit, and two must */
    s->children.at[0]->after = BX_PT;
    assert_pages(&d, &s->base, "1 | 2 3 10 11 12 13 14 15");
    close_desk(&d);
}

static void breaks_chains_that_fill_pages(void **state) {
    (void)state;
    desk d;
    open_desk(&d);
    bx_stack *s = bx_stack_new(&d.c);
    for (uint32_t i = 1; i <= 8; i++)
        add_solid(&d, s, i, 30)->keep_next = true;
    assert_pages(&d, &s->base, "1 2 3 | 4 5 6 | 7 8");
    close_desk(&d);
}

static void collapses_white(void **state) {
    (void)state;
    desk d;
    open_desk(&d);
    bx_stack *s = bx_stack_new(&d.c);
    bx_block *a = add_solid(&d, s, 1, 10), *b = add_solid(&d, s, 2, 10);
    a->before = 30 * BX_PT; /* falls away at the top */
    a->after = 5 * BX_PT;
    b->before = 8 * BX_PT;
    page p[2];
    assert_int_equal(paginate(&d, &s->base, p, 2), 1);
    assert_int_equal(p[0].at[0].y, 0);
    assert_int_equal(p[0].at[1].y, 18 * BX_PT);
    close_desk(&d);
}

static void ends_blocks_on_the_grid(void **state) {
    (void)state;
    desk d;
    open_desk(&d);
    bx_stack *s = bx_stack_new(&d.c);
    add_lines(&d, s, 1, 2, 10)->base.grid = true;
    bx_block *head = add_solid(&d, s, 3, 13);
    head->grid = head->keep_next = true;
    head->before = 6 * BX_PT;
    head->after = 4 * BX_PT;
    add_lines(&d, s, 4, 2, 10)->base.grid = true;
    page p[2];
    assert_int_equal(paginate(&d, &s->base, p, 2), 1);
    assert_int_equal(p[0].at[2].y, 33 * BX_PT); /* 20 + 6, moved down so that 13 + 4 end at 50 */
    assert_int_equal(p[0].at[3].y, 50 * BX_PT);
    close_desk(&d);
}

/* What closes an issue does not stand alone on a page: lines of the block before it come along, or
 * all of it with its head; but no page is left empty for that. */
static void leaves_nothing_alone(void **state) {
    (void)state;
    desk d;
    open_desk(&d);
    bx_stack *s = bx_stack_new(&d.c);
    add_lines(&d, s, 1, 8, 10);
    add_solid(&d, s, 100, 30)->keep_previous = true;
    assert_pages(&d, &s->base, "1 2 3 4 5 6 | 7 8 100");
    s = bx_stack_new(&d.c);
    add_solid(&d, s, 1, 50);
    add_solid(&d, s, 2, 10)->keep_next = true;
    add_lines(&d, s, 3, 2, 10);
    add_solid(&d, s, 100, 30)->keep_previous = true;
    assert_pages(&d, &s->base, "1 | 2 3 4 100");
    s = bx_stack_new(&d.c);
    add_solid(&d, s, 1, 90);
    add_solid(&d, s, 100, 30)->keep_previous = true;
    assert_pages(&d, &s->base, "1 | 100");
    s = bx_stack_new(&d.c);
    add_lines(&d, s, 1, 6, 10);
    add_solid(&d, s, 100, 30)->keep_previous = true;
    assert_pages(&d, &s->base, "1 2 3 4 5 6 100");
    s = bx_stack_new(&d.c);
    add_lines(&d, s, 1, 8, 10);
    add_solid(&d, s, 100, 40)->keep_previous = true; /* enough for a page of its own */
    assert_pages(&d, &s->base, "1 2 3 4 5 6 7 8 | 100");
    close_desk(&d);
}

/* Two lines, a head with white over it that gives and takes a line, n lines more. */
static bx_stack *pages_flow(desk *d, uint32_t n) {
    bx_stack *s = bx_stack_new(&d->c);
    s->flow = true;
    add_lines(d, s, 1, 2, 10);
    bx_block *head = add_solid(d, s, 50, 10);
    head->keep_next = true;
    head->before = head->stretch = head->shrink = GRID;
    add_lines(d, s, 3, n, 10);
    return s;
}

static void stretches_white_to_fill_pages(void **state) {
    (void)state;
    desk d;
    open_desk(&d);
    page p[4];
    bx_stack *s = pages_flow(&d, 5); /* 90 of 100: the head's white makes up for it */
    add_solid(&d, s, 100, 40);
    assert_int_equal(paginate(&d, &s->base, p, 4), 2);
    assert_int_equal(p[0].at[2].y, 40 * BX_PT);
    assert_int_equal(p[0].h, PAGE);
    s = pages_flow(&d, 4); /* 80 of 100: more is missing than can be had */
    add_solid(&d, s, 100, 40);
    assert_int_equal(paginate(&d, &s->base, p, 4), 2);
    assert_int_equal(p[0].at[2].y, 30 * BX_PT);
    s = pages_flow(&d, 5); /* where a new page is asked for, and at the end, nothing is missing */
    bx_stack_add(&d.c, s, bx_page_break_new(&d.c));
    add_lines(&d, s, 100, 2, 10);
    assert_int_equal(paginate(&d, &s->base, p, 4), 2);
    assert_int_equal(p[0].at[2].y, 30 * BX_PT);
    close_desk(&d);
}

static void makes_room_rather_than_leave_a_hole(void **state) {
    (void)state;
    desk d;
    open_desk(&d);
    page p[4];
    bx_stack *s = pages_flow(&d, 2);
    add_solid(&d, s, 100, 60); /* 120 of 100: the page runs long, the head's white shrinks */
    assert_int_equal(paginate(&d, &s->base, p, 4), 2);
    d.style.page.run_long = 1;
    assert_int_equal(paginate(&d, &s->base, p, 4), 1);
    assert_int_equal(p[0].at[2].y, 20 * BX_PT);
    assert_int_equal(p[0].h, PAGE + GRID);
    bx_space rigid = page_space();
    rigid.rigid = true;
    bx_fragment f = bx_set(&d.c, &s->base, rigid, NULL);
    assert_non_null(f.next);
    assert_int_equal(f.look.short_by, 4);
    s = bx_stack_new(&d.c);
    s->flow = true;
    add_solid(&d, s, 1, 10);
    add_lines(&d, s, 2, 10, 10); /* its last two lines would have a page to themselves */
    assert_pages(&d, &s->base, "1 2 3 4 5 6 7 8 9 10 11");
    add_lines(&d, s, 100, 4, 10);
    assert_pages(&d, &s->base, "1 2 3 4 5 6 7 8 9 | 10 11 100 101 102 103");
    close_desk(&d);
}

/* The same of columns, which are balanced anew on the next page. */
static void shares_columns(void **state) {
    (void)state;
    desk d;
    open_desk(&d);
    bx_stack *s = bx_stack_new(&d.c), *list = bx_stack_new(&d.c);
    for (uint32_t i = 1; i <= 16; i++)
        add_solid(&d, list, i, 10);
    bx_stack_add(&d.c, s, bx_columns_new(&d.c, &list->base, 2, 0));
    add_solid(&d, s, 100, 30)->keep_previous = true;
    assert_pages(&d, &s->base, "1 2 3 4 5 6 7 8 9 10 | 11 12 13 14 15 16 100");
    close_desk(&d);
}

static void puts_figures_off(void **state) {
    (void)state;
    desk d;
    open_desk(&d);
    bx_stack *s = bx_stack_new(&d.c);
    add_solid(&d, s, 1, 60);
    add_solid(&d, s, 2, 50)->floats = true;
    add_solid(&d, s, 3, 20);
    add_solid(&d, s, 4, 10)->floats = true; /* would fit, but not before 2 */
    add_solid(&d, s, 5, 20);
    assert_pages(&d, &s->base, "1 3 5 | 2 4");
    close_desk(&d);
}

/* What is put off comes before a new start, and takes with it no text. */
static void flushes_figures_before_breaks(void **state) {
    (void)state;
    desk d;
    open_desk(&d);
    bx_stack *s = bx_stack_new(&d.c);
    add_solid(&d, s, 1, 60);
    add_solid(&d, s, 2, 50)->floats = true;
    add_solid(&d, s, 3, 20);
    bx_stack_add(&d.c, s, bx_page_break_new(&d.c));
    add_solid(&d, s, 4, 20);
    assert_pages(&d, &s->base, "1 3 | 2 | 4");
    close_desk(&d);
}

/* A block that asks for a turned page goes there, over as many as it needs; text fills the page it
 * left. */
static void turns_pages(void **state) {
    (void)state;
    desk d;
    open_desk(&d);
    bx_stack *s = bx_stack_new(&d.c);
    add_solid(&d, s, 1, 30);
    add_lines(&d, s, 10, 15, 10)->base.sideways = true;
    add_solid(&d, s, 2, 30);
    add_solid(&d, s, 3, 50);
    const bx_token *token = NULL;
    static const char *const wanted[] = {"1 2", "10 11 12 13 14 15 16 17 18 19", "20 21 22 23 24",
                                         "3"};
    static const bool turned[] = {false, true, true, false};
    for (int i = 0; i < 4; i++) {
        bx_space space = page_space();
        space.sideways = bx_stack_is_sideways(&s->base, token);
        assert_int_equal(space.sideways, turned[i]);
        bx_fragment f = bx_set(&d.c, &s->base, space, token);
        page p = {0};
        look(f.frame, 0, &p);
        bx_buf buf = bx_buf_new(d.c.arena);
        for (uint32_t k = 0; k < p.n; k++)
            bx_buf_fmt(&buf, "%s%u", k ? " " : "", p.at[k].id);
        assert_string_equal(bx_cstr(d.c.arena, bx_buf_view(&buf)), wanted[i]);
        token = f.next;
        assert_int_equal(token != NULL, i < 3);
    }
    close_desk(&d);
}

/* An overlay between a head and its text takes no room and no head from its text. */
static void carries_overlays_along(void **state) {
    (void)state;
    desk d;
    open_desk(&d);
    bx_stack *s = bx_stack_new(&d.c), *over = bx_stack_new(&d.c);
    add_solid(&d, s, 1, 80);
    add_solid(&d, s, 2, 5)->keep_next = true;
    add_solid(&d, over, 9, 30);
    bx_block *overlay = bx_overlay_new(&d.c, &over->base, 0, 0, 0);
    overlay->keep_next = true;
    bx_stack_add(&d.c, s, overlay);
    add_solid(&d, s, 3, 5)->keep_next = true;
    add_lines(&d, s, 10, 4, 10);
    assert_pages(&d, &s->base, "1 | 2 9 3 10 11 12 13");
    close_desk(&d);
}

static void keeps_blocks_together(void **state) {
    (void)state;
    desk d;
    open_desk(&d);
    bx_stack *s = bx_stack_new(&d.c), *inner = bx_stack_new(&d.c), *large = bx_stack_new(&d.c);
    add_solid(&d, s, 1, 50);
    add_solid(&d, inner, 2, 30);
    add_solid(&d, inner, 3, 30);
    inner->base.keep_together = true;
    bx_stack_add(&d.c, s, &inner->base);
    for (uint32_t i = 10; i < 16; i++)
        add_solid(&d, large, i, 20);
    large->base.keep_together = true; /* taller than a page: broken where it stands */
    bx_stack_add(&d.c, s, &large->base);
    assert_pages(&d, &s->base, "1 | 2 3 10 11 | 12 13 14 15");
    close_desk(&d);
}

static void makes_no_empty_pages(void **state) {
    (void)state;
    desk d;
    open_desk(&d);
    bx_stack *s = bx_stack_new(&d.c);
    bx_stack_add(&d.c, s, bx_page_break_new(&d.c));
    add_solid(&d, s, 1, 100);
    bx_stack_add(&d.c, s, bx_page_break_new(&d.c));
    bx_stack_add(&d.c, s, bx_page_break_new(&d.c));
    add_solid(&d, s, 2, 10);
    bx_stack_add(&d.c, s, bx_page_break_new(&d.c));
    add_solid(&d, s, 3, 10);
    assert_pages(&d, &s->base, "1 | 2 | 3");
    close_desk(&d);
}

static void frames_every_part(void **state) {
    (void)state;
    desk d;
    open_desk(&d);
    bx_box box = {.inset_top = 10 * BX_PT, .inset_bottom = 10 * BX_PT, .fill = {1, 2, 3, true}};
    bx_stack *inner = bx_stack_new(&d.c);
    add_lines(&d, inner, 1, 12, 10);
    bx_block *block = bx_framed_new(&d.c, &box, &inner->base);
    page p[4];
    assert_int_equal(paginate(&d, block, p, 4), 2);
    assert_int_equal(p[0].h, PAGE);
    assert_int_equal(p[0].n, 9); /* the ground and eight lines */
    assert_int_equal(p[0].at[1].y, 10 * BX_PT);
    assert_int_equal(p[1].n, 5);
    assert_int_equal(p[1].h, 60 * BX_PT);
    close_desk(&d);
}

static void goes_on_in_each_cell(void **state) {
    (void)state;
    desk d;
    open_desk(&d);
    bx_row *row = bx_row_new(&d.c, 0);
    bx_stack *a = bx_stack_new(&d.c), *b = bx_stack_new(&d.c);
    add_lines(&d, a, 1, 3, 10);
    add_lines(&d, b, 11, 14, 10);
    bx_row_add(&d.c, row, (bx_row_cell){.block = &a->base});
    bx_row_add(&d.c, row, (bx_row_cell){.block = &b->base});
    assert_pages(&d, &row->base, "1 2 3 11 12 13 14 15 16 17 18 19 20 | 21 22 23 24");
    close_desk(&d);
}

static void balances_columns(void **state) {
    (void)state;
    desk d;
    open_desk(&d);
    bx_stack *s = bx_stack_new(&d.c);
    add_lines(&d, s, 1, 30, 10);
    bx_block *columns = bx_columns_new(&d.c, &s->base, 2, BX_PT);
    page p[4];
    assert_int_equal(paginate(&d, columns, p, 4), 2);
    assert_int_equal(p[0].n, 20);
    assert_int_equal(p[1].n, 10);
    assert_int_equal(p[1].h, 50 * BX_PT); /* five lines each, not ten and none */
    close_desk(&d);
}

/* Things in columns stay whole where that costs no more than two lines. */
static void keeps_items_whole_in_columns(void **state) {
    (void)state;
    for (uint32_t n = 2; n < 4; n++) {
        desk d;
        open_desk(&d);
        bx_stack *s = bx_stack_new(&d.c);
        for (uint32_t i = 1; i < 4; i++) {
            bx_stack *item = bx_stack_new(&d.c);
            item->base.keep_whole = true;
            add_lines(&d, item, 10 * i, i == 2 ? 2 * n : n, 10);
            bx_stack_add(&d.c, s, &item->base);
        }
        page p[2];
        assert_int_equal(paginate(&d, bx_columns_new(&d.c, &s->base, 2, 0), p, 2), 1);
        assert_int_equal(p[0].h, 6 * GRID); /* 2 + 4 and 2, not 4 and 4; but 6 and 6, not 9 and 3 */
        close_desk(&d);
    }
}

/* Columns that go on on the next page have some lines on either. */
static void leaves_no_stub_of_columns(void **state) {
    (void)state;
    desk d;
    open_desk(&d);
    bx_stack *s = bx_stack_new(&d.c), *list = bx_stack_new(&d.c);
    add_solid(&d, s, 1, 80);
    for (uint32_t i = 10; i < 20; i++)
        add_solid(&d, list, i, 10);
    bx_stack_add(&d.c, s, bx_columns_new(&d.c, &list->base, 2, 0));
    assert_pages(&d, &s->base, "1 | 10 11 12 13 14 15 16 17 18 19");
    add_solid(&d, list, 20, 10);
    ((lines *)s->children.at[0])->pitch = 50 * BX_PT;
    assert_pages(&d, &s->base, "1 10 11 12 13 14 15 | 16 17 18 19 20");
    close_desk(&d);
}

/* Random stacks of all kinds: each line stands once, in order, and no page overflows but for a line
 * taller than a page. Setting on trial and setting again change nothing. */
static uint32_t next_random(uint32_t *seed) {
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

static uint32_t fill_random(desk *d, bx_stack *s, uint32_t *seed, uint32_t id, int depth) {
    uint32_t n = 1 + next_random(seed) % 8;
    for (uint32_t i = 0; i < n; i++) {
        uint32_t kind = next_random(seed) % 10;
        bx_block *block;
        if (kind < 6 || depth == 0) {
            uint32_t lines_n = 1 + next_random(seed) % 9;
            block = &add_lines(d, s, id, lines_n, 3 + (int)(next_random(seed) % 12))->base;
            id += lines_n;
        } else {
            bx_stack *inner = bx_stack_new(&d->c);
            id = fill_random(d, inner, seed, id, depth - 1);
            static const bx_box box = {.inset_top = 2 * BX_PT, .inset_bottom = 3 * BX_PT};
            block = kind < 8 ? bx_framed_new(&d->c, &box, &inner->base) : &inner->base;
            bx_stack_add(&d->c, s, block);
        }
        block->keep_next = next_random(seed) % 4 == 0;
        block->keep_together = next_random(seed) % 5 == 0;
        block->grid = next_random(seed) % 3 == 0;
        block->before = (bx_len)(next_random(seed) % 3) * 4 * BX_PT;
        block->after = (bx_len)(next_random(seed) % 3) * 3 * BX_PT;
        block->least_left = next_random(seed) % 6 == 0 ? 30 * BX_PT : 0;
        if (next_random(seed) % 12 == 0)
            bx_stack_add(&d->c, s, bx_page_break_new(&d->c));
    }
    return id;
}

static void loses_nothing(void **state) {
    (void)state;
    page *pages = calloc(256, sizeof *pages);
    for (uint32_t round = 1; round <= 400; round++) {
        desk d;
        open_desk(&d);
        uint32_t seed = round * 2654435761u;
        bx_stack *s = bx_stack_new(&d.c);
        uint32_t end = fill_random(&d, s, &seed, 1, 3);
        bx_trial trial = bx_trial_begin(&d.c);
        bx_len h = bx_set(&d.c, &s->base, page_space(), NULL).frame->h;
        bx_trial_end(&d.c, trial);
        uint32_t n = paginate(&d, &s->base, pages, 256), id = 1;
        assert_int_equal(pages[0].h, h);
        for (uint32_t i = 0; i < n; i++) {
            for (uint32_t k = 0; k < pages[i].n; k++) {
                if (pages[i].at[k].id == 0 || pages[i].at[k].id >= 50 * BX_PT)
                    continue; /* grounds of boxes */
                assert_int_equal(pages[i].at[k].id, id);
                id++;
            }
            assert_true(pages[i].h <= PAGE);
        }
        assert_int_equal(id, end);
        close_desk(&d);
    }
    free(pages);
}

static void compares_tokens(void **state) {
    (void)state;
    desk d;
    open_desk(&d);
    const bx_token *a = bx_token_new(&d.c, 3, bx_token_new(&d.c, 1, NULL));
    const bx_token *b = bx_token_new(&d.c, 3, bx_token_new(&d.c, 1, NULL));
    const bx_token *other = bx_token_new(&d.c, 3, bx_token_new(&d.c, 2, NULL));
    assert_true(bx_token_eq(a, b));
    assert_false(bx_token_eq(a, other));
    assert_false(bx_token_eq(a, NULL));
    assert_true(bx_token_eq(NULL, NULL));
    assert_false(bx_token_eq(bx_token_new(&d.c, UINT32_MAX, NULL), NULL));
    close_desk(&d);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fills_pages),
        cmocka_unit_test(keeps_heads_with_text),
        cmocka_unit_test(breaks_chains_that_fill_pages),
        cmocka_unit_test(collapses_white),
        cmocka_unit_test(ends_blocks_on_the_grid),
        cmocka_unit_test(leaves_nothing_alone),
        cmocka_unit_test(shares_columns),
        cmocka_unit_test(stretches_white_to_fill_pages),
        cmocka_unit_test(makes_room_rather_than_leave_a_hole),
        cmocka_unit_test(puts_figures_off),
        cmocka_unit_test(flushes_figures_before_breaks),
        cmocka_unit_test(turns_pages),
        cmocka_unit_test(carries_overlays_along),
        cmocka_unit_test(keeps_blocks_together),
        cmocka_unit_test(makes_no_empty_pages),
        cmocka_unit_test(frames_every_part),
        cmocka_unit_test(goes_on_in_each_cell),
        cmocka_unit_test(balances_columns),
        cmocka_unit_test(keeps_items_whole_in_columns),
        cmocka_unit_test(leaves_no_stub_of_columns),
        cmocka_unit_test(loses_nothing),
        cmocka_unit_test(compares_tokens),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
