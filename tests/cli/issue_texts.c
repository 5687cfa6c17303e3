/* issue_texts ISSUE TEXT: whether every paragraph of an issue is in a text, white space aside.
 *
 * The text is what pdftotext makes of the issue's PDF. A paragraph may go on over a page's end (a
 * form feed in the text), where the pages' running lines stand between its parts. Prints what is
 * missing, and how many paragraphs there are; exit code 1 when any is. */
#include "base/utf8.h"
#include "issue/read.h"
#include "support/golden.h"

#include <stdio.h>
#include <stdlib.h>

typedef struct texts {
    bx_arena *arena;
    BX_VEC(bx_str) list;
} texts;

static bool is_white(uint32_t c) {
    return c <= 0x20 || c == 0xA0 || (c >= 0x2000 && c <= 0x200B) || c == 0x3000 || c == 0x2028;
}

/* Without white space; form feeds stay when asked for. */
static bx_str squeezed(bx_arena *arena, bx_str s, bool keep_pages) {
    bx_buf out = bx_buf_new(arena);
    for (uint32_t at = 0; at < s.n;) {
        uint32_t c = bx_utf8_next(s, &at);
        if (!is_white(c) || (keep_pages && c == '\f'))
            bx_buf_rune(&out, c);
    }
    return bx_buf_view(&out);
}

static void add(texts *t, bx_str text) {
    text = squeezed(t->arena, text, false);
    if (text.n)
        bx_push(t->arena, &t->list, text);
}

/* The text of a block's inlines as it is printed: citations are [n]. */
static bx_str printed(bx_arena *arena, const bx_node *block) {
    bx_buf out = bx_buf_new(arena);
    for (const bx_node *n = block; n; n = bx_node_after(n, block)) {
        if (n->kind == BX_NODE_TEXT || n->kind == BX_NODE_CODE)
            bx_buf_str(&out, n->text);
        else if (n->kind == BX_NODE_CITATION)
            bx_buf_fmt(&out, "[%d]", n->number);
    }
    return bx_buf_view(&out);
}

static void add_blocks(texts *t, const bx_node *root) {
    for (const bx_node *n = root; n; n = bx_node_after(n, root))
        if (n->kind == BX_NODE_PARAGRAPH || n->kind == BX_NODE_HEADING || n->kind == BX_NODE_CELL)
            add(t, printed(t->arena, n));
}

static void add_fields(texts *t, bx_fields fields) {
    for (uint32_t i = 0; i < fields.n; i++)
        add(t, fields.at[i].plain);
}

static void add_sections(texts *t, const bx_section *section) {
    for (; section; section = section->next) {
        add(t, section->title.plain);
        add_blocks(t, section->body);
        add_sections(t, section->first);
    }
}

static void add_contact(texts *t, const bx_contact *contact) {
    if (!contact)
        return;
    add(t, contact->heading.plain);
    for (uint32_t i = 0; i < contact->n_qr; i++)
        add_fields(t, contact->qr[i].caption);
    for (uint32_t i = 0; i < contact->n_organizations; i++) {
        add(t, contact->organizations[i].name.plain);
        add_blocks(t, contact->organizations[i].text);
    }
    add(t, contact->website);
}

static void add_issue(texts *t, const bx_issue *issue) {
    add(t, issue->series.plain);
    add(t, issue->publisher.plain);
    add_fields(t, issue->partners);
    add_fields(t, issue->keywords);
    add_blocks(t, issue->abstract);
    add_sections(t, issue->sections);
    for (uint32_t i = 0; i < issue->n_references; i++) {
        add(t, issue->references[i].author.plain);
        add(t, issue->references[i].title.plain);
        add(t, issue->references[i].url);
    }
    add_contact(t, issue->contact);
}

/* Whether the beginning of `text` ends somewhere on the page and the rest is on the next one. */
static bool is_split(bx_str page, bx_str next, bx_str text) {
    for (uint32_t at = 0; at < text.n;) {
        bx_utf8_next(text, &at);
        if (bx_str_find(page, bx_str_sub(text, 0, at)) < 0)
            return false;
        if (at < text.n && bx_str_find(next, bx_str_sub(text, at, text.n)) >= 0)
            return true;
    }
    return false;
}

static bool is_there(bx_str text, bx_str all) {
    bx_str page = {0};
    for (uint32_t at = 0; at <= all.n;) {
        const char *end = at < all.n ? memchr(all.p + at, '\f', all.n - at) : NULL;
        uint32_t stop = end ? (uint32_t)(end - all.p) : all.n;
        bx_str next = {all.p + at, stop - at};
        if (bx_str_find(next, text) >= 0 || (page.n && is_split(page, next, text)))
            return true;
        page = next;
        at = stop + 1;
    }
    return false;
}

int main(int n, char **words) {
    if (n != 3)
        return 2;
    bx_memory memory = {0};
    bx_arena *arena = bx_arena_new(&memory);
    bx_report *report = bx_report_new(arena, bx_sources_new(arena));
    bx_issue_options options = {.path = bx_str_of(words[1])};
    const bx_issue *issue = bx_issue_read(arena, &options, report);
    if (!issue || report->errors)
        return 2;
    texts t = {.arena = arena};
    add_issue(&t, issue);
    bx_str all = squeezed(arena, bx_test_file(arena, words[2]), true);
    uint32_t missing = 0;
    for (uint32_t i = 0; i < t.list.n; i++)
        if (!is_there(t.list.at[i], all)) {
            printf("missing: %.*s\n", BX_STR_ARG(t.list.at[i]));
            missing++;
        }
    printf("%u texts, %u missing\n", t.list.n, missing);
    bx_arena_drop(arena);
    return missing > 0 || t.list.n == 0;
}
