/* Pictures of every format that is read, made here with the formats' own libraries; then the same
 * files cut off and spoilt, which must end in a message and never in a crash. */
#include "draw/image.h"
#include "draw/reduce.h"
#include "support/bench.h"

#include <avif/avif.h>
#include <gif_lib.h>
#include <stdio.h>
#include <stdlib.h>

#include <jpeglib.h>
#include <png.h>
#include <webp/encode.h>

enum { W = 13, H = 9 };

static const bx_image *read(bench *f, bx_str bytes) {
    return bx_image_read(f->arena, bytes, BX_STR("a.png"), (bx_span){0}, NULL, f->report);
}

/* The test picture: channel c at x, y. */
static uint8_t sample(int x, int y, int c) { return (uint8_t)(x * 17 + y * 29 * (c + 1) + c * 50); }

typedef struct png_kind {
    int type, bits;
    bool interlaced, trns;
} png_kind;

static void png_to_buf(png_structp p, png_bytep bytes, size_t n) {
    bx_buf_add(png_get_io_ptr(p), bytes, n);
}

static void png_ignore_flush(png_structp p) { (void)p; }

static void write_trns(png_structp p, png_infop info, const png_kind *kind) {
    png_color_16 color = {
        .red = sample(2, 3, 0), .green = sample(2, 3, 1), .blue = sample(2, 3, 2)};
    color.gray = kind->bits < 8 ? 1 : sample(2, 3, 0);
    if (kind->bits == 16) {
        color.red = (uint16_t)(color.red * 257);
        color.green = (uint16_t)(color.green * 257);
        color.blue = (uint16_t)(color.blue * 257);
        color.gray = (uint16_t)(color.gray * 257);
    }
    png_byte palette[2] = {0, 128};
    png_set_tRNS(p, info, palette, kind->type == PNG_COLOR_TYPE_PALETTE ? 2 : 0, &color);
}

static bx_str write_png(bench *f, const png_kind *kind) {
    bx_buf buf = bx_buf_new(f->arena);
    png_structp p = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
    png_infop info = png_create_info_struct(p);
    png_set_write_fn(p, &buf, png_to_buf, png_ignore_flush);
    png_set_IHDR(p, info, W, H, kind->bits, kind->type,
                 kind->interlaced ? PNG_INTERLACE_ADAM7 : PNG_INTERLACE_NONE, 0, 0);
    png_set_pHYs(p, info, 11811, 5906, PNG_RESOLUTION_METER);
    if (kind->type == PNG_COLOR_TYPE_PALETTE) {
        png_color colors[4] = {{1, 2, 3}, {10, 20, 30}, {100, 110, 120}, {250, 251, 252}};
        png_set_PLTE(p, info, colors, kind->bits == 1 ? 2 : 4);
    }
    if (kind->trns)
        write_trns(p, info, kind);
    png_write_info(p, info);
    int channels = png_get_channels(p, info);
    uint8_t rows[H][W * 8] = {{0}};
    png_bytep at[H];
    for (int y = 0; y < H; y++) {
        at[y] = rows[y];
        for (int x = 0; x < W; x++)
            for (int c = 0; c < channels; c++) {
                int i = x * channels + c;
                if (kind->bits == 16)
                    rows[y][2 * i] = rows[y][2 * i + 1] = sample(x, y, c);
                else if (kind->bits == 8)
                    rows[y][i] =
                        kind->type == PNG_COLOR_TYPE_PALETTE ? (x + y) % 4 : sample(x, y, c);
                else
                    rows[y][x * kind->bits / 8] |=
                        (uint8_t)((x + y) % (kind->bits == 1 ? 2 : 4)
                                  << (8 - kind->bits - x * kind->bits % 8));
            }
    }
    png_write_image(p, at);
    png_write_end(p, info);
    png_destroy_write_struct(&p, &info);
    return bx_buf_view(&buf);
}

static const png_kind png_kinds[] = {
    {PNG_COLOR_TYPE_GRAY, 1, false, false},       {PNG_COLOR_TYPE_GRAY, 2, true, false},
    {PNG_COLOR_TYPE_GRAY, 4, false, true},        {PNG_COLOR_TYPE_GRAY, 8, true, false},
    {PNG_COLOR_TYPE_GRAY, 16, false, false},      {PNG_COLOR_TYPE_GRAY, 16, true, true},
    {PNG_COLOR_TYPE_GRAY_ALPHA, 8, false, false}, {PNG_COLOR_TYPE_GRAY_ALPHA, 16, true, false},
    {PNG_COLOR_TYPE_RGB, 8, false, false},        {PNG_COLOR_TYPE_RGB, 8, true, true},
    {PNG_COLOR_TYPE_RGB, 16, false, true},        {PNG_COLOR_TYPE_RGB, 16, true, false},
    {PNG_COLOR_TYPE_RGB_ALPHA, 8, true, false},   {PNG_COLOR_TYPE_RGB_ALPHA, 16, false, false},
    {PNG_COLOR_TYPE_PALETTE, 1, false, false},    {PNG_COLOR_TYPE_PALETTE, 2, true, true},
    {PNG_COLOR_TYPE_PALETTE, 4, false, true},     {PNG_COLOR_TYPE_PALETTE, 8, true, false},
};
enum { PNG_KINDS = sizeof png_kinds / sizeof *png_kinds };

/* The color that sample (x, y, c) of a kind of file must become, in 8 bits. */
static int expected(const png_kind *kind, int x, int y, int c) {
    if (kind->bits >= 8)
        return sample(x, y, c);
    int levels = kind->bits == 1 ? 2 : 4;
    return (x + y) % levels * (255 / ((1 << kind->bits) - 1));
}

static void check_png(const bx_image *image, const png_kind *kind) {
    bool color = kind->type & PNG_COLOR_MASK_COLOR, alpha = kind->type & PNG_COLOR_MASK_ALPHA;
    bool palette = kind->type == PNG_COLOR_TYPE_PALETTE;
    assert_int_equal(image->kind, BX_IMAGE_RASTER);
    assert_int_equal(image->width, W);
    assert_int_equal(image->height, H);
    assert_int_equal(image->dpi_x, 300);
    assert_int_equal(image->dpi_y, 150);
    assert_int_equal(image->components, color ? 3 : 1);
    assert_int_equal(image->bits, kind->bits == 16 ? 16 : 8);
    assert_int_equal(image->alpha.n, alpha || kind->trns ? W * H : 0);
    assert_int_equal(image->palette.n > 0, palette);
    size_t step = image->bits / 8, stored = palette ? 1 : image->components;
    assert_int_equal(image->bytes.n, W * H * stored * step);
    const uint8_t *p = (const uint8_t *)image->bytes.p;
    for (int y = 0; y < H; y++)
        for (int x = 0; x < W; x++) {
            for (size_t c = 0; c < stored; c++) {
                int want =
                    palette ? (x + y) % (kind->bits == 1 ? 2 : 4) : expected(kind, x, y, (int)c);
                assert_int_equal(p[((size_t)(y * W + x) * stored + c) * step], want);
            }
            if (!image->alpha.n)
                continue;
            int a = (uint8_t)image->alpha.p[y * W + x], key = (x + y) % 4;
            if (alpha)
                assert_int_equal(a, sample(x, y, color ? 3 : 1));
            else if (palette)
                assert_int_equal(a, key == 0 ? 0 : key == 1 ? 128 : 255);
            else if (kind->bits < 8)
                assert_int_equal(a, key == 1 ? 0 : 255);
            else if (x == 2 && y == 3)
                assert_int_equal(a, 0);
        }
}

static void test_png(void **state) {
    bench *f = *state;
    for (int i = 0; i < PNG_KINDS; i++) {
        const bx_image *image = read(f, write_png(f, &png_kinds[i]));
        if (!image)
            fail_msg("PNG kind %d: %.*s", i, BX_STR_ARG(f->report->list.at[0].message));
        check_png(image, &png_kinds[i]);
    }
    assert_int_equal(f->report->list.n, 0);
}

static void test_png_limits(void **state) {
    bench *f = *state;
    bx_str png = write_png(f, &png_kinds[8]);
    /* Dimensions of 2^30 in the header, with a right checksum: refused before anything is decoded.
     */
    uint8_t *p = (uint8_t *)png.p;
    memcpy(p + 16, "\x40\0\0\0\x40\0\0\0", 8);
    uint32_t crc = 0xFFFFFFFF;
    for (int i = 12; i < 29; i++) {
        crc ^= p[i];
        for (int k = 0; k < 8; k++)
            crc = crc >> 1 ^ (crc & 1 ? 0xEDB88320 : 0);
    }
    crc = ~crc;
    for (int i = 0; i < 4; i++)
        p[29 + i] = (uint8_t)(crc >> (24 - 8 * i));
    assert_null(read(f, png));
    assert_int_equal(f->report->list.n, 1);
    assert_true(f->memory->peak < 1 << 20);
}

static bx_str write_jpeg(bench *f, J_COLOR_SPACE space, int components, bool progressive) {
    struct jpeg_compress_struct c;
    struct jpeg_error_mgr errors;
    unsigned char *out = NULL;
    unsigned long n = 0;
    c.err = jpeg_std_error(&errors);
    jpeg_create_compress(&c);
    jpeg_mem_dest(&c, &out, &n);
    c.image_width = W;
    c.image_height = H;
    c.input_components = components;
    c.in_color_space = space;
    jpeg_set_defaults(&c);
    c.density_unit = 2;
    c.X_density = 118;
    c.Y_density = 59;
    if (progressive)
        jpeg_simple_progression(&c);
    jpeg_start_compress(&c, TRUE);
    /* Exif in big-endian order: one tag, Orientation 6. */
    static const unsigned char exif[] =
        "Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0";
    if (progressive)
        jpeg_write_marker(&c, JPEG_APP0 + 1, exif, sizeof exif - 1);
    uint8_t row[W * 4];
    for (int y = 0; y < H; y++) {
        for (int i = 0; i < W * components; i++)
            row[i] = sample(i / components, y, i % components);
        JSAMPROW rows[] = {row};
        jpeg_write_scanlines(&c, rows, 1);
    }
    jpeg_finish_compress(&c);
    jpeg_destroy_compress(&c);
    bx_str bytes = bx_str_dup(f->arena, (bx_str){(char *)out, (uint32_t)n});
    free(out);
    return bytes;
}

static void test_jpeg(void **state) {
    bench *f = *state;
    bx_str file = write_jpeg(f, JCS_RGB, 3, false);
    const bx_image *image = read(f, file);
    assert_non_null(image);
    assert_int_equal(image->kind, BX_IMAGE_JPEG);
    assert_ptr_equal(image->bytes.p, file.p);
    assert_int_equal(image->width, W);
    assert_int_equal(image->height, H);
    assert_int_equal(image->components, 3);
    assert_int_equal(image->bits, 8);
    assert_int_equal(image->dpi_x, 300);
    assert_int_equal(image->dpi_y, 150);
    assert_int_equal(image->orientation, 1);
    assert_false(image->inverted_cmyk);

    assert_int_equal(read(f, write_jpeg(f, JCS_GRAYSCALE, 1, false))->components, 1);

    image = read(f, write_jpeg(f, JCS_RGB, 3, true));
    assert_int_equal(image->orientation, 6);
    bx_image_view view = bx_image_upright(image);
    assert_int_equal(view.width, H);
    assert_int_equal(view.height, W);
    assert_int_equal(view.dpi_x, 150);

    image = read(f, write_jpeg(f, JCS_CMYK, 4, false));
    assert_int_equal(image->components, 4);
    assert_true(image->inverted_cmyk);
    assert_int_equal(f->report->list.n, 0);
}

static bx_str write_webp(bench *f, bool lossless) {
    uint8_t rgba[H][W][4], *out = NULL;
    for (int y = 0; y < H; y++)
        for (int x = 0; x < W; x++)
            for (int c = 0; c < 4; c++)
                rgba[y][x][c] = c == 3 ? 128 + x : sample(x, y, c);
    size_t n = lossless ? WebPEncodeLosslessRGBA(rgba[0][0], W, H, 4 * W, &out)
                        : WebPEncodeRGBA(rgba[0][0], W, H, 4 * W, 90, &out);
    bx_str bytes = bx_str_dup(f->arena, (bx_str){(char *)out, (uint32_t)n});
    WebPFree(out);
    return bytes;
}

static void test_webp(void **state) {
    bench *f = *state;
    assert_non_null(read(f, write_webp(f, false)));
    const bx_image *image = read(f, write_webp(f, true));
    assert_non_null(image);
    assert_int_equal(image->kind, BX_IMAGE_RASTER);
    assert_int_equal(image->width, W);
    assert_int_equal(image->bytes.n, W * H * 3);
    assert_int_equal(image->alpha.n, W * H);
    for (int i = 0; i < W * H; i++) {
        assert_int_equal((uint8_t)image->alpha.p[i], 128 + i % W);
        for (int c = 0; c < 3; c++)
            assert_int_equal((uint8_t)image->bytes.p[3 * i + c], sample(i % W, i / W, c));
    }
}

static bx_str write_avif(bench *f, bool turned) {
    avifImage *image = avifImageCreate(W, H, 8, AVIF_PIXEL_FORMAT_YUV444);
    image->matrixCoefficients = AVIF_MATRIX_COEFFICIENTS_IDENTITY;
    if (turned) {
        image->transformFlags |= AVIF_TRANSFORM_IROT;
        image->irot.angle = 3;
    }
    avifRGBImage rgb;
    avifRGBImageSetDefaults(&rgb, image);
    avifRGBImageAllocatePixels(&rgb);
    for (int y = 0; y < H; y++)
        for (int x = 0; x < W; x++)
            for (int c = 0; c < 4; c++)
                rgb.pixels[y * (int)rgb.rowBytes + 4 * x + c] = c == 3 ? 255 : sample(x, y, c);
    avifImageRGBToYUV(image, &rgb);
    avifEncoder *encoder = avifEncoderCreate();
    encoder->speed = 10;
    encoder->minQuantizer = encoder->maxQuantizer = AVIF_QUANTIZER_LOSSLESS;
    avifRWData out = AVIF_DATA_EMPTY;
    assert_int_equal(avifEncoderWrite(encoder, image, &out), AVIF_RESULT_OK);
    bx_str bytes = bx_str_dup(f->arena, (bx_str){(char *)out.data, (uint32_t)out.size});
    avifRWDataFree(&out);
    avifEncoderDestroy(encoder);
    avifRGBImageFreePixels(&rgb);
    avifImageDestroy(image);
    return bytes;
}

static void test_avif(void **state) {
    bench *f = *state;
    const bx_image *image = read(f, write_avif(f, false));
    assert_non_null(image);
    assert_int_equal(image->width, W);
    assert_int_equal(image->height, H);
    assert_int_equal(image->orientation, 1);
    assert_int_equal(image->alpha.n, 0);
    for (int i = 0; i < W * H * 3; i++)
        assert_in_range((uint8_t)image->bytes.p[i] + 2, sample(i / 3 % W, i / 3 / W, i % 3),
                        sample(i / 3 % W, i / 3 / W, i % 3) + 4);
    image = read(f, write_avif(f, true));
    assert_int_equal(image->orientation, 6);
    assert_int_equal(bx_image_upright(image).width, H);
}

static int gif_to_buf(GifFileType *g, const GifByteType *bytes, int n) {
    bx_buf_add(g->UserData, bytes, (size_t)n);
    return n;
}

/* A frame of W−4 × H−2 at 2, 1 of the canvas; index 2 lets through. */
static bx_str write_gif(bench *f, bool interlaced) {
    bx_buf buf = bx_buf_new(f->arena);
    int error;
    GifFileType *g = EGifOpen(&buf, gif_to_buf, &error);
    GifColorType colors[4] = {{1, 2, 3}, {10, 20, 30}, {100, 110, 120}, {250, 251, 252}};
    ColorMapObject *map = GifMakeMapObject(4, colors);
    EGifSetGifVersion(g, true);
    EGifPutScreenDesc(g, W, H, 8, 0, map);
    GraphicsControlBlock control = {.TransparentColor = 2};
    GifByteType block[4];
    EGifGCBToExtension(&control, block);
    EGifPutExtension(g, GRAPHICS_EXT_FUNC_CODE, 4, block);
    EGifPutImageDesc(g, 2, 1, W - 4, H - 2, interlaced, NULL);
    static const int order[] = {0, 4, 2, 6, 1, 3, 5};
    for (int i = 0; i < H - 2; i++) {
        GifPixelType row[W];
        int y = interlaced ? order[i] : i;
        for (int x = 0; x < W - 4; x++)
            row[x] = (GifPixelType)((x + y) % 4);
        EGifPutLine(g, row, W - 4);
    }
    GifFreeMapObject(map);
    EGifCloseFile(g, &error);
    return bx_buf_view(&buf);
}

static void test_gif(void **state) {
    bench *f = *state;
    for (int interlaced = 0; interlaced < 2; interlaced++) {
        const bx_image *image = read(f, write_gif(f, interlaced));
        assert_non_null(image);
        assert_int_equal(image->width, W);
        assert_int_equal(image->height, H);
        assert_int_equal((uint8_t)image->palette.p[3 * 3], 250);
        for (int y = 0; y < H; y++)
            for (int x = 0; x < W; x++) {
                bool on = x >= 2 && x < W - 2 && y >= 1 && y < H - 1;
                int index = on ? (x - 2 + y - 1) % 4 : 0;
                assert_int_equal(image->bytes.p[y * W + x], index);
                assert_int_equal((uint8_t)image->alpha.p[y * W + x], on && index != 2 ? 255 : 0);
            }
    }
}

static void test_profile(void **state) {
    bench *f = *state;
    bx_buf icc = bx_buf_new(f->arena);
    for (int i = 0; i < 200; i++)
        bx_buf_char(&icc, 0);
    memcpy(icc.p + 16, "RGB ", 4);
    memcpy(icc.p + 36, "acsp", 4);
    /* Two parts, the second first in the file. */
    bx_str plain = write_jpeg(f, JCS_RGB, 3, false);
    bx_buf with = bx_buf_new(f->arena);
    bx_buf_str(&with, bx_str_sub(plain, 0, 2));
    for (int part = 2; part >= 1; part--) {
        bx_buf_add(&with, "\xFF\xE2\0\x74", 4);
        bx_buf_add(&with, "ICC_PROFILE", 12);
        bx_buf_char(&with, (char)part);
        bx_buf_char(&with, 2);
        bx_buf_add(&with, icc.p + 100 * (part - 1), 100);
    }
    bx_buf_str(&with, bx_str_sub(plain, 2, plain.n));
    const bx_image *image = read(f, bx_buf_view(&with));
    assert_non_null(image);
    assert_int_equal(image->icc.n, 200);
    assert_memory_equal(image->icc.p, icc.p, 200);
}

static void test_strangers(void **state) {
    bench *f = *state;
    static const char *const files[] = {"", "x", "BM......", "%PDF-1.7", "RIFF....WAVEfmt "};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        assert_null(read(f, bx_str_of(files[i])));
        assert_int_equal(f->report->list.n, i + 1);
        assert_int_equal(f->report->list.at[i].code, BX_D_IMAGE_BROKEN);
    }
}

/* Every file cut off at every length is refused with one message each. */
static void cut_off(bx_str file, bool lenient_tail) {
    bench *f;
    bench_set_up((void **)&f);
    for (uint32_t n = 0; n < file.n; n += n < 200 ? 1 : 7) {
        char *copy = malloc(n + 1); /* its own block, so that a read past it is seen */
        memcpy(copy, file.p, n);
        const bx_image *image = read(f, (bx_str){copy, n});
        if (image && !(lenient_tail && n + 8 > file.n))
            fail_msg("%u of %u bytes were read as a picture", n, file.n);
        free(copy);
    }
    bench_tear_down((void **)&f);
}

/* Bytes changed one after the other: whatever comes of it, nothing outside is touched. */
static void spoil(bx_str file) {
    for (uint32_t i = 0; i < file.n; i += i < 160 ? 1 : 5) {
        bench *f;
        bench_set_up((void **)&f);
        char *copy = malloc(file.n);
        memcpy(copy, file.p, file.n);
        static const uint8_t flips[] = {0xFF, 0x01, 0x80};
        copy[i] ^= (char)flips[i % 3];
        const bx_image *image = read(f, (bx_str){copy, file.n});
        assert_int_equal(image == NULL, f->report->errors > 0);
        if (image && image->palette.n)
            for (uint32_t k = 0; k < image->bytes.n; k++)
                assert_true(3u * (uint8_t)image->bytes.p[k] < image->palette.n);
        bench_tear_down((void **)&f);
        free(copy);
    }
}

static void test_broken(void **state) {
    bench *f = *state;
    for (int i = 0; i < PNG_KINDS; i += 3) {
        cut_off(write_png(f, &png_kinds[i]), false);
        spoil(write_png(f, &png_kinds[i]));
    }
    cut_off(write_jpeg(f, JCS_RGB, 3, true), false);
    spoil(write_jpeg(f, JCS_RGB, 3, true));
    cut_off(write_webp(f, true), true);
    spoil(write_webp(f, true));
    cut_off(write_gif(f, true), true);
    spoil(write_gif(f, true));
    cut_off(write_avif(f, true), true);
    spoil(write_avif(f, true));
}

/* Exif 2.32, 4.6.4 A: at which side of the upright picture the stored first row and first column
 * are. */
static void test_orientation(void **state) {
    (void)state;
    enum { TOP, BOTTOM, LEFT, RIGHT };
    static const int row[9] = {0, TOP, TOP, BOTTOM, BOTTOM, LEFT, RIGHT, RIGHT, LEFT};
    static const int column[9] = {0, LEFT, RIGHT, RIGHT, LEFT, TOP, TOP, BOTTOM, BOTTOM};
    for (uint8_t o = 1; o <= 8; o++) {
        bx_image image = {.orientation = o, .width = 3, .height = 2};
        bx_image_turn t = bx_image_turned(&image);
        for (int axis = 0; axis < 2; axis++) {
            int low_left = t.origin[axis], top_left = low_left + t.up[axis];
            int top_right = top_left + t.right[axis];
            assert_in_range(top_right, 0, 1);
            int low = axis ? BOTTOM : LEFT, high = axis ? TOP : RIGHT;
            if (row[o] == low || row[o] == high) /* the whole first row is at that side */
                assert_true(top_left == (row[o] == high) && top_right == top_left);
            if (column[o] == low || column[o] == high)
                assert_true(top_left == (column[o] == high) && low_left == top_left);
        }
        assert_int_equal(bx_image_upright(&image).width, o < 5 ? 3 : 2);
    }
}

/* Samples of a smaller picture are the means of what they cover. */
static void test_reduced(void **state) {
    bench *f = *state;
    enum { N = 40 };
    uint8_t rgb[N][N][3], alpha[N][N];
    for (int y = 0; y < N; y++)
        for (int x = 0; x < N; x++) {
            alpha[y][x] = x < N / 2 ? 255 : 0;
            for (int c = 0; c < 3; c++)
                rgb[y][x][c] = x % 2 ? 200 : 100; /* stripes */
        }
    bx_image image = {
        .kind = BX_IMAGE_RASTER, .width = N, .height = N, .components = 3, .bits = 8, .dpi_x = 400};
    image.bytes = (bx_str){(char *)rgb, sizeof rgb};
    const bx_image *small = bx_image_reduced(f->arena, &image, 10, 20);
    assert_int_equal(small->width, 10);
    assert_int_equal(small->height, 20);
    assert_int_equal(small->dpi_x, 100);
    assert_int_equal(small->bytes.n, 600);
    for (uint32_t i = 0; i < small->bytes.n; i++)
        assert_int_equal((uint8_t)small->bytes.p[i], 150);
    assert_memory_not_equal(small->digest.byte, image.digest.byte, 32);

    /* 40 → 9: shares of pixels; a flat picture stays flat, and what is not seen does not tint what
     * is. */
    memset(rgb, 77, sizeof rgb);
    for (int y = 0; y < N; y++)
        memset(rgb[y][N / 2], 255, sizeof rgb[y] / 2);
    image.alpha = (bx_str){(char *)alpha, sizeof alpha};
    small = bx_image_reduced(f->arena, &image, 9, 9);
    for (uint32_t i = 0; i < 81; i++) {
        uint8_t a = (uint8_t)small->alpha.p[i];
        assert_true(i % 9 < 4 ? a == 255 : i % 9 > 4 ? a == 0 : a >= 126 && a <= 129);
        if (a)
            assert_int_equal((uint8_t)small->bytes.p[3 * i], 77);
    }
    /* Not worth it, or not to be touched. */
    assert_ptr_equal(bx_image_reduced(f->arena, &image, 31, 31), &image);
    assert_ptr_equal(bx_image_reduced(f->arena, &image, 9, 31), &image);
    assert_ptr_equal(bx_image_reduced(f->arena, &image, 0, 0), &image);
    image.palette = BX_STR("abc");
    assert_ptr_equal(bx_image_reduced(f->arena, &image, 9, 9), &image);
}

/* A JPEG of `n` × `n` in one colour. */
static bx_str flat_jpeg(bench *f, J_COLOR_SPACE space, int components, int n) {
    struct jpeg_compress_struct c;
    struct jpeg_error_mgr errors;
    unsigned char *out = NULL;
    unsigned long size = 0;
    c.err = jpeg_std_error(&errors);
    jpeg_create_compress(&c);
    jpeg_mem_dest(&c, &out, &size);
    c.image_width = c.image_height = (JDIMENSION)n;
    c.input_components = components;
    c.in_color_space = space;
    jpeg_set_defaults(&c);
    jpeg_start_compress(&c, TRUE);
    uint8_t *row = malloc((size_t)n * 4);
    for (int i = 0; i < n * components; i++)
        row[i] = (uint8_t)(40 + 60 * (i % components));
    for (int y = 0; y < n; y++)
        jpeg_write_scanlines(&c, &row, 1);
    jpeg_finish_compress(&c);
    jpeg_destroy_compress(&c);
    bx_str bytes = bx_str_dup(f->arena, (bx_str){(char *)out, (uint32_t)size});
    free(row);
    free(out);
    return bytes;
}

static void check_flat(bx_str file, int components, int n) {
    struct jpeg_decompress_struct d;
    struct jpeg_error_mgr errors;
    d.err = jpeg_std_error(&errors);
    jpeg_create_decompress(&d);
    jpeg_mem_src(&d, (const unsigned char *)file.p, file.n);
    assert_int_equal(jpeg_read_header(&d, TRUE), JPEG_HEADER_OK);
    jpeg_start_decompress(&d);
    assert_int_equal(d.output_width, n);
    assert_int_equal(d.output_height, n);
    assert_int_equal(d.output_components, components);
    uint8_t *row = malloc((size_t)n * 4);
    for (int y = 0; y < n; y++) {
        jpeg_read_scanlines(&d, &row, 1);
        for (int i = 0; i < n * components; i++)
            assert_in_range(row[i], 40 + 60 * (i % components) - 3, 40 + 60 * (i % components) + 3);
    }
    jpeg_destroy_decompress(&d);
    free(row);
}

static void test_reduced_jpeg(void **state) {
    bench *f = *state;
    static const struct {
        J_COLOR_SPACE space;
        int components;
    } kinds[] = {{JCS_GRAYSCALE, 1}, {JCS_RGB, 3}, {JCS_CMYK, 4}};
    for (int i = 0; i < 3; i++) {
        bx_str file = flat_jpeg(f, kinds[i].space, kinds[i].components, 300);
        const bx_image *image = read(f, file), *small = bx_image_reduced(f->arena, image, 70, 70);
        assert_int_equal(small->kind, BX_IMAGE_JPEG);
        assert_int_equal(small->width, 70);
        assert_int_equal(small->inverted_cmyk, image->inverted_cmyk);
        assert_true(small->bytes.n < image->bytes.n);
        check_flat(small->bytes, kinds[i].components, 70);
        assert_ptr_equal(bx_image_reduced(f->arena, image, 250, 250), image);
        /* Broken where its markers do not show: it stays as it is. */
        memset((char *)file.p + file.n / 2, 0, file.n / 4);
        const bx_image *same = bx_image_reduced(f->arena, image, 70, 70);
        assert_true(same == image || same->width == 70);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_png, bench_set_up, bench_tear_down),
        cmocka_unit_test_setup_teardown(test_png_limits, bench_set_up, bench_tear_down),
        cmocka_unit_test_setup_teardown(test_jpeg, bench_set_up, bench_tear_down),
        cmocka_unit_test_setup_teardown(test_webp, bench_set_up, bench_tear_down),
        cmocka_unit_test_setup_teardown(test_avif, bench_set_up, bench_tear_down),
        cmocka_unit_test_setup_teardown(test_gif, bench_set_up, bench_tear_down),
        cmocka_unit_test(test_orientation),
        cmocka_unit_test_setup_teardown(test_reduced, bench_set_up, bench_tear_down),
        cmocka_unit_test_setup_teardown(test_reduced_jpeg, bench_set_up, bench_tear_down),
        cmocka_unit_test_setup_teardown(test_profile, bench_set_up, bench_tear_down),
        cmocka_unit_test_setup_teardown(test_strangers, bench_set_up, bench_tear_down),
        cmocka_unit_test_setup_teardown(test_broken, bench_set_up, bench_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
