#include "input/html_scan.h"

static bool is_letter(char c) { return (c | 32) >= 'a' && (c | 32) <= 'z'; }
static bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}
static bool in_name(char c) { return is_letter(c) || (c >= '0' && c <= '9') || strchr("-:_.", c); }

/* The offset past the > of the tag at `at`; quoted values may hold one. Without an end: 0. */
static uint32_t tag_end(bx_str s, uint32_t at) {
    char quote = 0;
    for (; at < s.n; at++) {
        char c = s.p[at];
        if (quote)
            quote = c == quote ? 0 : quote;
        else if (c == '>')
            return at + 1;
        else if ((c == '"' || c == '\'') && s.p[at - 1] == '=')
            quote = c;
    }
    return 0;
}

static uint32_t find_end(bx_str s, uint32_t at, const char *end) {
    int64_t hit = bx_str_find(bx_str_sub(s, at, s.n), bx_str_of(end));
    return hit < 0 ? s.n : at + (uint32_t)hit + (uint32_t)strlen(end);
}

static bx_html_token tag(bx_str s, uint32_t at, uint32_t end) {
    bx_html_token t = {.kind = BX_HTML_OPEN, .raw = bx_str_sub(s, at, end)};
    uint32_t name = at + 1;
    if (s.p[name] == '/') {
        t.kind = BX_HTML_CLOSE;
        name++;
    }
    uint32_t stop = name;
    while (stop < end && in_name(s.p[stop]))
        stop++;
    t.name = bx_str_sub(s, name, stop);
    t.self_closing = end - at > 2 && s.p[end - 2] == '/';
    return t;
}

bx_html_token bx_html_next(bx_str s, uint32_t *at) {
    uint32_t start = *at;
    if (start >= s.n)
        return (bx_html_token){.kind = BX_HTML_END};
    bx_html_token t = {0};
    if (s.p[start] == '<' && start + 1 < s.n) {
        char c = s.p[start + 1];
        uint32_t end = 0;
        if (c == '!' || c == '?') {
            bool comment = bx_str_starts(bx_str_sub(s, start, s.n), BX_STR("<!--"));
            end = comment ? find_end(s, start + 4, "-->") : find_end(s, start, ">");
            t = (bx_html_token){.kind = BX_HTML_COMMENT, .raw = bx_str_sub(s, start, end)};
        } else if (is_letter(c) || (c == '/' && start + 2 < s.n && is_letter(s.p[start + 2]))) {
            end = tag_end(s, start + 1);
            if (end)
                t = tag(s, start, end);
        }
        if (end) {
            *at = end;
            return t;
        }
    }
    uint32_t end = start + 1;
    while (end < s.n && s.p[end] != '<')
        end++;
    *at = end;
    return (bx_html_token){.kind = BX_HTML_TEXT, .raw = bx_str_sub(s, start, end)};
}

static bx_str value_at(bx_str s, uint32_t *at) {
    char quote = *at < s.n ? s.p[*at] : 0;
    if (quote == '"' || quote == '\'') {
        uint32_t from = ++*at;
        while (*at < s.n && s.p[*at] != quote)
            ++*at;
        bx_str v = bx_str_sub(s, from, *at);
        ++*at;
        return v;
    }
    uint32_t from = *at;
    while (*at < s.n && !is_space(s.p[*at]) && s.p[*at] != '>')
        ++*at;
    return bx_str_sub(s, from, *at);
}

bool bx_html_attribute(const bx_html_token *t, const char *name, bx_str *value) {
    bx_str s = t->raw;
    size_t n = strlen(name);
    for (uint32_t at = 1 + t->name.n; at < s.n;) {
        uint32_t from = at;
        while (at < s.n && !is_space(s.p[at]) && s.p[at] != '=' && s.p[at] != '>')
            at++;
        bx_str attribute = bx_str_sub(s, from, at);
        uint32_t after = at;
        while (after < s.n && is_space(s.p[after]))
            after++;
        bx_str v = {0};
        if (after < s.n && s.p[after] == '=') {
            at = after + 1;
            while (at < s.n && is_space(s.p[at]))
                at++;
            v = value_at(s, &at);
        }
        if (attribute.n == n && strncasecmp(attribute.p, name, n) == 0) {
            *value = v;
            return true;
        }
        if (at == from)
            at++;
    }
    return false;
}
