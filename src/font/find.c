/* Files: what stands in the folders, and which of them holds a family.
 *
 * The table names the files of its families, so nothing has to be scanned to open them: fontconfig
 * needs 30 ms for one CJK collection. It is asked only for a family that the table does not know
 * (a brand's own face) or that stands under another file name, with a configuration of our own that
 * has no folders, rules or caches of the system's. */
#include "font/fontconfig.h"

#include <dirent.h>
#include <hb.h>
#include <stdlib.h>
#include <strings.h>
#include <sys/stat.h>

enum { DEPTH_MAX = 6, FILES_MAX = 20000 };

static bool is_font_name(bx_str name) {
    static const char *const endings[] = {".ttf", ".otf", ".ttc", ".otc"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (name.n > 4 && strncasecmp(name.p + name.n - 4, endings[i], 4) == 0)
            return true;
    return false;
}

static int by_bytes(const void *a, const void *b) {
    return bx_str_cmp(*(const bx_str *)a, *(const bx_str *)b);
}

static void close_folder(void *dir) { closedir(dir); }

typedef BX_VEC(bx_str) names;

/* Names in a folder, sorted: the order in which a file system lists them is no one's choice. */
static names list_names(bx_arena *arena, bx_str path) {
    names list = {0};
    DIR *dir = opendir(bx_cstr(arena, path));
    if (!dir)
        return list;
    bx_defer(arena, close_folder, dir);
    struct dirent *entry;
    while ((entry = readdir(dir)) && list.n < FILES_MAX)
        if (entry->d_name[0] != '.')
            bx_push(arena, &list, bx_str_dup(arena, bx_str_of(entry->d_name)));
    if (list.n)
        qsort(list.at, list.n, sizeof *list.at, by_bytes);
    return list;
}

static void add_file(bx_fonts *fonts, bx_str path, uint32_t name_length) {
    font_file *file = bx_new(fonts->arena, font_file);
    file->path = bx_str_dup(fonts->arena, path);
    file->name = bx_str_sub(file->path, path.n - name_length, path.n);
    bx_push(fonts->arena, &fonts->files, file);
    void **place = bx_map_put(&fonts->file_by_name, file->name);
    if (!*place)
        *place = file;
}

/* Files of a folder before those of its subfolders. */
static void walk(bx_fonts *fonts, bx_str folder, int depth) {
    bx_arena *scratch = fonts->scratch;
    bx_mark mark = bx_arena_mark(scratch);
    names list = list_names(scratch, folder);
    for (int pass = 0; pass < 2; pass++) {
        for (uint32_t i = 0; i < list.n && fonts->files.n < FILES_MAX; i++) {
            bool is_font = is_font_name(list.at[i]);
            bx_str path =
                bx_str_fmt(scratch, "%.*s/%.*s", BX_STR_ARG(folder), BX_STR_ARG(list.at[i]));
            struct stat st;
            if (pass == 0 && is_font)
                add_file(fonts, path, list.at[i].n);
            else if (pass == 1 && !is_font && depth < DEPTH_MAX && stat(path.p, &st) == 0 &&
                     S_ISDIR(st.st_mode))
                walk(fonts, path, depth + 1);
        }
    }
    bx_arena_rewind(scratch, mark);
}

void bx_font_files_list(bx_fonts *fonts) {
    for (uint32_t i = 0; i < fonts->folders.n; i++)
        walk(fonts, fonts->folders.at[i], 0);
    for (uint32_t i = 0; i < fonts->family_by_name.entries.n; i++) {
        font_family *family = fonts->family_by_name.entries.at[i].value;
        for (int s = 0; s < FONT_STYLES; s++)
            family->slot[s].file = bx_map_get(&fonts->file_by_name, family->wanted[s]);
    }
}

/* Whether one of the names that a pattern gives the family is the one wanted. */
static bool has_family(const font_config_api *fc, FcPattern *pattern, bx_str family) {
    FcChar8 *name;
    for (int i = 0; fc->FcPatternGetString(pattern, FC_FAMILY, i, &name) == FcResultMatch; i++)
        if (bx_str_eq(bx_str_of((const char *)name), family))
            return true;
    return false;
}

/* Regular and Bold alone: other weights of a family are not ours to use for them. */
static int style_of(const font_config_api *fc, FcPattern *pattern) {
    int weight = FC_WEIGHT_REGULAR, slant = FC_SLANT_ROMAN;
    FcBool variable = FcFalse;
    fc->FcPatternGetInteger(pattern, FC_WEIGHT, 0, &weight);
    fc->FcPatternGetInteger(pattern, FC_SLANT, 0, &slant);
    fc->FcPatternGetBool(pattern, FC_VARIABLE, 0, &variable);
    int style = slant == FC_SLANT_ROMAN ? 0 : FONT_ITALIC;
    if (variable || (weight != FC_WEIGHT_REGULAR && weight != FC_WEIGHT_BOLD))
        return -1;
    return style | (weight == FC_WEIGHT_BOLD ? FONT_BOLD : 0);
}

static void take_faces(const font_config_api *fc, font_family *family, font_file *file,
                       FcFontSet *set, int from) {
    for (int i = from; i < set->nfont; i++) {
        int index = 0, style = style_of(fc, set->fonts[i]);
        if (style < 0 || !has_family(fc, set->fonts[i], family->name))
            continue;
        fc->FcPatternGetInteger(set->fonts[i], FC_INDEX, 0, &index);
        font_slot *slot = &family->slot[style];
        if (slot->found)
            continue;
        slot->file = file;
        slot->index = (uint32_t)index & 0xFFFF; /* the upper half numbers named instances */
        slot->found = true;
    }
}

static bool same_folder(const font_file *a, const font_file *b) {
    return bx_str_eq(bx_str_sub(a->path, 0, a->path.n - a->name.n),
                     bx_str_sub(b->path, 0, b->path.n - b->name.n));
}

static bool search(bx_fonts *fonts, font_family *family) {
    const font_config_api *fc = bx_font_config_api(fonts);
    FcConfig *config = fc ? fc->FcConfigCreate() : NULL;
    if (!config)
        return false;
    bool found = false;
    for (uint32_t i = 0; i < fonts->files.n; i++) {
        font_file *file = fonts->files.at[i];
        /* A family's files stand together: the folder where it is first met has it all. */
        if (found && !same_folder(file, fonts->files.at[i - 1]))
            break;
        FcFontSet *set = fc->FcConfigGetFonts(config, FcSetApplication);
        int before = set ? set->nfont : 0;
        if (!fc->FcConfigAppFontAddFile(config, (const FcChar8 *)file->path.p))
            continue;
        set = fc->FcConfigGetFonts(config, FcSetApplication);
        if (set)
            take_faces(fc, family, file, set, before);
        for (int s = 0; s < FONT_STYLES; s++)
            found |= family->slot[s].found;
    }
    fc->FcConfigDestroy(config);
    return found;
}

bool bx_font_family_find(bx_fonts *fonts, font_family *family) {
    bool regular = bx_font_slot_find(&family->slot[FONT_REGULAR], family->name);
    bool bold = bx_font_slot_find(&family->slot[FONT_BOLD], family->name);
    bool italic = bx_font_slot_find(&family->slot[FONT_ITALIC], family->name);
    return (regular && bold) || search(fonts, family) || regular || bold || italic;
}
