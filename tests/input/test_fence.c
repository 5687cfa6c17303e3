/* Nothing outside the folder and the assets folders is ever opened. */
#include "harness.h"

#include "input/source_file.h"

#include <sys/stat.h>
#include <unistd.h>

static char root[64];

static void put(const char *name, const char *text) {
    char path[256];
    snprintf(path, sizeof path, "%s/%s", root, name);
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    fputs(text, f);
    fclose(f);
}

static void at(char out[256], const char *name) { snprintf(out, 256, "%s/%s", root, name); }

static int set_up(void **state) {
    (void)state;
    char path[256], target[256];
    strcpy(root, "/tmp/banxin-fence-XXXXXX");
    assert_non_null(mkdtemp(root));
    static const char *const folders[] = {"issue", "issue/img", "assets", "assets/e.org",
                                          "assets/e.org/p"};
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        at(path, folders[i]);
        assert_int_equal(mkdir(path, 0700), 0);
    }
    put("secret", "秘密");
    put("issue/a.png", "a");
    put("issue/img/b c.png", "b");
    put("issue/..x", "dots");
    put("assets/c.png", "c");
    put("assets/e.org/p/d.png", "d");
    at(path, "issue/out");
    assert_int_equal(symlink("../secret", path), 0);
    at(path, "issue/absolute");
    at(target, "secret");
    assert_int_equal(symlink(target, path), 0);
    at(path, "issue/img/in");
    assert_int_equal(symlink("../a.png", path), 0);
    at(path, "issue/loop");
    assert_int_equal(symlink("loop", path), 0);
    at(path, "issue/up");
    assert_int_equal(symlink("..", path), 0);
    at(path, "issue/fifo");
    assert_int_equal(mkfifo(path, 0600), 0);
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    char command[128];
    snprintf(command, sizeof command, "rm -rf %s", root);
    return system(command);
}

static void gives(const char *name, bx_asset_status status, const char *bytes) {
    bench b = bench_open();
    char folder[256], assets[256];
    at(folder, "issue");
    at(assets, "assets");
    bx_str list[] = {bx_str_of(assets)};
    bx_fence fence = {.folder = bx_str_of(folder), .assets = list, .n_assets = 1, .limit = 64};
    bx_asset a = bx_fence_read(b.arena, &fence, bx_str_of(name));
    if (a.status != status)
        fail_msg("%s: status %d, not %d", name, a.status, status);
    assert_true(bx_str_is(a.bytes, bytes));
    bench_close(&b);
}

static void inside(void **state) {
    (void)state;
    gives("a.png", BX_ASSET_FOUND, "a");
    gives("./img/../a.png", BX_ASSET_FOUND, "a");
    gives("img/b c.png", BX_ASSET_FOUND, "b");
    gives("img/b%20c.png", BX_ASSET_FOUND, "b");
    gives("a.png?v=1#x", BX_ASSET_FOUND, "a");
    gives("/a.png", BX_ASSET_FOUND, "a");
    gives("img/in", BX_ASSET_FOUND, "a");
    gives("..x", BX_ASSET_FOUND, "dots");
    gives("c.png", BX_ASSET_FOUND, "c");
    gives("https://e.org/p/d.png?x", BX_ASSET_FOUND, "d");
    gives("//cdn.org/x/y/c.png", BX_ASSET_FOUND, "c");
}

static void outside(void **state) {
    (void)state;
    gives("../secret", BX_ASSET_FENCED, "");
    gives("img/../../secret", BX_ASSET_FENCED, "");
    gives("%2e%2e/secret", BX_ASSET_FENCED, "");
    gives("..%2fsecret", BX_ASSET_FENCED, "");
    gives("out", BX_ASSET_FENCED, "");
    gives("absolute", BX_ASSET_FENCED, "");
    gives("up/secret", BX_ASSET_FENCED, "");
    gives("loop", BX_ASSET_FENCED, "");
    gives("/etc/passwd", BX_ASSET_FENCED, "");
    gives("fifo", BX_ASSET_FENCED, "");
    gives("img", BX_ASSET_FENCED, "");
    gives("a%00.png", BX_ASSET_FENCED, "");
    gives("", BX_ASSET_FENCED, "");
}

static void absent(void **state) {
    (void)state;
    gives("x.png", BX_ASSET_MISSING, "");
    gives("a.png/x", BX_ASSET_MISSING, "");
    gives("https://e.org/x.png", BX_ASSET_REMOTE, "");
    gives("https://e.org/../../secret", BX_ASSET_REMOTE, "");
    put("issue/large", "0123456789012345678901234567890123456789012345678901234567890123456789");
    gives("large", BX_ASSET_LIMIT, "");
}

static void sources(void **state) {
    (void)state;
    bench b = bench_open();
    char path[256];
    at(path, "secret");
    uint32_t s = bx_source_open(b.arena, bx_str_of(path), b.report);
    assert_true(s && bx_str_is(bx_sources_get(b.report->sources, s)->bytes, "秘密"));
    assert_int_equal(bx_source_open(b.arena, BX_STR("/no/such"), b.report), 0);
    assert_int_equal(bx_source_open(b.arena, bx_str_of(root), b.report), 0);
    assert_string_equal(bench_codes(&b), "0:0 input-missing\n0:0 input-missing");
    bench_close(&b);
    assert_true(bx_str_is(bx_path_folder(BX_STR("a/b/c.yaml")), "a/b"));
    assert_true(bx_str_is(bx_path_folder(BX_STR("c.yaml")), ""));
    assert_true(bx_str_is(bx_path_folder(BX_STR("/c.yaml")), "/"));
}

static void carried(void **state) {
    (void)state;
    gives("data:,a", BX_ASSET_FOUND, "a");
    gives("DATA:text/plain;charset=utf-8,a%20b+c%", BX_ASSET_FOUND, "a b+c%");
    gives("data:text/plain;base64,YQ==", BX_ASSET_FOUND, "a");
    gives("data:;base64,YWI", BX_ASSET_FOUND, "ab");
    gives("data:;base64,Y W\nJj%3D", BX_ASSET_FOUND, "abc");
    gives("data:;base64,fn-_", BX_ASSET_FOUND, "~\x7F\xBF");
    gives("data:;base64,", BX_ASSET_FOUND, "");
    gives("data:;base64,Y!", BX_ASSET_GARBLED, "");
    gives("data:image/png;base64", BX_ASSET_GARBLED, "");
    gives("data:,0123456789012345678901234567890123456789012345678901234567890123456789",
          BX_ASSET_LIMIT, "");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(inside),  cmocka_unit_test(outside), cmocka_unit_test(absent),
        cmocka_unit_test(carried), cmocka_unit_test(sources),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
