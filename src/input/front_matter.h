/* What stands above the text of a Markdown file: keys and values between two lines of ---, and the
 * other forms that site generators write.
 *
 * YAML is read in full; where it does not parse, what stood before the fault is kept and the rest
 * read as far as simple lines go, like TOML (+++), JSON ({ or ;;;), EDN ({:key …) and keys without
 * their lines of ---, which have a warning (front-matter). The text below is always found. Faults
 * of the YAML are warnings when the report is lenient to the source (diag.h). */
#ifndef BX_INPUT_FRONT_MATTER_H
#define BX_INPUT_FRONT_MATTER_H

#include "input/yaml.h"

typedef struct bx_front_matter {
    bx_yaml *map;  /* NULL: there is none */
    uint32_t body; /* offset in the source of the text's first byte */
} bx_front_matter;

bx_front_matter bx_front_matter_read(bx_arena *arena, uint32_t source, bx_report *report);

/* Reads lines "key: value" or "key = value" with simple lists, or EDN, into a map. What it cannot
 * read it leaves out. */
bx_yaml *bx_front_matter_salvage(bx_arena *arena, bx_report *report, uint32_t source,
                                 uint32_t start, uint32_t end);
bx_yaml *bx_front_matter_edn(bx_arena *arena, bx_report *report, uint32_t source, uint32_t start,
                             uint32_t end);

#endif
