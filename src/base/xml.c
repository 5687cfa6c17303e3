#include "base/xml.h"

#include "base/utf8.h"

void bx_xml_text(bx_buf *out, bx_str text) {
    for (uint32_t at = 0; at < text.n;) {
        uint32_t c = bx_utf8_next(text, &at);
        if (c == '&')
            bx_buf_str(out, BX_STR("&amp;"));
        else if (c == '<')
            bx_buf_str(out, BX_STR("&lt;"));
        else if (c == '>')
            bx_buf_str(out, BX_STR("&gt;"));
        else if (c == '"')
            bx_buf_str(out, BX_STR("&quot;"));
        else if (c >= 0x20 ? c != 0xFFFE && c != 0xFFFF : c == '\t' || c == '\n' || c == '\r')
            bx_buf_rune(out, c);
    }
}
