/* Embedding levels (UAX #9), by ICU. Most paragraphs have nothing that runs right to left, and cost
 * one look at each character. */
#include "text/paragraph.h"

#include "base/utf8.h"
#include "text/held.h"

#include <unicode/ubidi.h>
#include <unicode/uchar.h>
#include <unicode/utf16.h>

static bool needs_bidi(const bx_paragraph *p) {
    if (p->rtl)
        return true;
    for (uint32_t i = 0; i < p->codes.n; i++) {
        uint32_t c = p->codes.at[i];
        if (c < 0x590 || (c >= 0x3000 && c < 0xFB00))
            continue;
        switch (u_charDirection((UChar32)c)) {
        case U_RIGHT_TO_LEFT:
        case U_RIGHT_TO_LEFT_ARABIC:
        case U_ARABIC_NUMBER:
        case U_RIGHT_TO_LEFT_EMBEDDING:
        case U_RIGHT_TO_LEFT_OVERRIDE:
        case U_RIGHT_TO_LEFT_ISOLATE:
            return true;
        default:
            break;
        }
    }
    return false;
}

static void release(void *bidi) { ubidi_close(bidi); }

void bx_bidi(bx_paragraph *p) {
    if (p->clusters.n == 0 || !needs_bidi(p))
        return;
    UChar *text = bx_new_n(p->arena, UChar, (size_t)p->codes.n * 2 + 1);
    uint32_t *where = bx_new_n(p->arena, uint32_t, p->clusters.n + 1);
    int32_t n = 0;
    for (uint32_t i = 0; i < p->clusters.n; i++) {
        where[i] = (uint32_t)n;
        uint32_t end = i + 1 < p->clusters.n ? p->clusters.at[i + 1].cp : p->codes.n;
        for (uint32_t k = p->clusters.at[i].cp; k < end; k++)
            U16_APPEND_UNSAFE(text, n, p->codes.at[k]);
    }
    bx_held *held = bx_hold(p->arena, release, ubidi_open());
    UErrorCode status = U_ZERO_ERROR;
    ubidi_setPara(held->object, text, n, p->rtl ? 1 : 0, NULL, &status);
    const UBiDiLevel *levels = ubidi_getLevels(held->object, &status);
    if (U_FAILURE(status))
        bx_out_of_memory(p->arena);
    for (uint32_t i = 0; i < p->clusters.n; i++)
        p->clusters.at[i].level = levels[where[i]];
    bx_let_go(held);
}
