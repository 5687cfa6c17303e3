/* HTML in Markdown: each element becomes what html_tags.c says of it. */
#include "input/markdown_build.h"

#include "base/lang_tag.h"

#include <cmark-gfm/houdini.h>

#include "input/html_scan.h"
#include "input/html_tags.h"
#include "input/markdown_run.h"

static bx_str decoded(bx_md *md, bx_str s) {
    s = bx_markdown_strip(md->scratch, s);
    if (!s.n || !memchr(s.p, '&', s.n))
        return bx_str_dup(md->arena, s);
    cmark_strbuf buf;
    cmark_strbuf_init(bx_cmark_memory(), &buf, 64);
    houdini_unescape_html_f(&buf, (const uint8_t *)s.p, (bufsize_t)s.n);
    return bx_str_dup(md->arena, (bx_str){(const char *)buf.ptr, (uint32_t)buf.size});
}

static bx_str attribute(bx_md *md, const bx_html_token *t, const char *name) {
    bx_str v = {0};
    bx_html_attribute(t, name, &v);
    return v.n ? decoded(md, bx_str_trim(v)) : v;
}

/* The attribute lang; empty: it has none, or none that is one. */
static bx_str language(bx_md *md, const bx_html_token *t, bx_span span) {
    bx_str tag = attribute(md, t, "lang");
    if (!tag.n || bx_is_lang_tag(tag))
        return tag;
    bx_say(md->report, BX_D_BAD_VALUE, span, "“%.*s” is no language tag", BX_STR_ARG(tag));
    bx_hint(md->report, "For example: %s: %s", "lang", "zh-Hans");
    return (bx_str){0};
}

static bool takes_inlines(bx_node_kind kind) {
    return kind == BX_NODE_PARAGRAPH || kind == BX_NODE_HEADING || kind == BX_NODE_CELL ||
           bx_node_is_inline(kind);
}

/* Whether blocks cannot stand here: in a paragraph of Markdown's, or in any cell. */
static bool only_inlines(const bx_md *md) {
    for (uint32_t i = md->frames.n; i--;) {
        const bx_frame *f = &md->frames.at[i];
        if (f->node->kind == BX_NODE_CELL)
            return true;
        if (f->kind == BX_FRAME_MARKDOWN)
            return takes_inlines(f->node->kind);
    }
    return false;
}

/* Pops to the frame of an element, and it too. Nothing when the element is not open here. */
static bool close_element(bx_md *md, uint16_t tag) {
    uint32_t i = md->frames.n;
    while (i && !(md->frames.at[i - 1].kind == BX_FRAME_HTML && md->frames.at[i - 1].tag == tag)) {
        if (md->frames.at[i - 1].kind == BX_FRAME_MARKDOWN)
            return false;
        i--;
    }
    if (!i)
        return false;
    while (md->frames.n >= i)
        bx_md_close(md);
    return true;
}

static bx_frame *open_frame(bx_md *md, const char *name) {
    uint16_t tag = bx_html_tag_index(bx_str_of(name));
    for (uint32_t i = md->frames.n; i-- && md->frames.at[i].kind != BX_FRAME_MARKDOWN;)
        if (md->frames.at[i].kind == BX_FRAME_HTML && md->frames.at[i].tag == tag)
            return &md->frames.at[i];
    return NULL;
}

static void start_dropping(bx_md *md, uint16_t tag) {
    md->dropping = tag;
    md->dropped_depth = md->frames.n;
}

/* Class names, with the alignment that old HTML has as an attribute. */
static bx_str class_names(bx_md *md, const bx_html_token *t, const bx_html_tag *tag) {
    bx_str class = attribute(md, t, "class"), align = attribute(md, t, "align");
    if (strcmp(tag->name, "center") == 0)
        align = BX_STR("center");
    if (!align.n)
        return class;
    return class.n ? bx_str_fmt(md->arena, "%.*s %.*s", BX_STR_ARG(class), BX_STR_ARG(align))
                   : align;
}

static void break_line(bx_md *md, bx_span span) {
    bx_node *last = bx_md_top(md)->last;
    if (last && last->kind != BX_NODE_LINE_BREAK)
        bx_md_leaf(md, BX_NODE_LINE_BREAK, span);
}

/* A block where only inlines can stand: its lines are kept apart, items get their mark. */
static void block_in_line(bx_md *md, const bx_html_token *t, const bx_html_tag *tag, bx_span span) {
    bool closes_line =
        tag->node != BX_NODE_LIST && tag->node != BX_NODE_TABLE && tag->node != BX_NODE_CELL;
    if (closes_line)
        break_line(md, span);
    if (tag->node == BX_NODE_ITEM && t->kind == BX_HTML_OPEN)
        bx_md_text(md, BX_STR("• "), span);
}

static void row_fields(const bx_node *cell, const bx_html_tag *tag) {
    bx_node *row = cell->parent;
    const bx_node *first_row = row->parent ? row->parent->first : NULL;
    while (first_row && first_row->kind != BX_NODE_ROW) /* a caption */
        first_row = first_row->next;
    bool first = first_row == row && row->first == cell;
    if (strcmp(tag->name, "th") == 0 && first)
        row->flags |= BX_HEAD;
    else if (strcmp(tag->name, "td") == 0)
        row->flags &= ~(uint32_t)BX_HEAD;
}

static int32_t cell_align(bx_md *md, const bx_html_token *t) {
    bx_str a = attribute(md, t, "align");
    if (!a.n)
        a = attribute(md, t, "style");
    if (bx_str_find(a, BX_STR("center")) >= 0)
        return BX_CELL_CENTER;
    if (bx_str_find(a, BX_STR("right")) >= 0)
        return BX_CELL_END;
    return bx_str_find(a, BX_STR("left")) >= 0 ? BX_CELL_START : BX_CELL_AUTO;
}

static int32_t number_of(bx_str s, int32_t otherwise) {
    int32_t n = 0;
    for (uint32_t i = 0; i < s.n && i < 7; i++) {
        if (s.p[i] < '0' || s.p[i] > '9')
            return otherwise;
        n = n * 10 + (s.p[i] - '0');
    }
    return s.n ? n : otherwise;
}

/* Cells that reach over others leave these empty, so that those after them stay under their heads
 * and beside theirs. */
static void add_covered(bx_md *md, bx_frame *row, uint32_t reach, bx_span span) {
    if (++md->covered > md->report->limits.at[BX_LIMIT_CELLS])
        return;
    bx_node *cell = bx_node_new(md->arena, BX_NODE_CELL, span);
    cell->flags = reach << BX_REACH_SHIFT;
    bx_node_append(row->node, cell);
    row->above = row->above ? row->above->next : NULL;
}

static uint32_t reach_of(const bx_node *cell) {
    return cell ? cell->flags >> BX_REACH_SHIFT & BX_REACH_MOST : 0;
}

/* Empty cells where the row above reaches down. */
static void pass_covered(bx_md *md, bx_span span) {
    bx_frame *top = &md->frames.at[md->frames.n - 1];
    for (uint32_t reach; top->node->kind == BX_NODE_ROW && (reach = reach_of(top->above)) > 0 &&
                         md->covered <= md->report->limits.at[BX_LIMIT_CELLS];)
        add_covered(md, top, reach - 1, span);
}

/* Empty cells for the columns that a wide cell covers beside its own. */
static void pad_row(bx_md *md, const bx_html_token *t, bx_node *cell) {
    int32_t columns = number_of(attribute(md, t, "colspan"), 1);
    int32_t rows = number_of(attribute(md, t, "rowspan"), 1);
    bx_frame *row = &md->frames.at[md->frames.n - 2];
    uint32_t reach = rows > 1 ? (uint32_t)(rows - 1) : 0;
    reach = reach < BX_REACH_MOST ? reach : BX_REACH_MOST;
    cell->flags |= reach << BX_REACH_SHIFT;
    row->above = row->above ? row->above->next : NULL;
    for (int32_t i = 1; i < columns && i < 64; i++)
        add_covered(md, row, reach, cell->span);
}

/* Elements that a new one ends, as in HTML: an item ends the item before it. */
static void close_before(bx_md *md, const bx_html_tag *tag) {
    switch (tag->node) {
    case BX_NODE_ITEM:
        if (open_frame(md, "li") && bx_md_top(md)->kind != BX_NODE_LIST)
            close_element(md, bx_html_tag_index(BX_STR("li")));
        break;
    case BX_NODE_ROW:
        close_element(md, bx_html_tag_index(BX_STR("tr")));
        break;
    case BX_NODE_CELL:
        if (!close_element(md, bx_html_tag_index(BX_STR("td"))))
            close_element(md, bx_html_tag_index(BX_STR("th")));
        break;
    default:
        close_element(md, bx_html_tag_index(BX_STR("p")));
    }
}

/* The kind that fits where it stands: an item belongs in a list, a row in a table. */
static bx_node_kind fitting(bx_md *md, bx_node_kind kind) {
    bx_node_kind top = bx_md_top(md)->kind;
    if ((kind == BX_NODE_ITEM && top != BX_NODE_LIST) ||
        (kind == BX_NODE_ROW && top != BX_NODE_TABLE))
        return BX_NODE_GROUP;
    if (kind == BX_NODE_CELL && top != BX_NODE_ROW)
        return BX_NODE_PARAGRAPH;
    return kind;
}

static void open_block(bx_md *md, const bx_html_token *t, uint16_t index, bx_span span) {
    const bx_html_tag *tag = bx_html_tag_at(index);
    close_before(md, tag);
    if (only_inlines(md)) {
        block_in_line(md, t, tag, span);
        return;
    }
    bx_md_want_blocks(md);
    bx_node *above = bx_md_top(md);
    if (above->kind == BX_NODE_LIST && tag->node != BX_NODE_ITEM)
        bx_md_open(md, BX_NODE_ITEM, span, BX_FRAME_HTML, bx_html_tag_index(BX_STR("li")));
    bx_node_kind kind = fitting(md, tag->node);
    bx_node *before = kind == BX_NODE_ROW ? bx_md_top(md)->last : NULL;
    if (kind == BX_NODE_CELL)
        pass_covered(md, span);
    bx_node *node = bx_md_open(md, kind, span, BX_FRAME_HTML, index);
    if (!node)
        return;
    if (before && before->kind == BX_NODE_ROW)
        md->frames.at[md->frames.n - 1].above = before->first;
    switch (node->kind) {
    case BX_NODE_HEADING:
        node->number = tag->number;
        break;
    case BX_NODE_LIST:
        node->number = tag->name[0] == 'o' ? number_of(attribute(md, t, "start"), 1) : BX_BULLETS;
        node->flags |= BX_LIST_TIGHT;
        break;
    case BX_NODE_CELL:
        node->number = cell_align(md, t);
        row_fields(node, tag);
        pad_row(md, t, node);
        break;
    case BX_NODE_GROUP:
        node->title = class_names(md, t, tag);
        break;
    case BX_NODE_PARAGRAPH:
        if (strcmp(tag->name, "summary") == 0)
            node->flags |= BX_HEAD;
        break;
    default:
        break;
    }
    if (node->kind == BX_NODE_CODE_BLOCK)
        md->capture = node;
}

/* Emphasis dots have no Markdown: <em class="dots">, or CSS's own name for them. */
static bool has_dots(bx_md *md, const bx_html_token *t) {
    bx_str class = attribute(md, t, "class"), style = attribute(md, t, "style");
    return bx_str_is(class, "dots") || bx_str_find(style, BX_STR("text-emphasis")) >= 0;
}

static void open_inline(bx_md *md, const bx_html_token *t, uint16_t index, bx_span span) {
    const bx_html_tag *tag = bx_html_tag_at(index);
    if (tag->node == BX_NODE_TEXT) { /* rt: the reading of the ruby that is open */
        bx_frame *ruby = open_frame(md, "ruby");
        if (ruby)
            md->capture = ruby->node;
        return;
    }
    bx_md_want_inlines(md, span);
    bx_node *node =
        bx_md_open(md, has_dots(md, t) ? BX_NODE_DOTS : tag->node, span, BX_FRAME_HTML, index);
    if (!node)
        return;
    if (node->kind == BX_NODE_LINK) {
        node->url = attribute(md, t, "href");
        node->title = attribute(md, t, "title");
        node->id = attribute(md, t, "id");
        if (!node->id.n)
            node->id = attribute(md, t, "name");
    } else if (node->kind == BX_NODE_SPAN) {
        node->title = attribute(md, t, "class");
        node->id = language(md, t, span);
    } else if (node->kind == BX_NODE_CODE) {
        md->capture = node;
    }
}

static void void_element(bx_md *md, const bx_html_token *t, const bx_html_tag *tag, bx_span span) {
    if (tag->node == BX_NODE_BREAK) {
        if (only_inlines(md)) {
            break_line(md, span);
        } else {
            bx_md_want_blocks(md);
            bx_md_leaf(md, BX_NODE_BREAK, span);
        }
    } else if (tag->node == BX_NODE_LINE_BREAK) {
        if (md->capture)
            bx_md_text(md, BX_STR("\n"), span);
        else if (takes_inlines(bx_md_top(md)->kind))
            bx_md_leaf(md, BX_NODE_LINE_BREAK, span);
    } else {
        bx_str src = attribute(md, t, "src");
        if (!src.n)
            src = attribute(md, t, "data-src");
        bx_md_want_inlines(md, span);
        bx_node *image = bx_md_leaf(md, BX_NODE_IMAGE, span);
        image->url = src;
        image->text = attribute(md, t, "alt");
        image->title = attribute(md, t, "title");
    }
}

/* `Vec<T>` is text that looks like a tag; `<Callout type="info">` is a component of another
 * program. */
static void unknown(bx_md *md, const bx_html_token *t, bx_span span, bool block) {
    bool component =
        t->name.n > 1 && t->name.p[0] >= 'A' && t->name.p[0] <= 'Z' &&
        (block || t->self_closing || (t->kind == BX_HTML_OPEN && t->raw.n > t->name.n + 2));
    bool custom = memchr(t->name.p, '-', t->name.n) != NULL;
    if (!component && !custom) {
        bx_md_want_inlines(md, span);
        bx_md_text(md, t->raw, span);
    } else if (t->kind == BX_HTML_OPEN) {
        bx_say(md->report, BX_D_HTML_DROPPED, span, "<%.*s> is no HTML; what is in it is printed",
               BX_STR_ARG(t->name));
    }
}

static void close_tag(bx_md *md, uint16_t index, bx_span span) {
    const bx_html_tag *tag = bx_html_tag_at(index);
    if (tag->role == BX_HTML_INLINE &&
        tag->node == BX_NODE_TEXT) { /* </rt>: the next base opens anew */
        md->capture = NULL;
        uint16_t ruby = bx_html_tag_index(BX_STR("ruby"));
        if (close_element(md, ruby))
            bx_md_open(md, BX_NODE_RUBY, span, BX_FRAME_HTML, ruby);
        return;
    }
    if (tag->role != BX_HTML_INLINE && tag->role != BX_HTML_BLOCK)
        return;
    if (md->capture && md->capture->kind == bx_html_tag_at(index)->node)
        md->capture = NULL;
    if (!close_element(md, index) && tag->role == BX_HTML_BLOCK && only_inlines(md)) {
        bx_html_token t = {.kind = BX_HTML_CLOSE};
        block_in_line(md, &t, tag, span);
    }
}

static void open_tag(bx_md *md, const bx_html_token *t, uint16_t index, bx_span span) {
    const bx_html_tag *tag = bx_html_tag_at(index);
    switch (tag->role) {
    case BX_HTML_INLINE:
        if (!md->capture)
            open_inline(md, t, index, span);
        break;
    case BX_HTML_BLOCK:
        if (!md->capture)
            open_block(md, t, index, span);
        break;
    case BX_HTML_VOID:
        void_element(md, t, tag, span);
        break;
    case BX_HTML_DROP:
        bx_say(md->report, BX_D_HTML_DROPPED, span, "<%s> cannot be printed and is left out",
               tag->name);
        bx_hint(md->report, "Use a picture or a link");
        if (!t->self_closing && !tag->number)
            start_dropping(md, index);
        break;
    case BX_HTML_HUSH:
        start_dropping(md, index);
        break;
    default:
        break;
    }
    if (t->self_closing && (tag->role == BX_HTML_INLINE || tag->role == BX_HTML_BLOCK))
        close_tag(md, index, span);
}

static void plain_text(bx_md *md, bx_str raw, bx_span span) {
    bool blank = bx_str_trim(raw).n == 0;
    bx_node_kind top = bx_md_top(md)->kind;
    if (md->capture) {
        bx_md_text(md, decoded(md, raw), span);
        return;
    }
    if (blank && !takes_inlines(top))
        return;
    bx_md_want_inlines(md, span);
    /* Line ends are soft breaks, indentation is nothing. */
    for (uint32_t at = 0; at < raw.n;) {
        uint32_t end = at;
        while (end < raw.n && raw.p[end] != '\n')
            end++;
        bx_str line = bx_str_sub(raw, at, end);
        bool whole = end < raw.n;
        while (at > 0 && line.n && (line.p[0] == ' ' || line.p[0] == '\t'))
            line = bx_str_sub(line, 1, line.n);
        if (line.n)
            bx_md_text(md, decoded(md, line), span);
        if (whole && bx_md_top(md)->first)
            bx_md_leaf(md, BX_NODE_SOFT_BREAK, span);
        at = end + 1;
    }
}

static void token(bx_md *md, const bx_html_token *t, bool block) {
    uint32_t start, end;
    bx_md_locate(md, t->raw, false, &start, &end);
    bx_span span = bx_md_span(md, start, end);
    uint16_t index =
        t->kind == BX_HTML_OPEN || t->kind == BX_HTML_CLOSE ? bx_html_tag_index(t->name) : 0;
    if (md->dropping) {
        if (t->kind == BX_HTML_CLOSE && index == md->dropping)
            md->dropping = 0;
        return;
    }
    switch (t->kind) {
    case BX_HTML_TEXT:
        plain_text(md, t->raw, span);
        break;
    case BX_HTML_OPEN:
    case BX_HTML_CLOSE:
        if (!index)
            unknown(md, t, span, block);
        else if (t->kind == BX_HTML_OPEN)
            open_tag(md, t, index, span);
        else
            close_tag(md, index, span);
        break;
    default:
        break;
    }
}

void bx_md_html(bx_md *md, bx_str html, uint32_t start, bool block) {
    md->cursor = start;
    for (uint32_t at = 0;;) {
        bx_html_token t = bx_html_next(html, &at);
        if (t.kind == BX_HTML_END)
            break;
        token(md, &t, block);
    }
    /* A block of HTML ends where Markdown goes on: text after it is a paragraph of its own. */
    if (block)
        bx_md_want_blocks(md);
}
