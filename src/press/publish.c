#include "press/publish.h"

#include "base/aside.h"
#include "base/same_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

struct bx_publication {
    bx_arena *arena;
    bx_str path;     /* as the user wrote it */
    uint32_t source; /* for messages */
    int folder;      /* descriptor; -1: none */
    bool is_direct;  /* a descriptor takes the bytes as they are */
    int file;        /* that descriptor; -1: none */
    bool owns_file;
    bx_aside aside; /* otherwise: the file that becomes the output */
    int error;      /* errno of the first write that failed; 0: none */
    bx_buf bytes;   /* not written yet: directly all, else less than GATHERED */
};

enum { GATHERED = 64 * 1024 }; /* a PDF is many small pieces */

static bool refuse(bx_publication *p, bx_report *report, const char *what) {
    bx_say(report, BX_D_OUTPUT, (bx_span){p->source, 0, 0}, "%s", bx_word(report->words, what));
    return false;
}

static bool refuse_errno(bx_publication *p, bx_report *report, const char *what, int error) {
    char text[128];
    const char *reason = strerror_r(error, text, sizeof text);
    bx_say(report, BX_D_OUTPUT, (bx_span){p->source, 0, 0}, "%s: %s", bx_word(report->words, what),
           bx_word(report->words, reason));
    if (error == ENOENT)
        bx_hint(report, "Make the folder first");
    else if (error == ENOSPC || error == EDQUOT)
        bx_hint(report, "Make room on the disk; what stood there before is untouched");
    return false;
}

/* Drops what was not committed. */
static void release(void *publication) {
    bx_publication *p = publication;
    if (p->file >= 0 && p->owns_file)
        close(p->file);
    bx_aside_drop(&p->aside);
    if (p->folder >= 0)
        close(p->folder);
}

static bool open_direct(bx_publication *p, int file, bool owns) {
    p->is_direct = true;
    p->file = file;
    p->owns_file = owns;
    return true;
}

/* Splits the path of the file (links followed) into folder and name, and opens the folder. */
static bool open_folder(bx_publication *p, const char *path, const char **in_folder,
                        bx_report *report) {
    const char *slash = strrchr(path, '/');
    bx_str folder = !slash          ? BX_STR(".")
                    : slash == path ? BX_STR("/")
                                    : (bx_str){path, (uint32_t)(slash - path)};
    *in_folder = bx_cstr(p->arena, bx_str_of(slash ? slash + 1 : path));
    if (!**in_folder)
        return refuse(p, report, "the output has no file name");
    const char *name = bx_cstr(p->arena, folder);
    p->folder = open(name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (p->folder < 0 && errno == EACCES)
        p->folder = open(name, O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (p->folder >= 0)
        return true;
    const char *what =
        errno == ENOENT ? "the output's folder is not there" : "cannot open the output's folder";
    return refuse_errno(p, report, what, errno);
}

static bool is_same_file(bx_arena *arena, const struct stat *at, bx_str input) {
    struct stat in;
    return input.n && stat(bx_cstr(arena, input), &in) == 0 && bx_is_same_file(&in, at);
}

/* Looks at what stands at the path. *resolved becomes the file's own path when it is a link. */
static bool inspect(bx_publication *p, bx_str input, const char **resolved, bool *direct,
                    bx_report *report) {
    const char *path = *resolved;
    struct stat at;
    *direct = false;
    if (stat(path, &at) != 0)
        return true; /* what is wrong, if anything, shows when the folder is opened */
    if (S_ISDIR(at.st_mode))
        return refuse(p, report, "the output is a folder");
    if (is_same_file(p->arena, &at, input))
        return refuse(p, report, "the output is the issue's own file");
    if (!S_ISREG(at.st_mode)) {
        *direct = true;
        return true;
    }
    if (access(path, W_OK) != 0)
        return refuse_errno(p, report, "the output cannot be written over", errno);
    char *real = realpath(path, NULL);
    if (!real)
        return refuse_errno(p, report, "cannot follow the output's path", errno);
    *resolved = bx_cstr(p->arena, bx_str_of(real));
    free(real);
    return true;
}

static bool open_path(bx_publication *p, bx_str input, bx_report *report) {
    const char *path = bx_cstr(p->arena, p->path);
    int descriptor = bx_str_is(p->path, "-") ? STDOUT_FILENO : bx_descriptor_of(path);
    if (descriptor >= 0)
        return open_direct(p, descriptor, false);
    bool direct;
    if (!inspect(p, input, &path, &direct, report))
        return false;
    if (direct) {
        int file = open(path, O_WRONLY | O_NOCTTY | O_CLOEXEC);
        return file >= 0 ? open_direct(p, file, true)
                         : refuse_errno(p, report, "cannot open the output", errno);
    }
    const char *name;
    return open_folder(p, path, &name, report) &&
           (bx_aside_open(&p->aside, p->folder, name) ||
            refuse_errno(p, report, "cannot create a file in the output's folder", errno));
}

bx_publication *bx_publish_open(bx_arena *arena, bx_str path, bx_str input, bx_report *report) {
    bx_publication *p = bx_new(arena, bx_publication);
    *p = (bx_publication){.arena = arena,
                          .path = path,
                          .folder = -1,
                          .file = -1,
                          .aside = {.file = -1},
                          .bytes = bx_buf_new(arena)};
    bool is_stdout = bx_str_is(path, "-");
    p->source = bx_sources_add(report->sources, is_stdout ? BX_STR("<stdout>") : path, (bx_str){0});
    bx_defer(arena, release, p);
    return open_path(p, input, report) ? p : NULL;
}

static bool write_all(bx_publication *p, const char *bytes, size_t n) {
    while (n) {
        ssize_t done = write(p->is_direct ? p->file : p->aside.file, bytes, n);
        if (done < 0 && errno == EINTR)
            continue;
        if (done < 0) {
            p->error = errno;
            return false;
        }
        bytes += done;
        n -= (size_t)done;
    }
    return true;
}

/* Writes what was gathered. */
static bool flush(bx_publication *p) {
    size_t n = p->bytes.n;
    p->bytes.n = 0;
    return write_all(p, p->bytes.p, n);
}

bool bx_publish_write(void *publication, const void *bytes, size_t n) {
    bx_publication *p = publication;
    if (p->error)
        return false;
    if (!p->is_direct && p->bytes.n + n >= GATHERED)
        return flush(p) && write_all(p, bytes, n);
    bx_buf_add(&p->bytes, bytes, n);
    return true;
}

bool bx_publish_commit(bx_publication *p, bx_report *report) {
    bool good = !p->error;
    if (good && p->is_direct) {
        good = flush(p);
        if (good && p->owns_file) {
            p->owns_file = false;
            good = close(p->file) == 0;
        }
    } else if (good) {
        good = flush(p) && bx_aside_put(&p->aside);
    }
    if (!good)
        refuse_errno(p, report, "cannot write the output", p->error ? p->error : errno);
    return good;
}

void bx_publish_sync_folder(bx_publication *p) {
    if (p->folder >= 0)
        fsync(p->folder);
}
