/* banxin new: a folder to start from, copied from the sample of a layout. */
#include "cli/cli.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static int refuse(const char *path) {
    fprintf(stderr, "banxin: %s: %s\n", path, strerror(errno));
    return BX_EXIT_OUTPUT;
}

static bool copy_bytes(int from, int to) {
    char block[65536];
    ssize_t n;
    while ((n = read(from, block, sizeof block)) > 0)
        for (ssize_t done = 0, k; done < n; done += k)
            if ((k = write(to, block + done, (size_t)(n - done))) < 0)
                return false;
    return n == 0;
}

static bool copy_file(const char *from, const char *to) {
    int in = open(from, O_RDONLY | O_CLOEXEC);
    int out = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    bool good = in >= 0 && out >= 0 && copy_bytes(in, out);
    if (in >= 0)
        close(in);
    if (out >= 0)
        good = close(out) == 0 && good;
    return good;
}

/* Files and folders of a sample; its README is about the sample, not about the copy. */
static bool copy_folder(bx_arena *arena, const char *from, const char *to) {
    DIR *dir = opendir(from);
    bool good = dir != NULL;
    for (struct dirent *e; good && (e = readdir(dir));) {
        if (e->d_name[0] == '.' || strcmp(e->d_name, "README.md") == 0)
            continue;
        const char *source = bx_str_fmt(arena, "%s/%s", from, e->d_name).p;
        const char *target = bx_str_fmt(arena, "%s/%s", to, e->d_name).p;
        struct stat at;
        if (stat(source, &at) != 0)
            good = false;
        else if (S_ISDIR(at.st_mode))
            good = mkdir(target, 0777) == 0 && copy_folder(arena, source, target);
        else if (S_ISREG(at.st_mode))
            good = copy_file(source, target);
    }
    if (dir)
        closedir(dir);
    return good;
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
        bx_buf_fmt(&all, "%s%.*s", last.n ? ", " : "There are ", BX_STR_ARG(next));
        last = next;
    }
    return bx_cstr(arena, bx_buf_view(&all));
}

/* issue.yaml or issue.md, as the copy has it. */
static const char *issue_in(bx_arena *arena, const char *folder) {
    const char *path = bx_str_fmt(arena, "%s/issue.yaml", folder).p;
    return access(path, F_OK) == 0 ? path : bx_str_fmt(arena, "%s/issue.md", folder).p;
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
    /* rmdir tells an empty folder from any other, and mkdir makes it anew. */
    if ((mkdir(folder, 0777) != 0 &&
         (errno != EEXIST || rmdir(folder) != 0 || mkdir(folder, 0777) != 0)) ||
        !copy_folder(args->arena, sample, folder))
        return refuse(folder);
    if (!args->quiet)
        printf("Write in %s, then:\n  banxin build %s\n", issue_in(args->arena, folder),
               issue_in(args->arena, folder));
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
