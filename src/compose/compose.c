#include "compose/ahead.h"
#include "compose/build.h"
#include "compose/columns.h"
#include "compose/composer.h"
#include "compose/fit.h"
#include "compose/page.h"
#include "text/held.h"

enum { ROUNDS = 5 };

static bx_str *plain_list(bx_arena *arena, const bx_fields *fields) {
    bx_str *list = bx_new_n(arena, bx_str, fields->n);
    for (uint32_t i = 0; i < fields->n; i++)
        list[i] = fields->at[i].plain;
    return list;
}

static void add_meta(bx_composer *c) {
    const bx_issue *issue = c->issue;
    bx_meta *m = &c->pages->meta;
    m->title = issue->title.plain.n ? issue->title.plain : issue->series.plain;
    m->subject = issue->description.plain;
    if (!m->subject.n && issue->abstract)
        m->subject = bx_node_plain(c->arena, issue->abstract);
    m->publisher = issue->publisher.plain;
    m->series = issue->series.plain;
    m->number = issue->number;
    m->authors = plain_list(c->arena, &issue->authors);
    m->n_authors = issue->authors.n;
    m->keywords = plain_list(c->arena, &issue->keywords);
    m->n_keywords = issue->keywords.n;
    m->date = issue->date;
}

/* Page columns hold everything from the first section on. */
static bx_stack *open_flow(bx_composer *c, bx_stack *stack) {
    const bx_page_style *page = &c->style->page;
    if (page->columns < 2)
        return stack;
    bx_stack *inner = bx_stack_new(c);
    bx_stack_add(c, stack, bx_columns_new(c, &inner->base, page->columns, page->gutter));
    return inner;
}

static void build_cover(bx_composer *c, bx_stack *flow) {
    const bx_values none = {0};
    c->cover_tag = bx_tags_add(c->tags, 1, BX_TAG_PART);
    bx_build_parts(c, flow, &c->style->cover, c->cover_tag, &none);
    if (c->style->cover_own_page)
        bx_stack_add(c, flow, bx_page_break_new(c));
}

/* Returns the stack that holds most of it. */
static bx_stack *build_flow(bx_composer *c, bx_stack *flow) {
    const bx_values none = {0};
    build_cover(c, flow);
    bx_stack *body = open_flow(c, flow);
    if (!(c->slots & BX_SLOT_LEAD) && c->issue->lead) {
        const bx_role *role = c->style->lead ? c->style->lead : c->style->body;
        bx_build_env env = {.role = role, .width = bx_column_width(c), .tag = 1, .top = true};
        bx_build_between(c, body, c->issue->lead->first, &env);
    }
    if (!(c->slots & BX_SLOT_SECTIONS))
        bx_build_sections(c, body, 1);
    bx_build_parts(c, flow, &c->style->end, 1, &none);
    return body;
}

/* The first place of a name counts. */
static void note_anchor(bx_composer *c, bx_facts *facts, bx_anchor at) {
    void **known = bx_map_put(&facts->page_of, at.name);
    if (*known)
        return;
    bx_anchor *anchor = bx_new(c->blocks, bx_anchor);
    *anchor = at;
    *known = anchor;
}

/* Where every anchor of a frame stands. Frames nest as deep as blocks do. */
static void find_anchors(bx_composer *c, bx_facts *facts, const bx_frame *frame, uint32_t page,
                         bx_len x, bx_len y) {
    for (uint32_t i = 0; i < frame->items.n; i++) {
        const bx_item *item = &frame->items.at[i];
        if (!item->anchors)
            continue;
        if (item->kind == BX_ITEM_FRAME) {
            find_anchors(c, facts, item->frame, page, x + item->dx, y + item->dy);
        } else {
            bx_anchor at = {item->anchor, page, x + item->dx, y + item->dy};
            note_anchor(c, facts, at);
        }
    }
}

static bx_facts find_facts(bx_composer *c, const bx_page_records *records) {
    bx_facts facts = {.page_of = bx_map_new(c->blocks), .pages = records->n};
    note_anchor(c, &facts, (bx_anchor){.name = bx_str_of(bx_place_top)});
    for (uint32_t i = 0; i < records->n; i++) {
        const bx_page_record *r = &records->at[i];
        bx_sheet page = bx_sheet_of(&c->style->page, i % 2 == 1, r->sideways);
        if (r->text)
            find_anchors(c, &facts, r->text, i, page.x, page.y);
        if (r->notes)
            find_anchors(c, &facts, r->notes, i, page.x, page.y + page.depth - r->notes->h);
    }
    return facts;
}

/* Nothing that text can show has changed: places on a page may differ. */
static bool same_facts(const bx_facts *a, const bx_facts *b) {
    if (a->pages != b->pages || a->page_of.entries.n != b->page_of.entries.n)
        return false;
    for (uint32_t i = 0; i < a->page_of.entries.n; i++) {
        const bx_anchor *was = a->page_of.entries.at[i].value;
        const bx_anchor *is = bx_map_get(&b->page_of, was->name);
        if (!is || is->page != was->page)
            return false;
    }
    return true;
}

static bx_page_records settle(bx_composer *c, bx_block *flow) {
    bx_page_records records = {0};
    for (uint32_t round = 1; round <= ROUNDS; round++) {
        records = bx_pages_fill(c, flow, &records);
        c->pages->rounds = round;
        if (!records.at[records.n - 1].ended)
            return records; /* beyond a limit: an error */
        bx_facts facts = find_facts(c, &records);
        bool used = false;
        for (uint32_t i = 0; i < records.n; i++)
            used |= records.at[i].facts_used;
        bool settled = !used || same_facts(&c->facts, &facts);
        c->facts = facts;
        if (settled)
            return records;
    }
    bx_say(c->report, BX_D_UNSETTLED, (bx_span){0},
           "page numbers still changed after %d rounds; those printed may be one off", ROUNDS);
    return records;
}

static void list_anchors(bx_composer *c) {
    bx_pages *pages = c->pages;
    pages->anchor_by_name = bx_map_new(c->arena);
    const bx_map *map = &c->facts.page_of;
    for (uint32_t i = 0; i < map->entries.n; i++)
        bx_push(c->arena, &pages->anchors, *(bx_anchor *)map->entries.at[i].value);
    for (uint32_t i = 0; i < pages->anchors.n; i++)
        *bx_map_put(&pages->anchor_by_name, pages->anchors.at[i].name) = &pages->anchors.at[i];
}

static void check_budget(bx_composer *c) {
    uint32_t budget = c->style->page_budget;
    if (budget && c->pages->list.n > budget)
        bx_say(c->report, BX_D_PAGE_BUDGET, (bx_span){0}, "%u pages; the layout allows %u",
               c->pages->list.n, budget);
}

static void drop_blocks(void *blocks) { bx_arena_drop(blocks); }

bx_pages *bx_compose(bx_arena *arena, const bx_issue *issue, const bx_style *style,
                     const bx_fonts *fonts, const bx_assets *assets, bx_report *report) {
    uint32_t errors = report->errors;
    bx_held *blocks = bx_hold(arena, drop_blocks, bx_arena_new(bx_arena_memory(arena)));
    bx_composer c = {
        .arena = arena,
        .blocks = blocks->object,
        .out = arena,
        .scratch = bx_arena_side(blocks->object),
        .draft = bx_arena_side(blocks->object),
        .issue = issue,
        .style = style,
        .fonts = fonts,
        .assets = assets,
        .report = report,
        .pages = bx_new(arena, bx_pages),
        .cited = bx_map_new(blocks->object),
        .noted = bx_map_new(blocks->object),
        .pictures = bx_map_new(blocks->object),
        .numbers = bx_map_new(blocks->object),
        .running = bx_map_new(blocks->object),
    };
    c.facts.page_of = bx_map_new(c.blocks);
    c.pages->meta.lang = issue->lang.n ? issue->lang : BX_STR("zh-Hans");
    c.tags = c.pages->tags = bx_tags_new(arena, c.pages->meta.lang);
    bx_push_zero(arena, &c.links); /* 0: no link */
    add_meta(&c);
    bx_stack *flow = bx_stack_new(&c);
    flow->flow = true;
    bx_stack *body = build_flow(&c, flow);
    bx_ahead_begin(&c, body, bx_column_width(&c));
    bx_page_records records = settle(&c, &flow->base);
    bx_pages_finish(&c, &flow->base, &records);
    list_anchors(&c);
    check_budget(&c);
    bx_let_go(blocks);
    return report->errors > errors ? NULL : c.pages;
}
