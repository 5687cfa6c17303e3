/* The set of fonts: which face serves which text, and what is said when one is missing. */
#include "font/font.h"
#include "support/cmocka_all.h"

#include <hb.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define TABLE BX_SOURCE_DIR "/fonts/families.yaml"

typedef struct fixture {
    bx_memory memory;
    bx_arena *arena;
    bx_report *report;
    bx_fonts *fonts;
} fixture;

static fixture *fixture_new(void) {
    fixture *f = calloc(1, sizeof *f);
    f->arena = bx_arena_new(&f->memory);
    f->report = bx_report_new(f->arena, bx_sources_new(f->arena));
    return f;
}

static void fixture_drop(fixture *f) {
    bx_arena_drop(f->arena);
    assert_int_equal(f->memory.in_use, 0);
    free(f);
}

static int set_up(void **state) {
    fixture *f = fixture_new();
    bx_font_options options = {.table = BX_STR(TABLE)};
    f->fonts = bx_fonts_open(f->arena, &options, f->report);
    *state = f;
    for (uint32_t i = 0; i < f->report->list.n; i++)
        print_error("%.*s\n", BX_STR_ARG(f->report->list.at[i].message));
    return f->fonts && f->report->list.n == 0 ? 0 : -1;
}

static int tear_down(void **state) {
    fixture_drop(*state);
    return 0;
}

static const bx_face *pick(const fixture *f, const char *family, uint16_t weight, bool italic,
                           const char *lang, bx_font_class script_class, uint32_t c) {
    bx_font_query query = {.style = {bx_str_of(family), weight, italic},
                           .lang = bx_str_of(lang),
                           .script_class = script_class,
                           .cluster = &c,
                           .n = 1};
    bool missing = true;
    const bx_face *face = bx_fonts_pick(f->fonts, &query, &missing);
    return missing ? NULL : face;
}

#define assert_face(face, name) assert_face_is((face), (name), __LINE__)
static void assert_face_is(const bx_face *face, const char *name, int line) {
    bx_str got = face ? bx_face_get(face)->postscript_name : BX_STR("(missing)");
    if (!bx_str_is(got, name))
        fail_msg("line %d: %.*s, not %s", line, BX_STR_ARG(got), name);
}

static void test_languages(void **state) {
    const fixture *f = *state;
    static const struct {
        const char *lang, *face;
    } cases[] = {
        {"zh-Hans", "NotoSerifCJKsc-Regular"},    {"zh", "NotoSerifCJKsc-Regular"},
        {"zh-CN", "NotoSerifCJKsc-Regular"},      {"zh-Hans-SG", "NotoSerifCJKsc-Regular"},
        {"zh-Hant", "NotoSerifCJKtc-Regular"},    {"zh-TW", "NotoSerifCJKtc-Regular"},
        {"ZH-hant-tw", "NotoSerifCJKtc-Regular"}, {"zh-HK", "NotoSerifCJKhk-Regular"},
        {"zh-Hant-HK", "NotoSerifCJKhk-Regular"}, {"yue", "NotoSerifCJKhk-Regular"},
        {"ja", "NotoSerifCJKjp-Regular"},         {"ja-JP", "NotoSerifCJKjp-Regular"},
        {"ko", "NotoSerifCJKkr-Regular"},         {"", "NotoSerifCJKsc-Regular"},
        {"en", "NotoSerifCJKsc-Regular"},         {"-", "NotoSerifCJKsc-Regular"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_face(pick(f, "song", 400, false, cases[i].lang, BX_FONT_HAN, 0x53E5), cases[i].face);
}

static void test_keys_and_weights(void **state) {
    const fixture *f = *state;
    assert_face(pick(f, "hei", 700, false, "zh-Hans", BX_FONT_HAN, 0x53E5), "NotoSansCJKsc-Bold");
    assert_face(pick(f, "hei", 400, false, "ja", BX_FONT_HAN, 0x3042), "NotoSansCJKjp-Regular");
    assert_face(pick(f, "kai", 400, false, "zh-Hans", BX_FONT_HAN, 0x53E5), "LXGWWenKai-Regular");
    assert_face(pick(f, "kai", 700, false, "zh-Hant", BX_FONT_HAN, 0x53E5), "LXGWWenKai-Bold");
    assert_face(pick(f, "mono", 400, false, "zh-Hans", BX_FONT_LATIN, 'a'),
                "NotoSansMonoCJKsc-Regular");
    assert_face(pick(f, "", 400, false, "zh-Hans", BX_FONT_HAN, 0x53E5), "NotoSerifCJKsc-Regular");
}

/* The same character follows the class that the caller's context gives it (R34). */
static void test_class_decides(void **state) {
    const fixture *f = *state;
    static const uint32_t ambiguous[] = {0x2460, 0xD7, 0x2103, 0x2014, 0x2026, 0x201C, 0x201D};
    for (size_t i = 0; i < sizeof ambiguous / sizeof *ambiguous; i++) {
        assert_face(pick(f, "song", 400, false, "zh-TW", BX_FONT_HAN, ambiguous[i]),
                    "NotoSerifCJKtc-Regular");
        assert_face(pick(f, "song", 400, false, "zh-Hans", BX_FONT_LATIN, ambiguous[i]),
                    "NotoSerifCJKsc-Regular");
    }
    assert_face(pick(f, "song", 400, true, "zh-Hans", BX_FONT_LATIN, 0x201C), "P052-Italic");
    assert_face(pick(f, "song", 400, true, "zh-Hans", BX_FONT_HAN, 0x201C), "LXGWWenKai-Regular");
    assert_face(pick(f, "song", 400, false, "zh-Hans", BX_FONT_HANGUL, 0xD55C),
                "NotoSerifCJKkr-Regular");
}

static void test_italics(void **state) {
    const fixture *f = *state;
    assert_face(pick(f, "song", 400, true, "en", BX_FONT_LATIN, 'a'), "P052-Italic");
    assert_face(pick(f, "song", 700, true, "en", BX_FONT_LATIN, 'a'), "P052-BoldItalic");
    assert_face(pick(f, "hei", 400, true, "en", BX_FONT_LATIN, 'a'), "NotoSans-Italic");
    assert_face(pick(f, "hei", 400, true, "zh-Hans", BX_FONT_HAN, 0x53E5), "LXGWWenKai-Regular");
    assert_face(pick(f, "kai", 400, true, "zh-Hans", BX_FONT_HAN, 0x53E5), "LXGWWenKai-Regular");
    /* No italic is there: upright, never slanted. */
    assert_face(pick(f, "mono", 400, true, "en", BX_FONT_LATIN, 'a'), "NotoSansMonoCJKsc-Regular");
}

static void test_other_scripts(void **state) {
    const fixture *f = *state;
    assert_face(pick(f, "song", 400, false, "ar", BX_FONT_OTHER, 0x645), "NotoNaskhArabic-Regular");
    assert_face(pick(f, "hei", 700, false, "ar", BX_FONT_OTHER, 0x645), "NotoSansArabic-Bold");
    assert_face(pick(f, "song", 400, false, "zh", BX_FONT_OTHER, 0x5D0), "NotoSerifHebrew-Regular");
    assert_face(pick(f, "hei", 400, false, "zh", BX_FONT_OTHER, 0xE01), "NotoSansThai-Regular");
    assert_face(pick(f, "song", 400, false, "zh", BX_FONT_OTHER, 0x915),
                "NotoSerifDevanagari-Regular");
    assert_face(pick(f, "song", 400, false, "zh", BX_FONT_LATIN, 0x1E9E), "NotoSerif-Regular");
    assert_face(pick(f, "song", 400, false, "zh", BX_FONT_EMOJI, 0x1F600), "NotoColorEmoji");
    assert_face(pick(f, "song", 400, false, "zh", BX_FONT_OTHER, 0x1D4D0), "NotoSansMath-Regular");
}

static bool pick_all(const fixture *f, bx_font_class script_class, const uint32_t *cluster,
                     uint32_t n, bx_str *name) {
    bx_font_query query = {.style = {BX_STR("song"), 400, false},
                           .lang = BX_STR("zh-Hans"),
                           .script_class = script_class,
                           .cluster = cluster,
                           .n = n};
    bool missing = true;
    *name = bx_face_get(bx_fonts_pick(f->fonts, &query, &missing))->postscript_name;
    return !missing;
}

static void test_clusters(void **state) {
    const fixture *f = *state;
    bx_str name;
    /* A family of four: joiners and selectors need no glyph of their own. */
    static const uint32_t family[] = {0x1F468, 0x200D, 0x1F469, 0x200D, 0x1F467, 0xFE0F};
    assert_true(pick_all(f, BX_FONT_EMOJI, family, 6, &name));
    assert_true(bx_str_is(name, "NotoColorEmoji"));
    /* One face for the whole, though the first choice has the letter alone. */
    static const uint32_t marked[] = {'n', 0x0331};
    assert_true(pick_all(f, BX_FONT_LATIN, marked, 2, &name));
    /* A mark that composes counts as covered. */
    static const uint32_t composed[] = {'e', 0x0301};
    assert_true(pick_all(f, BX_FONT_LATIN, composed, 2, &name));
    assert_true(bx_str_is(name, "NotoSerifCJKsc-Regular"));
}

static void test_missing_glyph(void **state) {
    const fixture *f = *state;
    bx_str name;
    static const uint32_t nobody[] = {0xE000};
    assert_false(pick_all(f, BX_FONT_HAN, nobody, 1, &name));
    assert_true(bx_str_is(name, "NotoSerifCJKsc-Regular"));
}

static void test_facts(void **state) {
    const fixture *f = *state;
    const bx_face *song =
        bx_fonts_primary(f->fonts, (bx_font_style){BX_STR("song"), 400, true}, BX_STR("zh-Hans"));
    const bx_face_info *info = bx_face_get(song);
    assert_true(bx_str_is(info->postscript_name, "NotoSerifCJKsc-Regular"));
    assert_true(bx_str_is(info->family, "Noto Serif CJK SC"));
    assert_true(bx_str_is(info->style, "Regular"));
    assert_int_equal(info->format, BX_FACE_CFF_CID);
    assert_int_equal(info->units_per_em, 1000);
    assert_int_equal(info->ascender, 880);
    assert_int_equal(info->descender, -120);
    assert_int_equal(info->n_glyphs, 65535);
    assert_int_equal(info->weight, 400);
    assert_int_equal(info->index, 2);
    assert_false(info->italic);
    assert_true(info->serif);
    assert_int_equal(info->scale, 1024);
    assert_true(info->cap_height > info->x_height && info->x_height > 0);
    assert_true(info->bbox[0] < 0 && info->bbox[2] > 1000);
    assert_true(bx_face_has(song, 0x4E00) && !bx_face_has(song, 0x1F600));
    /* Variation sequences choose another glyph; an unknown selector changes nothing. */
    uint32_t plain = bx_face_glyph(song, 0x845B, 0);
    assert_int_not_equal(plain, 0);
    assert_int_equal(bx_face_glyph(song, 0x845B, 0xFE01), plain);
    assert_int_equal(hb_face_get_upem(bx_face_hb_face(song)), 1000);
    int x, y;
    hb_font_get_scale(bx_face_hb_font(song), &x, &y);
    assert_int_equal(x, 1000);

    info = bx_face_get(pick(f, "song", 400, true, "en", BX_FONT_LATIN, 'a'));
    assert_int_equal(info->format, BX_FACE_CFF_NAME);
    assert_int_equal(info->scale, 1085);
    assert_true(info->italic && info->italic_angle < 0);
    info = bx_face_get(pick(f, "kai", 400, false, "zh", BX_FONT_HAN, 0x4E00));
    assert_int_equal(info->format, BX_FACE_TRUETYPE);
    info = bx_face_get(pick(f, "song", 400, false, "zh", BX_FONT_EMOJI, 0x1F600));
    assert_int_equal(info->format, BX_FACE_BITMAP);
    info = bx_face_get(pick(f, "mono", 700, false, "zh", BX_FONT_LATIN, 'a'));
    assert_int_equal(info->weight, 700);
    assert_true(bx_face_get(song)->content != info->content);
}

/* A real family's name in place of a key sets everything in that family. */
static void test_real_names(void **state) {
    const fixture *f = *state;
    assert_face(pick(f, "Noto Sans Mono CJK SC", 400, false, "ja", BX_FONT_HAN, 0x53E5),
                "NotoSansMonoCJKsc-Regular");
    assert_face(pick(f, "Noto Sans Mono CJK SC", 700, false, "ja", BX_FONT_LATIN, 'a'),
                "NotoSansMonoCJKsc-Bold");
    assert_face(pick(f, "Noto Serif", 400, true, "en", BX_FONT_LATIN, 'a'), "NotoSerif-Italic");
    /* What it lacks comes from the default key. */
    assert_face(pick(f, "Noto Serif", 400, false, "zh-TW", BX_FONT_HAN, 0x53E5),
                "NotoSerifCJKtc-Regular");
}

static void test_check(void **state) {
    const fixture *f = *state;
    fixture *own = fixture_new();
    bx_span here = {0};
    assert_true(bx_fonts_check(f->fonts, BX_STR("song"), BX_STR("ja"), here, own->report));
    assert_int_equal(own->report->list.n, 0);
    assert_false(bx_fonts_check(f->fonts, BX_STR("sogn"), BX_STR("zh"), here, own->report));
    assert_int_equal(own->report->list.n, 1);
    assert_int_equal(own->report->list.at[0].code, BX_D_FONT_MISSING);
    assert_true(bx_str_find(own->report->list.at[0].hint, BX_STR("song")) > 0);
    fixture_drop(own);
}

static void test_list(void **state) {
    const fixture *f = *state;
    uint32_t n, found = 0;
    bx_arena *arena = bx_arena_new(&((fixture *)f)->memory);
    const bx_font_entry *list = bx_fonts_list(f->fonts, arena, &n);
    assert_true(n > 60);
    assert_true(bx_str_is(list[0].use, "song zh-Hans"));
    assert_true(list[0].required && list[0].face);
    assert_int_equal(list[1].weight, 700);
    for (uint32_t i = 0; i < n; i++)
        found += list[i].face != NULL;
    assert_true(found > 40);
    bx_arena_drop(arena);
}

static void *reader(void *set) {
    fixture f = {.fonts = set};
    for (uint32_t c = 0x4E00; c < 0x5000; c++) {
        const char *const keys[] = {"song", "hei", "kai", "Noto Serif"};
        const char *const langs[] = {"zh-Hans", "zh-TW", "ja", "ko"};
        if (!pick(&f, keys[c % 4], c % 8 < 4 ? 400 : 700, c % 16 < 8, langs[c / 4 % 4], BX_FONT_HAN,
                  c))
            return (void *)"missing";
    }
    return NULL;
}

static void test_threads(void **state) {
    const fixture *f = *state;
    pthread_t threads[4];
    for (int i = 0; i < 4; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, reader, f->fonts), 0);
    for (int i = 0; i < 4; i++) {
        void *result;
        pthread_join(threads[i], &result);
        assert_null(result);
    }
}

/* Opens a set from a table written for the test. */
static bx_fonts *open_with(fixture *f, const char *table, bool tolerant) {
    char path[] = "/tmp/banxin-test-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, table, strlen(table)), (ssize_t)strlen(table));
    close(fd);
    bx_font_options options = {.table = bx_str_of(path), .tolerant = tolerant};
    bx_fonts *fonts = bx_fonts_open(f->arena, &options, f->report);
    unlink(path);
    return fonts;
}

static const char absent[] = "folders: [/usr/share/fonts/opentype/noto]\n"
                             "package: some-package\n"
                             "keys:\n"
                             "  song: {required: true, han: {zh-Hans: No Such Family}}\n"
                             "  hei: {required: true, han: {zh-Hans: Noto Sans CJK SC}}\n";

static void test_required_missing(void **state) {
    (void)state;
    fixture *f = fixture_new();
    assert_null(open_with(f, absent, false));
    assert_true(f->report->list.n >= 1);
    const bx_diag *d = &f->report->list.at[0];
    assert_int_equal(d->code, BX_D_FONT_MISSING);
    assert_true(bx_str_find(d->message, BX_STR("No Such Family")) >= 0);
    assert_true(bx_str_find(d->hint, BX_STR("some-package")) >= 0);
    fixture_drop(f);
}

/* The family stands under a file name that the table does not know: found by its real name. */
static void test_search_by_name(void **state) {
    (void)state;
    fixture *f = fixture_new();
    f->fonts = open_with(f, absent, true);
    assert_non_null(f->fonts);
    assert_face(pick(f, "Noto Serif CJK JP", 700, false, "zh", BX_FONT_HAN, 0x53E5),
                "NotoSerifCJKjp-Bold");
    assert_face(pick(f, "hei", 700, false, "zh", BX_FONT_HAN, 0x53E5), "NotoSansCJKsc-Bold");
    fixture_drop(f);
}

static void test_bad_tables(void **state) {
    (void)state;
    static const struct {
        const char *table;
        bx_code code;
    } cases[] = {
        {"keys: {song: {han: {zh-Hans: A}}, hei: {han-italic: kai, han: {zh-Hans: A}}}\n",
         BX_D_BAD_VALUE},
        {"kyes: {}\n", BX_D_UNKNOWN_KEY},
        {"folders: []\n", BX_D_MISSING_KEY},
        {"- 1\n", BX_D_WRONG_TYPE},
        {"keys: {song: {han: {ja: A}}}\nlanguage: zh-Hans\n", BX_D_BAD_VALUE},
        {"keys: {song: {han: 3}}\n", BX_D_BAD_VALUE},
        {"keys: {song: [1]}\n", BX_D_BAD_VALUE},
        {"families: {A: {size: 20}}\nkeys: {song: {han: {zh-Hans: A}}}\n", BX_D_BAD_VALUE},
        {"families: {A: {size: 1.06}}\nkeys: {song: {han: {zh-Hans: A}}}\n", BX_D_BAD_VALUE},
        {"keys: {song: {han: {zh-Hans: A}}}\nscripts: {Thai: {sarif: B}}\n", BX_D_UNKNOWN_KEY},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        fixture *f = fixture_new();
        assert_null(open_with(f, cases[i].table, true));
        assert_true(f->report->errors > 0);
        if (f->report->list.at[0].code != cases[i].code)
            fail_msg("case %zu: %s", i, bx_code_name(f->report->list.at[0].code));
        fixture_drop(f);
    }
    fixture *f = fixture_new();
    bx_font_options options = {.table = BX_STR("/nowhere/families.yaml")};
    assert_null(bx_fonts_open(f->arena, &options, f->report));
    assert_int_equal(f->report->list.at[0].code, BX_D_INPUT_MISSING);
    fixture_drop(f);
}

/* A file that has the right name and nothing of a font in it. */
static void test_broken_file(void **state) {
    (void)state;
    char folder[] = "/tmp/banxin-test-XXXXXX", path[64], table[512];
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/Broken-Regular.ttf", folder);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    fwrite("ttcf\0\1\0\0\xFF\xFF\xFF\xFF\0\0\0\1", 1, 16, file);
    fclose(file);
    snprintf(table, sizeof table,
             "folders: [%s]\nkeys: {song: {required: true, han: {zh-Hans: Broken}}}\n", folder);
    fixture *f = fixture_new();
    f->fonts = open_with(f, table, true);
    assert_non_null(f->fonts);
    assert_int_equal(f->report->list.at[0].code, BX_D_FONT_MISSING);
    bool missing = false;
    uint32_t c = 'a';
    bx_font_query query = {.cluster = &c, .n = 1};
    assert_null(bx_fonts_pick(f->fonts, &query, &missing));
    assert_true(missing);
    fixture_drop(f);
    /* Nor does a set without any face open, when the table requires none. */
    snprintf(table, sizeof table, "folders: [%s]\nkeys: {song: {han: {zh-Hans: Broken}}}\n",
             folder);
    f = fixture_new();
    assert_null(open_with(f, table, false));
    assert_int_equal(f->report->list.at[0].code, BX_D_FONT_MISSING);
    fixture_drop(f);
    unlink(path);
    rmdir(folder);
}

/* What a face remembers is what HarfBuzz reads in the font, when it is asked first and ever after.
 */
static void test_remembered(void **state) {
    const fixture *f = *state;
    const bx_face *face = pick(f, "song", 400, false, "zh-Hans", BX_FONT_HAN, 0x4E00);
    hb_font_t *font = hb_font_create(bx_face_hb_face(face));
    for (int round = 0; round < 2; round++)
        for (uint32_t c = 1; c < 0x20000; c += c < 0x3000 ? 1 : 7) {
            hb_codepoint_t glyph;
            if (!hb_font_get_nominal_glyph(font, c, &glyph))
                glyph = 0;
            assert_int_equal(bx_face_glyph(face, c, 0), glyph);
            assert_int_equal(bx_face_has_first(face, &c, 1), glyph != 0);
            hb_glyph_extents_t box = {0};
            bx_glyph_ink ink;
            bool any = hb_font_get_glyph_extents(font, glyph, &box) && box.width > 0;
            assert_int_equal(bx_face_ink(face, glyph, &ink), any);
            assert_int_equal(ink.left, any ? box.x_bearing : 0);
            assert_int_equal(ink.width, any ? box.width : 0);
        }
    hb_font_destroy(font);
}

static void shape(hb_buffer_t *buffer, const bx_face *face, hb_script_t script,
                  hb_language_t language, const uint32_t *codes, uint32_t n,
                  const hb_feature_t *features, uint32_t n_features) {
    hb_buffer_clear_contents(buffer);
    hb_buffer_add_codepoints(buffer, codes, (int)n, 0, (int)n);
    hb_buffer_set_script(buffer, script);
    hb_buffer_set_language(buffer, language);
    hb_buffer_set_direction(buffer, HB_DIRECTION_LTR);
    hb_shape(bx_face_hb_font(face), buffer, features, n_features);
}

/* A glyph that is not touched stands beside any other as its font has it. */
static void test_untouched(void **state) {
    const fixture *f = *state;
    static const char *const languages[] = {"zh-Hans", "zh-Hant", "ja"};
    hb_feature_t full = {HB_TAG('f', 'w', 'i', 'd'), 1, 0, HB_FEATURE_GLOBAL_END};
    hb_buffer_t *buffer = hb_buffer_create();
    for (int k = 0; k < 6; k++) {
        const bx_face *face = pick(f, "song", 400, false, "zh-Hans", BX_FONT_HAN, 0x4E00);
        hb_language_t language = hb_language_from_string(languages[k / 2], -1);
        uint32_t n = k % 2, untouched = 0;
        const bx_plan *plan = bx_face_plan(face, HB_SCRIPT_HAN, language, &full, n);
        assert_non_null(plan);
        assert_ptr_equal(bx_face_plan(face, HB_SCRIPT_HAN, language, &full, n), plan);
        for (uint32_t c = 0x4E00; c < 0x9FA0; c += 10) {
            uint32_t codes[10];
            for (uint32_t i = 0; i < 10; i++)
                codes[i] = c + i;
            shape(buffer, face, HB_SCRIPT_HAN, language, codes, 10, &full, n);
            unsigned shaped;
            hb_glyph_info_t *info = hb_buffer_get_glyph_infos(buffer, &shaped);
            hb_glyph_position_t *at = hb_buffer_get_glyph_positions(buffer, &shaped);
            for (unsigned i = 0; i < shaped; i++) {
                bx_plain_glyph glyph;
                if (!bx_plan_untouched(plan, &codes[info[i].cluster], 1, &glyph))
                    continue;
                untouched++;
                assert_int_equal(info[i].codepoint, glyph.id);
                assert_int_equal(at[i].x_advance, glyph.advance);
                assert_int_equal(at[i].x_offset, 0);
            }
        }
        assert_true(untouched > 8000);
        bx_plain_glyph glyphs[3]; /* one that is missing, or touched, speaks for all */
        assert_true(bx_plan_untouched(plan, (const uint32_t[]){0x4E00, 0x4E8C}, 2, glyphs));
        assert_false(bx_plan_untouched(plan, (const uint32_t[]){0x4E00, 0x10FFFD, 1}, 3, glyphs));
    }
    hb_buffer_destroy(buffer);
}

/* The run of i: two characters, with glyphs that tell which it is. */
static void make_run(uint32_t i, uint32_t *codes, bx_run_glyph *glyphs) {
    codes[0] = 'a' + i % 26;
    codes[1] = '0' + i / 26;
    glyphs[0] = (bx_run_glyph){.id = i, .advance = 500, .code = 0};
    glyphs[1] = (bx_run_glyph){.id = i + 1, .x = -1, .y = 2, .code = 1, .unsafe = true};
}

static bool knows_run(const bx_plan *plan, uint32_t i) {
    uint32_t codes[2], n = 0;
    bx_run_glyph glyphs[BX_LONGEST_RUN], wanted[2];
    make_run(i, codes, wanted);
    if (!bx_plan_run(plan, codes, 2, glyphs, &n))
        return false;
    assert_int_equal(n, 2);
    for (int k = 0; k < 2; k++) {
        assert_int_equal(glyphs[k].id, wanted[k].id);
        assert_int_equal(glyphs[k].advance, wanted[k].advance);
        assert_int_equal(glyphs[k].x, wanted[k].x);
        assert_int_equal(glyphs[k].y, wanted[k].y);
        assert_int_equal(glyphs[k].code, wanted[k].code);
        assert_int_equal(glyphs[k].unsafe, wanted[k].unsafe);
    }
    return true;
}

/* A plan keeps what it is told of runs, each under its own characters, for its own features; of
 * more than there is room for, those that are asked for. */
static void test_runs(void **state) {
    const fixture *f = *state;
    enum { MANY = 20000, USUAL = 40 };
    const bx_face *face = pick(f, "song", 400, false, "zh-Hans", BX_FONT_HAN, 0x4E00);
    hb_language_t language = hb_language_from_string("zh-Hans", -1);
    hb_feature_t kern = {HB_TAG('k', 'e', 'r', 'n'), 0, 0, HB_FEATURE_GLOBAL_END};
    const bx_plan *plan = bx_face_plan(face, HB_SCRIPT_LATIN, language, NULL, 0),
                  *other = bx_face_plan(face, HB_SCRIPT_LATIN, language, &kern, 1);
    assert_ptr_not_equal(plan, other);
    uint32_t codes[BX_LONGEST_RUN + 1] = {0}, known = 0, usual = 0, n = 9;
    bx_run_glyph glyphs[BX_LONGEST_RUN + 1] = {0};
    for (uint32_t i = 0; i < MANY; i++) {
        make_run(i, codes, glyphs);
        assert_false(bx_plan_run(plan, codes, 2, glyphs, &n));
        bx_plan_keep_run(plan, codes, 2, glyphs, 2);
        if (i < USUAL)
            assert_true(knows_run(plan, i));
        else if (i % 100 == 0)
            for (uint32_t k = 0; k < USUAL; k++)
                usual += knows_run(plan, k);
        assert_false(bx_plan_run(plan, codes, 1, glyphs, &n));
        assert_false(knows_run(other, i));
    }
    assert_int_equal(usual, USUAL * (MANY / 100 - 1));
    for (uint32_t i = 0; i < MANY; i++)
        known += knows_run(plan, i);
    assert_true(known > 1000 && known <= 2048);
    for (n = BX_LONGEST_RUN; n <= BX_LONGEST_RUN + 1; n++) { /* long ones, and too long ones */
        uint32_t got;
        bx_plan_keep_run(other, codes, n, glyphs, n);
        assert_int_equal(bx_plan_run(other, codes, n, glyphs, &got), n == BX_LONGEST_RUN);
    }
    static const uint32_t zwsp = 0x200B; /* a run may have no glyphs at all */
    bx_plan_keep_run(other, &zwsp, 1, glyphs, 0);
    assert_true(bx_plan_run(other, &zwsp, 1, glyphs, &n));
    assert_int_equal(n, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_remembered),
        cmocka_unit_test(test_untouched),
        cmocka_unit_test(test_runs),
        cmocka_unit_test(test_languages),
        cmocka_unit_test(test_keys_and_weights),
        cmocka_unit_test(test_class_decides),
        cmocka_unit_test(test_italics),
        cmocka_unit_test(test_other_scripts),
        cmocka_unit_test(test_clusters),
        cmocka_unit_test(test_missing_glyph),
        cmocka_unit_test(test_facts),
        cmocka_unit_test(test_real_names),
        cmocka_unit_test(test_check),
        cmocka_unit_test(test_list),
        cmocka_unit_test(test_required_missing),
        cmocka_unit_test(test_search_by_name),
        cmocka_unit_test(test_bad_tables),
        cmocka_unit_test(test_broken_file),
    };
    const struct CMUnitTest threaded[] = {cmocka_unit_test(test_threads)};
    int failed = cmocka_run_group_tests(tests, set_up, tear_down);
    return failed + cmocka_run_group_tests(threaded, set_up, tear_down);
}
