/* What a batch leaves when the power fails: the order in which it syncs. The calls that sync are
 * taken before they reach the C library. */
#include "batch/run.h"
#include "support/cmocka_all.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { FOLDERS = 2, IN_A_FOLDER = 150 }; /* rows are synced in between, too */

static const char *const layouts[] = {BX_SOURCE_DIR "/layouts", NULL};
static const char *const fonts[] = {BX_SOURCE_DIR "/fonts", NULL};

static char top[64], out[80];
static bool watched;
static uint32_t files, ledgers; /* synced */
static uint32_t safe[FOLDERS];  /* PDFs whose names were there when the folder was synced */
static uint32_t rows_ahead, named_before; /* what must not be */

static uint32_t pdfs_in(const char *folder) {
    uint32_t n = 0;
    DIR *dir = opendir(folder);
    for (struct dirent *e; dir && (e = readdir(dir));)
        n += e->d_name[0] != '.' && bx_str_ends(bx_str_of(e->d_name), BX_STR(".pdf"));
    if (dir)
        closedir(dir);
    return n;
}

static const char *path_of(char path[static 128], uint32_t folder) {
    snprintf(path, 128, "%s/%u", out, folder);
    return path;
}

static void folder_is_synced(const struct stat *st) {
    char path[128];
    struct stat at;
    for (uint32_t i = 0; i < FOLDERS; i++)
        if (stat(path_of(path, i), &at) == 0 && at.st_ino == st->st_ino)
            safe[i] = pdfs_in(path);
}

/* Nothing has been made since the last row, with one thread. */
static void ledger_is_synced(void) {
    char path[128];
    ledgers++;
    for (uint32_t i = 0; i < FOLDERS; i++)
        rows_ahead += pdfs_in(path_of(path, i)) > safe[i];
}

/* A PDF with its name on it may stand there half. */
static void file_is_synced(int fd) {
    char link[64], path[256] = "";
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    assert_true(readlink(link, path, sizeof path - 1) > 0);
    files++;
    named_before += bx_str_ends(bx_str_of(path), BX_STR(".pdf"));
}

int fsync(int fd) {
    struct stat st;
    if (watched && fstat(fd, &st) == 0) {
        if (S_ISDIR(st.st_mode))
            folder_is_synced(&st);
        else
            file_is_synced(fd);
    }
    return (int)syscall(SYS_fsync, fd);
}

int fdatasync(int fd) {
    if (watched)
        ledger_is_synced();
    return (int)syscall(SYS_fdatasync, fd);
}

static void syncs_files_then_names_then_rows(void **state) {
    (void)state;
    bx_memory memory = {0};
    bx_arena *arena = bx_arena_new(&memory);
    strcpy(top, "/tmp/banxin-durable-XXXXXX");
    assert_non_null(mkdtemp(top));
    snprintf(out, sizeof out, "%s/out", top);
    bx_str issue = bx_str_fmt(arena, "%s/issue.yaml", top);
    FILE *file = fopen(issue.p, "w");
    assert_non_null(file);
    fputs("layout: committee-daily\nseries: 每日观察\ndate: 2026-05-20\n"
          "sections:\n  - title: 甲\n    body: 乙\n",
          file);
    assert_int_equal(fclose(file), 0);
    bx_plan plan = {0};
    for (unsigned i = 0; i < FOLDERS * IN_A_FOLDER; i++)
        bx_push(arena, &plan.items,
                (bx_plan_item){issue, bx_str_fmt(arena, "%u/%u.pdf", i / IN_A_FOLDER, i)});

    bx_press *press;
    bx_press_options options = {.layout_folders = layouts, .font_folders = fonts};
    assert_int_equal(bx_press_open(&options, &press), BX_OK);
    bx_batch_result result;
    bx_batch_options batch = {.press = press,
                              .job = &(bx_job_options){0},
                              .folder = bx_str_of(out),
                              .shard = 1,
                              .n_shards = 1,
                              .n_threads = 1};
    watched = true;
    bx_batch_run(arena, &plan, &batch, &result);
    watched = false;
    bx_press_close(press);
    assert_int_equal(result.status, BX_OK);
    assert_int_equal(files, plan.items.n); /* each before it has its name … */
    assert_int_equal(named_before, 0);
    assert_true(ledgers >= 2);
    assert_int_equal(rows_ahead, 0); /* … and that before its row counts on it */
    for (uint32_t i = 0; i < FOLDERS; i++)
        assert_int_equal(safe[i], IN_A_FOLDER);
    bx_arena_drop(arena);
    char command[80];
    snprintf(command, sizeof command, "rm -rf %s", top);
    assert_int_equal(system(command), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(syncs_files_then_names_then_rows)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
