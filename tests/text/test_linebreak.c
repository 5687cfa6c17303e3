/* UAX #14 with the tailoring off, against the consortium's own tests (Debian's unicode-data). */
#include "text/linebreak.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { LONGEST = 256 };

typedef struct sample {
    uint32_t codes[LONGEST];
    bool breaks[LONGEST + 1];
    uint32_t n;
} sample;

/* "× 0023 ÷ 0020 …": false when the line holds no sample. */
static bool read_sample(char *line, sample *s) {
    line[strcspn(line, "#")] = 0;
    memset(s, 0, sizeof *s);
    for (char *t = strtok(line, " \t\r\n"); t; t = strtok(NULL, " \t\r\n")) {
        if (strcmp(t, "÷") == 0)
            s->breaks[s->n] = true;
        else if (strcmp(t, "×") != 0)
            s->codes[s->n++] = (uint32_t)strtoul(t, NULL, 16);
        assert_true(s->n < LONGEST);
    }
    return s->n > 0;
}

static void test_file(void **state) {
    (void)state;
    FILE *f = fopen("/usr/share/unicode/auxiliary/LineBreakTest.txt", "r");
    if (!f)
        skip();
    char line[8192];
    unsigned samples = 0, number = 0;
    while (fgets(line, sizeof line, f)) {
        sample s;
        number++;
        if (!read_sample(line, &s))
            continue;
        samples++;
        uint8_t classes[LONGEST], before[LONGEST];
        for (uint32_t i = 0; i < s.n; i++)
            classes[i] = bx_line_class(s.codes[i]);
        bx_line_breaks(s.codes, classes, s.n, before);
        for (uint32_t i = 1; i < s.n; i++)
            if ((before[i] != BX_LB_PROHIBITED) != s.breaks[i])
                fail_msg("LineBreakTest.txt:%u: before U+%04X", number, s.codes[i]);
    }
    fclose(f);
    assert_true(samples > 7000);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_file)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
