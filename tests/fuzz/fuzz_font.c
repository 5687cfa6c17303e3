/* A damaged font file: opened, shaped with, measured and embedded.
 *
 * The input damages a sound font, so that it need not be found byte by byte: its first byte chooses
 * the font (CFF, TrueType, colour bitmaps; subsets of the installed ones, made once), the next two
 * how much is cut off its end, and each four bytes after that put one byte somewhere. */
#include "fuzz.h"

#include <hb-subset.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { FONTS = 3 };

static const char text[] = "---\nlayout: committee-daily\n---\n版心：“字”ag1。\n\n**fi** 😀";

static const struct {
    const char *family, *path;
} sources[FONTS] = {
    {"Noto Serif CJK JP", "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc"},
    {"Noto Sans", "/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf"},
    {"Noto Color Emoji", "/usr/share/fonts/truetype/noto/NotoColorEmoji.ttf"},
};
static hb_blob_t *sound[FONTS];
static char folder[64];

/* Everything is set in the family that the font says it is of. */
static void write_table(int font) {
    char path[128];
    const char *family = sources[font].family;
    snprintf(path, sizeof path, "%s/families.yaml", folder);
    FILE *f = fopen(path, "w");
    fprintf(f, "folders: [.]\nfamilies:\n  %s: {regular: x.ttf, bold: x.ttf}\n", family);
    fputs("default: song\nlanguage: zh-Hans\nkeys:\n", f);
    static const char *const keys[] = {"song", "hei", "kai", "mono"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        fprintf(f, "  %s: {han: {zh-Hans: %s}}\n", keys[i], family);
    fclose(f);
}

static void clean_up(void) {
    char path[128];
    snprintf(path, sizeof path, "%s/x.ttf", folder);
    unlink(path);
    snprintf(path, sizeof path, "%s/families.yaml", folder);
    unlink(path);
    rmdir(folder);
    for (int i = 0; i < FONTS; i++)
        hb_blob_destroy(sound[i]);
}

static void make_sound_fonts(void) {
    strcpy(folder, "/tmp/banxin-fuzz-XXXXXX");
    if (!mkdtemp(folder))
        abort();
    for (int i = 0; i < FONTS; i++) {
        hb_blob_t *blob = hb_blob_create_from_file_or_fail(sources[i].path);
        hb_face_t *face = hb_face_create(blob, 0);
        hb_subset_input_t *input = hb_subset_input_create_or_fail();
        hb_set_t *set = hb_subset_input_unicode_set(input);
        hb_set_add_range(set, 0x20, 0x7E);
        hb_set_add(set, 0x7248); /* 版 */
        hb_set_add(set, 0x5FC3); /* 心 */
        hb_set_add(set, 0x5B57); /* 字 */
        hb_set_add(set, 0x1F600);
        hb_face_t *small = hb_subset_or_fail(face, input);
        sound[i] = small ? hb_face_reference_blob(small) : hb_blob_get_empty();
        hb_face_destroy(small);
        hb_subset_input_destroy(input);
        hb_face_destroy(face);
        hb_blob_destroy(blob);
    }
    atexit(clean_up);
}

static void write_damaged(const uint8_t *data, size_t size) {
    unsigned n;
    write_table(data[0] % FONTS);
    const char *bytes = hb_blob_get_data(sound[data[0] % FONTS], &n);
    char *copy = malloc((size_t)n + 1), path[128];
    if (!copy)
        abort();
    if (n)
        memcpy(copy, bytes, n);
    for (size_t at = 3; n && at + 4 <= size; at += 4)
        copy[((unsigned)data[at] << 16 | (unsigned)data[at + 1] << 8 | data[at + 2]) % n] =
            (char)data[at + 3];
    unsigned cut = (unsigned)data[1] << 8 | data[2];
    snprintf(path, sizeof path, "%s/x.ttf", folder);
    FILE *f = fopen(path, "wb");
    fwrite(copy, 1, n > cut ? n - cut : 0, f);
    fclose(f);
    free(copy);
}

static void build(bx_press *press) {
    bx_job_options options = {.limits = fuzz_limits};
    bx_job *job;
    if (bx_job_open(press, &options, &job) != BX_OK)
        return;
    const bx_font_row *rows;
    size_t n;
    bx_job_fonts(job, &rows, &n);
    if (bx_job_read(job, "x.md", text, sizeof text - 1) == BX_OK)
        bx_job_build(job, fuzz_discard, NULL);
    bx_job_close(job);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const char *const layouts[] = {BX_SOURCE_DIR "/layouts", NULL};
    const char *fonts[] = {folder, NULL};
    if (!folder[0])
        make_sound_fonts();
    if (size < 3 || size > 4096)
        return 0;
    write_damaged(data, size);
    bx_press_options options = {.layout_folders = layouts, .font_folders = fonts};
    bx_press *press;
    if (bx_press_open(&options, &press) == BX_OK) {
        build(press);
        bx_press_close(press);
    }
    return 0;
}
