/* docs/markdown.md names every HTML element that the reader knows. */
#include "harness.h"

#include "input/html_tags.h"

static void every_element_is_documented(void **state) {
    (void)state;
    FILE *f = fopen(BX_SOURCE_DIR "/docs/markdown.md", "rb");
    assert_non_null(f);
    static char page[65536];
    size_t n = fread(page, 1, sizeof page - 1, f);
    fclose(f);
    page[n] = 0;
    for (uint16_t i = 1; bx_html_tag_at(i); i++) {
        char quoted[32];
        snprintf(quoted, sizeof quoted, "`%s`", bx_html_tag_at(i)->name);
        if (!strstr(page, quoted))
            fail_msg("%s is not in docs/markdown.md", quoted);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_element_is_documented)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
