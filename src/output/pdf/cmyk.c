/* PDF/A wants colour that is told without a device (ISO 19005-2, 6.2.4.3), and most CMYK pictures
 * do not tell theirs. They are taken for what such files were nearly always made for: offset
 * printing on coated paper after ISO 12647-2. Its colours of the paper, the four inks and all their
 * overprints are the corners of a table; what is between is mixed from them, as screened dots mix
 * on paper, with the dots' gain as curves. The picture itself stays as it is.
 *
 * An input profile (ICC.1:2001-04, 6.3.1.1) with a table of 8 bits (6.5.7). */
#include "output/pdf/cmyk.h"

enum { INKS = 4, CORNERS = 1 << INKS, HEADER = 128, TAGS = 4 };

/* CIE L*a*b*, relative to the paper. Cyan counts 8, magenta 4, yellow 2, black 1. */
static const int8_t corners[CORNERS][3] = {
    {100, 0, 0},   {17, 0, 0}, {93, -5, 97},   {17, -1, 7},  {50, 76, -2},  {14, 8, -1},
    {49, 70, 50},  {12, 6, 4}, {58, -38, -49}, {14, -5, -8}, {53, -67, 29}, {11, -8, 2},
    {25, 18, -46}, {8, 3, -6}, {24, 0, 0},     {8, 0, 0},
};

static void number(bx_buf *out, uint32_t n) {
    for (int shift = 24; shift >= 0; shift -= 8)
        bx_buf_char(out, (char)(n >> shift));
}

static void numbers(bx_buf *out, const uint32_t *list, uint32_t n) {
    for (uint32_t i = 0; i < n; i++)
        number(out, list[i]);
}

static void zeros(bx_buf *out, uint32_t n) {
    while (n--)
        bx_buf_char(out, 0);
}

/* Screened dots print larger than they are: by 14 % where half the paper is covered. */
static uint8_t printed(uint32_t dot) {
    enum { GAIN = 14 };
    return (uint8_t)(dot + (4 * GAIN * dot * (255 - dot) / 255 + 50) / 100);
}

static void add_table(bx_buf *out) {
    static const uint32_t unity[9] = {0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x10000};
    bx_buf_add(out, "mft1\0\0\0\0\4\3\2\0", 12); /* four to three by two points each */
    numbers(out, unity, 9);
    for (int ink = 0; ink < INKS; ink++)
        for (uint32_t i = 0; i < 256; i++)
            bx_buf_char(out, (char)printed(i));
    for (int i = 0; i < CORNERS; i++) {
        bx_buf_char(out, (char)((corners[i][0] * 255 + 50) / 100));
        bx_buf_char(out, (char)(corners[i][1] + 128));
        bx_buf_char(out, (char)(corners[i][2] + 128));
    }
    for (int channel = 0; channel < 3; channel++)
        for (int i = 0; i < 256; i++)
            bx_buf_char(out, (char)i);
}

static void add_description(bx_buf *out) {
    static const char name[] = "Coated offset";
    bx_buf_add(out, "desc\0\0\0", 8);
    number(out, sizeof name);
    bx_buf_add(out, name, sizeof name);
    zeros(out, 4 + 4 + 2 + 1 + 67); /* none in Unicode or for the Macintosh */
}

static void add_copyright(bx_buf *out) { bx_buf_add(out, "text\0\0\0\0CC0", 12); }

/* The paper: CIE XYZ for L* = 95 under D50. */
static void add_white(bx_buf *out) {
    static const uint32_t xyz[] = {0xD83E, 0xE042, 0xB8FE};
    bx_buf_add(out, "XYZ \0\0\0", 8);
    numbers(out, xyz, 3);
}

static void add_header(bx_buf *out, uint32_t size) {
    static const uint32_t date[] = {2026 << 16 | 1, 1 << 16, 0};
    static const uint32_t d50[] = {0xF6D6, 0x10000, 0xD32D};
    number(out, size);
    zeros(out, 4);
    number(out, 0x02100000);
    bx_buf_add(out, "scnrCMYKLab ", 12);
    numbers(out, date, 3);
    bx_buf_add(out, "acsp", 4);
    zeros(out, 28);
    numbers(out, d50, 3);
    zeros(out, HEADER - (uint32_t)out->n);
}

bx_str bx_cmyk_profile(bx_arena *arena) {
    static const struct {
        const char *name;
        void (*add)(bx_buf *out);
    } tags[TAGS] = {{"desc", add_description},
                    {"cprt", add_copyright},
                    {"wtpt", add_white},
                    {"A2B0", add_table}};
    bx_buf body = bx_buf_new(arena), index = bx_buf_new(arena), out = bx_buf_new(arena);
    uint32_t start = HEADER + 4 + TAGS * 12;
    for (int i = 0; i < TAGS; i++) {
        uint32_t at = (uint32_t)body.n;
        tags[i].add(&body);
        bx_buf_add(&index, tags[i].name, 4);
        number(&index, start + at);
        number(&index, (uint32_t)body.n - at);
        zeros(&body, (4 - body.n % 4) % 4);
    }
    add_header(&out, start + (uint32_t)body.n);
    number(&out, TAGS);
    bx_buf_str(&out, bx_buf_view(&index));
    bx_buf_str(&out, bx_buf_view(&body));
    return bx_buf_view(&out);
}
