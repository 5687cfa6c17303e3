#include "draw/frame.h"

bx_frame *bx_frame_new(bx_arena *arena, bx_len w, bx_len h) {
    bx_frame *frame = bx_new(arena, bx_frame);
    frame->w = w;
    frame->h = h;
    return frame;
}

void bx_frame_reserve(bx_arena *arena, bx_frame *frame, uint32_t n) {
    bx_reserve(arena, &frame->items, frame->items.n + n);
}

void bx_frame_fill(bx_arena *arena, bx_frame *frame, const bx_item *items, uint32_t n) {
    frame->items.n = 0;
    bx_frame_reserve(arena, frame, n);
    if (n)
        memcpy(frame->items.at, items, n * sizeof *items);
    frame->items.n = n;
    frame->anchors = false;
    for (uint32_t i = 0; i < n; i++)
        frame->anchors |= items[i].anchors;
}

/* Most frames hold one or two. */
bx_item *bx_frame_add(bx_arena *arena, bx_frame *frame, bx_item item) {
    if (frame->items.n == frame->items.cap)
        bx_frame_reserve(arena, frame, frame->items.n ? frame->items.n : 2);
    item.anchors =
        item.kind == BX_ITEM_ANCHOR || (item.kind == BX_ITEM_FRAME && item.frame->anchors);
    frame->anchors |= item.anchors;
    bx_push(arena, &frame->items, item);
    return &frame->items.at[frame->items.n - 1];
}

void bx_frame_place(bx_arena *arena, bx_frame *frame, const bx_frame *child, bx_len dx, bx_len dy) {
    bx_frame_add(arena, frame,
                 (bx_item){.kind = BX_ITEM_FRAME, .dx = dx, .dy = dy, .frame = child});
}
