#include "style/chain.h"
#include "style/suit.h"

#include "input/source_file.h"

#include <dirent.h>
#include <stdlib.h>

/* Closed when it has been read; the arena closes it when the reading is cut short. */
typedef struct open_dir {
    DIR *dir;
} open_dir;

static void close_dir(void *object) {
    open_dir *open = object;
    if (open->dir)
        closedir(open->dir);
    open->dir = NULL;
}

static bx_str text_of(bx_arena *arena, const bx_yaml *tree, const char *key) {
    const bx_yaml *value = tree->kind == BX_YAML_MAP ? bx_yaml_get(tree, key) : NULL;
    return value && value->kind == BX_YAML_SCALAR ? bx_str_dup(arena, value->text) : (bx_str){0};
}

/* Reads what a layout's own file says of it; false when it has no title or cannot be read. */
static bool read_entry(bx_arena *arena, bx_layout_entry *entry) {
    bx_str bytes;
    /* A report of its own: what is wrong with the file is for the one who opens it. */
    bx_sources *sources = bx_sources_new(arena);
    bx_report *report = bx_report_new(arena, sources);
    if (!bx_layout_file_read(arena, entry->path, (bx_span){0}, &bytes, report))
        return false;
    uint32_t source = bx_source_of_bytes(entry->path, bytes, report);
    const bx_yaml *tree = source ? bx_yaml_read(arena, source, 0, bytes.n, false, report) : NULL;
    if (!tree)
        return false;
    entry->title = text_of(arena, tree, "title");
    entry->description = text_of(arena, tree, "description");
    bx_suits_read(arena, tree, report, &entry->suits, &entry->n_suits);
    return entry->title.n > 0;
}

static int by_name(const void *a, const void *b) {
    return bx_str_cmp(((const bx_layout_entry *)a)->name, ((const bx_layout_entry *)b)->name);
}

typedef struct entries {
    BX_VEC(bx_layout_entry) list;
} entries;

static bool is_listed(const entries *found, bx_str name) {
    for (uint32_t i = 0; i < found->list.n; i++)
        if (bx_str_eq(found->list.at[i].name, name))
            return true;
    return false;
}

static void list_folder(bx_arena *arena, const bx_layout_search *search, uint32_t folder,
                        entries *found) {
    const bx_layout_search here = {.folders = &search->folders[folder], .n_folders = 1};
    open_dir *open = bx_new(arena, open_dir);
    bx_defer(arena, close_dir, open);
    open->dir = opendir(bx_cstr(arena, here.folders[0]));
    if (!open->dir)
        return;
    for (struct dirent *at; (at = readdir(open->dir));) {
        bx_layout_entry entry = {.name = bx_str_dup(arena, bx_str_of(at->d_name)),
                                 .folder = folder};
        if (at->d_name[0] == '.' || is_listed(found, entry.name))
            continue;
        entry.path = bx_layout_find(arena, entry.name, (bx_str){0}, &here);
        if (entry.path.n && read_entry(arena, &entry))
            bx_push(arena, &found->list, entry);
    }
    close_dir(open);
}

bx_layout_list bx_layouts_list(bx_arena *arena, const bx_layout_search *search) {
    entries found = {0};
    for (uint32_t i = 0; i < search->n_folders; i++)
        list_folder(arena, search, i, &found);
    if (found.list.n)
        qsort(found.list.at, found.list.n, sizeof *found.list.at, by_name);
    return (bx_layout_list){found.list.at, found.list.n};
}
