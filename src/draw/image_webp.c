/* WebP through libwebp; of an animation the first frame, on its canvas. */
#include "draw/image_read.h"

#include <webp/decode.h>
#include <webp/demux.h>

static void drop_demuxer(void *d) { WebPDemuxDelete(d); }

static void read_profile(const image_file *file, WebPDemuxer *demuxer, bx_image *image) {
    WebPChunkIterator chunk;
    if (WebPDemuxGetChunk(demuxer, "ICCP", 1, &chunk))
        bx_image_set_icc(file->arena, image, chunk.chunk.bytes, chunk.chunk.size);
    WebPDemuxReleaseChunkIterator(&chunk);
}

bool bx_image_read_webp(const image_file *file, bx_image *image) {
    WebPData data = {(const uint8_t *)file->bytes.p, file->bytes.n};
    WebPDemuxer *demuxer = WebPDemux(&data);
    if (!demuxer)
        return bx_image_broken(file, "cannot be decoded");
    bx_defer(file->arena, drop_demuxer, demuxer);
    if (!bx_image_set_size(file, image, WebPDemuxGetI(demuxer, WEBP_FF_CANVAS_WIDTH),
                           WebPDemuxGetI(demuxer, WEBP_FF_CANVAS_HEIGHT)))
        return false;
    WebPIterator frame;
    if (!WebPDemuxGetFrame(demuxer, 1, &frame))
        return bx_image_broken(file, "has no frame");
    WebPData fragment = frame.fragment; /* in the file's bytes */
    size_t stride = 4 * (size_t)image->width;
    size_t offset = (size_t)frame.y_offset * stride + 4 * (size_t)frame.x_offset;
    WebPDemuxReleaseIterator(&frame);

    bx_image_new_planes(file->arena, image, 3, 8, true);
    read_profile(file, demuxer, image);
    bx_mark mark = bx_arena_mark(file->arena);
    size_t size = stride * image->height;
    uint8_t *samples = bx_alloc(file->arena, size);
    bool decoded =
        offset < size && WebPDecodeRGBAInto(fragment.bytes, fragment.size, samples + offset,
                                            size - offset, (int)stride);
    if (decoded)
        bx_image_split(image, samples);
    bx_arena_rewind(file->arena, mark);
    return decoded || bx_image_broken(file, "cannot be decoded");
}
