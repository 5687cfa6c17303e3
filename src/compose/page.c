#include "compose/page.h"

#include "base/utf8.h"
#include "compose/holders.h"
#include "compose/stack.h"
#include "compose/stream.h"
#include "compose/template.h"
#include "issue/label.h"

bool bx_page_state_eq(const bx_page_state *a, const bx_page_state *b) {
    if (!bx_token_eq(a->token, b->token) || !bx_token_eq(a->notes.token, b->notes.token) ||
        a->notes.list.n != b->notes.list.n)
        return false;
    for (uint32_t i = 0; i < a->notes.list.n; i++) {
        if (a->notes.list.at[i] != b->notes.list.at[i])
            return false;
    }
    return true;
}

/* Notes that run over may take half of the next page; more would push the text out of sight. */
bx_page_record bx_page_fill(bx_composer *c, bx_block *flow, bx_page_state begin, bx_page_way way) {
    bool text_left = begin.token != &bx_token_done;
    bx_memory_check_time(bx_arena_memory(c->arena));
    bx_page_record r = {.begin = begin};
    r.sideways = text_left && bx_stack_is_sideways(flow, begin.token);
    bx_sheet page = bx_sheet_of(&c->style->page, false, r.sideways);
    c->facts_used = false;
    bx_note_queue notes = begin.notes;
    bx_len over = bx_notes_height(c, &notes, text_left ? page.depth / 2 : page.depth);
    bx_fragment f = {0};
    if (text_left) {
        bx_space space = {.width = page.measure,
                          .height = page.depth - over,
                          .full = page.depth,
                          .fresh = true,
                          .sideways = r.sideways,
                          .rigid = way.rigid,
                          .lax = way.lax,
                          .spare = way.spare,
                          .noted = over > 0};
        f = bx_set(c, flow, space, begin.token);
        bx_note_queue all = {.token = notes.token};
        for (uint32_t i = 0; i < notes.list.n; i++)
            bx_push(c->out, &all.list, notes.list.at[i]);
        for (uint32_t i = 0; i < f.notes.n; i++)
            bx_push(c->out, &all.list, f.notes.at[i]);
        notes = all;
    }
    bx_len most = page.depth + c->style->page.run_long * c->style->page.pitch;
    r.overfull = f.frame && f.frame->h + over > most;
    bx_len room = page.depth - (f.frame ? f.frame->h : 0);
    r.text = f.frame;
    r.notes = bx_notes_set(c, &notes, room);
    r.end = (bx_page_state){f.next ? f.next : &bx_token_done, notes};
    r.ended = !f.next && notes.list.n == 0;
    r.facts_used = c->facts_used;
    r.look = f.look;
    return r;
}

typedef struct running_env {
    uint32_t page; /* from 0 */
    bx_str section;
} running_env;

/* Lines of equal text share their shapes. */
static bx_para *running_of(bx_composer *c, const bx_role *role, bx_align align, bx_str text) {
    bx_str key =
        bx_str_fmt(c->draft, "%.*s:%d:%.*s", BX_STR_ARG(role->name), (int)align, BX_STR_ARG(text));
    bx_para *para = bx_map_get(&c->running, key);
    if (!para) {
        para = bx_para_of_text(c, role, BX_ARTIFACT, text);
        para->input.set.align = align;
        para->input.set.indent = 0;
        *bx_map_put(&c->running, bx_str_dup(c->arena, key)) = para;
    }
    return para;
}

/* As much of a text as no line on a page can hold: it is set anew on every page, and a title may be
 * as long as a book. */
static bx_str a_line_of(bx_str text) {
    enum { MOST = 512 }; /* characters */
    uint32_t end = 0;
    for (int n = 0; n < MOST && end < text.n; n++)
        bx_utf8_next(text, &end);
    return bx_str_sub(text, 0, end);
}

/* What stands in one of the three places, or NULL when it has no text. */
static bx_para *running_text(bx_composer *c, const bx_template *t, const bx_role *role,
                             const running_env *env, bx_align align) {
    bx_values values = {.page = env->page + 1, .section = env->section};
    bx_mark mark = bx_arena_mark(c->draft);
    bx_expansion e = bx_expand(c, c->draft, t, &values);
    uint32_t count; /* pictographs are for the page, not for the line over it */
    e.text = a_line_of(bx_str_sub(e.text, bx_pictograph_end(e.text, &count), e.text.n));
    bx_para *para = NULL;
    if (t->n && !e.absent && e.text.n)
        para = running_of(c, role, align, e.text);
    bx_arena_rewind(c->draft, mark);
    return para;
}

static bx_len natural(bx_composer *c, bx_para *para) {
    return para ? bx_para_extent(c, &para->base).natural : 0;
}

/* The line, cut before what the width does not hold. */
static const bx_frame *running_line(bx_composer *c, bx_para *para, bx_len width,
                                    const bx_sheet *page) {
    if (para && natural(c, para) > width) {
        const bx_lines *lines = bx_para_lines(c, para, width - para->role->size);
        bx_str text = para->input.text;
        uint32_t end = lines->n > 1 ? lines->at[1].start : text.n;
        bx_mark mark = bx_arena_mark(c->draft);
        bx_str cut = bx_str_trim(bx_str_sub(text, 0, end));
        cut = bx_str_fmt(c->draft, "%.*s…", BX_STR_ARG(cut));
        para = running_of(c, para->role, para->input.set.align, cut);
        bx_arena_rewind(c->draft, mark);
    }
    return para ? bx_para_frame(c, para, page->measure, 0, 1) : NULL;
}

/* What one of the outer places may have: what the other leaves, and half of it at least; beside a
 * middle, what that leaves. */
static bx_len running_room(const bx_role *role, bx_len measure, bx_len middle, bx_len other) {
    bx_len gap = 2 * role->size;
    if (middle)
        return (measure - middle) / 2 - gap;
    return other ? bx_len_max((measure - gap) / 2, measure - other - gap) : measure;
}

static void add_running(bx_composer *c, bx_frame *sheet, const bx_running *r, bool head,
                        const running_env *env, const bx_sheet *page) {
    const bx_role *role = r->role ? r->role : c->style->body;
    bx_para *start = running_text(c, &r->start, role, env, BX_ALIGN_START);
    bx_para *center = running_text(c, &r->center, role, env, BX_ALIGN_CENTER);
    bx_para *end = running_text(c, &r->end, role, env, BX_ALIGN_END);
    if (!start && !center && !end) /* a rule under nothing is no running head */
        return;
    bx_len middle = natural(c, center), left = natural(c, start), right = natural(c, end);
    const bx_frame *lines[] = {
        running_line(c, start, running_room(role, page->measure, middle, right), page),
        running_line(c, center, page->measure, page),
        running_line(c, end, running_room(role, page->measure, middle, left), page)};
    bx_len baseline = head ? page->y - r->distance : page->y + page->depth + r->distance;
    if (r->rule.weight) {
        bx_len y = head ? baseline + role->size / 2 : baseline - role->size * 3 / 2;
        bx_frame_add(c->arena, sheet,
                     bx_rect(page->x, y, page->measure, r->rule.weight, r->rule.color));
    }
    for (int i = 0; i < 3; i++) {
        if (lines[i])
            bx_frame_place(c->arena, sheet, lines[i], page->x, baseline - lines[i]->baseline);
    }
}

bx_sheet bx_sheet_of(const bx_page_style *page, bool verso, bool sideways) {
    if (sideways) /* the foot of the sheet lies at the right; margins keep their size round the text
                   */
        return (bx_sheet){page->height,
                          page->width,
                          (page->height - page->depth) / 2,
                          (page->width - page->measure) / 2,
                          page->depth,
                          page->measure};
    bx_len x = page->left;
    if (page->facing && verso)
        x = page->width - page->left - page->measure;
    return (bx_sheet){page->width, page->height, x, page->top, page->measure, page->depth};
}

/* The section of a page is that of its first head, or else the one it goes on with. Returns the one
 * the next page goes on with. */
static bx_str take_heads(const bx_composer *c, uint32_t *next, uint32_t page, running_env *env) {
    bx_str last = env->section;
    for (bool first = true; *next < c->heads.n; ++*next) {
        const bx_anchor *at = bx_map_get(&c->facts.page_of, c->heads.at[*next].anchor);
        if (at && at->page > page)
            break;
        last = c->heads.at[*next].title;
        if (first)
            env->section = last;
        first = false;
    }
    return last;
}

static void warn_overfull(bx_composer *c, bx_block *flow, const bx_page_record *r, uint32_t i) {
    bx_span span = bx_stack_place(flow, r->begin.token);
    bx_say(c->report, BX_D_OVERFULL_PAGE, span, "page %u: something is taller than the type area",
           i + 1);
    bx_hint(c->report, "Make it smaller, or divide it");
}

void bx_pages_finish(bx_composer *c, bx_block *flow, const bx_page_records *records) {
    const bx_page_style *page = &c->style->page;
    uint32_t heads = 0;
    running_env env = {0};
    for (uint32_t i = 0; i < records->n; i++) {
        const bx_page_record *r = &records->at[i];
        bool verso = i % 2 == 1;
        bx_page_side side = i == 0                  ? BX_PAGE_FIRST
                            : page->facing && verso ? BX_PAGE_VERSO
                                                    : BX_PAGE_RECTO;
        bx_sheet p = bx_sheet_of(page, verso, r->sideways);
        if (r->overfull)
            warn_overfull(c, flow, r, i);
        bx_frame *sheet = bx_frame_new(c->arena, p.w, p.h);
        env.page = i;
        bx_str last = take_heads(c, &heads, i, &env);
        add_running(c, sheet, &page->head[side], true, &env, &p);
        if (r->text)
            bx_frame_place(c->arena, sheet, r->text, p.x, p.y);
        if (r->notes)
            bx_frame_place(c->arena, sheet, r->notes, p.x, p.y + p.depth - r->notes->h);
        add_running(c, sheet, &page->foot[side], false, &env, &p);
        env.section = last;
        bx_push(c->arena, &c->pages->list,
                (bx_page){.frame = sheet, .label = bx_str_fmt(c->arena, "%u", i + 1)});
    }
}
