#include "desk.h"

#include <stdlib.h>

#include "compose/holders.h"
#include "support/cmocka_all.h"

void open_desk(desk *d) {
    memset(d, 0, sizeof *d);
    d->style.page.pitch = GRID;
    d->c = (bx_composer){.arena = bx_arena_new(&d->memory),
                         .blocks = bx_arena_new(&d->memory),
                         .scratch = bx_arena_new(&d->memory),
                         .draft = bx_arena_new(&d->memory),
                         .style = &d->style};
    d->c.out = d->c.arena;
}

void close_desk(desk *d) {
    bx_arena_drop(d->c.arena);
    bx_arena_drop(d->c.blocks);
    bx_arena_drop(d->c.scratch);
    bx_arena_drop(d->c.draft);
    assert_int_equal(d->memory.in_use, 0);
}

static bx_fragment set_lines(bx_composer *c, bx_block *block, bx_space space,
                             const bx_token *token) {
    lines *l = (lines *)block;
    uint32_t from = token ? token->at : 0, rest = l->n - from;
    uint32_t fit = space.height < 0 ? 0 : (uint32_t)(space.height / l->pitch);
    uint32_t good = fit < rest ? fit : rest;
    if (good < rest && rest - good < l->least)
        good = rest > l->least ? rest - l->least : 0;
    if (good < rest && (good < l->least || block->keep_together))
        good = 0;
    if (!good && space.fresh)
        good = fit < 1 ? 1 : fit < rest ? fit : rest;
    if (!good)
        return (bx_fragment){0};
    bx_frame *frame = bx_frame_new(c->out, space.width, l->pitch * (bx_len)good);
    for (uint32_t i = 0; i < good; i++)
        bx_frame_add(c->out, frame,
                     bx_rect(0, l->pitch * (bx_len)i, (bx_len)(l->first + from + i), l->pitch,
                             (bx_color){0}));
    bx_fragment f = {.frame = frame};
    if (good < rest)
        f.next = bx_token_new(c, from + good, NULL);
    return f;
}

static const bx_block_class lines_class = {"lines", set_lines, NULL};

lines *add_lines(desk *d, bx_stack *stack, uint32_t first, uint32_t n, int pitch) {
    lines *l = bx_new(d->c.arena, lines);
    l->base.class = &lines_class;
    l->n = n;
    l->first = first;
    l->least = 2;
    l->pitch = pitch * BX_PT;
    bx_stack_add(&d->c, stack, &l->base);
    return l;
}

bx_block *add_solid(desk *d, bx_stack *stack, uint32_t id, int height) {
    return &add_lines(d, stack, id, 1, height)->base;
}

void look(const bx_frame *frame, bx_len y, page *p) {
    for (uint32_t i = 0; i < frame->items.n; i++) {
        const bx_item *item = &frame->items.at[i];
        if (item->kind == BX_ITEM_FRAME)
            look(item->frame, y + item->dy, p);
        else if (item->kind == BX_ITEM_RECT && p->n < 256)
            p->at[p->n++] = (seen){(uint32_t)item->rect.w, y + item->dy};
    }
}

bx_space page_space(void) {
    return (bx_space){.width = 50 * BX_PT, .height = PAGE, .full = PAGE, .fresh = true};
}

uint32_t paginate(desk *d, bx_block *block, page *pages, uint32_t most) {
    const bx_token *token = NULL;
    uint32_t n = 0;
    do {
        assert_true(n < most);
        bx_fragment f = bx_set(&d->c, block, page_space(), token);
        assert_non_null(f.frame);
        pages[n] = (page){.h = f.frame->h};
        look(f.frame, 0, &pages[n]);
        assert_false(f.next && bx_token_eq(f.next, token));
        token = f.next;
        n++;
    } while (token);
    return n;
}

void assert_ids(desk *d, const page *pages, uint32_t n, const char *wanted) {
    bx_buf buf = bx_buf_new(d->c.arena);
    for (uint32_t i = 0; i < n; i++) {
        if (i)
            bx_buf_str(&buf, BX_STR(" |"));
        for (uint32_t k = 0; k < pages[i].n; k++)
            bx_buf_fmt(&buf, "%s%u", i || k ? " " : "", pages[i].at[k].id);
    }
    assert_string_equal(bx_cstr(d->c.arena, bx_buf_view(&buf)), wanted);
}

void assert_pages(desk *d, bx_block *block, const char *wanted) {
    page *pages = calloc(64, sizeof *pages);
    uint32_t n = paginate(d, block, pages, 64);
    assert_ids(d, pages, n, wanted);
    free(pages);
}
