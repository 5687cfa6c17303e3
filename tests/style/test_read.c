/* Layouts as a whole: inheritance, the type area, and what is said of mistakes, with its place. */

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "style/dump.h"
#include "style/keys.h"
#include "style/read.h"
#include "support/cmocka_all.h"
#include "support/golden.h"

typedef struct fixture {
    bx_memory memory;
    bx_arena *arena;
    bx_report *report;
    bx_layout_search search;
    bx_str folders[2];
    char scratch[32]; /* a folder for layouts that a test writes */
} fixture;

static int set_up(void **state) {
    fixture *f = calloc(1, sizeof *f);
    f->arena = bx_arena_new(&f->memory);
    f->report = bx_report_new(f->arena, bx_sources_new(f->arena));
    strcpy(f->scratch, "/tmp/banxin-style-XXXXXX");
    assert_non_null(mkdtemp(f->scratch));
    f->folders[0] = BX_STR(BX_SOURCE_DIR "/layouts");
    f->folders[1] = bx_str_of(f->scratch);
    f->search = (bx_layout_search){.folders = f->folders, .n_folders = 2};
    *state = f;
    return 0;
}

static int tear_down(void **state) {
    fixture *f = *state;
    bx_str remove = bx_str_fmt(f->arena, "rm -r %s", f->scratch);
    int failed = system(bx_cstr(f->arena, remove));
    bx_arena_drop(f->arena);
    free(f);
    return failed;
}

static const bx_style *read_text(fixture *f, const char *text) {
    return bx_style_read(f->arena, BX_STR("t/layout.yaml"), bx_str_of(text), &f->search, f->report);
}

static const bx_style *read_good(fixture *f, const char *text) {
    const bx_style *style = read_text(f, text);
    if (!style)
        fail_msg("%.*s", BX_STR_ARG(f->report->list.at[0].message));
    assert_int_equal(f->report->list.n, 0);
    return style;
}

/* All messages as lines "line:column code: message; hint". */
static const char *said(fixture *f) {
    bx_buf out = bx_buf_new(f->arena);
    bx_report_sort(f->report);
    for (uint32_t i = 0; i < f->report->list.n; i++) {
        const bx_diag *d = &f->report->list.at[i];
        bx_place at = bx_sources_place(f->report->sources, d->span.source, d->span.start);
        bx_buf_fmt(&out, "%s%u:%u %s: %.*s%s%.*s", i ? "\n" : "", at.line, at.column,
                   bx_code_name(d->code), BX_STR_ARG(d->message), d->hint.n ? "; " : "",
                   BX_STR_ARG(d->hint));
    }
    return bx_cstr(f->arena, bx_buf_view(&out));
}

static void refused(fixture *f, const char *text, const char *expected) {
    f->report = bx_report_new(f->arena, bx_sources_new(f->arena));
    assert_null(read_text(f, text));
    assert_string_equal(said(f), expected);
}

static void put(fixture *f, const char *name, const char *text) {
    bx_str folder = bx_str_fmt(f->arena, "%s/%s", f->scratch, name);
    bx_str path = bx_str_fmt(f->arena, "%.*s/layout.yaml", BX_STR_ARG(folder));
    mkdir(bx_cstr(f->arena, folder), 0700);
    FILE *file = fopen(bx_cstr(f->arena, path), "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static const bx_style *open_named(fixture *f, const char *name) {
    return bx_style_open(f->arena, bx_str_of(name), (bx_span){0}, &f->search, f->report);
}

static const bx_role *role(const bx_style *style, const char *name) {
    const bx_role *found = bx_map_get(&style->roles, bx_str_of(name));
    assert_non_null(found);
    return found;
}

static void all_layouts_open(void **state) {
    fixture *f = *state;
    bx_layout_list list = bx_layouts_list(f->arena, &f->search);
    const char *const names[] = {"committee-daily", "daily-intelligence", "essay", "news-digest",
                                 "weekly-magazine"};
    assert_int_equal(list.n, sizeof names / sizeof *names);
    for (uint32_t i = 0; i < list.n; i++) {
        assert_string_equal(bx_cstr(f->arena, list.at[i].name), names[i]);
        assert_true(list.at[i].title.n > 0 && list.at[i].description.n > 0);
        const bx_style *style = open_named(f, names[i]);
        if (!style)
            fail_msg("%s: %s", names[i], said(f));
        assert_string_equal(bx_cstr(f->arena, style->name), names[i]);
        assert_int_equal(style->page.measure % style->body->size, 0);
        assert_int_equal(style->page.depth % style->page.pitch, 0);
    }
    assert_int_equal(f->report->list.n, 0);
}

static void committee_daily_is_as_it_was(void **state) {
    fixture *f = *state;
    const bx_style *style = open_named(f, "committee-daily");
    assert_non_null(style);
    bx_buf out = bx_buf_new(f->arena);
    bx_style_dump(&out, style);
    bx_assert_golden(f->arena, BX_TEST_DIR "/golden/committee-daily.txt", bx_buf_view(&out));
}

/* The part of the page above the heading "Keys" and its first paragraph is written by hand. */
static void reference_page_is_current(void **state) {
    fixture *f = *state;
    const char *path = BX_SOURCE_DIR "/docs/layouts.md";
    bx_str page = bx_test_file(f->arena, path);
    bx_str last = BX_STR("a test keeps it current.\n");
    int64_t at = bx_str_find(page, last);
    assert_true(at >= 0);
    bx_buf out = bx_buf_new(f->arena);
    bx_buf_str(&out, bx_str_sub(page, 0, (uint32_t)at + last.n));
    bx_layout_reference(&out);
    bx_assert_golden(f->arena, path, bx_buf_view(&out));
}

static void count_keys(const bx_keys *keys, bx_str schema, fixture *f) {
    for (uint32_t i = 0; i < keys->n; i++) {
        bx_str name = bx_str_fmt(f->arena, "\"%s\": {", keys->at[i].name);
        if (bx_str_find(schema, name) < 0)
            fail_msg("the schema has no %.*s", BX_STR_ARG(name));
        if (keys->at[i].keys && keys->at[i].keys != keys)
            count_keys(keys->at[i].keys, schema, f);
    }
}

static void schema_has_every_key(void **state) {
    fixture *f = *state;
    bx_buf out = bx_buf_new(f->arena);
    bx_layout_schema(&out);
    count_keys(&bx_layout_keys, bx_buf_view(&out), f);
}

static void layouts_are_laid_over_each_other(void **state) {
    fixture *f = *state;
    put(f, "one",
        "tokens: {colors: {brand: \"#102030\"}}\n"
        "words: {contents: 甲, own: 乙}\n"
        "blocks: {list: {bullets: [a, b]}, toc: {leader: \"·\", least: 7}}\n");
    put(f, "two",
        "extends: one\n"
        "title: Two\n"
        "words: {contents: 丙}\n"
        "blocks: {list: {bullets: [c]}, toc: {least: }}\n");
    const bx_style *style = open_named(f, "two");
    assert_string_equal(said(f), "");
    bx_str *own = bx_map_get(&style->words, BX_STR("own"));
    bx_str *contents = bx_map_get(&style->words, BX_STR("contents"));
    assert_string_equal(bx_cstr(f->arena, *own), "乙");
    assert_string_equal(bx_cstr(f->arena, *contents), "丙");
    assert_string_equal(bx_cstr(f->arena, style->toc.leader), "·");
    assert_int_equal(style->toc.least, 2); /* taken back: the default */
    for (int i = 0; i < BX_LEVELS; i++)
        assert_string_equal(bx_cstr(f->arena, style->list.bullets[i].marker.pieces[0].text), "c");
    /* Roles of the base follow the token that was changed. */
    assert_int_equal(role(style, "h1")->color.r, 0x10);
    const bx_color *tint = bx_map_get(&style->colors, BX_STR("tint"));
    assert_int_equal(tint->r, 241);
}

static void roles_are_like_others(void **state) {
    fixture *f = *state;
    const bx_style *style = read_good(f, "roles:\n"
                                         "  a: {like: b, size: 20pt}\n"
                                         "  b: {like: c, indent: 2em}\n"
                                         "  c: {size: 9pt, pitch: 15pt, weight: bold}\n");
    assert_int_equal(role(style, "a")->size, 20 * BX_PT);
    assert_int_equal(role(style, "a")->set.indent, 40 * BX_PT); /* of its own size */
    assert_int_equal(role(style, "b")->set.indent, 18 * BX_PT);
    assert_int_equal(role(style, "a")->pitch, 15 * BX_PT);
    assert_int_equal(role(style, "a")->font.weight, 700);
    assert_ptr_equal(style->body, role(style, "body"));
}

static void em_is_of_the_objects_role(void **state) {
    fixture *f = *state;
    const bx_style *style = read_good(f, "roles:\n"
                                         "  body: {size: 10pt}\n"
                                         "  big: {size: 20pt}\n"
                                         "page: {measure: 40em, pitch: 20pt}\n"
                                         "blocks:\n"
                                         "  sections: {1: {role: big, number-gap: 1em}}\n"
                                         "  references: {hang: 2em}\n"
                                         "  contact: {qr-gap: 1em, gutter: 50%}\n");
    assert_int_equal(style->section[0].number_gap, 20 * BX_PT);
    assert_int_equal(style->references.hang, 2 * style->references.role->size);
    assert_int_equal(style->contact.qr_gap, 10 * BX_PT);
    assert_int_equal(style->contact.gutter, 200 * BX_PT);
}

static void type_area_stands_on_the_sheet(void **state) {
    fixture *f = *state;
    const bx_style *s = read_good(f, "page: {size: [500pt, 700pt], measure: 40em, lines: 30}\n");
    assert_int_equal(s->page.measure, 420 * BX_PT);
    assert_int_equal(s->page.inner, 40 * BX_PT);
    assert_int_equal(s->page.outer, 40 * BX_PT);
    assert_int_equal(s->page.depth, 540 * BX_PT);
    assert_int_equal(s->page.top, 72 * BX_PT);
    assert_int_equal(s->page.bottom, 88 * BX_PT);

    s = read_good(f, "page: {size: [500pt, 700pt], inner: 30pt, outer: 45pt, top: 50pt, "
                     "bottom: 60pt}\n");
    assert_int_equal(s->page.measure, 40 * 10752); /* 425 pt hold 40 em; 5 pt are left over */
    assert_int_equal(s->page.inner, 32 * BX_PT + BX_PT / 2);
    assert_int_equal(s->page.lines, 32);
    assert_int_equal(s->page.top, 50 * BX_PT);
}

static void sides_and_levels_stand_over_all(void **state) {
    fixture *f = *state;
    const bx_style *s =
        read_good(f, "page:\n"
                     "  head: {all: {start: 甲, end: 乙}, verso: {end: 丙}, first: none}\n"
                     "  foot: {all: \"{page}\"}\n"
                     "blocks: {sections: {all: {columns: 2}, 3: {columns: 1}}}\n");
    assert_int_equal(s->page.head[BX_PAGE_FIRST].start.n, 0);
    assert_string_equal(bx_cstr(f->arena, s->page.head[BX_PAGE_VERSO].start.pieces[0].text), "甲");
    assert_string_equal(bx_cstr(f->arena, s->page.head[BX_PAGE_VERSO].end.pieces[0].text), "丙");
    assert_string_equal(bx_cstr(f->arena, s->page.foot[BX_PAGE_FIRST].center.pieces[0].field),
                        "page");
    assert_int_equal(s->section[1].columns, 2);
    assert_int_equal(s->section[2].columns, 1);
}

static void variants_begin_as_their_level(void **state) {
    fixture *f = *state;
    const bx_style *s = read_good(f, "blocks:\n"
                                     "  sections: {2: {number: \"{2}\", columns: 3}}\n"
                                     "  variants:\n"
                                     "    - {level: 2, titles: [快讯], style: {columns: 2}}\n");
    assert_int_equal(s->n_variants, 1);
    assert_int_equal(s->variants[0].own_number, -1);
    assert_int_equal(s->variants[0].style.columns, 2);
    assert_int_equal(s->variants[0].style.number.n, 1);
    assert_ptr_equal(s->variants[0].style.role, role(s, "h2"));
}

static void keys_and_types(void **state) {
    fixture *f = *state;
    refused(f, "page:\n  mesure: 42em\n",
            "2:3 unknown-key: there is no key `mesure` in page; Did you mean `measure`?");
    refused(f, "roles:\n  body:\n    colour: ink\nwrods: {}\n",
            "3:5 unknown-key: there is no key `colour` in role; Did you mean `color`?\n"
            "4:1 unknown-key: there is no key `wrods` in layout; Did you mean `words`?");
    refused(f, "page: A4\n", "1:7 wrong-type: `page` takes a mapping of keys to values, not `A4`");
    refused(f, "page: {columns: many, facing: maybe}\n",
            "1:17 wrong-type: `columns` takes a whole number, not `many`\n"
            "1:31 wrong-type: `facing` takes yes or no, not `maybe`");
    refused(f, "page: {columns: 9}\n", "1:17 bad-value: `columns` is from 1 to 4, not 9");
    refused(f, "roles: {body: {align: centre}}\n",
            "1:23 bad-value: `align` cannot be `centre`; Did you mean `center`?");
    refused(f, "roles: {body: {size: [1]}}\n",
            "1:22 wrong-type: `size` takes a size such as 五号, 10.5pt or 1.2em, not a list");
    refused(f, "blocks: {list: {role: itemm}}\n",
            "1:23 bad-value: there is no role `itemm`; Did you mean `item`?");
    refused(f, "blocks: {sections: {7: {}}}\n",
            "1:21 unknown-key: there is no key `7` in `sections`, which takes all, 1, 2 … 6");
    refused(f, "suits: [{tables: 2..1, heads: many, itms: 3+}]\n",
            "1:18 wrong-type: `tables` takes a count such as 3, 3+ or 2..8, not `2..1`\n"
            "1:31 wrong-type: `heads` takes a count such as 3, 3+ or 2..8, not `many`\n"
            "1:37 unknown-key: there is no key `itms` in suit; Did you mean `items`?");
    refused(f, "- 1\n", "1:1 wrong-type: a layout is a mapping of keys to values");
    refused(f, "page:\n  mesure:\n",
            "2:3 unknown-key: there is no key `mesure` in page; Did you mean `measure`?");
    refused(f, "words: {a: {b: c}}\nblocks: {toc: {title: \"{words.b}\"}}\n",
            "1:12 wrong-type: `words` takes a mapping of names to texts, not a mapping\n"
            "2:25 bad-template: the layout's `words` have no `b`");
}

static void lengths_and_colors(void **state) {
    fixture *f = *state;
    refused(f, "page: {inner: -3mm}\n", "1:15 bad-value: `inner` cannot be negative");
    refused(f, "page: {pitch: 0}\n", "1:15 bad-value: `pitch` must be more than 0");
    refused(f, "page: {pitch: NaN}\n", "1:15 bad-length: `NaN` is no length");
    refused(f, "page: {top: 1e308}\n", "1:13 bad-length: there is no unit `e308`");
    refused(f, "page: {top: 3 ells}\n", "1:13 bad-length: there is no unit `ells`");
    refused(f, "page: {top: 3}\n", "1:13 bad-length: `3` has no unit");
    refused(f, "roles:\n  body:\n    color: #c00\n",
            "3:12 bad-color: in YAML # begins a comment, so this colour is not part of `color`; "
            "Write color: \"#c00\", in quotes");
    refused(f, "blocks:\n  table:\n    top: 1pt #C23A22\n",
            "3:14 bad-color: in YAML # begins a comment, so this colour is not part of `top`; "
            "Write top: \"1pt #C23A22\", in quotes");
    refused(f, "roles: {body: {color: bland}}\n",
            "1:23 bad-color: there is no colour `bland`; Did you mean `brand`?");
    refused(f, "blocks: {table: {top: 1pt tint(brnad, 6%)}}\n",
            "1:27 bad-color: `tint(brnad` is not closed; Quote the value: in { } and [ ] a comma "
            "ends it\n1:39 unknown-key: there is no key `6%)` in table");
    refused(f, "tokens: {colors: {a: b, b: c, c: a}}\n",
            "1:22 bad-color: these names stand for each other in a circle\n"
            "1:28 bad-color: these names stand for each other in a circle\n"
            "1:34 bad-color: these names stand for each other in a circle");
    refused(f, "tokens: {sizes: {a: 3 feet}}\n", "1:21 bad-length: there is no unit `feet`");
    /* What names a wrong token is not wrong itself; the other layouts of the chain name these. */
    refused(f, "tokens:\n  colors:\n    brand: blau\n    ink: #c00\n    tint: [a]\nfoot: 1\n",
            "3:12 bad-color: there is no colour `blau`\n"
            "4:10 bad-color: in YAML # begins a comment, so this colour is not part of `ink`; "
            "Write ink: \"#c00\", in quotes\n"
            "5:11 wrong-type: `colors` takes a mapping of names to colours, not a list\n"
            "6:1 unknown-key: there is no key `foot` in layout");
    bx_buf many = bx_buf_new(f->arena);
    bx_buf_str(&many, BX_STR("tokens:\n  sizes:\n"));
    for (int i = 0; i < 300; i++)
        bx_buf_fmt(&many, "    s%d: 1pt\n", i);
    refused(f, bx_cstr(f->arena, bx_buf_view(&many)),
            "3:5 bad-value: `sizes` takes at most 256 names");
    refused(f, "tokens: {colors: {brand: ink, ink: brand}}\n",
            "1:26 bad-color: these names stand for each other in a circle\n"
            "1:36 bad-color: these names stand for each other in a circle");
}

static void pages_that_do_not_fit(void **state) {
    fixture *f = *state;
    refused(f, "page: {size: A5, measure: 42em}\n",
            "1:27 bad-value: the type area and its margins are wider than the sheet");
    refused(f, "page: {size: A5, measure: 30em, lines: 37}\n",
            "1:40 bad-value: the type area and its margins are taller than the sheet");
    refused(f, "page: {measure: 200mm}\n",
            "1:17 bad-value: the measure is not a whole number of em of the body");
    refused(f, "page: {measure: 42em, columns: 2, gutter: 1em}\n",
            "1:32 bad-value: 2 columns with this gutter are not a whole number of em wide");
    refused(f, "page: {measure: 42em, inner: 20mm, outer: 20mm}\n",
            "1:43 bad-value: inner + measure + outer is not the sheet's width");
}

static void parts_are_one_thing(void **state) {
    fixture *f = *state;
    refused(f, "blocks: {cover: {parts: [{text: a, rule: 1pt ink}]}}\n",
            "1:42 bad-value: a part is one thing: `rule` cannot stand beside another kind");
    refused(f, "blocks: {cover: {parts: [{role: body}]}}\n",
            "1:26 missing-key: this part does not say what it is; Give it one of text, rule, "
            "space, row, box, group, slot, image, qr, break, tags");
    refused(f, "blocks: {cover: {parts: [{slot: abstrakt}]}}\n",
            "1:33 bad-value: `slot` cannot be `abstrakt`; Did you mean `abstract`?");
    refused(
        f, "blocks: {cover: {parts: [{image: ../x.png}]}}\n",
        "1:34 bad-value: `../x.png` is no picture of the issue (logo, cover) and no file of the "
        "layout's folder");
    refused(f, "blocks: {cover: {parts: [{text: \"{title} {dat}\", when: auhtors}]}}\n",
            "1:43 bad-template: there is no field {dat}; Did you mean {date}?\n"
            "1:56 bad-value: an issue has no field `auhtors`");
}

static void circles(void **state) {
    fixture *f = *state;
    put(f, "a", "extends: b\n");
    put(f, "b", "extends: c\n");
    put(f, "c", "title: C\nextends: a\n");
    assert_null(open_named(f, "a"));
    assert_string_equal(said(f), "2:10 layout-cycle: the layouts extend each other in a circle");
    put(f, "self", "extends: self\n");
    f->report = bx_report_new(f->arena, f->report->sources);
    assert_null(open_named(f, "self"));
    assert_string_equal(said(f), "1:10 layout-cycle: this layout extends itself");
    refused(f, "roles:\n  x: {like: y}\n  y: {like: x}\n",
            "2:13 bad-value: roles are like each other in a circle\n"
            "3:13 bad-value: roles are like each other in a circle");
    refused(f, "roles: {x: {like: nobody}}\n",
            "1:19 bad-value: `like` takes the name of another role");
}

static void missing_layouts(void **state) {
    fixture *f = *state;
    refused(f, "extends: comittee-daily\n",
            "1:10 layout-missing: there is no layout `comittee-daily`; Did you mean "
            "`committee-daily`?");
    refused(f, "extends: [a, b]\n", "1:10 wrong-type: `extends` takes the name of one layout");
    f->report = bx_report_new(f->arena, bx_sources_new(f->arena));
    assert_null(open_named(f, "../../etc/passwd"));
    assert_string_equal(said(f), "0:0 layout-missing: there is no layout `../../etc/passwd`; There "
                                 "are committee-daily, daily-intelligence, essay, news-digest, "
                                 "weekly-magazine");
    f->report = bx_report_new(f->arena, bx_sources_new(f->arena));
    assert_null(open_named(f, "/dev/zero"));
}

static void paths_start_at_the_file_that_names_them(void **state) {
    fixture *f = *state;
    put(f, "house",
        "tokens: {colors: {brand: \"#010203\"}}\n"
        "blocks: {cover: {parts: [{image: mark.png}]}}\n");
    put(f, "sub", "extends: ../house/layout.yaml\n");
    f->search.from = f->folders[1];
    const bx_style *style = open_named(f, "sub/layout.yaml");
    assert_string_equal(said(f), "");
    const bx_color *brand = bx_map_get(&style->colors, BX_STR("brand"));
    assert_int_equal(brand->b, 3);
    assert_true(bx_str_ends(style->cover.at[0].path, BX_STR("/house/mark.png")));
    assert_int_equal(style->cover.at[0].field.n, 0);
}

static void chains_have_their_own_digest(void **state) {
    fixture *f = *state;
    put(f, "x", "title: X\n");
    const bx_style *first = open_named(f, "x"), *again = open_named(f, "x");
    put(f, "x", "title: Y\n");
    const bx_style *other = open_named(f, "x");
    assert_memory_equal(&first->chain, &again->chain, sizeof first->chain);
    assert_memory_not_equal(&first->chain, &other->chain, sizeof first->chain);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(all_layouts_open),
        TEST(committee_daily_is_as_it_was),
        TEST(reference_page_is_current),
        TEST(schema_has_every_key),
        TEST(layouts_are_laid_over_each_other),
        TEST(roles_are_like_others),
        TEST(em_is_of_the_objects_role),
        TEST(type_area_stands_on_the_sheet),
        TEST(sides_and_levels_stand_over_all),
        TEST(variants_begin_as_their_level),
        TEST(keys_and_types),
        TEST(lengths_and_colors),
        TEST(pages_that_do_not_fit),
        TEST(parts_are_one_thing),
        TEST(circles),
        TEST(missing_layouts),
        TEST(paths_start_at_the_file_that_names_them),
        TEST(chains_have_their_own_digest),
    };
    return cmocka_run_group_tests_name("style/read", tests, NULL, NULL);
}
