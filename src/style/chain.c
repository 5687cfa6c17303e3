#include "style/chain.h"

#include "input/source_file.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static bool is_path(bx_str layout) {
    return bx_str_find(layout, BX_STR("/")) >= 0 || bx_str_ends(layout, BX_STR(".yaml")) ||
           bx_str_is(layout, ".") || bx_str_is(layout, "..");
}

static bx_str folder_of(bx_str path) {
    uint32_t n = path.n;
    while (n && path.p[n - 1] != '/')
        n--;
    return n > 1 ? bx_str_sub(path, 0, n - 1) : n ? bx_str_sub(path, 0, 1) : BX_STR(".");
}

static bx_str join(bx_arena *arena, bx_str folder, bx_str path) {
    if (path.n && path.p[0] == '/')
        return path;
    while (bx_str_starts(path, BX_STR("./"))) /* one name for one file, or circles go unseen */
        path = bx_str_sub(path, 2, path.n);
    if (folder.n == 0 || bx_str_is(folder, "."))
        return path;
    return bx_str_fmt(arena, "%.*s%s%.*s", BX_STR_ARG(folder),
                      folder.p[folder.n - 1] == '/' ? "" : "/", BX_STR_ARG(path));
}

static bool is_file(bx_arena *arena, bx_str path) {
    struct stat st;
    return stat(bx_cstr(arena, path), &st) == 0 && S_ISREG(st.st_mode);
}

static bool is_below(const char *path, bx_str folder, bx_arena *arena) {
    char *real = realpath(folder.n ? bx_cstr(arena, folder) : ".", NULL);
    size_t n = real ? strlen(real) : 0;
    while (n && real[n - 1] == '/')
        n--;
    bool below = real && strncmp(path, real, n) == 0 && path[n] == '/';
    free(real);
    return below;
}

/* Whether the path, links followed, leads to where an issue may reach. */
static bool is_inside(bx_arena *arena, bx_str path, const bx_layout_search *search) {
    char *real = realpath(bx_cstr(arena, path), NULL);
    if (!real)
        return false;
    bx_str copy = bx_str_dup(arena, bx_str_of(real));
    free(real);
    bool inside = is_below(copy.p, search->from, arena);
    for (uint32_t i = 0; !inside && i < search->n_folders; i++)
        inside = is_below(copy.p, search->folders[i], arena);
    return inside;
}

static bx_str find_path(bx_arena *arena, bx_str layout, bx_str folder) {
    bx_str path = join(arena, folder, layout);
    if (is_file(arena, path))
        return bx_str_dup(arena, path);
    path = join(arena, path, BX_STR("layout.yaml"));
    return is_file(arena, path) ? path : (bx_str){0};
}

bx_str bx_layout_find(bx_arena *arena, bx_str layout, bx_str folder,
                      const bx_layout_search *search) {
    if (layout.n == 0 || layout.n > 4000 || memchr(layout.p, 0, layout.n))
        return (bx_str){0};
    if (is_path(layout)) {
        bx_str path = find_path(arena, layout, folder);
        return path.n && search->fenced && !is_inside(arena, path, search) ? (bx_str){0} : path;
    }
    bx_str file = bx_str_fmt(arena, "%.*s/layout.yaml", BX_STR_ARG(layout));
    for (uint32_t i = 0; i < search->n_folders; i++) {
        bx_str path = join(arena, search->folders[i], file);
        if (is_file(arena, path))
            return path;
    }
    return (bx_str){0};
}

/* Memory is asked for before the file is opened: between open and close nothing goes to the trap.
 */
bool bx_layout_file_read(bx_arena *arena, bx_str path, bx_span asked, bx_str *bytes,
                         bx_report *report) {
    const char *name = bx_cstr(arena, path);
    struct stat st;
    bool is_file = stat(name, &st) == 0 && S_ISREG(st.st_mode) && st.st_size < UINT32_MAX;
    if (is_file && !bx_within(report, BX_LIMIT_LAYOUT, (uint64_t)st.st_size, asked))
        return false;
    size_t size = is_file ? (size_t)st.st_size : 0, n = 0;
    char *p = bx_alloc(arena, size + 1);
    /* Not blocking: a FIFO that has taken the file's place must not hold the program. */
    int fd = is_file ? open(name, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY) : -1;
    ssize_t got = fd < 0 ? -1 : 0;
    while (fd >= 0 && n < size && (got = read(fd, p + n, size - n)) > 0)
        n += (size_t)got;
    if (fd >= 0)
        close(fd);
    *bytes = (bx_str){p, (uint32_t)n};
    if (got < 0)
        bx_say(report, BX_D_INPUT_MISSING, asked, "the layout %.*s cannot be read",
               BX_STR_ARG(path));
    return got >= 0;
}

static bool is_hex(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/* The end of a colour that begins at `at`, or `at`. */
static uint32_t color_end(bx_str bytes, uint32_t at) {
    uint32_t end = at;
    if (at < bytes.n && bytes.p[at] == '#')
        for (end++; end < bytes.n && is_hex(bytes.p[end]); end++) {
        }
    return end - at == 4 || end - at == 7 ? end : at;
}

/* A value that ends where a colour begins was meant to hold it: `color: #c00`, `top: 1pt #c00`. It
 * is told of, and put in, so that nothing else has to be said about the value without it. */
static bx_yaml *find_lost_color(bx_arena *arena, const bx_yaml *key, bx_yaml *value, bx_str bytes,
                                bx_report *report) {
    bool empty = value->kind == BX_YAML_NULL;
    if (!empty && !(value->kind == BX_YAML_SCALAR && value->plain))
        return value;
    uint32_t at = empty ? key->span.end : value->span.end;
    while (at < bytes.n && (bytes.p[at] == ' ' || (empty && bytes.p[at] == ':')))
        at++;
    uint32_t end = color_end(bytes, at);
    if (end == at)
        return value;
    bx_yaml *meant = bx_new(arena, bx_yaml);
    *meant = (bx_yaml){.kind = BX_YAML_SCALAR, .span = {key->span.source, at, end}};
    bx_say(report, BX_D_BAD_COLOR, meant->span,
           "in YAML # begins a comment, so this colour is not part of `%.*s`",
           BX_STR_ARG(key->text));
    meant->span.start = empty ? at : value->span.start;
    meant->text = bx_str_sub(bytes, meant->span.start, end);
    bx_hint(report, "Write %.*s: \"%.*s\", in quotes", BX_STR_ARG(key->text),
            BX_STR_ARG(meant->text));
    return meant;
}

static void find_lost_colors(bx_arena *arena, bx_yaml *node, bx_str bytes, bx_report *report) {
    for (uint32_t i = 0; i < node->n; i++) {
        find_lost_colors(arena, node->items[i], bytes, report);
        if (node->kind == BX_YAML_MAP)
            node->items[i] = find_lost_color(arena, node->keys[i], node->items[i], bytes, report);
    }
}

static const bx_yaml *parse(bx_arena *arena, bx_layout_file *file, bx_report *report) {
    bx_yaml *tree = bx_yaml_read(arena, file->source, 0, file->bytes.n, false, report);
    if (!tree)
        return NULL;
    if (tree->kind == BX_YAML_NULL) {
        static const bx_yaml nothing = {.kind = BX_YAML_MAP};
        return &nothing;
    }
    if (tree->kind != BX_YAML_MAP) {
        bx_say(report, BX_D_WRONG_TYPE, tree->span, "a layout is a mapping of keys to values");
        return NULL;
    }
    find_lost_colors(arena, tree, file->bytes, report);
    return tree;
}

/* Layouts that could be meant by a name. */
static void hint_names(bx_arena *arena, bx_str name, const bx_layout_search *search,
                       bx_report *report) {
    bx_layout_list list = bx_layouts_list(arena, search);
    bx_str *names = bx_new_n(arena, bx_str, list.n);
    bx_buf all = bx_buf_new(arena);
    for (uint32_t i = 0; i < list.n; i++) {
        names[i] = list.at[i].name;
        bx_buf_fmt(&all, "%s%.*s", i ? ", " : "", BX_STR_ARG(names[i]));
    }
    bx_str near = bx_nearest(name, names, list.n);
    if (near.n)
        bx_hint(report, "Did you mean `%.*s`?", BX_STR_ARG(near));
    else if (list.n)
        bx_hint(report, "There are %.*s", BX_STR_ARG(bx_buf_view(&all)));
}

bx_str bx_layout_locate(bx_arena *arena, bx_str layout, bx_str folder, bx_span asked,
                        const bx_layout_search *search, bx_report *report) {
    bx_str path = bx_layout_find(arena, layout, folder, search);
    if (path.n == 0 && search->fenced && is_path(layout)) {
        bx_say(report, BX_D_INPUT_FENCE, asked, "“%.*s” is no layout below the issue's folder",
               BX_STR_ARG(layout));
        bx_hint(report, "Move it there, or name it with --layout");
    } else if (path.n == 0) {
        bx_say(report, BX_D_LAYOUT_MISSING, asked, "there is no layout `%.*s`", BX_STR_ARG(layout));
        hint_names(arena, layout, search, report);
    }
    return path;
}

/* Says that `path` closes a circle, when it does. */
static bool is_circle(const bx_layout_chain *chain, bx_str path, bx_span asked, bx_report *report) {
    if (chain->files.n >= BX_LAYOUT_CHAIN_LIMIT) {
        bx_say(report, BX_D_LAYOUT_CYCLE, asked, "more than %d layouts extend one another",
               BX_LAYOUT_CHAIN_LIMIT);
        return true;
    }
    for (uint32_t i = 0; i < chain->files.n; i++)
        if (bx_str_eq(chain->files.at[i].path, path)) {
            bx_say(report, BX_D_LAYOUT_CYCLE, asked,
                   i + 1 == chain->files.n ? "this layout extends itself"
                                           : "the layouts extend each other in a circle");
            return true;
        }
    return false;
}

static bool add_file(bx_arena *arena, bx_layout_chain *chain, bx_str path, bx_str bytes,
                     bx_report *report) {
    bx_layout_file file = {.path = path, .folder = folder_of(path), .bytes = bytes};
    file.source = bx_source_of_bytes(path, bytes, report);
    file.tree = file.source ? parse(arena, &file, report) : NULL;
    bx_push(arena, &chain->files, file);
    return file.tree != NULL;
}

/* A layout without `extends` stands on base; base, wherever it is found, on nothing. */
static bool is_base(bx_str path) {
    return bx_str_is(path, "base/layout.yaml") || bx_str_ends(path, BX_STR("/base/layout.yaml"));
}

/* The path of what the chain's last file extends. False after an error; empty: nothing. */
static bool next_path(bx_arena *arena, bx_layout_chain *chain, const bx_layout_search *search,
                      bx_report *report, bx_str *path) {
    bx_layout_file *last = &chain->files.at[chain->files.n - 1];
    const bx_yaml *extends = bx_yaml_get(last->tree, "extends");
    bx_span asked = extends ? extends->span : (bx_span){last->source, 0, 0};
    bx_str layout = BX_STR("base");
    *path = (bx_str){0};
    if (extends && extends->kind == BX_YAML_SCALAR) {
        layout = extends->text;
    } else if (extends && extends->kind != BX_YAML_NULL) {
        bx_say(report, BX_D_WRONG_TYPE, asked, "`extends` takes the name of one layout");
        return false;
    } else if (is_base(last->path)) {
        return true;
    }
    last->extends = layout;
    *path = bx_layout_locate(arena, layout, last->folder, asked, search, report);
    return path->n && !is_circle(chain, *path, asked, report);
}

static void merge(bx_arena *arena, bx_layout_chain *chain) {
    chain->merged = NULL;
    for (uint32_t i = chain->files.n; i-- > 0;)
        chain->merged = bx_yaml_merge(arena, chain->merged, chain->files.at[i].tree);
}

bool bx_layout_chain_take(bx_arena *arena, bx_layout_chain *chain, const bx_bundle *files,
                          bx_report *report) {
    for (uint32_t i = 0; i < files->n; i++)
        if (!add_file(arena, chain, files->at[i].name, files->at[i].bytes, report))
            return false;
    merge(arena, chain);
    return files->n > 0;
}

bool bx_layout_chain_load(bx_arena *arena, bx_layout_chain *chain, bx_str path, bx_str bytes,
                          const bx_layout_search *search, bx_report *report) {
    while (path.n) {
        if (!add_file(arena, chain, path, bytes, report) ||
            !next_path(arena, chain, search, report, &path))
            return false;
        if (path.n && !bx_layout_file_read(arena, path, (bx_span){0}, &bytes, report))
            return false;
    }
    merge(arena, chain);
    return true;
}

static bool has_bytes(bx_arena *arena, const bx_layout_file *file, const bx_report *report) {
    bx_report *unheard = bx_report_new(arena, report->sources);
    unheard->limits = report->limits;
    bx_str bytes;
    return bx_layout_file_read(arena, file->path, (bx_span){0}, &bytes, unheard) &&
           bx_str_eq(bytes, file->bytes);
}

bool bx_layout_chain_stands(bx_arena *arena, const bx_layout_chain *chain, bx_str layout,
                            const bx_layout_search *search, bx_report *report) {
    if (chain->files.at[0].source != report->sources->list.n)
        return false;
    bx_str folder = search->from;
    for (uint32_t i = 0; i < chain->files.n; i++) {
        const bx_layout_file *file = &chain->files.at[i];
        if (!bx_str_eq(bx_layout_find(arena, layout, folder, search), file->path) ||
            !has_bytes(arena, file, report))
            return false;
        layout = file->extends;
        folder = file->folder;
    }
    for (uint32_t i = 0; i < chain->files.n; i++)
        bx_sources_add(report->sources, chain->files.at[i].path, chain->files.at[i].bytes);
    return true;
}
