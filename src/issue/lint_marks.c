/* Marks: half-width ones in Chinese, repeated ones, dots and hyphens for …… and ——, and pairs. */
#include "issue/lint_text.h"

#include "base/utf8.h"

static bx_str utf8(uint32_t c, char bytes[5]) {
    uint32_t n = bx_utf8_encode(c, bytes);
    bytes[n] = 0;
    return (bx_str){bytes, n};
}

/* The end of the run of one character that begins at i. */
static uint32_t run_of(const bx_lint_text *t, uint32_t i) {
    uint32_t c = bx_lint_at(t, i), end = i + 1;
    while (end < t->list.n && bx_lint_at(t, end) == c)
        end++;
    return end;
}

static bool beside_cjk(const bx_lint_text *t, uint32_t from, uint32_t to) {
    return bx_lint_is_cjk(bx_lint_at(t, (int64_t)from - 1)) || bx_lint_is_cjk(bx_lint_at(t, to));
}

/* GB/T 15834 4.11 and 4.13: …… is six dots, —— two cells long. */
static void long_mark(bx_lint_text *t, bx_code code, uint32_t from, uint32_t to,
                      const char *right) {
    bx_say(t->report, code, bx_lint_span(t, from, to), "“%s” is written here with %u characters",
           right, to - from);
    bx_hint(t->report, "Write %s", right);
    bx_lint_fix(t, from, to, right);
}

static const char *full_width(uint32_t c) {
    switch (c) {
    case ',':
        return "，";
    case '.':
        return "。";
    case ';':
        return "；";
    case ':':
        return "：";
    case '?':
        return "？";
    case '!':
        return "！";
    default:
        return NULL;
    }
}

static bool ends_here(uint32_t c) { return c == ' ' || c == BX_LINT_BREAK; }

/* GB/T 15834 5.1: the marks of Chinese text are full width. A full stop may end the paragraph. */
static void half_width(bx_lint_text *t, uint32_t i) {
    const char *right = full_width(bx_lint_at(t, i));
    uint32_t before = bx_lint_at(t, (int64_t)i - 1), after = bx_lint_at(t, i + 1);
    bool stop = bx_lint_at(t, i) == '.' || bx_lint_at(t, i) == '?' || bx_lint_at(t, i) == '!';
    if (!right || !bx_lint_is_cjk(before) ||
        !(bx_lint_is_cjk(after) || (stop && i + 1 == t->list.n)))
        return;
    bx_say(t->report, BX_D_HALF_WIDTH, bx_lint_span(t, i, i + 1),
           "a half-width “%c” stands in Chinese text", (int)bx_lint_at(t, i));
    bx_hint(t->report, "Write %s", right);
    bx_lint_fix(t, i, i + 1, right);
}

static bool is_point(uint32_t c) {
    return c == 0xFF0C || c == 0x3001 || c == 0xFF1B || c == 0xFF1A || c == 0x3002;
}

/* One point is enough; of ？ and ！ GB/T 15834 4.2 and 4.3 allow three. */
static void repeated(bx_lint_text *t, uint32_t from, uint32_t to) {
    uint32_t c = bx_lint_at(t, from), allowed = is_point(c) ? 1 : 3;
    char bytes[5];
    if (!is_point(c) && c != 0xFF01 && c != 0xFF1F)
        return;
    if (to - from > allowed) {
        bx_say(t->report, BX_D_REPEATED_MARK, bx_lint_span(t, from, to), "%.*s stands %u times",
               BX_STR_ARG(utf8(c, bytes)), to - from);
        bx_hint(t->report, allowed == 1 ? "Write it once" : "Three are the most");
        if (allowed == 1)
            bx_lint_fix(t, from, to, bytes);
    } else if (is_point(c) && is_point(bx_lint_at(t, to))) {
        char next[5];
        bx_say(t->report, BX_D_REPEATED_MARK, bx_lint_span(t, from, to + 1),
               "%.*s and %.*s stand side by side", BX_STR_ARG(utf8(c, bytes)),
               BX_STR_ARG(utf8(bx_lint_at(t, to), next)));
        bx_hint(t->report, "Keep the one that is meant");
    }
}

void bx_lint_marks(bx_lint_text *t) {
    for (uint32_t i = 0, end; i < t->list.n; i = end) {
        uint32_t c = bx_lint_at(t, i);
        end = run_of(t, i);
        if (c == '.' && end - i >= 3 && beside_cjk(t, i, end))
            long_mark(t, BX_D_ELLIPSIS, i, end, "……");
        else if (c == 0x3002 && end - i >= 3)
            long_mark(t, BX_D_ELLIPSIS, i, end, "……");
        else if (c == '-' && (end - i == 2 || end - i == 3) && beside_cjk(t, i, end) &&
                 !ends_here(bx_lint_at(t, (int64_t)i - 1)))
            long_mark(t, BX_D_DASH, i, end, "——");
        else if (end - i == 1 && full_width(c))
            half_width(t, i);
        else
            repeated(t, i, end);
    }
}

/* Pairs */

typedef struct pair {
    uint32_t open, close;
    bool quote;
} pair;

static const pair pairs[] = {
    {0x201C, 0x201D, true},  {0x2018, 0x2019, true},  {0x300C, 0x300D, true},
    {0x300E, 0x300F, true},  {0xFF08, 0xFF09, false}, {0x300A, 0x300B, false},
    {0x3010, 0x3011, false}, {0x3008, 0x3009, false},
};
enum { N_PAIRS = sizeof pairs / sizeof *pairs };

static int opens(uint32_t c) {
    for (int i = 0; i < N_PAIRS; i++)
        if (pairs[i].open == c)
            return i;
    return -1;
}

static int closes(uint32_t c) {
    for (int i = 0; i < N_PAIRS; i++)
        if (pairs[i].close == c)
            return i;
    return -1;
}

static bool is_letter(uint32_t c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (c >= 0xC0 && c < 0x250);
}

/* ’ after a letter is an apostrophe (It’s, workers’); ） after a number counts: 1） a）. */
static bool is_no_closer(const bx_lint_text *t, uint32_t i) {
    uint32_t c = bx_lint_at(t, i), before = bx_lint_at(t, (int64_t)i - 1);
    return (c == 0x2019 && is_letter(before)) || (c == 0xFF09 && is_letter(before)) ||
           (c == 0x2019 && is_letter(bx_lint_at(t, i + 1)));
}

static void alone(bx_lint_text *t, uint32_t i, const char *what) {
    char bytes[5];
    bx_say(t->report, BX_D_QUOTE_PAIR, bx_lint_span(t, i, i + 1), "this %.*s %s",
           BX_STR_ARG(utf8(bx_lint_at(t, i), bytes)), bx_word(t->report->words, what));
}

/* A typewriter's " that does the work of “ or ”. False: there is none at i. */
static bool straight(bx_lint_text *t, uint32_t i, const char *right) {
    if (bx_lint_at(t, i) != '"')
        return false;
    bx_say(t->report, BX_D_QUOTE_PAIR, bx_lint_span(t, i, i + 1),
           "the partner of this straight \" is a curly one");
    bx_hint(t->report, "Write %s", right);
    bx_lint_fix(t, i, i + 1, right);
    t->list.at[i].c = BX_LINT_OTHER; /* it has its partner */
    return true;
}

typedef BX_VEC(uint32_t) places;

/* Nobody nests deeper, and looking further down would not be linear. */
enum { DEEPEST = 32 };

static int kind_at(const bx_lint_text *t, const places *open, uint32_t depth) {
    return opens(bx_lint_at(t, open->at[depth - 1]));
}

static void open_one(bx_lint_text *t, places *open, uint32_t i) {
    int kind = opens(bx_lint_at(t, i));
    if (pairs[kind].quote && open->n && kind_at(t, open, open->n) == kind) {
        const char *inner = kind == 0 ? "‘ ’" : kind == 1 ? "“ ”" : kind == 2 ? "『 』" : "「 」";
        alone(t, i, "stands directly inside another one");
        bx_hint(t->report, "A quotation inside a quotation takes %s", inner);
    }
    bx_push(t->arena, open, i);
}

/* `typed` is the latest straight quotation mark before i. */
static void close_one(bx_lint_text *t, places *open, uint32_t i, uint32_t typed) {
    int kind = closes(bx_lint_at(t, i));
    uint32_t depth = open->n, bottom = open->n > DEEPEST ? open->n - DEEPEST : 0;
    while (depth > bottom && kind_at(t, open, depth) != kind)
        depth--;
    if (depth == bottom) {
        bool mended = kind == 0 && straight(t, typed, "“");
        if (!mended && !is_no_closer(t, i)) {
            alone(t, i, "closes nothing");
            bx_hint(t->report, "Add the mark that opens it, or take it out");
        }
        return;
    }
    for (uint32_t k = depth; k < open->n; k++) {
        alone(t, open->at[k], "is not closed before what is around it ends");
        bx_hint(t->report, "Close the inner mark first");
    }
    open->n = depth - 1;
}

void bx_lint_pairs(bx_lint_text *t, const bx_lint_text *next) {
    places open = {0};
    uint32_t typed = 0;
    for (uint32_t i = 0; i < t->list.n; i++) {
        uint32_t c = bx_lint_at(t, i);
        if (c == '"')
            typed = i;
        if (opens(c) >= 0)
            open_one(t, &open, i);
        else if (closes(c) >= 0)
            close_one(t, &open, i, typed);
    }
    for (uint32_t k = 0, after = 0; k < open.n; k++) {
        uint32_t c = bx_lint_at(t, open.at[k]);
        /* A quotation of several paragraphs opens each and closes with the last. */
        if (k == 0 && next && next->list.n && pairs[opens(c)].quote && bx_lint_at(next, 0) == c)
            continue;
        if (after < open.at[k])
            after = open.at[k];
        while (c == pairs[0].open && after < t->list.n && bx_lint_at(t, after) != '"')
            after++;
        if (straight(t, after, "”"))
            continue;
        alone(t, open.at[k], "is never closed");
        bx_hint(t->report, "Add the mark that closes it");
    }
}
