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

enum { DEPTH_MAX = 6, ENTRIES_MAX = 20000 /* in a folder that is named, and below it */ };

static bool is_font_name(bx_str name) {
    static const char *const endings[] = {".ttf", ".otf", ".ttc", ".otc"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (name.n > 4 && strncasecmp(name.p + name.n - 4, endings[i], 4) == 0)
            return true;
    return false;
}

static void close_folder(void *dir) { closedir(dir); }

typedef struct entry {
    bx_str name;
    bool may_be_folder;
} entry;

typedef BX_VEC(entry) entries;

static int by_name(const void *a, const void *b) {
    return bx_str_cmp(((const entry *)a)->name, ((const entry *)b)->name);
}

/* The way through one of the folders that are named. */
typedef struct walk {
    bx_fonts *fonts;
    bx_map seen;   /* folders, by device and number: links may lead round in a circle */
    uint32_t left; /* entries that may still be looked at */
} walk;

/* What is in a folder, sorted: the order in which a file system lists it is no one's choice. */
static entries list_folder(walk *w, bx_str path) {
    bx_arena *scratch = w->fonts->scratch;
    entries list = {0};
    DIR *dir = opendir(bx_cstr(scratch, path));
    if (!dir)
        return list;
    bx_defer(scratch, close_folder, dir);
    struct dirent *e;
    for (; w->left && (e = readdir(dir)); w->left--) {
        bool other = e->d_type != DT_DIR && e->d_type != DT_LNK && e->d_type != DT_UNKNOWN;
        if (e->d_name[0] != '.')
            bx_push(scratch, &list, (entry){bx_str_dup(scratch, bx_str_of(e->d_name)), !other});
    }
    if (list.n)
        qsort(list.at, list.n, sizeof *list.at, by_name);
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

/* Whether it is a folder, and this the first way to it. */
static bool is_new_folder(walk *w, bx_str path) {
    struct stat st;
    if (stat(bx_cstr(w->fonts->scratch, path), &st) != 0 || !S_ISDIR(st.st_mode))
        return false;
    uint64_t key[2] = {st.st_dev, st.st_ino};
    bx_arena *arena = w->fonts->arena;
    void **place = bx_map_put(&w->seen, bx_str_dup(arena, (bx_str){(const char *)key, sizeof key}));
    bool first = !*place;
    *place = w;
    return first;
}

/* Files of a folder before those of its subfolders. */
static void walk_folder(walk *w, bx_str folder, int depth) {
    bx_arena *scratch = w->fonts->scratch;
    bx_mark mark = bx_arena_mark(scratch);
    entries list = list_folder(w, folder);
    for (int pass = 0; pass < 2; pass++) {
        for (uint32_t i = 0; i < list.n; i++) {
            bx_str name = list.at[i].name;
            bool is_font = is_font_name(name);
            bx_str path = bx_str_fmt(scratch, "%.*s/%.*s", BX_STR_ARG(folder), BX_STR_ARG(name));
            if (pass == 0 && is_font)
                add_file(w->fonts, path, name.n);
            else if (pass == 1 && !is_font && depth < DEPTH_MAX && list.at[i].may_be_folder &&
                     is_new_folder(w, path))
                walk_folder(w, path, depth + 1);
        }
    }
    bx_arena_rewind(scratch, mark);
}

/* False after an error: it is too large. */
static bool list_files(bx_fonts *fonts, bx_str folder, bx_report *report) {
    walk w = {fonts, bx_map_new(fonts->arena), ENTRIES_MAX};
    if (is_new_folder(&w, folder))
        walk_folder(&w, folder, 0);
    if (w.left)
        return true;
    bx_say(report, BX_D_INPUT_LIMIT, (bx_span){0},
           "there are more than %d files in the folder of fonts “%.*s” and below it", ENTRIES_MAX,
           BX_STR_ARG(folder));
    bx_hint(report, "Name the folder in it that has the fonts");
    return false;
}

bool bx_font_files_list(bx_fonts *fonts, bx_report *report) {
    bool good = true;
    for (uint32_t i = 0; i < fonts->folders.n; i++)
        good &= list_files(fonts, fonts->folders.at[i], report);
    for (uint32_t i = 0; i < fonts->family_by_name.entries.n; i++) {
        font_family *family = fonts->family_by_name.entries.at[i].value;
        for (int s = 0; s < FONT_STYLES; s++)
            family->slot[s].file = bx_map_get(&fonts->file_by_name, family->wanted[s]);
    }
    return good;
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
