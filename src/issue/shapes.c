#include "issue/shapes.h"

#include "base/utf8.h"
#include "input/cjk.h"
#include "issue/label.h"

const bx_node *bx_callout_label(const bx_node *quote) {
    const bx_node *para = quote->first;
    if (!para || para->kind != BX_NODE_PARAGRAPH)
        return NULL;
    const bx_node *in = para->first;
    if (in && in->kind == BX_NODE_TEXT && bx_is_pictograph(in->text))
        in = in->next;
    return in && in->kind == BX_NODE_STRONG ? in : NULL;
}

static bool begins_with_colon(bx_str text) {
    text = bx_str_trim(text);
    return bx_str_starts(text, BX_STR(":")) || bx_str_starts(text, BX_STR("："));
}

/* The colon stands after the strong run or is its last character. */
static bool is_label(const bx_node *in) {
    if (in->kind != BX_NODE_STRONG || !in->last)
        return false;
    bx_str own = in->last->kind == BX_NODE_TEXT ? bx_str_trim(in->last->text) : (bx_str){0};
    if (bx_str_ends(own, BX_STR(":")) || bx_str_ends(own, BX_STR("：")))
        return true;
    return in->next && in->next->kind == BX_NODE_TEXT && begins_with_colon(in->next->text);
}

bool bx_is_meta_row(const bx_node *paragraph) {
    const bx_node *first = paragraph->first;
    if (paragraph->kind != BX_NODE_PARAGRAPH || !first || !is_label(first))
        return false;
    for (const bx_node *in = first->next; in; in = in->next)
        if (is_label(in))
            return true;
    return false;
}

/* White, colons before a value, and what divides it from its neighbours. */
static bx_str bare(bx_str s) {
    static const char *const marks[] = {":", "：", "|", "｜", "·", "/", " ", "\n", "\xE3\x80\x80"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        bx_str mark = bx_str_of(marks[i]);
        bool starts = bx_str_starts(s, mark), ends = !starts && bx_str_ends(s, mark);
        if (starts)
            s = bx_str_sub(s, mark.n, s.n);
        else if (ends)
            s = bx_str_sub(s, 0, s.n - mark.n);
        if (starts || ends)
            i = SIZE_MAX; /* from the first mark again */
    }
    return s;
}

bx_str bx_meta_value(bx_arena *arena, const bx_node *paragraph, bx_str label) {
    for (const bx_node *in = paragraph->first; in; in = in->next) {
        if (!is_label(in) || !bx_str_eq(bare(bx_node_plain(arena, in)), label))
            continue;
        bx_buf value = bx_buf_new(arena);
        for (in = in->next; in && !is_label(in); in = in->next) {
            if (in->kind == BX_NODE_SOFT_BREAK || in->kind == BX_NODE_LINE_BREAK)
                break;
            bx_buf_str(&value, bx_node_plain(arena, in));
        }
        return bare(bx_buf_view(&value));
    }
    return (bx_str){0};
}

static bool has_cjk(bx_str text) {
    for (uint32_t at = 0; at < text.n;) {
        uint32_t c = bx_utf8_next(text, &at);
        if (bx_char_is_han(c) || bx_char_is_kana(c) || bx_char_is_hangul(c))
            return true;
    }
    return false;
}

uint32_t bx_title_halves(bx_str title) {
    static const bx_str bar = {" | ", BX_TITLE_BAR};
    int64_t at = bx_str_find(title, bar);
    if (at <= 0)
        return 0;
    uint32_t half = (uint32_t)at + bar.n;
    bool bilingual =
        !has_cjk(bx_str_sub(title, 0, (uint32_t)at)) && has_cjk(bx_str_sub(title, half, title.n));
    return bilingual ? half : 0;
}
