#include "base/source.h"

#include "base/utf8.h"

bx_sources *bx_sources_new(bx_arena *arena) {
    bx_sources *s = bx_new(arena, bx_sources);
    s->arena = arena;
    bx_push(arena, &s->list, (bx_source){0});
    return s;
}

uint32_t bx_sources_add(bx_sources *s, bx_str name, bx_str bytes) {
    if (bx_str_is(name, "-"))
        name = BX_STR("<stdin>");
    bx_push(s->arena, &s->list, (bx_source){.name = name, .bytes = bytes});
    return s->list.n - 1;
}

const bx_source *bx_sources_get(const bx_sources *s, uint32_t index) {
    return &s->list.at[index < s->list.n ? index : 0];
}

bx_str bx_sources_keep(const bx_sources *s, bx_arena *arena, bx_span span, bx_str text) {
    bx_str bytes = bx_sources_get(s, span.source)->bytes;
    bool may_be =
        text.n && span.start <= span.end && span.end <= bytes.n && span.end - span.start == text.n;
    bx_str there = may_be ? bx_str_sub(bytes, span.start, span.end) : (bx_str){0};
    return may_be && bx_str_eq(there, text) ? there : bx_str_dup(arena, text);
}

static void index_lines(bx_arena *arena, bx_source *src) {
    BX_VEC(uint32_t) lines = {0};
    bx_push(arena, &lines, 0);
    static const bool breaks[256] = {['\n'] = true, ['\r'] = true};
    bx_str s = src->bytes;
    for (uint32_t at = 0; (at = bx_str_to_any(s, at, breaks)) < s.n; at++)
        if (s.p[at] == '\n' || at + 1 == s.n || s.p[at + 1] != '\n')
            bx_push(arena, &lines, at + 1);
    src->lines = lines.at;
    src->n_lines = lines.n;
}

/* The index of the last line that starts at or before the offset. */
static uint32_t line_of(bx_sources *s, bx_source *src, uint32_t offset) {
    if (!src->lines)
        index_lines(s->arena, src);
    uint32_t low = 0, high = src->n_lines;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (src->lines[middle] <= offset)
            low = middle;
        else
            high = middle;
    }
    return low;
}

bx_place bx_sources_place(bx_sources *s, uint32_t source, uint32_t offset) {
    if (source == 0 || source >= s->list.n)
        return (bx_place){0};
    bx_source *src = &s->list.at[source];
    if (offset > src->bytes.n)
        offset = src->bytes.n;
    uint32_t line = line_of(s, src, offset);
    uint32_t start = src->lines[line];
    uint32_t bom = line == 0 && bx_str_starts(src->bytes, BX_STR("\xEF\xBB\xBF")) ? 3 : 0;
    if (offset < start + bom)
        return (bx_place){line + 1, 1};
    return (bx_place){line + 1, bx_utf8_count(bx_str_sub(src->bytes, start + bom, offset)) + 1};
}

bx_str bx_sources_line(bx_sources *s, uint32_t source, uint32_t offset, uint32_t *start) {
    *start = 0;
    if (source == 0 || source >= s->list.n)
        return (bx_str){0};
    bx_source *src = &s->list.at[source];
    uint32_t line = line_of(s, src, offset > src->bytes.n ? src->bytes.n : offset);
    uint32_t from = src->lines[line];
    uint32_t to = line + 1 < src->n_lines ? src->lines[line + 1] : src->bytes.n;
    to -= to > from && src->bytes.p[to - 1] == '\n';
    to -= to > from && src->bytes.p[to - 1] == '\r';
    *start = from;
    return bx_str_sub(src->bytes, from, to);
}

bx_span bx_span_of_char(const bx_sources *s, bx_span span, bx_str text, uint32_t offset) {
    const bx_source *src = bx_sources_get(s, span.source);
    if (span.source == 0 || span.end > src->bytes.n || offset >= text.n)
        return span;
    uint32_t end = offset;
    bx_utf8_next(text, &end);
    bx_str wanted = bx_str_sub(text, offset, end);
    uint32_t nth = 0;
    for (uint32_t at = 0; at < offset;) {
        uint32_t from = at;
        bx_utf8_next(text, &at);
        nth += bx_str_eq(bx_str_sub(text, from, at), wanted);
    }
    for (uint32_t at = span.start; at < span.end;) {
        int64_t hit = bx_str_find(bx_str_sub(src->bytes, at, span.end), wanted);
        if (hit < 0)
            break;
        at += (uint32_t)hit;
        if (nth-- == 0)
            return (bx_span){span.source, at, at + wanted.n};
        at += wanted.n;
    }
    return (bx_span){span.source, span.start, span.start};
}
