/* What the fuzz targets share. A target is one file with LLVMFuzzerTestOneInput; libFuzzer drives
 * it, or driver.c, which runs files of a corpus. */
#ifndef BX_TESTS_FUZZ_H
#define BX_TESTS_FUZZ_H

#include "banxin.h"
#include "base/diag.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Runs `use` on the bytes with an arena and a report of their own, within limits that keep a run
 * short. What is beyond them, and failing memory, end it quietly. */
typedef void (*fuzz_use)(bx_arena *arena, bx_report *report, bx_str bytes);
void fuzz_run(const uint8_t *data, size_t size, fuzz_use use);

/* A press with the fonts and layouts of the source tree, opened once. */
bx_press *fuzz_press(void);
/* Limits for its jobs. */
extern const char *const fuzz_limits[];

/* A bx_write that throws away. */
bool fuzz_discard(void *user, const void *bytes, size_t n);

#endif
