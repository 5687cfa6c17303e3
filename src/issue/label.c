#include "issue/label.h"

#include "issue/reader.h"

#include "base/utf8.h"
#include "input/cjk.h"

static bool is_break(const bx_node *node) {
    return node->kind == BX_NODE_SOFT_BREAK || node->kind == BX_NODE_LINE_BREAK;
}

static bool is_pictograph(uint32_t ch) {
    return ch == 0xFE0F || ch == 0x200D || ch == 0x20E3 || (ch >= 0x2190 && ch < 0x2E80) ||
           (ch >= 0x1F000 && ch < 0x20000);
}

static bool is_white(uint32_t ch) { return ch == ' ' || ch == '\t' || ch == 0x3000; }

/* What only changes or joins the pictographs beside it. */
static bool is_joint(uint32_t ch) {
    return ch == 0xFE0F || ch == 0x200D || ch == 0x20E3 || (ch >= 0x1F3FB && ch <= 0x1F3FF);
}

uint32_t bx_pictograph_end(bx_str text, uint32_t *n) {
    uint32_t end = 0, before = 0;
    *n = 0;
    while (end < text.n) {
        uint32_t next = end, ch = bx_utf8_next(text, &next);
        if (!is_pictograph(ch) && !is_white(ch))
            break;
        *n += is_pictograph(ch) && !is_joint(ch) && before != 0x200D;
        before = ch;
        end = next;
    }
    return *n ? end : 0;
}

bool bx_is_pictograph(bx_str text) {
    for (uint32_t at = 0; at < text.n;) {
        uint32_t ch = bx_utf8_next(text, &at);
        if (!is_pictograph(ch) && !is_white(ch))
            return false;
    }
    return true;
}

static bool is_colon(bx_str text) { return bx_str_is(text, "：") || bx_str_is(text, ":"); }

static bool ends_in_colon(bx_str text) {
    return bx_str_ends(text, BX_STR("：")) || bx_str_ends(text, BX_STR(":"));
}

static bool starts_with_colon(bx_str text) {
    return bx_str_starts(text, BX_STR("：")) || bx_str_starts(text, BX_STR(":"));
}

/* The label of a line that begins with this inline. */
static bx_label label_at(bx_arena *arena, const bx_node *first) {
    bx_label label = {0};
    if (first && first->kind == BX_NODE_TEXT && bx_is_pictograph(first->text)) {
        label.pictograph = bx_str_trim(first->text).n > 0;
        first = first->next;
    }
    if (!first || first->kind != BX_NODE_STRONG)
        return (bx_label){0};
    label.strong = first;
    label.colon = ends_in_colon(bx_str_trim(bx_node_plain(arena, first)));
    const bx_node *after = first->next;
    if (after && after->kind == BX_NODE_TEXT) {
        bx_str text = bx_str_trim(after->text);
        label.colon |= starts_with_colon(text);
        if (is_colon(text) || !text.n)
            after = after->next;
    }
    label.alone = !after || is_break(after);
    return label;
}

bx_label bx_label_of(bx_arena *arena, const bx_node *para) {
    return para->kind == BX_NODE_PARAGRAPH ? label_at(arena, para->first) : (bx_label){0};
}

/* Marks and white, which are neither bold nor light. */
static bool is_marks(bx_str text) {
    for (uint32_t at = 0; at < text.n;) {
        uint32_t ch = bx_utf8_next(text, &at);
        if (!is_pictograph(ch) && !is_white(ch) && !bx_char_is_punctuation(ch))
            return false;
    }
    return true;
}

bool bx_is_title_line(bx_arena *arena, const bx_node *first) {
    bool bold = false, all = true;
    const bx_node *in = first;
    for (; in && !is_break(in); in = in->next) {
        bold |= in->kind == BX_NODE_STRONG;
        all &= in->kind == BX_NODE_STRONG || (in->kind == BX_NODE_TEXT && is_marks(in->text));
    }
    if (!bold || !in || !in->next)
        return false;
    bx_label own = label_at(arena, first);
    return all || (own.strong && !own.colon && label_at(arena, in->next).colon);
}

bool bx_is_title_paragraph(bx_arena *arena, const bx_node *first) {
    enum { LONGEST = 90 }; /* bytes: thirty Han */
    static const char *const stops[] = {"。", "！", "？", "；", "，", "”", ".", "!", "?"};
    bx_label label = label_at(arena, first);
    if (!label.strong || !label.alone)
        return false;
    for (const bx_node *in = label.strong->next; in; in = in->next) {
        if (!is_break(in) && (in->kind != BX_NODE_TEXT || !is_marks(in->text)))
            return false;
    }
    bx_str text = bx_str_trim(bx_node_plain(arena, label.strong));
    for (size_t i = 0; i < sizeof stops / sizeof *stops; i++) {
        if (bx_str_ends(text, bx_str_of(stops[i])))
            return false;
    }
    return text.n > 0 && text.n <= LONGEST;
}

bool bx_is_value_line(bx_arena *arena, const bx_node *paragraph) {
    enum { NAME = 24, LINE = 120 }; /* bytes: eight and forty Han */
    if (paragraph->kind != BX_NODE_PARAGRAPH)
        return false;
    for (const bx_node *in = paragraph->first; in; in = in->next) {
        if (is_break(in) || in->kind == BX_NODE_IMAGE)
            return false;
    }
    bx_str text = bx_str_trim(bx_node_plain(arena, paragraph));
    int64_t wide = bx_str_find(text, BX_STR("：")), narrow = bx_str_find(text, BX_STR(": "));
    int64_t at = wide < 0 || (narrow >= 0 && narrow < wide) ? narrow : wide;
    return at > 0 && at <= NAME && text.n <= LINE && !ends_in_colon(text) &&
           !bx_str_ends(text, BX_STR("。"));
}

static bool is_quoted(const bx_node *node) {
    for (; node; node = node->parent) {
        if (node->kind == BX_NODE_QUOTE)
            return true;
    }
    return false;
}

/* “—— 某某” under a quotation. */
static bool is_source(const bx_node *node) {
    return node && node->kind == BX_NODE_TEXT && is_quoted(node) &&
           (bx_str_starts(node->text, BX_STR("——")) || bx_str_starts(node->text, BX_STR("— ")) ||
            bx_str_starts(node->text, BX_STR("-- ")));
}

/* A whole line in italics: source, date and the like. */
static bool is_italic_line(const bx_node *first) {
    return first && first->kind == BX_NODE_EMPH && (!first->next || is_break(first->next));
}

/* A number or sign that a list's item would have: 1、 （2） ① • 🔥 */
static bool begins_item(const bx_node *node) {
    static const char *const signs[] = {"•", "·", "※"};
    uint32_t n;
    if (!node || node->kind != BX_NODE_TEXT)
        return false;
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (bx_str_starts(node->text, bx_str_of(signs[i])))
            return true;
    return bx_has_own_number(node->text) || (bx_pictograph_end(node->text, &n) && n);
}

bool bx_is_line_end(bx_arena *arena, const bx_node *line, const bx_node *soft_break) {
    if (bx_is_title_line(arena, line) || is_source(soft_break->next) ||
        is_italic_line(soft_break->next) || is_italic_line(line) ||
        (begins_item(line) && begins_item(soft_break->next)))
        return true;
    bx_label next = label_at(arena, soft_break->next);
    return next.strong && next.colon;
}
