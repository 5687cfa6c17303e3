/* The language that messages are in: what the source says in English, in another language.
 *
 * The English text is the key, so that the source reads as what users see. Codes, places and names
 * of keys stay as they are. A text that the table lacks is said in English; a test looks for those.
 */
#ifndef BX_BASE_WORDS_H
#define BX_BASE_WORDS_H

#include <stddef.h>

typedef struct bx_words_row {
    const char *english;
    const char *here; /* with the same conversions in the same order, when it is a format */
} bx_words_row;

typedef struct bx_words {
    const char *lang; /* "zh" */
    const bx_words_row *rows;
    size_t n;
} bx_words;

/* By language tag: "zh", "zh_CN.UTF-8", "zh-Hant" …; NULL: English is used. */
const bx_words *bx_words_find(const char *lang);

/* The text in that language, or `english` itself. `words` may be NULL. */
const char *bx_word(const bx_words *words, const char *english);

extern const bx_words bx_words_zh;

#endif
