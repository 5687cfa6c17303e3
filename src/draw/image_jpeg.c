/* JPEG is passed through as it is (ISO 32000-1, 7.4.8), so its markers are walked and nothing is
 * decoded: size, components, Adobe's inversion, resolution, orientation, profile, and that it ends.
 */
#include "draw/image_read.h"

enum {
    SOF0 = 0xC0,
    SOF2 = 0xC2,
    DHT = 0xC4,
    JPG = 0xC8,
    DAC = 0xCC,
    SOF15 = 0xCF,
    RST0 = 0xD0,
    RST7 = 0xD7,
    SOI = 0xD8,
    EOI = 0xD9,
    SOS = 0xDA,
    APP0 = 0xE0,
    APP1 = 0xE1,
    APP2 = 0xE2,
    APP14 = 0xEE,
    PROFILE_PARTS = 255,
};

typedef struct jpeg {
    const image_file *file;
    bx_image *image;
    uint32_t at;
    bool framed, scanned, adobe;
    bx_str profile[PROFILE_PARTS + 1]; /* by number, from 1 */
    int profile_parts;
} jpeg;

static uint32_t byte(bx_str s, uint32_t at) { return at < s.n ? (uint8_t)s.p[at] : 0; }
static uint32_t word(bx_str s, uint32_t at) { return byte(s, at) << 8 | byte(s, at + 1); }

static bx_str after(bx_str s, uint32_t n) { return n < s.n ? bx_str_sub(s, n, s.n) : (bx_str){0}; }

static bool read_frame(jpeg *j, uint32_t marker, bx_str segment) {
    bx_image *image = j->image;
    if (marker > SOF2)
        return bx_image_broken(j->file,
                               "is a JPEG of a kind that PDF cannot carry; save it as baseline");
    if (byte(segment, 0) != 8)
        return bx_image_broken(j->file, "is a JPEG of %u bits; save it with 8", byte(segment, 0));
    if (j->framed)
        return bx_image_broken(j->file, "is a JPEG with two frames");
    j->framed = true;
    image->components = (uint8_t)byte(segment, 5);
    image->bits = 8;
    if (image->components != 1 && image->components != 3 && image->components != 4)
        return bx_image_broken(j->file, "is a JPEG with %u components", image->components);
    if (segment.n < 6 + 3u * image->components)
        return bx_image_broken(j->file, "cannot be decoded: a segment is too short");
    return bx_image_set_size(j->file, image, word(segment, 3), word(segment, 1));
}

static void read_jfif(jpeg *j, bx_str s) {
    if (!bx_str_starts(s, (bx_str){"JFIF", 5}))
        return;
    uint32_t unit = byte(s, 7), x = word(s, 8), y = word(s, 10);
    if (unit == 1) {
        j->image->dpi_x = x;
        j->image->dpi_y = y;
    } else if (unit == 2) {
        j->image->dpi_x = (x * 254 + 50) / 100;
        j->image->dpi_y = (y * 254 + 50) / 100;
    }
}

static uint32_t tiff_number(bx_str s, uint32_t at, uint32_t n, bool little) {
    uint32_t v = 0;
    for (uint32_t i = 0; i < n; i++)
        v |= byte(s, at + i) << 8 * (little ? i : n - 1 - i);
    return v;
}

/* The tag Orientation of the first directory (Exif 2.32, 4.6.4). */
static void read_exif(jpeg *j, bx_str s) {
    if (!bx_str_starts(s, (bx_str){"Exif\0", 6}))
        return;
    bx_str tiff = after(s, 6);
    bool little = byte(tiff, 0) == 'I';
    uint32_t directory = tiff_number(tiff, 4, 4, little);
    if (directory > tiff.n)
        return;
    uint32_t n = tiff_number(tiff, directory, 2, little);
    for (uint32_t i = 0; i < n && directory + 2 + 12 * i < tiff.n; i++) {
        uint32_t entry = directory + 2 + 12 * i;
        uint32_t value = tiff_number(tiff, entry + 8, 2, little);
        if (tiff_number(tiff, entry, 2, little) == 0x0112 && value >= 1 && value <= 8)
            j->image->orientation = (uint8_t)value;
    }
}

/* One part of a profile (ICC.1:2010, B.4): number and count precede its bytes. */
static void read_profile(jpeg *j, bx_str s) {
    if (!bx_str_starts(s, (bx_str){"ICC_PROFILE", 12}) || s.n < 14)
        return;
    j->profile[byte(s, 12)] = after(s, 14);
    j->profile_parts = (int)byte(s, 13);
}

static void join_profile(jpeg *j) {
    bx_buf whole = bx_buf_new(j->file->arena);
    for (int i = 1; i <= j->profile_parts; i++) {
        if (!j->profile[i].n)
            return;
        bx_buf_str(&whole, j->profile[i]);
    }
    if (whole.n)
        bx_image_set_icc(j->file->arena, j->image, whole.p, whole.n);
}

/* Adobe Technical Note 5116: its CMYK is written with 255 for no ink. */
static void read_adobe(jpeg *j, bx_str s) {
    j->adobe = bx_str_starts(s, BX_STR("Adobe")) && s.n >= 12;
}

static bool read_segment(jpeg *j, uint32_t marker, bx_str segment) {
    switch (marker) {
    case APP0:
        read_jfif(j, segment);
        break;
    case APP1:
        read_exif(j, segment);
        break;
    case APP2:
        read_profile(j, segment);
        break;
    case APP14:
        read_adobe(j, segment);
        break;
    case SOS:
        j->scanned = true;
        if (!j->framed)
            return bx_image_broken(j->file, "cannot be decoded: data before its frame");
        break;
    case DHT:
    case JPG:
    case DAC:
        break;
    default:
        if (marker >= SOF0 && marker <= SOF15)
            return read_frame(j, marker, segment);
    }
    return true;
}

/* The next marker, past the coded data of a scan and fill bytes. 0: the file ends before one. */
static uint32_t next_marker(jpeg *j) {
    bx_str s = j->file->bytes;
    while (j->at + 1 < s.n) {
        const char *ff = memchr(s.p + j->at, 0xFF, s.n - 1 - j->at);
        if (!ff)
            return 0;
        j->at = (uint32_t)(ff - s.p) + 1;
        uint32_t marker = byte(s, j->at);
        if (marker == 0xFF || marker == 0 || (marker >= RST0 && marker <= RST7) || marker == 1)
            continue; /* a fill byte, a stuffed 255, a restart */
        j->at++;
        return marker;
    }
    return 0;
}

static bool walk(jpeg *j) {
    bx_str s = j->file->bytes;
    for (;;) {
        uint32_t marker = next_marker(j);
        if (marker == EOI)
            return j->scanned || bx_image_broken(j->file, "is a JPEG without a picture");
        uint32_t length = word(s, j->at);
        if (!marker || length < 2 || length > s.n - j->at)
            return bx_image_broken(j->file, "is cut off");
        if (!read_segment(j, marker, bx_str_sub(s, j->at + 2, j->at + length)))
            return false;
        j->at += length;
    }
}

bool bx_image_read_jpeg(const image_file *file, bx_image *image) {
    jpeg *j = bx_new(file->arena, jpeg);
    j->file = file;
    j->image = image;
    j->at = 2; /* past SOI */
    image->kind = BX_IMAGE_JPEG;
    if (!walk(j))
        return false;
    join_profile(j);
    image->inverted_cmyk = j->adobe && image->components == 4;
    image->bytes = file->bytes;
    return true;
}
