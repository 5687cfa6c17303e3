#include "text/hyphenate.h"

#include "base/utf8.h"
#include "input/file.h"
#include "text/paragraph.h"

#include <dirent.h>
#include <fcntl.h>
#include <hyphen.h>
#include <pthread.h>
#include <stdlib.h>
#include <unicode/uchar.h>
#include <unistd.h>

enum { LEAST_WORD = 5, LEAST_BEFORE = 2, LEAST_AFTER = 3, LONGEST_WORD = 200 };

typedef struct dictionary {
    char *path;
    bx_str tag; /* en_US */
    HyphenDict *dict;
    bool tried;
} dictionary;

struct bx_hyphens {
    pthread_mutex_t lock;
    dictionary *at;
    uint32_t n;
};

static void release(void *object) {
    bx_hyphens *h = object;
    for (uint32_t i = 0; i < h->n; i++)
        if (h->at[i].dict)
            hnj_hyphen_free(h->at[i].dict);
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

static HyphenDict *dictionary_for(const bx_hyphens *const_hyphens, bx_str lang) {
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
    if (!best->tried) {
        best->tried = true;
        best->dict = hnj_hyphen_load(best->path);
    }
    HyphenDict *dict = best->dict;
    pthread_mutex_unlock(&h->lock);
    return dict;
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

bool bx_hyphens_word(const bx_hyphens *hyphens, bx_str lang, bx_str word, bool *at,
                     bx_arena *arena) {
    if (!hyphens || word.n < LEAST_WORD || word.n > LONGEST_WORD)
        return false;
    char *low = bx_alloc(arena, word.n + 5), *marks = bx_alloc(arena, word.n + 5);
    bool ascii, any = false;
    if (!lower(word, low, &ascii))
        return divide_name(word, at);
    HyphenDict *dict = dictionary_for(hyphens, lang);
    if (!dict || (!ascii && !dict->utf8))
        return false;
    char **rep = NULL;
    int *pos = NULL, *cut = NULL;
    bool failed = hnj_hyphen_hyphenate2(dict, low, (int)word.n, marks, NULL, &rep, &pos, &cut) != 0;
    uint32_t letters = bx_utf8_count(word), seen = 0, letter_of_mark = 0;
    for (uint32_t i = 0; !failed && i < word.n;) {
        bx_utf8_next(word, &i);
        seen++;
        /* libhyphen marks bytes; in a UTF-8 dictionary it marks characters */
        uint32_t m = dict->utf8 ? letter_of_mark++ : i - 1;
        bool changes = rep && rep[m]; /* spelling that changes at the break is not set */
        if (i < word.n && (marks[m] & 1) && !changes && seen >= LEAST_BEFORE &&
            letters - seen >= LEAST_AFTER)
            at[i] = any = true;
    }
    for (uint32_t i = 0; rep && i < word.n; i++)
        free(rep[i]);
    free(rep);
    free(pos);
    free(cut);
    return any;
}

static bool latin_letter(const bx_cluster *c) {
    return c->kind == BX_KIND_LETTER && c->code < 0x250 &&
           !(c->flags & (BX_CL_URL | BX_CL_NOTE | BX_CL_HIDDEN));
}

static bx_str language_of(const bx_paragraph *p, const bx_cluster *c) {
    const bx_text_span *span = bx_cluster_span(p, c);
    bx_str lang = span->lang.n ? span->lang : p->in.lang;
    return lang.n && bx_region_of(lang) == BX_REGION_OTHER ? lang : BX_STR("en-US");
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
