#include "style/suit.h"

#include "style/reader.h"

static bool is_within(const bx_range *range, uint32_t count) {
    return !range->set || (count >= range->least && count <= range->greatest);
}

static uint32_t score_of(const bx_suit *suit, const bx_traits *traits) {
    uint32_t score = 1;
    for (int i = 0; i < BX_TRAITS; i++) {
        const bx_range *range = &suit->within[i];
        if (!is_within(range, traits->count[i]))
            return 0;
        score += range->set && range->least > 0;
    }
    return score;
}

uint32_t bx_suit_score(const bx_suit *suits, uint32_t n, const bx_traits *traits) {
    uint32_t best = 0;
    for (uint32_t i = 0; i < n; i++) {
        uint32_t score = score_of(&suits[i], traits);
        best = score > best ? score : best;
    }
    return best;
}

void bx_suits_read(bx_arena *arena, const bx_yaml *tree, bx_report *report, bx_suit **suits,
                   uint32_t *n) {
    bx_style *style = bx_new(arena, bx_style);
    bx_style_reader r = {.arena = arena, .report = report, .style = style, .root = tree};
    const bx_yaml *given = bx_yaml_given(tree, "suits");
    if (given)
        bx_style_read_value(&r, bx_style_key(&bx_layout_keys, "suits"), given, style);
    *suits = style->suits;
    *n = style->n_suits;
}

bx_str bx_layout_for(const bx_traits *traits, const bx_layout_list *list) {
    const bx_layout_entry *best = NULL;
    uint32_t most = 0;
    for (uint32_t i = 0; i < list->n; i++) {
        const bx_layout_entry *at = &list->at[i];
        uint32_t score = bx_suit_score(at->suits, at->n_suits, traits);
        if (score > most || (score && score == most && at->folder < best->folder)) {
            best = at;
            most = score;
        }
    }
    return best ? best->name : (bx_str){0};
}
