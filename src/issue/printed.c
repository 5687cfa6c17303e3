/* A text without headings, as it comes out of a printed report: its structure is in lines that
 * stand alone. They are taken for it only when two of them at least are counted 1, 2, … or 一、
 * 二、 …, so that an ordinary text keeps its words where they are. Nothing is dropped but the page
 * numbers of its contents. */
#include "issue/printed.h"

#include "base/utf8.h"

#include <unicode/uchar.h>

enum { LONGEST_LINE = 60 }; /* characters */

/* The plain text of a paragraph of one short line that is no sentence; else empty. */
static bx_str lone_line(bx_reader *r, const bx_node *block) {
    static const char *const ends[] = {"。", "；", "，", "：", ".", ";", ",", ":"};
    if (!block || block->kind != BX_NODE_PARAGRAPH)
        return (bx_str){0};
    for (const bx_node *n = block->first; n; n = bx_node_after(n, block))
        if (n->kind == BX_NODE_SOFT_BREAK || n->kind == BX_NODE_LINE_BREAK ||
            n->kind == BX_NODE_IMAGE)
            return (bx_str){0};
    bx_str plain = bx_str_trim(bx_node_plain(r->arena, block));
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (bx_str_ends(plain, bx_str_of(ends[i])))
            return (bx_str){0};
    return bx_utf8_count(plain) <= LONGEST_LINE ? plain : (bx_str){0};
}

static bool is_word(bx_str line, const char *const *words) {
    for (; *words; words++)
        if (bx_str_is(line, *words))
            return true;
    return false;
}

static bool is_abstract_word(bx_str line) {
    static const char *const words[] = {"摘要", "摘　要", "摘 要", "Abstract", NULL};
    return is_word(line, words);
}

static bool is_contents_word(bx_str line) {
    static const char *const words[] = {"目录", "目　录",   "目 录", "目錄",
                                        "目次", "Contents", NULL};
    return is_word(line, words);
}

static bool opens_contact(bx_str line) {
    return bx_str_starts(line, BX_STR("联系我们")) || bx_str_starts(line, BX_STR("聯絡我們")) ||
           bx_str_starts(line, BX_STR("Contact us"));
}

/* Numbers of lines that are heads: 1, 1.1, 1.1.1 …, or 一、 二、. */
enum { DEEPEST = 3 };
typedef struct counter {
    bool han;
    uint32_t at[DEEPEST];
} counter;

/* "1.2 Title": {1, 2}; how many numbers, 0: the line begins with none. */
static uint32_t decimal_path(bx_str line, uint32_t path[DEEPEST]) {
    uint32_t n = 0, at = 0;
    while (n < DEEPEST) {
        uint32_t value = 0, start = at;
        for (; at < line.n && at < start + 2 && line.p[at] >= '0' && line.p[at] <= '9'; at++)
            value = value * 10 + (uint32_t)(line.p[at] - '0');
        if (at == start || at == line.n)
            return 0;
        path[n++] = value;
        if (line.p[at] != '.')
            return line.p[at] == ' ' ? n : 0;
        at++;
    }
    return 0;
}

/* 十二、: 12; 0: the line does not begin so. */
static uint32_t han_number(bx_str line) {
    static const char *const digits[] = {"一", "二", "三", "四", "五", "六", "七", "八", "九"};
    uint32_t value = 0, at = 0;
    for (;;) {
        bx_str rest = bx_str_sub(line, at, line.n);
        uint32_t digit = 0;
        while (digit < 9 && !bx_str_starts(rest, bx_str_of(digits[digit])))
            digit++;
        if (digit < 9)
            value += digit + 1;
        else if (bx_str_starts(rest, BX_STR("十")) && value < 10)
            value = (value ? value : 1) * 10;
        else
            return bx_str_starts(rest, BX_STR("、")) ? value : 0;
        at += 3;
    }
}

/* The level of a head that counts on from those before it; 0: the line is none. */
static uint32_t head_level(counter *c, bx_str line) {
    uint32_t path[DEEPEST] = {han_number(line)};
    uint32_t n = c->han ? path[0] > 0 : decimal_path(line, path);
    for (uint32_t i = 0; i + 1 < n; i++)
        if (path[i] != c->at[i])
            return 0;
    if (!n || path[n - 1] != c->at[n - 1] + 1)
        return 0;
    c->at[n - 1]++;
    for (uint32_t i = n; i < DEEPEST; i++)
        c->at[i] = 0;
    return n;
}

/* How many lone lines are counted on from 1 at the first level, and, with `make`, makes them and
 * those below them headings. */
static uint32_t number_lines(bx_reader *r, bx_node *document, bool han, bool make) {
    counter c = {.han = han};
    bool contents = false; /* its lines are counted too, and end in page numbers */
    for (bx_node *block = document->first; block; block = block->next) {
        bx_str line = lone_line(r, block);
        bool paged = line.n && line.p[line.n - 1] >= '0' && line.p[line.n - 1] <= '9';
        contents = is_contents_word(line) || (contents && (paged || !line.n));
        uint32_t level = line.n && !contents ? head_level(&c, line) : 0;
        if (level && make) {
            block->kind = BX_NODE_HEADING;
            block->number = (int32_t)level;
        }
    }
    return c.at[0];
}

/* A page's end divides paragraphs: one that stops in the middle of its sentence goes on in the
 * next. */
static bool goes_on(bx_reader *r, const bx_node *block) {
    const bx_node *next = block->next;
    if (block->kind != BX_NODE_PARAGRAPH || !next || next->kind != BX_NODE_PARAGRAPH ||
        block->last->kind != BX_NODE_TEXT || next->first->kind != BX_NODE_TEXT ||
        lone_line(r, next).n)
        return false;
    bx_str text = bx_node_plain(r->arena, block), more = next->first->text;
    uint32_t end = text.n, at = 0;
    if (bx_utf8_count(text) <= LONGEST_LINE || !more.n)
        return false;
    uint32_t last = bx_utf8_prev(text, &end), first = bx_utf8_next(more, &at);
    return u_isalpha((UChar32)last) && u_isalpha((UChar32)first) && !u_isupper((UChar32)first);
}

static void join_paragraphs(bx_reader *r, bx_node *document) {
    for (bx_node *block = document->first; block; block = block->next) {
        while (goes_on(r, block)) {
            bx_node *more = block->next;
            bx_node_append(block, bx_node_new(r->arena, BX_NODE_SOFT_BREAK, more->span));
            for (bx_node *n = more->first, *next; n; n = next) {
                next = n->next;
                bx_node_append(block, n);
            }
            block->span.end = more->span.end;
            block->next = more->next;
            if (document->last == more)
                document->last = block;
        }
    }
}

/* The blocks from `first` up to `end` as a document of their own. */
static bx_node *cut(bx_reader *r, bx_node *document, bx_node *first, bx_node *end) {
    bx_node *out = bx_node_new(r->arena, BX_NODE_DOCUMENT, first->span), *before = NULL;
    for (bx_node *n = document->first; n && n != first; n = n->next)
        before = n;
    for (bx_node *n = first, *next; n != end; n = next) {
        next = n->next;
        bx_node_append(out, n);
    }
    if (before)
        before->next = end;
    else
        document->first = end;
    if (!end)
        document->last = before;
    return out;
}

/* Under the title: who publishes it, with whom, and when. */
static void take_imprint(bx_reader *r, bx_node *document) {
    bx_issue *issue = r->issue;
    bx_node *lines[4], *at = document->first;
    uint32_t n = 0;
    bx_date date = {0};
    for (; at && n < 4; at = at->next) {
        bx_str line = lone_line(r, at);
        date.span = at->span;
        if (!line.n || bx_parse_date(r->arena, line, false, &date))
            break;
        lines[n++] = at;
    }
    if (!date.year || issue->date.year || issue->publisher.inlines || issue->partners.n)
        return;
    issue->date = date;
    cut(r, document, document->first, at->next);
    if (n)
        issue->publisher = bx_field_of_node(r, lines[0]);
    issue->partners.at = bx_new_n(r->arena, bx_field, n);
    for (uint32_t i = 1; i < n; i++)
        issue->partners.at[issue->partners.n++] = bx_field_of_node(r, lines[i]);
}

/* Where the blocks after `word` end that belong to it: before the next line of that sort. */
static bx_node *end_of(bx_reader *r, bx_node *word) {
    bx_node *n = word->next;
    while (n && n->kind != BX_NODE_HEADING && !is_contents_word(lone_line(r, n)))
        n = n->next;
    return n;
}

static void take_abstract(bx_reader *r, bx_node *document, bx_node *word) {
    bx_node *end = end_of(r, word);
    if (r->issue->abstract || !word->next || word->next == end)
        return;
    bx_node *taken = cut(r, document, word, end);
    taken->first = word->next; /* the layout has its own word for it */
    r->issue->abstract = taken;
}

/* The contents become ours, under the same word. The block after them, or `word`: none are there.
 */
static bx_node *take_contents(bx_reader *r, bx_node *document, bx_node *word) {
    bx_node *end = bx_take_contents(r, word);
    if (end == word)
        return word;
    cut(r, document, word, end);
    word->next = NULL;
    word->parent = NULL;
    r->issue->contents_title = bx_field_of_node(r, word);
    return end;
}

/* What follows “联系我们” at the end is how to reach the publisher. */
static void take_contact(bx_reader *r, bx_node *document) {
    bx_node *word = NULL;
    for (bx_node *n = document->first; n; n = n->next)
        word = n->kind == BX_NODE_HEADING                ? NULL
               : !word && opens_contact(lone_line(r, n)) ? n
                                                         : word;
    if (!word || !word->next || r->issue->contact)
        return;
    bx_contact *contact = bx_new(r->arena, bx_contact);
    bx_node *card = cut(r, document, word, NULL);
    card->first = word->next;
    word->next = NULL;
    word->parent = NULL;
    contact->heading = bx_field_of_node(r, word);
    contact->span = card->span;
    bx_read_card(r, card, contact);
    r->issue->contact = contact;
}

void bx_read_printed(bx_reader *r, bx_node *document) {
    bool han = number_lines(r, document, false, false) < 2;
    if (han && number_lines(r, document, true, false) < 2)
        return;
    number_lines(r, document, han, true);
    take_imprint(r, document);
    take_contact(r, document);
    for (bx_node *n = document->first, *next; n && n->kind != BX_NODE_HEADING; n = next) {
        bx_str line = lone_line(r, n);
        next = n->next;
        if (is_abstract_word(line)) {
            next = end_of(r, n);
            take_abstract(r, document, n);
        } else if (is_contents_word(line)) {
            bx_node *end = take_contents(r, document, n);
            next = end == n ? next : end;
        }
    }
    join_paragraphs(r, document);
}
