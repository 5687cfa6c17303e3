/* What a character is for Chinese line layout: the table of classes (clreq, GB/T 15834—2011 §5.1).
 *
 * Pure functions of a code point and a region. Whether a quotation mark, a dash or a middle dot is
 * Chinese or Latin where it stands is decided by quotes.c first. */
#ifndef BX_TEXT_CLASSES_H
#define BX_TEXT_CLASSES_H

#include "base/str.h"

/* The national practice that marks follow. */
typedef enum bx_region {
    BX_REGION_GB,
    BX_REGION_TW,
    BX_REGION_HK,
    BX_REGION_JA,
    BX_REGION_KO,
    BX_REGION_OTHER, /* marks as in GB; quotation marks and dashes are Latin by default */
} bx_region;

/* zh, zh-Hans, zh-CN … → GB; zh-Hant, zh-TW → TW; zh-HK, zh-Hant-HK, zh-MO, yue → HK. */
bx_region bx_region_of(bx_str lang);

typedef enum bx_punct {
    BX_P_NONE,
    BX_P_OPEN,      /* “（《「 : white before */
    BX_P_CLOSE,     /* ”）》」 : white after */
    BX_P_PAUSE,     /* ，、；： : white after, or both sides (TW, HK) */
    BX_P_STOP,      /* 。．！？ */
    BX_P_RIGID,     /* ‼ ⁇ and, outside the mainland, ！？: stops of an unchangeable em */
    BX_P_DOT,       /* · ・ */
    BX_P_CONNECTOR, /* – ～ - between Han */
    BX_P_SLASH,     /* / between Han, ／ */
    BX_P_LONG,      /* —— …… */
} bx_punct;

/* East Asian Spacing (UTR #59), resolved for Chinese. */
typedef enum bx_spacing { BX_SPACING_OTHER, BX_SPACING_WIDE, BX_SPACING_NARROW } bx_spacing;

typedef enum bx_kind {
    BX_KIND_OTHER, /* symbols */
    BX_KIND_HAN,
    BX_KIND_KANA, /* bopomofo too */
    BX_KIND_HANGUL,
    BX_KIND_LETTER, /* Latin, Greek, Cyrillic and all other scripts' letters */
    BX_KIND_DIGIT,
    BX_KIND_FULL, /* full-width letters and digits */
    BX_KIND_MARK,
    BX_KIND_EMOJI,
    BX_KIND_SPACE,
} bx_kind;

/* The class of a mark that is set as Chinese. BX_P_NONE for everything else. */
bx_punct bx_punct_of(uint32_t code, bx_region region);
/* Marks whose code points serve Latin too: “ ” ‘ ’ — – … · ‧ • / -. */
bool bx_sign_is_shared(uint32_t code); /* for the next: from U+2010 on */
static inline bool bx_punct_is_shared(uint32_t code) {
    if (code < 0x2010)
        return code == '-' || code == '/' || code == 0x00B7;
    return code <= 0x22EF && bx_sign_is_shared(code);
}
static inline bool bx_is_quote(uint32_t code) {
    return code == 0x2018 || code == 0x2019 || code == 0x201C || code == 0x201D;
}

bx_kind bx_kind_of(uint32_t code);
bx_spacing bx_spacing_of(uint32_t code, bx_kind kind);
/* Han, kana, bopomofo or a mark that is always Chinese: what R7 calls touching. */
bool bx_is_cjk(uint32_t code);
static inline bool bx_kind_is_cjk(bx_kind k) {
    return k == BX_KIND_HAN || k == BX_KIND_KANA || k == BX_KIND_FULL;
}

#endif
