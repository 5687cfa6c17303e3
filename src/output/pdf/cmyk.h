/* The ICC profile of CMYK pictures that bring none: offset printing on coated paper. */
#ifndef BX_OUTPUT_PDF_CMYK_H
#define BX_OUTPUT_PDF_CMYK_H

#include "base/str.h"

/* The same bytes each time, in the arena. */
bx_str bx_cmyk_profile(bx_arena *arena);

#endif
