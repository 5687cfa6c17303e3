/* Issues may be read by several threads at once, although cmark-gfm's tables are global. */
#include "harness.h"

#include <pthread.h>

/* Long enough that parses overlap. */
static const char piece[] = "---\ntitle: 甲\n---\n\n~~删。~~留 **“粗”**字 https://e.org/x，后 "
                            "[^1]\n\n|a|b|\n|-|-|\n|~~c~~|d|\n\n[^1]: 注\n";

static char *dump_once(void) {
    bx_memory memory = {0};
    bx_arena *arena = bx_arena_new(&memory);
    bx_report *report = bx_report_new(arena, bx_sources_new(arena));
    bx_buf text = bx_buf_new(arena);
    for (int i = 0; i < 50; i++)
        bx_buf_str(&text, BX_STR(piece));
    bx_issue_options o = {.path = BX_STR("a.md"), .bytes = bx_buf_view(&text), .has_bytes = true};
    const bx_issue *issue = bx_issue_read(arena, &o, report);
    bx_buf out = bx_buf_new(arena);
    bx_issue_dump(&out, report->sources, issue);
    bx_buf_char(&out, 0);
    char *copy = strdup(out.p);
    bx_arena_drop(arena);
    return copy;
}

static void *many(void *wanted) {
    intptr_t different = 0;
    for (int i = 0; i < 20; i++) {
        char *got = dump_once();
        different += strcmp(got, wanted) != 0;
        free(got);
    }
    return (void *)different;
}

static void in_parallel(void **state) {
    (void)state;
    char *wanted = dump_once();
    pthread_t thread[4];
    for (int i = 0; i < 4; i++)
        assert_int_equal(pthread_create(&thread[i], NULL, many, wanted), 0);
    for (int i = 0; i < 4; i++) {
        void *different;
        pthread_join(thread[i], &different);
        assert_null(different);
    }
    assert_non_null(strstr(wanted, "strike"));
    free(wanted);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(in_parallel)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
