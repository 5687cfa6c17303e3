#include "output/pdf/writer.h"

#include "draw/reduce.h"
#include "output/pdf/cmyk.h"
#include "output/pdf/flate.h"

typedef struct bx_picture_use {
    bx_obj *obj;
    bool alpha, on_page;
} bx_picture_use;

/* The greatest size at which a picture stands on the pages, as its samples are stored. */
typedef struct bx_picture_size {
    bx_len w, h;
} bx_picture_size;

struct bx_pictures {
    bx_map size_by_digest; /* → bx_picture_size* */
    bx_map by_digest;      /* → bx_picture_use* of pictures, bx_obj* of profiles */
    BX_VEC(bx_picture_use *) list;
    bx_flate *flate;
};

static struct bx_pictures *pictures_of(bx_writer *w) {
    if (!w->pictures) {
        w->pictures = bx_new(w->arena, struct bx_pictures);
        w->pictures->by_digest = bx_map_new(w->arena);
        w->pictures->size_by_digest = bx_map_new(w->arena);
        w->pictures->flate = bx_flate_new(w->arena);
    }
    return w->pictures;
}

/* The first 128 bytes of a profile (ICC.1:2010, 7.2): is it one that PDF/A-2 (6.2.4.2) and the
 * picture's components allow? */
static bool profile_fits(bx_str icc, uint32_t components) {
    if (icc.n < 128 || memcmp(icc.p + 36, "acsp", 4) != 0 || (uint8_t)icc.p[8] > 4)
        return false;
    const char *space = components == 1 ? "GRAY" : components == 3 ? "RGB " : "CMYK";
    static const char classes[] = "mntrprtrscnrspac";
    bool known = false;
    for (int i = 0; i < 4; i++)
        known |= memcmp(icc.p + 12, classes + 4 * i, 4) == 0;
    return known && memcmp(icc.p + 16, space, 4) == 0;
}

/* The file's own output intent is sRGB: a picture that says the same needs no profile of its own.
 */
static bool profile_is_srgb(bx_str icc) { return bx_str_find(icc, BX_STR("sRGB IEC61966")) >= 0; }

static const bx_obj *profile_obj(bx_writer *w, bx_str icc, uint32_t components) {
    bx_digest digest = bx_sha256(&icc, 1);
    void **slot = bx_map_put(&pictures_of(w)->by_digest,
                             bx_str_dup(w->arena, (bx_str){(const char *)digest.byte, 32}));
    if (!*slot) {
        bx_obj *obj = bx_store_add(w->store);
        bx_obj_int(obj, "N", (int32_t)components);
        bx_obj_stream(obj, icc, BX_PACK_DEFLATE);
        *slot = obj;
    }
    return *slot;
}

/* Grey and RGB without a profile are what the output intent says; CMYK needs one of its own. */
static void color_space(bx_writer *w, const bx_image *image, bx_buf *out) {
    static const char *const device[] = {"", "DeviceGray", "", "DeviceRGB"};
    uint32_t n = image->components;
    bx_buf_str(out, BX_STR("/ColorSpace"));
    if (image->palette.n >= 3) {
        bx_buf_fmt(out, "[/Indexed/DeviceRGB %u", image->palette.n / 3 - 1);
        bx_pdf_bytes(out, image->palette);
        bx_buf_char(out, ']');
        return;
    }
    bx_str icc = profile_fits(image->icc, n) ? image->icc : (bx_str){0};
    if (!icc.n && n == 4)
        icc = bx_cmyk_profile(w->arena);
    if (icc.n && !(n == 3 && profile_is_srgb(icc)))
        bx_buf_fmt(out, "[/ICCBased %u 0 R]", bx_obj_number(profile_obj(w, icc, n)));
    else
        bx_buf_fmt(out, "/%s", device[n]);
}

/* Samples deflated, with PNG's predictors when that is smaller. */
static void samples(bx_writer *w, bx_obj *obj, bx_str rows, uint32_t width, uint32_t components,
                    uint32_t bits) {
    bx_flate *flate = pictures_of(w)->flate;
    bx_str plain = bx_flate_pack(flate, rows);
    if (bits == 8) {
        uint32_t row = width * components;
        bx_str predicted = bx_flate_pack(flate, bx_flate_predict(w->arena, rows, row, components));
        if (predicted.n + 64 < plain.n) {
            plain = predicted;
            bx_buf_fmt(bx_obj_raw(obj), "/DecodeParms<</Predictor 15/Colors %u/Columns %u>>",
                       components, width);
        }
    }
    bx_obj_name(obj, "Filter", "FlateDecode");
    bx_obj_stream(obj, plain, BX_PACK_NONE);
}

/* The high bytes of samples of 16 bits, which are stored high byte first. */
static bx_str to_eight_bits(bx_arena *arena, bx_str wide) {
    char *out = bx_alloc(arena, wide.n / 2);
    for (uint32_t i = 0; i < wide.n / 2; i++)
        out[i] = wide.p[2 * i];
    return (bx_str){out, wide.n / 2};
}

static bool opaque(bx_str alpha) {
    for (uint32_t i = 0; i < alpha.n; i++)
        if ((uint8_t)alpha.p[i] != 0xFF)
            return false;
    return true;
}

static void header(bx_obj *obj, uint32_t width, uint32_t height, uint32_t bits) {
    bx_obj_name(obj, "Type", "XObject");
    bx_obj_name(obj, "Subtype", "Image");
    bx_obj_int(obj, "Width", (int32_t)width);
    bx_obj_int(obj, "Height", (int32_t)height);
    bx_obj_int(obj, "BitsPerComponent", (int32_t)bits);
}

static const bx_obj *soft_mask(bx_writer *w, const bx_image *image) {
    bx_obj *mask = bx_store_add(w->store);
    header(mask, image->width, image->height, 8);
    bx_obj_name(mask, "ColorSpace", "DeviceGray");
    samples(w, mask, image->alpha, image->width, 1, 8);
    return mask;
}

/* Bytes that the samples must have; the contract of draw/image.h, checked because a viewer would
 * read past them. */
static bool well_formed(const bx_image *image) {
    uint64_t pixels = (uint64_t)image->width * image->height;
    if (image->kind == BX_IMAGE_VECTOR)
        return image->bytes.n > 0;
    if (pixels == 0 || (image->alpha.n > 0 && image->alpha.n != pixels))
        return false;
    if (image->components != 1 && image->components != 3 && image->components != 4)
        return false;
    if (image->kind == BX_IMAGE_JPEG)
        return image->bytes.n > 0;
    if (image->palette.n >= 3)
        return image->bytes.n == pixels;
    return image->bytes.n == pixels * image->components * (image->bits == 16 ? 2 : 1);
}

/* A drawing: it may be transparent anywhere. */
static bx_picture_use *embed_form(bx_writer *w, const bx_image *image) {
    bx_picture_use *use = bx_new(w->arena, bx_picture_use);
    use->alpha = true;
    use->obj = bx_pdf_import(w, image->bytes);
    if (use->obj)
        return use;
    bx_say(w->report, BX_D_INTERNAL, (bx_span){0}, "a drawing's page cannot be taken over");
    w->refused = true;
    use->obj = bx_store_add(w->store);
    return use;
}

static bx_picture_use *embed(bx_writer *w, const bx_image *image) {
    if (image->kind == BX_IMAGE_VECTOR)
        return embed_form(w, image);
    bx_picture_use *use = bx_new(w->arena, bx_picture_use);
    bx_obj *obj = use->obj = bx_store_add(w->store);
    header(obj, image->width, image->height, 8);
    bx_buf *raw = bx_obj_raw(obj);
    color_space(w, image, raw);
    if (image->alpha.n > 0 && !opaque(image->alpha)) {
        use->alpha = true;
        bx_obj_ref(obj, "SMask", soft_mask(w, image));
    }
    if (image->kind == BX_IMAGE_JPEG) {
        if (image->inverted_cmyk)
            bx_buf_str(raw, BX_STR("/Decode[1 0 1 0 1 0 1 0]"));
        bx_obj_name(obj, "Filter", "DCTDecode");
        bx_obj_stream(obj, image->bytes, BX_PACK_NONE);
    } else if (image->palette.n >= 3) {
        bx_str rows = image->bytes;
        samples(w, obj, rows, image->width, 1, 1);
    } else {
        bx_str rows = image->bits == 16 ? to_eight_bits(w->arena, image->bytes) : image->bytes;
        samples(w, obj, rows, image->width, image->components, 8);
    }
    return use;
}

static bx_str key_of(const bx_image *image) {
    return (bx_str){(const char *)image->digest.byte, sizeof image->digest.byte};
}

static void note_picture(bx_writer *w, const bx_item *item) {
    const bx_image *image = item->picture.image;
    if (image->kind == BX_IMAGE_VECTOR)
        return;
    bool turned = image->orientation > 4;
    void **slot = bx_map_put(&pictures_of(w)->size_by_digest, key_of(image));
    bx_picture_size *size = *slot ? *slot : (*slot = bx_new(w->arena, bx_picture_size));
    size->w = bx_len_max(size->w, turned ? item->picture.h : item->picture.w);
    size->h = bx_len_max(size->h, turned ? item->picture.w : item->picture.h);
}

static void note_pictures(bx_writer *w, const bx_frame *frame, int depth) {
    for (uint32_t i = 0; depth <= BX_FRAMES_DEEP && i < frame->items.n; i++) {
        const bx_item *item = &frame->items.at[i];
        if (item->kind == BX_ITEM_FRAME)
            note_pictures(w, item->frame, depth + 1);
        else if (item->kind == BX_ITEM_IMAGE)
            note_picture(w, item);
    }
}

void bx_pdf_pictures_note(bx_writer *w, const bx_frame *frame) { note_pictures(w, frame, 0); }

/* Brought down to the resolution that is wanted at its greatest size. */
static const bx_image *reduced(bx_writer *w, const bx_image *image) {
    const bx_picture_size *size = bx_map_get(&pictures_of(w)->size_by_digest, key_of(image));
    int64_t dpi = w->options->image_dpi;
    if (!size || !dpi)
        return image;
    return bx_image_reduced(w->arena, image, (uint32_t)bx_muldiv(size->w, dpi, 72 * BX_PT),
                            (uint32_t)bx_muldiv(size->h, dpi, 72 * BX_PT));
}

uint32_t bx_pdf_picture(bx_writer *w, const bx_image *image, bool on_page, bool *alpha) {
    struct bx_pictures *all = pictures_of(w);
    *alpha = false;
    if (!well_formed(image)) {
        bx_say(w->report, BX_D_INTERNAL, (bx_span){0}, "a picture's samples do not fit its size");
        w->refused = true;
        return 0;
    }
    bx_str key = bx_str_dup(w->arena, (bx_str){(const char *)image->digest.byte, 32});
    void **slot = bx_map_put(&all->by_digest, key);
    if (!*slot) {
        bx_picture_use *made = embed(w, reduced(w, image));
        bx_push(w->arena, &all->list, made);
        /* Embedding may have added a profile to the table and moved the slot. */
        slot = bx_map_put(&all->by_digest, key);
        *slot = made;
    }
    bx_picture_use *use = *slot;
    use->on_page |= on_page;
    *alpha = use->alpha;
    for (uint32_t i = 0; i < all->list.n; i++)
        if (all->list.at[i] == use)
            return i + 1;
    return 0;
}

const bx_obj *bx_pdf_picture_obj(bx_writer *w, uint32_t number) {
    return pictures_of(w)->list.at[number - 1]->obj;
}

void bx_pdf_pictures_done(bx_writer *w) {
    struct bx_pictures *all = pictures_of(w);
    bx_buf out = bx_buf_new(w->arena);
    for (uint32_t i = 0; i < all->list.n; i++)
        if (all->list.at[i]->on_page)
            bx_buf_fmt(&out, "/I%u %u 0 R", i + 1, bx_obj_number(all->list.at[i]->obj));
    if (out.n > 0)
        bx_buf_fmt(bx_obj_raw(w->resources), "/XObject<<%.*s>>", (int)out.n, out.p);
}
