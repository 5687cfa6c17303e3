/* Where layouts and fonts are looked for: the options, the environment, the XDG folders, and then
 * the source tree for a program in its build tree, or the installation for an installed one. */
#include "cli/cli.h"

#include "base/same_file.h"
#include "cli/memory.h"

#include <stdlib.h>
#include <sys/auxv.h>
#include <sys/stat.h>

typedef struct search {
    bx_arena *arena;
    bx_texts list;
} search;

static void add(search *s, bx_str folder, const char *below) {
    if (!folder.n)
        return;
    bx_str path = below ? bx_str_fmt(s->arena, "%.*s/%s", BX_STR_ARG(folder), below)
                        : bx_str_dup(s->arena, folder);
    bx_push(s->arena, &s->list, path.p);
}

/* Folders between colons, as in PATH. */
static void add_list(search *s, const char *folders, const char *below) {
    while (folders && *folders) {
        size_t n = strcspn(folders, ":");
        add(s, (bx_str){folders, (uint32_t)n}, below);
        folders += n + (folders[n] == ':');
    }
}

static const char *or_else(const char *value, const char *otherwise) {
    return value && *value ? value : otherwise;
}

/* The folder that the program's file stands in; empty when the system does not say. Where /proc is
 * not mounted (a bare chroot) the kernel has told the path by which the program was started. */
static bx_str program_folder(bx_arena *arena) {
    const char *started = (const char *)getauxval(AT_EXECFN);
    char *path = realpath("/proc/self/exe", NULL);
    if (!path && started)
        path = realpath(started, NULL);
    char *slash = path ? strrchr(path, '/') : NULL;
    bx_str folder = {path, slash ? (uint32_t)(slash - path) : 0};
    folder = folder.n ? bx_str_dup(arena, folder) : (bx_str){0};
    free(path);
    return folder;
}

static bool same_folder(bx_arena *arena, bx_str a, const char *b) {
    struct stat x, y;
    return stat(bx_cstr(arena, a), &x) == 0 && stat(b, &y) == 0 && bx_is_same_file(&x, &y);
}

static void add_program(search *s, const char *kind) {
    bx_str folder = program_folder(s->arena);
    if (!folder.n)
        return;
    if (same_folder(s->arena, folder, BANXIN_BUILD_DIR))
        add(s, BX_STR(BANXIN_SOURCE_DIR), kind);
    else
        add(s, folder, bx_str_fmt(s->arena, "%s/banxin/%s", BANXIN_BIN_TO_DATA, kind).p);
}

/* The XDG folders and what came with the program. */
static void add_data(search *s, const char *kind) {
    const char *below = bx_str_fmt(s->arena, "banxin/%s", kind).p;
    const char *home = or_else(getenv("HOME"), "");
    const char *own = *home ? bx_str_fmt(s->arena, "%s/.local/share", home).p : "";
    add(s, bx_str_of(or_else(getenv("XDG_DATA_HOME"), own)), below);
    add_list(s, or_else(getenv("XDG_DATA_DIRS"), "/usr/local/share:/usr/share"), below);
    add_program(s, kind);
    bx_push(s->arena, &s->list, NULL);
}

static const char *const *search_order(bx_arena *arena, const bx_texts *options,
                                       const char *variable, const char *kind) {
    search s = {.arena = arena};
    for (uint32_t i = 0; i < options->n; i++)
        add(&s, bx_str_of(options->at[i]), NULL);
    add_list(&s, getenv(variable), NULL);
    add_data(&s, kind);
    return s.list.at;
}

const char *const *bx_cli_layout_folders(const bx_args *args) {
    return search_order(args->arena, &args->layout_path, "BANXIN_LAYOUT_PATH", "layouts");
}

const char *const *bx_cli_font_folders(const bx_args *args) {
    return search_order(args->arena, &args->font_path, "BANXIN_FONT_PATH", "fonts");
}

const char *const *bx_cli_folders(bx_arena *arena, const char *kind) {
    search s = {.arena = arena};
    add_data(&s, kind);
    return s.list.at;
}

static void miss(const char *option, const char *path) {
    struct stat st;
    if (!path || (stat(path, &st) == 0 && S_ISDIR(st.st_mode)))
        return;
    bx_cli_say("--%s: %s is no folder", option, path);
    bx_cli_hint("The run goes on without it");
}

static void miss_all(const char *option, const bx_texts *paths) {
    for (uint32_t i = 0; i < paths->n; i++)
        miss(option, paths->at[i]);
}

void bx_cli_miss_folders(const bx_args *args) {
    if (args->quiet || bx_cli_for_programs(args))
        return;
    miss_all("layout-path", &args->layout_path);
    miss_all("font-path", &args->font_path);
    miss("assets", args->assets);
}

bx_status bx_cli_press(const bx_args *args, bx_press **press) {
    bx_press_options options = {
        .layout_folders = bx_cli_layout_folders(args),
        .font_folders = bx_cli_font_folders(args),
        .owns_fontconfig = true,
        .allocate = bx_cli_allocate,
    };
    return bx_press_open(&options, press);
}
