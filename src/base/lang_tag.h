/* Language tags: whether a text has the form of one (BCP 47, RFC 5646, 2.1). */
#ifndef BX_BASE_LANG_TAG_H
#define BX_BASE_LANG_TAG_H

#include "base/str.h"

/* A language of two or three letters, or x for private use, and subtags of one to eight letters and
 * digits; one of a single character (an extension) has another after it. Languages of four letters
 * are reserved, and of five to eight none is registered: those are words such as "Chinese". */
bool bx_is_lang_tag(bx_str s);

#endif
