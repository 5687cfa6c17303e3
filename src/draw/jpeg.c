/* libjpeg leaves by longjmp after an error; it lands in the function that called it, and only
 * libjpeg's own frames are crossed. */
#include "draw/jpeg.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>

#include <jpeglib.h>

struct bx_jpeg_reader {
    struct jpeg_decompress_struct d;
    struct jpeg_error_mgr errors;
    jmp_buf landing;
    uint8_t *row;
};

static void on_reader_error(j_common_ptr c) { longjmp(((bx_jpeg_reader *)c)->landing, 1); }
static void on_message(j_common_ptr c) { (void)c; }

static void drop_reader(void *reader) { jpeg_destroy_decompress(&((bx_jpeg_reader *)reader)->d); }

static bool begin(bx_jpeg_reader *r, bx_str file, uint32_t width, uint32_t height) {
    if (setjmp(r->landing))
        return false;
    jpeg_mem_src(&r->d, (const unsigned char *)file.p, file.n);
    if (jpeg_read_header(&r->d, TRUE) != JPEG_HEADER_OK)
        return false;
    if (r->d.num_components == 4)
        r->d.out_color_space = JCS_CMYK;
    r->d.dct_method = JDCT_ISLOW; /* the same samples on every machine */
    for (r->d.scale_denom = 8; r->d.scale_denom > 1; r->d.scale_denom /= 2) {
        jpeg_calc_output_dimensions(&r->d);
        if (r->d.output_width >= width && r->d.output_height >= height)
            break;
    }
    jpeg_start_decompress(&r->d);
    return true;
}

bx_jpeg_reader *bx_jpeg_open(bx_arena *arena, bx_str file, uint32_t width, uint32_t height) {
    bx_jpeg_reader *r = bx_new(arena, bx_jpeg_reader);
    r->d.err = jpeg_std_error(&r->errors);
    r->errors.error_exit = on_reader_error;
    r->errors.output_message = on_message;
    if (setjmp(r->landing))
        return NULL;
    jpeg_create_decompress(&r->d);
    bx_defer(arena, drop_reader, r);
    if (!begin(r, file, width, height))
        return NULL;
    r->row = bx_alloc_n(arena, r->d.output_width, (size_t)r->d.output_components);
    return r;
}

bool bx_jpeg_size(const bx_jpeg_reader *r, uint32_t *width, uint32_t *height, uint32_t *channels) {
    *width = r->d.output_width;
    *height = r->d.output_height;
    *channels = (uint32_t)r->d.output_components;
    return *channels == 1 || *channels == 3 || *channels == 4;
}

static bool read_row(bx_jpeg_reader *r) {
    if (setjmp(r->landing))
        return false;
    return jpeg_read_scanlines(&r->d, &r->row, 1) == 1;
}

bool bx_jpeg_rows(bx_jpeg_reader *r, void (*row)(void *user, const uint8_t *samples, uint32_t y),
                  void *user) {
    for (uint32_t y = 0; y < r->d.output_height; y++) {
        if (!read_row(r))
            return false;
        row(user, r->row, y);
    }
    return r->errors.num_warnings == 0;
}

typedef struct jpeg_writer {
    struct jpeg_compress_struct c;
    struct jpeg_error_mgr errors;
    jmp_buf landing;
    unsigned char *out; /* libjpeg's, grown with malloc */
    unsigned long n;
} jpeg_writer;

static void on_writer_error(j_common_ptr c) { longjmp(((jpeg_writer *)c)->landing, 1); }

static void drop_writer(void *object) {
    jpeg_writer *w = object;
    jpeg_destroy_compress(&w->c);
    free(w->out);
}

static bool write_rows(jpeg_writer *w, const uint8_t *rows, uint32_t width, uint32_t height,
                       uint32_t channels) {
    if (setjmp(w->landing))
        return false;
    jpeg_mem_dest(&w->c, &w->out, &w->n);
    w->c.image_width = width;
    w->c.image_height = height;
    w->c.input_components = (int)channels;
    w->c.in_color_space = channels == 1 ? JCS_GRAYSCALE : channels == 3 ? JCS_RGB : JCS_CMYK;
    jpeg_set_defaults(&w->c);
    jpeg_set_quality(&w->c, 90, TRUE);
    w->c.dct_method = JDCT_ISLOW;
    w->c.optimize_coding = TRUE;
    jpeg_start_compress(&w->c, TRUE);
    size_t stride = (size_t)width * channels;
    for (uint32_t y = 0; y < height; y++) {
        JSAMPROW row = (JSAMPROW)(rows + y * stride);
        jpeg_write_scanlines(&w->c, &row, 1);
    }
    jpeg_finish_compress(&w->c);
    return true;
}

bx_str bx_jpeg_write(bx_arena *arena, const uint8_t *rows, uint32_t width, uint32_t height,
                     uint32_t channels) {
    jpeg_writer *w = bx_new(arena, jpeg_writer);
    w->c.err = jpeg_std_error(&w->errors);
    w->errors.error_exit = on_writer_error;
    w->errors.output_message = on_message;
    if (setjmp(w->landing))
        return (bx_str){0};
    jpeg_create_compress(&w->c);
    bx_defer(arena, drop_writer, w);
    if (!write_rows(w, rows, width, height, channels) || w->n > UINT32_MAX)
        return (bx_str){0};
    return bx_str_dup(arena, (bx_str){(char *)w->out, (uint32_t)w->n});
}
