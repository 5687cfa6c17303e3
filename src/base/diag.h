/* Diagnostics: one channel for everything a user must be told.
 *
 * Stages gather all they find and return a status; nothing is printed in the library. Every code is
 * in the table of diag_codes.h with its severity, cause and cure, from which docs are made. */
#ifndef BX_BASE_DIAG_H
#define BX_BASE_DIAG_H

#include "base/limit.h"
#include "base/source.h"
#include "base/words.h"

typedef enum bx_severity { BX_WARNING, BX_ERROR } bx_severity;

/* Codes: see diag_codes.h. The short name (BX_E_UNKNOWN_KEY → "unknown-key") is what users see. */
typedef enum bx_code {
#define BX_CODE_GROUP(title)
#define BX_CODE(id, name, severity, cause, cure, example) BX_D_##id,
#include "base/diag_codes.h"
#undef BX_CODE
#undef BX_CODE_GROUP
    BX_D_COUNT
} bx_code;

typedef struct bx_diag {
    bx_code code;
    bx_severity severity;
    bx_span span;
    bx_str message; /* one sentence, no full stop, begins in lower case */
    bx_str hint;    /* what to do, begins in upper case; may be empty */
    bool has_fix;   /* putting `fix` in place of the span's bytes mends it */
    bx_str fix;
} bx_diag;

/* A thing that is told of once, at the first of its places, whatever the order in which they are
 * met: what composes on two threads, or puts a figure off, meets them in another. */
typedef struct bx_first {
    uint32_t about;  /* the thing: a code point, say */
    uint32_t most;   /* of so many such things is told: those whose first places come first */
    bx_span whole;   /* the place, as far as it is known without looking … */
    uint32_t offset; /* … and in its text, which says what comes first */
} bx_first;

typedef struct bx_report {
    bx_arena *arena;
    bx_sources *sources;
    BX_VEC(bx_diag) list;      /* in the order found: the first BX_KEPT of each severity */
    uint32_t errors, warnings; /* all that were said, kept or not */
    bool strict;               /* warnings are kept as errors */
    const bx_words *words;     /* the language to speak in; NULL: English */
    uint32_t lenient; /* a source whose faults are warnings, unless strict: the issue is written in
                         Markdown, and what is wrong in it never keeps the rest from printing; 0:
                         none */
    BX_VEC(struct bx_told {
        bx_code code;
        bx_first first;
        uint32_t diag; /* index of what was said then; UINT32_MAX: it was not kept */
    })
    told;             /* see bx_say_first */
    bool passed_over; /* the latest one was not kept: it takes no hint */
    uint64_t guessed; /* candidates that bx_guess has looked at */
    bx_limits limits; /* of the job; the defaults unless set */
    bx_span now;      /* what a stage is at work on: where a limit of the whole job is told of */
} bx_report;

/* A file of ten thousand faults is told of no more than this of each severity: memory stays
 * bounded whatever the input, and nobody reads the rest. */
enum { BX_KEPT = 10000 };

bx_report *bx_report_new(bx_arena *arena, bx_sources *sources);

/* Formats and texts are written in English and said in the report's language; parts of messages
 * that are words themselves go through bx_word(report->words, …). */

/* Adds a diagnostic with the code's severity, as strict and lenient have it. Of a text of more than
 * 800 bytes the middle is left out; so it is of a hint. */
void bx_say(bx_report *report, bx_code code, bx_span span, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/* Whether `value` is within a limit; if not, says so at the place (input-limit) and how to raise
 * it. */
bool bx_within(bx_report *report, bx_limit limit, uint64_t value, bx_span span);
/* Says that it is not. */
void bx_say_limit(bx_report *report, bx_limit limit, bx_span span);

/* Says with this code what is true of every place of a thing at the first of them alone. It takes no
 * hint. bx_is_first, asked before the exact place is sought, tells whether it would change anything.
 */
void bx_say_first(bx_report *report, bx_code code, const bx_first *first, bx_span at,
                  const char *format, ...) __attribute__((format(printf, 5, 6)));
bool bx_is_first(const bx_report *report, bx_code code, const bx_first *first);
/* Says what another report has gathered, as if it were said now; its messages are borrowed. */
void bx_report_join(bx_report *report, const bx_report *part);
/* Gives the latest diagnostic a hint. */
void bx_hint(bx_report *report, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Says that the latest diagnostic is mended, without changing what the text means, by putting these
 * bytes in place of its span. Copied. */
void bx_fix(bx_report *report, bx_str replacement);

const char *bx_code_name(bx_code code);
const char *bx_code_cause(bx_code code);
const char *bx_code_cure(bx_code code);
bx_severity bx_code_severity(bx_code code);

/* docs/diagnostics.md, in Markdown. */
void bx_codes_page(bx_buf *out);

/* The candidate nearest to `word` (at most a third of its length away, case folded), or an empty
 * string. For "did you mean". */
bx_str bx_nearest(bx_str word, const bx_str *candidates, size_t n);
/* The same for the hint of the latest diagnostic. After a million comparisons, or when the
 * diagnostic is not kept, it is empty: thousands of wrong names among thousands take their product
 * of time. */
bx_str bx_guess(bx_report *report, bx_str word, const bx_str *candidates, size_t n);

/* Stable order for printing: by source, place, then order found. Places of "no place" come first.
 */
void bx_report_sort(bx_report *report);

#endif
