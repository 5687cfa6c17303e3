/* Lengths, amounts and colours as people write them: 10.5pt, 25.4 mm, 2em, 3 lines, 五号, 6%;
 * "#0F3D73", brand, tint(brand, 6%).
 *
 * Every function returns an empty string and fills *out, or says what is wrong in a sentence that
 * can be shown, in the language of `words` (NULL: English); *out is then unchanged. Decimal numbers are read exactly (six decimals count);
 * exponents, NaN and infinities are no numbers. */
#ifndef BX_STYLE_VALUE_H
#define BX_STYLE_VALUE_H

#include "base/words.h"
#include "style/style.h"

/* What relative units are of. A zero makes the unit an error: it has no meaning there. */
typedef struct bx_units {
    bx_len em;           /* the size that em is of */
    bx_len line;         /* the page's pitch */
    bx_len whole;        /* what % is of */
    const bx_map *sizes; /* tokens: name → const bx_len*; NULL: none */
} bx_units;

/* The greatest length there is: PDF's largest page, 14 400 pt (ISO 32000-1, annex C). */
enum { BX_LENGTH_LIMIT = 14400 * BX_PT };

bx_str bx_length_read(bx_arena *arena, const bx_words *words, bx_str text, const bx_units *units, bx_len *out);

/* 0.25em, 25% or 0.25: in 1/1024. */
bx_str bx_amount_read(bx_arena *arena, const bx_words *words, bx_str text, bx_em *out);

/* "#RRGGBB", "#RGB", a token, tint(colour, p%): p of the colour on white paper; none: not set. */
bx_str bx_color_read(bx_arena *arena, const bx_words *words, bx_str text, const bx_map *tokens, bx_color *out);

/* A sheet's name: A4, 16开 … False: no such sheet. */
bool bx_sheet_find(bx_str name, bx_len *width, bx_len *height);

/* The next word of a value such as "0.4pt tint(brand, 20%)": words are parted by white space
 * outside of parentheses. *at moves past it; an empty string at the end. */
bx_str bx_value_word(bx_str text, uint32_t *at);

#endif
