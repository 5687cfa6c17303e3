#include "draw/reduce.h"

#include "draw/jpeg.h"

enum { CHANNELS_MAX = 5 };

/* Rows of a smaller picture in the making. A sample's weight is in 1/256 of an old pixel in each
 * direction. */
typedef struct reducer {
    uint32_t from_w, from_h, to_w, to_h, channels;
    bool alpha;        /* the last channel is opacity, and weighs the others */
    uint64_t *sums;    /* of the row in the making */
    uint64_t *weights; /* likewise, opacity counted in */
    uint64_t *areas;
    uint32_t to_row;
    uint8_t *out; /* rows so far, channels side by side */
} reducer;

static reducer *new_reducer(bx_arena *arena, uint32_t from_w, uint32_t from_h, uint32_t to_w,
                            uint32_t to_h, uint32_t channels, bool alpha) {
    reducer *r = bx_new(arena, reducer);
    *r = (reducer){from_w, from_h, to_w, to_h, channels, alpha, NULL, NULL, NULL, 0, NULL};
    r->sums = bx_new_n(arena, uint64_t, (size_t)to_w * channels);
    r->weights = bx_new_n(arena, uint64_t, to_w);
    r->areas = bx_new_n(arena, uint64_t, to_w);
    r->out = bx_alloc_n(arena, to_h, (size_t)to_w * channels);
    return r;
}

/* Old pixel x of `from` covers new ones [first, last]; the share of the pixel in new one `i`, of
 * 256. */
typedef struct cover {
    uint32_t first, last;
} cover;

static cover covered(uint32_t x, uint32_t from, uint32_t to) {
    uint64_t end = (uint64_t)(x + 1) * to;
    return (cover){(uint32_t)((uint64_t)x * to / from), (uint32_t)((end - 1) / from)};
}

static uint32_t share(uint32_t x, uint32_t i, uint32_t from, uint32_t to) {
    uint64_t start = (uint64_t)x * to, end = start + to;
    uint64_t low = (uint64_t)i * from, high = low + from;
    start = start > low ? start : low;
    end = end < high ? end : high;
    return (uint32_t)((end - start) * 256 / to);
}

static void add_pixel(reducer *r, const uint8_t *pixel, uint32_t i, uint64_t weight) {
    uint32_t colors = r->channels - r->alpha;
    uint64_t opaque = r->alpha ? weight * pixel[colors] : weight * 255;
    uint64_t *sum = r->sums + (size_t)i * r->channels;
    for (uint32_t c = 0; c < colors; c++)
        sum[c] += pixel[c] * opaque;
    r->weights[i] += opaque;
    r->areas[i] += weight;
}

static void add_pixels(reducer *r, const uint8_t *row, uint32_t vertical) {
    for (uint32_t x = 0; x < r->from_w; x++) {
        cover c = covered(x, r->from_w, r->to_w);
        for (uint32_t i = c.first; i <= c.last; i++)
            add_pixel(r, row + (size_t)x * r->channels, i,
                      (uint64_t)share(x, i, r->from_w, r->to_w) * vertical);
    }
}

static void finish_row(reducer *r) {
    uint32_t colors = r->channels - r->alpha;
    uint8_t *to = r->out + (size_t)r->to_row * r->to_w * r->channels;
    for (uint32_t i = 0; i < r->to_w; i++, to += r->channels) {
        uint64_t weight = r->weights[i], area = r->areas[i];
        for (uint32_t c = 0; c < colors; c++)
            to[c] = weight ? (uint8_t)((r->sums[(size_t)i * r->channels + c] + weight / 2) / weight)
                           : 0;
        if (r->alpha)
            to[colors] = area ? (uint8_t)((weight + area / 2) / area) : 0;
    }
    memset(r->sums, 0, (size_t)r->to_w * r->channels * sizeof *r->sums);
    memset(r->weights, 0, r->to_w * sizeof *r->weights);
    memset(r->areas, 0, r->to_w * sizeof *r->areas);
    r->to_row++;
}

static void add_row(void *user, const uint8_t *row, uint32_t y) {
    reducer *r = user;
    cover c = covered(y, r->from_h, r->to_h);
    for (uint32_t i = c.first; i <= c.last; i++) {
        while (r->to_row < i)
            finish_row(r);
        uint32_t vertical = share(y, i, r->from_h, r->to_h);
        if (vertical)
            add_pixels(r, row, vertical);
    }
    if (y + 1 == r->from_h)
        finish_row(r);
}

static bx_image *copy_of(bx_arena *arena, const bx_image *image, uint32_t width, uint32_t height) {
    bx_image *small = bx_new(arena, bx_image);
    *small = *image;
    small->width = width;
    small->height = height;
    small->dpi_x = (uint32_t)((uint64_t)image->dpi_x * width / image->width);
    small->dpi_y = (uint32_t)((uint64_t)image->dpi_y * height / image->height);
    bx_str pieces[] = {{(const char *)image->digest.byte, sizeof image->digest.byte},
                       bx_str_fmt(arena, "%u x %u", width, height)};
    small->digest = bx_sha256(pieces, 2);
    return small;
}

/* Planes of samples → rows with their opacity, reduced, → planes. Sixteen bits become eight. */
static const bx_image *reduce_samples(bx_arena *arena, const bx_image *image, uint32_t width,
                                      uint32_t height) {
    uint32_t colors = image->components, wide = image->bits / 8;
    bool alpha = image->alpha.n > 0;
    reducer *r =
        new_reducer(arena, image->width, image->height, width, height, colors + alpha, alpha);
    uint8_t *row = bx_alloc_n(arena, image->width, r->channels);
    for (uint32_t y = 0; y < image->height; y++) {
        for (uint32_t x = 0; x < image->width; x++) {
            size_t at = (size_t)y * image->width + x;
            for (uint32_t c = 0; c < colors; c++)
                row[x * r->channels + c] = (uint8_t)image->bytes.p[(at * colors + c) * wide];
            if (alpha)
                row[x * r->channels + colors] = (uint8_t)image->alpha.p[at];
        }
        add_row(r, row, y);
    }
    bx_image *small = copy_of(arena, image, width, height);
    small->bits = 8;
    size_t pixels = (size_t)width * height;
    uint8_t *bytes = bx_alloc_n(arena, pixels, colors),
            *opacity = alpha ? bx_alloc(arena, pixels) : NULL;
    for (size_t i = 0; i < pixels; i++) {
        memcpy(bytes + i * colors, r->out + i * r->channels, colors);
        if (alpha)
            opacity[i] = r->out[i * r->channels + colors];
    }
    small->bytes = (bx_str){(char *)bytes, (uint32_t)(pixels * colors)};
    if (alpha)
        small->alpha = (bx_str){(char *)opacity, (uint32_t)pixels};
    return small;
}

static const bx_image *reduce_jpeg(bx_arena *arena, const bx_image *image, uint32_t width,
                                   uint32_t height) {
    bx_jpeg_reader *reader = bx_jpeg_open(arena, image->bytes, width, height);
    uint32_t from_w, from_h, channels;
    if (!reader || !bx_jpeg_size(reader, &from_w, &from_h, &channels))
        return image;
    reducer *r = new_reducer(arena, from_w, from_h, width, height, channels, false);
    if (!bx_jpeg_rows(reader, add_row, r))
        return image;
    bx_image *small = copy_of(arena, image, width, height);
    small->bytes = bx_jpeg_write(arena, r->out, width, height, channels);
    return small->bytes.n && small->bytes.n < image->bytes.n ? small : image;
}

const bx_image *bx_image_reduced(bx_arena *arena, const bx_image *image, uint32_t width,
                                 uint32_t height) {
    bool larger = (uint64_t)image->width * 3 > (uint64_t)width * 4 &&
                  (uint64_t)image->height * 3 > (uint64_t)height * 4;
    if (!larger || !width || !height || image->kind == BX_IMAGE_VECTOR || image->palette.n)
        return image;
    return image->kind == BX_IMAGE_JPEG ? reduce_jpeg(arena, image, width, height)
                                        : reduce_samples(arena, image, width, height);
}
