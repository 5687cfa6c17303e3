/* AVIF through libavif, loaded when needed: its still picture, 8 bits. */
#include "draw/image_read.h"

#include "base/library.h"

#include <avif/avif.h>

typedef struct avif_api {
    BX_FUNCTION(avifCodecName);
    BX_FUNCTION(avifDecoderCreate);
    BX_FUNCTION(avifDecoderDestroy);
    BX_FUNCTION(avifDecoderNextImage);
    BX_FUNCTION(avifDecoderParse);
    BX_FUNCTION(avifDecoderSetIOMemory);
    BX_FUNCTION(avifImageYUVToRGB);
    BX_FUNCTION(avifResultToString);
    BX_FUNCTION(avifRGBImageSetDefaults);
} avif_api;

static bool load(avif_api *api, bx_arena *arena) {
    void *lib = bx_library_open(arena, AVIF_SONAME);
    return lib && BX_LOAD(lib, api, avifCodecName) && BX_LOAD(lib, api, avifDecoderCreate) &&
           BX_LOAD(lib, api, avifDecoderDestroy) && BX_LOAD(lib, api, avifDecoderNextImage) &&
           BX_LOAD(lib, api, avifDecoderParse) && BX_LOAD(lib, api, avifDecoderSetIOMemory) &&
           BX_LOAD(lib, api, avifImageYUVToRGB) && BX_LOAD(lib, api, avifResultToString) &&
           BX_LOAD(lib, api, avifRGBImageSetDefaults);
}

typedef struct held_decoder {
    avifDecoder *decoder;
    BX_FUNCTION(avifDecoderDestroy);
} held_decoder;

static void drop_decoder(void *object) {
    held_decoder *held = object;
    held->avifDecoderDestroy(held->decoder);
}

static avifDecoder *new_decoder(const avif_api *api, bx_arena *arena) {
    held_decoder *held = bx_new(arena, held_decoder);
    held->avifDecoderDestroy = api->avifDecoderDestroy;
    held->decoder = api->avifDecoderCreate();
    if (!held->decoder)
        bx_out_of_memory(arena);
    bx_defer(arena, drop_decoder, held);
    return held->decoder;
}

/* Rotation and mirroring as the Exif value that means the same (ISO/IEC 23008-12, 6.5.10
 * and 6.5.12: the turn is anticlockwise and comes first). */
static uint8_t orientation_of(const avifImage *image) {
    static const uint8_t turned[4] = {1, 8, 3, 6};
    static const uint8_t upside_down[4] = {4, 5, 2, 7}, mirrored[4] = {2, 7, 4, 5};
    unsigned turn = image->transformFlags & AVIF_TRANSFORM_IROT ? image->irot.angle & 3 : 0;
    if (!(image->transformFlags & AVIF_TRANSFORM_IMIR))
        return turned[turn];
#if AVIF_VERSION >= 1000000
    return image->imir.axis ? mirrored[turn] : upside_down[turn];
#else
    return image->imir.mode ? mirrored[turn] : upside_down[turn];
#endif
}

static bool decode(const avif_api *api, const image_file *file, avifImage *from, bx_image *image) {
    bx_image_new_planes(file->arena, image, 3, 8, true);
    bx_image_set_icc(file->arena, image, from->icc.data, from->icc.size);
    bx_mark mark = bx_arena_mark(file->arena);
    avifRGBImage rgb;
    api->avifRGBImageSetDefaults(&rgb, from);
    rgb.format = AVIF_RGB_FORMAT_RGBA;
    rgb.depth = 8;
    rgb.rowBytes = 4 * image->width;
    rgb.pixels = bx_alloc_n(file->arena, image->height, rgb.rowBytes);
    bool converted = api->avifImageYUVToRGB(from, &rgb) == AVIF_RESULT_OK;
    if (converted)
        bx_image_split(image, rgb.pixels);
    bx_arena_rewind(file->arena, mark);
    return converted || bx_image_broken(file, "cannot be decoded");
}

bool bx_image_read_avif(const image_file *file, bx_image *image) {
    avif_api api;
    if (!load(&api, file->arena))
        return bx_image_needs(file, "AVIF", "libavif");
    avifDecoder *decoder = new_decoder(&api, file->arena);
    /* dav1d, the first choice of libavif, prints what it finds wrong; libaom is silent. */
    if (api.avifCodecName(AVIF_CODEC_CHOICE_AOM, AVIF_CODEC_FLAG_CAN_DECODE))
        decoder->codecChoice = AVIF_CODEC_CHOICE_AOM;
    decoder->maxThreads = 1;
    decoder->imageSizeLimit = AVIF_DEFAULT_IMAGE_SIZE_LIMIT;
    decoder->ignoreExif = AVIF_TRUE;
    decoder->ignoreXMP = AVIF_TRUE;
    avifResult result =
        api.avifDecoderSetIOMemory(decoder, (const uint8_t *)file->bytes.p, file->bytes.n);
    if (result == AVIF_RESULT_OK)
        result = api.avifDecoderParse(decoder);
    if (result != AVIF_RESULT_OK)
        return bx_image_broken(file, "cannot be decoded: %s", api.avifResultToString(result));
    if (!bx_image_set_size(file, image, decoder->image->width, decoder->image->height))
        return false;
    result = api.avifDecoderNextImage(decoder);
    if (result != AVIF_RESULT_OK)
        return bx_image_broken(file, "cannot be decoded: %s", api.avifResultToString(result));
    image->orientation = orientation_of(decoder->image);
    return decode(&api, file, decoder->image, image);
}
