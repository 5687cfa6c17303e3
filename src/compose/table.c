/* Tables: made of nodes, measured, scaled or turned when they are too wide. */
#include "compose/table.h"

#include "compose/composer.h"
#include "compose/stream.h"

#include "base/utf8.h"

enum {
    LEAST_EMS = 5, /* a column of text is not squeezed below so many ems */
    SHORT = 10,    /* lines: a table of no more is not broken */
};

/* Where in its one line the text from byte `at` on begins. */
static bx_len place_of(bx_composer *c, bx_para *para, uint32_t at) {
    const bx_lines *lines = bx_para_lines(c, para, BX_NO_MEASURE);
    if (lines->n == 0)
        return 0;
    const bx_line *line = &lines->at[0];
    bx_mark mark = bx_arena_mark(c->scratch);
    bx_len x = line->width;
    bool found = false;
    for (uint32_t r = 0; r < line->n_runs && !found; r++) {
        bx_glyph_run run = bx_run_unpack(c->scratch, &line->runs[r]);
        for (uint32_t g = 0; g < run.n && !found; g++) {
            found = run.glyphs[g].cluster != BX_NO_TEXT && run.glyphs[g].cluster >= at;
            x = found ? run.glyphs[g].x : x;
        }
    }
    bx_arena_rewind(c->scratch, mark);
    return x;
}

/* Heads are centred and row heads stand left (R28), unless the source says otherwise. */
static bx_align align_of(const bx_node *cell, bool head, uint32_t column) {
    switch (cell ? (bx_cell_align)cell->number : BX_CELL_AUTO) {
    case BX_CELL_START:
        return BX_ALIGN_START;
    case BX_CELL_CENTER:
        return BX_ALIGN_CENTER;
    case BX_CELL_END:
        return BX_ALIGN_END;
    case BX_CELL_AUTO:
        break;
    }
    return head && column > 0 ? BX_ALIGN_CENTER : BX_ALIGN_START;
}

typedef struct table_build {
    bx_composer *c;
    bx_table *table;
    const bx_node *node;
    const bx_role *head_role, *cell_role;
    uint32_t tag;
    uint32_t *heads; /* tags of the head's cells, by column */
} table_build;

static const bx_role *scaled(bx_composer *c, const bx_role *role, bx_em scale) {
    bx_role *copy = bx_new(c->arena, bx_role);
    *copy = *role;
    copy->size = bx_em_at(scale, role->size);
    copy->pitch = bx_em_at(scale, role->pitch);
    return copy;
}

static void add_cell(table_build *b, const bx_node *td, uint32_t row, uint32_t column,
                     uint32_t row_tag) {
    bx_composer *c = b->c;
    bool head = b->table->has_head && row == 0;
    bool name = !head && td && (td->flags & BX_HEAD);
    uint32_t tag = bx_tags_add(c->tags, row_tag, head || name ? BX_TAG_TH : BX_TAG_TD);
    if (name) {
        bx_tags_at(c->tags, tag)->scope = BX_SCOPE_ROW;
    } else if (head) {
        bx_tags_at(c->tags, tag)->scope = BX_SCOPE_COLUMN;
        b->heads[column] = tag;
    } else {
        bx_tags_at(c->tags, tag)->headers[0] = b->heads[column];
    }
    if (!td || !td->first)
        return;
    const bx_role *role = head || name ? b->head_role : b->cell_role;
    bx_para *para = bx_para_of_nodes(c, role, tag, td->first, NULL);
    if (!para->input.text.n)
        return;
    para->input.set.indent = 0;
    para->input.set.align = align_of(td, head, column);
    para->base.before = para->base.after = 0;
    *bx_table_cell(b->table, row, column) = (bx_cell){para, false, 0};
}

static void add_rows(table_build *b) {
    bx_composer *c = b->c;
    uint32_t row = 0, group = 0;
    for (const bx_node *tr = b->node->first; tr; tr = tr->next, row++) {
        bx_mark mark = bx_arena_mark(c->draft);
        bool head = b->table->has_head && row == 0;
        if (row < 2 && (head || row == 1 || !b->table->has_head) &&
            !(row == 1 && !b->table->has_head))
            group = bx_tags_add(c->tags, b->tag, head ? BX_TAG_THEAD : BX_TAG_TBODY);
        uint32_t tag = bx_tags_add(c->tags, group, BX_TAG_TR);
        const bx_node *td = tr->first;
        for (uint32_t k = 0; k < b->table->n_columns; k++, td = td ? td->next : NULL)
            add_cell(b, td, row, k, tag);
        bx_arena_rewind(c->draft, mark);
    }
}

/* Every cell of the body that has text is a number, or a dash in the place of one. */
static bool is_numeric(const bx_table *t, uint32_t k) {
    bool any = false;
    for (uint32_t r = t->has_head; r < t->n_rows; r++) {
        const bx_cell *cell = bx_table_cell(t, r, k);
        bool number = cell->para && bx_table_number(cell->para->input.text) != BX_NO_NUMBER;
        if (cell->para && !number && !bx_table_filler(cell->para->input.text))
            return false;
        any |= number;
    }
    return any;
}

/* No cell of the body is longer than eight characters. */
static bool is_short(const bx_table *t, uint32_t k) {
    for (uint32_t r = t->has_head; r < t->n_rows; r++) {
        const bx_para *para = bx_table_cell(t, r, k)->para;
        uint32_t halves = 0;
        for (uint32_t at = 0; para && at < para->input.text.n;)
            halves += bx_utf8_next(para->input.text, &at) < 0x300 ? 1 : 2;
        if (halves > 16)
            return false;
    }
    return true;
}

/* Where the source does not say, numbers and short text stand centred under their head, longer text
 * left; the first column names its row and stands left. */
static void align_column(bx_table *t, uint32_t k, const bx_node *td) {
    bx_column *column = &t->columns[k];
    bool said = td && td->number != BX_CELL_AUTO;
    column->numeric = is_numeric(t, k) && !(said && td->number == BX_CELL_START);
    column->align = BX_ALIGN_START;
    if (said)
        column->align = align_of(td, false, k);
    else if (k > 0 && (column->numeric || is_short(t, k)))
        column->align = BX_ALIGN_CENTER;
    for (uint32_t r = t->has_head; r < t->n_rows; r++) {
        bx_para *para = bx_table_cell(t, r, k)->para;
        if (para)
            para->input.set.align = column->numeric ? BX_ALIGN_START : column->align;
    }
}

static void measure_column(bx_composer *c, bx_table *t, uint32_t k) {
    bx_column *column = &t->columns[k];
    column->extent = (bx_extent){0};
    column->before = column->after = 0;
    for (uint32_t r = 0; r < t->n_rows; r++) {
        bx_cell *cell = bx_table_cell(t, r, k);
        if (!cell->para)
            continue;
        bx_extent e = bx_para_extent(c, &cell->para->base);
        column->extent.least = bx_len_max(column->extent.least, e.least);
        column->extent.natural = bx_len_max(column->extent.natural, e.natural);
        cell->number = column->numeric && !(t->has_head && r == 0);
        if (!cell->number)
            continue;
        /* A dash ends where the units digits do. */
        cell->integer = place_of(c, cell->para, bx_table_number(cell->para->input.text));
        column->before = bx_len_max(column->before, cell->integer);
        column->after = bx_len_max(column->after, e.natural - cell->integer);
    }
    column->extent.natural = bx_len_max(column->extent.natural, column->before + column->after);
}

static bx_len padding(const bx_table *t) { return (bx_len)t->n_columns * 2 * t->style->pad_x; }

static bx_len least_of(const bx_table *t, const bx_column *column) {
    const bx_role *role = t->style->cell_role;
    bx_len ems = role ? LEAST_EMS * role->size : 0;
    return column->numeric
               ? column->extent.natural
               : bx_len_max(column->extent.least, bx_len_min(column->extent.natural, ems));
}

bx_len bx_table_least(const bx_table *t) {
    int64_t sum = padding(t);
    for (uint32_t k = 0; k < t->n_columns; k++)
        sum += least_of(t, &t->columns[k]);
    return sum > BX_LEN_MAX ? BX_LEN_MAX : (bx_len)sum;
}

/* Columns that ask for no more than an equal share get what they ask; the others share the rest by
 * what they ask, none below its least. */
static void share(bx_table *t, bx_len room) {
    int64_t wanted = 0, least = 0, left = room;
    uint32_t open = t->n_columns;
    for (uint32_t k = 0; k < t->n_columns; k++)
        t->w[k] = -1;
    for (bool again = true; again && open;) {
        again = false;
        for (uint32_t k = 0; k < t->n_columns; k++) {
            bx_len natural = t->columns[k].extent.natural;
            if (t->w[k] < 0 && natural <= left / (int64_t)open) {
                t->w[k] = natural;
                left -= natural;
                open--;
                again = open > 0;
            }
        }
    }
    for (uint32_t k = 0; k < t->n_columns; k++) {
        if (t->w[k] < 0) {
            wanted += t->columns[k].extent.natural - least_of(t, &t->columns[k]);
            least += least_of(t, &t->columns[k]);
        }
    }
    int64_t over = left - least;
    for (uint32_t k = 0; k < t->n_columns; k++) {
        if (t->w[k] >= 0)
            continue;
        bx_len l = least_of(t, &t->columns[k]), more = t->columns[k].extent.natural - l;
        if (over >= 0)
            t->w[k] = l + (wanted ? bx_muldiv(over, more, wanted) : 0);
        else
            t->w[k] = bx_len_max(bx_muldiv(left, l, least ? least : 1), BX_PT);
    }
}

void bx_table_widths(bx_table *t, bx_len measure) {
    if (t->measure == measure)
        return;
    t->measure = measure;
    bx_len pads = padding(t);
    int64_t natural = pads;
    for (uint32_t k = 0; k < t->n_columns; k++)
        natural += t->columns[k].extent.natural;
    /* A small table keeps its size and its place at the left; others fill the measure. */
    t->width = natural * 2 < measure ? bx_muldiv(natural, 5, 4) : measure;
    t->left = 0;
    bx_len room = t->width - pads;
    if (natural <= t->width) {
        bx_len more = (t->width - (bx_len)natural) / (bx_len)t->n_columns;
        for (uint32_t k = 0; k < t->n_columns; k++)
            t->w[k] = t->columns[k].extent.natural + more;
    } else {
        share(t, room);
    }
    bx_len x = t->style->pad_x;
    for (uint32_t k = 0; k < t->n_columns; k++) {
        t->x[k] = x;
        x += t->w[k] + 2 * t->style->pad_x;
    }
}

static void measure_all(bx_composer *c, bx_table *t) {
    t->measure = -1;
    for (uint32_t k = 0; k < t->n_columns; k++)
        measure_column(c, t, k);
}

/* The cells again in a smaller size. Shapes are made anew; tags and notes stay. */
static void shrink(bx_composer *c, bx_table *t, const bx_role *head, const bx_role *cell,
                   bx_em scale) {
    const bx_role *small_head = scaled(c, head, scale), *small_cell = scaled(c, cell, scale);
    for (uint32_t i = 0; i < t->n_rows * t->n_columns; i++) {
        bx_para *para = t->cells[i].para;
        if (!para)
            continue;
        bx_text_span *spans = bx_new_n(c->arena, bx_text_span, para->input.n_spans);
        for (uint32_t s = 0; s < para->input.n_spans; s++) {
            spans[s] = para->input.spans[s];
            spans[s].size = bx_em_at(scale, spans[s].size);
            spans[s].raise = bx_em_at(scale, spans[s].raise);
        }
        para->role = t->has_head && i < t->n_columns ? small_head : small_cell;
        para->input.spans = spans;
        para->input.size = para->role->size;
        para->input.pitch = para->role->pitch;
        bx_para_forget(para);
    }
}

/* Too wide for the measure: smaller down to the layout's least scale, else turned on its side. */
static void fit(table_build *b, const bx_build_env *env) {
    bx_table *t = b->table;
    bx_composer *c = b->c;
    bx_len measure = env->width, least = bx_table_least(t);
    if (least <= measure)
        return;
    bx_em floor = b->table->style->least_scale ? b->table->style->least_scale : BX_EM * 8 / 10;
    bx_em scale = bx_muldiv(BX_EM, measure, least);
    if (scale < floor && env->top && env->width == c->style->page.measure) {
        t->base.sideways = true;
        scale = bx_muldiv(BX_EM, c->style->page.depth, least);
    }
    if (scale >= BX_EM)
        return;
    shrink(c, t, b->head_role, b->cell_role, scale > floor ? scale : floor);
    measure_all(c, t);
}

static void count(bx_table *t, const bx_node *node) {
    for (const bx_node *tr = node->first; tr; tr = tr->next, t->n_rows++) {
        uint32_t n = 0;
        for (const bx_node *td = tr->first; td; td = td->next)
            n++;
        t->n_columns = n > t->n_columns ? n : t->n_columns;
    }
    /* A head with nothing under it heads nothing: it is a row. */
    t->has_head = node->first && node->first->next && (node->first->flags & BX_HEAD);
}

static bx_para *continued_of(bx_composer *c, const bx_table_style *style) {
    bx_str text = bx_filled(c, &style->continued, &(bx_values){0});
    if (!text.n)
        return NULL;
    bx_para *para = bx_para_of_text(c, style->caption_role ? style->caption_role : c->style->body,
                                    BX_ARTIFACT, text);
    para->input.set.align = BX_ALIGN_END;
    para->input.set.indent = 0;
    return para;
}

/* Few narrow columns and many rows: two parts side by side fill the measure. */
static bool is_foldable(const bx_table *t, const bx_build_env *env) {
    enum { MANY_ROWS = 16 };
    int64_t natural = padding(t);
    for (uint32_t k = 0; k < t->n_columns; k++)
        natural += t->columns[k].extent.natural;
    return env->top && t->has_head && t->n_rows > MANY_ROWS && natural * 2 < env->width;
}

void bx_build_table(bx_composer *c, bx_stack *stack, const bx_node *node, const bx_build_env *env) {
    const bx_table_style *style = &c->style->table;
    bx_table *t = bx_new(c->blocks, bx_table);
    table_build b = {.c = c, .table = t, .node = node};
    count(t, node);
    if (!t->n_rows || !t->n_columns)
        return;
    t->style = style;
    t->cells = bx_new_n(c->blocks, bx_cell, (size_t)t->n_rows * t->n_columns);
    t->columns = bx_new_n(c->blocks, bx_column, t->n_columns);
    t->x = bx_new_n(c->blocks, bx_len, t->n_columns);
    t->w = bx_new_n(c->blocks, bx_len, t->n_columns);
    t->continued = continued_of(c, style);
    b.heads = bx_new_n(c->blocks, uint32_t, t->n_columns);
    b.head_role = style->head_role ? style->head_role : env->role;
    b.cell_role = style->cell_role ? style->cell_role : env->role;
    b.tag = bx_tags_add(c->tags, env->tag, BX_TAG_TABLE);
    add_rows(&b);
    const bx_node *td = node->first->first;
    for (uint32_t k = 0; k < t->n_columns; k++, td = td ? td->next : NULL)
        align_column(t, k, td);
    measure_all(c, t);
    fit(&b, env);
    t->base.class = &bx_table_class;
    t->base.before = style->before;
    t->base.after = style->after;
    t->base.grid = env->top;
    t->base.keep_together = true;
    t->base.keep_up_to = SHORT * c->style->page.pitch;
    t->base.span = node->span;
    bx_len gutter = 2 * b.cell_role->size;
    bx_stack_add(c, stack, is_foldable(t, env) ? bx_table_folded(c, t, gutter) : &t->base);
}
