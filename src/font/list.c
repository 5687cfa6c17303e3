/* What the table promises and whether it is there. */
#include "font/set.h"

#include <hb.h>

typedef struct listing {
    bx_fonts *fonts;
    bx_arena *arena;
    BX_VEC(bx_font_entry) entries;
} listing;

static void add(listing *l, bx_str use, font_family *family, int style, bool required) {
    const bx_face *face = bx_font_face_open(l->fonts, family, style);
    bx_push(l->arena, &l->entries,
            (bx_font_entry){.use = use,
                            .family = family->name,
                            .weight = style & FONT_BOLD ? 700 : 400,
                            .italic = style & FONT_ITALIC,
                            .required = required,
                            .face = face ? bx_face_get(face) : NULL,
                            .package = family->package});
}

static void add_pair(listing *l, bx_str use, font_family *family, bool italic, bool required) {
    if (!family)
        return;
    int style = italic ? FONT_ITALIC : FONT_REGULAR;
    add(l, use, family, style, required);
    add(l, use, family, style | FONT_BOLD, required);
}

static void add_key(listing *l, const font_key *key) {
    const bx_fonts *fonts = l->fonts;
    for (uint32_t i = 0; i < fonts->languages.n; i++) {
        if (i != fonts->language && key->han[i] == key->han[fonts->language])
            continue; /* it has no form of its own for this language */
        add_pair(l,
                 bx_str_fmt(l->arena, "%.*s %.*s", BX_STR_ARG(key->name),
                            BX_STR_ARG(fonts->languages.at[i])),
                 key->han[i], false, key->required && i == fonts->language);
    }
    add_pair(l, bx_str_fmt(l->arena, "%.*s latin", BX_STR_ARG(key->name)), key->latin, false,
             false);
    add_pair(l, bx_str_fmt(l->arena, "%.*s latin-italic", BX_STR_ARG(key->name)), key->latin_italic,
             true, key->required);
    add_pair(l, bx_str_fmt(l->arena, "%.*s latin-more", BX_STR_ARG(key->name)), key->latin_more,
             false, false);
}

const bx_font_entry *bx_fonts_list(const bx_fonts *fonts, bx_arena *arena, uint32_t *n) {
    listing l = {(bx_fonts *)fonts, arena, {0}};
    for (uint32_t i = 0; i < fonts->keys.n; i++)
        add_key(&l, fonts->keys.at[i]);
    if (fonts->emoji)
        add(&l, BX_STR("emoji"), fonts->emoji, FONT_REGULAR, false);
    for (uint32_t i = 0; i < fonts->symbols.n; i++)
        add(&l, BX_STR("symbols"), fonts->symbols.at[i], FONT_REGULAR, false);
    for (uint32_t i = 0; i < fonts->rare_han.n; i++)
        add(&l, BX_STR("rare-han"), fonts->rare_han.at[i], FONT_REGULAR, false);
    for (uint32_t i = 0; i < fonts->scripts.n; i++) {
        const font_script *script = &fonts->scripts.at[i];
        char tag[4];
        hb_tag_to_string(script->script, tag);
        bx_str use = bx_str_fmt(arena, "script %.4s", tag);
        add(&l, use, script->serif, FONT_REGULAR, false);
        if (script->sans != script->serif)
            add(&l, use, script->sans, FONT_REGULAR, false);
    }
    *n = l.entries.n;
    return l.entries.at;
}
