/* The stream as clusters with their classes, and its white space resolved (R33).
 *
 * A line break of the source vanishes between wide characters, becomes autospace between wide and
 * narrow, and is a word space elsewhere; runs of blanks are one; code keeps its blanks. */
#include "text/paragraph.h"

#include "base/utf8.h"
#include "text/held.h"

#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/utext.h>

static bool blank(uint32_t c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

static bool invisible(uint32_t c) {
    if (c > 0x2069)
        return c == 0xFEFF;
    if (c < 0x20 || (c >= 0x7F && c < 0xA0))
        return true; /* controls */
    return c == 0x200B || c == 0x2060 || c == 0x00AD || c == 0x200C || c == 0x200D || c == 0x180E ||
           (c >= 0x2061 && c <= 0x2064) || (c >= 0x200E && c <= 0x200F) ||
           (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

static bool is_visible(uint32_t c) { return !invisible(c) && !(c >= 0xFE00 && c <= 0xFE0F); }

/* East Asian Width F, W or H, Hangul and emoji apart: beside such a line break carries no space
 * (CSS Text 3, segment break transformation). */
static bool wide(uint32_t c) {
    if (c < 0x1100)
        return false;
    int32_t width = u_getIntPropertyValue((UChar32)c, UCHAR_EAST_ASIAN_WIDTH);
    if (width != U_EA_FULLWIDTH && width != U_EA_WIDE && width != U_EA_HALFWIDTH)
        return false;
    return bx_kind_of(c) != BX_KIND_HANGUL && !(c >= 0xFFA0 && c <= 0xFFDC);
}

static void close_text(void *t) { utext_close(t); }
static void close_breaks(void *b) { ubrk_close(b); }

static bool is_break(uint32_t c) { return c == '\n' || c == '\t' || c == '\r'; }

/* The stream with soft breaks and tabs as spaces: what extraction yields. */
static bx_str plain_text(bx_paragraph *p, bool any_breaks) {
    if (!any_breaks)
        return p->in.text;
    char *copy = bx_alloc(p->arena, (size_t)p->in.text.n + 1);
    for (uint32_t i = 0; i < p->in.text.n; i++)
        copy[i] = is_break((unsigned char)p->in.text.p[i]) ? ' ' : p->in.text.p[i];
    return (bx_str){copy, p->in.text.n};
}

/* Whether no character before or after it can belong to its cluster (UAX #29: GCB Other never joins
 * another of its kind, a line feed and a tab join nothing). */
static bool stands_alone(uint32_t c) {
    if ((c >= ' ' && c < 0x7F) || (c >= 0x4E00 && c < 0xA000) || c == '\n' || c == '\t')
        return true;
    return u_getIntPropertyValue((UChar32)c, UCHAR_GRAPHEME_CLUSTER_BREAK) == U_GCB_OTHER;
}

/* Where clusters end. In most Chinese text every character is one, and ICU's iterator, which costs
 * as much as shaping, is not asked. */
typedef struct segments {
    bx_str text;
    bx_held *source, *breaks; /* NULL: every character is a cluster */
} segments;

static segments open_segments(bx_paragraph *p, bool joined) {
    segments s = {.text = p->in.text};
    if (!joined)
        return s;
    UErrorCode status = U_ZERO_ERROR;
    s.source = bx_hold(p->arena, close_text, utext_openUTF8(NULL, s.text.p, s.text.n, &status));
    s.breaks = bx_hold(p->arena, close_breaks, ubrk_open(UBRK_CHARACTER, "", NULL, 0, &status));
    ubrk_setUText(s.breaks->object, s.source->object, &status);
    if (U_FAILURE(status))
        bx_out_of_memory(p->arena);
    return s;
}

/* The end of the cluster that begins at `start`, its first character ending at `first`. */
static uint32_t segment_end(const segments *s, uint32_t start, uint32_t first) {
    if (!s->breaks)
        return first;
    int32_t next = ubrk_following(s->breaks->object, (int32_t)start);
    return next == UBRK_DONE ? s->text.n : (uint32_t)next;
}

static void close_segments(segments *s) {
    if (!s->breaks)
        return;
    bx_let_go(s->breaks);
    bx_let_go(s->source);
}

typedef struct resolver {
    bx_paragraph *p;
    uint32_t span;
    uint32_t span_end; /* UINT32_MAX: of the last one */
    uint32_t span_flags;
    bx_region region; /* of the span's language */
    uint32_t silent;  /* bytes that are not set, before the first cluster */
} resolver;

static void enter_span(resolver *r, uint32_t at) {
    const bx_paragraph *p = r->p;
    while (r->span + 1 < p->in.n_spans && p->in.spans[r->span].end <= at)
        r->span++;
    const bx_text_span *span = &p->in.spans[r->span];
    r->span_end = r->span + 1 < p->in.n_spans ? span->end : UINT32_MAX;
    r->span_flags = span->flags;
    r->region = span->lang.n ? bx_region_of(span->lang) : p->region;
}

static void classify(const resolver *r, bx_cluster *c) {
    const bx_paragraph *p = r->p;
    c->region = (uint8_t)r->region;
    c->kind = (uint8_t)bx_kind_of(c->code);
    for (uint32_t k = c->cp + 1; k < p->codes.n; k++) { /* sequences with VS16, keycap, ZWJ are
                                                         * emoji (UTS #51) */
        uint32_t more = p->codes.at[k];
        if (more == 0xFE0F && u_hasBinaryProperty((UChar32)c->code, UCHAR_EMOJI))
            c->kind = BX_KIND_EMOJI;
        if (more == 0x20E3)
            c->kind = BX_KIND_EMOJI;
    }
    if (c->flags & (BX_CL_SPACE | BX_CL_FORCED))
        c->kind = BX_KIND_SPACE;
    if (c->kind == BX_KIND_EMOJI)
        c->flags |= BX_CL_EMOJI;
    if (r->span_flags & (BX_SPAN_RAISED | BX_SPAN_LOWERED))
        c->flags |= BX_CL_NOTE;
    c->spacing = (uint8_t)bx_spacing_of(c->code, (bx_kind)c->kind);
    if (c->flags & BX_CL_HIDDEN)
        c->spacing = BX_SPACING_OTHER;
}

static uint32_t shown_as(const resolver *r, uint32_t code) {
    if (blank(code))
        return ' ';
    return r->span_flags & BX_SPAN_CAPITALS ? (uint32_t)u_toupper((UChar32)code) : code;
}

static void push_code(resolver *r, uint32_t code, uint32_t at) {
    bx_paragraph *p = r->p;
    bx_push(p->arena, &p->codes, code);
    bx_push(p->arena, &p->cps, (bx_code_at){.at = at, .cluster = p->clusters.n - 1});
}

/* What most characters are: shown, and no control of any kind. */
static bool is_common(uint32_t c) { return (c > ' ' && c < 0x7F) || (c >= 0x2070 && c < 0xFE00); }

static void mark_uncommon(const resolver *r, bx_cluster *c, bool visible) {
    if (c->code == 0xFFFC && r->p->in.spans[r->span].object)
        c->flags |= BX_CL_OBJECT;
    if (c->code == 0x2028 || c->code == 0x2029 || c->code == 0x0B || c->code == 0x0C)
        c->flags |= BX_CL_FORCED | BX_CL_HIDDEN;
    else if (!visible)
        c->flags |= BX_CL_HIDDEN;
    if (c->code == 0x00AD)
        c->flags |= BX_CL_SHY;
}

/* `code` is the cluster's first, as typed, and ends at `first`. */
static void push_cluster(resolver *r, uint32_t start, uint32_t code, uint32_t first, uint32_t end,
                         uint16_t flags) {
    bx_paragraph *p = r->p;
    if (start >= r->span_end)
        enter_span(r, start);
    bx_cluster *c = bx_push_zero(p->arena, &p->clusters);
    c->start = p->clusters.n == 1 && r->silent ? 0 : start;
    c->end = end;
    c->span = r->span;
    c->flags = flags;
    c->cp = p->codes.n;
    c->code = shown_as(r, code);
    push_code(r, c->code, start);
    bool visible = is_visible(c->code);
    for (uint32_t at = first; at < end;) {
        uint32_t from = at, more = shown_as(r, bx_utf8_next(p->in.text, &at));
        push_code(r, more, from);
        visible = visible || is_visible(more);
    }
    if (!is_common(c->code))
        mark_uncommon(r, c, visible);
    classify(r, c);
}

/* Ideographs and what is printed of ASCII are what nearly all text is: each is a cluster, shown and
 * no control of any kind. Pushes those from `start` on that are in one span; returns where they
 * end. Room has been made for all characters. */
static uint32_t push_common(resolver *r, uint32_t start) {
    bx_paragraph *p = r->p;
    uint32_t stop = p->in.text.n < r->span_end ? p->in.text.n : r->span_end, n = p->clusters.n;
    if ((r->silent && n == 0) || (r->span_flags & BX_SPAN_CAPITALS))
        return start;
    uint16_t flags = r->span_flags & (BX_SPAN_RAISED | BX_SPAN_LOWERED) ? BX_CL_NOTE : 0;
    for (uint32_t end = start; end < stop; start = end, n++) {
        uint32_t code = bx_utf8_next(p->in.text, &end);
        bool han = code >= 0x4E00 && code <= 0x9FFF;
        if (!han && (code <= ' ' || code >= 0x7F))
            break;
        bx_kind kind = han ? BX_KIND_HAN : bx_kind_of(code);
        p->clusters.at[n] = (bx_cluster){.start = start,
                                         .end = end,
                                         .code = code,
                                         .cp = p->codes.n,
                                         .span = r->span,
                                         .flags = flags,
                                         .region = (uint8_t)r->region,
                                         .kind = (uint8_t)kind,
                                         .spacing = (uint8_t)bx_spacing_of(code, kind)};
        p->cps.at[p->codes.n] = (bx_code_at){.at = start, .cluster = n};
        p->codes.at[p->codes.n++] = code;
    }
    p->clusters.n = n;
    p->cps.n = p->codes.n;
    return start;
}

/* A cluster of more code points than any writing needs is several: HarfBuzz looks for the base of
 * each mark among all that precede it. (Stream-safe text has at most 30 marks in a row: UAX #15.)
 */
static void push_pieces(resolver *r, uint32_t start, uint32_t end) {
    while (start < end) {
        uint32_t stop = end - start <= BX_LONGEST_CLUSTER ? end : start, first = start;
        for (int n = 0; n < BX_LONGEST_CLUSTER && stop < end; n++)
            bx_utf8_next(r->p->in.text, &stop);
        uint32_t code = bx_utf8_next(r->p->in.text, &first);
        push_cluster(r, start, code, first, stop, 0);
        start = stop;
    }
}

/* What stands before a blank: the last character that is not one. 0: nothing, or a forced break. */
static uint32_t code_before(const bx_paragraph *p) {
    if (p->codes.n == 0)
        return 0;
    uint32_t i = p->codes.n - 1;
    while (i > 0 &&
           (p->codes.at[i] == 0x200D || (p->codes.at[i] >= 0xFE00 && p->codes.at[i] <= 0xFE0F)))
        i--;
    return p->codes.at[i] == 0x2028 ? 0 : p->codes.at[i];
}

/* A run of blanks [start, end) outside code. `next`: the character after it, 0 at the end. */
static void push_blanks(resolver *r, uint32_t start, uint32_t end, uint32_t next) {
    bool broken = false;
    for (uint32_t i = start; i < end; i++)
        broken = broken || r->p->in.text.p[i] == '\n';
    uint32_t before = code_before(r->p);
    if (before == 0 || next == 0 || next == 0x2028)
        return;
    if (before == ' ' && (r->p->clusters.at[r->p->clusters.n - 1].flags & BX_CL_KEEP_SPACE) == 0)
        return;
    if (broken) {
        if (before == 0x200B || next == 0x200B || (wide(before) && wide(next)))
            return;
    }
    /* one space stands for the run: the others are in no cluster, and nobody copies them */
    push_cluster(r, start, ' ', start + 1, start + 1, BX_CL_SPACE | (broken ? BX_CL_SOFT : 0));
}

/* What is not set belongs to the cluster before it, the first one's too, if only for those who
 * copy.
 */
static uint32_t pass_silent(resolver *r, uint32_t start) {
    bx_paragraph *p = r->p;
    if (start >= r->span_end)
        enter_span(r, start);
    if (!(r->span_flags & BX_SPAN_SILENT))
        return start;
    uint32_t end = p->in.spans[r->span].end;
    if (p->clusters.n)
        p->clusters.at[p->clusters.n - 1].end = end;
    else
        r->silent = end;
    return end;
}

/* Makes room for as many clusters as the text has characters; tells whether some belong together.
 */
static bool measure_text(bx_paragraph *p, bool *breaks) {
    bool joined = false;
    uint32_t n = 0;
    for (uint32_t at = 0; at < p->in.text.n; n++) {
        uint32_t code = bx_utf8_next(p->in.text, &at);
        joined |= !stands_alone(code);
        *breaks |= is_break(code);
    }
    bx_reserve(p->arena, &p->clusters, n);
    bx_reserve(p->arena, &p->codes, n);
    bx_reserve(p->arena, &p->cps, n);
    return joined;
}

/* Blanks in code are kept, each as it is; elsewhere [start, *end) grows by those that follow. */
static void resolve_blanks(resolver *r, uint32_t start, uint32_t *end) {
    const bx_paragraph *p = r->p;
    if (r->span_flags & BX_SPAN_CODE) {
        push_cluster(r, start, ' ', start + 1, start + 1, BX_CL_SPACE | BX_CL_KEEP_SPACE);
        return;
    }
    uint32_t following = 0;
    while (*end < p->in.text.n) {
        uint32_t q = *end;
        following = bx_utf8_next(p->in.text, &q);
        if (!blank(following))
            break;
        following = 0;
        *end = q;
    }
    push_blanks(r, start, *end, following);
}

void bx_resolve(bx_paragraph *p) {
    bool breaks = false, joined = measure_text(p, &breaks);
    p->text = plain_text(p, breaks);
    if (p->in.text.n == 0)
        return;
    segments pieces = open_segments(p, joined);
    resolver r = {.p = p};
    enter_span(&r, 0);
    uint32_t start = 0;
    while ((start = pass_silent(&r, start)) < p->in.text.n) {
        uint32_t common = joined ? start : push_common(&r, start);
        if (common > start) {
            start = common;
            continue;
        }
        uint32_t at = start, code = bx_utf8_next(p->in.text, &at);
        uint32_t end = segment_end(&pieces, start, at);
        if (blank(code))
            resolve_blanks(&r, start, &end);
        else if (end == at)
            push_cluster(&r, start, code, at, end, 0);
        else
            push_pieces(&r, start, end);
        start = end;
    }
    close_segments(&pieces);
}
