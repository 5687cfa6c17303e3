/* Inline nodes into a text stream. Nesting is walked with a stack of our own, so that its depth
 * costs memory and not the program's stack. */
#include "compose/stream.h"

#include "compose/note.h"
#include "compose/picture.h"
#include "compose/template.h"
#include "issue/label.h"

static uint32_t tag_under(bx_stream *s, bx_tag_kind kind) {
    return bx_tags_add(s->c->tags, s->attr.tag, kind);
}

/* Whether nothing but pictographs stands in the line so far. */
static bool at_line_start(const bx_stream *s) {
    bx_str text = bx_buf_view(&s->text);
    return bx_is_pictograph(bx_str_sub(text, s->line_at, text.n));
}

/* A bold run that opens the line and is closed by a colon or full stop, in it or after it; all bold
 * runs of a title line. */
static bool is_lead(bx_stream *s, const bx_node *strong) {
    static const char *const closers[] = {"：", ":", "。", "."};
    if (s->title_line)
        return true;
    if (!at_line_start(s))
        return false;
    bx_str text = bx_str_trim(bx_node_plain(s->c->draft, strong));
    bx_str after =
        strong->next && strong->next->kind == BX_NODE_TEXT ? strong->next->text : (bx_str){0};
    for (size_t i = 0; i < sizeof closers / sizeof *closers; i++) {
        bx_str closer = bx_str_of(closers[i]);
        if (bx_str_ends(text, closer) || bx_str_starts(after, closer))
            return true;
    }
    return false;
}

/* A link that ends its paragraph after a sentence. */
static bool is_source(const bx_stream *s, const bx_node *link) {
    static const char *const stops[] = {"。", "！", "？", "；", "”", "」", "）", ".", "!", "?"};
    const bx_node *after = link->next;
    if (after && (after->next || after->kind != BX_NODE_TEXT || bx_str_trim(after->text).n))
        return false;
    bx_str text = bx_str_trim(bx_buf_view(&s->text));
    bool stopped = false;
    for (size_t i = 0; i < sizeof stops / sizeof *stops; i++)
        stopped |= bx_str_ends(text, bx_str_of(stops[i]));
    return stopped && link->parent && link->parent->kind == BX_NODE_PARAGRAPH;
}

/* The link's text is its address, perhaps without the scheme. */
static bool shows_address(const bx_node *link) {
    const bx_node *text = link->first;
    if (!text || text->next || text->kind != BX_NODE_TEXT)
        return false;
    return text->text.n > 3 && bx_str_ends(link->url, text->text);
}

uint32_t bx_link_of_node(bx_composer *c, const bx_node *node) {
    if (node->url.p[0] == '#')
        return bx_link_add(c, (bx_str){0}, bx_str_sub(node->url, 1, node->url.n),
                           bx_node_plain(c->arena, node));
    return bx_link_add(c, node->url, (bx_str){0}, node->title.n ? node->title : node->url);
}

static void enter_link(bx_stream *s, const bx_node *node) {
    if (!node->url.n || s->attr.link)
        return;
    bx_stream_mark(s, BX_MARK_LINK);
    if (node->kind == BX_NODE_LINK && is_source(s, node))
        bx_stream_mark(s, BX_MARK_SOURCE);
    s->attr.tag = tag_under(s, BX_TAG_LINK);
    s->attr.link = bx_link_of_node(s->c, node);
    if (shows_address(node))
        s->attr.flags |= BX_SPAN_URL;
}

static void enter_ruby(bx_stream *s, const bx_node *node) {
    uint32_t ruby = tag_under(s, BX_TAG_RUBY);
    s->attr.tag = bx_tags_add(s->c->tags, ruby, BX_TAG_RB);
    bx_tags_add(s->c->tags, ruby, BX_TAG_RT); /* para.c counts on its number being RB's + 1 */
    s->attr.ruby = node->text;
}

static void enter_span(bx_stream *s, const bx_node *node) {
    if (!node->id.n)
        return;
    s->attr.tag = tag_under(s, BX_TAG_SPAN);
    s->attr.lang = node->id;
    bx_tags_at(s->c->tags, s->attr.tag)->lang = node->id;
}

/* Attributes of what is inside a container. */
static void enter(bx_stream *s, const bx_node *node) {
    switch (node->kind) {
    case BX_NODE_STRONG:
        bx_stream_mark(s, is_lead(s, node) ? BX_MARK_LEAD : BX_MARK_STRONG);
        break;
    case BX_NODE_EMPH:
        bx_stream_mark(s, BX_MARK_EMPH);
        break;
    case BX_NODE_STRIKE:
        bx_stream_mark(s, BX_MARK_STRIKE);
        break;
    case BX_NODE_UNDERLINE:
        bx_stream_mark(s, BX_MARK_UNDERLINE);
        break;
    case BX_NODE_DOTS:
        bx_stream_mark(s, BX_MARK_DOTS);
        break;
    case BX_NODE_SUP:
        bx_stream_mark(s, BX_MARK_SUP);
        s->attr.flags |= BX_SPAN_RAISED;
        break;
    case BX_NODE_SUB:
        bx_stream_mark(s, BX_MARK_SUB);
        s->attr.flags |= BX_SPAN_LOWERED;
        break;
    case BX_NODE_LINK:
        enter_link(s, node);
        break;
    case BX_NODE_RUBY:
        enter_ruby(s, node);
        break;
    case BX_NODE_SPAN:
        enter_span(s, node);
        break;
    default:
        break;
    }
}

static void add_code(bx_stream *s, const bx_node *node) {
    bx_text_span attr = s->attr;
    bx_stream_mark(s, BX_MARK_CODE);
    s->attr.flags |= BX_SPAN_CODE;
    s->attr.tag = tag_under(s, BX_TAG_CODE);
    bx_stream_add(s, node->text);
    s->attr = attr;
}

/* [n], a link to the entry; the entry's way back leads to the first of them. */
static void add_citation(bx_stream *s, const bx_node *node) {
    bx_composer *c = s->c;
    bx_text_span attr = s->attr;
    bx_stream_mark(s, BX_MARK_CITATION);
    void **first = bx_map_put(&c->cited, node->id);
    if (!*first) {
        *first = (void *)node;
        bx_stream_anchor(s, bx_anchor_cite(c, node->id));
    }
    bx_str text = bx_filled(c, &c->style->references.citation,
                            &(bx_values){.n = (uint32_t)(node->number > 0 ? node->number : 0)});
    s->attr.tag = tag_under(s, BX_TAG_REFERENCE);
    if (!s->attr.link) {
        s->attr.tag = tag_under(s, BX_TAG_LINK);
        s->attr.link = bx_link_add(c, (bx_str){0}, bx_place_of_reference(c->arena, node->id), text);
    }
    s->attr.flags |= BX_SPAN_KEEP | BX_SPAN_NO_BREAK_BEFORE;
    if (c->style->references.citation_raised)
        s->attr.flags |= BX_SPAN_RAISED;
    bx_stream_add(s, text);
    s->attr = attr;
}

/* The note of a mark, and after it those whose marks stand in it: notes are not set in each other.
 */
static void take_note(bx_stream *s, const bx_node *note, uint32_t mark_tag) {
    bx_composer *c = s->c;
    bx_push(c->arena, &c->notes_due, ((bx_note_due){note, mark_tag}));
    if (c->notes_due.n > 1) /* this mark is in a note */
        return;
    for (uint32_t i = 0; i < c->notes_due.n; i++) {
        bx_note_due due = c->notes_due.at[i];
        bx_stream_note(s, bx_note_block(c, due.note, due.mark_tag));
    }
    c->notes_due.n = 0;
}

static void add_note_ref(bx_stream *s, const bx_node *node) {
    bx_composer *c = s->c;
    if (!node->target)
        return;
    bx_text_span attr = s->attr;
    bx_stream_mark(s, BX_MARK_NOTE);
    s->attr.tag = tag_under(s, BX_TAG_REFERENCE);
    s->attr.tag = tag_under(s, BX_TAG_LINK);
    bx_str mark = bx_note_mark(c, node->target);
    void **known = bx_map_put(&c->noted, node->target->id);
    if (!*known) {
        *known = (void *)node;
        bx_stream_anchor(s, bx_str_fmt(c->arena, "noteref:%.*s", BX_STR_ARG(node->target->id)));
        take_note(s, node->target, s->attr.tag);
    }
    s->attr.link = bx_link_add(
        c, (bx_str){0}, bx_str_fmt(c->arena, "note:%.*s", BX_STR_ARG(node->target->id)), mark);
    s->attr.flags |= BX_SPAN_RAISED | BX_SPAN_KEEP | BX_SPAN_NO_BREAK_BEFORE;
    bx_stream_add(s, mark);
    s->attr = attr;
}

/* A small picture in the line, centred on the Han square; the words of one that is missing. */
static void add_picture(bx_stream *s, const bx_node *node) {
    bx_composer *c = s->c;
    bx_text_span attr = s->attr;
    bx_str alt = bx_picture_words(node);
    const bx_image *image = bx_picture_load(c, node->url, node->span);
    if (image) {
        bx_len most = s->attr.size * 6 / 5, own = bx_picture_height(image);
        s->attr.tag = tag_under(s, BX_TAG_FIGURE);
        bx_tags_at(c->tags, s->attr.tag)->alt = alt;
        bx_arena *out = c->out;
        c->out = c->arena;
        const bx_frame *frame = bx_picture_frame(c, image, 0, bx_len_min(own, most), s->attr.tag);
        c->out = out;
        bx_len up = frame->h / 2 + s->attr.size * 38 / 100;
        bx_stream_object(s, frame->w, up, frame->h - up, frame);
    } else {
        if (bx_picture_is_remote(node))
            enter_link(s, node);
        bx_stream_add(s, alt);
    }
    s->attr = attr;
}

static void add_leaf(bx_stream *s, const bx_node *node) {
    switch (node->kind) {
    case BX_NODE_TEXT:
        bx_stream_add(s, node->text);
        break;
    case BX_NODE_CODE:
        add_code(s, node);
        break;
    case BX_NODE_CITATION:
        add_citation(s, node);
        break;
    case BX_NODE_NOTE_REF:
        add_note_ref(s, node);
        break;
    case BX_NODE_IMAGE:
        add_picture(s, node);
        break;
    default:
        break;
    }
}

/* The line of the source that begins with this node. */
static void begin_line(bx_stream *s, const bx_node *first) {
    s->line = first;
    s->line_at = (uint32_t)s->text.n;
    s->title_line = bx_is_title_line(s->c->draft, first);
    if (s->text.n == 0 && first && first->parent && first->parent->kind == BX_NODE_PARAGRAPH &&
        first == first->parent->first)
        s->title_line |= bx_is_title_paragraph(s->c->draft, first);
}

/* Centred text keeps its lines, as verse does. */
static void add_break(bx_stream *s, const bx_node *node, bool outermost) {
    bool ends = node->kind == BX_NODE_LINE_BREAK || s->role->set.align == BX_ALIGN_CENTER ||
                (outermost && bx_is_line_end(s->c->draft, s->line, node));
    bx_stream_add(s, ends ? BX_STR("\xE2\x80\xA8") : BX_STR("\n"));
    if (ends && s->text.n)
        bx_stream_gap(s, s->role->set.indent); /* the lines of a verse begin alike */
    if (outermost)
        begin_line(s, node->next);
}

void bx_stream_nodes(bx_stream *s, const bx_node *first, const bx_node *stop) {
    BX_VEC(bx_text_span) outer = {0};
    const bx_node *node = first;
    begin_line(s, first);
    while (node && (node != stop || outer.n)) {
        if (node->span.source)
            s->attr.source = node->span;
        if (node->first) {
            bx_push(s->c->draft, &outer, s->attr);
            enter(s, node);
            node = node->first;
            continue;
        }
        if (node->kind == BX_NODE_SOFT_BREAK || node->kind == BX_NODE_LINE_BREAK)
            add_break(s, node, outer.n == 0);
        else
            add_leaf(s, node);
        while (outer.n && !node->next) {
            node = node->parent;
            s->attr = outer.at[--outer.n];
        }
        node = node->next;
    }
}

void bx_stream_field(bx_stream *s, const bx_field *field) {
    if (field->inlines)
        bx_stream_nodes(s, field->inlines->first, NULL);
    else
        bx_stream_add(s, field->plain);
}
