/* Fonts cut down: charstrings taken apart, and the same outlines as hb-subset finds. */
#include "output/pdf/charstring.h"
#include "output/pdf/subset.h"
#include "pdf/sheet.h"
#include "support/cmocka_all.h"

#include <hb-subset.h>
#include <hb.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static int set_up(void **state) {
    *state = sheet_new("zh-Hans");
    return ((sheet *)*state)->fonts ? 0 : -1;
}

static int tear_down(void **state) {
    sheet_drop(*state);
    return 0;
}

/* Bytes written as hexadecimal digits, with blanks anywhere. */
static bx_str bytes_of(bx_arena *arena, const char *hex) {
    bx_buf out = bx_buf_new(arena);
    int high = -1;
    for (; *hex; hex++) {
        if (*hex == ' ')
            continue;
        int digit = *hex <= '9' ? *hex - '0' : *hex - 'A' + 10;
        if (high >= 0)
            bx_buf_char(&out, (char)(high << 4 | digit));
        high = high < 0 ? digit : -1;
    }
    return bx_buf_view(&out);
}

/* An INDEX of one program, or none. */
static bx_cff_index index_of(bx_arena *arena, const char *hex) {
    if (!hex)
        return (bx_cff_index){0};
    bx_str program = bytes_of(arena, hex);
    bx_buf data = bx_buf_new(arena), offsets = bx_buf_new(arena);
    bx_buf_char(&data, 0);
    bx_buf_str(&data, program);
    bx_buf_char(&offsets, 1);
    bx_buf_char(&offsets, (char)(1 + program.n));
    return (bx_cff_index){bx_buf_view(&offsets), bx_buf_view(&data), 1, 1};
}

/* 8B is 0, 8C is 1 …; 20 is -107, the number by which a font's first subroutine is called. */
static void charstrings_are_flattened(void **state) {
    static const struct {
        const char *what, *program, *local, *global, *flat; /* flat NULL: cannot be done */
    } cases[] = {
        {"a path stays", "8C 8D 15 8E 8F 05 0E", NULL, NULL, "8C 8D 15 8E 8F 05 0E"},
        {"numbers of all lengths", "1C 0102 F7 00 FF 00018000 15 0E", NULL, NULL,
         "1C 0102 F7 00 FF 00018000 15 0E"},
        {"stems go", "8C 8D 01 8C 8D 03 8C 16 0E", NULL, NULL, "8C 16 0E"},
        {"the width before stems stays", "90 8C 8D 01 8C 8D 03 8C 16 0E", NULL, NULL,
         "90 8C 16 0E"},
        {"the width before a mask", "90 8C 8D 13 80 8C 16 0E", NULL, NULL, "90 8C 16 0E"},
        {"a mask alone after its width", "90 13 8C 16 0E", NULL, NULL, "90 8C 16 0E"},
        {"a mask of two bytes for nine stems",
         "8C8D 8C8D 8C8D 8C8D 12 8C8D 8C8D 8C8D 8C8D 8C8D 13 1515 8C 04 0E", NULL, NULL,
         "8C 04 0E"},
        {"a counter mask", "8C8D 12 8C8D 17 14 0E 8C 04 0E", NULL, NULL, "8C 04 0E"},
        {"a blank with a width", "90 0E", NULL, NULL, "90 0E"},
        {"a local subroutine", "8C 8D 15 20 0A 0E", "8E 8F 05 0B", NULL, "8C 8D 15 8E 8F 05 0E"},
        {"a global one, of numbers", "8C 20 1D 15 0E", NULL, "8D 0B", "8C 8D 15 0E"},
        {"one in another", "8C 16 20 0A", "20 1D 0E", "8E 06 0B", "8C 16 8E 06 0E"},
        {"one that ends without return", "8C 16 20 0A 0E", "8E 06", NULL, "8C 16 8E 06 0E"},
        {"stems in a subroutine", "90 20 0A 13 80 8C 16 0E", "8C 8D 12 8C 8D 0B", NULL,
         "90 8C 16 0E"},
        {"flex", "8C 16 8C8C8C8C8C8C8C 0C 22 0E", NULL, NULL, "8C 16 8C8C8C8C8C8C8C 0C 22 0E"},
        {"dotsection goes", "8C 16 0C 00 8C 06 0E", NULL, NULL, "8C 16 8C 06 0E"},
        {"what follows the end goes", "0E 8C 16", NULL, NULL, "0E"},
        {"no end", "8C 16", NULL, NULL, NULL},
        {"an accented letter", "8B 8B 8C 8D 0E", NULL, NULL, NULL},
        {"an accented letter with a width", "8B 8B 8B 8C 8D 0E", NULL, NULL, NULL},
        {"arithmetic", "8C 8C 0C 0A 16 0E", NULL, NULL, NULL},
        {"no such subroutine", "21 0A 0E", "0B", NULL, NULL},
        {"a subroutine of a font without", "20 0A 0E", NULL, NULL, NULL},
        {"a call without a number", "0A 0E", "0B", NULL, NULL},
        {"a call by a fraction", "FF 00010000 0A 0E", "0B", NULL, NULL},
        {"one that calls itself", "20 0A 0E", "20 0A 0B", NULL, NULL},
        {"two that call each other many times", "20 0A 0E", "20 1D 20 1D 20 1D 20 1D 0B",
         "20 0A 20 0A 20 0A 20 0A 0B", NULL},
        {"a return from nowhere", "0B 0E", NULL, NULL, NULL},
        {"a number cut short", "1C 01", NULL, NULL, NULL},
        {"a mask cut short", "8C 8D 13", NULL, NULL, NULL},
        {"an escape cut short", "0C", NULL, NULL, NULL},
        {"a reserved operator", "8C 02 0E", NULL, NULL, NULL},
        {"too many numbers",
         "8B8B8B8B8B8B8B8B8B8B8B8B8B8B8B8B8B8B8B8B8B8B8B8B8B8B8B8B8B8B8B8B8B8B8B8B8B8B8B8B8B8B8B8B"
         "8B8B8B8B8B 05 0E",
         NULL, NULL, NULL},
    };
    sheet *s = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bx_cff_font font = {.subrs = index_of(s->arena, cases[i].local)};
        bx_cff cff = {.charstrings = index_of(s->arena, cases[i].program),
                      .subrs = index_of(s->arena, cases[i].global),
                      .fonts = &font,
                      .n_fonts = 1};
        bx_buf out = bx_buf_new(s->arena);
        bx_buf_char(&out, '>'); /* what stands there already stays */
        bool flat = bx_charstring_flatten(&cff, 0, &out);
        if (flat != (cases[i].flat != NULL))
            fail_msg("%s: %s", cases[i].what, flat ? "done" : "refused");
        if (!flat)
            continue;
        bx_str expected = bytes_of(s->arena, cases[i].flat);
        if (out.n != expected.n + 1 || out.p[0] != '>' ||
            memcmp(out.p + 1, expected.p, expected.n) != 0)
            fail_msg("%s: another program", cases[i].what);
    }
}

static bx_str blob_bytes(hb_blob_t *blob) {
    unsigned n;
    const char *p = hb_blob_get_data(blob, &n);
    return (bx_str){p, n};
}

/* The CFF table of the glyphs' font as hb-subset makes it, without hints and subroutines. */
static bx_str harfbuzz_subset(bx_arena *arena, hb_face_t *face, const uint32_t *glyphs,
                              uint32_t n) {
    hb_subset_input_t *input = hb_subset_input_create_or_fail();
    for (uint32_t i = 0; i < n; i++)
        hb_set_add(hb_subset_input_glyph_set(input), glyphs[i]);
    hb_subset_input_set_flags(input, HB_SUBSET_FLAGS_NO_HINTING | HB_SUBSET_FLAGS_DESUBROUTINIZE);
    hb_set_add(hb_subset_input_set(input, HB_SUBSET_SETS_DROP_TABLE_TAG),
               HB_TAG('G', 'S', 'U', 'B')); /* or its glyphs would come in */
    hb_face_t *made = hb_subset_or_fail(face, input);
    assert_non_null(made);
    hb_blob_t *blob = hb_face_reference_table(made, HB_TAG('C', 'F', 'F', ' '));
    bx_str bytes = bx_str_dup(arena, blob_bytes(blob));
    hb_blob_destroy(blob);
    hb_face_destroy(made);
    hb_subset_input_destroy(input);
    return bytes;
}

/* Every outline of a font, or one in `step`, against hb-subset's. */
static void compare_outlines(sheet *s, const char *family, bool italic, uint32_t step) {
    bx_font_query query = {.style = {.family = bx_str_of(family), .weight = 400, .italic = italic},
                           .lang = BX_STR("zh-Hans"),
                           .script_class = italic ? BX_FONT_LATIN : BX_FONT_HAN,
                           .cluster = (const uint32_t[]){italic ? 'a' : 0x4E00},
                           .n = 1};
    bool missing;
    const bx_face *face = bx_fonts_pick(s->fonts, &query, &missing);
    assert_int_not_equal(bx_face_get(face)->format, BX_FACE_TRUETYPE);
    uint32_t n = 0, *glyphs = bx_new_n(s->arena, uint32_t, bx_face_get(face)->n_glyphs);
    for (uint32_t g = 1; g < bx_face_get(face)->n_glyphs; g += step)
        glyphs[n++] = g;

    hb_face_t *hb = bx_face_hb_face(face);
    hb_blob_t *table = hb_face_reference_table(hb, HB_TAG('C', 'F', 'F', ' '));
    bx_cff source, ours, theirs;
    bx_str made;
    assert_true(bx_cff_read(s->arena, blob_bytes(table), &source));
    assert_true(bx_cff_subset(s->arena, &source, glyphs, n, &made));
    assert_true(bx_cff_read(s->arena, made, &ours));
    assert_true(bx_cff_read(s->arena, harfbuzz_subset(s->arena, hb, glyphs, n), &theirs));
    assert_int_equal(ours.charstrings.n, n + 1);
    assert_int_equal(theirs.charstrings.n, n + 1);
    for (uint32_t i = 0; i <= n; i++) {
        bx_str a = bx_cff_entry(&ours.charstrings, i), b = bx_cff_entry(&theirs.charstrings, i);
        if (!bx_str_eq(a, b))
            fail_msg("%s: glyph %u has another outline", family, i ? glyphs[i - 1] : 0);
        const bx_cff_font *f = &ours.fonts[bx_cff_font_of(&ours, i)];
        const bx_cff_font *g = &theirs.fonts[bx_cff_font_of(&theirs, i)];
        assert_true(bx_str_eq(f->default_width, g->default_width));
        assert_true(bx_str_eq(f->nominal_width, g->nominal_width));
    }
    hb_blob_destroy(table);
}

static void outlines_are_those_of_the_font(void **state) {
    compare_outlines(*state, "song", false, 29);
    compare_outlines(*state, "hei", false, 31);
    compare_outlines(*state, "song", true, 1);
}

static bx_usage usage_of(sheet *s) {
    bx_usage usage = {.arena = s->arena, .scratch = bx_arena_side(s->arena)};
    bx_placed_list items = {0};
    bx_flatten(s->arena, s->frame, 0, 0, &items);
    bx_usage_note(&usage, &items);
    bx_usage_settle(&usage);
    return usage;
}

/* What is embedded of a CID-keyed font and of a name-keyed one has each glyph's place as its CID.
 */
static void subsets_are_dense(void **state) {
    sheet *s = *state;
    sheet_page(s, 100, 100, "1");
    sheet_text(s, 0, 10, 10, 20, "天地玄黄abc");
    sheet_style(s, "song", 400, true, (bx_color){0});
    sheet_text(s, 0, 10, 10, 40, "abc");
    bx_usage usage = usage_of(s);
    assert_int_equal(usage.fonts.n, 2);
    for (uint32_t i = 0; i < usage.fonts.n; i++) {
        bx_font_use *font = usage.fonts.at[i];
        bx_subset subset;
        bx_cff cff;
        assert_true(bx_subset_make(s->arena, font, &subset));
        assert_true(subset.cff);
        assert_true(bx_cff_read(s->arena, subset.program, &cff));
        assert_true(cff.cid_keyed);
        assert_int_equal(cff.charstrings.n, font->uses.n + 1);
        const uint16_t *cids = bx_cff_cids(s->arena, &cff);
        assert_non_null(cids);
        for (uint32_t g = 0; g < cff.charstrings.n; g++)
            assert_int_equal(cids[g], g);
        for (uint32_t k = 0; k < font->uses.n; k++)
            assert_int_equal(font->uses.at[k].code, k + 1);
    }
}

/* A copy of a font file in which the glyph of W is put together from A and a, as old fonts make
 * their accented letters. */
static void write_old_font(const bx_face *face, const char *path) {
    hb_blob_t *file = hb_blob_create_from_file(bx_face_get(face)->path.p);
    hb_blob_t *table = hb_face_reference_table(bx_face_hb_face(face), HB_TAG('C', 'F', 'F', ' '));
    bx_memory memory = {0};
    bx_arena *arena = bx_arena_new(&memory);
    bx_cff cff;
    assert_true(bx_cff_read(arena, blob_bytes(table), &cff));
    bx_str program = bx_cff_entry(&cff.charstrings, bx_face_glyph(face, 'W', 0));
    bx_str whole = blob_bytes(file);
    int64_t at = bx_str_find(whole, program);
    assert_true(at > 0);
    char *copy = malloc(whole.n);
    memcpy(copy, whole.p, whole.n);
    memcpy(copy + at, "\x8B\x8B\xCC\xEC\x0E", 5); /* 0 0 A a endchar */
    FILE *out = fopen(path, "wb");
    assert_int_equal(fwrite(copy, 1, whole.n, out), whole.n);
    assert_int_equal(fclose(out), 0);
    free(copy);
    bx_arena_drop(arena);
    hb_blob_destroy(table);
    hb_blob_destroy(file);
}

static const bx_face *italic_face(const bx_fonts *fonts) {
    bx_font_query query = {.style = {.family = BX_STR("song"), .weight = 400, .italic = true},
                           .lang = BX_STR("zh-Hans"),
                           .script_class = BX_FONT_LATIN,
                           .cluster = (const uint32_t[]){'W'},
                           .n = 1};
    bool missing;
    return bx_fonts_pick(fonts, &query, &missing);
}

/* What cannot be taken apart is hb-subset's to cut down: it brings the letters' parts along. */
static void accented_letters_keep_their_parts(void **state) {
    sheet *s = *state;
    char folder[] = "/tmp/banxin-cff-XXXXXX";
    assert_non_null(mkdtemp(folder));
    const bx_face *face = italic_face(s->fonts);
    bx_str name = bx_face_get(face)->path;
    const char *path = bx_str_fmt(s->arena, "%s%s", folder, strrchr(name.p, '/')).p;
    write_old_font(face, path);

    bx_font_options options = {.folders = (const bx_str[]){bx_str_of(folder)},
                               .n_folders = 1,
                               .table = BX_STR(BX_SOURCE_DIR "/fonts/families.yaml")};
    bx_fonts *fonts = bx_fonts_open(s->arena, &options, s->report);
    assert_non_null(fonts);
    face = italic_face(fonts);
    assert_string_equal(bx_face_get(face)->path.p, path);
    bx_font_use font = {.face = face, .info = bx_face_get(face)};
    bx_push(s->arena, &font.uses, (bx_glyph_use){.glyph = bx_face_glyph(face, 'W', 0)});
    bx_subset subset;
    bx_cff cff;
    assert_true(bx_subset_make(s->arena, &font, &subset));
    assert_true(bx_cff_read(s->arena, subset.program, &cff));
    assert_int_equal(cff.charstrings.n, 4);
    assert_in_range(font.uses.at[0].code, 1, 3);
    unlink(path);
    rmdir(folder);
}

static void broken_cff_is_refused(void **state) {
    sheet *s = *state;
    /* Header, Name INDEX of one name, Top DICT INDEX of one dictionary that points outside. */
    static const char table[] = "\1\0\4\1\0\1\1\1\2A\0\1\1\1\4\x1C\x7F\xFF\x11";
    bx_cff cff;
    for (uint32_t n = 0; n < sizeof table; n++) {
        char *copy = malloc(n ? n : 1); /* so that a read past its end is seen */
        memcpy(copy, table, n);
        assert_false(bx_cff_read(s->arena, (bx_str){copy, n}, &cff));
        free(copy);
    }
}

/* A font with random bytes changed is read or refused, never read past its end. */
static void spoilt_cff_does_no_harm(void **state) {
    sheet *s = *state;
    bx_subset subset;
    sheet_page(s, 100, 100, "1");
    sheet_text(s, 0, 10, 10, 20, "天a");
    bx_usage usage = usage_of(s);
    assert_true(bx_subset_make(s->arena, usage.fonts.at[0], &subset));
    uint32_t random = 1, read = 0, n = subset.program.n;
    static const uint32_t glyphs[] = {1, 2};
    for (int round = 0; round < 3000; round++) {
        char *copy = malloc(n);
        memcpy(copy, subset.program.p, n);
        for (int k = 0; k < 3; k++) {
            random = random * 1664525 + 1013904223;
            copy[(random >> 8) % (round % 2 ? n : 120)] = (char)(random >> 24);
        }
        bx_mark mark = bx_arena_mark(s->arena);
        bx_cff cff;
        bx_str out;
        if (bx_cff_read(s->arena, (bx_str){copy, n}, &cff)) {
            bx_cff_cids(s->arena, &cff);
            read += bx_cff_subset(s->arena, &cff, glyphs, 2, &out);
        }
        bx_arena_rewind(s->arena, mark);
        free(copy);
    }
    assert_in_range(read, 1, 2999);
}

int main(void) {
    const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
        T(charstrings_are_flattened), T(outlines_are_those_of_the_font),
        T(subsets_are_dense),         T(accented_letters_keep_their_parts),
        T(broken_cff_is_refused),     T(spoilt_cff_does_no_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
