/* QR codes (ISO/IEC 18004) as one path: exact outlines of the dark area, so no seam shows at any
 * zoom.
 *
 * Byte mode with UTF-8, error correction M, the smallest version that holds the text. */
#ifndef BX_DRAW_QR_H
#define BX_DRAW_QR_H

#include "base/diag.h"
#include "draw/frame.h"

typedef struct bx_qr_code {
    const bx_path *path; /* in the box of `side` × `side`, origin at its top left */
    bx_len side;         /* at most what was asked for: a whole number of modules */
    bx_len module;       /* the side of one */
    uint32_t modules;    /* along a side, the quiet zone of 4 at each edge included */
} bx_qr_code;

/* The code of `data` at most `side` wide, quiet zone included, in `ink`. False after an error: the
 * text is too long (at most 2331 bytes) or empty. */
bool bx_qr_make(bx_arena *arena, bx_str data, bx_len side, bx_color ink, bx_span asked,
                bx_report *report, bx_qr_code *code);

#endif
