#include "batch/json_line.h"

#include "base/utf8.h"

enum { DEPTH_MAX = 32 };

typedef struct reader {
    bx_arena *arena;
    const char *p, *end;
} reader;

static void skip_blanks(reader *r) {
    while (r->p < r->end && (*r->p == ' ' || *r->p == '\t' || *r->p == '\r' || *r->p == '\n'))
        r->p++;
}

static bool take(reader *r, char c) {
    skip_blanks(r);
    if (r->p == r->end || *r->p != c)
        return false;
    r->p++;
    return true;
}

/* Four hexadecimal digits; -1: they are not there. */
static int32_t read_unit(reader *r) {
    int32_t unit = 0;
    if (r->end - r->p < 4)
        return -1;
    for (int i = 0; i < 4; i++) {
        char c = *r->p++;
        int digit = c >= '0' && c <= '9'                 ? c - '0'
                    : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10
                                                         : -1;
        if (digit < 0)
            return -1;
        unit = unit * 16 + digit;
    }
    return unit;
}

/* What follows \u; halves of a surrogate pair that stand alone become U+FFFD. */
static bool read_code_point(reader *r, bx_buf *out) {
    int32_t unit = read_unit(r);
    if (unit < 0)
        return false;
    uint32_t code = (uint32_t)unit;
    if (code >= 0xD800 && code < 0xDC00 && r->end - r->p >= 6 && r->p[0] == '\\' &&
        r->p[1] == 'u') {
        const char *before = r->p;
        r->p += 2;
        int32_t low = read_unit(r);
        if (low >= 0xDC00 && low < 0xE000)
            code = 0x10000 + ((code - 0xD800) << 10) + ((uint32_t)low - 0xDC00);
        else
            r->p = before;
    }
    bx_buf_rune(out, code >= 0xD800 && code < 0xE000 ? 0xFFFD : code);
    return true;
}

static bool read_escape(reader *r, bx_buf *out) {
    static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
    if (r->p == r->end)
        return false;
    char c = *r->p++;
    if (c == 'u')
        return read_code_point(r, out);
    const char *at = c ? strchr(from, c) : NULL;
    if (at)
        bx_buf_char(out, to[at - from]);
    return at != NULL;
}

static bool read_string(reader *r, bx_str *value) {
    if (!take(r, '"'))
        return false;
    bx_buf out = bx_buf_new(r->arena);
    while (r->p < r->end && *r->p != '"') {
        char c = *r->p++;
        if ((unsigned char)c < 0x20)
            return false;
        if (c != '\\')
            bx_buf_char(&out, c);
        else if (!read_escape(r, &out))
            return false;
    }
    *value = bx_buf_view(&out);
    return take(r, '"');
}

static bool is_word(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '+' ||
           c == '-' || c == '.';
}

/* A number, true, false or null. */
static bool read_word(reader *r, bx_str *value) {
    const char *start = r->p;
    while (r->p < r->end && is_word(*r->p))
        r->p++;
    *value = (bx_str){start, (uint32_t)(r->p - start)};
    if (bx_str_is(*value, "null"))
        *value = (bx_str){0};
    return r->p > start;
}

/* Passes over an object or array that stands inside. */
static bool skip_nested(reader *r) {
    int depth = 0;
    bx_str ignored;
    do {
        skip_blanks(r);
        if (r->p == r->end || depth > DEPTH_MAX)
            return false;
        if (*r->p == '"') {
            if (!read_string(r, &ignored))
                return false;
            continue;
        }
        char c = *r->p++;
        depth += (c == '{' || c == '[') - (c == '}' || c == ']');
    } while (depth > 0);
    return true;
}

static bool read_value(reader *r, bx_str *value) {
    *value = (bx_str){0};
    skip_blanks(r);
    if (r->p == r->end)
        return false;
    if (*r->p == '"')
        return read_string(r, value);
    return *r->p == '{' || *r->p == '[' ? skip_nested(r) : read_word(r, value);
}

bool bx_json_line_read(bx_arena *arena, bx_str line, bx_json_fields *fields) {
    *fields = (bx_json_fields){0};
    reader r = {arena, line.p, line.p + line.n};
    if (!take(&r, '{'))
        return false;
    bool more = !take(&r, '}');
    while (more) {
        bx_json_field field;
        if (!read_string(&r, &field.name) || !take(&r, ':') || !read_value(&r, &field.value))
            return false;
        bx_push(arena, fields, field);
        more = take(&r, ',');
        if (!more && !take(&r, '}'))
            return false;
    }
    skip_blanks(&r);
    return r.p == r.end;
}

bx_str bx_json_line_get(const bx_json_fields *fields, const char *name) {
    for (uint32_t i = fields->n; i-- > 0;)
        if (bx_str_is(fields->at[i].name, name))
            return fields->at[i].value;
    return (bx_str){0};
}
