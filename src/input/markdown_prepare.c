#include "input/markdown_prepare.h"

#include "base/map.h"
#include "base/utf8.h"
#include "input/cjk.h"

#include <cmark-gfm/utf8.h>

/* The marks. Cleaning takes these characters out of the input first, so that none is ever mistaken.
 *
 * U+FDD0            counts as a letter for cmark: put between a delimiter run and a mark beside it,
 *                   and wherever cmark is not to see what it would
 * U+FDD1 and '.'    count as punctuation before a run; '.' and U+FDD2 after one
 * U+FDD3 and ' '    begin a line that must not open a block; cmark sees a space before a run
 * ' ' and U+FDD4    end a bare address */
#define LETTER "\xEF\xB7\x90"
#define PUNCT_BEFORE "\xEF\xB7\x91."
#define PUNCT_AFTER ".\xEF\xB7\x92"
#define LINE "\xEF\xB7\x93 "
#define ADDRESS_END " \xEF\xB7\x94"

uint32_t bx_markdown_mark(bx_str s, uint32_t at) {
    unsigned char c = (unsigned char)s.p[at];
    if (c == ' ' && at + 3 < s.n && memcmp(s.p + at, ADDRESS_END, 4) == 0)
        return 4;
    if (c == '.' && at + 3 < s.n && memcmp(s.p + at, PUNCT_AFTER, 4) == 0)
        return 4;
    if (c != 0xEF || at + 2 >= s.n || (unsigned char)s.p[at + 1] != 0xB7)
        return 0;
    switch ((unsigned char)s.p[at + 2]) {
    case 0x90:
        return 3;
    case 0x91:
        return at + 3 < s.n && s.p[at + 3] == '.' ? 4 : 3;
    case 0x92:
    case 0x94:
        return 3;
    case 0x93: /* cmark strips spaces at a line's end, so the second half may be gone */
        return at + 3 < s.n && s.p[at + 3] == ' ' ? 4 : 3;
    }
    return 0;
}

/* The next mark at or after `at`, *bytes long; s.n: there is none. Each has the byte EF, which is
 * its first or follows that. */
static uint32_t next_mark(bx_str s, uint32_t at, uint32_t *bytes) {
    uint32_t from = at;
    for (*bytes = 0; (at = bx_str_to(s, at, LETTER[0])) < s.n; at++) {
        if (at > from && (*bytes = bx_markdown_mark(s, at - 1)))
            return at - 1;
        if ((*bytes = bx_markdown_mark(s, at)))
            return at;
    }
    return s.n;
}

bx_str bx_markdown_strip(bx_arena *arena, bx_str s) {
    uint32_t mark, at = next_mark(s, 0, &mark);
    if (at == s.n)
        return s;
    char *p = bx_alloc_raw(arena, s.n);
    uint32_t n = 0;
    for (uint32_t from = 0; from < s.n; at = next_mark(s, from, &mark)) {
        memcpy(p + n, s.p + from, at - from);
        n += at - from;
        from = at + mark;
    }
    return (bx_str){p, n};
}

/* Cleaning */

typedef struct cleaner {
    bx_buf out;
    bx_origin_builder pieces;
    uint32_t first_bad, bad;
} cleaner;

static bool is_control(uint32_t c) {
    return (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || (c >= 0x7F && c <= 0x9F);
}
static bool is_noncharacter(uint32_t c) {
    return (c >= 0xFDD0 && c <= 0xFDEF) || (c & 0xFFFE) == 0xFFFE;
}

static bool is_cleaned_away(uint32_t c) {
    return c == '\r' || c == 0x2028 || c == 0x2029 || is_control(c) || is_noncharacter(c);
}

/* What is done with so many bytes at once, compilers do in vectors. */
enum { BLOCK = 32 };

/* Whether nothing begins in the block that may be cleaned away. The two bytes after it are looked
 * at, too. */
static bool is_clean_block(const unsigned char *block) {
    unsigned char suspect = 0;
    for (int i = 0; i < BLOCK; i++) {
        unsigned char c = block[i], second = block[i + 1], third = block[i + 2];
        suspect |=
            ((c < 0x20) & (c != '\t') & (c != '\n')) | (c == 0x7F) | (c == 0xC2) | (c >= 0xF0);
        suspect |= (c == 0xE2) & (second == 0x80) & ((third & 0xFE) == 0xA8);
        suspect |= (c == 0xEF) & ((second == 0xB7) | (second == 0xBF));
    }
    return !suspect;
}

/* Whether cleaning would change nothing: then neither copy nor pieces are needed. */
static bool is_clean(bx_str s) {
    for (uint32_t at = 0; at < s.n;) {
        while (s.n - at >= BLOCK + 2 && is_clean_block((const unsigned char *)s.p + at))
            at += BLOCK;
        while (at < s.n && ((unsigned char)s.p[at] & 0xC0) == 0x80)
            at++; /* of the character with which the last block ended */
        for (uint32_t end = s.n - at > BLOCK ? at + BLOCK : s.n; at < end;)
            if (is_cleaned_away(bx_utf8_next(s, &at)))
                return false;
    }
    return true;
}

static void clean(cleaner *k, bx_str s) {
    for (uint32_t at = 0; at < s.n;) {
        uint32_t from = at, c = bx_utf8_next(s, &at);
        bx_origin_add(&k->pieces, (uint32_t)k->out.n, from);
        if (c == '\r') {
            if (at < s.n && s.p[at] == '\n')
                at++;
            bx_buf_char(&k->out, '\n');
        } else if (c == 0x2028 || c == 0x2029) {
            bx_buf_char(&k->out, '\n');
        } else if (is_control(c) || is_noncharacter(c)) {
            if (!k->bad++)
                k->first_bad = from;
            if (is_noncharacter(c))
                bx_buf_rune(&k->out, 0xFFFD);
        } else {
            bx_buf_add(&k->out, s.p + from, at - from);
        }
    }
}

/* Delimiter runs */

typedef struct flanks {
    bool open, close;
} flanks;

static flanks flanks_of(char delimiter, bool left, bool right, bool punct_before,
                        bool punct_after) {
    if (delimiter == '_')
        return (flanks){left && (!right || punct_before), right && (!left || punct_after)};
    return (flanks){left, right};
}

/* What the CJK-friendly rule says (6.2). */
static flanks wanted(char delimiter, bx_side before, bx_side after, bool punct_before,
                     bool punct_after) {
    bool left = after != BX_SIDE_SPACE && (after != BX_SIDE_PUNCT || before != BX_SIDE_LETTER);
    bool right = before != BX_SIDE_SPACE && (before != BX_SIDE_PUNCT || after != BX_SIDE_LETTER);
    return flanks_of(delimiter, left, right, punct_before, punct_after);
}

/* What cmark will find, by its own idea of space and punctuation. */
static flanks found(char delimiter, int32_t before, int32_t after) {
    bool space_before = cmark_utf8proc_is_space(before),
         space_after = cmark_utf8proc_is_space(after);
    bool punct_before = cmark_utf8proc_is_punctuation(before);
    bool punct_after = cmark_utf8proc_is_punctuation(after);
    bool left = !space_after && (!punct_after || space_before || punct_before);
    bool right = !space_before && (!punct_before || space_after || punct_after);
    return flanks_of(delimiter, left, right, punct_before, punct_after);
}

typedef struct marker {
    bx_str text;             /* cleaned */
    const bx_origin *origin; /* of it */
    bx_report *report;
    uint32_t pipes_before; /* in the line before */
    bool in_table;         /* a line |---| was before, and no blank one since */
    bool wide;             /* said once */
    bx_buf out;
    bx_origin_builder pieces;
    uint32_t copied;                  /* of text */
    uint32_t run_end, addresses_left; /* of the run without blanks that holds the latest address */
    bx_map notes; /* labels of notes' marks → anything; arena NULL: not looked for yet */
} marker;

static void copy_to(marker *m, uint32_t at) {
    if (at > m->copied) {
        bx_origin_add(&m->pieces, (uint32_t)m->out.n, m->copied);
        bx_buf_add(&m->out, m->text.p + m->copied, at - m->copied);
        m->copied = at;
    }
}

static void insert(marker *m, uint32_t at, const char *mark) {
    copy_to(m, at);
    bx_buf_str(&m->out, bx_str_of(mark));
}

/* cmark looks past tildes for what stands beside a run of * or _, because strikethrough is
 * emphasis. */
static uint32_t past_tildes_back(bx_str s, uint32_t at) {
    while (at && s.p[at - 1] == '~')
        at--;
    return at;
}
static uint32_t past_tildes(bx_str s, uint32_t at) {
    while (at < s.n && s.p[at] == '~')
        at++;
    return at;
}

static void mark_run(marker *m, uint32_t start, uint32_t end) {
    bx_str s = m->text;
    char delimiter = s.p[start];
    if (delimiter == '~' && end - start != 2)
        return;
    uint32_t b = delimiter == '~' ? start : past_tildes_back(s, start);
    uint32_t a = delimiter == '~' ? end : past_tildes(s, end);
    if ((b && s.p[b - 1] == '|') || (a < s.n && s.p[a] == '|'))
        return; /* the edge of a table's cell: cmark sees the cell alone */
    uint32_t at = b;
    int32_t rune_before = b ? (int32_t)bx_utf8_prev(s, &at) : '\n';
    at = a;
    int32_t rune_after = a < s.n ? (int32_t)bx_utf8_next(s, &at) : '\n';
    bool punct_before, punct_after;
    bx_side before = bx_side_before(s, b, &punct_before), after = bx_side_after(s, a, &punct_after);
    flanks want = wanted(delimiter, before, after, punct_before, punct_after);
    flanks have = found(delimiter, rune_before, rune_after);
    if (want.open == have.open && want.close == have.close)
        return;
    /* The classes that give the wanted flanks: letters on both sides, or a mark on the outer one.
     */
    bool both = want.open && want.close, neither = !want.open && !want.close;
    bool mark_before =
        delimiter == '_' ? both || (want.open && !want.close) : want.open && !want.close;
    bool mark_after =
        delimiter == '_' ? both || (want.close && !want.open) : want.close && !want.open;
    if (neither && delimiter != '_')
        return;
    insert(m, start, mark_before ? PUNCT_BEFORE : LETTER);
    insert(m, end, mark_after ? PUNCT_AFTER : LETTER);
}

/* Bare addresses */

static bool starts_at(bx_str s, uint32_t at, const char *what) {
    return bx_str_starts(bx_str_sub(s, at, s.n), bx_str_of(what));
}

/* Length of "https://" and the like at `at`, else 0. */
static uint32_t address_prefix(bx_str s, uint32_t at) {
    static const char *const prefixes[] = {"http://", "https://", "ftp://", "www."};
    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++)
        if (s.p[at] == prefixes[i][0] && starts_at(s, at, prefixes[i]))
            return (uint32_t)strlen(prefixes[i]);
    return 0;
}

/* Addresses in (…) of a link, <…>, attributes and reference definitions end by other rules. */
static bool is_delimited(bx_str s, uint32_t at) {
    if (!at)
        return false;
    char before = s.p[at - 1];
    if (before == '<' || before == '"' || before == '\'' || before == '=')
        return true;
    if (before == '(')
        return at > 1 && s.p[at - 2] == ']';
    while (at && (s.p[at - 1] == ' ' || s.p[at - 1] == '\t' || s.p[at - 1] == '\n'))
        at--;
    return at > 1 && s.p[at - 1] == ':' && s.p[at - 2] == ']';
}

/* A letter of a CJK script belongs to the address only where a part of it may begin: after a
 * separator, but not right after the host's slash (0: there was none), where typed text is likelier
 * to go on. */
static bool letter_ends(bx_str s, uint32_t host, uint32_t slash, uint32_t at, bool after_cjk) {
    if (after_cjk || at == host)
        return false;
    char before = s.p[at - 1];
    if (!slash)
        return before != '.';
    if (slash + 1 == at)
        return true;
    return !strchr("/=?&#-_.+", before);
}

/* Where an address that begins at `start` must end because of the text after it; *end gets where
 * cmark would end it. 0: nowhere. */
static uint32_t address_cut(bx_str s, uint32_t start, uint32_t host, uint32_t *end) {
    uint32_t at = start, cut = 0, slash = 0;
    bool after_cjk = false;
    while (at < s.n && !strchr(" \t\n<", s.p[at])) {
        uint32_t from = at, c = bx_utf8_next(s, &at);
        if (c < 0x80) {
            if (c == '/' && !slash && from >= host)
                slash = from;
            after_cjk = false;
            continue;
        }
        bool mark =
            bx_char_is_punctuation(c) || c == 0xA0 || c == 0x3000 || (c >= 0x2000 && c <= 0x200B);
        bool ends = mark || (bx_char_is_cjk(c) && letter_ends(s, host, slash, from, after_cjk));
        if (ends && !cut)
            cut = from;
        if (ends)
            break;
        after_cjk = bx_char_is_cjk(c);
    }
    *end = at;
    return cut;
}

/* cmark looks for the end of each address at the next blank. Of those in one run without blanks
 * only so many are left for it to find as cost it about this many bytes. */
enum { BYTES_SEARCHED = 1 << 27, FEWEST_ADDRESSES = 64 };

/* Whether another address may be one in the run that it stands in. */
static bool may_search(marker *m, uint32_t at) {
    if (at >= m->run_end) {
        uint32_t end = at;
        while (end < m->text.n && !strchr(" \t\n", m->text.p[end]))
            end++;
        m->run_end = end;
        m->addresses_left = BYTES_SEARCHED / (end - at) + FEWEST_ADDRESSES;
    }
    return m->addresses_left && m->addresses_left--;
}

static uint32_t mark_address(marker *m, uint32_t at, uint32_t prefix) {
    uint32_t end;
    bool left = may_search(m, at);
    if (!left)
        insert(m, at + 1, LETTER);
    if (!left || is_delimited(m->text, at))
        return at + prefix;
    uint32_t cut = address_cut(m->text, at, at + prefix, &end);
    if (!cut)
        return at + prefix;
    insert(m, cut, ADDRESS_END);
    return cut;
}

/* Things that cmark takes quadratic time for, and that no one writes. */

/* Rows of thousands of cells: an error, and the row is cut. */

typedef struct row {
    uint32_t end, pipes;
    bool divides; /* |---|:-: */
    bool blank;
} row;

static row look_at_line(bx_str s, uint32_t at) {
    row r = {.end = bx_str_to(s, at, '\n')};
    bx_str line = bx_str_sub(s, at, r.end);
    for (uint32_t i = bx_str_to(line, 0, '|'); i < line.n; i = bx_str_to(line, i + 1, '|'))
        r.pipes++;
    uint32_t n = 0;
    while (n < line.n && (line.p[n] == ' ' || line.p[n] == '\t'))
        n++;
    r.blank = n == line.n;
    while (n < line.n && strchr("|-: \t>", line.p[n]))
        n++;
    r.divides = n == line.n && r.pipes;
    return r;
}

static void say_columns(marker *m, uint32_t at) {
    if (!m->wide)
        bx_say_limit(m->report, BX_LIMIT_COLUMNS, bx_origin_span(m->origin, at, at));
    m->wide = true;
}

/* Where reading goes on: at the line's end when the rest of it is left out. */
static uint32_t begin_line(marker *m, uint32_t at) {
    uint64_t most = m->report->limits.at[BX_LIMIT_COLUMNS];
    most += most < UINT64_MAX; /* cells have one pipe more than there are of them */
    row r = look_at_line(m->text, at);
    bool wide = r.pipes > most || (r.divides && m->pipes_before > most);
    m->pipes_before = r.pipes;
    m->in_table = !r.blank && (m->in_table || (r.divides && !wide));
    if (!wide || !(r.divides || m->in_table))
        return at;
    say_columns(m, at);
    copy_to(m, at);
    m->copied = r.end;
    return r.end;
}

/* One word with many @ in it: each might be a mail address's, as far as cmark can tell. */
enum { MOST_ATS = 8 };

static bool in_address(char c) {
    return ((c | 32) >= 'a' && (c | 32) <= 'z') || (c >= '0' && c <= '9') || strchr(".+-_@", c);
}

static uint32_t defuse_ats(marker *m, uint32_t at) {
    uint32_t ats = 0;
    for (; at < m->text.n && m->text.p[at] && in_address(m->text.p[at]); at++)
        if (m->text.p[at] == '@' && ++ats > MOST_ATS)
            insert(m, at + 1, LETTER);
    return at;
}

/* Notes that no mark calls, which cmark leaves out: they stay text. */

/* The end of `[^label]` that begins at `at`; 0: there is none. */
static uint32_t note_mark_end(bx_str s, uint32_t at) {
    if (at + 3 >= s.n || s.p[at] != '[' || s.p[at + 1] != '^')
        return 0;
    for (at += 2; at < s.n && s.p[at] != ']'; at++)
        if (strchr("[ \t\n", s.p[at]))
            return 0;
    return at < s.n ? at + 1 : 0;
}

/* Labels are the same whatever their case. */
static bx_str note_label(bx_arena *arena, bx_str s, uint32_t start, uint32_t end) {
    bx_str label = bx_str_dup(arena, bx_str_sub(s, start, end));
    for (uint32_t i = 0; i < label.n; i++)
        if (label.p[i] >= 'A' && label.p[i] <= 'Z')
            ((char *)label.p)[i] += 'a' - 'A';
    return label;
}

static bool begins_line(bx_str s, uint32_t at) {
    while (at && strchr(" \t>", s.p[at - 1]))
        at--;
    return at == 0 || s.p[at - 1] == '\n';
}

static void find_note_marks(marker *m) {
    bx_str s = m->text;
    m->notes = bx_map_new(m->out.arena);
    for (uint32_t at = 0; at < s.n; at++) {
        const char *bracket = memchr(s.p + at, '[', s.n - at);
        if (!bracket)
            return;
        at = (uint32_t)(bracket - s.p);
        uint32_t end = note_mark_end(s, at);
        bool defines = end && end < s.n && s.p[end] == ':' && begins_line(s, at);
        if (end && !defines)
            *bx_map_put(&m->notes, note_label(m->out.arena, s, at, end)) = m;
    }
}

/* `at`: a line's first bracket. */
static void keep_note(marker *m, uint32_t at) {
    uint32_t end = note_mark_end(m->text, at);
    if (!end || end >= m->text.n || m->text.p[end] != ':')
        return;
    if (!m->notes.arena)
        find_note_marks(m);
    if (!bx_map_get(&m->notes, note_label(m->out.arena, m->text, at, end)))
        insert(m, end, LETTER);
}

static bool is_ascii_punct(char c) {
    bool letter = (c | 32) >= 'a' && (c | 32) <= 'z', digit = c >= '0' && c <= '9';
    return c > ' ' && c < 0x7F && !letter && !digit;
}

/* Looks at the byte at `at`, which may need a mark; gives where reading goes on. */
static uint32_t look_at(marker *m, uint32_t at, bool inlines) {
    bx_str s = m->text;
    char c = s.p[at];
    uint32_t prefix;
    if (c == '@')
        return defuse_ats(m, at);
    if (c == '\\' && at + 1 < s.n && is_ascii_punct(s.p[at + 1]))
        return at + 2;
    if (c == '*' || c == '_' || c == '~') {
        uint32_t end = at;
        while (end < s.n && s.p[end] == c)
            end++;
        mark_run(m, at, end);
        return end;
    }
    if ((c == 'h' || c == 'f' || c == 'w') && (prefix = address_prefix(s, at)))
        return mark_address(m, at, prefix);
    if (c == '[' && !inlines && begins_line(s, at))
        keep_note(m, at);
    if (c == '\n' && inlines)
        insert(m, at + 1, LINE);
    return at + 1;
}

static void mark(marker *m, bool inlines) {
    static const bool looked_at[256] = {['@'] = 1, ['\\'] = 1, ['*'] = 1, ['_'] = 1, ['~'] = 1,
                                        ['h'] = 1, ['f'] = 1,  ['w'] = 1, ['['] = 1, ['\n'] = 1};
    bx_str s = m->text;
    if (inlines)
        insert(m, 0, LINE);
    for (uint32_t at = 0; at < s.n;) {
        if (at == 0 || s.p[at - 1] == '\n')
            at = begin_line(m, at);
        at = bx_str_to_any(s, at, looked_at);
        if (at < s.n)
            at = look_at(m, at, inlines);
    }
}

/* For inlines: no blank line may end the paragraph. */
static bx_str one_paragraph(bx_arena *arena, bx_str s, bx_origin *origin) {
    bx_buf out = bx_buf_new(arena);
    bx_origin_builder pieces = {.arena = arena};
    for (uint32_t at = 0; at < s.n;) {
        uint32_t end = at;
        while (end < s.n && s.p[end] != '\n')
            end++;
        bx_str line = bx_str_trim(bx_str_sub(s, at, end));
        if (line.n) {
            if (out.n)
                bx_buf_char(&out, '\n');
            bool hard = end < s.n && end >= at + 2 && s.p[end - 1] == ' ' && s.p[end - 2] == ' ';
            bx_origin_add(&pieces, (uint32_t)out.n, (uint32_t)(line.p - s.p));
            bx_buf_str(&out, line);
            if (hard)
                bx_buf_add(&out, "  ", 2);
        }
        at = end + 1;
    }
    *origin = bx_origin_through(origin, &pieces);
    return bx_buf_view(&out);
}

static bx_str cleaned(bx_arena *arena, bx_str text, bx_origin *origin, bx_report *report) {
    if (is_clean(text))
        return text;
    cleaner k = {.out = bx_buf_new(arena), .pieces = {.arena = arena}};
    clean(&k, text);
    if (k.bad) {
        bx_span span = bx_origin_span(origin, k.first_bad, k.first_bad + 1);
        if (k.bad == 1)
            bx_say(report, BX_D_CONTROL, span, "a control character was left out");
        else
            bx_say(report, BX_D_CONTROL, span,
                   "%u control characters were left out; the first stands here", k.bad);
    }
    *origin = bx_origin_through(origin, &k.pieces);
    return bx_buf_view(&k.out);
}

bx_prepared bx_markdown_prepare(bx_arena *arena, bx_str text, const bx_origin *origin, bool inlines,
                                bx_report *report) {
    bx_prepared p = {.origin = *origin};
    p.text = cleaned(arena, text, &p.origin, report);
    if (inlines)
        p.text = one_paragraph(arena, p.text, &p.origin);
    marker m = {.text = p.text,
                .origin = &p.origin,
                .report = report,
                .out = bx_buf_new(arena),
                .pieces = {.arena = arena}};
    mark(&m, inlines);
    if (!m.out.n && !m.copied)
        return p; /* as it stands */
    copy_to(&m, p.text.n);
    p.origin = bx_origin_through(&p.origin, &m.pieces);
    p.text = bx_buf_view(&m.out);
    return p;
}
