#include "output/pdf/number.h"

#include "base/utf8.h"

/* The longest string that ISO 19005-2, 6.1.13 allows. */
enum { BX_STRING_MAX = 32767 };

void bx_pdf_number(bx_buf *out, int64_t value, uint32_t decimals) {
    char digits[24];
    uint32_t n = 0;
    uint64_t u = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    while (decimals > 0 && u % 10 == 0) {
        u /= 10;
        decimals--;
    }
    if (u == 0) {
        bx_buf_char(out, '0');
        return;
    }
    for (; u > 0 || n < decimals; u /= 10)
        digits[n++] = (char)('0' + u % 10);
    if (value < 0)
        bx_buf_char(out, '-');
    while (n > 0) {
        if (n == decimals)
            bx_buf_char(out, '.');
        bx_buf_char(out, digits[--n]);
    }
}

void bx_pdf_len(bx_buf *out, bx_len len) { bx_pdf_number(out, bx_milli(len), 3); }

void bx_pdf_box(bx_buf *out, bx_len a, bx_len b, bx_len c, bx_len d) {
    bx_buf_char(out, '[');
    bx_pdf_len(out, a);
    bx_buf_char(out, ' ');
    bx_pdf_len(out, b);
    bx_buf_char(out, ' ');
    bx_pdf_len(out, c);
    bx_buf_char(out, ' ');
    bx_pdf_len(out, d);
    bx_buf_char(out, ']');
}

static void escaped(bx_buf *out, uint8_t byte) {
    if (byte == '(' || byte == ')' || byte == '\\') {
        bx_buf_char(out, '\\');
        bx_buf_char(out, (char)byte);
    } else if (byte == '\r') { /* a reader would take it for a line end and change it */
        bx_buf_str(out, BX_STR("\\r"));
    } else {
        bx_buf_char(out, (char)byte);
    }
}

void bx_pdf_bytes(bx_buf *out, bx_str bytes) {
    bx_buf_char(out, '(');
    for (uint32_t i = 0; i < bytes.n; i++)
        escaped(out, (uint8_t)bytes.p[i]);
    bx_buf_char(out, ')');
}

static bool ascii(bx_str s) {
    for (uint32_t i = 0; i < s.n; i++)
        if ((uint8_t)s.p[i] >= 0x7F || (uint8_t)s.p[i] < 0x20)
            return false;
    return true;
}

bx_str bx_pdf_text_bytes(bx_arena *arena, bx_str utf8) {
    if (ascii(utf8))
        return utf8.n > BX_STRING_MAX ? bx_str_sub(utf8, 0, BX_STRING_MAX) : utf8;
    bx_buf out = bx_buf_new(arena);
    bx_buf_str(&out, BX_STR("\xFE\xFF"));
    for (uint32_t at = 0; at < utf8.n && out.n + 4 <= BX_STRING_MAX;) {
        uint32_t c = bx_utf8_next(utf8, &at), units[2] = {c, 0}, n = 1;
        if (c >= 0x10000) {
            units[0] = 0xD800 + ((c - 0x10000) >> 10);
            units[1] = 0xDC00 + ((c - 0x10000) & 0x3FF);
            n = 2;
        }
        for (uint32_t i = 0; i < n; i++) {
            bx_buf_char(&out, (char)(units[i] >> 8));
            bx_buf_char(&out, (char)units[i]);
        }
    }
    return bx_buf_view(&out);
}

void bx_pdf_text(bx_buf *out, bx_str utf8) {
    bx_pdf_bytes(out, bx_pdf_text_bytes(out->arena, utf8));
}

void bx_pdf_name(bx_buf *out, bx_str name) {
    bx_buf_char(out, '/');
    for (uint32_t i = 0; i < name.n && i < 127; i++) {
        uint8_t c = (uint8_t)name.p[i];
        if (c <= 0x20 || c >= 0x7F || strchr("#()<>[]{}/%", c))
            bx_buf_fmt(out, "#%02X", c);
        else
            bx_buf_char(out, (char)c);
    }
}

static void hex_unit(bx_buf *out, uint32_t unit) {
    for (int shift = 12; shift >= 0; shift -= 4)
        bx_buf_char(out, "0123456789ABCDEF"[unit >> shift & 15]);
}

void bx_pdf_utf16_hex(bx_buf *out, uint32_t c) {
    if (c >= 0x10000)
        hex_unit(out, 0xD800 + ((c - 0x10000) >> 10));
    hex_unit(out, c >= 0x10000 ? 0xDC00 + ((c - 0x10000) & 0x3FF) : c);
}
