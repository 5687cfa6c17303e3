/* The table of contents: every line a link, page numbers from the round before. */
#include "compose/build.h"
#include "compose/columns.h"
#include "compose/composer.h"
#include "compose/holders.h"
#include "compose/stream.h"

/* The whole table: on a page of its own unless it fits whole where it stands. */
typedef struct toc {
    bx_block base;
    bx_block *content[BX_LEVELS]; /* with so many levels and one more */
    bx_stack *lines[BX_LEVELS];   /* of these */
    uint32_t most;                /* the index of the fullest */
    uint32_t filled;              /* bit i: some entry fills the style's column i */
    bx_len numbers[BX_LEVELS];    /* columns of numbers, by level, when they have been … */
    bool measured;
} toc;

typedef struct toc_entry {
    bx_block base;
    const toc *table;
    bx_para *number, *title; /* number: NULL when there is none */
    bx_para **columns;       /* of the style; NULL where empty */
    bx_len gap;              /* after the number */
    uint32_t level;
    bx_str anchor;
    uint32_t link, tag;
} toc_entry;

/* A page number, shaped once for each text. */
static bx_para *page_number(bx_composer *c, const bx_role *role, bx_str text) {
    void **known = bx_map_put(&c->numbers, text);
    if (!*known) {
        bx_str key = bx_str_dup(c->arena, text);
        bx_map_put(&c->numbers, key); /* the same entry; its key must outlive the caller's text */
        c->numbers.entries.at[c->numbers.entries.n - 1].key = key;
        bx_para *para = bx_para_of_text(c, role, BX_ARTIFACT, key);
        para->input.set = (bx_setting){.align = BX_ALIGN_START, .autospace = 0};
        *bx_map_put(&c->numbers, key) = para;
        return para;
    }
    return *known;
}

static bx_len natural(bx_composer *c, bx_para *para) {
    return para->base.class->extent(c, &para->base).natural;
}

/* Room for page numbers: as many digits as the last page has, and two before that is known. */
static bx_len room_for_number(bx_composer *c, const bx_role *role) {
    uint32_t digits = 1, pages = c->facts.pages ? c->facts.pages : 10;
    for (uint32_t n = pages; n >= 10; n /= 10)
        digits++;
    return natural(c, page_number(c, role, bx_str_sub(BX_STR("0000000000"), 0, digits)));
}

/* Dots on a raster that all lines share, counted from the right edge. */
static void add_leader(bx_composer *c, bx_frame *frame, bx_len from, bx_len to, bx_len y,
                       bx_color color) {
    const bx_toc_style *style = &c->style->toc;
    bx_len pitch = style->leader_pitch ? style->leader_pitch : 5 * BX_PT;
    bx_len weight = BX_PT * 7 / 10;
    bx_len right = frame->w - bx_snap(frame->w - to, pitch);
    if (!style->leader.n || right - from < 2 * pitch)
        return;
    bx_len left = right - (right - from) / pitch * pitch;
    bx_path *path = bx_new(c->out, bx_path);
    bx_path_op *ops = bx_new_n(c->out, bx_path_op, 2);
    ops[0] = (bx_path_op){BX_MOVE, {right}, {0}};
    ops[1] = (bx_path_op){BX_LINE, {left - weight}, {0}};
    *path = (bx_path){
        .ops = ops, .n = 2, .stroke = color, .weight = weight, .dash = {weight, pitch - weight}};
    bx_frame_add(c->out, frame,
                 (bx_item){.kind = BX_ITEM_PATH, .tag = BX_ARTIFACT, .dy = y, .path = path});
}

static void add_link(bx_composer *c, bx_frame *frame, const toc_entry *e, bx_len indent) {
    bx_link_item *link = bx_new(c->out, bx_link_item);
    *link = c->links.at[e->link];
    link->w = frame->w - indent;
    link->h = frame->h;
    bx_frame_add(c->out, frame,
                 (bx_item){.kind = BX_ITEM_LINK, .tag = e->tag, .dx = indent, .link = link});
}

/* A page number's runs carry the tag of no entry: they are put into a frame of their own with it.
 */
static bx_frame *number_frame(bx_composer *c, bx_para *para, bx_len width, uint32_t tag) {
    bx_frame *frame = bx_para_frame(c, para, width, 0, bx_para_lines(c, para, width)->n ? 1 : 0);
    for (uint32_t i = 0; i < frame->items.n; i++) {
        if (frame->items.at[i].kind == BX_ITEM_GLYPHS)
            frame->items.at[i].tag = tag;
    }
    return frame;
}

/* Room for the columns, and white before each; those that no entry fills have none. */
static bx_len columns_width(const bx_composer *c, const toc_entry *e) {
    bx_len width = 0;
    for (uint32_t i = 0; i < c->style->toc.n_columns; i++)
        if (e->table->filled >> i & 1)
            width += c->style->toc.columns[i].width + c->style->toc.gap;
    return width;
}

/* On the baseline of the first line, from x on. */
static void add_columns(bx_composer *c, bx_frame *frame, const toc_entry *e, bx_len x) {
    for (uint32_t i = 0; i < c->style->toc.n_columns; i++) {
        bx_len width = c->style->toc.columns[i].width;
        if (!(e->table->filled >> i & 1))
            continue;
        x += c->style->toc.gap;
        if (e->columns[i]) {
            const bx_lines *lines = bx_para_lines(c, e->columns[i], width);
            const bx_frame *cell = bx_para_frame(c, e->columns[i], width, 0, lines->n);
            bx_frame_place(c->out, frame, cell, x, frame->baseline - cell->baseline);
            frame->h = bx_len_max(frame->h, frame->baseline - cell->baseline + cell->h);
        }
        x += width;
    }
}

static void add_page(bx_composer *c, bx_frame *frame, const toc_entry *e, const bx_line *line,
                     bx_len x, bx_len y) {
    const bx_toc_style *style = &c->style->toc;
    const bx_role *role = style->number_role ? style->number_role : e->title->role;
    const bx_anchor *at = bx_map_get(&c->facts.page_of, e->anchor);
    if (!at)
        return;
    bx_mark mark = bx_arena_mark(c->draft);
    bx_para *page = page_number(c, role, bx_str_fmt(c->draft, "%u", at->page + 1));
    bx_arena_rewind(c->draft, mark);
    bx_len w = natural(c, page), gap = style->gap ? style->gap : role->size;
    bx_frame *number = number_frame(c, page, w + BX_PT, e->tag);
    bx_len end = x + e->title->start + e->title->role->start + line->x + line->width;
    if (!e->table->filled)
        add_leader(c, frame, end + gap / 2, frame->w - w - gap / 2, y - BX_PT, role->color);
    bx_frame_place(c->out, frame, number, frame->w - w, y - number->baseline);
}

/* In an entry's frame, but for columns: a number, the title, a leader, a page number, a rule and a
 * link. */
enum { MOST_ITEMS = 6 };

static bx_fragment set_entry(bx_composer *c, bx_block *block, bx_space space,
                             const bx_token *token) {
    (void)token;
    toc_entry *e = (toc_entry *)block;
    const bx_toc_style *style = &c->style->toc;
    const bx_role *role = style->number_role ? style->number_role : e->title->role;
    bx_len gap = style->gap ? style->gap : role->size;
    bx_len indent = style->indent[e->level - 1];
    bx_len x = indent + (e->number ? e->table->numbers[e->level - 1] : 0);
    bx_len room = room_for_number(c, role), more = columns_width(c, e);
    bx_len measure = space.width - x - room - gap - more;
    const bx_lines *lines = bx_para_lines(c, e->title, measure);
    bx_len pitch = e->title->role->pitch, h = pitch * (bx_len)lines->n;
    if (h > space.height && !space.fresh)
        return (bx_fragment){0};
    bx_frame *frame = bx_frame_new(c->out, space.width, h);
    bx_frame_reserve(c->out, frame, MOST_ITEMS + style->n_columns);
    c->facts_used = true;
    if (e->number)
        bx_frame_place(c->out, frame, bx_para_frame(c, e->number, BX_LEN_MAX / 2, 0, 1), indent, 0);
    const bx_frame *title = bx_para_frame(c, e->title, measure, 0, lines->n);
    bx_frame_place(c->out, frame, title, x, 0);
    frame->baseline = title->baseline;
    add_columns(c, frame, e, x + measure);
    if (lines->n && !bx_on_trial(c)) {
        bx_len down = e->table->filled ? 0 : pitch * (bx_len)(lines->n - 1);
        add_page(c, frame, e, &lines->at[lines->n - 1], x, down + title->baseline);
    }
    if (style->row.weight) {
        frame->h += e->title->role->after;
        bx_item rule = bx_rect(0, frame->h - style->row.weight, space.width, style->row.weight,
                               style->row.color);
        bx_frame_add(c->out, frame, rule);
    }
    if (!bx_on_trial(c))
        add_link(c, frame, e, indent);
    return (bx_fragment){.frame = frame};
}

static const bx_block_class entry_class = {"toc-entry", set_entry, NULL};

/* Numbers of a level stand in a column that holds the widest. Asked when the table is first set:
 * that may be done aside. */
static void measure_numbers(bx_composer *c, toc *self) {
    const bx_stack *all = self->lines[self->most];
    if (self->measured)
        return;
    for (uint32_t i = 0; i < all->children.n; i++) {
        const toc_entry *e = (const toc_entry *)all->children.at[i];
        bx_len *column = &self->numbers[e->level - 1];
        if (e->number)
            *column = bx_len_max(*column, natural(c, e->number) + e->gap);
    }
    self->measured = true;
}

/* One that is longer than a page begins where it stands. */
static bool fits_a_page(bx_composer *c, bx_block *content, bx_space space) {
    bx_trial trial = bx_trial_begin(c);
    space.height = space.full;
    space.top = 0;
    space.fresh = true;
    bx_fragment f = bx_set(c, content, space, NULL);
    bx_trial_end(c, trial);
    return !f.next;
}

/* As many levels as fit whole, where the layout wants that; else all of them. */
static uint32_t choose_levels(bx_composer *c, const toc *self, bx_space space) {
    for (uint32_t i = self->most + 1; c->style->toc.fewer_levels && i > 0; i--) {
        bx_trial trial = bx_trial_begin(c);
        bx_fragment f = bx_set(c, self->content[i - 1], space, NULL);
        bx_trial_end(c, trial);
        if (f.frame && !f.next)
            return i - 1;
    }
    return self->most;
}

static bx_fragment set_toc(bx_composer *c, bx_block *block, bx_space space, const bx_token *token) {
    toc *self = (toc *)block;
    if (token && !token->n)
        return (bx_fragment){.frame = bx_frame_new(c->out, space.width, 0)};
    measure_numbers(c, self);
    uint32_t i = token ? token->at : choose_levels(c, self, space);
    bx_fragment f = bx_set(c, self->content[i], space, token ? token->inner[0] : NULL);
    if (!c->style->toc.own_page_unless_fits) {
        f.next = f.next ? bx_token_new(c, i, f.next) : NULL;
        return f;
    }
    bool whole = f.frame && !f.next;
    if (!space.fresh && !whole && fits_a_page(c, self->content[i], space))
        return (bx_fragment){0};
    if (!f.frame)
        return f;
    if (f.next)
        f.next = bx_token_new(c, i, f.next);
    else if (space.fresh)
        f.next = bx_token_new(c, 0, NULL); /* a page of its own: nothing follows on it */
    return f;
}

typedef struct toc_build {
    bx_composer *c;
    toc *table;
    uint32_t tag;
    uint32_t levels; /* of sections that have lines */
    uint32_t heads;
} toc_build;

static const bx_role *entry_role(const bx_composer *c, uint32_t level) {
    const bx_role *role = c->style->toc.role[level - 1];
    for (uint32_t l = level; !role && l > 1; l--)
        role = c->style->toc.role[l - 2];
    return role ? role : c->style->body;
}

/* A line of a level stands in all tables that have so many levels. */
static void add_line(toc_build *b, uint32_t level, bx_block *block) {
    for (uint32_t i = level - 1; i <= b->table->most; i++)
        bx_stack_add(b->c, b->table->lines[i], block);
}

/* What a column says of a section. */
static bx_str in_column(toc_build *b, const bx_section *section, uint32_t i) {
    bx_values values = bx_section_values(b->c, section);
    return bx_filled(b->c, &b->c->style->toc.columns[i].text, &values);
}

static void fill_columns(toc_build *b, toc_entry *e, const bx_section *section) {
    bx_composer *c = b->c;
    uint32_t n = c->style->toc.n_columns;
    for (uint32_t i = 0; i < n; i++) {
        const bx_toc_column *column = &c->style->toc.columns[i];
        bx_str text = in_column(b, section, i);
        if (!text.n)
            continue;
        e->columns[i] =
            bx_para_of_text(c, column->role ? column->role : e->title->role, e->tag, text);
        e->columns[i]->input.set.align = column->align;
        e->columns[i]->input.set.indent = 0;
    }
}

static toc_entry *add_entry(toc_build *b, uint32_t level, bx_str number, bx_str title,
                            bx_str anchor) {
    bx_composer *c = b->c;
    const bx_role *role = entry_role(c, level);
    toc_entry *e = bx_new(c->blocks, toc_entry);
    e->base.class = &entry_class;
    e->table = b->table;
    e->level = level;
    uint32_t item = bx_tags_add(c->tags, b->tag, BX_TAG_TOCI);
    e->tag = bx_tags_add(c->tags, bx_tags_add(c->tags, item, BX_TAG_REFERENCE), BX_TAG_LINK);
    e->anchor = anchor;
    e->link = bx_link_add(c, (bx_str){0}, anchor, title);
    if (number.n)
        e->number = bx_para_of_text(c, role, e->tag, number);
    bx_stream s = bx_stream_new(c, role, e->tag);
    bx_stream_add(&s, title);
    e->title = bx_stream_para(&s);
    e->title->input.set.align = BX_ALIGN_START;
    e->title->input.set.indent = 0;
    e->base.before = role->before;
    e->base.after = c->style->toc.row.weight ? 0 : role->after;
    e->columns = bx_new_n(c->blocks, bx_para *, c->style->toc.n_columns);
    add_line(b, level, &e->base);
    return e;
}

static bool has_line(const toc_build *b, const bx_section *s) {
    if (s->level > b->levels || !bx_section_style_of(b->c, s)->toc)
        return false;
    return s != b->c->issue->references_at || b->c->style->toc.references;
}

/* Heads of sections with a line, and the columns that they fill; down to the table's levels, as
 * below. */
static void count_lines(toc_build *b, const bx_section *section) {
    const bx_composer *c = b->c;
    for (const bx_section *s = section; s; s = s->next) {
        if (!has_line(b, s))
            continue;
        b->heads += s != c->issue->references_at;
        for (uint32_t i = 0; i < c->style->toc.n_columns; i++)
            b->table->filled |= (uint32_t)(in_column(b, s, i).n > 0) << i;
        count_lines(b, s->first);
    }
}

static void add_lines(toc_build *b, const bx_section *section) {
    bx_composer *c = b->c;
    for (const bx_section *s = section; s; s = s->next) {
        if (!has_line(b, s))
            continue;
        bx_mark mark = bx_arena_mark(c->draft);
        bx_len gap = bx_len_max(bx_section_style_of(c, s)->number_gap, 0);
        toc_entry *e =
            add_entry(b, s->level, bx_section_number(c, s), bx_section_contents_title(c, s), s->id);
        e->gap = bx_len_min(gap, entry_role(c, s->level)->size);
        fill_columns(b, e, s);
        bx_arena_rewind(c->draft, mark);
        add_lines(b, s->first);
    }
}

/* The title stands with three lines at least, and two at least go to the next page; of columns only
 * the latter. */
static void keep_ends(bx_stack *stack, bool columns) {
    uint32_t n = stack->children.n;
    for (uint32_t i = 0; i < n && i < 2 && !columns; i++)
        stack->children.at[i]->keep_next = true;
    if (n > 1 && !columns)
        stack->children.at[n - 2]->keep_next = true;
    if (n)
        stack->children.at[n - 1]->keep_next = false;
}

/* The title over the lines, which may stand in columns. */
static void put_together(toc_build *b, bx_para *title) {
    bx_composer *c = b->c;
    const bx_toc_style *style = &c->style->toc;
    for (uint32_t i = 0; i <= b->table->most; i++) {
        bx_stack *whole = bx_stack_new(c);
        bx_block *lines = &b->table->lines[i]->base;
        keep_ends(b->table->lines[i], style->across > 1);
        if (title)
            bx_stack_add(c, whole, &title->base);
        if (style->across > 1)
            lines = bx_columns_new(c, lines, style->across, style->gutter);
        bx_stack_add(c, whole, lines);
        b->table->content[i] = &whole->base;
    }
}

/* As many as the layout wants; all that the text's own contents had. */
static uint32_t levels_of(const bx_composer *c) {
    uint32_t levels = c->style->toc.levels;
    for (const bx_section *s = c->issue->sections; s && levels; s = bx_section_after(s))
        if (s->contents.inlines && s->level > levels)
            levels = s->level;
    return levels < BX_LEVELS ? levels : BX_LEVELS;
}

static toc *new_toc(bx_composer *c, uint32_t levels) {
    static const bx_block_class toc_class = {"toc", set_toc, NULL};
    toc *self = bx_new(c->blocks, toc);
    self->base.class = &toc_class;
    self->most = levels > 1 ? levels - 1 : 0;
    for (uint32_t i = 0; i <= self->most; i++)
        self->lines[i] = bx_stack_new(c);
    return self;
}

static bool is_ascii(bx_str text) {
    for (uint32_t i = 0; i < text.n; i++) {
        if ((unsigned char)text.p[i] >= 0x80)
            return false;
    }
    return true;
}

/* The author's word, or else the layout's. A word that a program has put there in English over a
 * list in another language stands beside the layout's, as the English half of a head does. */
static bx_para *title_of(bx_composer *c, uint32_t sect) {
    const bx_toc_style *style = &c->style->toc;
    bx_str own = c->issue->contents_title.plain;
    bx_str word = bx_filled(c, &style->title, &(bx_values){0});
    bool both = own.n && is_ascii(own) && !is_ascii(word);
    if (!own.n && !word.n)
        return NULL;
    uint32_t h = bx_tags_add(c->tags, sect, BX_TAG_H1);
    const bx_role *role = style->title_role ? style->title_role : c->style->body;
    bx_stream s = bx_stream_new(c, role, h);
    bx_stream_add(&s, own.n && !both ? own : word);
    if (both) {
        bx_stream beside = bx_stream_new(c, bx_role_named(c, "kicker", role), h);
        bx_stream_add(&beside, own);
        bx_stream_gap(&s, role->size / 2); /* nearer than columns are */
        bx_stream_append(&s, &beside);
    }
    bx_para *para = bx_stream_para(&s);
    para->base.keep_next = true;
    return para;
}

void bx_build_toc(bx_composer *c, bx_stack *stack, uint32_t tag) {
    const bx_toc_style *style = &c->style->toc;
    uint32_t levels = levels_of(c);
    toc_build b = {.c = c, .table = new_toc(c, levels), .levels = levels};
    if (levels)
        count_lines(&b, c->issue->sections);
    if (!b.heads || (b.heads < style->least && !c->issue->contents_title.inlines))
        return;
    uint32_t sect = bx_tags_add(c->tags, tag, BX_TAG_SECT);
    bx_para *title = title_of(c, sect);
    b.tag = bx_tags_add(c->tags, sect, BX_TAG_TOC);
    add_lines(&b, c->issue->sections);
    if (style->references && c->issue->n_references && !c->issue->references_at) {
        bx_str refs = bx_filled(c, &c->style->references.title, &(bx_values){0});
        if (refs.n)
            add_entry(&b, 1, (bx_str){0}, refs, bx_str_of(bx_place_references));
    }
    put_together(&b, title);
    bx_stack_add(c, stack, &b.table->base);
}
