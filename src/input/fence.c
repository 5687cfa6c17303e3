/* The fence round the issue's folder: walks a name component by component with openat and
 * O_NOFOLLOW, resolving symbolic links itself, so that nothing can lead outside between check and
 * use. */
#include "input/data_url.h"
#include "input/file.h"
#include "input/source_file.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MAX_DEPTH = 64, MAX_LINKS = 16, MAX_NAME = 4096 };

/* Folders from the fence's own down to where the walk is. */
typedef struct walk {
    int fd[MAX_DEPTH];
    int depth; /* of open folders; fd[0] is the fence's */
    int links;
    char rest[MAX_NAME]; /* what is still to be walked */
} walk;

static void leave(walk *w) {
    while (w->depth)
        close(w->fd[--w->depth]);
}

/* Takes the first component off the rest. */
static bool next_component(walk *w, char out[256]) {
    char *p = w->rest;
    while (*p == '/')
        p++;
    size_t n = strcspn(p, "/");
    if (n == 0 || n > 255)
        return false;
    memcpy(out, p, n);
    out[n] = 0;
    memmove(w->rest, p + n, strlen(p + n) + 1);
    return true;
}

static bool at_end(const walk *w) { return w->rest[strspn(w->rest, "/")] == 0; }

/* Puts a link's target before the rest. */
static bx_asset_status follow(walk *w, const char *name) {
    char target[MAX_NAME], joined[MAX_NAME];
    ssize_t n = readlinkat(w->fd[w->depth - 1], name, target, sizeof target - 1);
    if (n < 0)
        return BX_ASSET_MISSING;
    target[n] = 0;
    if (target[0] == '/' || ++w->links > MAX_LINKS)
        return BX_ASSET_FENCED;
    size_t rest = strlen(w->rest);
    if ((size_t)n + 1 + rest >= sizeof joined)
        return BX_ASSET_FENCED;
    memcpy(joined, target, (size_t)n);
    joined[n] = '/';
    memcpy(joined + n + 1, w->rest, rest + 1);
    memcpy(w->rest, joined, (size_t)n + rest + 2);
    return BX_ASSET_FOUND;
}

static bx_asset_status of_errno(int e) {
    return e == ENOENT || e == ENOTDIR || e == EACCES ? BX_ASSET_MISSING : BX_ASSET_FENCED;
}

/* One component; on the last one *file gets the open file. */
static bx_asset_status step(walk *w, const char *name, int *file) {
    if (strcmp(name, ".") == 0)
        return BX_ASSET_FOUND;
    if (strcmp(name, "..") == 0) {
        if (w->depth <= 1)
            return BX_ASSET_FENCED;
        close(w->fd[--w->depth]);
        return BX_ASSET_FOUND;
    }
    struct stat st;
    int here = w->fd[w->depth - 1];
    if (fstatat(here, name, &st, AT_SYMLINK_NOFOLLOW) != 0)
        return of_errno(errno);
    if (S_ISLNK(st.st_mode))
        return follow(w, name);
    bool folder = S_ISDIR(st.st_mode);
    if (folder == at_end(w))
        return folder ? BX_ASSET_FENCED : BX_ASSET_MISSING;
    if (!folder && !S_ISREG(st.st_mode))
        return BX_ASSET_FENCED;
    if (folder && w->depth == MAX_DEPTH)
        return BX_ASSET_FENCED;
    int fd = openat(here, name,
                    O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK | O_NOCTTY |
                        (folder ? O_DIRECTORY : 0));
    if (fd < 0)
        return of_errno(errno);
    if (folder)
        w->fd[w->depth++] = fd;
    else
        *file = fd;
    return BX_ASSET_FOUND;
}

/* Opens the regular file `name` below `folder`. */
static bx_asset_status open_below(bx_arena *arena, bx_str folder, bx_str name, int *file) {
    walk w = {0};
    *file = -1;
    if (name.n == 0 || name.n >= MAX_NAME || memchr(name.p, 0, name.n))
        return BX_ASSET_FENCED;
    memcpy(w.rest, name.p, name.n);
    w.fd[0] = open(folder.n ? bx_cstr(arena, folder) : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (w.fd[0] < 0)
        return BX_ASSET_MISSING;
    w.depth = 1;
    bx_asset_status status = BX_ASSET_FOUND;
    char component[256];
    while (status == BX_ASSET_FOUND && *file < 0)
        status = next_component(&w, component) ? step(&w, component, file) : BX_ASSET_FENCED;
    leave(&w);
    struct stat st;
    if (*file >= 0 && (fstat(*file, &st) != 0 || !S_ISREG(st.st_mode))) {
        close(*file);
        *file = -1;
        status = BX_ASSET_FENCED;
    }
    return status;
}

static void close_fd(void *object) { close((int)(intptr_t)object); }

static uint32_t limit_of(const bx_fence *fence) { return fence->limit ? fence->limit : UINT32_MAX; }

static bx_asset try_name(bx_arena *arena, const bx_fence *fence, bx_str folder, bx_str name) {
    bx_asset a = {0};
    int fd;
    a.status = open_below(arena, folder, name, &fd);
    if (a.status != BX_ASSET_FOUND)
        return a;
    bx_defer(arena, close_fd, (void *)(intptr_t)fd);
    bx_read_status r = bx_read_fd(arena, fd, limit_of(fence), &a.bytes);
    a.status = r == BX_READ_OK      ? BX_ASSET_FOUND
               : r == BX_READ_LIMIT ? BX_ASSET_LIMIT
                                    : BX_ASSET_MISSING;
    bool slash = !folder.n || folder.p[folder.n - 1] == '/';
    a.path =
        bx_str_fmt(arena, "%.*s%s%.*s", BX_STR_ARG(folder), slash ? "" : "/", BX_STR_ARG(name));
    return a;
}

/* The first folder that has it; what is wrong elsewhere counts only when none has it. */
static bx_asset try_folders(bx_arena *arena, const bx_fence *fence, bool own, bx_str name) {
    bx_asset worst = {.status = BX_ASSET_MISSING};
    for (uint32_t i = own ? 0 : 1; i <= fence->n_assets; i++) {
        bx_asset a = try_name(arena, fence, i ? fence->assets[i - 1] : fence->folder, name);
        if (a.status == BX_ASSET_FOUND)
            return a;
        if (a.status > worst.status)
            worst = a;
    }
    return worst;
}

static bx_str before_any(bx_str s, const char *marks) {
    for (uint32_t i = 0; i < s.n; i++)
        if (strchr(marks, s.p[i]))
            return bx_str_sub(s, 0, i);
    return s;
}

static bx_asset find_remote(bx_arena *arena, const bx_fence *fence, bx_str address) {
    bx_asset none = {.status = BX_ASSET_REMOTE};
    address = bx_percent_decode(arena, before_any(address, "?#"));
    uint32_t last = address.n;
    while (last && address.p[last - 1] != '/')
        last--;
    bx_asset a = try_folders(arena, fence, false, address);
    if (a.status != BX_ASSET_FOUND && last < address.n)
        a = try_folders(arena, fence, false, bx_str_sub(address, last, address.n));
    return a.status == BX_ASSET_FOUND ? a : none;
}

/* Length of the scheme and its slashes when the name is an address, else 0. */
static uint32_t remote_prefix(bx_str name) {
    static const char *const schemes[] = {"http://", "https://", "//"};
    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++) {
        size_t n = strlen(schemes[i]);
        if (name.n >= n && strncasecmp(name.p, schemes[i], n) == 0)
            return (uint32_t)n;
    }
    return 0;
}

static bx_asset decode(bx_arena *arena, const bx_fence *fence, bx_str address) {
    bx_asset a = {.status = BX_ASSET_GARBLED, .path = bx_data_url_name(address), .carried = true};
    bx_str bytes;
    if (!bx_data_url_decode(arena, address, &bytes))
        return a;
    a.status = bytes.n > limit_of(fence) ? BX_ASSET_LIMIT : BX_ASSET_FOUND;
    a.bytes = a.status == BX_ASSET_FOUND ? bytes : (bx_str){0};
    return a;
}

static bx_asset find_in_bundle(bx_arena *arena, const bx_fence *fence, bx_str name) {
    bx_str path = name;
    if (fence->folder.n)
        path = bx_str_fmt(arena, "%.*s/%.*s", BX_STR_ARG(fence->folder), BX_STR_ARG(name));
    for (uint32_t i = 0; i < fence->bundle->n; i++)
        if (bx_str_eq(fence->bundle->at[i].name, path))
            return (bx_asset){
                .status = BX_ASSET_FOUND, .path = path, .bytes = fence->bundle->at[i].bytes};
    return (bx_asset){.status = remote_prefix(name) ? BX_ASSET_REMOTE : BX_ASSET_MISSING};
}

bx_asset bx_fence_read(bx_arena *arena, const bx_fence *fence, bx_str name) {
    if (bx_is_data_url(name))
        return decode(arena, fence, name);
    if (fence->bundle)
        return find_in_bundle(arena, fence, name);
    uint32_t prefix = remote_prefix(name);
    if (prefix)
        return find_remote(arena, fence, bx_str_sub(name, prefix, name.n));
    bool root = name.n && name.p[0] == '/';
    bx_asset a = try_folders(arena, fence, true, name);
    bx_str decoded = bx_percent_decode(arena, name);
    if (a.status != BX_ASSET_FOUND && !bx_str_eq(decoded, name)) {
        bx_asset b = try_folders(arena, fence, true, decoded);
        a = b.status == BX_ASSET_FOUND || b.status > a.status ? b : a;
    }
    bx_str bare = before_any(decoded, "?#");
    if (a.status == BX_ASSET_MISSING && bare.n && bare.n < decoded.n)
        a = try_folders(arena, fence, true, bare);
    if (a.status == BX_ASSET_MISSING && root)
        a.status = BX_ASSET_FENCED;
    return a;
}

bx_asset bx_fence_read_image(bx_arena *arena, const bx_fence *fence, bx_str name, bx_span span,
                             bx_report *report) {
    if (!name.n) {
        bx_say(report, BX_D_IMAGE_MISSING, span, "a picture without the name of a file");
        bx_hint(report, "Its path starts at the issue's folder or an assets folder");
        return (bx_asset){.status = BX_ASSET_MISSING};
    }
    bx_asset a = bx_fence_read(arena, fence, name);
    switch (a.status) {
    case BX_ASSET_FOUND:
        break;
    case BX_ASSET_MISSING:
        bx_say(report, BX_D_IMAGE_MISSING, span, "there is no picture “%.*s”", BX_STR_ARG(name));
        bx_hint(report, "Its path starts at the issue's folder or an assets folder");
        break;
    case BX_ASSET_REMOTE:
        bx_say(report, BX_D_IMAGE_REMOTE, span, "the picture %.*s is not fetched",
               BX_STR_ARG(name));
        bx_hint(report, "Put a copy, under the same name, into the assets folder");
        break;
    case BX_ASSET_FENCED:
        bx_say(report, BX_D_INPUT_FENCE, span, "“%.*s” is not a file below the issue's folder",
               BX_STR_ARG(name));
        bx_hint(report, "Move it into the issue's folder or name its folder with --assets");
        break;
    case BX_ASSET_LIMIT:
        bx_say_limit(report, BX_LIMIT_INPUT, span);
        break;
    case BX_ASSET_GARBLED:
        bx_say(report, BX_D_IMAGE_BROKEN, span, "the picture in this data: address is garbled");
        bx_hint(report, "Save the picture as a file beside the issue and name that");
        break;
    }
    return a;
}
