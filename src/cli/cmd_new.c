/* banxin new: a folder to start from, copied from the sample of a layout. */
#include "cli/cli.h"

#include "batch/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

/* What has been made so far, so that a copy that fails leaves nothing. */
typedef struct copy {
    bx_arena *arena;
    bx_texts made;
} copy;

static void undo(const copy *c) {
    int error = errno;
    for (uint32_t i = c->made.n; i-- > 0;)
        if (unlink(c->made.at[i]) != 0)
            rmdir(c->made.at[i]);
    errno = error;
}

static bool copy_bytes(int from, int to) {
    char block[65536];
    ssize_t n;
    while ((n = read(from, block, sizeof block)) > 0)
        if (!bx_write_all(to, block, (size_t)n))
            return false;
    return n == 0;
}

static bool copy_file(copy *c, const char *from, const char *to) {
    int in = open(from, O_RDONLY | O_CLOEXEC);
    int out = in < 0 ? -1 : open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    bool good = out >= 0;
    if (good) {
        bx_add_text(c->arena, &c->made, to);
        good = copy_bytes(in, out);
        good = close(out) == 0 && good;
    }
    if (in >= 0)
        close(in);
    return good;
}

/* A folder that is there already and stays. */
static bool make_folder(copy *c, const char *path) {
    bool made = mkdir(path, 0777) == 0;
    if (made)
        bx_add_text(c->arena, &c->made, path);
    return made;
}

/* Files and folders of a sample; its README is about the sample, not about the copy. */
static bool copy_folder(copy *c, const char *from, const char *to) {
    DIR *dir = opendir(from);
    bool good = dir != NULL;
    for (struct dirent *e; good && (e = readdir(dir));) {
        if (e->d_name[0] == '.' || strcmp(e->d_name, "README.md") == 0)
            continue;
        const char *source = bx_str_fmt(c->arena, "%s/%s", from, e->d_name).p;
        const char *target = bx_str_fmt(c->arena, "%s/%s", to, e->d_name).p;
        struct stat at;
        if (stat(source, &at) != 0)
            good = false;
        else if (S_ISDIR(at.st_mode))
            good = make_folder(c, target) && copy_folder(c, source, target);
        else if (S_ISREG(at.st_mode))
            good = copy_file(c, source, target);
    }
    if (dir)
        closedir(dir);
    return good;
}

/* Nothing stands in it: ENOTEMPTY otherwise, or why it cannot be looked into. */
static bool is_empty(const char *folder) {
    DIR *dir = opendir(folder);
    bool empty = dir != NULL;
    for (struct dirent *e; empty && (e = readdir(dir));)
        empty = strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0;
    if (!dir)
        return false;
    closedir(dir);
    errno = empty ? 0 : ENOTEMPTY;
    return empty;
}

static bool is_folder(const char *path) {
    struct stat at;
    return stat(path, &at) == 0 && S_ISDIR(at.st_mode);
}

/* The folder of the sample for a layout; NULL: there is none. */
static const char *find_sample(bx_arena *arena, const char *layout) {
    const char *const *folders = bx_cli_folders(arena, "samples");
    for (; *folders && !strchr(layout, '/'); folders++) {
        const char *path = bx_str_fmt(arena, "%s/%s", *folders, layout).p;
        if (is_folder(path))
            return path;
    }
    return NULL;
}

static const char *names_of_samples(bx_arena *arena) {
    const char *const *folders = bx_cli_folders(arena, "samples");
    BX_VEC(bx_str) names = {0};
    for (; *folders; folders++) {
        DIR *dir = opendir(*folders);
        for (struct dirent *e; dir && (e = readdir(dir));)
            if (e->d_name[0] != '.' && is_folder(bx_str_fmt(arena, "%s/%s", *folders, e->d_name).p))
                bx_push(arena, &names, bx_str_dup(arena, bx_str_of(e->d_name)));
        if (dir)
            closedir(dir);
    }
    bx_buf all = bx_buf_new(arena);
    bx_str last = {0};
    for (uint32_t k = 0; k < names.n; k++) { /* by name, each once */
        bx_str next = {0};
        for (uint32_t i = 0; i < names.n; i++)
            if (bx_str_cmp(names.at[i], last) > 0 && (!next.n || bx_str_cmp(names.at[i], next) < 0))
                next = names.at[i];
        if (!next.n)
            break;
        bx_buf_fmt(&all, "%s%.*s", last.n ? ", " : "", BX_STR_ARG(next));
        last = next;
    }
    const char *format = bx_word(bx_cli_words(), "There are %.*s");
    return bx_str_fmt(arena, format, BX_STR_ARG(bx_buf_view(&all))).p;
}

/* issue.yaml or issue.md, as the copy has it. */
static const char *issue_in(bx_arena *arena, const char *folder) {
    const char *path = bx_str_fmt(arena, "%s/issue.yaml", folder).p;
    return access(path, F_OK) == 0 ? path : bx_str_fmt(arena, "%s/issue.md", folder).p;
}

static int refuse(const char *folder) {
    if (errno != ENOTEMPTY) {
        bx_cli_say("%s: %s", folder, bx_cli_reason(errno));
        return BX_EXIT_OUTPUT;
    }
    bx_cli_say("the folder %s is not empty", folder);
    bx_cli_hint("Name a new folder, or empty this one");
    return BX_EXIT_OUTPUT;
}

static void tell_next(const char *issue) {
    printf(bx_word(bx_cli_words(), "Write in %s, then:"), issue);
    printf("\n  banxin build %s\n", issue);
}

static int run(bx_args *args) {
    if (args->operands.n != 1)
        return bx_usage_error(NULL, "new takes one folder: banxin new [--layout=NAME] FOLDER");
    const char *folder = args->operands.at[0];
    const char *layout = args->layout ? args->layout : "committee-daily";
    const char *sample = find_sample(args->arena, layout);
    if (!sample)
        return bx_usage_error(names_of_samples(args->arena), "there is no sample for the layout %s",
                              layout);
    copy c = {.arena = args->arena};
    bool there = !make_folder(&c, folder) && errno == EEXIST;
    bool good = there ? is_empty(folder) : c.made.n > 0;
    if (!good || !copy_folder(&c, sample, folder)) {
        undo(&c);
        return refuse(folder);
    }
    if (!args->quiet)
        tell_next(issue_in(args->arena, folder));
    return bx_cli_flush() ? BX_EXIT_DONE : BX_EXIT_IO;
}

static const bx_option options[] = {
    BX_OPTION("layout", 0, TEXT, layout, "NAME", NULL,
              "the layout whose sample is copied (committee-daily)"),
    BX_OPTIONS_ALL,
    {0},
};

const bx_command bx_cmd_new = {
    .name = "new",
    .operands = "FOLDER",
    .summary = "Make a folder with an issue to start from",
    .details = "FOLDER must be empty or not there yet.",
    .options = options,
    .run = run,
};
