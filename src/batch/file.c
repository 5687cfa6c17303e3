#include "batch/file.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

bool bx_write_all(int fd, const char *bytes, size_t n) {
    while (n) {
        ssize_t done = write(fd, bytes, n);
        if (done < 0 && errno == EINTR)
            continue;
        if (done < 0)
            return false;
        bytes += done;
        n -= (size_t)done;
    }
    return true;
}

static bool read_all(int fd, char *p, size_t n) {
    while (n) {
        ssize_t done = read(fd, p, n);
        if (done < 0 && errno == EINTR)
            continue;
        if (done <= 0) {
            errno = done ? errno : EIO; /* it became shorter while it was read */
            return false;
        }
        p += done;
        n -= (size_t)done;
    }
    return true;
}

bool bx_file_read(bx_arena *arena, const char *path, bx_str *bytes) {
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0)
        return false;
    struct stat st;
    bool good = fstat(fd, &st) == 0;
    if (good && (!S_ISREG(st.st_mode) || st.st_size >= UINT32_MAX)) {
        errno = S_ISDIR(st.st_mode) ? EISDIR : S_ISREG(st.st_mode) ? EFBIG : EINVAL;
        good = false;
    }
    if (good) {
        char *p = bx_alloc(arena, (size_t)st.st_size + 1);
        *bytes = (bx_str){p, (uint32_t)st.st_size};
        good = read_all(fd, p, bytes->n);
    }
    int error = errno;
    close(fd);
    errno = error;
    return good;
}

bx_str bx_folder_of(bx_str path) {
    while (path.n > 0 && path.p[path.n - 1] != '/')
        path.n--;
    return path;
}

void bx_folder_sync(bx_arena *arena, bx_str folder) {
    int fd = open(folder.n ? bx_cstr(arena, folder) : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return;
    fsync(fd);
    close(fd);
}

const char *bx_file_reason(int error) {
    return error == EINVAL ? "it is no file" : strerror(error);
}

bool bx_folders_make(bx_arena *arena, bx_str folder) {
    char *path = (char *)bx_str_dup(arena, folder).p;
    for (uint32_t i = 1; i <= folder.n; i++) {
        if (i < folder.n && path[i] != '/')
            continue;
        path[i] = 0;
        if (mkdir(path, 0777) == 0)
            bx_folder_sync(arena, bx_folder_of((bx_str){path, i}));
        else if (errno != EEXIST && (i == folder.n || errno != EACCES))
            return false;
        if (i < folder.n)
            path[i] = '/';
    }
    struct stat st;
    if (stat(path, &st) != 0)
        return false;
    errno = ENOTDIR;
    return S_ISDIR(st.st_mode);
}

static int open_folder(bx_arena *arena, const char *path, const char **name) {
    const char *slash = strrchr(path, '/');
    *name = slash ? slash + 1 : path;
    bx_str folder = !slash          ? BX_STR(".")
                    : slash == path ? BX_STR("/")
                                    : (bx_str){path, (uint32_t)(slash - path)};
    return open(bx_cstr(arena, folder), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

bool bx_file_aside(bx_arena *arena, const char *path, bx_str bytes, bx_aside *aside) {
    const char *name;
    int folder = open_folder(arena, path, &name);
    *aside = (bx_aside){.folder = folder, .file = -1};
    bool good = folder >= 0 && bx_aside_open(aside, folder, name) &&
                bx_write_all(aside->file, bytes.p, bytes.n);
    if (!good)
        bx_file_drop(aside);
    return good;
}

void bx_file_drop(bx_aside *aside) {
    int error = errno;
    bx_aside_drop(aside);
    if (aside->folder >= 0)
        close(aside->folder);
    aside->folder = -1;
    errno = error;
}

bool bx_file_put(bx_aside *aside) {
    bool good = bx_aside_put(aside);
    if (good)
        fsync(aside->folder); /* one that cannot be synced holds a good file all the same */
    bx_file_drop(aside);
    return good;
}

bool bx_file_replace(bx_arena *arena, const char *path, bx_str bytes) {
    bx_aside aside;
    return bx_file_aside(arena, path, bytes, &aside) && bx_file_put(&aside);
}
