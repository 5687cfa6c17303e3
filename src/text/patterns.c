#include "text/patterns.h"

/* A pattern's letters, with the level of a break between them where it is not 0: .a2ch4. After a
 * slash it says how the spelling changes. */
static bool is_level(char c) { return c >= '0' && c <= '9'; }

enum { HASH_SEED = 0x811C9DC5, HASH_STEP = 0x01000193 }; /* FNV-1a */

static uint32_t hash_on(uint32_t hash, char c) { return (hash ^ (uint8_t)c) * (uint32_t)HASH_STEP; }

static uint32_t slot_of(uint32_t hash, uint32_t n_slots) {
    return (hash ^ hash >> 15) & (n_slots - 1);
}

static uint32_t slot_at(const bx_patterns *t, uint32_t hash) { return slot_of(hash, t->n_slots); }

static bool ends_pattern(char c) {
    return c <= '/' && (c == '\n' || c == '\r' || c == '/' || c == ' ' || c == '\t');
}

/* The line that begins at an offset, up to what follows the pattern. */
static bx_str pattern_at(const bx_patterns *t, uint32_t offset) {
    uint32_t end = offset;
    while (end < t->bytes.n && !ends_pattern(t->bytes.p[end]))
        end++;
    return bx_str_sub(t->bytes, offset, end);
}

static bool has_letters(bx_str pattern, bx_str letters) {
    uint32_t k = 0;
    for (uint32_t i = 0; i < pattern.n; i++)
        if (!is_level(pattern.p[i]) && (k == letters.n || pattern.p[i] != letters.p[k++]))
            return false;
    return k == letters.n;
}

/* Whether any pattern may begin with letters of this hash. */
static bool may_begin(const bx_patterns *t, uint32_t hash) {
    uint32_t slot = slot_at(t, hash);
    return t->prefixes[slot / 64] >> slot % 64 & 1;
}

/* The pattern that begins at an offset. Returns its end. */
static uint32_t add_pattern(bx_patterns *t, uint32_t offset) {
    bx_str bytes = t->bytes;
    uint64_t *prefixes = t->prefixes;
    uint32_t hash = (uint32_t)HASH_SEED, letters = 0, i = offset, n_slots = t->n_slots;
    for (; i < bytes.n && !ends_pattern(bytes.p[i]); i++)
        if (!is_level(bytes.p[i])) {
            hash = hash_on(hash, bytes.p[i]);
            uint32_t slot = slot_of(hash, n_slots);
            prefixes[slot / 64] |= UINT64_C(1) << slot % 64;
            letters++;
        }
    t->longest = letters > t->longest ? letters : t->longest;
    uint32_t at = slot_at(t, hash);
    while (t->slots[at])
        at = (at + 1) & (n_slots - 1);
    t->slots[at] = offset + 1;
    return i;
}

static bool read_least(bx_str line, bx_str key, uint32_t *least) {
    if (!bx_str_starts(line, key))
        return false;
    uint32_t value = 0;
    for (uint32_t i = key.n; i < line.n && value < 100; i++)
        if (is_level(line.p[i]))
            value = value * 10 + (uint32_t)(line.p[i] - '0');
    *least = value;
    return true;
}

static uint32_t line_end(bx_str bytes, uint32_t from) {
    const char *end = from < bytes.n ? memchr(bytes.p + from, '\n', bytes.n - from) : NULL;
    return end ? (uint32_t)(end - bytes.p) : bytes.n;
}

/* A line of a header, or of levels, of which all are one here, begins with an upper-case word.
 * Returns its end. */
static uint32_t add_line(bx_patterns *t, uint32_t from) {
    char first = t->bytes.p[from];
    if (first != '%' && first != '#' && !(first >= 'A' && first <= 'Z') && !ends_pattern(first))
        return line_end(t->bytes, add_pattern(t, from));
    uint32_t end = line_end(t->bytes, from);
    bx_str line = bx_str_sub(t->bytes, from, end);
    if (!read_least(line, BX_STR("LEFTHYPHENMIN"), &t->least_before))
        read_least(line, BX_STR("RIGHTHYPHENMIN"), &t->least_after);
    return end;
}

bx_patterns *bx_patterns_new(bx_arena *arena, bx_str bytes) {
    bx_patterns *t = bx_new(arena, bx_patterns);
    t->bytes = bytes;
    uint32_t lines = 1;
    for (uint32_t i = 0; i < bytes.n; i++)
        lines += bytes.p[i] == '\n';
    t->n_slots = 64;
    while (t->n_slots < 2 * lines)
        t->n_slots *= 2;
    t->slots = bx_new_n(arena, uint32_t, t->n_slots);
    t->prefixes = bx_new_n(arena, uint64_t, t->n_slots / 64);
    t->utf8 = bx_str_starts(bytes, BX_STR("UTF-8")); /* the first line names the encoding */
    for (uint32_t at = line_end(bytes, 0); at + 1 < bytes.n;)
        at = add_line(t, at + 1);
    return t;
}

/* Levels that a change of spelling goes with: the same, but never used for a break. */
enum { CHANGES = 0x80 };

/* Raises the levels of the word to those of a pattern that begins at its letter `from`, or, of
 * those with a full stop in front, one before it. */
static void raise(const bx_patterns *t, uint32_t offset, uint32_t from, uint8_t *levels) {
    bx_str pattern = pattern_at(t, offset);
    uint32_t after = offset + pattern.n, letters = 0;
    bool changes = after < t->bytes.n && t->bytes.p[after] == '/';
    for (uint32_t i = 0; i < pattern.n; i++) {
        if (!is_level(pattern.p[i])) {
            letters++;
            continue;
        }
        uint8_t *level = &levels[from + letters], value = (uint8_t)(pattern.p[i] - '0');
        if (value > (*level & ~CHANGES))
            *level = (uint8_t)(value | (changes ? CHANGES : 0));
    }
}

void bx_patterns_apply(const bx_patterns *t, bx_str word, bool *breaks, bx_arena *arena) {
    uint32_t n = word.n + 2;
    char *text = bx_alloc_raw(arena, n); /* a full stop stands for the word's ends */
    uint8_t *levels = bx_new_n(arena, uint8_t, n + 1);
    text[0] = text[n - 1] = '.';
    if (word.n)
        memcpy(text + 1, word.p, word.n);
    for (uint32_t from = 0; from < n; from++) {
        uint32_t hash = (uint32_t)HASH_SEED;
        for (uint32_t end = from; end < n && end - from < t->longest; end++) {
            hash = hash_on(hash, text[end]);
            if (!may_begin(t, hash))
                break;
            bx_str letters = {text + from, end + 1 - from};
            for (uint32_t at = slot_at(t, hash); t->slots[at]; at = (at + 1) & (t->n_slots - 1))
                if (has_letters(pattern_at(t, t->slots[at] - 1), letters))
                    raise(t, t->slots[at] - 1, from, levels);
        }
    }
    for (uint32_t i = 1; i < word.n; i++) /* the level before text[i + 1] */
        if (levels[i + 1] % 2 && !(levels[i + 1] & CHANGES))
            breaks[i] = true;
}
