/* Titles of several lines (R26): as few lines as will do, of similar length, broken between words,
 * never with a lonely last character. Words are ICU's (its Chinese dictionary), corrected by a few
 * rules of grammar; a forced line break or a zero-width space in the title is the author's hint. */
#include "text/paragraph.h"

#include "text/held.h"

#include <unicode/ubrk.h>
#include <unicode/utext.h>

enum {
    LONGEST = 400, /* clusters; a longer "title" is set as a paragraph */
    /* em/1024: as bad as a line that is so far from the ideal. A title falls apart at its marks
     * first, and what stands in quotes or brackets stays whole where it can. */
    COST_IN_WORD = 8 * 1024,
    COST_WORD = 4 * 1024,     /* between two words */
    COST_ENCLOSED = 4 * 1024, /* a pair of marks more round the place */
    COST_PARTICLE = 2 * 1024, /* before 的, after 和 */
    COST_LONGER_LAST = 256,   /* a last line longer than the one above */
};

static void close_text(void *t) { utext_close(t); }
static void close_breaks(void *b) { ubrk_close(b); }

static bool numeral(uint32_t c) {
    switch (c) {
    case 0x3007:
    case 0x4E00:
    case 0x4E8C:
    case 0x4E09:
    case 0x56DB:
    case 0x4E94:
    case 0x516D:
    case 0x4E03:
    case 0x516B:
    case 0x4E5D:
    case 0x5341:
    case 0x767E:
    case 0x5343:
    case 0x4E07:
    case 0x4EBF:
    case 0x96F6:
        return true;
    default:
        return c >= '0' && c <= '9';
    }
}

/* 年 月 日 号 季 期 届 次 章 条 个 项 … : bound to the number before. */
static bool counter(uint32_t c) {
    switch (c) {
    case 0x5E74:
    case 0x6708:
    case 0x65E5:
    case 0x53F7:
    case 0x5B63:
    case 0x671F:
    case 0x5C4A:
    case 0x6B21:
    case 0x7AE0:
    case 0x6761:
    case 0x4E2A:
    case 0x9879:
    case 0x5468:
    case 0x5377:
    case 0x8282:
    case 0x6279:
    case 0x4F4D:
    case 0x5C81:
        return true;
    default:
        return false;
    }
}

/* What a line had better not begin with: 的 了 着 过 地 得 等 们 吗 呢 之 */
static bool enclitic(uint32_t c) {
    switch (c) {
    case 0x7684:
    case 0x4E86:
    case 0x7740:
    case 0x8FC7:
    case 0x5730:
    case 0x5F97:
    case 0x7B49:
    case 0x4EEC:
    case 0x5417:
    case 0x5462:
    case 0x4E4B:
        return true;
    default:
        return false;
    }
}

/* What a line had better not end with: 和 与 及 或 在 对 从 向 为 第 把 被 更 最 不 将 */
static bool proclitic(uint32_t c) {
    switch (c) {
    case 0x548C:
    case 0x4E0E:
    case 0x53CA:
    case 0x6216:
    case 0x5728:
    case 0x5BF9:
    case 0x4ECE:
    case 0x5411:
    case 0x4E3A:
    case 0x7B2C:
    case 0x628A:
    case 0x88AB:
    case 0x66F4:
    case 0x6700:
    case 0x4E0D:
    case 0x5C06:
        return true;
    default:
        return false;
    }
}

static void find_words(bx_paragraph *p) {
    p->words = bx_alloc(p->arena, (size_t)p->clusters.n + 1);
    UErrorCode status = U_ZERO_ERROR;
    bx_held *text =
        bx_hold(p->arena, close_text, utext_openUTF8(NULL, p->in.text.p, p->in.text.n, &status));
    const char *locale = p->region == BX_REGION_JA ? "ja" : "zh";
    bx_held *breaks =
        bx_hold(p->arena, close_breaks, ubrk_open(UBRK_WORD, locale, NULL, 0, &status));
    ubrk_setUText(breaks->object, text->object, &status);
    if (U_FAILURE(status))
        bx_out_of_memory(p->arena);
    uint32_t i = 0;
    for (int32_t at = ubrk_first(breaks->object); at != UBRK_DONE; at = ubrk_next(breaks->object)) {
        while (i < p->clusters.n && p->clusters.at[i].start < (uint32_t)at)
            i++;
        if (i < p->clusters.n && p->clusters.at[i].start == (uint32_t)at)
            p->words[i] = 1;
    }
    bx_let_go(breaks);
    bx_let_go(text);
}

void bx_words_warm(void) {
    static const UChar two[] = {0x7248, 0x5FC3};
    UErrorCode status = U_ZERO_ERROR;
    UBreakIterator *breaks = ubrk_open(UBRK_WORD, "zh", two, 2, &status);
    if (U_SUCCESS(status))
        ubrk_next(breaks);
    ubrk_close(breaks);
}

/* What ends a clause, or what was enclosed: nothing is better to break after. */
static bool ends_part(const bx_cluster *c) {
    static const char ascii[] = ":;,.!?|)]}";
    switch (c->mark) {
    case BX_P_CLOSE:
    case BX_P_PAUSE:
    case BX_P_STOP:
    case BX_P_RIGID:
    case BX_P_LONG:
        return true;
    default:
        return c->code && c->code < 0x80 && strchr(ascii, (int)c->code);
    }
}

/* Break opportunities inside a word of the dictionary's: DeepSeek-R1, 人/机. */
static bool joins(const bx_cluster *c) {
    return c->mark == BX_P_CONNECTOR || c->mark == BX_P_SLASH || c->mark == BX_P_DOT ||
           c->code == '-' || c->code == '/';
}

/* How bad a break before cluster i is, but for what encloses it. */
static int64_t word_cost(const bx_paragraph *p, uint32_t i) {
    const bx_cluster *c = &p->clusters.at[i], *b = c - 1;
    for (; b > p->clusters.at && (b->flags & (BX_CL_SPACE | BX_CL_HIDDEN)); b--)
        if (b->code == 0x200B)
            return 0;
    if (ends_part(b))
        return 0;
    if ((numeral(b->code) || b->code == 0x7B2C) && (numeral(c->code) || counter(c->code)))
        return COST_IN_WORD;
    int64_t cost = p->words[i] && !joins(b) ? COST_WORD : COST_IN_WORD;
    return cost + (enclitic(c->code) || proclitic(b->code) ? COST_PARTICLE : 0);
}

static bool opens(const bx_cluster *c) {
    return c->mark == BX_P_OPEN || c->code == '(' || c->code == '[' || c->code == '{';
}

static bool closes(const bx_cluster *c) {
    return c->mark == BX_P_CLOSE || c->code == ')' || c->code == ']' || c->code == '}';
}

/* The costs of a break before each cluster, in em/1024. */
static int64_t *break_costs(const bx_paragraph *p, bx_arena *arena) {
    int64_t *costs = bx_new_n(arena, int64_t, p->clusters.n + 1), depth = 0;
    for (uint32_t i = 1; i < p->clusters.n; i++) {
        const bx_cluster *b = &p->clusters.at[i - 1];
        depth += opens(b);
        depth -= closes(b) && depth > 0;
        costs[i] = word_cost(p, i) + depth * COST_ENCLOSED;
    }
    return costs;
}

typedef struct slot {
    int64_t cost;
    uint32_t prev;
} slot;

typedef struct balance {
    bx_paragraph *p;
    const int64_t *costs; /* of breaks */
    bx_len measure;
    uint32_t first, end; /* the segment */
    int64_t ideal;
} balance;

static int64_t room_of(const balance *b, uint32_t first) {
    return b->measure - (first == 0 ? b->p->in.set.indent : 0);
}

static bool may_break(const bx_paragraph *p, uint32_t i) {
    return p->clusters.at[i].before == BX_BREAK_YES;
}

/* How few lines the segment can be set in. 0: it cannot be. */
static uint32_t fewest_lines(const balance *b) {
    uint32_t lines = 0, first = b->first;
    while (first < b->end) {
        uint32_t best = 0;
        for (uint32_t i = first + 1; i <= b->end; i++) {
            if (i < b->end && !may_break(b->p, i))
                continue;
            bx_measured m = bx_measure_line(b->p, first, b->p->content[i]);
            if (m.natural - (i == b->end ? m.shrink : 0) <= room_of(b, first))
                best = i;
            else
                break;
        }
        if (!best)
            return 0;
        lines++;
        first = best;
    }
    return lines;
}

static int64_t line_cost(const balance *b, uint32_t first, uint32_t end) {
    bx_measured m = bx_measure_line(b->p, first, b->p->content[end]);
    bool final = end == b->end;
    if (m.natural - (final ? m.shrink : 0) > room_of(b, first))
        return -1;
    int64_t off = (m.natural - b->ideal) * BX_EM / b->p->in.size;
    if (final && off > 0)
        off += COST_LONGER_LAST;
    int64_t cost = off * off;
    if (final && m.solid < 2 && first != b->first)
        cost += INT64_C(1) << 40;
    if (!final)
        cost += b->costs[end] * b->costs[end];
    return cost;
}

/* The best division of the segment into exactly `lines` lines; appended to the list. */
static bool divide(balance *b, uint32_t lines, bx_arena *arena, bx_chosen *out) {
    uint32_t n = b->end - b->first + 1;
    slot *table = bx_new_n(arena, slot, (size_t)n * (lines + 1));
    for (uint32_t i = 0; i < n * (lines + 1); i++)
        table[i].cost = -1;
    table[0].cost = 0;
    for (uint32_t k = 1; k <= lines; k++)
        for (uint32_t e = k == lines ? n - 1 : 1; e < n; e++) { /* the last line ends the segment */
            if (b->first + e < b->end && !may_break(b->p, b->first + e))
                continue;
            slot *to = &table[k * n + e];
            for (uint32_t s = 0; s < e; s++) {
                int64_t before = table[(k - 1) * n + s].cost;
                int64_t cost = before < 0 ? -1 : line_cost(b, b->first + s, b->first + e);
                if (cost < 0)
                    continue;
                if (to->cost < 0 || before + cost < to->cost)
                    *to = (slot){before + cost, s};
            }
        }
    uint32_t e = n - 1;
    if (table[lines * n + e].cost < 0)
        return false;
    for (uint32_t k = lines; k > 0; k--) {
        uint32_t s = table[k * n + e].prev;
        out[k - 1] = (bx_chosen){.first = b->first + s,
                                 .content = b->p->content[b->first + e],
                                 .end = b->first + e,
                                 .forced = k == lines};
        e = s;
    }
    return true;
}

/* The costs, found when a title is first seen to need two lines: most do not. */
static void need_costs(balance *b, bx_arena *arena) {
    if (b->costs)
        return;
    if (!b->p->words)
        find_words(b->p);
    b->costs = break_costs(b->p, arena);
}

bx_choice bx_balance_lines(bx_paragraph *p, bx_len measure, bx_arena *arena) {
    if (p->clusters.n > LONGEST)
        return bx_fit_lines(p, measure, arena);
    BX_VEC(bx_chosen) list = {0};
    balance b = {.p = p, .measure = measure};
    for (uint32_t i = 1; i <= p->clusters.n; i++) {
        if (i < p->clusters.n && p->clusters.at[i].before != BX_BREAK_FORCED)
            continue;
        b.end = i;
        uint32_t content = p->content[i] > b.first ? p->content[i] : b.first;
        uint32_t lines = content > b.first ? fewest_lines(&b) : 1;
        if (lines == 1) {
            bx_push(arena, &list,
                    (bx_chosen){.first = b.first, .content = content, .end = i, .forced = true});
            b.first = i;
            continue;
        }
        need_costs(&b, arena);
        b.ideal = lines ? bx_measure_line(p, b.first, content).natural / lines : 0;
        bx_chosen *out = bx_new_n(arena, bx_chosen, lines + 1);
        if (!lines || !divide(&b, lines, arena, out))
            return bx_fit_lines(p, measure, arena); /* a word wider than the measure */
        for (uint32_t k = 0; k < lines; k++)
            bx_push(arena, &list, out[k]);
        b.first = i;
    }
    return (bx_choice){list.at, list.n};
}
