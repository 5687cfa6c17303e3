/* Hyphenation of Latin words (R19): dictionaries of libhyphen, found by language. */
#ifndef BX_TEXT_HYPHENATE_H
#define BX_TEXT_HYPHENATE_H

#include "base/hash.h"
#include "text/text.h"

/* Looks for hyph_LANG.dic in the folders, in their order. A folder that is not there is passed
 * over. Dictionaries are read when first needed; the set is shared by threads and goes with
 * `press`. */
bx_hyphens *bx_hyphens_open(bx_arena *press, const bx_str *folders, uint32_t n_folders);

/* What the dictionaries are, as one hash over their names and bytes. For keys of caches. */
bx_digest bx_hyphens_identity(const bx_hyphens *hyphens, bx_arena *arena);

/* Where a word (UTF-8, letters only) may be hyphenated: at[i] true before byte i. At least 2
 * letters stand before, 3 after; names with capitals inside are divided between their words
 * (Tiny-Fish) and nowhere else. False: no dictionary for the language, or nowhere. */
bool bx_hyphens_word(const bx_hyphens *hyphens, bx_str lang, bx_str word, bool *at,
                     bx_arena *arena);

/* Reads the dictionary of Latin words in Chinese text, if it is not read yet: for who has time
 * before it is needed. */
void bx_hyphens_warm(const bx_hyphens *hyphens);

/* Marks where words of the paragraph may be hyphenated (BX_BREAK_HYPHENATE), at its first call. Not
 * done before a line needs it: reading a dictionary takes longer than setting a page. */
void bx_hyphenate(bx_paragraph *p);

#endif
