/* Whether two grey renderings of a page look alike: compare GOLDEN NEW.
 *
 * Renderers of other versions smooth edges otherwise, so pictures are compared by what an eye a
 * little way off sees: the mean grey of small squares. A line that broke elsewhere, a head that
 * moved, a box that lost its tint or a face that was replaced changes many squares by much;
 * smoothing changes all by next to nothing. */
#include <png.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    SIDE = 8,           /* of a square, pixels */
    GREATEST_OF = 28,   /* difference of one square's mean, of 255 */
    GREATEST_ALL = 1024 /* of all squares' means on average, in 1/1024 of a step of 255 */
};

typedef struct picture {
    unsigned w, h;
    unsigned char *grey;
} picture;

static picture read_picture(const char *path) {
    png_image image = {.version = PNG_IMAGE_VERSION};
    if (!png_image_begin_read_from_file(&image, path)) {
        fprintf(stderr, "compare: %s: %s\n", path, image.message);
        exit(2);
    }
    image.format = PNG_FORMAT_GRAY;
    picture p = {image.width, image.height, malloc(PNG_IMAGE_SIZE(image))};
    if (!p.grey || !png_image_finish_read(&image, NULL, p.grey, 0, NULL)) {
        fprintf(stderr, "compare: %s: %s\n", path, image.message);
        exit(2);
    }
    return p;
}

static int mean(const picture *p, unsigned x0, unsigned y0) {
    unsigned sum = 0, n = 0;
    for (unsigned y = y0; y < y0 + SIDE && y < p->h; y++)
        for (unsigned x = x0; x < x0 + SIDE && x < p->w; x++, n++)
            sum += p->grey[(size_t)y * p->w + x];
    return (int)(sum / n);
}

int main(int argc, char **argv) {
    if (argc != 3) {
        fprintf(stderr, "usage: compare GOLDEN NEW\n");
        return 2;
    }
    picture a = read_picture(argv[1]), b = read_picture(argv[2]);
    if (a.w != b.w || a.h != b.h) {
        printf("%s: %u×%u pixels, were %u×%u\n", argv[2], b.w, b.h, a.w, a.h);
        return 1;
    }
    unsigned worst = 0, worst_x = 0, worst_y = 0, squares = 0;
    unsigned long all = 0;
    for (unsigned y = 0; y < a.h; y += SIDE)
        for (unsigned x = 0; x < a.w; x += SIDE, squares++) {
            unsigned off = (unsigned)abs(mean(&a, x, y) - mean(&b, x, y));
            all += off;
            if (off > worst) {
                worst = off;
                worst_x = x;
                worst_y = y;
            }
        }
    unsigned long average = all * 1024 / squares;
    free(a.grey);
    free(b.grey);
    if (worst <= GREATEST_OF && average <= GREATEST_ALL)
        return 0;
    printf("%s: most changed by %u of 255, at %u,%u; all by %lu/1024\n", argv[2], worst, worst_x,
           worst_y, average);
    return 1;
}
