/* The floor under a build: shaping a document's text with HarfBuzz, subsetting its fonts to its
 * glyphs with hb-subset and deflating its streams with libdeflate. Nobody who sets the document can
 * leave these out, and whoever does nothing else cannot be quicker.
 *
 * What is to be done is an order, a file: bench_build writes it from a document that it has built.
 * It does the work itself, over and over, as a press does (hot), and has bench_floor started anew
 * to do it once, as the program is started for one issue (cold). By one thread both.
 *
 * An order is a row of 32-bit numbers in the machine's order and of strings, each a number of bytes
 * and the bytes:
 *
 *     fonts    how many; for each: path, index in its collection, whether to subset it (0 or 1),
 *              how many glyphs, the glyphs
 *     texts    how many; the texts in UTF-8
 *     runs     how many; for each: font, text, first byte, end
 *     streams  how many; the bytes before deflating */
#ifndef BX_TESTS_BENCH_FLOOR_H
#define BX_TESTS_BENCH_FLOOR_H

#include <stdbool.h>

typedef struct floor_work floor_work;

/* What the parts took of the processor, ms. */
typedef struct floor_times {
    double shape, subset, deflate;
} floor_times;

/* Reads an order and opens its fonts. NULL: it cannot be read. Released by floor_close. */
floor_work *floor_open(const char *order);
/* Does all of it once. false: a font could not be subset, or memory is at an end. */
bool floor_do(floor_work *work, floor_times *times);
void floor_close(floor_work *work);

#endif
