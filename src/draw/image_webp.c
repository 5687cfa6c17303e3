/* WebP through libwebp; of an animation the first frame, on its canvas. */
#include "draw/image_read.h"

#include "base/library.h"

#include <webp/decode.h>
#include <webp/demux.h>

typedef struct webp_api {
    BX_FUNCTION(WebPDecodeRGBAInto);
    BX_FUNCTION(WebPDemuxInternal);
    BX_FUNCTION(WebPDemuxDelete);
    BX_FUNCTION(WebPDemuxGetI);
    BX_FUNCTION(WebPDemuxGetChunk);
    BX_FUNCTION(WebPDemuxReleaseChunkIterator);
    BX_FUNCTION(WebPDemuxGetFrame);
    BX_FUNCTION(WebPDemuxReleaseIterator);
} webp_api;

static bool load(webp_api *api, bx_arena *arena) {
    void *demux = bx_library_open(arena, WEBPDEMUX_SONAME);
    void *webp = bx_library_open(arena, WEBP_SONAME);
    return webp && demux && BX_LOAD(webp, api, WebPDecodeRGBAInto) &&
           BX_LOAD(demux, api, WebPDemuxInternal) && BX_LOAD(demux, api, WebPDemuxDelete) &&
           BX_LOAD(demux, api, WebPDemuxGetI) && BX_LOAD(demux, api, WebPDemuxGetChunk) &&
           BX_LOAD(demux, api, WebPDemuxReleaseChunkIterator) &&
           BX_LOAD(demux, api, WebPDemuxGetFrame) && BX_LOAD(demux, api, WebPDemuxReleaseIterator);
}

typedef struct held_demuxer {
    WebPDemuxer *demuxer;
    BX_FUNCTION(WebPDemuxDelete);
} held_demuxer;

static void drop_demuxer(void *object) {
    held_demuxer *held = object;
    held->WebPDemuxDelete(held->demuxer);
}

static WebPDemuxer *new_demuxer(const webp_api *api, const image_file *file) {
    WebPData data = {(const uint8_t *)file->bytes.p, file->bytes.n};
    held_demuxer *held = bx_new(file->arena, held_demuxer);
    held->WebPDemuxDelete = api->WebPDemuxDelete;
    held->demuxer = api->WebPDemuxInternal(&data, 0, NULL, WEBP_DEMUX_ABI_VERSION);
    if (held->demuxer)
        bx_defer(file->arena, drop_demuxer, held);
    return held->demuxer;
}

static void read_profile(const webp_api *api, const image_file *file, WebPDemuxer *demuxer,
                         bx_image *image) {
    WebPChunkIterator chunk;
    if (api->WebPDemuxGetChunk(demuxer, "ICCP", 1, &chunk))
        bx_image_set_icc(file->arena, image, chunk.chunk.bytes, chunk.chunk.size);
    api->WebPDemuxReleaseChunkIterator(&chunk);
}

bool bx_image_read_webp(const image_file *file, bx_image *image) {
    webp_api api;
    if (!load(&api, file->arena))
        return bx_image_needs(file, "WebP", "libwebp");
    WebPDemuxer *demuxer = new_demuxer(&api, file);
    if (!demuxer)
        return bx_image_broken(file, "cannot be decoded");
    if (!bx_image_set_size(file, image, api.WebPDemuxGetI(demuxer, WEBP_FF_CANVAS_WIDTH),
                           api.WebPDemuxGetI(demuxer, WEBP_FF_CANVAS_HEIGHT)))
        return false;
    WebPIterator frame;
    if (!api.WebPDemuxGetFrame(demuxer, 1, &frame))
        return bx_image_broken(file, "has no frame");
    WebPData fragment = frame.fragment; /* in the file's bytes */
    size_t stride = 4 * (size_t)image->width;
    size_t offset = (size_t)frame.y_offset * stride + 4 * (size_t)frame.x_offset;
    api.WebPDemuxReleaseIterator(&frame);

    bx_image_new_planes(file->arena, image, 3, 8, true);
    read_profile(&api, file, demuxer, image);
    bx_mark mark = bx_arena_mark(file->arena);
    size_t size = stride * image->height;
    uint8_t *samples = bx_alloc(file->arena, size);
    bool decoded =
        offset < size && api.WebPDecodeRGBAInto(fragment.bytes, fragment.size, samples + offset,
                                                size - offset, (int)stride);
    if (decoded)
        bx_image_split(image, samples);
    bx_arena_rewind(file->arena, mark);
    return decoded || bx_image_broken(file, "cannot be decoded");
}
