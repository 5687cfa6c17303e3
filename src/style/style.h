/* A layout, resolved: every token looked up, every length in 1/1024 pt, every role complete.
 *
 * Style is read from layouts/NAME/layout.yaml and the layouts it extends, checked against one table
 * of keys (which also makes the JSON Schema and the reference page), and constant from then on:
 * threads share it. Nothing here knows PDF or fonts' files. */
#ifndef BX_STYLE_STYLE_H
#define BX_STYLE_STYLE_H

#include "base/diag.h"
#include "base/hash.h"
#include "base/length.h"
#include "base/map.h"
#include "issue/traits.h"

typedef struct bx_color {
    uint8_t r, g, b;
    bool set; /* false: none (no fill, no change) */
} bx_color;

typedef enum bx_align { BX_ALIGN_JUSTIFY, BX_ALIGN_START, BX_ALIGN_CENTER, BX_ALIGN_END } bx_align;
typedef enum bx_kinsoku {
    BX_KINSOKU_GB,
    BX_KINSOKU_NONE,
    BX_KINSOKU_BASIC,
    BX_KINSOKU_STRICT
} bx_kinsoku;
typedef enum bx_punctuation {
    BX_PUNCT_QUANJIAO, /* isolated marks 1 em */
    BX_PUNCT_KAIMING,  /* sentence ends 1 em, all else half */
    BX_PUNCT_BANJIAO,  /* all half */
    BX_PUNCT_PLAIN,    /* as the font has them */
} bx_punctuation;
typedef enum bx_hyphenation { BX_HYPHENATE_AUTO, BX_HYPHENATE_OFF, BX_HYPHENATE_ON } bx_hyphenation;

/* How a paragraph is set: all that text/ needs to know of it beside its characters. */
typedef struct bx_setting {
    bx_align align;
    bx_kinsoku kinsoku;
    bx_punctuation punctuation;
    bx_hyphenation hyphenation; /* AUTO: R19, only narrow measures and overlong words */
    bool hang;                  /* R13 */
    bool balance;               /* lines of similar length (R26): heads, titles */
    bx_em autospace;            /* R12; 256 = a quarter em */
    bx_len indent;              /* of the first line */
} bx_setting;

typedef struct bx_font_style {
    bx_str family;   /* a key of fonts/: "song", "hei", "kai", "mono" … */
    uint16_t weight; /* 400 or 700 */
    bool italic;     /* Latin italic; Han in the family's italic partner (Kai) */
} bx_font_style;

/* A role of paragraphs: body, h1, quote, caption … */
typedef struct bx_role {
    bx_str name;
    bx_font_style font;
    bx_len size, pitch; /* pitch: from baseline to baseline */
    bx_len one_line;    /* a smaller size that it takes where that brings it onto one line; 0: none */
    bx_color color;
    bx_em tracking; /* letter-space, after each cluster */
    bool capitals;  /* Latin letters are shown as capitals */
    bx_setting set;
    bx_len start, end; /* insets from the measure's edges */
    bx_len before, after;
    bx_len stretch; /* more white above where that fills a page */
    bx_len shrink;  /* less, where that leaves no hole */
    bool keep_next, keep_together;
    bool grid;               /* its space is rounded up so that what follows is on the grid */
    uint8_t orphans, widows; /* least lines at a page's foot and head */
} bx_role;

/* What an inline mark changes. `set` fields only. */
typedef struct bx_mark_style {
    bx_str family;   /* empty: unchanged */
    uint16_t weight; /* 0: unchanged */
    int8_t italic;   /* -1 unchanged, 0 off, 1 on */
    bx_color color;
    bx_color tint; /* behind the text */
    bx_em scale;   /* of the size; 0: unchanged */
    bx_em raise;   /* of the paragraph's size, upward */
    bool underline, strike, dots;
} bx_mark_style;

typedef enum bx_mark_kind {
    BX_MARK_STRONG,
    BX_MARK_EMPH,
    BX_MARK_CODE,
    BX_MARK_LINK,
    BX_MARK_CITATION,
    BX_MARK_NOTE,
    BX_MARK_STRIKE,
    BX_MARK_UNDERLINE,
    BX_MARK_SUP,
    BX_MARK_SUB,
    BX_MARK_DOTS,
    BX_MARK_LEAD,   /* a strong run that opens an item or paragraph and is followed by ： or . */
    BX_MARK_SOURCE, /* a link that ends a paragraph, after a sentence: where its news is from */
    BX_MARK_NUMBER, /* the number of a section head */
    BX_MARK_RUBY,
    BX_MARKS
} bx_mark_kind;

typedef struct bx_border {
    bx_len weight; /* 0: none */
    bx_color color;
} bx_border;

/* A frame of rules and tint round blocks. */
typedef struct bx_box {
    bx_color fill;
    bx_border top, right, bottom, left;
    bx_len inset_top, inset_right, inset_bottom, inset_left;
    bx_len radius;
    bx_len before, after;
    bool keep_together;
    bool grid; /* outer height is rounded up to whole lines */
} bx_box;

/* "{series} · 第{number}期": pieces of text and fields. template.h reads and expands them. */
typedef struct bx_piece {
    bx_str text;    /* literal, when field is empty */
    bx_str field;   /* "series", "date", "page", "pages", "section" … */
    bx_str format;  /* after a colon: {date:long}, {1:han} */
    uint32_t group; /* {? · 第{number}期}: pieces of a group print only when a field in it does */
    bool otherwise; /* {series|title}: title prints when series, the piece before, is empty */
} bx_piece;
typedef struct bx_template {
    bx_piece *pieces;
    uint32_t n; /* 0: empty */
    bx_span span;
} bx_template;

/* Parts: what a title page, an article's head or a contact card is made of, top to bottom. */
typedef enum bx_part_kind {
    BX_PART_TEXT, /* a paragraph from a template, in a role; absent when all its fields are empty */
    BX_PART_RULE, /* a rule over the measure (or `width`) */
    BX_PART_SPACE, /* white of `height` */
    BX_PART_ROW,   /* children side by side, widths as given */
    BX_PART_BOX,   /* children in a frame */
    BX_PART_GROUP, /* children one below the other */
    BX_PART_SLOT, /* content of the issue: abstract, lead, toc, sections, references, contact … */
    BX_PART_IMAGE, /* the picture that a field names: logo, cover */
    BX_PART_QR,    /* the code of what a template says */
    BX_PART_BREAK, /* to a new page */
    BX_PART_TAGS,  /* the items of a list field (keywords) as outlined chips */
} bx_part_kind;

typedef enum bx_vertical { BX_TOP, BX_MIDDLE, BX_BOTTOM, BX_BASELINE } bx_vertical;

typedef struct bx_part {
    bx_part_kind kind;
    bx_span span;
    const bx_role *role;
    bx_template text;
    bx_str field; /* slot's name; image's field; the list field of tags */
    bx_str path;  /* IMAGE: a file of the layout, absolute; then `field` is empty */
    bx_str when;  /* only when this field of the issue has content; empty: always */
    bool unless;  /* `when` is turned round: only when the field has none ("!cover") */
    bool overlay; /* takes no room: is drawn dx, dy away from where it would stand */
    bx_len dx, dy;
    bx_len width, height; /* width in a row: 0 = share what is left, by `share` */
    uint16_t share;       /* 1 unless given */
    bx_border rule;
    bx_box box;
    bx_align align; /* JUSTIFY: not given: text as its role says, all else at the start */
    bx_vertical vertical;
    bx_len gap;         /* between a row's children */
    bx_len stretch;     /* SPACE: so much more where that fills a page */
    bx_str separator;   /* joins list fields */
    bx_template marker; /* SLOT: of the items of bulleted lists; {n} counts them */
    const bx_role *marker_role;
    uint8_t columns; /* SLOT: of its lists; 0: 1 */
    bx_len gutter;
    bool keep_together;
    struct bx_part *children;
    uint32_t n;
} bx_part;

/* Slots are abstract, lead, toc, sections, references, contact, and of a section's parts meta.
 * Content whose slot no part names does not print, but for the lead and the sections, which then
 * follow the cover. `when: title` holds when the title is not the series again. */
typedef struct bx_parts {
    bx_part *at;
    uint32_t n;
} bx_parts;

/* A running head or foot: one line with three places, and a rule. */
typedef struct bx_running {
    bx_template start, center, end;
    const bx_role *role;
    bx_border rule;  /* under a head, over a foot */
    bx_len distance; /* from the type area's edge to the running line's baseline */
} bx_running;

typedef enum bx_page_side {
    BX_PAGE_FIRST,
    BX_PAGE_RECTO,
    BX_PAGE_VERSO,
    BX_PAGE_SIDES
} bx_page_side;

typedef struct bx_page_style {
    bx_len width, height;  /* of the sheet */
    bx_len top, bottom;    /* margins over and under the type area */
    bx_len inner, outer;   /* margins beside it; equal on single sheets */
    bx_len left;           /* the left margin on recto: inner; verso has outer when facing */
    bx_len measure, depth; /* of the type area: whole ems of the body, whole lines */
    bx_len pitch;          /* of the baseline grid */
    uint16_t lines;        /* depth / pitch */
    uint16_t run_long;     /* lines that a page may have more rather than leave a hole */
    uint8_t columns;
    bx_len gutter;
    bool facing; /* verso mirrors recto */
    bx_running head[BX_PAGE_SIDES], foot[BX_PAGE_SIDES];
} bx_page_style;

enum { BX_LEVELS = 6 };

typedef enum bx_callout_of {
    BX_CALLOUT_QUOTES,
    BX_CALLOUT_PARAGRAPHS,
    BX_CALLOUT_ANY
} bx_callout_of;

/* A block quotation or a paragraph that opens with a bold label: a call-out. Matched by the label.
 */
typedef struct bx_callout_style {
    bx_callout_of of;
    bx_str *labels; /* empty list: any */
    uint32_t n_labels;
    const bx_role *label_role, *role;
    bool run_in; /* the label runs into the text; else it has a line of its own */
    bool rows; /* a list right under the label, items “name：text”, is a table of two columns */
    bx_parts above; /* parts over it, in its box */
    bx_box box;
} bx_callout_style;

typedef struct bx_section_style {
    const bx_role *role;
    /* {1}.{2}, {1:han}、, （{2:han}）; empty: unnumbered. {own}: the number that the title brings,
     * which is then taken out of the title. */
    bx_template number;
    const bx_role
        *number_role; /* NULL: the head's own; colour and weight come from BX_MARK_NUMBER */
    bx_len
        number_column; /* the number stands in a column of this width; 0: it runs into the title */
    bx_len number_outside; /* the column is moved so far to the left, into the margin */
    bx_box number_box;     /* round the number; not drawn: none */
    bx_len number_gap;     /* between number and title */
    bool number_hangs;     /* the title's later lines align under its first character */
    bool new_page;
    bx_parts above, below; /* parts round the head: rules, kickers, meta rows */
    bx_len least_below;    /* a head does not stand in the last so much of a page */
    bool split_bilingual;  /* "English | 中文": the English part set in `kicker` above */
    const bx_role *kicker;
    uint8_t columns; /* the section's content in so many columns; 0: as its parent */
    bx_len gutter;
    const bx_role *body;        /* of its paragraphs; NULL: the layout's body */
    const bx_role *opening;     /* of the paragraph right under the head; NULL: as the others */
    const bx_role *values; /* of lines “name：value” right under the head; NULL: as paragraphs */
    const bx_role *item;        /* of its lists' items; NULL: as the list style says */
    const bx_role *quote;       /* of its block quotations; NULL: as the quote style says */
    bx_box quote_box;           /* round them, when `quote` is given */
    bx_callout_style *callouts; /* tried before the layout's */
    uint32_t n_callouts;
    bx_box list_box; /* round its lists, when it draws anything */
    bool toc;        /* has a line in the table of contents */
} bx_section_style;

/* Sections that are set apart by their title: the first variant of the level that matches a section
 * takes the place of section[level - 1]. It begins as a copy of that style. */
typedef struct bx_section_variant {
    uint8_t level;
    bx_str *titles;    /* matches when the section's plain title contains one of them; */
    uint32_t n_titles; /* none: any title */
    int8_t own_number; /* 1: only titles that bring their own number, 0: only others, -1: any */
    int8_t bare_number; /* likewise: a number without marks */
    bx_section_style style;
} bx_section_variant;

typedef struct bx_list_level {
    bx_template marker; /* {n}. （{n}） {n:han}、 {n:circled} or a bullet sign */
    const bx_role *marker_role;
    bx_len column; /* width of the marker's column */
    bx_align marker_align;
} bx_list_level;

typedef struct bx_list_style {
    const bx_role *role; /* of items' paragraphs; indent none */
    bx_list_level numbered[BX_LEVELS], bullets[BX_LEVELS];
    bx_box box;                    /* round a list that is in no other */
    bx_len before, after, between; /* between: items that are not tight */
} bx_list_style;

/* A column between title and page number: what a section has under a label. */
typedef struct bx_toc_column {
    bx_template text;
    const bx_role *role; /* NULL: the line's own */
    bx_len width;
    bx_align align;
} bx_toc_column;

typedef struct bx_toc_style {
    uint8_t levels; /* 0: no table of contents */
    uint8_t least;  /* heads below which there is none */
    const bx_role *title_role;
    bx_template title;
    const bx_role *role[BX_LEVELS];
    const bx_role *number_role; /* page numbers */
    bx_toc_column *columns;     /* those that no section fills take no room */
    uint32_t n_columns;
    bx_border row;       /* under each line */
    bx_str leader;       /* "." repeated, or empty; not before columns */
    bx_len leader_pitch; /* from dot to dot */
    bx_len gap;          /* least white beside the page number */
    bx_len indent[BX_LEVELS];
    bool references; /* the reference list has a line */
    uint8_t across;  /* lines side by side; 0: 1 */
    bx_len gutter;
    bool fewer_levels;         /* deeper levels leave it when it does not fit whole */
    bool own_page_unless_fits; /* on its own page when it does not fit whole */
} bx_toc_style;

typedef struct bx_reference_style {
    const bx_role *title_role, *role;
    bx_template title;
    bool new_page;
    bx_template marker;   /* [{n}] */
    bx_template citation; /* [{n}] in the text */
    bool citation_raised;
    bx_len hang; /* width of the marker's column */
    bx_align marker_align;
    bx_len between;
    bx_str format;    /* "gbt7714" or "plain" */
    bx_str *headings; /* heads of a Markdown issue that hold the references */
    uint32_t n_headings;
} bx_reference_style;

typedef struct bx_quote_style {
    const bx_role *role;
    bx_box box;
} bx_quote_style;

typedef struct bx_code_style {
    const bx_role *role;
    bx_box box;
} bx_code_style;

typedef struct bx_table_style {
    const bx_role *head_role, *cell_role, *caption_role;
    bx_border top, head, row, bottom; /* rules: over, under the head, between rows, under */
    bx_color head_fill, stripe_fill;
    bx_len pad_x, pad_y;
    bx_template continued; /* 续表 */
    bool repeat_head;
    bx_len before, after;
    bx_em least_scale; /* a very wide table shrinks to this, then turns sideways */
} bx_table_style;

typedef struct bx_figure_style {
    const bx_role *caption_role;
    bx_template number;  /* 图 {n}; empty: not numbered */
    bx_len greatest;     /* height */
    uint16_t dpi;        /* resolution images are brought down to */
    bx_box box, missing; /* missing: the quiet placeholder */
    bx_len before, after;
    bool floats;
} bx_figure_style;

typedef struct bx_note_style {
    const bx_role *role;
    bx_template mark; /* {n:circled} */
    bx_border rule;
    bx_len rule_width, gap;
} bx_note_style;

typedef struct bx_contact_style {
    const bx_role *heading_role, *caption_role, *subcaption_role, *name_role, *text_role,
        *site_role;
    bx_box box;
    bx_len qr_size, qr_gap;
    uint8_t columns; /* of organisations */
    bx_len gutter;
    bx_template site; /* 网站地址：{website} */
    bool new_page;
} bx_contact_style;

/* Rule between blocks: --- in the text. */
typedef struct bx_break_style {
    bx_border rule;
    bx_len width, before, after;
    bx_align align;
    const bx_role *closing; /* of the one short paragraph after the last break of the issue; NULL: as others */
} bx_break_style;

/* How often a trait of an issue may be met. */
typedef struct bx_range {
    uint32_t least, greatest; /* both included */
    bool set;                 /* false: however often */
} bx_range;

/* Issues that a layout suits: those that are within every range. See style/suit.h. */
typedef struct bx_suit {
    bx_range within[BX_TRAITS];
} bx_suit;

typedef struct bx_style {
    bx_str name; /* committee-daily */
    bx_str path; /* of its layout.yaml */
    bx_str title, description;
    bx_suit *suits; /* inherited ones too, which the choice of a layout does not look at */
    uint32_t n_suits;
    bx_page_style page;
    bx_map roles; /* name → const bx_role* ; "body" is always there */
    const bx_role *body, *lead;
    bx_mark_style marks[BX_MARKS];
    bx_parts cover; /* the title page or masthead */
    bool cover_own_page;
    bx_parts end; /* after the last section: references, contact … */
    bx_section_style section[BX_LEVELS];
    bx_section_variant *variants;
    uint32_t n_variants;
    bx_list_style list;
    bx_toc_style toc;
    bx_reference_style references;
    bx_quote_style quote;
    bx_callout_style *callouts;
    uint32_t n_callouts;
    bx_code_style code;
    bx_table_style table;
    bx_figure_style figure;
    bx_note_style note;
    bx_contact_style contact;
    bx_break_style rule;
    bx_map words;         /* name, or name@language → const bx_str*: texts for {words.NAME} */
    bx_map colors;        /* token → const bx_color* */
    bx_map fonts;         /* token → const bx_str*, a key of fonts/ */
    bx_map sizes;         /* token → const bx_len* */
    uint32_t page_budget; /* 0: none */
    bool strict;
    bx_str *conformance;  /* "a-2a", "ua-1" */
    uint32_t n_conformance; /* 0: not given */
    bool embed_source;
    bx_span embed_source_span; /* of the layout's word on it; source 0: it has none */
    BX_VEC(bx_str) pictures; /* files of the layout that its parts name, absolute */
    bx_digest chain;         /* SHA-256 over the files of the chain, for keys of caches */
    const struct bx_layout_chain *files; /* what it was read from */
} bx_style;

#endif
