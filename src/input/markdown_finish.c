/* What is done once a tree is built: tidying, citations, formulas; and when a line of dashes under
 * text is a rule. */
#include "input/markdown_build.h"

#include "base/utf8.h"
#include "input/cjk.h"

/* The span of bytes [start, end) of a TEXT node's text. */
static bx_span sub_span(const bx_md *md, const bx_node *text, uint32_t start, uint32_t end) {
    bx_span s = text->span;
    if (s.end - s.start == text->text.n)
        return (bx_span){s.source, s.start + start, s.start + end};
    bx_span from = bx_span_of_char(md->report->sources, s, text->text, start);
    bx_span to = bx_span_of_char(md->report->sources, s, text->text, end - 1);
    return (bx_span){s.source, from.start, to.end > from.start ? to.end : from.end};
}

/* Citations */

/* The end of an id: no space, no ; , or bracket in it. */
static uint32_t id_end(bx_str s, uint32_t at) {
    while (at < s.n && !strchr(" \t\n;,[]@\"'<>", s.p[at]))
        at++;
    return at;
}

/* Offset after the ] of `[@a; @b]` that begins at `at`, or 0. */
static uint32_t citation_end(bx_str s, uint32_t at) {
    at++;
    for (;;) {
        while (at < s.n && s.p[at] == ' ')
            at++;
        if (at >= s.n || s.p[at] != '@')
            return 0;
        uint32_t end = id_end(s, at + 1);
        if (end == at + 1 || end >= s.n)
            return 0;
        for (at = end; at < s.n && s.p[at] == ' ';)
            at++;
        if (at < s.n && s.p[at] == ']')
            return at + 1;
        if (at >= s.n || (s.p[at] != ';' && s.p[at] != ','))
            return 0;
        at++;
    }
}

static void add_text(bx_md *md, bx_node *parent, const bx_node *text, uint32_t start,
                     uint32_t end) {
    if (end <= start)
        return;
    bx_node *n = bx_node_new(md->arena, BX_NODE_TEXT, sub_span(md, text, start, end));
    n->text = bx_str_sub(text->text, start, end);
    bx_node_append(parent, n);
}

static void add_citations(bx_md *md, bx_node *parent, const bx_node *text, uint32_t at,
                          uint32_t close) {
    while (at < close) {
        if (text->text.p[at] != '@') {
            at++;
            continue;
        }
        uint32_t end = id_end(text->text, at + 1);
        bx_node *n = bx_node_new(md->arena, BX_NODE_CITATION, sub_span(md, text, at, end));
        n->id = bx_str_sub(text->text, at + 1, end);
        bx_node_append(parent, n);
        at = end;
    }
}

static void split_citations(bx_md *md, bx_node *parent, bx_node *text) {
    bx_str s = text->text;
    uint32_t done = 0;
    for (uint32_t at = 0; at + 1 < s.n;) {
        int64_t hit = bx_str_find(bx_str_sub(s, at, s.n), BX_STR("[@"));
        if (hit < 0)
            break;
        at += (uint32_t)hit;
        uint32_t close = citation_end(s, at);
        if (close) {
            add_text(md, parent, text, done, at);
            add_citations(md, parent, text, at, close);
            done = close;
        }
        at = close ? close : at + 2;
    }
    if (done)
        add_text(md, parent, text, done, s.n);
    else
        bx_node_append(parent, text);
}

/* Formulas */

/* TeX between dollars: `$500B to $700B` and `US$1=HK$7.8` are money, `$x^2$` and `$n$` are not. */
static bool is_formula(bx_str inside) {
    bool digit = inside.n && inside.p[0] >= '0' && inside.p[0] <= '9';
    if (!inside.n || strchr(" \n", inside.p[0]) || strchr(" \n", inside.p[inside.n - 1]))
        return false;
    bool letter = (inside.p[0] | 32) >= 'a' && (inside.p[0] | 32) <= 'z';
    if (inside.n == 1)
        return letter;
    for (uint32_t i = 0; i < inside.n; i++)
        if (strchr(digit ? "\\^_" : "\\^_{}=", inside.p[i]))
            return true;
    return false;
}

static void look_for_formula(bx_md *md, const bx_node *text) {
    bx_str s = text->text;
    for (uint32_t at = bx_str_to(s, 0, '$'); at < s.n; at = bx_str_to(s, at + 1, '$')) {
        uint32_t dollars = at + 1 < s.n && s.p[at + 1] == '$' ? 2 : 1, from = at + dollars;
        uint32_t to = bx_str_to(s, from, '$');
        bool close = to < s.n;
        bool alone = dollars == 2 && bx_str_trim(s).n == 2; /* $$ on a line of its own */
        bool digit_after = close && to + 1 < s.n && s.p[to + 1] >= '0' && s.p[to + 1] <= '9';
        if (alone || (close && !digit_after && is_formula(bx_str_sub(s, from, to)))) {
            bx_say(md->report, BX_D_FORMULA, sub_span(md, text, at, close ? to + 1 : from),
                   "a formula is printed as it was typed");
            bx_hint(md->report, "Use plain text or a picture");
            return;
        }
        at = close && !digit_after ? to - 1 : at;
        if (!close)
            return;
    }
}

/* Templates: Hugo's {{< … >}} and {{% … %}}, Liquid's {% … %}. What they stand for is not known. */

static void look_for_template(bx_md *md, const bx_node *text) {
    static const char *const marks[][2] = {{"{{<", ">}}"}, {"{{%", "%}}"}, {"{%", "%}"}};
    bx_str s = text->text;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        int64_t open = bx_str_find(s, bx_str_of(marks[i][0]));
        bx_str rest = open < 0 ? (bx_str){0} : bx_str_sub(s, (uint32_t)open, s.n);
        int64_t close = bx_str_find(rest, bx_str_of(marks[i][1]));
        if (open < 0 || close < 0)
            continue;
        uint32_t end = (uint32_t)(open + close) + (uint32_t)strlen(marks[i][1]);
        bx_say(md->report, BX_D_TEMPLATE, sub_span(md, text, (uint32_t)open, end),
               "a template of a site generator is printed as it was typed");
        bx_hint(md->report, "Write what it stands for");
        return;
    }
}

/* Tidying */

static void expand_children(bx_md *md, bx_node *parent) {
    bx_node *child = parent->first;
    parent->first = parent->last = NULL;
    bool literal = parent->kind == BX_NODE_LINK; /* an address may hold anything */
    while (child) {
        bx_node *next = child->next;
        if (child->kind == BX_NODE_TEXT) {
            look_for_formula(md, child);
            look_for_template(md, child);
        }
        if (child->kind == BX_NODE_NOTE)
            child->parent = NULL; /* reached through its mark */
        else if (child->kind == BX_NODE_TEXT && !literal)
            split_citations(md, parent, child);
        else
            bx_node_append(parent, child);
        child = next;
    }
}

/* Containers of which nothing is left: HTML elements without content, mostly. */
static bool is_hollow(const bx_node *n) {
    switch (n->kind) {
    case BX_NODE_PARAGRAPH:
    case BX_NODE_LIST:
    case BX_NODE_TABLE:
    case BX_NODE_ROW:
    case BX_NODE_GROUP:
    case BX_NODE_DETAILS:
    case BX_NODE_STRONG:
    case BX_NODE_EMPH:
    case BX_NODE_STRIKE:
    case BX_NODE_UNDERLINE:
    case BX_NODE_SUP:
    case BX_NODE_SUB:
    case BX_NODE_RUBY:
    case BX_NODE_SPAN:
        return !n->first;
    case BX_NODE_LINK:
        return !n->first && !n->id.n;
    default:
        return false;
    }
}

/* A div round headings only places them: the headings are the document's. */
static bool is_wrapper(const bx_node *n, const bx_node *parent) {
    if (n->kind != BX_NODE_GROUP ||
        (parent->kind != BX_NODE_DOCUMENT && parent->kind != BX_NODE_GROUP))
        return false;
    for (const bx_node *child = n->first; child; child = child->next)
        if (child->kind == BX_NODE_HEADING)
            return true;
    return false;
}

static bool is_break(const bx_node *n) {
    return n->kind == BX_NODE_SOFT_BREAK || n->kind == BX_NODE_LINE_BREAK;
}

/* Line ends at a paragraph's beginning and end, which HTML leaves, say nothing. */
static void trim_breaks(bx_node *block) {
    while (block->first && is_break(block->first))
        block->first = block->first->next;
    bx_node *last = NULL;
    for (bx_node *n = block->first; n; n = n->next)
        if (!is_break(n))
            last = n;
    if (last)
        last->next = NULL;
    block->last = last;
}

/* `## Title {#id}` */
static void take_id(bx_node *heading) {
    bx_node *last = heading->last;
    bx_str s = last && last->kind == BX_NODE_TEXT ? last->text : (bx_str){0};
    int64_t open = bx_str_find(s, BX_STR("{#"));
    if (open < 0 || s.p[s.n - 1] != '}')
        return;
    uint32_t from = (uint32_t)open + 2, to = from;
    while (to + 1 < s.n && s.p[to] != ' ')
        to++;
    heading->id = bx_str_sub(s, from, to);
    last->text = bx_str_trim(bx_str_sub(s, 0, (uint32_t)open));
}

/* "[!NOTE]", "[!faq]-": the bytes of it; *word: what it says. 0: it is none. */
static uint32_t alert_mark(bx_str s, bx_str *word) {
    uint32_t at = 2;
    if (!bx_str_starts(s, BX_STR("[!")))
        return 0;
    while (at < s.n && ((s.p[at] | 0x20) >= 'a' && (s.p[at] | 0x20) <= 'z'))
        at++;
    if (at == 2 || at == s.n || s.p[at] != ']')
        return 0;
    *word = bx_str_sub(s, 2, at++);
    at += at < s.n && strchr("+-", s.p[at]);
    return at == s.n || s.p[at] == ' ' ? at : 0;
}

/* > [!NOTE] is a quotation whose first line, the word and a title after it, is its label. */
static void make_alert(bx_md *md, bx_node *quote) {
    bx_node *para = quote->first, *text = para ? para->first : NULL;
    bx_str word;
    uint32_t end = para && para->kind == BX_NODE_PARAGRAPH && text && text->kind == BX_NODE_TEXT
                       ? alert_mark(text->text, &word)
                       : 0;
    if (!end)
        return;
    bx_node *label = bx_node_new(md->arena, BX_NODE_STRONG, text->span), *rest = text;
    text->text = bx_str_fmt(md->arena, "%.*s%.*s", BX_STR_ARG(word), (int)(text->text.n - end),
                            text->text.p + end);
    for (bx_node *next; rest && !is_break(rest); rest = next) {
        next = rest->next;
        bx_node_append(label, rest);
    }
    para->first = para->last = NULL;
    bx_node_append(para, label);
    if (rest)
        rest->kind = BX_NODE_LINE_BREAK;
    for (bx_node *next; rest; rest = next) {
        next = rest->next;
        bx_node_append(para, rest);
    }
    quote->flags |= BX_ALERT;
}

/* The children of a node, or those of its children that are no rows, go to another. */
static void move_children(bx_node *from, bx_node *to, bool rows) {
    bx_node *child = from->first;
    from->first = from->last = NULL;
    for (bx_node *next; child; child = next) {
        next = child->next;
        bx_node_append(rows || child->kind != BX_NODE_ROW ? to : from, child);
    }
}

/* Once what is under the children is tidy. */
static void tidy_children(bx_md *md, bx_node *parent) {
    bx_node *child = parent->first;
    parent->first = parent->last = NULL;
    while (child) {
        bx_node *next = child->next;
        if (child->kind == BX_NODE_TABLE)
            move_children(child, parent, false); /* its caption stands over it */
        if (is_wrapper(child, parent)) {
            move_children(child, parent, true);
        } else if (!is_hollow(child)) {
            bx_node_append(parent, child);
        }
        child = next;
    }
    if (parent->kind == BX_NODE_HEADING)
        take_id(parent);
    if (parent->kind == BX_NODE_QUOTE)
        make_alert(md, parent);
    if (parent->kind == BX_NODE_PARAGRAPH || parent->kind == BX_NODE_HEADING ||
        parent->kind == BX_NODE_CELL)
        trim_breaks(parent);
}

void bx_md_finish(bx_md *md, bx_node *root) {
    for (const bx_node *n = root; n; n = bx_node_after(n, root))
        if (n->first)
            expand_children(md, (bx_node *)n);
    for (bx_node *n = root;;) { /* depth first, a node after what is under it */
        while (n->first)
            n = n->first;
        while (n != root && !n->next) {
            n = n->parent;
            tidy_children(md, n);
        }
        if (n == root)
            break;
        n = n->next;
    }
}

/* Dashes under text. Of 13,000 real files, 491 have this and most of them mean a rule: the text is
 * a paragraph's, or a closing line. It is a heading only when it looks like one: a single line,
 * short, without a sentence's end; and more must speak for it when there are just three dashes, as
 * people type rules. */
bool bx_md_setext_is_rule(const bx_md *md, const bx_node *heading, uint32_t start, uint32_t end) {
    bx_str bytes = bx_sources_get(md->report->sources, heading->span.source)->bytes;
    if (!heading->span.source || end > bytes.n || heading->number != 2)
        return false;
    uint32_t dashes = 0;
    while (end > start && strchr(" \t\r\n", bytes.p[end - 1]))
        end--;
    while (end > start && bytes.p[end - 1] == '-')
        end--, dashes++;
    while (end > start && strchr(" \t", bytes.p[end - 1]))
        end--;
    bool underlined = dashes && end > start && strchr("\r\n", bytes.p[end - 1]);
    if (!underlined)
        return false;
    bx_str plain = bx_node_plain(md->scratch, heading);
    uint32_t width = 0, last = 0;
    for (uint32_t at = 0; at < plain.n;) {
        last = bx_utf8_next(plain, &at);
        width += bx_char_is_cjk(last) ? 2 : 1;
    }
    for (const bx_node *n = heading->first; n; n = n->next)
        if (n->kind == BX_NODE_SOFT_BREAK || n->kind == BX_NODE_LINE_BREAK ||
            n->kind == BX_NODE_IMAGE)
            return true;
    static const uint32_t ends[] = {0x3002, 0xFF1B, 0xFF0C, 0xFF1A, 0x2026, '.', ';', ',', ':'};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (last == ends[i])
            return true;
    return width > (dashes > 3 ? 80u : 40u);
}
