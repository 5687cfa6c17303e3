#include "batch/file.h"
#include "batch/planner.h"

#include <dirent.h>
#include <errno.h>
#include <glob.h>
#include <stdlib.h>
#include <sys/stat.h>

enum { DEPTH_MAX = 32 };

static const bx_json_fields none = {0};

bool bx_plan_refuse(bx_planner *p, const char *hint, const char *format, ...) {
    va_list list;
    va_start(list, format);
    p->plan->fault = bx_str_vfmt(p->arena, bx_word(p->options->words, format), list);
    va_end(list);
    p->plan->hint = bx_str_of(hint);
    return false;
}

static bool refuse_path(bx_planner *p, bx_str path) {
    p->plan->unreadable = true;
    return bx_plan_refuse(p, NULL, "%.*s: %s", BX_STR_ARG(path),
                          bx_word(p->options->words, bx_file_reason(errno)));
}

/* Puts an issue and its output on the plan. */
static bool put_item(bx_planner *p, bx_str issue, bx_str output) {
    bx_str **place = (bx_str **)bx_map_put(&p->by_output, output);
    if (*place && bx_str_eq(**place, issue))
        return true; /* given twice: by a folder and by name, say */
    if (*place)
        return bx_plan_refuse(p, "name outputs apart with --name-template, or in the manifest",
                              "%.*s and %.*s would both become %.*s", BX_STR_ARG(**place),
                              BX_STR_ARG(issue), BX_STR_ARG(output));
    *place = bx_new(p->arena, bx_str);
    **place = bx_str_dup(p->arena, issue);
    bx_push(p->arena, &p->plan->items, ((bx_plan_item){**place, output}));
    return true;
}

bool bx_plan_add(bx_planner *p, bx_str issue, bx_str below, const bx_json_fields *columns) {
    bx_mark mark = bx_arena_mark(p->scratch);
    bx_str output;
    bool good = bx_plan_name(p, issue, below, columns, &output) && put_item(p, issue, output);
    bx_arena_rewind(p->scratch, mark);
    return good;
}

/* --------------------------------------------------------------------------- folders, patterns */

static bool ends_with(bx_str name, const char *const *endings) {
    for (; *endings; endings++)
        if (bx_str_ends(name, bx_str_of(*endings)))
            return true;
    return false;
}

static bool is_issue_name(bx_str name) {
    static const char *const endings[] = {".yaml", ".yml", ".md", ".markdown", NULL};
    return !bx_str_starts(name, BX_STR("README")) && ends_with(name, endings);
}

static bool is_manifest_name(bx_str name) {
    static const char *const endings[] = {".csv", ".jsonl", ".ndjson", NULL};
    return ends_with(name, endings);
}

static int by_bytes(const void *a, const void *b) {
    return bx_str_cmp(*(const bx_str *)a, *(const bx_str *)b);
}

static bool walk(bx_planner *p, bx_str folder, bx_str below, int depth);

/* What stands in a folder; `below` is the folder that was given. */
static bool add_entry(bx_planner *p, bx_str path, bx_str name, bx_str below, int depth) {
    struct stat st;
    if (lstat(path.p, &st) != 0)
        return refuse_path(p, path);
    if (S_ISDIR(st.st_mode))
        return walk(p, path, below, depth + 1);
    if (!is_issue_name(name))
        return true;
    /* A FIFO or a device among the issues would hold the night's run. */
    bool is_other = stat(path.p, &st) == 0 && !S_ISREG(st.st_mode) && !S_ISDIR(st.st_mode);
    return is_other || bx_plan_add(p, path, below, &none);
}

static bool walk(bx_planner *p, bx_str folder, bx_str below, int depth) {
    bx_mark mark = bx_arena_mark(p->scratch);
    BX_VEC(bx_str) names = {0};
    DIR *dir = depth < DEPTH_MAX ? opendir(bx_cstr(p->scratch, folder)) : NULL;
    if (!dir)
        return refuse_path(p, folder);
    for (struct dirent *e; (e = readdir(dir));)
        if (e->d_name[0] != '.')
            bx_push(p->scratch, &names, bx_str_dup(p->scratch, bx_str_of(e->d_name)));
    closedir(dir);
    if (names.n)
        qsort(names.at, names.n, sizeof *names.at, by_bytes);
    bool good = true, slash = bx_str_ends(folder, BX_STR("/"));
    for (uint32_t i = 0; good && i < names.n; i++) {
        bx_str path = bx_str_fmt(p->scratch, "%.*s%s%.*s", BX_STR_ARG(folder), slash ? "" : "/",
                                 BX_STR_ARG(names.at[i]));
        good = add_entry(p, path, names.at[i], below, depth);
    }
    bx_arena_rewind(p->scratch, mark);
    return good;
}

static bool add_manifest(bx_planner *p, bx_str path) {
    bx_str bytes;
    if (!bx_file_read(p->scratch, bx_cstr(p->scratch, path), &bytes))
        return refuse_path(p, path);
    return bx_plan_add_manifest(p, bytes, path);
}

static bool add_path(bx_planner *p, bx_str path) {
    bx_mark mark = bx_arena_mark(p->scratch);
    struct stat st;
    bool good = stat(bx_cstr(p->scratch, path), &st) != 0 ? refuse_path(p, path)
                : S_ISDIR(st.st_mode)                     ? walk(p, path, path, 0)
                : is_manifest_name(path)                  ? add_manifest(p, path)
                                         : bx_plan_add(p, path, (bx_str){0}, &none);
    bx_arena_rewind(p->scratch, mark);
    return good;
}

static bool add_pattern(bx_planner *p, const char *pattern) {
    glob_t found;
    int status = glob(pattern, 0, NULL, &found);
    bool good = status == 0;
    if (!good) {
        p->plan->unreadable = true;
        bx_plan_refuse(p, NULL, "%s: nothing fits the pattern", pattern);
    }
    for (size_t i = 0; good && i < found.gl_pathc; i++)
        good = add_path(p, bx_str_of(found.gl_pathv[i]));
    globfree(&found);
    return good;
}

static bool add_input(bx_planner *p, const char *input, bx_str standard_input) {
    struct stat st;
    if (strcmp(input, "-") == 0)
        return bx_plan_add_manifest(p, standard_input, BX_STR("-"));
    bool is_pattern = strpbrk(input, "*?[") && stat(input, &st) != 0;
    return is_pattern ? add_pattern(p, input) : add_path(p, bx_str_of(input));
}

bool bx_plan_make(bx_arena *arena, const bx_plan_options *options, bx_plan *plan) {
    *plan = (bx_plan){0};
    bx_planner p = {.arena = arena,
                    .plan = plan,
                    .options = options,
                    .by_output = bx_map_new(arena),
                    .scratch = bx_arena_new(bx_arena_memory(arena))};
    bool good = true;
    for (const char *const *input = options->inputs; good && *input; input++)
        good = add_input(&p, *input, options->standard_input);
    if (good && !plan->items.n)
        good = bx_plan_refuse(&p, NULL, "there are no issues among the inputs");
    bx_arena_drop(p.scratch);
    return good;
}
