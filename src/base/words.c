#include "base/words.h"

#include <string.h>

const bx_words *bx_words_find(const char *lang) {
    size_t n = lang ? strcspn(lang, "-_.@") : 0;
    return n == 2 && memcmp(lang, "zh", 2) == 0 ? &bx_words_zh : NULL;
}

const char *bx_word(const bx_words *words, const char *english) {
    for (size_t i = 0; words && i < words->n; i++)
        if (strcmp(words->rows[i].english, english) == 0)
            return words->rows[i].here;
    return english;
}
