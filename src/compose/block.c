#include "compose/composer.h"

const bx_token bx_token_done = {.at = UINT32_MAX};

bool bx_token_eq(const bx_token *a, const bx_token *b) {
    if (a == b)
        return true;
    if (!a || !b || a->at != b->at || a->n != b->n || a->n_floats != b->n_floats)
        return false;
    for (uint32_t i = 0; i < a->n_floats; i++) {
        if (a->floats[i] != b->floats[i])
            return false;
    }
    if (!bx_token_eq(a->float_inner, b->float_inner))
        return false;
    for (uint32_t i = 0; i < a->n; i++) { /* as deep as blocks nest, which build.c bounds */
        if (!bx_token_eq(a->inner[i], b->inner[i]))
            return false;
    }
    return true;
}

const bx_token *bx_token_copy(bx_arena *arena, const bx_token *token) {
    if (!token || token == &bx_token_done)
        return token;
    bx_token *copy = bx_new(arena, bx_token);
    *copy = *token;
    uint32_t *floats = bx_new_n(arena, uint32_t, token->n_floats);
    for (uint32_t i = 0; i < token->n_floats; i++)
        floats[i] = token->floats[i];
    const bx_token **inner = bx_new_n(arena, const bx_token *, token->n);
    for (uint32_t i = 0; i < token->n; i++)
        inner[i] = bx_token_copy(arena, token->inner[i]);
    copy->floats = floats;
    copy->inner = inner;
    copy->float_inner = bx_token_copy(arena, token->float_inner);
    return copy;
}

bx_fragment bx_set(bx_composer *c, bx_block *block, bx_space space, const bx_token *token) {
    if (block->span.source)
        c->report->now = block->span;
    return block->class->set(c, block, space, token);
}

/* If a page of its own (or the height up to which it is kept whole) does not hold it, there is no
 * sense in leaving a hole before it. Asked once
 * for each measure, or trials in trials would cost too much. */
static bool fits_page(bx_composer *c, bx_block *block, bx_space space) {
    if (block->fits.width == space.width && block->fits.full == space.full)
        return block->fits.answer;
    block->fits.width = space.width;
    block->fits.full = space.full;
    space.height = space.full;
    if (block->keep_up_to)
        space.height = bx_len_min(space.full, block->keep_up_to);
    space.fresh = true;
    bx_trial trial = bx_trial_begin(c);
    block->fits.answer = !bx_set(c, block, space, NULL).next;
    bx_trial_end(c, trial);
    return block->fits.answer;
}

bool bx_keeps_together(bx_composer *c, bx_block *block, bx_space space, const bx_token *token) {
    bool asked = block->keep_together || (block->keep_whole && space.whole);
    return asked && !space.fresh && !token && fits_page(c, block, space);
}

const bx_token *bx_token_new(bx_composer *c, uint32_t at, const bx_token *inner) {
    bx_token *token = bx_new(c->out, bx_token);
    token->at = at;
    if (inner) {
        const bx_token **one = bx_new(c->out, const bx_token *);
        *one = inner;
        token->inner = one;
        token->n = 1;
    }
    return token;
}

void bx_fragment_take_notes(bx_composer *c, bx_fragment *whole, const bx_fragment *part) {
    for (uint32_t i = 0; i < part->notes.n; i++)
        bx_push(c->out, &whole->notes, part->notes.at[i]);
    whole->foot += part->foot;
    whole->full_foot |= part->full_foot;
}

bx_len bx_snap(bx_len y, bx_len pitch) { return pitch > 0 ? (y + pitch - 1) / pitch * pitch : y; }

bool bx_on_trial(const bx_composer *c) { return c->out == c->scratch; }

bx_trial bx_trial_begin(bx_composer *c) {
    bx_trial trial = {c->out, bx_arena_mark(c->scratch)};
    c->out = c->scratch;
    return trial;
}

void bx_trial_end(bx_composer *c, bx_trial trial) {
    c->out = trial.out;
    bx_arena_rewind(c->scratch, trial.mark);
}

uint32_t bx_link_add(bx_composer *c, bx_str url, bx_str dest, bx_str title) {
    bx_push(c->arena, &c->links, (bx_link_item){.url = url, .dest = dest, .title = title});
    return c->links.n - 1;
}

bx_len bx_column_width(const bx_composer *c) {
    const bx_page_style *page = &c->style->page;
    uint8_t n = page->columns > 1 ? page->columns : 1;
    return (page->measure - page->gutter * (n - 1)) / n;
}

const bx_role *bx_role_named(const bx_composer *c, const char *name, const bx_role *otherwise) {
    const bx_role *role = bx_map_get(&c->style->roles, bx_str_of(name));
    return role ? role : otherwise;
}

bx_str bx_anchor_cite(bx_composer *c, bx_str reference_id) {
    return bx_str_fmt(c->arena, "cite:%.*s", BX_STR_ARG(reference_id));
}
