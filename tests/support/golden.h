/* Golden files: what a stage makes, kept as text and compared.
 *
 * With BANXIN_UPDATE_GOLDEN=1 in the environment the files are written anew instead; look at the
 * difference before it is committed. */
#ifndef BX_TESTS_GOLDEN_H
#define BX_TESTS_GOLDEN_H

#include "base/str.h"

/* Fails the running cmocka test, with the first line that differs, unless the file at `path` holds
 * exactly `actual`. `path` is usually BX_TEST_DIR "/golden/name.txt". */
void bx_assert_golden(bx_arena *arena, const char *path, bx_str actual);

/* The bytes of a file; fails the running test when it cannot be read. */
bx_str bx_test_file(bx_arena *arena, const char *path);

#endif
