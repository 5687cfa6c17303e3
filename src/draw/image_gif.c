/* GIF through giflib: the first frame on its canvas, as indices of a palette. */
#include "draw/image_read.h"

#include "base/library.h"

#include <gif_lib.h>

typedef struct gif_api {
    BX_FUNCTION(DGifOpen);
    BX_FUNCTION(DGifCloseFile);
    BX_FUNCTION(DGifGetRecordType);
    BX_FUNCTION(DGifGetExtension);
    BX_FUNCTION(DGifGetExtensionNext);
    BX_FUNCTION(DGifExtensionToGCB);
    BX_FUNCTION(DGifGetImageHeader);
    BX_FUNCTION(DGifGetLine);
} gif_api;

static bool load(gif_api *api, bx_arena *arena) {
    void *lib = bx_library_open(arena, GIF_SONAME);
    return lib && BX_LOAD(lib, api, DGifOpen) && BX_LOAD(lib, api, DGifCloseFile) &&
           BX_LOAD(lib, api, DGifGetRecordType) && BX_LOAD(lib, api, DGifGetExtension) &&
           BX_LOAD(lib, api, DGifGetExtensionNext) && BX_LOAD(lib, api, DGifExtensionToGCB) &&
           BX_LOAD(lib, api, DGifGetImageHeader) && BX_LOAD(lib, api, DGifGetLine);
}

typedef struct gif {
    gif_api api;
    const image_file *file;
    GifFileType *gif;
    uint32_t at;
    int transparent; /* index, or -1 */
} gif;

static int on_read(GifFileType *g, GifByteType *to, int n) {
    gif *r = g->UserData;
    uint32_t left = r->file->bytes.n - r->at, take = n < 0                ? 0
                                                     : (uint32_t)n < left ? (uint32_t)n
                                                                          : left;
    memcpy(to, r->file->bytes.p + r->at, take);
    r->at += take;
    return (int)take;
}

static void drop_gif(void *user) {
    gif *r = user;
    r->api.DGifCloseFile(r->gif, NULL);
}

/* The graphics control that precedes the first frame says which index lets through. */
static bool skip_extension(gif *r) {
    int label;
    GifByteType *block;
    GraphicsControlBlock control;
    if (r->api.DGifGetExtension(r->gif, &label, &block) == GIF_ERROR)
        return false;
    if (block && label == GRAPHICS_EXT_FUNC_CODE &&
        r->api.DGifExtensionToGCB(block[0], block + 1, &control) == GIF_OK)
        r->transparent = control.TransparentColor;
    while (block)
        if (r->api.DGifGetExtensionNext(r->gif, &block) == GIF_ERROR)
            return false;
    return true;
}

static bool find_frame(gif *r) {
    GifRecordType type;
    while (r->api.DGifGetRecordType(r->gif, &type) == GIF_OK) {
        if (type == IMAGE_DESC_RECORD_TYPE)
            return r->api.DGifGetImageHeader(r->gif) == GIF_OK;
        if (type != EXTENSION_RECORD_TYPE || !skip_extension(r))
            return false;
    }
    return false;
}

/* The colours, and one more when some index has none: black. */
static bool take_palette(gif *r, bx_image *image) {
    ColorMapObject *map = r->gif->Image.ColorMap ? r->gif->Image.ColorMap : r->gif->SColorMap;
    if (!map || map->ColorCount < 1 || map->ColorCount > 256)
        return bx_image_broken(r->file, "has no palette");
    uint8_t *rgb = bx_alloc(r->file->arena, 768);
    for (int i = 0; i < map->ColorCount; i++) {
        rgb[3 * i] = map->Colors[i].Red;
        rgb[3 * i + 1] = map->Colors[i].Green;
        rgb[3 * i + 2] = map->Colors[i].Blue;
    }
    image->palette = (bx_str){(char *)rgb, 768};
    return true;
}

/* The row at which line `i` of an interlaced frame stands (GIF89a, appendix E). */
static int interlaced_row(int i, int height) {
    static const int first[] = {0, 4, 2, 1}, step[] = {8, 8, 4, 2};
    for (int pass = 0; pass < 4; pass++) {
        int rows = (height - first[pass] + step[pass] - 1) / step[pass];
        if (i < rows)
            return first[pass] + i * step[pass];
        i -= rows;
    }
    return 0;
}

static bool read_rows(gif *r, bx_image *image) {
    const GifImageDesc *d = &r->gif->Image;
    if (d->Left < 0 || d->Top < 0 || d->Width < 1 || d->Height < 1 ||
        (int64_t)d->Left + d->Width > image->width || (int64_t)d->Top + d->Height > image->height)
        return bx_image_broken(r->file, "has a frame outside its canvas");
    uint8_t *indices = (uint8_t *)image->bytes.p, *alpha = (uint8_t *)image->alpha.p;
    for (int i = 0; i < d->Height; i++) {
        int row = d->Interlace ? interlaced_row(i, d->Height) : i;
        size_t at = (size_t)(d->Top + row) * image->width + (size_t)d->Left;
        if (r->api.DGifGetLine(r->gif, indices + at, d->Width) == GIF_ERROR)
            return bx_image_broken(r->file, "is cut off or cannot be decoded");
        for (int x = 0; x < d->Width; x++)
            alpha[at + (size_t)x] = indices[at + (size_t)x] == r->transparent ? 0 : 255;
    }
    bool opaque = !memchr(alpha, 0, image->alpha.n);
    if (opaque)
        image->alpha = (bx_str){0};
    return true;
}

bool bx_image_read_gif(const image_file *file, bx_image *image) {
    gif *r = bx_new(file->arena, gif);
    r->file = file;
    r->transparent = NO_TRANSPARENT_COLOR;
    if (!load(&r->api, file->arena))
        return bx_image_needs(file, "GIF", "giflib");
    int error = 0;
    r->gif = r->api.DGifOpen(r, on_read, &error);
    if (!r->gif)
        return bx_image_broken(file, "cannot be decoded");
    bx_defer(file->arena, drop_gif, r);
    if (!bx_image_set_size(file, image, (uint64_t)r->gif->SWidth, (uint64_t)r->gif->SHeight))
        return false;
    if (!find_frame(r))
        return bx_image_broken(file, "has no frame that can be decoded");
    if (!take_palette(r, image))
        return false;
    bx_image_new_planes(file->arena, image, 1, 8, true);
    image->components = 3;
    return read_rows(r, image);
}
