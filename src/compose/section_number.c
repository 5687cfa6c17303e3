/* Numbers of sections: counted ones as the layout writes them, and those that titles bring. */
#include "compose/build.h"
#include "compose/composer.h"

#include "base/utf8.h"

/* The numbers of a section and of those above it: {1} is the top level's. */
static uint32_t path_of(const bx_section *section, uint32_t numbers[BX_LEVELS]) {
    uint32_t depth = section->level < BX_LEVELS ? section->level : BX_LEVELS;
    for (const bx_section *s = section; s; s = s->parent) {
        if (s->level >= 1 && s->level <= BX_LEVELS)
            numbers[s->level - 1] = s->number;
    }
    return depth;
}

static uint8_t level_of(const bx_section *section) {
    return section->level < 1 ? 1 : section->level < BX_LEVELS ? section->level : BX_LEVELS;
}

/* A number of its own without marks round it or words: 1, 1.2 */
static bool has_bare_number(const bx_section *section) {
    bx_str title = section->title.plain;
    uint32_t end = 0;
    while (end < title.n && ((title.p[end] >= '0' && title.p[end] <= '9') || title.p[end] == '.'))
        end++;
    return section->own_number && end && end < title.n && title.p[end - 1] != '.' &&
           title.p[end] == ' ';
}

const bx_section_style *bx_section_style_of(const bx_composer *c, const bx_section *section) {
    for (uint32_t i = 0; i < c->style->n_variants; i++) {
        const bx_section_variant *v = &c->style->variants[i];
        if (v->level != level_of(section) ||
            (v->own_number >= 0 && section->own_number != (v->own_number > 0)) ||
            (v->bare_number >= 0 && has_bare_number(section) != (v->bare_number > 0)))
            continue;
        if (!v->n_titles)
            return &v->style;
        for (uint32_t k = 0; k < v->n_titles; k++) {
            if (bx_str_find(section->title.plain, v->titles[k]) >= 0)
                return &v->style;
        }
    }
    return &c->style->section[level_of(section) - 1];
}

#define DIGITS "0123456789０１２３４５６７８９"
#define HAN "一二三四五六七八九十百千零〇两兩"
#define UNITS "章节節部篇条條编編卷讲講回장절부"

static bool is_one_of(uint32_t ch, const char *set) {
    bx_str s = bx_str_of(set);
    for (uint32_t at = 0; at < s.n;) {
        if (bx_utf8_next(s, &at) == ch)
            return true;
    }
    return false;
}

static uint32_t rune_at(bx_str s, uint32_t at) { return at < s.n ? bx_utf8_next(s, &at) : 0; }

/* The end of a run of characters of a set, or (with `until`) the end of the first that is in it. */
static uint32_t run_end(bx_str s, uint32_t at, const char *set, bool until) {
    while (at < s.n) {
        uint32_t next = at;
        bool in = is_one_of(bx_utf8_next(s, &next), set);
        if (in && until)
            return next;
        if (!in && !until)
            return at;
        at = next;
    }
    return at;
}

/* Where the number that a title begins with ends: 一、 （一） 第三章 1.2 ① Ⅱ. and the like; its
 * marks are part of it. issue/ has decided that there is one. */
static uint32_t own_end(bx_str title) {
    static const char *const words[] = {"Chapter ", "Part ", "Section ", "Appendix "};
    uint32_t first = rune_at(title, 0);
    if (is_one_of(first, "（(【［["))
        return run_end(title, 0, "）)】］]", true);
    if (is_one_of(first, "第제"))
        return run_end(title, 0, UNITS, true);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        bx_str word = bx_str_of(words[i]);
        if (bx_str_starts(title, word))
            return run_end(title, word.n, DIGITS "IVXABC", false);
    }
    uint32_t end = run_end(title, 0, DIGITS HAN "IVXABCDEFGHⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ.．", false);
    if (end == 0) /* a circled figure */
        bx_utf8_next(title, &end);
    return run_end(title, end, "、)），,：:", false);
}

static bool takes_own(const bx_template *t) {
    for (uint32_t i = 0; i < t->n; i++) {
        if (bx_str_is(t->pieces[i].field, "own"))
            return true;
    }
    return false;
}

/* With the white after it; 0: it is all there is. */
static uint32_t own_length(bx_str title) {
    uint32_t end = own_end(title);
    while (end < title.n && title.p[end] == ' ')
        end++;
    return end < title.n ? end : 0;
}

uint32_t bx_section_own_number(const bx_composer *c, const bx_section *section) {
    if (!section->own_number || !takes_own(&bx_section_style_of(c, section)->number))
        return 0;
    return own_length(section->title.plain);
}

bx_str bx_section_contents_title(const bx_composer *c, const bx_section *section) {
    bx_str line = section->contents.plain;
    if (!line.n)
        return bx_section_main_title(c, section);
    uint32_t own = bx_section_own_number(c, section) ? own_length(line) : 0;
    return bx_str_sub(line, own, line.n);
}

/* Set by itself, a number needs no mark after it. */
static bx_str bare(bx_str number) {
    static const char *const marks[] = {".", "．", "、", "，", ",", "：", ":"};
    number = bx_str_trim(number);
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        bx_str mark = bx_str_of(marks[i]);
        if (number.n > mark.n && bx_str_ends(number, mark))
            return bx_str_sub(number, 0, number.n - mark.n);
    }
    return number;
}

bx_values bx_section_values(bx_composer *c, const bx_section *section) {
    uint32_t *numbers = bx_new_n(c->arena, uint32_t, BX_LEVELS);
    bx_values values = {.numbers = numbers, .section = section->title.plain, .head = section};
    values.n_numbers = path_of(section, numbers);
    uint32_t own = bx_section_own_number(c, section);
    values.own = own ? bare(bx_str_sub(section->title.plain, 0, own)) : (bx_str){0};
    return values;
}

bx_str bx_section_number_mark(const bx_composer *c, const bx_section *section) {
    bx_str own = bx_str_sub(section->title.plain, 0, bx_section_own_number(c, section));
    own = bx_str_trim(own);
    return bx_str_sub(own, bare(own).n, own.n);
}

bx_str bx_section_number(bx_composer *c, const bx_section *section) {
    bool own = bx_section_own_number(c, section) > 0;
    if (section->level > BX_LEVELS || (!own && (!section->numbered || section->own_number)))
        return (bx_str){0};
    bx_values values = bx_section_values(c, section);
    return bx_filled(c, &bx_section_style_of(c, section)->number, &values);
}
