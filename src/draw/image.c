#include "draw/image_read.h"

bool bx_image_broken(const image_file *file, const char *format, ...) {
    va_list args;
    va_start(args, format);
    bx_str why = bx_str_vfmt(file->report->arena, bx_word(file->report->words, format), args);
    va_end(args);
    bx_say(file->report, BX_D_IMAGE_BROKEN, file->asked, "the image “%.*s” %.*s",
           BX_STR_ARG(file->name), BX_STR_ARG(why));
    return false;
}

bool bx_image_needs(const image_file *file, const char *format, const char *library) {
    bx_image_broken(file, "is in the format %s, which needs %s", format, library);
    bx_hint(file->report, "Install %s, or use PNG or JPEG", library);
    return false;
}

bool bx_image_set_size(const image_file *file, bx_image *image, uint64_t width, uint64_t height) {
    if (width == 0 || height == 0)
        return bx_image_broken(file, "has no pixels");
    if (width > UINT32_MAX || height > UINT32_MAX)
        return bx_image_broken(file, "is larger than its format allows");
    if (!bx_within(file->report, BX_LIMIT_PIXELS, width * height, file->asked)) {
        bx_hint(file->report, "“%.*s” has %llu × %llu; a page at 300 dpi needs 9 million",
                BX_STR_ARG(file->name), (unsigned long long)width, (unsigned long long)height);
        return false;
    }
    image->width = (uint32_t)width;
    image->height = (uint32_t)height;
    return true;
}

void bx_image_new_planes(bx_arena *arena, bx_image *image, uint8_t components, uint8_t bits,
                         bool alpha) {
    size_t pixels = (size_t)image->width * image->height;
    image->kind = BX_IMAGE_RASTER;
    image->components = components;
    image->bits = bits;
    size_t n = pixels * components * (bits / 8);
    image->bytes = (bx_str){bx_alloc(arena, n), (uint32_t)n};
    if (alpha)
        image->alpha = (bx_str){bx_alloc(arena, pixels), (uint32_t)pixels};
}

void bx_image_split(bx_image *image, const uint8_t *samples) {
    size_t pixels = (size_t)image->width * image->height;
    size_t wide = image->bits / 8, color = image->components * wide;
    uint8_t *to = (uint8_t *)image->bytes.p, *alpha = (uint8_t *)image->alpha.p, least = 255;
    for (size_t i = 0; i < pixels; i++, samples += color + wide, to += color) {
        memcpy(to, samples, color);
        alpha[i] = samples[color];
        least = alpha[i] < least ? alpha[i] : least;
    }
    if (least == 255)
        image->alpha = (bx_str){0};
}

void bx_image_set_icc(bx_arena *arena, bx_image *image, const void *bytes, size_t n) {
    static const char *const spaces[] = {[1] = "GRAY", [3] = "RGB ", [4] = "CMYK"};
    const char *p = bytes;
    const char *space = image->components <= 4 ? spaces[image->components] : NULL;
    if (n < 132 || n > UINT32_MAX || !space || memcmp(p + 16, space, 4) != 0 ||
        memcmp(p + 36, "acsp", 4) != 0)
        return;
    image->icc = bx_str_dup(arena, (bx_str){p, (uint32_t)n});
}

bx_image_view bx_image_upright(const bx_image *image) {
    if (image->orientation < 5)
        return (bx_image_view){image->width, image->height, image->dpi_x, image->dpi_y};
    return (bx_image_view){image->height, image->width, image->dpi_y, image->dpi_x};
}

bx_image_turn bx_image_turned(const bx_image *image) {
    static const bx_image_turn turns[9] = {
        {{0, 0}, {1, 0}, {0, 1}},   {{0, 0}, {1, 0}, {0, 1}},  {{1, 0}, {-1, 0}, {0, 1}},
        {{1, 1}, {-1, 0}, {0, -1}}, {{0, 1}, {1, 0}, {0, -1}}, {{1, 1}, {0, -1}, {-1, 0}},
        {{0, 1}, {0, -1}, {1, 0}},  {{0, 0}, {0, 1}, {1, 0}},  {{1, 0}, {0, 1}, {-1, 0}},
    };
    return turns[image->orientation <= 8 ? image->orientation : 1];
}

typedef bool (*image_reader)(const image_file *file, bx_image *image);

/* XML whose first element is svg, as far as its first bytes tell. */
static bool is_svg(bx_str bytes) {
    if (bx_str_starts(bytes, BX_STR("\xEF\xBB\xBF")))
        bytes = bx_str_sub(bytes, 3, bytes.n);
    bytes = bx_str_trim(bx_str_sub(bytes, 0, bytes.n < 4096 ? bytes.n : 4096));
    return bx_str_starts(bytes, BX_STR("<")) && bx_str_find(bytes, BX_STR("<svg")) >= 0;
}

/* The reader for a file's first bytes, or NULL. */
static image_reader reader_of(bx_str bytes) {
    if (bx_str_starts(bytes, BX_STR("\x89PNG\r\n\x1A\n")))
        return bx_image_read_png;
    if (bx_str_starts(bytes, BX_STR("\xFF\xD8\xFF")))
        return bx_image_read_jpeg;
    if (bx_str_starts(bytes, BX_STR("GIF87a")) || bx_str_starts(bytes, BX_STR("GIF89a")))
        return bx_image_read_gif;
    if (is_svg(bytes))
        return bx_image_read_svg;
    if (bytes.n < 12)
        return NULL;
    if (bx_str_starts(bytes, BX_STR("RIFF")) && memcmp(bytes.p + 8, "WEBP", 4) == 0)
        return bx_image_read_webp;
    if (memcmp(bytes.p + 4, "ftypavif", 8) == 0 || memcmp(bytes.p + 4, "ftypavis", 8) == 0 ||
        memcmp(bytes.p + 4, "ftypmif1", 8) == 0)
        return bx_image_read_avif;
    return NULL;
}

const bx_image *bx_image_read(bx_arena *arena, bx_str file_bytes, bx_str name, bx_span asked,
                              const bx_fonts *fonts, bx_report *report) {
    image_file file = {arena, file_bytes, name, asked, fonts, report};
    image_reader read = reader_of(file_bytes);
    if (!read) {
        bx_image_broken(&file, file_bytes.n ? "is of a kind that is not read" : "is empty");
        bx_hint(report, "Use PNG, JPEG, WebP, AVIF, GIF or SVG");
        return NULL;
    }
    bx_image *image = bx_new(arena, bx_image);
    image->orientation = 1;
    if (!read(&file, image))
        return NULL;
    image->digest = bx_sha256(&file_bytes, 1);
    return image;
}
