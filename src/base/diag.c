#include "base/diag.h"

#include <stdarg.h>

typedef struct code_row {
    const char *name, *cause, *cure;
    bx_severity severity;
} code_row;

static const code_row codes[] = {
#define BX_CODE_GROUP(title)
#define BX_CODE(id, name, severity, cause, cure, example) {name, cause, cure, severity},
#include "base/diag_codes.h"
#undef BX_CODE
#undef BX_CODE_GROUP
};

const char *bx_code_name(bx_code code) { return codes[code].name; }
const char *bx_code_cause(bx_code code) { return codes[code].cause; }
const char *bx_code_cure(bx_code code) { return codes[code].cure; }
bx_severity bx_code_severity(bx_code code) { return codes[code].severity; }

bx_report *bx_report_new(bx_arena *arena, bx_sources *sources) {
    bx_report *r = bx_new(arena, bx_report);
    r->arena = arena;
    r->sources = sources;
    r->limits = bx_limits_default();
    return r;
}

static bx_severity severity_of(const bx_report *r, bx_code code, bx_span span) {
    if (r->strict || code == BX_D_INPUT_LIMIT) /* what is beyond a limit is not printed in part */
        return BX_ERROR;
    if (r->lenient && span.source == r->lenient)
        return BX_WARNING;
    return bx_code_severity(code);
}

/* What a message repeats of the input may be all of it: its middle is left out, so that it stays a
 * line that can be read. */
static bx_str say_shortly(bx_report *r, const char *format, va_list args) {
    enum { MOST = 800, HEAD = 480, TAIL = 240 };
    bx_str text = bx_str_vfmt(r->arena, bx_word(r->words, format), args);
    if (text.n <= MOST)
        return text;
    uint32_t head = HEAD, tail = text.n - TAIL;
    while (((unsigned char)text.p[head] & 0xC0) == 0x80)
        head--;
    while (((unsigned char)text.p[tail] & 0xC0) == 0x80)
        tail--;
    return bx_str_fmt(r->arena, "%.*s … %.*s", BX_STR_ARG(bx_str_sub(text, 0, head)),
                      BX_STR_ARG(bx_str_sub(text, tail, text.n)));
}

/* Counts one more; whether it is to be kept. */
static bool count(bx_report *r, bx_severity severity) {
    uint32_t *said = severity == BX_ERROR ? &r->errors : &r->warnings;
    r->passed_over = (*said)++ >= BX_KEPT;
    return !r->passed_over;
}

static void say(bx_report *r, bx_code code, bx_span span, const char *format, va_list args) {
    bx_severity severity = severity_of(r, code, span);
    if (!count(r, severity))
        return;
    bx_str message = say_shortly(r, format, args);
    bx_push(r->arena, &r->list,
            (bx_diag){.code = code, .severity = severity, .span = span, .message = message});
}

void bx_say(bx_report *r, bx_code code, bx_span span, const char *format, ...) {
    va_list args;
    va_start(args, format);
    say(r, code, span, format, args);
    va_end(args);
}

/* Whether one place comes before another; places in no source come last. */
static bool comes_first(const bx_first *a, const bx_first *b) {
    const bx_span *x = &a->whole, *y = &b->whole;
    if (x->source != y->source)
        return x->source && (!y->source || x->source < y->source);
    return x->start != y->start ? x->start < y->start : a->offset < b->offset;
}

/* What this would take the place of: what was said of the same, or, when enough has been said, what
 * was said of the last place. NULL: nothing. */
static struct bx_told *displaced(const bx_report *r, bx_code code, const bx_first *first) {
    struct bx_told *last = NULL;
    uint32_t n = 0;
    for (uint32_t i = 0; i < r->told.n; i++) {
        struct bx_told *t = &r->told.at[i];
        if (t->code != code)
            continue;
        if (t->first.about == first->about)
            return t;
        n++;
        if (!last || comes_first(&last->first, &t->first))
            last = t;
    }
    return n < first->most ? NULL : last;
}

bool bx_is_first(const bx_report *r, bx_code code, const bx_first *first) {
    const struct bx_told *told = displaced(r, code, first);
    return first->most && (!told || comes_first(first, &told->first));
}

/* The diagnostic that is to say it; NULL: it is beyond those that are kept. */
static bx_diag *put_first(bx_report *r, bx_code code, const bx_first *first, bx_span at) {
    struct bx_told *told = displaced(r, code, first);
    if (!told) {
        bool kept = count(r, severity_of(r, code, at));
        bx_push(r->arena, &r->told, (struct bx_told){code, *first, kept ? r->list.n : UINT32_MAX});
        if (kept)
            bx_push(r->arena, &r->list, (bx_diag){.code = code});
        return kept ? &r->list.at[r->list.n - 1] : NULL;
    }
    told->first = *first;
    r->passed_over = true; /* it is not the latest one */
    return told->diag < r->list.n ? &r->list.at[told->diag] : NULL;
}

void bx_say_first(bx_report *r, bx_code code, const bx_first *first, bx_span at, const char *format,
                  ...) {
    bx_diag *diag = bx_is_first(r, code, first) ? put_first(r, code, first, at) : NULL;
    if (!diag)
        return;
    va_list args;
    va_start(args, format);
    *diag = (bx_diag){.code = code,
                      .severity = severity_of(r, code, at),
                      .span = at,
                      .message = say_shortly(r, format, args)};
    va_end(args);
}

void bx_report_join(bx_report *r, const bx_report *part) {
    uint32_t next = 0;
    for (uint32_t i = 0; i < part->list.n; i++) {
        const bx_diag *d = &part->list.at[i];
        const struct bx_told *told = next < part->told.n ? &part->told.at[next] : NULL;
        if (!told || told->diag != i) {
            if (count(r, d->severity))
                bx_push(r->arena, &r->list, *d);
            continue;
        }
        next++;
        bx_diag *diag = bx_is_first(r, told->code, &told->first)
                            ? put_first(r, told->code, &told->first, d->span)
                            : NULL;
        if (diag)
            *diag = *d;
    }
}

void bx_hint(bx_report *r, const char *format, ...) {
    if (r->list.n == 0 || r->passed_over)
        return;
    va_list args;
    va_start(args, format);
    r->list.at[r->list.n - 1].hint = say_shortly(r, format, args);
    va_end(args);
}

void bx_fix(bx_report *r, bx_str replacement) {
    if (r->list.n == 0 || r->passed_over)
        return;
    bx_diag *d = &r->list.at[r->list.n - 1];
    d->has_fix = true;
    d->fix = bx_str_dup(r->arena, replacement);
}

void bx_say_limit(bx_report *r, bx_limit limit, bx_span span) {
    bx_say(r, BX_D_INPUT_LIMIT, span, "more than %llu %s", (unsigned long long)r->limits.at[limit],
           bx_word(r->words, bx_limit_what(limit)));
    bx_hint(r, "Divide it, or raise the limit: --limit %s=…", bx_limit_name(limit));
}

bool bx_within(bx_report *r, bx_limit limit, uint64_t value, bx_span span) {
    if (value <= r->limits.at[limit])
        return true;
    bx_say_limit(r, limit, span);
    return false;
}

static bx_str fold_case(bx_str s, char out[64]) {
    uint32_t n = s.n < 64 ? s.n : 64;
    for (uint32_t i = 0; i < n; i++)
        out[i] = s.p[i] >= 'A' && s.p[i] <= 'Z' ? (char)(s.p[i] + 32) : s.p[i];
    return (bx_str){out, n};
}

bx_str bx_nearest(bx_str word, const bx_str *candidates, size_t n) {
    char a[64], b[64];
    bx_str folded = fold_case(word, a);
    uint32_t best = word.n / 3 + 1;
    bx_str found = {0};
    for (size_t i = 0; i < n; i++) {
        uint32_t d = bx_str_distance(folded, fold_case(candidates[i], b), best);
        if (d < best || (d == best && !found.n && d < word.n)) {
            best = d;
            found = candidates[i];
        }
    }
    return found;
}

bx_str bx_guess(bx_report *r, bx_str word, const bx_str *candidates, size_t n) {
    enum { MOST_GUESSED = 1000000 };
    if (r->passed_over || r->guessed > MOST_GUESSED)
        return (bx_str){0};
    r->guessed += n;
    return bx_nearest(word, candidates, n);
}

static bool stands_before(const bx_diag *x, const bx_diag *y) {
    if (x->span.source != y->span.source)
        return x->span.source < y->span.source;
    return x->span.start < y->span.start;
}

/* Merges two sorted halves; of equal places the one of the first half comes first. */
static void merge(bx_diag *to, const bx_diag *from, uint32_t start, uint32_t middle, uint32_t end) {
    for (uint32_t at = start, a = start, b = middle; at < end; at++)
        to[at] =
            a == middle || (b < end && stands_before(&from[b], &from[a])) ? from[b++] : from[a++];
}

void bx_report_sort(bx_report *r) {
    uint32_t n = r->list.n;
    bx_diag *from = r->list.at, *to = bx_new_n(r->arena, bx_diag, n);
    for (uint64_t width = 1; width < n; width *= 2) {
        for (uint64_t start = 0; start < n; start += 2 * width) {
            uint64_t middle = start + width < n ? start + width : n;
            uint64_t end = middle + width < n ? middle + width : n;
            merge(to, from, (uint32_t)start, (uint32_t)middle, (uint32_t)end);
        }
        bx_diag *sorted = to;
        to = from;
        from = sorted;
    }
    if (r->list.at != from)
        r->list.cap = n; /* the new array has no room to grow */
    r->list.at = from;
}
