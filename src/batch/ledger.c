#include "batch/ledger.h"

#include "base/json.h"
#include "batch/file.h"
#include "batch/json_line.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <unistd.h>

bool bx_digest_read(bx_str hex, bx_digest *digest) {
    if (hex.n != 64)
        return false;
    for (uint32_t i = 0; i < 64; i++) {
        char c = hex.p[i];
        int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
        if (digit < 0)
            return false;
        digest->byte[i / 2] = (uint8_t)(digest->byte[i / 2] << 4 | digit);
    }
    return true;
}

static uint64_t number(const bx_json_fields *fields, const char *name) {
    bx_str text = bx_json_line_get(fields, name);
    uint64_t n = 0;
    for (uint32_t i = 0; i < text.n && text.p[i] >= '0' && text.p[i] <= '9'; i++)
        n = n * 10 + (uint64_t)(text.p[i] - '0');
    return n;
}

static bx_str text(bx_arena *arena, const bx_json_fields *fields, const char *name) {
    return bx_str_dup(arena, bx_json_line_get(fields, name));
}

/* Bytes: a path is at most 4096, and a title what a paragraph may have. Whatever else was written
 * into a ledger may be of any length. */
enum { LONGEST_ROW = 4 << 20 };

/* A line that is no whole row is passed over: its run was killed. */
static void read_row(bx_arena *arena, bx_arena *scratch, bx_str line, bx_ledger *ledger) {
    bx_json_fields f;
    bx_ledger_row row = {0};
    if (line.n > LONGEST_ROW || !bx_json_line_read(scratch, line, &f) ||
        !bx_digest_read(bx_json_line_get(&f, "key"), &row.key) ||
        !bx_digest_read(bx_json_line_get(&f, "sha256"), &row.sha256))
        return;
    row.issue = text(arena, &f, "issue");
    row.output = text(arena, &f, "output");
    row.pages = (uint32_t)number(&f, "pages");
    row.warnings = (uint32_t)number(&f, "warnings");
    row.bytes = number(&f, "bytes");
    row.ms = number(&f, "ms");
    row.title = text(arena, &f, "title");
    row.series = text(arena, &f, "series");
    row.number = text(arena, &f, "number");
    row.date = text(arena, &f, "date");
    bx_ledger_row *kept = bx_new(arena, bx_ledger_row);
    void **place = bx_map_put(&ledger->by_output, row.output);
    row.older = *place;
    *kept = row;
    *place = kept;
}

static bool read_file(bx_arena *arena, const char *path, bx_ledger *ledger) {
    bx_arena *scratch = bx_arena_new(bx_arena_memory(arena));
    bx_str bytes = {0};
    bool good = bx_file_read(scratch, path, &bytes);
    bx_mark mark = bx_arena_mark(scratch);
    for (uint32_t at = 0; good && at < bytes.n;) {
        const char *newline = memchr(bytes.p + at, '\n', bytes.n - at);
        uint32_t end = newline ? (uint32_t)(newline - bytes.p) : bytes.n;
        read_row(arena, scratch, bx_str_sub(bytes, at, end), ledger);
        bx_arena_rewind(scratch, mark);
        at = end + 1;
    }
    bx_arena_drop(scratch);
    return good;
}

static int by_bytes(const void *a, const void *b) {
    return bx_str_cmp(*(const bx_str *)a, *(const bx_str *)b);
}

bool bx_ledger_read(bx_arena *arena, bx_str folder, bx_ledger *ledger) {
    BX_VEC(bx_str) paths = {0};
    ledger->by_output = bx_map_new(arena);
    ledger->unreadable = folder;
    DIR *dir = opendir(bx_cstr(arena, folder));
    if (!dir)
        return errno == ENOENT;
    for (struct dirent *e; (e = readdir(dir));) {
        bx_str name = bx_str_of(e->d_name);
        if (bx_str_starts(name, BX_STR("ledger-")) && bx_str_ends(name, BX_STR(".jsonl")))
            bx_push(arena, &paths, bx_str_fmt(arena, "%.*s/%s", BX_STR_ARG(folder), e->d_name));
    }
    closedir(dir);
    if (paths.n)
        qsort(paths.at, paths.n, sizeof *paths.at, by_bytes);
    for (uint32_t i = 0; i < paths.n; i++) {
        ledger->unreadable = paths.at[i];
        if (!read_file(arena, paths.at[i].p, ledger))
            return false;
    }
    return true;
}

static bool same(const bx_digest *a, const bx_digest *b) {
    return memcmp(a->byte, b->byte, sizeof a->byte) == 0;
}

const bx_ledger_row *bx_ledger_find(const bx_ledger *ledger, bx_str output, const bx_digest *sha256,
                                    const bx_digest *key) {
    const bx_ledger_row *row = bx_map_get(&ledger->by_output, output);
    while (row && !(same(&row->sha256, sha256) && (!key || same(&row->key, key))))
        row = row->older;
    return row;
}

/* A row cut short by a power failure must not swallow the next one. */
static bool end_last_line(int fd) {
    char last = '\n';
    off_t end = lseek(fd, 0, SEEK_END);
    if (end > 0 && pread(fd, &last, 1, end - 1) != 1)
        return false;
    return last == '\n' || write(fd, "\n", 1) == 1;
}

int bx_ledger_open(bx_arena *arena, bx_str folder, uint32_t shard, uint32_t n_shards) {
    bx_str path =
        bx_str_fmt(arena, "%.*s/ledger-%u-of-%u.jsonl", BX_STR_ARG(folder), shard, n_shards);
    int fd = open(path.p, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, 0666);
    if (fd < 0)
        return -1;
    /* Not every file system has locks; without them two runs do work twice, and no harm. */
    bool locked = flock(fd, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK;
    if (locked && end_last_line(fd))
        return fd;
    int error = errno;
    close(fd);
    errno = error;
    return -1;
}

static void put_text(bx_json *j, const char *name, bx_str value) {
    bx_json_key(j, name);
    bx_json_str(j, value);
}

static void put_number(bx_json *j, const char *name, uint64_t value) {
    bx_json_key(j, name);
    bx_json_int(j, (int64_t)value);
}

static bx_str line_of(bx_arena *arena, const bx_ledger_row *row, bool timed) {
    bx_buf line = bx_buf_new(arena);
    bx_json j = bx_json_new(&line);
    bx_json_object(&j);
    put_text(&j, "issue", row->issue);
    put_text(&j, "output", row->output);
    put_text(&j, "key", bx_digest_hex(arena, &row->key));
    put_text(&j, "sha256", bx_digest_hex(arena, &row->sha256));
    put_number(&j, "pages", row->pages);
    put_number(&j, "bytes", row->bytes);
    if (timed)
        put_number(&j, "ms", row->ms);
    put_number(&j, "warnings", row->warnings);
    put_text(&j, "title", row->title);
    put_text(&j, "series", row->series);
    put_text(&j, "number", row->number);
    put_text(&j, "date", row->date);
    bx_json_end(&j);
    bx_buf_char(&line, '\n');
    return bx_buf_view(&line);
}

bx_str bx_ledger_line(bx_arena *arena, const bx_ledger_row *row) {
    return line_of(arena, row, true);
}

bx_str bx_index_line(bx_arena *arena, const bx_ledger_row *row) {
    return line_of(arena, row, false);
}

bool bx_ledger_add(int fd, bx_str line) {
    ssize_t done;
    do
        done = write(fd, line.p, line.n);
    while (done < 0 && errno == EINTR);
    if (done >= 0 && (size_t)done < line.n)
        errno = ENOSPC;
    return done == (ssize_t)line.n;
}
