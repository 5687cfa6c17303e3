/* PNG through libpng: every colour type and depth becomes samples of 8 or 16 bits, or indices of 8.
 *
 * libpng leaves by longjmp after an error. It lands in read_png alone, where nothing but libpng's
 * own frames is crossed; whatever is allocated belongs to the arena. */
#include "draw/image_read.h"

#include <png.h>

typedef struct png {
    const image_file *file;
    png_structp png;
    png_infop info;
    uint32_t at;      /* bytes read */
    char message[96]; /* libpng's, of its error */
} png;

static void on_error(png_structp p, png_const_charp message) {
    png *r = png_get_error_ptr(p);
    bx_str m = bx_str_of(message);
    memcpy(r->message, message, m.n < sizeof r->message ? m.n : sizeof r->message - 1);
    png_longjmp(p, 1);
}

static void on_warning(png_structp p, png_const_charp message) {
    (void)p;
    (void)message; /* harmless faults of ancillary chunks */
}

static void on_read(png_structp p, png_bytep to, size_t n) {
    png *r = png_get_io_ptr(p);
    if (n > r->file->bytes.n - r->at)
        png_error(p, "the file is cut off");
    memcpy(to, r->file->bytes.p + r->at, n);
    r->at += (uint32_t)n;
}

static void destroy(void *object) {
    png *r = object;
    png_destroy_read_struct(&r->png, &r->info, NULL);
}

static void read_resolution(const png *r, bx_image *image) {
    png_uint_32 x, y;
    int unit;
    if (!png_get_pHYs(r->png, r->info, &x, &y, &unit) || unit != PNG_RESOLUTION_METER)
        return;
    image->dpi_x = (uint32_t)(((uint64_t)x * 254 + 5000) / 10000);
    image->dpi_y = (uint32_t)(((uint64_t)y * 254 + 5000) / 10000);
}

static void read_profile(const png *r, bx_image *image) {
    png_charp name;
    png_bytep bytes;
    png_uint_32 n;
    int compression;
    if (png_get_iCCP(r->png, r->info, &name, &compression, &bytes, &n))
        bx_image_set_icc(r->file->arena, image, bytes, n);
}

/* The palette and, where some of its colours let through, what they let through. */
static void read_palette(const png *r, bx_image *image, uint8_t opacity[256], bool *transparent) {
    png_colorp colors;
    png_bytep trans;
    int n = 0, n_trans = 0;
    png_get_PLTE(r->png, r->info, &colors, &n);
    uint8_t *rgb = bx_alloc(r->file->arena, 3 * (size_t)n);
    for (int i = 0; i < n; i++) {
        rgb[3 * i] = colors[i].red;
        rgb[3 * i + 1] = colors[i].green;
        rgb[3 * i + 2] = colors[i].blue;
    }
    image->palette = (bx_str){(char *)rgb, 3 * (uint32_t)n};
    memset(opacity, 255, 256);
    if (png_get_tRNS(r->png, r->info, &trans, &n_trans, NULL))
        for (int i = 0; i < n_trans && i < 256; i++) {
            opacity[i] = trans[i];
            *transparent |= trans[i] != 255;
        }
}

static png_bytep *rows_of(bx_arena *arena, void *samples, uint32_t height, size_t row) {
    png_bytep *rows = bx_new_n(arena, png_bytep, height);
    for (uint32_t i = 0; i < height; i++)
        rows[i] = (png_bytep)samples + i * row;
    return rows;
}

static void read_indices(png *r, bx_image *image) {
    bx_arena *arena = r->file->arena;
    uint8_t opacity[256];
    bool transparent = false;
    read_palette(r, image, opacity, &transparent);
    png_set_packing(r->png);
    png_read_update_info(r->png, r->info);
    bx_image_new_planes(arena, image, 1, 8, transparent);
    image->components = 3;
    png_read_image(r->png, rows_of(arena, (void *)image->bytes.p, image->height, image->width));
    uint8_t *indices = (uint8_t *)image->bytes.p, colors = (uint8_t)(image->palette.n / 3 - 1);
    for (uint32_t i = 0; i < image->bytes.n; i++) {
        if (indices[i] > colors)
            indices[i] = colors;
        if (transparent)
            ((uint8_t *)image->alpha.p)[i] = opacity[indices[i]];
    }
}

static void read_samples(png *r, bx_image *image) {
    bx_arena *arena = r->file->arena;
    int type = png_get_color_type(r->png, r->info);
    bool trns = png_get_valid(r->png, r->info, PNG_INFO_tRNS);
    png_set_expand(r->png); /* depths below 8 to 8, tRNS to alpha */
    png_read_update_info(r->png, r->info);
    bool alpha = (type & PNG_COLOR_MASK_ALPHA) || trns;
    uint8_t bits = png_get_bit_depth(r->png, r->info);
    bx_image_new_planes(arena, image, type & PNG_COLOR_MASK_COLOR ? 3 : 1, bits, alpha);
    read_profile(r, image);
    size_t row = png_get_rowbytes(r->png, r->info);
    if (!alpha) {
        png_read_image(r->png, rows_of(arena, (void *)image->bytes.p, image->height, row));
        return;
    }
    bx_mark mark = bx_arena_mark(arena);
    uint8_t *samples = bx_alloc_n(arena, image->height, row);
    png_read_image(r->png, rows_of(arena, samples, image->height, row));
    bx_image_split(image, samples);
    bx_arena_rewind(arena, mark);
}

/* Whether every chunk up to the last can be in the file. libpng makes room for what a chunk says it
 * has before it reads it, whatever limit it was given, for that is a warning only. */
static bool is_whole(bx_str bytes) {
    enum { SIGNATURE = 8, FRAME = 12 }; /* length, type and sum round a chunk's bytes */
    const uint8_t *p = (const uint8_t *)bytes.p;
    for (uint32_t at = SIGNATURE; at + FRAME <= bytes.n;) {
        uint32_t n = png_get_uint_32(p + at);
        if (n > bytes.n - at - FRAME)
            return false;
        if (memcmp(p + at + 4, "IEND", 4) == 0)
            return true;
        at += FRAME + n;
    }
    return false;
}

/* Everything between libpng's first call that may fail and its last. */
static bool read_png(png *r, bx_image *image) {
    if (setjmp(png_jmpbuf(r->png)))
        return bx_image_broken(r->file, "cannot be decoded: %s", r->message);
    if (!is_whole(r->file->bytes))
        return bx_image_broken(r->file, "is cut off");
    png_set_read_fn(r->png, r, on_read);
    png_set_user_limits(r->png, PNG_UINT_31_MAX, PNG_UINT_31_MAX); /* ours follow below */
    png_set_chunk_malloc_max(r->png, 16u << 20);
    png_read_info(r->png, r->info);
    if (!bx_image_set_size(r->file, image, png_get_image_width(r->png, r->info),
                           png_get_image_height(r->png, r->info)))
        return false;
    /* Deflate makes at most 1032 bytes of one: a short file cannot fill what it promises. */
    uint64_t promised = (uint64_t)png_get_rowbytes(r->png, r->info) * image->height;
    if (promised / 1032 > r->file->bytes.n)
        return bx_image_broken(r->file, "is cut off");
    read_resolution(r, image);
    png_set_interlace_handling(r->png);
    if (png_get_color_type(r->png, r->info) == PNG_COLOR_TYPE_PALETTE)
        read_indices(r, image);
    else
        read_samples(r, image);
    png_read_end(r->png, NULL);
    return true;
}

bool bx_image_read_png(const image_file *file, bx_image *image) {
    png *r = bx_new(file->arena, png);
    r->file = file;
    r->png = png_create_read_struct(PNG_LIBPNG_VER_STRING, r, on_error, on_warning);
    if (!r->png)
        bx_out_of_memory(file->arena);
    bx_defer(file->arena, destroy, r);
    r->info = png_create_info_struct(r->png);
    if (!r->info)
        bx_out_of_memory(file->arena);
    return read_png(r, image);
}
