/* Addresses that bring their bytes with them: data:image/png;base64,… (RFC 2397). */
#ifndef BX_INPUT_DATA_URL_H
#define BX_INPUT_DATA_URL_H

#include "base/str.h"

bool bx_is_data_url(bx_str address);

/* The bytes, in the arena. False: it has no comma, or its base64 has other characters than base64
 * has. White space and missing padding are passed over, as browsers do. */
bool bx_data_url_decode(bx_arena *arena, bx_str address, bx_str *bytes);

/* What to call it in a message: the address as far as its bytes, "data:image/png". */
bx_str bx_data_url_name(bx_str address);

#endif
