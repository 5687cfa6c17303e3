/* The set as fontconfig sees it, for libraries that choose fonts through it. */
#include "font/fontconfig.h"

static bool load(font_config_api *api, bx_arena *arena) {
    void *lib = bx_library_open(arena, FONTCONFIG_SONAME);
    return lib && BX_LOAD(lib, api, FcConfigCreate) && BX_LOAD(lib, api, FcConfigDestroy) &&
           BX_LOAD(lib, api, FcConfigAppFontAddFile) && BX_LOAD(lib, api, FcConfigGetFonts) &&
           BX_LOAD(lib, api, FcConfigParseAndLoadFromMemory) &&
           BX_LOAD(lib, api, FcConfigSetCurrent) && BX_LOAD(lib, api, FcPatternGetString) &&
           BX_LOAD(lib, api, FcPatternGetInteger) && BX_LOAD(lib, api, FcPatternGetBool);
}

const font_config_api *bx_font_config_api(bx_fonts *fonts) {
    if (!fonts->config_api) {
        font_config_api *api = bx_new(fonts->arena, font_config_api);
        fonts->config_api = load(api, fonts->arena) ? api : NULL;
    }
    return fonts->config_api;
}

/* A pattern's families named `from` are looked for as `to`. */
static void add_alias(bx_buf *xml, const char *from, bx_str to) {
    bx_buf_fmt(
        xml,
        "<match><test name=\"family\" ignore-blanks=\"true\"><string>%s</string></test>"
        "<edit name=\"family\" mode=\"assign\" binding=\"strong\"><string>%.*s</string></edit>"
        "</match>",
        from, BX_STR_ARG(to));
}

static bx_str family_of_key(const bx_fonts *fonts, const char *name) {
    const font_key *key = fonts->fallback_key;
    for (uint32_t i = 0; i < fonts->keys.n; i++)
        if (bx_str_is(fonts->keys.at[i]->name, name))
            key = fonts->keys.at[i];
    return key->han[fonts->language]->name;
}

/* Families that pictures commonly name become the key nearest to them. */
static bx_str rules(const bx_fonts *fonts, bx_arena *arena) {
    static const char *const song[] = {"serif",  "Times", "Times New Roman", "Georgia",
                                       "SimSun", "宋体",  "Songti SC"};
    static const char *const mono[] = {"monospace", "Courier", "Courier New", "Menlo", "Consolas"};
    static const char *const kai[] = {"KaiTi", "楷体", "Kaiti SC"};
    bx_buf xml = bx_buf_new(arena);
    bx_buf_str(&xml, BX_STR("<fontconfig>"));
    for (size_t i = 0; i < sizeof song / sizeof *song; i++)
        add_alias(&xml, song[i], family_of_key(fonts, "song"));
    for (size_t i = 0; i < sizeof mono / sizeof *mono; i++)
        add_alias(&xml, mono[i], family_of_key(fonts, "mono"));
    for (size_t i = 0; i < sizeof kai / sizeof *kai; i++)
        add_alias(&xml, kai[i], family_of_key(fonts, "kai"));
    bx_str hei = family_of_key(fonts, "hei");
    bx_buf_fmt(
        &xml,
        "<match><edit name=\"family\" mode=\"append_last\"><string>%.*s</string></edit></match>"
        "</fontconfig>",
        BX_STR_ARG(hei));
    bx_buf_char(&xml, '\0');
    return bx_buf_view(&xml);
}

static void add_files(bx_fonts *fonts, const font_config_api *fc, FcConfig *config) {
    for (uint32_t i = 0; i < fonts->files.n; i++) {
        font_file *file = fonts->files.at[i];
        bool used = false;
        for (uint32_t k = 0; k < fonts->keys.n; k++) {
            const font_family *family = fonts->keys.at[k]->han[fonts->language];
            used |= family->slot[FONT_REGULAR].file == file || family->slot[FONT_BOLD].file == file;
        }
        if (used)
            fc->FcConfigAppFontAddFile(config, (const FcChar8 *)file->path.p);
    }
}

/* The default of the whole process names no fonts and no folders. */
static void empty_default(const font_config_api *fc) {
    FcConfig *empty = fc->FcConfigCreate();
    if (!empty)
        return;
    fc->FcConfigSetCurrent(empty);
    fc->FcConfigDestroy(empty); /* fontconfig holds it now */
}

static void drop_config(void *user) {
    bx_fonts *fonts = user;
    fonts->config_api->FcConfigDestroy(fonts->config);
    fonts->config = NULL;
}

static void make_config(bx_fonts *fonts) {
    const font_config_api *fc = bx_font_config_api(fonts);
    bx_str xml = rules(fonts, fonts->arena);
    FcConfig *config = fc ? fc->FcConfigCreate() : NULL;
    if (!config)
        return;
    fonts->config = config;
    bx_defer(fonts->arena, drop_config, fonts);
    fc->FcConfigParseAndLoadFromMemory(config, (const FcChar8 *)xml.p, FcFalse);
    add_files(fonts, fc, config);
    if (fonts->owns_default)
        empty_default(fc);
}

struct _FcConfig *bx_fonts_config(const bx_fonts *constant) {
    bx_fonts *fonts = (bx_fonts *)constant; /* what is made on first use is no change to a reader */
    pthread_mutex_lock(&fonts->lock);
    jmp_buf trap, *outer = fonts->memory.trap;
    if (!fonts->config && setjmp(trap) == 0) {
        fonts->memory.trap = &trap;
        make_config(fonts);
    }
    fonts->memory.trap = outer;
    struct _FcConfig *config = fonts->config;
    pthread_mutex_unlock(&fonts->lock);
    return config;
}
