/* Issues under golden/ and what is read from them: messages, then the model with its places.
 * BANXIN_UPDATE_GOLDEN=1 writes them anew. */
#include "harness.h"

#include <dirent.h>

static char *slurp(const char *path) {
    FILE *f = fopen(path, "rb");
    if (!f)
        return NULL;
    fseek(f, 0, SEEK_END);
    long n = ftell(f);
    rewind(f);
    char *p = calloc(1, (size_t)n + 1);
    assert_int_equal(fread(p, 1, (size_t)n, f), n);
    fclose(f);
    return p;
}

static void check(const char *name) {
    char in[1024], out[1024];
    snprintf(in, sizeof in, BX_TEST_DIR "/golden/%s", name);
    snprintf(out, sizeof out, BX_TEST_DIR "/golden/%s.txt", name);
    char *text = slurp(in), *wanted = slurp(out);
    bench b = bench_open();
    const bx_issue *issue = bench_read(&b, name, text);
    bx_buf got = bx_buf_new(b.arena);
    bx_buf_str(&got, bx_str_of(bench_messages(&b)));
    if (issue)
        bx_issue_dump(&got, b.report->sources, issue);
    if (getenv("BANXIN_UPDATE_GOLDEN")) {
        FILE *f = fopen(out, "wb");
        assert_non_null(f);
        fwrite(got.p, 1, got.n, f);
        fclose(f);
    } else {
        if (!wanted || !bx_str_is(bx_buf_view(&got), wanted))
            print_message("%s differs from %s:\n%.*s\n", name, out, (int)got.n, got.p);
        assert_true(wanted && bx_str_is(bx_buf_view(&got), wanted));
    }
    bench_close(&b);
    free(text);
    free(wanted);
}

static int is_input(const struct dirent *e) {
    const char *dot = strrchr(e->d_name, '.');
    return dot && (strcmp(dot, ".yaml") == 0 || strcmp(dot, ".md") == 0);
}

static void golden(void **state) {
    (void)state;
    struct dirent **list;
    int n = scandir(BX_TEST_DIR "/golden", &list, is_input, alphasort);
    assert_true(n > 0);
    for (int i = 0; i < n; i++) {
        check(list[i]->d_name);
        free(list[i]);
    }
    free(list);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(golden)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
