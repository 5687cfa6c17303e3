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

bx_item *bx_frame_add(bx_arena *arena, bx_frame *frame, bx_item item) {
    bx_push(arena, &frame->items, item);
    return &frame->items.at[frame->items.n - 1];
}

void bx_frame_place(bx_arena *arena, bx_frame *frame, const bx_frame *child, bx_len dx, bx_len dy) {
    bx_frame_add(arena, frame,
                 (bx_item){.kind = BX_ITEM_FRAME, .dx = dx, .dy = dy, .frame = child});
}
