#include "text/hyphenate.h"

#include "base/utf8.h"
#include "input/file.h"
#include "text/paragraph.h"
#include "text/patterns.h"

#include <dirent.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <unicode/uchar.h>
#include <unistd.h>

#define USUAL_LANGUAGE BX_STR("en-US") /* of Latin words in text that is none */

enum { LEAST_WORD = 5, LEAST_BEFORE = 2, LEAST_AFTER = 3, LONGEST_WORD = 200 };

typedef struct dictionary {
    char *path;
    bx_str tag;                  /* en_US */
    const bx_patterns *patterns; /* NULL: not read yet, or it cannot be */
    bool tried;
} dictionary;

/* Dictionaries are read by any thread, so they have a memory of their own, used under the lock. */
struct bx_hyphens {
    bx_memory memory;
    bx_arena *arena;
    pthread_mutex_t lock;
    dictionary *at;
    uint32_t n;
};

static void release(void *object) {
    bx_hyphens *h = object;
    bx_arena_drop(h->arena);
    pthread_mutex_destroy(&h->lock);
}

static int by_tag(const void *a, const void *b) {
    return bx_str_cmp(((const dictionary *)a)->tag, ((const dictionary *)b)->tag);
}

bx_hyphens *bx_hyphens_open(bx_arena *press, const bx_str *folders, uint32_t n_folders) {
    bx_hyphens *h = bx_new(press, bx_hyphens);
    BX_VEC(dictionary) list = {0};
    for (uint32_t f = 0; f < n_folders; f++) {
        DIR *dir = opendir(bx_cstr(press, folders[f]));
        uint32_t from = list.n;
        for (struct dirent *e; dir && (e = readdir(dir));) {
            bx_str name = bx_str_of(e->d_name);
            if (!bx_str_starts(name, BX_STR("hyph_")) || !bx_str_ends(name, BX_STR(".dic")))
                continue;
            bx_str path = bx_str_fmt(press, "%.*s/%s", BX_STR_ARG(folders[f]), e->d_name);
            bx_push(press, &list,
                    (dictionary){.path = (char *)path.p,
                                 .tag = bx_str_dup(press, bx_str_sub(name, 5, name.n - 4))});
        }
        if (dir)
            closedir(dir);
        if (list.n > from)
            qsort(list.at + from, list.n - from, sizeof *list.at, by_tag);
    }
    h->at = list.at;
    h->n = list.n;
    const bx_memory *memory = bx_arena_memory(press);
    h->memory =
        (bx_memory){.allocate = memory->allocate, .user = memory->user, .trap = memory->trap};
    h->arena = bx_arena_new(&h->memory);
    h->memory.trap = NULL; /* the opener's; reading sets one */
    pthread_mutex_init(&h->lock, NULL);
    bx_defer(press, release, h);
    return h;
}

bx_digest bx_hyphens_identity(const bx_hyphens *hyphens, bx_arena *arena) {
    BX_VEC(bx_str) pieces = {0};
    for (uint32_t i = 0; i < hyphens->n; i++) {
        bx_str bytes = {0};
        int fd = open(hyphens->at[i].path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
        if (fd >= 0) {
            bx_read_fd(arena, fd, UINT32_MAX, &bytes);
            close(fd);
        }
        bx_push(arena, &pieces,
                bx_str_fmt(arena, "%.*s %u\n", BX_STR_ARG(hyphens->at[i].tag), bytes.n));
        bx_push(arena, &pieces, bytes);
    }
    return bx_sha256(pieces.at, pieces.n);
}

static char fold(char c) { return c == '_' ? '-' : c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c; }

/* How well a dictionary serves a language: 3 the same tag, 2 the usual form (en: en_US), 1 the same
 * language, 0 not at all. */
static int fitness(bx_str tag, bx_str lang) {
    uint32_t same = 0;
    while (same < tag.n && same < lang.n && fold(tag.p[same]) == fold(lang.p[same]))
        same++;
    if (same == tag.n && same == lang.n)
        return 3;
    uint32_t primary = 0;
    while (primary < lang.n && lang.p[primary] != '-' && lang.p[primary] != '_')
        primary++;
    if (same < primary || (primary < tag.n && tag.p[primary] != '_'))
        return 0;
    return bx_str_is(tag, "en_US") ? 2 : 1;
}

/* Under the lock. Given up when memory runs out: words are then not divided. */
static void read_dictionary(bx_hyphens *h, dictionary *d) {
    jmp_buf trap;
    d->tried = true;
    int fd = open(d->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0)
        return;
    if (setjmp(trap) == 0) {
        bx_str bytes;
        h->memory.trap = &trap;
        if (bx_read_fd(h->arena, fd, UINT32_MAX, &bytes) == BX_READ_OK)
            d->patterns = bx_patterns_new(h->arena, bytes);
    }
    h->memory.trap = NULL;
    close(fd);
}

static const bx_patterns *patterns_for(const bx_hyphens *const_hyphens, bx_str lang) {
    bx_hyphens *h =
        (bx_hyphens *)const_hyphens; /* the lock and what it guards are its own business */
    dictionary *best = NULL;
    int score = 0;
    for (uint32_t i = 0; i < h->n; i++) {
        int f = fitness(h->at[i].tag, lang);
        if (f > score)
            score = f, best = &h->at[i];
    }
    if (!best)
        return NULL;
    pthread_mutex_lock(&h->lock);
    if (!best->tried)
        read_dictionary(h, best);
    const bx_patterns *patterns = best->patterns;
    pthread_mutex_unlock(&h->lock);
    return patterns;
}

/* Lower case, when that leaves every byte where it is. False for names with capitals inside. */
static bool lower(bx_str word, char *out, bool *ascii) {
    *ascii = true;
    for (uint32_t at = 0; at < word.n;) {
        uint32_t from = at, c = bx_utf8_next(word, &at);
        uint32_t l = (uint32_t)u_tolower((UChar32)c);
        if (l != c && from > 0)
            return false;
        *ascii = *ascii && c < 0x80;
        if (bx_utf8_encode(l, out + from) != at - from)
            return false;
    }
    return true;
}

/* A name made of words is divided between them (Tiny-Fish), three letters on each side, and nowhere
 * else: no dictionary knows it. */
static bool divide_name(bx_str word, bool *at) {
    enum { LEAST_PART = 3 };
    uint32_t letters = bx_utf8_count(word), seen = 0, last = 0;
    bool any = false, was_small = false;
    for (uint32_t i = 0; i < word.n;) {
        uint32_t from = i, c = bx_utf8_next(word, &i);
        if (was_small && u_isupper((UChar32)c) && seen - last >= LEAST_PART &&
            letters - seen >= LEAST_PART) {
            at[from] = any = true;
            last = seen;
        }
        was_small = u_islower((UChar32)c);
        seen++;
    }
    return any;
}

static uint32_t larger(uint32_t a, uint32_t b) { return a > b ? a : b; }

void bx_hyphens_warm(const bx_hyphens *hyphens) { patterns_for(hyphens, USUAL_LANGUAGE); }

bool bx_hyphens_word(const bx_hyphens *hyphens, bx_str lang, bx_str word, bool *at,
                     bx_arena *arena) {
    if (!hyphens || word.n < LEAST_WORD || word.n > LONGEST_WORD)
        return false;
    char *low = bx_alloc(arena, word.n);
    bool *allowed = bx_new_n(arena, bool, word.n);
    bool ascii, any = false;
    if (!lower(word, low, &ascii))
        return divide_name(word, at);
    const bx_patterns *patterns = patterns_for(hyphens, lang);
    if (!patterns || (!ascii && !patterns->utf8))
        return false;
    bx_patterns_apply(patterns, (bx_str){low, word.n}, allowed, arena);
    uint32_t before = larger(LEAST_BEFORE, patterns->least_before);
    uint32_t after = larger(LEAST_AFTER, patterns->least_after);
    uint32_t letters = bx_utf8_count(word), seen = 0;
    for (uint32_t i = 0; i < word.n; bx_utf8_next(word, &i), seen++)
        if (allowed[i] && seen >= before && letters - seen >= after)
            at[i] = any = true;
    return any;
}

static bool latin_letter(const bx_cluster *c) {
    return c->kind == BX_KIND_LETTER && c->code < 0x250 &&
           !(c->flags & (BX_CL_URL | BX_CL_NOTE | BX_CL_HIDDEN));
}

static bx_str language_of(const bx_paragraph *p, const bx_cluster *c) {
    const bx_text_span *span = bx_cluster_span(p, c);
    bx_str lang = span->lang.n ? span->lang : p->in.lang;
    return lang.n && bx_region_of(lang) == BX_REGION_OTHER ? lang : USUAL_LANGUAGE;
}

static void hyphenate_word(bx_paragraph *p, uint32_t first, uint32_t end, bool *at) {
    bx_str word = bx_str_sub(p->in.text, p->clusters.at[first].start, p->clusters.at[end - 1].end);
    memset(at, 0, LONGEST_WORD + 1);
    if (!bx_hyphens_word(p->in.hyphens, language_of(p, &p->clusters.at[first]), word, at, p->arena))
        return;
    for (uint32_t i = first + 1; i < end; i++) {
        bx_cluster *c = &p->clusters.at[i];
        if (at[c->start - p->clusters.at[first].start] &&
            (c->before == BX_BREAK_NO || c->before == BX_BREAK_LAST) && !(c->flags & BX_CL_BOUND))
            c->before = BX_BREAK_HYPHENATE;
    }
}

void bx_hyphenate(bx_paragraph *p) {
    if (p->hyphenated || !p->in.hyphens || p->in.set.hyphenation == BX_HYPHENATE_OFF)
        return;
    p->hyphenated = true;
    bool *at = bx_alloc(p->arena, LONGEST_WORD + 1);
    for (uint32_t i = 0; i < p->clusters.n;) {
        uint32_t end = i;
        while (end < p->clusters.n && latin_letter(&p->clusters.at[end]) &&
               !(bx_cluster_span(p, &p->clusters.at[end])->flags & BX_SPAN_CODE))
            end++;
        if (end > i && p->clusters.at[end - 1].end - p->clusters.at[i].start <= LONGEST_WORD)
            hyphenate_word(p, i, end, at);
        i = end > i ? end : i + 1;
    }
}
