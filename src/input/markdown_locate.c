/* Where inlines stand. cmark's own columns are off after stripped prefixes, escapes and entities;
 * inlines come in the order of the text, so each is found from the end of the one before. */
#include "input/markdown_build.h"

#include <cmark-gfm/houdini.h>

#include "input/markdown_run.h"

/* The length of a mark that ends at `end`, at or after `start`. */
static uint32_t mark_before(bx_str s, uint32_t start, uint32_t end) {
    for (uint32_t n = 4; n >= 3; n--)
        if (end >= start + n && bx_markdown_mark(s, end - n) == n)
            return n;
    return 0;
}

bx_span bx_md_span(const bx_md *md, uint32_t start, uint32_t end) {
    bx_str s = md->in.text;
    for (uint32_t n;
         start < end && end <= s.n && (n = bx_markdown_mark(s, start)) && start + n <= end;)
        start += n;
    for (uint32_t n; start < end && end <= s.n && (n = mark_before(s, start, end));)
        end -= n;
    return bx_origin_span(&md->in.origin, start, end);
}

void bx_md_seek(bx_md *md, uint32_t start, uint32_t limit) {
    md->cursor = start;
    md->limit = limit < start ? start : limit;
    uint32_t length = md->limit - start;
    md->budget = length > UINT32_MAX / 64 - 4096 ? UINT32_MAX : length * 64 + 4096;
}

static bool is_ascii_punct(char c) {
    return (c > ' ' && c < '0') || (c > '9' && c < 'A') || (c > 'Z' && c < 'a') ||
           (c > 'z' && c < 0x7F);
}

/* Bytes of an entity at `at` whose text continues the literal, else 0; *n gets the text's bytes. */
static uint32_t match_entity(const bx_md *md, uint32_t at, bx_str rest, uint32_t *n) {
    bx_str s = md->in.text;
    cmark_strbuf buf;
    cmark_strbuf_init(bx_cmark_memory(), &buf, 16);
    uint32_t room = md->limit - at - 1;
    bufsize_t used = houdini_unescape_ent(&buf, (const uint8_t *)s.p + at + 1,
                                          (bufsize_t)(room > 64 ? 64 : room));
    if (used <= 0 || (uint32_t)buf.size > rest.n || memcmp(buf.ptr, rest.p, (size_t)buf.size) != 0)
        return 0;
    *n = (uint32_t)buf.size;
    return (uint32_t)used + 1;
}

static uint32_t least(uint32_t a, uint32_t b) { return a < b ? a : b; }

/* How many of the first n bytes are the same, eight at a time. */
static uint32_t common(const char *a, const char *b, uint32_t n) {
    uint32_t i = 0;
    while (n - i >= 8 && memcmp(a + i, b + i, 8) == 0)
        i += 8;
    while (i < n && a[i] == b[i])
        i++;
    return i;
}

/* Bytes at `at` that stand in the literal just so: a stretch of them, for a text that is full of
 * escapes is not to be searched to its end at each. */
static uint32_t match_plain(const bx_md *md, uint32_t at, bx_str lit, bool decode) {
    enum { STRETCH = 256 };
    uint32_t n = least(least(lit.n, STRETCH), least(md->limit - at, md->budget));
    bx_str same = {lit.p, common(md->in.text.p + at, lit.p, n)};
    return decode ? least(bx_str_to(same, 0, '\\'), bx_str_to(same, 0, '&')) : same.n;
}

/* The end of the literal when it stands at `at`, else 0. */
static uint32_t match(bx_md *md, uint32_t at, bx_str lit, bool decode) {
    bx_str s = md->in.text;
    uint32_t i = 0;
    while (i < lit.n) {
        if (at >= md->limit || md->budget == 0)
            return 0;
        uint32_t plain = match_plain(md, at, bx_str_sub(lit, i, lit.n), decode);
        if (plain) {
            md->budget -= plain;
            at += plain;
            i += plain;
            continue;
        }
        md->budget--;
        char c = s.p[at];
        uint32_t used, n;
        if (decode && c == '\\' && at + 1 < md->limit && is_ascii_punct(s.p[at + 1]) &&
            s.p[at + 1] == lit.p[i]) {
            at += 2;
            i++;
        } else if (decode && c == '&' &&
                   (used = match_entity(md, at, bx_str_sub(lit, i, lit.n), &n))) {
            at += used;
            i += n;
        } else if (c == lit.p[i]) {
            at++;
            i++;
        } else if (!decode && c == '\n' && lit.p[i] == ' ') {
            at++; /* a line end in a code span; what the next line's containers begin with goes */
            i++;
            while (at < md->limit && (s.p[at] == ' ' || s.p[at] == '>') &&
                   (i == lit.n || lit.p[i] != s.p[at]))
                at++;
        } else {
            return 0;
        }
    }
    return at;
}

bool bx_md_locate(bx_md *md, bx_str lit, bool decode, uint32_t *start, uint32_t *end) {
    *start = *end = md->cursor;
    if (!lit.n)
        return true;
    bx_str s = md->in.text;
    for (uint32_t at = md->cursor; at < md->limit && md->budget; at++) {
        md->budget--;
        char c = s.p[at];
        if (c != lit.p[0] && !(decode && (c == '\\' || c == '&')))
            continue;
        uint32_t to = match(md, at, lit, decode);
        if (!to)
            continue;
        *start = at;
        *end = md->cursor = to;
        return true;
    }
    return false;
}

static uint32_t skip_until(const bx_md *md, uint32_t at, char close) {
    bx_str s = md->in.text;
    while (at < md->limit && s.p[at] != close)
        at += s.p[at] == '\\' ? 2 : 1;
    return at < md->limit ? at + 1 : md->limit;
}

static uint32_t skip_space(const bx_md *md, uint32_t at) {
    while (at < md->limit && strchr(" \t\n", md->in.text.p[at]))
        at++;
    return at;
}

/* Past `(address "title")`, at its first byte; the same offset when it is none. */
static uint32_t skip_destination(const bx_md *md, uint32_t from) {
    bx_str s = md->in.text;
    uint32_t at = skip_space(md, from + 1);
    if (at < md->limit && s.p[at] == '<') {
        at = skip_until(md, at + 1, '>');
    } else {
        for (int depth = 0; at < md->limit && !strchr(" \t\n", s.p[at]); at++) {
            if (s.p[at] == '\\' && at + 1 < md->limit)
                at++;
            else if (s.p[at] == '(')
                depth++;
            else if (s.p[at] == ')' && depth-- == 0)
                break;
        }
    }
    at = skip_space(md, at);
    if (at < md->limit && (s.p[at] == '"' || s.p[at] == '\'' || s.p[at] == '('))
        at = skip_space(md, skip_until(md, at + 1, s.p[at] == '(' ? ')' : s.p[at]));
    return at < md->limit && s.p[at] == ')' ? at + 1 : from;
}

/* Past delimiters and marks, which may stand between text and a bracket. */
static uint32_t skip_delimiters(const bx_md *md, uint32_t at) {
    bx_str s = md->in.text;
    for (uint32_t mark; at < md->limit; at += mark ? mark : 1) {
        mark = bx_markdown_mark(s, at);
        if (!mark && !strchr("*_~`", s.p[at]))
            break;
    }
    return at;
}

bool bx_md_at_bracket(const bx_md *md) {
    uint32_t at = skip_delimiters(md, md->cursor);
    return at < md->limit && strchr("[<!", md->in.text.p[at]);
}

void bx_md_skip_link_tail(bx_md *md) {
    bx_str s = md->in.text;
    uint32_t at = skip_delimiters(md, md->cursor);
    if (at >= md->limit)
        return;
    if (s.p[at] == '>') { /* <https://…> */
        md->cursor = at + 1;
        return;
    }
    if (s.p[at] != ']')
        return;
    md->cursor = ++at;
    if (at < md->limit && s.p[at] == '(')
        md->cursor = skip_destination(md, at);
    else if (at < md->limit && s.p[at] == '[')
        md->cursor = skip_until(md, at + 1, ']');
}
