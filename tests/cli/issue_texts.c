/* issue_texts ISSUE TEXT [ordered|letters]: whether every paragraph of an issue is in a text.
 *
 * The text is what a program makes of the issue's PDF. White space and case do not count, nor do
 * brackets, colons and upright strokes round labels, which layouts set otherwise; ℃ may have become
 * °C, and … three points. A paragraph may be interrupted: by a note's mark, words over words, and
 * over a page's end (a form feed in the text) by the pages' running lines and notes. A title may
 * have lost its own number and the issue's date. Keywords are not looked for: few layouts print
 * them.
 *
 * ordered: what stands in the sections must be found in the issue's order. letters: without emoji,
 * for programs that cannot read their sequences back. Prints what is missing, and how many
 * paragraphs there are; exit code 1 when any is. */
#include "base/utf8.h"
#include "issue/read.h"
#include "support/golden.h"

#include <stdio.h>
#include <stdlib.h>

typedef struct passage {
    bx_str words;
    bool ordered; /* it has a place among the others */
} passage;

typedef struct texts {
    bx_arena *arena;
    bx_str date; /* 2026-06-12 */
    bool in_section;
    BX_VEC(passage) list;
} texts;

static bool is_white(uint32_t c) {
    return c <= 0x20 || c == 0xA0 || (c >= 0x2000 && c <= 0x200B) || c == 0x3000 || c == 0x2028;
}

/* Emoji, what joins and varies them, and what has become of them. */
static bool is_emoji(uint32_t c) {
    return c == 0xFE0F || c == 0x200D || c == 0xFFFD || c == 0x20E3 || c >= 0x10000 ||
           (c >= 0x2600 && c < 0x27C0) || (c >= 0xE000 && c < 0xF900);
}

/* Code points without white space, ended by 0; form feeds stay when asked for. */
typedef struct letters {
    uint32_t *at, n;
} letters;

static bool is_frame(uint32_t c) {
    return c == '[' || c == ']' || c == '|' || c == ':' || c == 0xFF1A || c == 0xFFFC;
}

static letters squeezed(bx_arena *arena, bx_str s, bool keep_pages, bool emoji) {
    letters out = {bx_new_n(arena, uint32_t, s.n + 1), 0};
    for (uint32_t at = 0; at < s.n;) {
        uint32_t c = bx_utf8_next(s, &at);
        c |= c >= 'A' && c <= 'Z' ? 0x20 : 0;
        if (c == 0x2103) { /* these are three bytes, so there is room */
            out.at[out.n++] = 0xB0;
            out.at[out.n++] = 'c';
        } else if (c == 0x2026) {
            for (int k = 0; k < 3; k++)
                out.at[out.n++] = '.';
        } else if ((!is_white(c) || (keep_pages && c == '\f')) && !is_frame(c) &&
                   (emoji || !is_emoji(c))) {
            out.at[out.n++] = c;
        }
    }
    return out;
}

static void add(texts *t, bx_str words) {
    if (t->date.n && bx_str_ends(words, t->date))
        words.n -= t->date.n;
    words = bx_str_trim(words);
    if (words.n)
        bx_push(t->arena, &t->list, (passage){words, t->in_section});
}

/* A title without the number that it brings, for which the layout sets its own. */
static void add_title(texts *t, bx_str title) {
    uint32_t n = 0;
    while (n < title.n && title.p[n] >= '0' && title.p[n] <= '9')
        n++;
    if (n > 0 && n < title.n && title.p[n] == '.')
        title = bx_str_sub(title, n + 1, title.n);
    add(t, title);
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
        add_title(t, section->title.plain);
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
    add_blocks(t, issue->abstract);
    t->in_section = true;
    add_sections(t, issue->sections);
    t->in_section = false;
    for (uint32_t i = 0; i < issue->n_references; i++) {
        add(t, issue->references[i].author.plain);
        add(t, issue->references[i].title.plain);
        add(t, issue->references[i].url);
    }
    add_contact(t, issue->contact);
}

/* Do so many of the next letters agree, or all there are? */
static bool agree(letters all, uint32_t j, letters want, uint32_t i, uint32_t most) {
    uint32_t n = 0;
    while (n < most && i + n < want.n && j + n < all.n && all.at[j + n] == want.at[i + n])
        n++;
    return n == most || i + n == want.n;
}

/* Where the text goes on after an interruption at j; 0: nowhere near. Near is further off when a
 * page ends between; one letter is enough to go on from where it is very near, as under words over
 * words.
 */
static uint32_t resume(letters all, uint32_t j, letters want, uint32_t i) {
    enum { SURE = 3, VERY_NEAR = 12, NEAR = 40, NEXT_PAGE = 4000 };
    uint32_t most = NEAR;
    for (uint32_t k = 0; k < most && j + k < all.n; k++) {
        if (all.at[j + k] == '\f')
            most = NEXT_PAGE;
        if (agree(all, j + k, want, i, SURE))
            return j + k;
    }
    for (uint32_t k = 0; k < VERY_NEAR && j + k < all.n; k++)
        if (all.at[j + k] == want.at[i])
            return j + k;
    return 0;
}

/* The end of the text that begins at j; 0: it does not. */
static uint32_t end_of(letters all, uint32_t j, letters want) {
    enum { INTERRUPTIONS = 12 };
    uint32_t interruptions = 0;
    for (uint32_t i = 0; i < want.n; i++, j++) {
        if (j < all.n && all.at[j] == want.at[i])
            continue;
        j = interruptions++ < INTERRUPTIONS ? resume(all, j, want, i) : 0;
        if (!j)
            return 0;
    }
    return j;
}

/* The end of the first place from `from` on where the text stands; 0: nowhere. */
static uint32_t find(letters all, uint32_t from, letters want) {
    for (uint32_t j = from; j < all.n; j++)
        if (agree(all, j, want, 0, 2)) {
            uint32_t end = end_of(all, j, want);
            if (end)
                return end;
        }
    return 0;
}

int main(int n, char **words) {
    if (n != 3 && n != 4)
        return 2;
    bool ordered = n == 4 && strcmp(words[3], "ordered") == 0;
    bool emoji = n == 3 || strcmp(words[3], "letters") != 0;
    bx_memory memory = {0};
    bx_arena *arena = bx_arena_new(&memory);
    bx_report *report = bx_report_new(arena, bx_sources_new(arena));
    bx_issue_options options = {.path = bx_str_of(words[1])};
    const bx_issue *issue = bx_issue_read(arena, &options, report);
    if (!issue || report->errors)
        return 2;
    texts t = {.arena = arena};
    if (issue->date.year)
        t.date = bx_str_fmt(arena, "%04d-%02u-%02u", issue->date.year, issue->date.month,
                            issue->date.day);
    add_issue(&t, issue);
    letters all = squeezed(arena, bx_test_file(arena, words[2]), true, emoji);
    uint32_t missing = 0, from = 0;
    for (uint32_t i = 0; i < t.list.n; i++) {
        const passage *p = &t.list.at[i];
        letters want = squeezed(arena, p->words, false, emoji);
        if (want.n == 0)
            continue;
        bool in_turn = ordered && p->ordered;
        uint32_t end = find(all, in_turn ? from : 0, want);
        if (!end) {
            printf("missing: %.*s\n", BX_STR_ARG(p->words));
            missing++;
        } else if (in_turn) {
            from = end;
        }
    }
    printf("%u texts, %u missing\n", t.list.n, missing);
    bx_arena_drop(arena);
    return missing > 0 || t.list.n == 0;
}
