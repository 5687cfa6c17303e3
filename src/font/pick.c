/* The choice of a face: by script class and language, then by coverage in the table's order (R34).
 */
#include "font/set.h"

#include <hb.h>
#include <strings.h>
#include <unicode/uchar.h>

uint32_t bx_font_language(const bx_fonts *fonts, bx_str tag) {
    /* RFC 4647, 3.4: the tag, then without its last part, and so on. */
    while (tag.n) {
        for (uint32_t i = 0; i < fonts->tags.n; i++) {
            bx_str known = fonts->tags.at[i].tag;
            if (known.n == tag.n && strncasecmp(known.p, tag.p, tag.n) == 0)
                return fonts->tags.at[i].language;
        }
        do
            tag.n--;
        while (tag.n && tag.p[tag.n] != '-');
    }
    return fonts->language;
}

/* A key like `like` that sets everything in one family. */
static font_key *key_of_family(bx_fonts *fonts, font_family *family) {
    const font_key *like = fonts->fallback_key;
    for (uint32_t i = 0; i < fonts->keys.n; i++)
        for (uint32_t k = 0; k < fonts->languages.n; k++)
            if (fonts->keys.at[i]->han[k] == family)
                like = fonts->keys.at[i];
    font_key *key = bx_new(fonts->arena, font_key);
    *key = *like;
    key->han = bx_new_n(fonts->arena, font_family *, fonts->languages.n);
    for (uint32_t k = 0; k < fonts->languages.n; k++)
        key->han[k] = family;
    key->latin = NULL;
    if (family->slot[FONT_ITALIC].found)
        key->latin_italic = family;
    key->fallback = bx_new(fonts->arena, font_key *);
    key->fallback[0] = (font_key *)like;
    key->n_fallback = 1;
    return key;
}

/* Under the lock. */
static font_key *make_key(bx_fonts *fonts, bx_str name) {
    font_family *family = bx_font_family_named(fonts, name);
    for (int s = 0; s < FONT_STYLES; s++)
        if (!family->slot[s].file)
            family->slot[s].file = bx_map_get(&fonts->file_by_name, family->wanted[s]);
    bool found = bx_font_family_find(fonts, family);
    font_key *key = found ? key_of_family(fonts, family) : bx_new(fonts->arena, font_key);
    key->name = family->name;
    key->absent = !found;
    key->required = false;
    return key;
}

static const font_key *named_key(const bx_fonts *fonts, bx_str name) {
    for (const font_key *key = atomic_load_explicit(&fonts->named, memory_order_acquire); key;
         key = key->next)
        if (bx_str_eq(key->name, name))
            return key;
    return NULL;
}

static const font_key *key_by_real_name(bx_fonts *fonts, bx_str name) {
    const font_key *known = named_key(fonts, name);
    if (known)
        return known;
    pthread_mutex_lock(&fonts->lock);
    jmp_buf trap, *outer = fonts->memory.trap;
    if (setjmp(trap) == 0) {
        fonts->memory.trap = &trap;
        if (!named_key(fonts, name)) {
            font_key *key = make_key(fonts, name);
            key->next = fonts->named;
            atomic_store_explicit(&fonts->named, key, memory_order_release);
        }
    }
    fonts->memory.trap = outer;
    pthread_mutex_unlock(&fonts->lock);
    return named_key(fonts, name);
}

const font_key *bx_font_key_get(const bx_fonts *fonts, bx_str name) {
    if (!name.n)
        return fonts->fallback_key;
    for (uint32_t i = 0; i < fonts->keys.n; i++)
        if (bx_str_eq(fonts->keys.at[i]->name, name))
            return fonts->keys.at[i];
    const font_key *key = key_by_real_name((bx_fonts *)fonts, name);
    return key && !key->absent ? key : NULL;
}

const bx_face *bx_font_family_face(const bx_fonts *fonts, font_family *family, uint16_t weight,
                                   bool italic) {
    bx_fonts *set = (bx_fonts *)fonts; /* what is made on first use is no change to a reader */
    int style = italic ? FONT_ITALIC : FONT_REGULAR;
    const bx_face *face = weight >= 600 ? bx_font_face_open(set, family, style | FONT_BOLD) : NULL;
    return face ? face : bx_font_face_open(set, family, style);
}

typedef struct search {
    const bx_fonts *fonts;
    const bx_font_query *query;
    const font_key *key;
    uint32_t language;
    const bx_face *first, *found;
} search;

static bool is_invisible(uint32_t c) {
    return c < 0x20 || u_hasBinaryProperty((UChar32)c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT);
}

/* Whether one face has the cluster; a mark may also be there as part of a composed character, which
 * is how HarfBuzz will shape it. */
static bool has_cluster(const bx_face *face, const uint32_t *cluster, uint32_t n) {
    uint32_t base = 0;
    for (uint32_t i = 0; i < n; i++) {
        hb_codepoint_t composed;
        uint32_t c = cluster[i];
        if (base && hb_unicode_compose(hb_unicode_funcs_get_default(), base, c, &composed) &&
            bx_face_has(face, composed)) {
            base = composed;
            continue;
        }
        if (!bx_face_has(face, c) && !is_invisible(c))
            return false;
        base = c;
    }
    return true;
}

static bool try_family(search *s, font_family *family, bool italic) {
    const bx_face *face =
        family ? bx_font_family_face(s->fonts, family, s->query->style.weight, italic) : NULL;
    if (!face)
        return false;
    if (!s->first)
        s->first = face;
    if (has_cluster(face, s->query->cluster, s->query->n))
        s->found = face;
    return s->found;
}

static bool try_families(search *s, const font_families *families) {
    for (uint32_t i = 0; i < families->n; i++)
        if (try_family(s, families->at[i], false))
            return true;
    return false;
}

static bool try_han(search *s, const font_key *key) {
    return try_family(s, key->han[s->language], false) ||
           try_family(s, key->han[s->fonts->language], false);
}

static bool try_script(search *s) {
    hb_script_t script = HB_SCRIPT_COMMON;
    for (uint32_t i = 0; i < s->query->n; i++) {
        script = hb_unicode_script(hb_unicode_funcs_get_default(), s->query->cluster[i]);
        if (script != HB_SCRIPT_COMMON && script != HB_SCRIPT_INHERITED)
            break;
    }
    for (uint32_t i = 0; i < s->fonts->scripts.n; i++) {
        const font_script *known = &s->fonts->scripts.at[i];
        if (known->script == (uint32_t)script)
            return try_family(s, s->key->serif ? known->serif : known->sans, false) ||
                   try_family(s, s->key->serif ? known->sans : known->serif, false);
    }
    return false;
}

/* What the style itself asks for. */
static bool try_own(search *s) {
    const font_key *key = s->key;
    bool italic = s->query->style.italic;
    switch (s->query->script_class) {
    case BX_FONT_HANGUL:
    case BX_FONT_HAN:
        if (italic && key->han_italic && try_han(s, key->han_italic))
            return true;
        return try_han(s, key);
    case BX_FONT_LATIN:
        if (italic && key->latin_italic && try_family(s, key->latin_italic, true))
            return true;
        return try_family(s, key->latin, false) || try_han(s, key) ||
               try_family(s, key->latin_more, false);
    case BX_FONT_EMOJI:
        return try_family(s, s->fonts->emoji, false) || try_han(s, key);
    case BX_FONT_OTHER:
        return try_script(s) || try_han(s, key);
    }
    return false;
}

/* Where a character may be found when the style's own families lack it: the same for every class.
 */
static bool try_rest(search *s) {
    for (uint32_t i = 0; i < s->key->n_fallback; i++)
        if (try_han(s, s->key->fallback[i]))
            return true;
    return try_family(s, s->key->latin_more, false) || try_script(s) ||
           try_families(s, &s->fonts->symbols) || try_families(s, &s->fonts->rare_han) ||
           try_han(s, s->fonts->fallback_key) || try_family(s, s->fonts->emoji, false);
}

const bx_face *bx_fonts_pick(const bx_fonts *fonts, const bx_font_query *query, bool *missing) {
    search s = {.fonts = fonts, .query = query, .key = bx_font_key_get(fonts, query->style.family)};
    if (!s.key)
        s.key = fonts->fallback_key;
    s.language =
        bx_font_language(fonts, query->script_class == BX_FONT_HANGUL ? BX_STR("ko") : query->lang);
    bool found = try_own(&s) || try_rest(&s);
    if (missing)
        *missing = !found;
    return found ? s.found : s.first;
}

const bx_face *bx_fonts_primary(const bx_fonts *fonts, bx_font_style style, bx_str lang) {
    style.italic = false;
    return bx_fonts_pick(
        fonts, &(bx_font_query){.style = style, .lang = lang, .script_class = BX_FONT_HAN}, NULL);
}
