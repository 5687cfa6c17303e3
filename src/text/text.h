/* One paragraph: characters in, lines of positioned glyphs out. Chinese line layout lives here.
 *
 * A paragraph is one stream of text with spans as attributes: a bold word, a link or code never
 * resets spacing or breaking (R1). The stages are files of this folder, in order:
 *
 *     resolve   white space, soft breaks, quotes by pairing and context, classes   (R5, R7, R33)
 *     itemize   runs by script, direction, language, face                           (R34)
 *     shape     HarfBuzz, once
 *     space     mark widths, adjacency, autospace                                   (R6, R8, R9,
 * R12) break     opportunities, then total fit with edge trims                       (R2–R5,
 * R10–R19, R25, R26) adjust    compress and stretch each line in tiers (R14, R15) place     visual
 * order, glyph positions
 *
 * A shaped paragraph can be broken for several measures. Lengths are 1/1024 pt, offsets bytes of
 * the stream. Nothing here knows pages. Direction is in the types; only horizontal text is set. */
#ifndef BX_TEXT_TEXT_H
#define BX_TEXT_TEXT_H

#include "base/diag.h"
#include "font/font.h"
#include "style/style.h"

enum {                        /* bx_text_span.flags */
       BX_SPAN_CODE = 1 << 0, /* no autospace inside, breaks as code, no quote resolution */
       BX_SPAN_RAISED =
           1 << 1, /* superscript, note mark: no autospace, bound to what precedes (R21) */
       BX_SPAN_LOWERED = 1 << 2,
       BX_SPAN_PADDED = 1 << 3, /* a box with padding: suppresses autospace at its edges */
       BX_SPAN_DOTS = 1 << 4,   /* emphasis dots (R29) */
       BX_SPAN_UNDERLINE = 1 << 5,
       BX_SPAN_STRIKE = 1 << 6,
       BX_SPAN_URL = 1 << 7,  /* its text is an address: breaks by R18 */
       BX_SPAN_KEEP = 1 << 8, /* never broken inside */
       BX_SPAN_NO_BREAK_BEFORE = 1 << 9,
       BX_SPAN_CAPITALS = 1 << 10, /* letters are shown as capitals; the text stays as typed */
       BX_SPAN_SILENT = 1 << 11,   /* not set: it is copied with the character before it, at the
                                    * stream's start with the one after it. For marks whose work the
                                    * layout does: the colon after a label */
};

typedef struct bx_hyphens bx_hyphens; /* see hyphenate.h */

/* Attributes of a stretch of the stream. Spans are sorted, do not overlap and cover the stream. */
typedef struct bx_text_span {
    uint32_t start, end;
    bx_font_style font;
    bx_len size;
    bx_len raise; /* upward from the baseline */
    bx_em tracking;
    bx_color color, tint;
    bx_str lang; /* empty: the paragraph's */
    uint32_t flags;
    uint32_t link;  /* the caller's index of a link target; 0: none */
    uint32_t tag;   /* the caller's semantic node */
    bx_str role;    /* the caller's name for the paragraph's kind: for dumps only */
    bx_span source; /* where the text was read, for messages */
    const struct bx_text_object *object; /* the span is one U+FFFC: an inline picture, a box */
    bx_str ruby;                         /* reading over the span (R30) */
} bx_text_span;

/* Something that stands in the line like a character: width, and reach above and below the
 * baseline. */
typedef struct bx_text_object {
    bx_len width, ascent, descent;
    const void *payload; /* the caller's */
} bx_text_object;

typedef struct bx_text_input {
    bx_str text; /* UTF-8, valid. '\n' is a soft break (R33), U+2028 a forced line break */
    const bx_text_span *spans;
    uint32_t n_spans;
    bx_setting set;
    bx_len size, pitch; /* of the paragraph's role: the em that indents and amounts refer to */
    bx_str lang;
    bool edge_trim;            /* R10, R11; true but for --measure=none */
    const bx_hyphens *hyphens; /* dictionaries for R19; NULL: only soft hyphens */
} bx_text_input;

typedef struct bx_paragraph bx_paragraph;

/* One cluster's glyph(s), positioned. x is from the measure's left edge to the glyph's origin, y
 * up. */
typedef struct bx_glyph {
    uint32_t id;
    uint32_t
        cluster; /* offset in the stream of the text it stands for; BX_NO_TEXT: added (a hyphen) */
    uint32_t bytes; /* how much text that is: glyphs after the first of a cluster have 0 */
    bx_len x, y, advance;
    bx_len white; /* after it, up to the next cluster: autospace and stretch, which are no text */
} bx_glyph;
enum { BX_NO_TEXT = UINT32_MAX };

/* Glyphs of one face, size and span, in visual order. */
typedef struct bx_glyph_run {
    const bx_face *face;
    const bx_text_span *span;
    union {
        const bx_glyph *glyphs;
        const uint8_t *bytes; /* packed: the glyphs in a fifth of the room */
    };
    bx_str text; /* what clusters index: the whole stream as typed, with soft breaks and
                  * tabs as spaces; of a ruby reading, the reading */
    bx_len size;
    uint32_t start, end; /* bytes of the stream that the run stands for */
    bx_len x, width; /* from the measure's left edge; gaps inside included, the one after it not */
    uint32_t n : 29; /* flags beside it: of the runs of a long document there are a million */
    bool rtl : 1;
    bool vertical : 1;
    bool packed : 1;
} bx_glyph_run;

/* Packs runs for keeping; what their glyphs were in is no longer needed. */
void bx_runs_pack(bx_arena *arena, bx_glyph_run *runs, uint32_t n);
/* The run with its glyphs, which are in the arena when they were packed. */
bx_glyph_run bx_run_unpack(bx_arena *arena, const bx_glyph_run *run);

/* What a run's glyphs stand for, in the order of the stream: a line break of the source that
 * vanished and blanks that are one space are not in it. */
bx_str bx_run_text(const bx_glyph_run *run, bx_arena *arena);

typedef struct bx_placed_object {
    const bx_text_span *span;
    bx_len x;
} bx_placed_object;

/* A drawn mark that is no glyph: emphasis dots are glyph runs; these are rules and ruby runs. */
typedef struct bx_line {
    uint32_t start, end;    /* bytes of the stream; the next line starts at end or after blanks */
    bx_len x;               /* where the line begins: indent, centring. All other x include it */
    bx_len natural;         /* width with edges trimmed, before justification */
    bx_len width;           /* after it; a mark that hangs is not counted */
    bx_len ascent, descent; /* reach of what is set in it; ruby and dots included */
    const bx_glyph_run *runs;
    uint32_t n_runs;
    const bx_glyph_run *extras; /* ruby readings, emphasis dots: artifacts or RT by span->ruby */
    uint32_t n_extras;
    const bx_placed_object *objects;
    uint32_t n_objects;
    bool forced;     /* ends at U+2028 or at the paragraph's end */
    bool hyphen;     /* a hyphen was added */
    int32_t stretch; /* gap added between Han, 1/1024 em; negative: compressed */
} bx_line;

typedef struct bx_lines {
    const bx_line *at;
    uint32_t n;
    bool overfull; /* some line is wider than the measure; a warning was given */
} bx_lines;

/* Shapes a paragraph. The input's text and spans are borrowed for the paragraph's life. Missing
 * glyphs are warned of, once a code point in `report`'s life, at their place in the source. */
bx_paragraph *bx_paragraph_new(bx_arena *arena, const bx_fonts *fonts, const bx_text_input *input,
                               bx_report *report);

/* Breaks it to a measure. BX_NO_MEASURE: one line. Lines live in `arena`. */
bx_lines bx_paragraph_lines(bx_paragraph *paragraph, bx_len measure, bx_arena *arena,
                            bx_report *report);
enum { BX_NO_MEASURE = BX_LEN_MAX };

/* One line forced to `width`, compressed or stretched (the --fit of the paragraph command). */
bx_lines bx_paragraph_fit(bx_paragraph *paragraph, bx_len width, bx_arena *arena);

/* Width of the whole on one line, edges trimmed; and of its widest unbreakable piece. */
bx_len bx_paragraph_natural(const bx_paragraph *paragraph);
bx_len bx_paragraph_least(const bx_paragraph *paragraph);

/* Byte offsets of the legal break opportunities, ascending, the end of the text excluded. */
const uint32_t *bx_paragraph_breaks(const bx_paragraph *paragraph, uint32_t *n);

/* One cluster as `banxin paragraph` shows it (design contract): lengths in 1/1024 pt. */
typedef struct bx_cluster_view {
    uint32_t start, end;
    bx_len x, advance, gap;
    const bx_face *face;
} bx_cluster_view;
/* The clusters of line i of `lines`, which must be the latest made by this paragraph. */
const bx_cluster_view *bx_paragraph_clusters(const bx_paragraph *paragraph, const bx_lines *lines,
                                             uint32_t i, uint32_t *n);

/* Reads the dictionary that balanced titles in Chinese are divided into words by, which ICU then
 * keeps: for who has time before it is needed. Any thread. */
void bx_words_warm(void);

#endif
