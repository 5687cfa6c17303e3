#include "cli/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
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

const char *bx_cli_folder_of(bx_arena *arena, const char *path) {
    const char *slash = strrchr(path, '/');
    if (!slash)
        return ".";
    return slash == path ? "/" : bx_str_fmt(arena, "%.*s", (int)(slash - path), path).p;
}

const char *bx_cli_folder_behind(bx_arena *arena, const char *path) {
    char *real = realpath(path, NULL);
    const char *folder =
        bx_cli_folder_of(arena, real ? bx_str_dup(arena, bx_str_of(real)).p : path);
    free(real);
    return folder;
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
    if (press && bx_job_open(press, NULL, &job) == BX_OK && bx_job_fonts(job, &rows, &n) == BX_OK)
        for (size_t i = 0; i < n; i++)
            if (rows[i].path)
                allow(ruleset, bx_cli_folder_of(args->arena, rows[i].path), READ);
    bx_job_close(job);
}

/* The folders of issues, and an issue elsewhere that a link in such a folder names. */
static void allow_issues(int ruleset, const bx_args *args, const char *const *issues) {
    const char *last = "";
    struct stat st;
    for (; issues && *issues; issues++) {
        const char *folder = bx_cli_folder_of(args->arena, *issues);
        if (strcmp(folder, last) != 0) /* a batch has thousands in a few folders */
            allow(ruleset, folder, READ);
        last = folder;
        if (lstat(*issues, &st) == 0 && S_ISLNK(st.st_mode))
            allow(ruleset, *issues, LANDLOCK_ACCESS_FS_READ_FILE);
    }
}

bool bx_sandbox_files(const bx_args *args, bx_press *press, const char *const *issues) {
    static const char *const system[] = {"/usr",      "/lib",  "/lib64", "/etc/ld.so.cache",
                                         "/dev/null", "/proc", NULL};
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
    allow_issues(ruleset, args, issues);
    allow_list(ruleset, args->writes.at, READ | WRITE);
    bool good = prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
                syscall(SYS_landlock_restrict_self, ruleset, 0) == 0;
    close(ruleset);
    return good;
}

/* Numbers of calls mean something under one of the processor's sets of calls only. */
#if defined __x86_64__
enum { CALLS = AUDIT_ARCH_X86_64 };
#elif defined __aarch64__
enum { CALLS = (int)AUDIT_ARCH_AARCH64 };
#elif defined __riscv && __riscv_xlen == 64
enum { CALLS = (int)AUDIT_ARCH_RISCV64 };
#else
enum { CALLS = 0 }; /* not known: no filter */
#endif

/* What is refused fails with EPERM, as if the user had no right to it. A call of another set (int
 * 0x80 on x86-64) ends the process: nothing in it makes such calls. */
bool bx_sandbox_calls(void) {
#define REFUSED BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | (EPERM & SECCOMP_RET_DATA))
#define REFUSE(name) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_##name, 0, 1), REFUSED
    struct sock_filter program[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)CALLS, 1, 0),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
#if defined __x86_64__ && !defined __ILP32__
        BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, 0x40000000, 0, 1), /* x32: the same calls again */
        REFUSED,
#endif
        /* the network */
        REFUSE(socket),
        REFUSE(socketpair),
        REFUSE(connect),
        REFUSE(bind),
        REFUSE(io_uring_setup), /* which opens and connects past this filter */
        /* other programs, and what they have */
        REFUSE(execve),
        REFUSE(execveat),
#ifndef __SANITIZE_ADDRESS__ /* which looks for leaks by it */
        REFUSE(ptrace),
#endif
        REFUSE(process_vm_readv),
        REFUSE(process_vm_writev),
        REFUSE(perf_event_open),
        REFUSE(keyctl),
        /* other file systems, and ways round paths */
        REFUSE(mount),
        REFUSE(umount2),
        REFUSE(pivot_root),
        REFUSE(chroot),
        REFUSE(unshare),
        REFUSE(setns),
        REFUSE(open_by_handle_at),
        /* the kernel itself */
        REFUSE(bpf),
        REFUSE(userfaultfd),
        REFUSE(init_module),
        REFUSE(finit_module),
        REFUSE(kexec_load),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
#undef REFUSE
#undef REFUSED
    struct sock_fprog filter = {.len = sizeof program / sizeof *program, .filter = program};
    return CALLS != 0 && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
           prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) == 0;
}

void bx_sandbox(const bx_args *args, bx_press *press) {
    bool files = bx_sandbox_files(args, press, args->operands.at);
    if (!bx_sandbox_calls() && !files && !args->quiet)
        bx_cli_say("this kernel has neither Landlock nor seccomp; going on without");
}
