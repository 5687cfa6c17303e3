#include "base/json.h"

#include "base/utf8.h"

#include <inttypes.h>

bx_json bx_json_new(bx_buf *buf) { return (bx_json){.buf = buf}; }

static void new_line(bx_json *j) {
    if (!j->indent)
        return;
    bx_buf_char(j->buf, '\n');
    for (int i = 0; i < j->indent * j->depth; i++)
        bx_buf_char(j->buf, ' ');
}

static void before_value(bx_json *j) {
    if (j->need_comma)
        bx_buf_char(j->buf, ',');
    if (j->depth && (j->arrays & 1))
        new_line(j);
    j->need_comma = true;
}

static void open_level(bx_json *j, char bracket, bool array) {
    before_value(j);
    bx_buf_char(j->buf, bracket);
    j->arrays = j->arrays << 1 | array;
    j->depth++;
    j->need_comma = false;
}

void bx_json_object(bx_json *j) { open_level(j, '{', false); }
void bx_json_array(bx_json *j) { open_level(j, '[', true); }

void bx_json_end(bx_json *j) {
    bool array = j->arrays & 1;
    j->arrays >>= 1;
    j->depth--;
    if (j->need_comma)
        new_line(j);
    bx_buf_char(j->buf, array ? ']' : '}');
    j->need_comma = true;
}

static void quoted(bx_buf *buf, bx_str s) {
    bx_buf_char(buf, '"');
    for (uint32_t at = 0; at < s.n;) {
        uint32_t c = bx_utf8_next(s, &at);
        if (c == '"' || c == '\\')
            bx_buf_fmt(buf, "\\%c", (int)c);
        else if (c == '\n')
            bx_buf_add(buf, "\\n", 2);
        else if (c < 0x20 || c == 0x7F || c == 0x2028 || c == 0x2029)
            bx_buf_fmt(buf, "\\u%04x", (unsigned)c);
        else
            bx_buf_rune(buf, c);
    }
    bx_buf_char(buf, '"');
}

void bx_json_key(bx_json *j, const char *key) {
    if (j->need_comma)
        bx_buf_char(j->buf, ',');
    new_line(j);
    quoted(j->buf, bx_str_of(key));
    bx_buf_char(j->buf, ':');
    if (j->indent)
        bx_buf_char(j->buf, ' ');
    j->need_comma = false;
}

void bx_json_str(bx_json *j, bx_str s) {
    before_value(j);
    quoted(j->buf, s);
}

void bx_json_cstr(bx_json *j, const char *s) { bx_json_str(j, bx_str_of(s)); }

void bx_json_int(bx_json *j, int64_t n) {
    before_value(j);
    bx_buf_fmt(j->buf, "%" PRId64, n);
}

void bx_json_bool(bx_json *j, bool b) {
    before_value(j);
    bx_buf_str(j->buf, bx_str_of(b ? "true" : "false"));
}

void bx_json_null(bx_json *j) {
    before_value(j);
    bx_buf_add(j->buf, "null", 4);
}

void bx_json_milli(bx_json *j, int64_t value, int64_t unit) {
    before_value(j);
    int64_t scaled = value < 0 ? -value : value;
    int64_t milli = (scaled * 1000 + unit / 2) / unit;
    bx_buf_fmt(j->buf, "%s%" PRId64 ".%03d", value < 0 && milli ? "-" : "", milli / 1000,
               (int)(milli % 1000));
}
