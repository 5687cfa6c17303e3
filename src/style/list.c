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

static const bx_layout_entry *find_known(const bx_layout_list *known,
                                         const bx_layout_entry *entry) {
    for (uint32_t i = 0; known && i < known->n_read; i++)
        if (bx_str_eq(known->at[i].path, entry->path) &&
            bx_str_eq(known->at[i].bytes, entry->bytes))
            return &known->at[i];
    return NULL;
}

/* Reads what a layout's own file says of it: no title when it says nothing or cannot be understood.
 * False: there is nothing to read. */
static bool read_entry(bx_arena *arena, const bx_layout_search *search, bx_layout_entry *entry,
                       bool *fresh) {
    /* A report of its own: what is wrong with the file is for the one who opens it. */
    bx_sources *sources = bx_sources_new(arena);
    bx_report *report = bx_report_new(arena, sources);
    if (!bx_layout_file_read(arena, entry->path, (bx_span){0}, &entry->bytes, report))
        return false;
    const bx_layout_entry *known = find_known(search->known, entry);
    if (known) {
        uint32_t folder = entry->folder;
        *entry = *known;
        entry->folder = folder;
        return true;
    }
    *fresh = true;
    uint32_t source = bx_source_of_bytes(entry->path, entry->bytes, report);
    const bx_yaml *tree =
        source ? bx_yaml_read(arena, source, 0, entry->bytes.n, false, report) : NULL;
    if (!tree)
        return true;
    entry->title = text_of(arena, tree, "title");
    entry->description = text_of(arena, tree, "description");
    bx_suits_read(arena, tree, report, &entry->suits, &entry->n_suits);
    return true;
}

/* Those that have a title, then the others. */
static int by_name(const void *a, const void *b) {
    const bx_layout_entry *x = a, *y = b;
    int titled = (y->title.n > 0) - (x->title.n > 0);
    return titled ? titled : bx_str_cmp(x->name, y->name);
}

typedef struct entries {
    BX_VEC(bx_layout_entry) list;
    bool fresh;
} entries;

static bool is_listed(const entries *found, bx_str name) {
    for (uint32_t i = 0; i < found->list.n; i++)
        if (found->list.at[i].title.n && bx_str_eq(found->list.at[i].name, name))
            return true;
    return false;
}

static void list_folder(bx_arena *arena, const bx_layout_search *search, uint32_t folder,
                        entries *found) {
    const bx_layout_search here = {
        .folders = &search->folders[folder], .n_folders = 1, .known = search->known};
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
        if (entry.path.n && read_entry(arena, &here, &entry, &found->fresh))
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
    uint32_t n = 0;
    while (n < found.list.n && found.list.at[n].title.n)
        n++;
    return (bx_layout_list){found.list.at, n, found.list.n, found.fresh};
}
