/* From a scalar's text back to its place in the source, by how the scalar was written. libyaml
 * gives only the marks of its first and last character. */
#include "input/yaml_inner.h"

#include "base/utf8.h"
#include "input/cjk.h"

typedef struct trace {
    bx_str raw;    /* the source's bytes of the scalar */
    uint32_t base; /* offset of raw in the source */
    bx_str text;
    bx_origin_builder pieces;
} trace;

static bool is_break(char c) { return c == '\n' || c == '\r'; }
static bool is_blank(char c) { return c == ' ' || c == '\t'; }

/* The end of the line at `at`, without its break; *next is where the next one starts. Sought in
 * stretches: a text may have one of the two breaks only, and is not to be searched for the other to
 * its end at each line. */
static uint32_t line_end(bx_str raw, uint32_t at, uint32_t *next) {
    enum { STRETCH = 1024 };
    bx_str stretch;
    do {
        stretch = bx_str_sub(raw, 0, raw.n - at > STRETCH ? at + STRETCH : raw.n);
        stretch.n = bx_str_to(stretch, at, '\n');
        at = bx_str_to(stretch, at, '\r');
    } while (at < raw.n && !is_break(raw.p[at]));
    *next = at;
    if (at < raw.n)
        *next = at + (raw.p[at] == '\r' && at + 1 < raw.n && raw.p[at + 1] == '\n' ? 2 : 1);
    return at;
}

static uint32_t spaces(bx_str s, uint32_t from, uint32_t to) {
    uint32_t n = 0;
    while (from + n < to && s.p[from + n] == ' ')
        n++;
    return n;
}

/* Folding makes a space of a line end, which between Chinese characters is one that nobody typed.
 * It becomes a line end again: Markdown knows what that is worth (R33). */
static void unfold(trace *t, uint32_t at) {
    if (at == 0 || at + 1 >= t->text.n || t->text.p[at] != ' ')
        return;
    uint32_t before = at, after = at + 1;
    if (bx_char_is_cjk(bx_utf8_prev(t->text, &before)) &&
        bx_char_is_cjk(bx_utf8_next(t->text, &after)))
        ((char *)t->text.p)[at] = '\n';
}

/* Spaces that the block's indentation takes from each line: what the first line that is not blank
 * has more of in the source than in the text. */
static uint32_t block_indent(const trace *t, uint32_t at) {
    while (at < t->raw.n) {
        uint32_t next, end = line_end(t->raw, at, &next);
        uint32_t lead = spaces(t->raw, at, end);
        if (at + lead < end) {
            uint32_t kept = 0;
            while (kept < t->text.n && t->text.p[kept] == '\n')
                kept++;
            kept = spaces(t->text, kept, t->text.n);
            return lead > kept ? lead - kept : 0;
        }
        at = next;
    }
    return 0;
}

static void trace_block(trace *t, bool folded) {
    uint32_t at;
    line_end(t->raw, 0, &at); /* the header: | or > with its indicators */
    uint32_t indent = block_indent(t, at), text = 0;
    while (at < t->raw.n && text < t->text.n) {
        uint32_t next, end = line_end(t->raw, at, &next);
        uint32_t lead = spaces(t->raw, at, end);
        uint32_t from = at + (lead < indent ? lead : indent);
        bx_str content = bx_str_sub(t->raw, from, end);
        at = next;
        if (folded) {
            if (!content.n)
                continue;
            /* Folding joined lines with spaces or line ends of its own. */
            while (text < t->text.n && (t->text.p[text] == '\n' || t->text.p[text] == ' ') &&
                   !bx_str_starts(bx_str_sub(t->text, text, t->text.n), content))
                unfold(t, text++);
            bx_origin_add(&t->pieces, text, t->base + from);
            text += content.n;
        } else {
            bx_origin_add(&t->pieces, text, t->base + from);
            text += content.n + 1;
        }
    }
}

/* Bytes of a double-quoted scalar's escape at `at`. */
static uint32_t escape_length(bx_str raw, uint32_t at) {
    char c = at + 1 < raw.n ? raw.p[at + 1] : 0;
    return c == 'x' ? 4 : c == 'u' ? 6 : c == 'U' ? 10 : 2;
}

/* The fold at `at`: one line end becomes a space (none after a backslash), more become line ends.
 * Gives where the text goes on. */
static uint32_t trace_fold(trace *t, uint32_t at, bool escaped, uint32_t *text) {
    uint32_t breaks = 0, end = escaped ? at + 1 : at;
    while (end < t->raw.n && (is_break(t->raw.p[end]) || is_blank(t->raw.p[end]))) {
        uint32_t next = end + 1;
        if (is_break(t->raw.p[end])) {
            breaks++;
            line_end(t->raw, end, &next);
        }
        end = next;
    }
    bx_origin_add(&t->pieces, *text, t->base + at);
    if (breaks == 1 && !escaped)
        unfold(t, *text);
    *text += breaks > 1 ? breaks - 1 : escaped ? 0 : 1;
    return end;
}

static void trace_flow(trace *t, char quote) {
    /* What may stand for something else, or for nothing. */
    static const bool special[256] = {
        [' '] = true, ['\t'] = true, ['\n'] = true, ['\r'] = true, ['\\'] = true, ['\''] = true};
    bx_str raw = t->raw;
    uint32_t at = quote ? 1 : 0, text = 0;
    while (at < raw.n && text < t->text.n) {
        uint32_t run =
            at; /* past blanks, which belong to the line end after them, if there is one */
        while (run < raw.n && is_blank(raw.p[run]))
            run++;
        bool escaped_break = quote == '"' && raw.p[run < raw.n ? run : at] == '\\' &&
                             run + 1 < raw.n && is_break(raw.p[run + 1]);
        if (run < raw.n && (is_break(raw.p[run]) || (escaped_break && run == at))) {
            at = trace_fold(t, run, escaped_break, &text);
            continue;
        }
        bx_origin_add(&t->pieces, text, t->base + at);
        if (quote == '"' && raw.p[at] == '\\') {
            at += escape_length(raw, at);
            bx_utf8_next(t->text, &text);
        } else if (quote == '\'' && raw.p[at] == '\'') {
            at += 2;
            text++;
        } else {
            uint32_t end = run > at ? run : bx_str_to_any(raw, at + 1, special);
            text += end - at;
            at = end;
        }
    }
}

void bx_yaml_trace(bx_arena *arena, bx_yaml *scalar, yaml_scalar_style_t style, bx_str bytes) {
    bx_span s = scalar->span;
    scalar->origin = bx_origin_plain(s.source, s.start, s.end);
    trace t = {.raw = bx_str_sub(bytes, s.start, s.end), .base = s.start, .text = scalar->text};
    if (bx_str_eq(t.raw, t.text))
        return;
    t.pieces.arena = arena;
    if (style == YAML_LITERAL_SCALAR_STYLE || style == YAML_FOLDED_SCALAR_STYLE)
        trace_block(&t, style == YAML_FOLDED_SCALAR_STYLE);
    else
        trace_flow(&t, style == YAML_DOUBLE_QUOTED_SCALAR_STYLE   ? '"'
                       : style == YAML_SINGLE_QUOTED_SCALAR_STYLE ? '\''
                                                                  : 0);
    scalar->origin.pieces = t.pieces.list.at;
    scalar->origin.n = t.pieces.list.n;
}
