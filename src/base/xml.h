/* Text of XML 1.0, and of HTML: its marks as entities, so that it may stand between tags and in
 * attributes; characters that XML does not allow are left out. */
#ifndef BX_BASE_XML_H
#define BX_BASE_XML_H

#include "base/str.h"

void bx_xml_text(bx_buf *out, bx_str text);

#endif
