/* The consortium's break tests: "÷ 0020 × 0308 ÷ # …" a line. */
#ifndef BX_TESTS_TEXT_UCD_H
#define BX_TESTS_TEXT_UCD_H

#include <stdbool.h>
#include <stdint.h>

enum { UCD_LONGEST = 256 };

typedef struct ucd_sample {
    uint32_t codes[UCD_LONGEST];
    bool breaks[UCD_LONGEST + 1]; /* before each code point */
    uint32_t n;
} ucd_sample;

/* Reads one line, which it changes. False: it holds no sample. */
bool ucd_read(char *line, ucd_sample *s);

#endif
