#include "batch/plan.h"

#include "base/map.h"
#include "base/utf8.h"
#include "batch/file.h"
#include "batch/json_line.h"

#include <dirent.h>
#include <errno.h>
#include <glob.h>
#include <stdlib.h>
#include <sys/stat.h>

enum { DEPTH_MAX = 32 };

struct bx_planner {
    bx_arena *arena;   /* the plan's */
    bx_arena *scratch; /* what is done with when an input has been read */
    bx_plan *plan;
    bx_str template;
    bx_map by_output; /* output → bx_str* of the issue */
};

bx_arena *bx_plan_scratch(bx_planner *p) { return p->scratch; }

bool bx_plan_refuse(bx_planner *p, const char *hint, const char *format, ...) {
    va_list list;
    va_start(list, format);
    p->plan->fault = bx_str_vfmt(p->arena, format, list);
    va_end(list);
    p->plan->hint = bx_str_of(hint);
    return false;
}

static bool refuse_path(bx_planner *p, bx_str path) {
    p->plan->unreadable = true;
    return bx_plan_refuse(p, NULL, "%.*s: %s", BX_STR_ARG(path), strerror(errno));
}

/* ---------------------------------------------------------------------------- names of outputs */

typedef struct issue_name {
    bx_str folder, stem;
    const bx_json_field *columns;
    uint32_t n_columns;
} issue_name;

/* The path without what leads out of a folder: a root, ".", "..". */
static bx_str tame(bx_arena *arena, bx_str path) {
    bx_buf out = bx_buf_new(arena);
    for (uint32_t at = 0; at < path.n;) {
        uint32_t end = at;
        while (end < path.n && path.p[end] != '/')
            end++;
        bx_str part = bx_str_sub(path, at, end);
        at = end + 1;
        if (!part.n || bx_str_is(part, ".") || bx_str_is(part, ".."))
            continue;
        if (out.n)
            bx_buf_char(&out, '/');
        bx_buf_str(&out, part);
    }
    return bx_buf_view(&out);
}

static issue_name name_of(bx_planner *p, bx_str issue, bx_str below) {
    if (below.n && bx_str_starts(issue, below))
        issue = bx_str_sub(issue, below.n, issue.n);
    issue = tame(p->scratch, issue);
    uint32_t slash = issue.n, dot = issue.n;
    while (slash > 0 && issue.p[slash - 1] != '/')
        slash--;
    for (uint32_t i = slash + 1; i < issue.n; i++)
        if (issue.p[i] == '.')
            dot = i;
    return (issue_name){
        .folder = bx_str_sub(issue, 0, slash ? slash - 1 : 0),
        .stem = bx_str_sub(issue, slash, dot),
    };
}

static bool field_of(const issue_name *name, bx_str field, bx_str *value) {
    for (uint32_t i = 0; i < name->n_columns; i++)
        if (bx_str_eq(name->columns[i].name, field)) {
            *value = name->columns[i].value;
            return true;
        }
    bool folder = bx_str_is(field, "folder"), stem = bx_str_is(field, "stem");
    *value = folder ? name->folder : name->stem;
    return folder || stem;
}

static bool expand(bx_planner *p, const issue_name *name, bx_str *out) {
    bx_buf buf = bx_buf_new(p->scratch);
    bx_str t = p->template;
    for (uint32_t at = 0; at < t.n; at++) {
        if (t.p[at] != '{') {
            bx_buf_char(&buf, t.p[at]);
            continue;
        }
        uint32_t end = at + 1;
        while (end < t.n && t.p[end] != '}')
            end++;
        bx_str field = bx_str_sub(t, at + 1, end), value;
        if (end == t.n || !field_of(name, field, &value))
            return bx_plan_refuse(p, "fields are {folder}, {stem} and the columns of the manifest",
                                  "the name template has no field “%.*s”", BX_STR_ARG(field));
        bx_buf_str(&buf, value);
        at = end;
    }
    *out = bx_buf_view(&buf);
    return true;
}

static bool has_control(bx_str s) {
    for (uint32_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] < 0x20 || s.p[i] == 0x7F)
            return true;
    return false;
}

static bool name_output(bx_planner *p, bx_str issue, bx_str below, const bx_json_field *columns,
                        uint32_t n_columns, bx_str *output) {
    issue_name name = name_of(p, issue, below);
    name.columns = columns;
    name.n_columns = n_columns;
    bx_str given = {0};
    for (uint32_t i = 0; i < n_columns; i++)
        if (bx_str_is(columns[i].name, "output"))
            given = columns[i].value;
    if (!given.n && !expand(p, &name, &given))
        return false;
    *output = bx_str_dup(p->arena, tame(p->scratch, given));
    if (bx_utf8_invalid(issue) >= 0 || bx_utf8_invalid(*output) >= 0)
        return bx_plan_refuse(p, "ledgers hold UTF-8: rename it (convmv turns whole folders over)",
                              "%.*s: the name is not UTF-8", BX_STR_ARG(issue));
    bool climbs = bx_str_starts(given, BX_STR("../")) || bx_str_find(given, BX_STR("/../")) >= 0;
    if (climbs || has_control(given) || !bx_str_ends(*output, BX_STR(".pdf")) || output->n < 5)
        return bx_plan_refuse(p, "it is a path below the output folder that ends in .pdf",
                              "%.*s: its output cannot be “%.*s”", BX_STR_ARG(issue),
                              BX_STR_ARG(given));
    return true;
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

bool bx_plan_add(bx_planner *p, bx_str issue, bx_str below, const bx_json_field *columns,
                 uint32_t n_columns) {
    bx_mark mark = bx_arena_mark(p->scratch);
    bx_str output;
    bool good =
        name_output(p, issue, below, columns, n_columns, &output) && put_item(p, issue, output);
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
    return !is_issue_name(name) || bx_plan_add(p, path, below, NULL, 0);
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
                                         : bx_plan_add(p, path, (bx_str){0}, NULL, 0);
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
    bx_planner p = {.arena = arena, .plan = plan, .by_output = bx_map_new(arena)};
    p.scratch = bx_arena_new(bx_arena_memory(arena));
    p.template = bx_str_of(options->name_template ? options->name_template : BX_PLAN_TEMPLATE);
    bool good = true;
    for (const char *const *input = options->inputs; good && *input; input++)
        good = add_input(&p, *input, options->standard_input);
    if (good && !plan->items.n)
        good = bx_plan_refuse(&p, NULL, "there are no issues among the inputs");
    bx_arena_drop(p.scratch);
    return good;
}
