/* Inside of a paragraph: what the stages of this folder hand to each other.
 *
 * The unit is the cluster: an extended grapheme cluster (UAX #29), or several that one glyph draws
 * (a ligature, the two halves of ——). Each stage fills its own fields. Lengths are 1/1024 pt;
 * widths of marks are kept apart as cell, blank and cut, because what is cut depends on where the
 * line breaks. */
#ifndef BX_TEXT_PARAGRAPH_H
#define BX_TEXT_PARAGRAPH_H

#include "base/vec.h"
#include "text/classes.h"
#include "text/text.h"

/* Whether and how a line may end before a cluster. */
typedef enum bx_break {
    BX_BREAK_NO,
    BX_BREAK_YES,
    BX_BREAK_SOFT,      /* at a soft hyphen: a hyphen is added */
    BX_BREAK_HYPHENATE, /* found by the dictionary: only where hyphenation is on, or for an overlong
                           word */
    BX_BREAK_LATE,      /* poor but correct: used when a line would otherwise be too loose */
    BX_BREAK_LAST,      /* only rather than an overfull line */
    BX_BREAK_FORCED,
} bx_break;

/* What may happen to the gap after a cluster when a line is stretched or compressed. */
typedef enum bx_gap {
    BX_GAP_NONE, /* never: inside words, units, beside connectors */
    BX_GAP_HAN,  /* third tier of stretching */
    BX_GAP_MARK, /* ja: beside marks, only after the others are at their cap */
    BX_GAP_AUTO, /* autospace: shrinks and grows */
    BX_GAP_WORD, /* this cluster is a word space: the space itself changes */
} bx_gap;

enum { /* bx_cluster.flags */
       BX_CL_HIDDEN =
           1 << 0, /* draws nothing: ZWSP, word joiner, soft hyphen, a space that was replaced */
       BX_CL_SPACE = 1 << 1, /* white space that vanishes at a line's edges */
       BX_CL_BOUND = 1 << 2, /* belongs to one unit with the cluster before it (R3): never split,
                                never spread */
       BX_CL_UNSAFE =
           1 << 3, /* shaped together with what precedes: reshape when a line begins here */
       BX_CL_FORCED = 1 << 4, /* U+2028 */
       BX_CL_OBJECT = 1 << 5,
       BX_CL_URL = 1 << 6, /* inside an address */
       BX_CL_URL_START = 1 << 7,
       BX_CL_EMOJI = 1 << 8,
       BX_CL_LATIN_QUOTE = 1 << 9, /* resolved as Latin by R7 */
       BX_CL_CJK_QUOTE = 1 << 10,  /* resolved as CJK by R7 */
       BX_CL_SOFT = 1 << 11,       /* the space was a line break in the source */
       BX_CL_KEEP_SPACE = 1 << 12, /* code: spaces are kept as they are */
       BX_CL_NOTE = 1 << 13,       /* superscript or subscript */
       BX_CL_SHY = 1 << 14,
       BX_CL_PAIRED = 1 << 15, /* of the same —— or …… as the cluster before it */
};

typedef struct bx_cluster {
    uint32_t start, end; /* bytes of the stream */
    uint32_t code;       /* its first code point */
    uint32_t cp;         /* index of that in paragraph.codes */
    uint32_t span, item; /* item: index of its shaping item */
    uint32_t glyph;      /* its glyphs, in visual order */
    uint16_t n_glyphs;
    uint16_t flags;
    uint8_t mark, spacing, kind, region; /* bx_punct, bx_spacing, bx_kind, bx_region */
    uint8_t level;                       /* of bidi */
    uint8_t before;                      /* bx_break: may a line end before it */
    uint8_t gap_kind;                    /* bx_gap */
    uint8_t tier_lead, tier_tail; /* tier in which its remaining blank is compressed; 0: never */

    bx_len cell;                   /* advance as shaped, or the cell the class asks for */
    bx_len offset;                 /* of the glyph's origin in the cell */
    bx_len blank_lead, blank_tail; /* white that may be cut at each side */
    bx_len base_lead, base_tail;   /* cut always (punctuation style) */
    bx_len pair_lead,
        pair_tail; /* cut because of the neighbour (R8, R9); undone when a line breaks there */
    bx_len edge_lead, edge_tail; /* cut at a line's start and end instead */
    bx_len late_tail;            /* may be cut at the line's end when that helps (ja) */
    bx_len gap;                  /* white after it: autospace; gone at a line's end */
    bx_len pad;                  /* rigid white after it: tracking, ruby; gone at a line's end */
    bx_len rigid;                /* rigid white inside the cell before the glyph (ruby) */
    bx_len shrink, grow;         /* how far its gap or its space may change */
} bx_cluster;

enum { BX_LONGEST_CLUSTER = 64 }; /* code points; what a longer one has is in the next */

typedef struct bx_glyph_shape {
    uint32_t id;
    bx_len advance, x, y;
    bool unsafe; /* HB_GLYPH_FLAG_UNSAFE_TO_BREAK */
} bx_glyph_shape;

/* Clusters shaped in one call: one face, size, script, direction, language, set of features. */
typedef struct bx_item_run {
    uint32_t first, end; /* clusters */
    const bx_face *face;
    bx_len size;
    uint32_t span;
    uint32_t script; /* hb_script_t */
    bx_str lang;
    uint8_t level;
    uint8_t features; /* bx_features */
} bx_item_run;

enum {
    BX_FEAT_FULL = 1,
    BX_FEAT_PROPORTIONAL = 2,
    BX_FEAT_HALF = 4,
    BX_FEAT_HAN = 8,
    BX_FEAT_CODE = 16
};

typedef struct bx_code_at {
    uint32_t at; /* byte of the stream */
    uint32_t cluster;
} bx_code_at;

/* Sums over the clusters before an index, for O(1) measures of any line. */
typedef struct bx_sum {
    int64_t width, shrink, grow;
    int64_t poor;    /* the part of `shrink` that is taken last: autospace, stops */
    uint32_t gaps;   /* of the third tier of stretching */
    uint32_t places; /* where anything at all may be added */
    uint32_t solid;  /* characters that count against a lonely last line (R25) */
} bx_sum;

typedef struct bx_ruby bx_ruby; /* a base and its reading, see ruby.c */

struct bx_paragraph {
    bx_arena *arena;
    const bx_fonts *fonts;
    bx_text_input in;
    bx_report *report;
    bx_str text; /* the stream with soft breaks and tabs as spaces: same length */
    bx_region region;
    bool rtl; /* base direction */
    BX_VEC(bx_cluster) clusters;
    BX_VEC(uint32_t) codes; /* code points of all clusters */
    BX_VEC(bx_code_at) cps; /* where each of them is */
    BX_VEC(bx_item_run) items;
    BX_VEC(bx_glyph_shape) glyphs;
    bx_sum *sums; /* n + 1 */
    uint32_t
        *content; /* n + 1: [k] is the end of what shows before a break at k: trailing spaces off */
    bx_len hyphen;          /* advance of a hyphen in the paragraph's face */
    uint8_t *words;         /* balanced setting: 1 where a word begins (R26), by cluster; or NULL */
    struct bx_ruby *rubies; /* in the order of the text */
    uint32_t n_rubies;
    struct bx_fit_scratch *fit;
    struct bx_chosen *latest; /* the latest lines, for bx_paragraph_clusters */
    uint32_t n_latest;
    bx_len latest_measure;
    bool latest_fit; /* made by bx_paragraph_fit */
    bool hyphenated; /* bx_hyphenate was here */
};

/* Stages, in order. */
void bx_resolve(bx_paragraph *p);        /* clusters, white space, soft breaks, classes */
void bx_resolve_quotes(bx_paragraph *p); /* R7; marks */
void bx_mark_urls(bx_paragraph *p);      /* R18 */
void bx_bidi(bx_paragraph *p);
void bx_itemize(bx_paragraph *p);
void bx_shape(bx_paragraph *p);
void bx_set_cells(bx_paragraph *p);     /* R6 and the font's own ink */
void bx_set_pairs(bx_paragraph *p);     /* R8, R9 */
void bx_set_edges(bx_paragraph *p);     /* R10, R11 */
void bx_set_autospace(bx_paragraph *p); /* R12 */
void bx_set_ruby(bx_paragraph *p);      /* R30: widens bases */
void bx_find_breaks(bx_paragraph *p);   /* R2–R5, R18, R19 */
void bx_set_gaps(bx_paragraph *p);      /* what R14 and R15 may change; the sums */

/* A line as chosen by the breaker: clusters [first, end), what shows ends at `content`. */
typedef struct bx_chosen {
    uint32_t first, content, end;
    bool hang, hyphen, forced, overfull;
    bool late; /* the last mark's late_tail is cut (ja) */
} bx_chosen;
typedef struct bx_choice {
    bx_chosen *at;
    uint32_t n;
} bx_choice;

/* Total fit (R4, R10–R19, R25). Lines live in the arena. */
bx_choice bx_fit_lines(bx_paragraph *p, bx_len measure, bx_arena *arena);
/* By how much a line that ends here becomes narrower when its last mark hangs (R13); 0: it may not.
 * Only when nothing else makes the line fit. */
bx_len bx_hang_of(const bx_paragraph *p, uint32_t content);
/* Lines of similar length, broken between words (R26). */
bx_choice bx_balance_lines(bx_paragraph *p, bx_len measure, bx_arena *arena);

/* What clusters [first, content) come to on a line of their own, before justification. */
typedef struct bx_measured {
    int64_t natural, shrink, poor, grow;
    uint32_t gaps, places, solid;
} bx_measured;
bx_measured bx_measure_line(const bx_paragraph *p, uint32_t first, uint32_t content);

/* Width of a cluster inside a line, and what changes when it stands at the line's start or end. */
bx_len bx_cluster_advance(const bx_cluster *c);

/* One cluster as it stands in a line. */
typedef struct bx_placed {
    bx_len cell;       /* as shaped for this line */
    bx_len lead, tail; /* cut from the cell */
    bx_len space;      /* added to a word space, or taken from it */
    bx_len gap;        /* white after it */
    bx_len x;          /* of the cell's left edge, from the measure's edge */
} bx_placed;

/* Glyphs of clusters [first, first + n) shaped anew because the line breaks inside their word. */
typedef struct bx_piece_shape {
    uint32_t first, n;
    bx_glyph_shape *glyphs;
    uint32_t *glyph; /* by cluster - first: its glyphs in `glyphs` */
    uint16_t *n_glyphs;
} bx_piece_shape;

/* A line being set: placed[i] is cluster line.first + i. */
typedef struct bx_setting_line {
    const bx_paragraph *p;
    bx_chosen line;
    bx_placed *placed;
    uint32_t n;
    bx_len natural, width;
    int32_t stretch; /* of the gaps between Han, 1/1024 em; negative: the line is compressed */
    bx_piece_shape pieces[2];
    uint32_t n_pieces;
} bx_setting_line;

/* The line as it is before justification: edges trimmed. */
bx_setting_line bx_line_begin(const bx_paragraph *p, const bx_chosen *line, bx_arena *arena);
/* Compresses it to `width` when it is wider, and stretches it when `stretch`, in the tiers of R14
 * and R15. */
void bx_line_adjust(bx_setting_line *set, bx_len width, bool stretch, bx_arena *arena);
/* Positions everything from out->x on. */
void bx_line_place(bx_setting_line *set, bx_line *out, bx_arena *arena);

/* Shapes clusters [first, end) of one item anew, as if nothing stood on either side. */
bx_piece_shape bx_shape_piece(const bx_paragraph *p, uint32_t first, uint32_t end, bx_arena *arena);

/* How much wider a cluster is when a line ends after it: kerning with the next one goes. */
bx_len bx_lost_kern(const bx_paragraph *p, uint32_t cluster);

/* What nearly all Chinese text is made of, and none of the rules for single characters speaks of: a
 * common ideograph that nothing has been said about. UAX #14 calls it ID, UAX #24 Han. */
static inline bool bx_is_plain_han(const bx_cluster *c) {
    return c->kind == BX_KIND_HAN && c->code >= 0x4E00 && c->code <= 0x9FFF && c->flags == 0;
}
/* The same of Latin text, kerned or not. */
static inline bool bx_is_plain_letter(const bx_cluster *c) {
    return c->kind == BX_KIND_LETTER && c->code < 0x80 && (c->flags & ~BX_CL_UNSAFE) == 0;
}

static inline const bx_text_span *bx_cluster_span(const bx_paragraph *p, const bx_cluster *c) {
    return &p->in.spans[c->span];
}
/* Whether any span has one of the flags. */
static inline bool bx_any_span(const bx_paragraph *p, uint32_t flags) {
    uint32_t any = 0;
    for (uint32_t i = 0; i < p->in.n_spans; i++)
        any |= p->in.spans[i].flags;
    return (any & flags) != 0;
}

#endif
