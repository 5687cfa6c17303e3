/* Ledgers: what is written is read, half rows are passed over, a second run is kept out. */
#include "batch/ledger.h"
#include "support/cmocka_all.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static bx_memory memory;
static bx_arena *arena;
static char folder[64];

static int set_up(void **state) {
    (void)state;
    arena = bx_arena_new(&memory);
    snprintf(folder, sizeof folder, "/tmp/banxin-ledger-XXXXXX");
    return mkdtemp(folder) ? 0 : -1;
}

static int tear_down(void **state) {
    (void)state;
    for (int i = 1; i <= 2; i++) {
        unlink(bx_str_fmt(arena, "%s/ledger-%d-of-2.jsonl", folder, i).p);
    }
    bx_arena_drop(arena);
    return rmdir(folder);
}

static bx_ledger_row row_of(const char *output, uint8_t key, uint8_t sha256) {
    bx_ledger_row row = {.issue = BX_STR("i/\"1\".yaml"),
                         .output = bx_str_of(output),
                         .pages = 5,
                         .bytes = 5000000000,
                         .ms = 31,
                         .warnings = 2,
                         .title = BX_STR("标题 <b>"),
                         .date = BX_STR("2026-05-20")};
    row.key.byte[0] = key;
    row.sha256.byte[31] = sha256;
    return row;
}

static void add(int fd, bx_ledger_row row) {
    assert_true(bx_ledger_add(fd, bx_ledger_line(arena, &row)));
}

static void reads_what_it_wrote(void **state) {
    (void)state;
    int a = bx_ledger_open(arena, bx_str_of(folder), 1, 2);
    int b = bx_ledger_open(arena, bx_str_of(folder), 2, 2);
    add(a, row_of("x.pdf", 1, 1));
    add(a, row_of("x.pdf", 2, 2));
    add(b, row_of("y.pdf", 3, 3));
    bx_ledger ledger;
    assert_true(bx_ledger_read(arena, bx_str_of(folder), &ledger));
    bx_ledger_row wanted = row_of("x.pdf", 1, 1);
    const bx_ledger_row *row =
        bx_ledger_find(&ledger, BX_STR("x.pdf"), &wanted.sha256, &wanted.key);
    assert_non_null(row);
    assert_string_equal(row->issue.p, "i/\"1\".yaml");
    assert_string_equal(row->title.p, "标题 <b>");
    assert_int_equal(row->bytes, 5000000000);
    assert_int_equal(row->pages, 5);
    bx_ledger_row other = row_of("x.pdf", 2, 1); /* a key of one row and the hash of another */
    assert_null(bx_ledger_find(&ledger, BX_STR("x.pdf"), &other.sha256, &other.key));
    assert_non_null(bx_ledger_find(&ledger, BX_STR("x.pdf"), &other.sha256, NULL));
    assert_null(bx_ledger_find(&ledger, BX_STR("y.pdf"), &other.sha256, NULL));
    close(a);
    close(b);
}

static void passes_over_half_a_row(void **state) {
    (void)state;
    int fd = bx_ledger_open(arena, bx_str_of(folder), 1, 2);
    bx_ledger_row row = row_of("x.pdf", 1, 1), next = row_of("y.pdf", 2, 2);
    bx_str line = bx_ledger_line(arena, &row);
    assert_true(bx_ledger_add(fd, bx_str_sub(line, 0, line.n / 2)));
    close(fd);
    fd = bx_ledger_open(arena, bx_str_of(folder), 1, 2);
    add(fd, next);
    close(fd);
    bx_ledger ledger;
    assert_true(bx_ledger_read(arena, bx_str_of(folder), &ledger));
    assert_null(bx_ledger_find(&ledger, BX_STR("x.pdf"), &row.sha256, NULL));
    assert_non_null(bx_ledger_find(&ledger, BX_STR("y.pdf"), &next.sha256, NULL));
}

static void keeps_a_second_run_out(void **state) {
    (void)state;
    int fd = bx_ledger_open(arena, bx_str_of(folder), 1, 2);
    assert_int_equal(bx_ledger_open(arena, bx_str_of(folder), 1, 2), -1);
    assert_int_equal(errno, EWOULDBLOCK);
    close(fd);
    fd = bx_ledger_open(arena, bx_str_of(folder), 1, 2);
    assert_true(fd >= 0);
    close(fd);
}

static void no_folder_has_no_rows(void **state) {
    (void)state;
    bx_ledger ledger;
    assert_true(bx_ledger_read(arena, BX_STR("/nonexistent/folder"), &ledger));
    assert_int_equal(ledger.by_output.entries.n, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(reads_what_it_wrote, set_up, tear_down),
        cmocka_unit_test_setup_teardown(passes_over_half_a_row, set_up, tear_down),
        cmocka_unit_test_setup_teardown(keeps_a_second_run_out, set_up, tear_down),
        cmocka_unit_test_setup_teardown(no_folder_has_no_rows, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
