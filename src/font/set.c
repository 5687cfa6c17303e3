#include "font/set.h"

static void drop_set(void *object) {
    bx_fonts *fonts = object;
    bx_arena_drop(fonts->arena); /* faces go before the files they are in */
    bx_arena_drop(fonts->scratch);
    pthread_mutex_destroy(&fonts->lock);
}

static void close_files(void *object) { bx_font_files_close(object); }

static bool say_missing(const font_family *family, const char *style, bx_span asked,
                        bx_report *report) {
    bx_say(report, BX_D_FONT_MISSING, asked, "the font family “%.*s”%s is not installed",
           BX_STR_ARG(family->name), style);
    if (!family->package.n)
        bx_hint(report, "Name the folder of its files with --font-path");
    else
        bx_hint(report,
                "Install the package %.*s, or name the folder of its files with --font-path",
                BX_STR_ARG(family->package));
    return false;
}

/* Whether a family is there in both weights. */
static bool check_family(bx_fonts *fonts, font_family *family, bool italic, bx_span asked,
                         bx_report *report) {
    int style = italic ? FONT_ITALIC : FONT_REGULAR;
    bool regular = bx_font_face_open(fonts, family, style);
    bool bold = bx_font_face_open(fonts, family, style | FONT_BOLD);
    if (regular && bold)
        return true;
    return say_missing(family, regular ? " in bold" : italic ? " in italic" : "", asked, report);
}

static bool check_key(bx_fonts *fonts, const font_key *key, uint32_t language, bx_span asked,
                      bx_report *report) {
    bool han = check_family(fonts, key->han[language], false, asked, report);
    return (!key->latin_italic || check_family(fonts, key->latin_italic, true, asked, report)) &&
           han;
}

static bool check_required(bx_fonts *fonts, bx_report *report) {
    bool complete = true;
    for (uint32_t i = 0; i < fonts->keys.n; i++) {
        const font_key *key = fonts->keys.at[i];
        if (!key->required)
            continue;
        bx_font_family_find(fonts, key->han[fonts->language]);
        complete &= check_key(fonts, key, fonts->language, (bx_span){0}, report);
    }
    return complete;
}

/* There is always some face to draw a box with, whatever the table requires. */
static bool check_any(bx_fonts *fonts, bx_report *report) {
    if (bx_fonts_primary(fonts, (bx_font_style){.weight = 400}, (bx_str){0}))
        return true;
    return say_missing(fonts->fallback_key->han[fonts->language], "", (bx_span){0}, report);
}

bx_fonts *bx_fonts_open(bx_arena *press, const bx_font_options *options, bx_report *report) {
    bx_fonts *fonts = bx_new(press, bx_fonts);
    const bx_memory *memory = bx_arena_memory(press);
    fonts->memory =
        (bx_memory){.allocate = memory->allocate, .user = memory->user, .trap = memory->trap};
    pthread_mutex_init(&fonts->lock, NULL);
    bx_defer(press, drop_set, fonts);
    fonts->owns_default = options->owns_default;
    fonts->arena = bx_arena_new(&fonts->memory);
    fonts->scratch = bx_arena_new(&fonts->memory);
    bx_defer(fonts->arena, close_files, fonts);
    fonts->file_by_name = bx_map_new(fonts->arena);
    fonts->family_by_name = bx_map_new(fonts->arena);
    for (uint32_t i = 0; i < options->n_folders; i++)
        bx_push(fonts->arena, &fonts->folders, bx_str_dup(fonts->arena, options->folders[i]));
    if (!bx_font_table_read(fonts, options->table, report))
        return NULL;
    if (!bx_font_files_list(fonts, report))
        return NULL;
    if (!(check_required(fonts, report) && check_any(fonts, report)) && !options->tolerant)
        return NULL;
    fonts->memory.trap = NULL; /* the opener's; from here on the lock sets one */
    return fonts;
}

bool bx_fonts_check(const bx_fonts *fonts, bx_str family, bx_str lang, bx_span asked,
                    bx_report *report) {
    const font_key *key = bx_font_key_get(fonts, family);
    if (key)
        return check_key((bx_fonts *)fonts, key, bx_font_language(fonts, lang), asked, report);
    bx_str names[64];
    uint32_t n = 0;
    for (; n < fonts->keys.n && n < 64; n++)
        names[n] = fonts->keys.at[n]->name;
    bx_say(report, BX_D_FONT_MISSING, asked, "there is no font family “%.*s”", BX_STR_ARG(family));
    bx_str near = bx_nearest(family, names, n);
    if (near.n)
        bx_hint(report, "Did you mean “%.*s”?", BX_STR_ARG(near));
    else
        bx_hint(report, "`banxin fonts` lists the keys; --font-path names a folder of font files");
    return false;
}
