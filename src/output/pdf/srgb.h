/* An ICC profile of sRGB, small enough to stand in every file. */
#ifndef BX_OUTPUT_PDF_SRGB_H
#define BX_OUTPUT_PDF_SRGB_H

#include "base/str.h"

extern const bx_str bx_srgb_profile;

#endif
