/* Character classes that Markdown's rules ask for, after CommonMark 0.31 (2.1) and the CJK-friendly
 * amendments to it (characters 2.1, emphasis 6.2). */
#ifndef BX_INPUT_CJK_H
#define BX_INPUT_CJK_H

#include "base/str.h"

/* What stands beside a delimiter run. */
typedef enum bx_side {
    BX_SIDE_SPACE,  /* white space, or the text's edge */
    BX_SIDE_PUNCT,  /* punctuation that is not CJK */
    BX_SIDE_CJK,    /* a CJK character, mark or letter, or a sequence that counts as one */
    BX_SIDE_LETTER, /* anything else */
} bx_side;

/* The class of what ends at, or begins at, byte `at`. *punct: it is Unicode punctuation (P or S),
 * CJK or not. */
bx_side bx_side_before(bx_str text, uint32_t at, bool *punct);
bx_side bx_side_after(bx_str text, uint32_t at, bool *punct);

/* East Asian wide, full-width or half-width and no emoji by default, or Hangul. */
bool bx_char_is_cjk(uint32_t c);
/* General category P or S: Unicode punctuation in CommonMark 0.31. */
bool bx_char_is_punctuation(uint32_t c);
bool bx_char_is_han(uint32_t c);
bool bx_char_is_kana(uint32_t c);
bool bx_char_is_hangul(uint32_t c);

#endif
