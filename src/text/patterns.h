/* Patterns of hyphenation (F. M. Liang, Word Hy-phen-a-tion by Com-put-er, 1983), from the
 * dictionary files of libhyphen.
 *
 * libhyphen makes an automaton of the whole file: 13 ms for English, as long as a report of five
 * pages takes to compose. Here a file is indexed by the letters of its patterns, which takes a
 * thirtieth of that, and those that occur in a word are looked up. */
#ifndef BX_TEXT_PATTERNS_H
#define BX_TEXT_PATTERNS_H

#include "base/str.h"

typedef struct bx_patterns {
    bx_str bytes;                       /* the file's, borrowed */
    bool utf8;                          /* else its encoding has one byte a character */
    uint32_t least_before, least_after; /* letters; 0: not given */
    uint32_t longest;                   /* letters of a pattern, in bytes */
    uint32_t *slots;                    /* a table by letters: offset of the line + 1; 0: free */
    uint32_t n_slots;                   /* a power of two */
    uint64_t *prefixes;                 /* a bit for each slot: some pattern's letters, or the first
                                         * of them, belong there */
} bx_patterns;

/* Reads a dictionary; what is no pattern or header is passed over. Constant from then on. */
bx_patterns *bx_patterns_new(bx_arena *arena, bx_str bytes);

/* Sets breaks[i] true before byte i of the word (lower case, letters only; in the file's encoding)
 * where the patterns allow a hyphen and the spelling stays; the others are left alone. */
void bx_patterns_apply(const bx_patterns *patterns, bx_str word, bool *breaks, bx_arena *arena);

#endif
