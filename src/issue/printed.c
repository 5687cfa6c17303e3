/* A text without headings, as it comes out of a printed report: its structure is in lines that
 * stand alone. They are taken for it only when two of them at least are counted 1, 2, …, so that an
 * ordinary text keeps its words where they are. */
#include "issue/reader.h"

#include "base/utf8.h"

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

/* How many lone lines are counted on from 1, and, with `make`, makes them headings. */
static uint32_t number_lines(bx_reader *r, bx_node *document, bool make) {
    uint32_t n = 0;
    for (bx_node *block = document->first; block; block = block->next) {
        bx_str line = lone_line(r, block);
        if (!line.n || bx_leading_number(line) != n + 1)
            continue;
        n++;
        if (make) {
            block->kind = BX_NODE_HEADING;
            block->number = 1;
        }
    }
    return n;
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

/* The printed contents, with page numbers of other pages; ours come under the same word. */
static void take_contents(bx_reader *r, bx_node *document, bx_node *word) {
    cut(r, document, word, end_of(r, word));
    word->next = NULL;
    word->parent = NULL;
    r->issue->contents_title = bx_field_of_node(r, word);
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
    contact->text = card;
    contact->span = card->span;
    r->issue->contact = contact;
}

void bx_read_printed(bx_reader *r, bx_node *document) {
    if (number_lines(r, document, false) < 2)
        return;
    number_lines(r, document, true);
    take_imprint(r, document);
    take_contact(r, document);
    for (bx_node *n = document->first, *next; n && n->kind != BX_NODE_HEADING; n = next) {
        bx_str line = lone_line(r, n);
        next = n->next;
        if (is_abstract_word(line)) {
            next = end_of(r, n);
            take_abstract(r, document, n);
        } else if (is_contents_word(line)) {
            next = end_of(r, n);
            take_contents(r, document, n);
        }
    }
}
