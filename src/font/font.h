/* Fonts: which face draws which character.
 *
 * A set of fonts is opened once, from the families table of fonts/ and the directories it, the
 * layout and the user name (never the system's own configuration), and is shared by all threads.
 * A face is immutable; its HarfBuzz font has the face's design units as scale.
 *
 * Families are asked for by key ("song", "hei", "kai", "mono"); the table says which real family
 * serves the key for a language and script, which file serves its bold, its italic, and where to
 * look when a character is missing. The choice is made by script run, never by fallback order
 * alone (R34), and does not depend on what else is installed. */
#ifndef BX_FONT_FONT_H
#define BX_FONT_FONT_H

#include "base/diag.h"
#include "base/hash.h"
#include "base/length.h"
#include "style/style.h"

struct hb_face_t;
struct hb_font_t;
struct hb_set_t;
struct hb_feature_t;
struct hb_language_impl_t;
struct _FcConfig;

typedef struct bx_fonts bx_fonts;
typedef struct bx_face bx_face;

typedef struct bx_font_options {
    const bx_str *folders; /* searched for font files, in this order */
    uint32_t n_folders;
    bx_str table;      /* path of families.yaml: keys, languages, real families, fallback */
    bool owns_default; /* fontconfig's default is made an empty one: see bx_fonts_config */
    bool tolerant;     /* a required family may be missing: for listing what there is */
} bx_font_options;

/* Opens the set: reads the table, finds the files, checks that every family the table calls
 * required is there (BX_D_FONT_MISSING names it and the package that has it). NULL after an error.
 * The set lives in `press` and is dropped with it. It keeps using the allocator of press's memory,
 * under its own lock, so that must be one that any thread may call. */
bx_fonts *bx_fonts_open(bx_arena *press, const bx_font_options *options, bx_report *report);

typedef enum bx_face_format {
    BX_FACE_CFF_CID,  /* Noto CJK */
    BX_FACE_CFF_NAME, /* name-keyed CFF */
    BX_FACE_TRUETYPE,
    BX_FACE_BITMAP, /* CBDT colour bitmaps: emoji */
} bx_face_format;

/* All constant for the life of the set. Lengths in design units. */
typedef struct bx_face_info {
    bx_str postscript_name; /* NotoSerifCJKsc-Regular */
    bx_str family, style;
    bx_str path;
    uint32_t index; /* in its collection */
    uint32_t n_glyphs;
    int32_t units_per_em;
    int32_t ascender, descender; /* OS/2 typographic, descender negative */
    int32_t cap_height, x_height;
    int32_t bbox[4];      /* x min, y min, x max, y max */
    int32_t italic_angle; /* 1/65536 degree */
    bx_em scale;          /* text in this face is set at so much of its size (1024: as it is), so
                           * that its x-height is that of the faces it stands beside */
    uint16_t weight;
    bool italic, fixed_pitch, serif;
    bx_face_format format;
    uint64_t content; /* hash of the file's length and its tables' checksums */
    uint16_t number;  /* index in the set, stable in a run */
} bx_face_info;

const bx_face_info *bx_face_get(const bx_face *face);
/* The version that the font gives itself: "Version 2.003". May be empty. */
bx_str bx_face_version(const bx_face *face, bx_arena *arena);
/* Of the library that shapes and subsets: "6.0.0". */
const char *bx_font_library_version(void);
struct hb_font_t *bx_face_hb_font(const bx_face *face); /* borrowed, immutable */
struct hb_face_t *bx_face_hb_face(const bx_face *face); /* borrowed, immutable */
/* Copies bytes of the face's file that a table of its hb_face shows. They are read and not taken
 * from the mapping: where a few bytes are wanted here and there, as of outlines, mapping their
 * pages costs more than their bytes. After some thousand, as in a batch, the pages are worth their
 * price. False: the file is no longer what it was. Any thread. */
bool bx_face_read(const bx_face *face, bx_str mapped, void *into);
bool bx_face_has(const bx_face *face, uint32_t code_point);
/* How many of the characters it has before the first that it lacks. */
uint32_t bx_face_has_first(const bx_face *face, const uint32_t *code_points, uint32_t n);
/* The ink of a glyph, in design units, from its origin rightward. False: it has none. */
typedef struct bx_glyph_ink {
    int32_t left, width;
} bx_glyph_ink;
bool bx_face_ink(const bx_face *face, uint32_t glyph, bx_glyph_ink *ink);
uint32_t bx_face_glyph(const bx_face *face, uint32_t code_point, uint32_t variation_selector);
/* What output has made of a glyph's outline, for the issues to come: the same of every face and
 * glyph, whoever makes it. Empty: nothing yet. */
bx_str bx_face_outline(const bx_face *face, uint32_t glyph);
void bx_face_keep_outline(const bx_face *face, uint32_t glyph, bx_str outline);

/* How a face shapes text from left to right in a script and a language with some features on or
 * off. Made when first asked for; lives as long as the set. NULL: there are too many features, or
 * memory is out. What a plan is asked and told is kept for all who share the set. Any thread. */
typedef struct bx_plan bx_plan;
const bx_plan *bx_face_plan(const bx_face *face, uint32_t script,
                            const struct hb_language_impl_t *language,
                            const struct hb_feature_t *features, uint32_t n_features);

/* Whether shaping changes and moves none of these characters' glyphs: they are ideographs, and
 * marks among them, that do not combine, and no lookup of GSUB or GPOS takes one. Then a run of
 * them is those `glyphs`, at their advances in design units. False also when the font lacks one, or
 * that cannot be told. */
typedef struct bx_plain_glyph {
    uint32_t id;
    int32_t advance;
} bx_plain_glyph;
bool bx_plan_untouched(const bx_plan *plan, const uint32_t *codes, uint32_t n,
                       bx_plain_glyph *glyphs);

/* A glyph of a shaped run, in design units. */
typedef struct bx_run_glyph {
    uint32_t id;
    int32_t advance, x, y;
    uint32_t code : 31; /* the first of the characters it stands for: index in the run */
    bool unsafe : 1;    /* HB_GLYPH_FLAG_UNSAFE_TO_BREAK */
} bx_run_glyph;
enum { BX_LONGEST_RUN = 48 }; /* characters, or glyphs, of a run that is kept */
/* What HarfBuzz has made of a run of characters that it shaped without looking beyond it: at most
 * BX_LONGEST_RUN glyphs. False: the plan does not know. */
bool bx_plan_run(const bx_plan *plan, const uint32_t *codes, uint32_t n, bx_run_glyph *glyphs,
                 uint32_t *n_glyphs);
/* Tells it, for later. Of very many runs those are kept that are asked for again and again. */
void bx_plan_keep_run(const bx_plan *plan, const uint32_t *codes, uint32_t n,
                      const bx_run_glyph *glyphs, uint32_t n_glyphs);

typedef enum bx_font_class {
    BX_FONT_HAN, /* Han, kana, bopomofo, full-width forms, CJK marks, ambiguous marks in CJK context
                  */
    BX_FONT_HANGUL,
    BX_FONT_LATIN, /* Latin, Greek, Cyrillic, digits and their marks */
    BX_FONT_EMOJI,
    BX_FONT_OTHER, /* every other script: found by coverage */
} bx_font_class;

typedef struct bx_font_query {
    bx_font_style style;
    bx_str lang; /* BCP 47, of the run */
    bx_font_class script_class;
    const uint32_t *cluster; /* the code points that one face must have, default-ignorables aside */
    uint32_t n;
} bx_font_query;

/* The face for a cluster. Never NULL when the set has any face: when no font has all of the
 * cluster, *missing is set and the query's first choice is returned (it draws its .notdef box).
 * Thread-safe; faces are opened on first use. */
const bx_face *bx_fonts_pick(const bx_fonts *fonts, const bx_font_query *query, bool *missing);

/* The face that sets metrics (baseline, em box) for a style in a language: the Han face. */
const bx_face *bx_fonts_primary(const bx_fonts *fonts, bx_font_style style, bx_str lang);

/* Whether a style's family, a key or a real family's name, can serve a language in regular and
 * bold, and its italics if the table names any. When not: BX_D_FONT_MISSING at `asked`, with the
 * package that has it. An empty key is the default. */
bool bx_fonts_check(const bx_fonts *fonts, bx_str family, bx_str lang, bx_span asked,
                    bx_report *report);

/* Fontconfig's view of the keys' own families and nothing else, for libraries that choose fonts
 * through it: serif is Song, monospace mono, everything else Hei. Made when first asked for, which
 * takes a fifth of a second; lives as long as the set. NULL: out of memory. Any thread.
 *
 * Pango lets fontconfig read its default configuration, and what it names, even when it is given
 * this one; `owns_default` leaves it nothing to read. */
struct _FcConfig *bx_fonts_config(const bx_fonts *fonts);

/* What the table and the files of the set are, as one hash: of each file the name,
 * the length, and the beginning, where a font has the checksums of its tables. For keys of caches;
 * opens every file. */
bx_digest bx_fonts_identity(const bx_fonts *fonts, bx_arena *arena);

/* One line of what the table promises and whether it is there, for `banxin fonts`. */
typedef struct bx_font_entry {
    bx_str use; /* "song zh-Hans", "song latin-italic", "script Arab", "symbols" … */
    bx_str family;
    uint16_t weight;
    bool italic, required;
    const bx_face_info *face; /* NULL: missing */
    bx_str package;           /* Debian's, that has it */
} bx_font_entry;
/* In the table's order. Opens every face of the table: for people, not for the way to a page. */
const bx_font_entry *bx_fonts_list(const bx_fonts *fonts, bx_arena *arena, uint32_t *n);

#endif
