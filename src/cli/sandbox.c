#include "cli/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Rights of the first version of Landlock; a kernel that has it knows all of these. */
enum {
    READ = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR,
    WRITE = LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_FILE |
            LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_MAKE_DIR,
    HANDLED = READ | WRITE | LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_REMOVE_DIR |
              LANDLOCK_ACCESS_FS_MAKE_CHAR | LANDLOCK_ACCESS_FS_MAKE_SOCK |
              LANDLOCK_ACCESS_FS_MAKE_FIFO | LANDLOCK_ACCESS_FS_MAKE_BLOCK |
              LANDLOCK_ACCESS_FS_MAKE_SYM,
};

/* A path that is not there needs no right. */
static void allow(int ruleset, const char *path, uint64_t rights) {
    int fd = open(path, O_PATH | O_CLOEXEC);
    if (fd < 0)
        return;
    struct landlock_path_beneath_attr rule = {.allowed_access = rights, .parent_fd = fd};
    syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
    close(fd);
}

/* The folder that a file stands in. */
const char *bx_cli_folder_of(bx_arena *arena, const char *path) {
    const char *slash = strrchr(path, '/');
    if (!slash)
        return ".";
    return slash == path ? "/" : bx_str_fmt(arena, "%.*s", (int)(slash - path), path).p;
}

static void allow_list(int ruleset, const char *const *paths, uint64_t rights) {
    for (; paths && *paths; paths++)
        allow(ruleset, *paths, rights);
}

/* Where the fonts really are: the table of families may name folders of its own. */
static void allow_fonts(int ruleset, const bx_args *args, bx_press *press) {
    bx_job *job = NULL;
    const bx_font_row *rows;
    size_t n = 0;
    if (bx_job_open(press, NULL, &job) == BX_OK && bx_job_fonts(job, &rows, &n) == BX_OK)
        for (size_t i = 0; i < n; i++)
            if (rows[i].path)
                allow(ruleset, bx_cli_folder_of(args->arena, rows[i].path), READ);
    bx_job_close(job);
}

static bool restrict_files(const bx_args *args, bx_press *press, const char *const *issues,
                           const char *const *outputs) {
    static const char *const system[] = {"/usr",       "/lib",      "/lib64", "/etc/ld.so.cache",
                                         "/etc/fonts", "/dev/null", "/proc",  NULL};
    struct landlock_ruleset_attr handled = {.handled_access_fs = HANDLED};
    int ruleset = (int)syscall(SYS_landlock_create_ruleset, &handled, sizeof handled, 0);
    if (ruleset < 0)
        return false;
    allow_list(ruleset, system, READ);
    allow_list(ruleset, bx_cli_layout_folders(args), READ);
    allow_list(ruleset, bx_cli_font_folders(args), READ);
    allow_fonts(ruleset, args, press);
    if (args->assets)
        allow(ruleset, args->assets, READ);
    if (args->layout)
        allow(ruleset, bx_cli_folder_of(args->arena, args->layout), READ);
    const char *last = "";
    for (; issues && *issues; issues++) {
        const char *folder = bx_cli_folder_of(args->arena, *issues);
        if (strcmp(folder, last) != 0) /* a batch has thousands in a few folders */
            allow(ruleset, folder, READ);
        last = folder;
    }
    allow_list(ruleset, outputs, READ | WRITE);
    bool good = syscall(SYS_landlock_restrict_self, ruleset, 0) == 0;
    close(ruleset);
    return good;
}

/* Refused with EPERM, as if the user had no right to them. */
static bool restrict_calls(void) {
#define REFUSE(name)                                                                               \
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_##name, 0, 1),                                         \
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | (EPERM & SECCOMP_RET_DATA))
    struct sock_filter program[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        REFUSE(socket),
        REFUSE(socketpair),
        REFUSE(connect),
        REFUSE(bind),
        REFUSE(execve),
        REFUSE(execveat),
#ifndef __SANITIZE_ADDRESS__ /* which looks for leaks by it */
        REFUSE(ptrace),
#endif
        REFUSE(process_vm_readv),
        REFUSE(process_vm_writev),
        REFUSE(mount),
        REFUSE(bpf),
        REFUSE(io_uring_setup),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
#undef REFUSE
    struct sock_fprog filter = {.len = sizeof program / sizeof *program, .filter = program};
    return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) == 0;
}

bool bx_sandbox(const bx_args *args, bx_press *press, const char *const *issues,
                const char *const *outputs) {
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return false;
    bool files = restrict_files(args, press, issues, outputs);
    return restrict_calls() || files;
}
