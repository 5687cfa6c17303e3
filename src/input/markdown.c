#include "input/markdown_build.h"

#include "input/markdown_run.h"

static uint32_t line_start(const bx_md *md, int line) {
    uint32_t i = line < 1 ? 0 : (uint32_t)line - 1;
    return i < md->lines.n ? md->lines.at[i] : md->in.text.n;
}

/* The end of a line, without its break. */
static uint32_t line_end(const bx_md *md, int line) {
    uint32_t end = line_start(md, line + 1);
    return end && end <= md->in.text.n && end > line_start(md, line) &&
                   md->in.text.p[end - 1] == '\n'
               ? end - 1
               : end;
}

static uint32_t block_start(const bx_md *md, cmark_node *n) {
    int column = cmark_node_get_start_column(n);
    uint32_t at =
        line_start(md, cmark_node_get_start_line(n)) + (uint32_t)(column > 0 ? column - 1 : 0);
    return at < md->in.text.n ? at : md->in.text.n;
}

static uint32_t block_end(const bx_md *md, cmark_node *n) {
    int line = cmark_node_get_end_line(n), first = cmark_node_get_start_line(n);
    return line_end(md, line < first ? first : line);
}

static bx_str literal(bx_md *md, const char *s) {
    return bx_str_dup(md->arena, bx_markdown_strip(md->scratch, bx_str_of(s)));
}

/* Blocks */

static void list_fields(bx_node *node, cmark_node *n) {
    bool ordered = cmark_node_get_list_type(n) == CMARK_ORDERED_LIST;
    node->number = ordered ? cmark_node_get_list_start(n) : BX_BULLETS;
    if (cmark_node_get_list_tight(n))
        node->flags |= BX_LIST_TIGHT;
}

static bx_node_kind extension_kind(const char *type) {
    static const struct {
        const char *type;
        bx_node_kind kind;
    } table[] = {{"table", BX_NODE_TABLE},   {"table_header", BX_NODE_ROW},
                 {"table_row", BX_NODE_ROW}, {"table_cell", BX_NODE_CELL},
                 {"tasklist", BX_NODE_ITEM}, {"strikethrough", BX_NODE_STRIKE}};
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (strcmp(type, table[i].type) == 0)
            return table[i].kind;
    return BX_NODE_GROUP;
}

static bx_node_kind kind_of(cmark_node *n) {
    switch (cmark_node_get_type(n)) {
    case CMARK_NODE_BLOCK_QUOTE:
        return BX_NODE_QUOTE;
    case CMARK_NODE_LIST:
        return BX_NODE_LIST;
    case CMARK_NODE_ITEM:
        return BX_NODE_ITEM;
    case CMARK_NODE_PARAGRAPH:
        return BX_NODE_PARAGRAPH;
    case CMARK_NODE_HEADING:
        return BX_NODE_HEADING;
    case CMARK_NODE_FOOTNOTE_DEFINITION:
        return BX_NODE_NOTE;
    case CMARK_NODE_EMPH:
        return BX_NODE_EMPH;
    case CMARK_NODE_STRONG:
        return BX_NODE_STRONG;
    case CMARK_NODE_LINK:
        return BX_NODE_LINK;
    case CMARK_NODE_IMAGE:
        return BX_NODE_IMAGE;
    default:
        return extension_kind(cmark_node_get_type_string(n));
    }
}

static int32_t cell_align(cmark_node *n, uint32_t i) {
    cmark_node *table = cmark_node_parent(cmark_node_parent(n));
    uint8_t *aligns = cmark_gfm_extensions_get_table_alignments(table);
    uint32_t columns = cmark_gfm_extensions_get_table_columns(table);
    char a = aligns && i < columns ? (char)aligns[i] : 0;
    return a == 'l'   ? BX_CELL_START
           : a == 'c' ? BX_CELL_CENTER
           : a == 'r' ? BX_CELL_END
                      : BX_CELL_AUTO;
}

static void block_fields(bx_md *md, bx_node *node, cmark_node *n) {
    switch (node->kind) {
    case BX_NODE_HEADING:
        node->number = cmark_node_get_heading_level(n);
        break;
    case BX_NODE_LIST:
        list_fields(node, n);
        break;
    case BX_NODE_ITEM:
        if (strcmp(cmark_node_get_type_string(n), "tasklist") == 0)
            node->flags |=
                BX_TASK | (cmark_gfm_extensions_get_tasklist_item_checked(n) ? BX_TASK_DONE : 0);
        break;
    case BX_NODE_ROW:
        md->column = 0;
        if (cmark_gfm_extensions_get_table_row_is_header(n))
            node->flags |= BX_HEAD;
        break;
    case BX_NODE_CELL:
        node->number = cell_align(n, md->column++);
        break;
    case BX_NODE_NOTE:
        bx_push(md->scratch, &md->notes, node);
        node->number = (int32_t)md->notes.n;
        break;
    default:
        break;
    }
}

/* Notes the cells of a row beyond the table's columns. */
static void note_rest(bx_md *md, bx_node *row, uint32_t columns) {
    bx_str s = md->in.text;
    uint32_t at = md->cursor, end = md->limit, cells = 0;
    while (at < end && strchr(" \t>", s.p[at]))
        at++;
    at += at < end && s.p[at] == '|';
    while (end > at && strchr(" \t\r", s.p[end - 1]))
        end--;
    if (end > at && s.p[end - 1] == '|' && !(end - at > 1 && s.p[end - 2] == '\\'))
        end--;
    for (; at < end; at++) {
        if (s.p[at] == '\\')
            at++;
        else if (s.p[at] == '|' && ++cells == columns)
            break;
    }
    if (at < end)
        bx_push(md->scratch, &md->rests, (bx_row_rest){row, at + 1, end});
}

/* |---|:-:| and whatever containers write before it. */
static bool is_delimiter_row(bx_str s) {
    bool dash = false;
    for (uint32_t i = 0; i < s.n; i++) {
        if (!strchr("|-: \t\r>", s.p[i]))
            return false;
        dash |= s.p[i] == '-';
    }
    return dash;
}

/* The line of a row. Where text stands right above a table cmark takes that for the head's. */
static int row_line(const bx_md *md, cmark_node *row) {
    int line = cmark_node_get_start_line(row);
    if (!cmark_gfm_extensions_get_table_row_is_header(row))
        return line;
    for (int at = line; line_start(md, at + 1) < md->in.text.n; at++)
        if (is_delimiter_row(bx_str_sub(md->in.text, line_start(md, at + 1), line_end(md, at + 1))))
            return at;
    return line;
}

/* Cells have no trustworthy places of their own: the row's line is searched from cell to cell. */
static void seek_block(bx_md *md, bx_node *node, cmark_node *n) {
    if (node->kind == BX_NODE_CELL)
        return;
    if (node->kind == BX_NODE_ROW) {
        int line = row_line(md, n);
        bx_md_seek(md, line_start(md, line), line_end(md, line));
        note_rest(md, node, cmark_gfm_extensions_get_table_columns(cmark_node_parent(n)));
    } else if (node->kind == BX_NODE_PARAGRAPH || node->kind == BX_NODE_HEADING) {
        bx_md_seek(md, block_start(md, n), block_end(md, n));
    }
}

/* Cells of one table, which have a limit. */
static bool may_enter(bx_md *md, bx_node_kind kind, bx_span span) {
    uint64_t most = md->report->limits.at[BX_LIMIT_CELLS];
    if (kind == BX_NODE_TABLE)
        md->cells = 0;
    if (kind != BX_NODE_CELL || ++md->cells <= most)
        return true;
    if (md->cells == most + 1)
        bx_say_limit(md->report, BX_LIMIT_CELLS, span);
    return false;
}

static bool enter_block(bx_md *md, cmark_node *n) {
    bx_md_want_blocks(md);
    bx_span span = bx_md_span(md, block_start(md, n), block_end(md, n));
    if (!may_enter(md, kind_of(n), span))
        return false;
    bx_node *node = bx_md_open(md, kind_of(n), span, BX_FRAME_MARKDOWN, 0);
    if (!node)
        return false;
    block_fields(md, node, n);
    seek_block(md, node, n);
    if (node->kind == BX_NODE_CELL)
        node->span = bx_md_span(md, md->cursor, md->cursor);
    return true;
}

static void code_block(bx_md *md, cmark_node *n) {
    bx_md_want_blocks(md);
    bx_node *node =
        bx_md_leaf(md, BX_NODE_CODE_BLOCK, bx_md_span(md, block_start(md, n), block_end(md, n)));
    node->text = literal(md, cmark_node_get_literal(n));
    node->title = literal(md, cmark_node_get_fence_info(n));
}

/* Inlines */

static void text(bx_md *md, cmark_node *n) {
    bx_str s = bx_str_of(cmark_node_get_literal(n));
    uint32_t start, end;
    bx_md_locate(md, s, true, &start, &end);
    bx_md_text(md, s, bx_md_span(md, start, end));
}

static void code(bx_md *md, cmark_node *n) {
    bx_str s = bx_str_of(cmark_node_get_literal(n)), whole = md->in.text;
    uint32_t start, end;
    const char *tick = memchr(whole.p + md->cursor, '`', md->limit - md->cursor);
    if (tick)
        md->cursor = (uint32_t)(tick - whole.p);
    uint32_t ticks = 0;
    while (md->cursor + ticks < md->limit && whole.p[md->cursor + ticks] == '`')
        ticks++;
    md->cursor += ticks;
    bx_md_locate(md, s, false, &start, &end);
    while (md->cursor < md->limit && whole.p[md->cursor] == ' ')
        md->cursor++;
    for (uint32_t i = 0; i < ticks && md->cursor < md->limit && whole.p[md->cursor] == '`'; i++)
        md->cursor++;
    if (md->capture) {
        bx_md_text(md, s, bx_md_span(md, start, end));
        return;
    }
    bx_node *node = bx_md_leaf(md, BX_NODE_CODE, bx_md_span(md, start, end));
    node->text = literal(md, s.p);
}

static void line_break(bx_md *md, bool hard) {
    if (md->capture) {
        bx_md_text(md, BX_STR(" "), (bx_span){0});
        return;
    }
    uint32_t at = md->cursor;
    const char *feed = memchr(md->in.text.p + at, '\n', md->limit - at);
    if (feed)
        md->cursor = (uint32_t)(feed - md->in.text.p) + 1;
    uint32_t end = feed ? md->cursor : at;
    bx_md_leaf(md, hard ? BX_NODE_LINE_BREAK : BX_NODE_SOFT_BREAK,
               bx_md_span(md, end ? end - 1 : 0, end));
}

static void note_ref(bx_md *md, cmark_node *n) {
    uint32_t start, end;
    bx_node *node;
    if (bx_md_locate(md, BX_STR("[^"), false, &start, &end)) {
        uint32_t label = md->cursor;
        while (md->cursor < md->limit && md->in.text.p[md->cursor] != ']')
            md->cursor++;
        node = bx_md_leaf(md, BX_NODE_NOTE_REF, bx_md_span(md, start, md->cursor + 1));
        node->id = bx_str_dup(md->arena, bx_str_sub(md->in.text, label, md->cursor));
    } else {
        node = bx_md_leaf(md, BX_NODE_NOTE_REF, bx_md_span(md, start, end));
    }
    /* cmark replaces the label by the note's number; definitions come last, in that order. */
    const char *number = cmark_node_get_literal(n);
    for (const char *p = number; *p >= '0' && *p <= '9' && node->number < 1000000; p++)
        node->number = node->number * 10 + (*p - '0');
    bx_push(md->scratch, &md->note_refs, node);
}

static void html_inline(bx_md *md, cmark_node *n) {
    bx_str s = bx_str_of(cmark_node_get_literal(n));
    uint32_t start, end;
    bx_md_locate(md, s, false, &start, &end);
    bx_md_html(md, s, start, false);
}

static void html_block(bx_md *md, cmark_node *n) {
    uint32_t start = block_start(md, n);
    bx_md_seek(md, start, block_end(md, n));
    bx_md_html(md, bx_str_of(cmark_node_get_literal(n)), start, true);
}

static bool enter_inline(bx_md *md, cmark_node *n) {
    bx_node *node =
        bx_md_open(md, kind_of(n), bx_md_span(md, md->cursor, md->cursor), BX_FRAME_MARKDOWN, 0);
    if (node && node->kind == BX_NODE_LINK)
        md->bare_link = !bx_md_at_bracket(md);
    if (node && (node->kind == BX_NODE_LINK || node->kind == BX_NODE_IMAGE)) {
        node->url = literal(md, cmark_node_get_url(n));
        node->title = literal(md, cmark_node_get_title(n));
    }
    return node != NULL;
}

/* Leaving */

/* A container's end closes what HTML left open in it. */
static bx_node *pop_to_markdown(bx_md *md) {
    while (md->frames.at[md->frames.n - 1].kind != BX_FRAME_MARKDOWN)
        bx_md_close(md);
    bx_node *node = bx_md_top(md);
    bx_md_close(md);
    if (md->frames.n < md->dropped_depth)
        md->dropping = 0;
    return node;
}

static void leave_inline(bx_md *md, bx_node *node) {
    if (node->kind == BX_NODE_LINK || node->kind == BX_NODE_IMAGE) {
        if (node->kind == BX_NODE_IMAGE || !md->bare_link)
            bx_md_skip_link_tail(md);
    } else {
        uint32_t n = node->kind == BX_NODE_EMPH ? 1 : 2;
        for (char c = md->cursor < md->limit ? md->in.text.p[md->cursor] : 0;
             n && md->cursor < md->limit && md->in.text.p[md->cursor] == c && strchr("*_~", c); n--)
            md->cursor++;
    }
    bx_span whole = bx_md_span(md, md->cursor ? md->cursor - 1 : 0, md->cursor);
    if (whole.end > node->span.end)
        node->span.end = whole.end;
    if (node->kind == BX_NODE_IMAGE) {
        node->kind = BX_NODE_SPAN; /* an image's own plain text is what is being made here */
        node->text = bx_node_plain(md->arena, node);
        node->kind = BX_NODE_IMAGE;
        node->first = node->last = NULL;
    }
}

static void leave(bx_md *md) {
    bx_node *node = pop_to_markdown(md);
    if (bx_node_is_inline(node->kind)) {
        leave_inline(md, node);
    } else if (node->kind == BX_NODE_CELL) {
        if (node->first && node->last->span.end > node->span.start)
            node->span =
                (bx_span){node->span.source, node->first->span.start, node->last->span.end};
    } else if (node->kind == BX_NODE_HEADING) {
        bx_span s = node->span;
        if (bx_md_setext_is_rule(md, node, s.start, s.end)) {
            node->kind = BX_NODE_PARAGRAPH;
            node->number = 0;
            bx_md_leaf(md, BX_NODE_BREAK, (bx_span){s.source, s.end > 3 ? s.end - 3 : 0, s.end});
        }
    }
}

static bool is_container(cmark_node *n) {
    switch (cmark_node_get_type(n)) {
    case CMARK_NODE_CODE_BLOCK:
    case CMARK_NODE_HTML_BLOCK:
    case CMARK_NODE_THEMATIC_BREAK:
    case CMARK_NODE_TEXT:
    case CMARK_NODE_SOFTBREAK:
    case CMARK_NODE_LINEBREAK:
    case CMARK_NODE_CODE:
    case CMARK_NODE_HTML_INLINE:
    case CMARK_NODE_FOOTNOTE_REFERENCE:
        return false;
    default:
        return true;
    }
}

static void leaf(bx_md *md, cmark_node *n) {
    switch (cmark_node_get_type(n)) {
    case CMARK_NODE_CODE_BLOCK:
        code_block(md, n);
        break;
    case CMARK_NODE_HTML_BLOCK:
        html_block(md, n);
        break;
    case CMARK_NODE_THEMATIC_BREAK:
        bx_md_want_blocks(md);
        bx_md_leaf(md, BX_NODE_BREAK, bx_md_span(md, block_start(md, n), block_end(md, n)));
        break;
    case CMARK_NODE_SOFTBREAK:
    case CMARK_NODE_LINEBREAK:
        line_break(md, cmark_node_get_type(n) == CMARK_NODE_LINEBREAK);
        break;
    case CMARK_NODE_CODE:
        code(md, n);
        break;
    case CMARK_NODE_HTML_INLINE:
        html_inline(md, n);
        break;
    case CMARK_NODE_FOOTNOTE_REFERENCE:
        note_ref(md, n);
        break;
    default:
        text(md, n);
    }
}

/* Inside an HTML element that is left out only its end counts. */
static bool is_dropped(const bx_md *md, cmark_node *n) {
    cmark_node_type type = cmark_node_get_type(n);
    return md->dropping && type != CMARK_NODE_HTML_INLINE && type != CMARK_NODE_HTML_BLOCK;
}

static void walk(cmark_node *document, void *user) {
    bx_md *md = user;
    uint32_t skip = 0; /* levels below what was too deep */
    cmark_iter *iter = cmark_iter_new(document);
    for (cmark_event_type event; (event = cmark_iter_next(iter)) != CMARK_EVENT_DONE;) {
        cmark_node *n = cmark_iter_get_node(iter);
        if (n == document)
            continue;
        if (!is_container(n)) {
            if (!skip && event == CMARK_EVENT_ENTER &&
                !is_dropped(md, n)) /* note marks have an exit too */
                leaf(md, n);
        } else if (skip) {
            skip += event == CMARK_EVENT_ENTER ? 1u : -1u;
        } else if (event == CMARK_EVENT_EXIT) {
            leave(md);
        } else {
            skip = !(bx_node_is_inline(kind_of(n)) ? enter_inline(md, n) : enter_block(md, n));
        }
    }
}

/* Gives rows the cells that cmark left out: what someone wrote is printed. */
static void add_rests(bx_md *md) {
    bx_str s = md->in.text;
    for (uint32_t i = 0; i < md->rests.n; i++) {
        bx_row_rest rest = md->rests.at[i];
        for (uint32_t at = rest.start; at < rest.end;) {
            uint32_t end = at;
            while (end < rest.end && s.p[end] != '|')
                end += s.p[end] == '\\' && end + 1 < rest.end ? 2 : 1;
            bx_origin_builder piece = {.arena = md->scratch};
            bx_origin_add(&piece, 0, at);
            bx_origin origin = bx_origin_through(&md->in.origin, &piece);
            bx_str text = bx_markdown_strip(md->scratch, bx_str_sub(s, at, end));
            bx_node *cell = bx_markdown_inlines(md->arena, md->scratch, text, &origin, md->report);
            cell->kind = BX_NODE_CELL;
            cell->span = bx_md_span(md, at, end);
            bx_node_append(rest.row, cell);
            at = end + 1;
        }
    }
}

static void index_lines(bx_md *md) {
    bx_str s = md->in.text;
    bx_push(md->scratch, &md->lines, 0);
    for (uint32_t at = bx_str_to(s, 0, '\n'); at < s.n; at = bx_str_to(s, at + 1, '\n'))
        bx_push(md->scratch, &md->lines, at + 1);
}

/* Definitions that no mark calls are dropped by cmark; marks without one are text. */
static void join_notes(bx_md *md) {
    for (uint32_t i = 0; i < md->note_refs.n; i++) {
        bx_node *ref = md->note_refs.at[i];
        if (ref->number < 1 || (uint32_t)ref->number > md->notes.n)
            continue;
        ref->target = md->notes.at[ref->number - 1];
        if (!ref->target->id.n)
            ref->target->id = ref->id;
    }
}

static bx_node *read(bx_arena *arena, bx_arena *scratch, bx_str s, const bx_origin *origin,
                     bool inlines, bx_report *report) {
    bx_mark mark = bx_arena_mark(scratch);
    bx_md md = {.arena = arena, .scratch = scratch, .report = report};
    md.in = bx_markdown_prepare(scratch, s, origin, inlines, report);
    index_lines(&md);
    bx_node *root =
        bx_md_open(&md, BX_NODE_DOCUMENT, bx_origin_span(origin, 0, s.n), BX_FRAME_MARKDOWN, 0);
    bx_cmark_run(scratch, md.in.text, walk, &md);
    while (md.frames.n > 1) { /* <details> that nobody closed is no fold */
        if (bx_md_top(&md)->kind == BX_NODE_DETAILS)
            bx_md_top(&md)->kind = BX_NODE_GROUP;
        bx_md_close(&md);
    }
    add_rests(&md);
    join_notes(&md);
    bx_md_finish(&md, root);
    for (uint32_t i = 0; i < md.notes.n; i++)
        bx_md_finish(&md, md.notes.at[i]);
    bx_arena_rewind(scratch, mark);
    return root;
}

bx_node *bx_markdown_blocks(bx_arena *arena, bx_arena *scratch, bx_str s, const bx_origin *origin,
                            bx_report *report) {
    return read(arena, scratch, s, origin, false, report);
}

bx_node *bx_markdown_inlines(bx_arena *arena, bx_arena *scratch, bx_str s, const bx_origin *origin,
                             bx_report *report) {
    bx_node *root = read(arena, scratch, s, origin, true, report);
    if (root->first)
        return root->first;
    return bx_node_new(arena, BX_NODE_PARAGRAPH, root->span);
}
