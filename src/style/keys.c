#include "style/conformance.h"
#include "style/hooks.h"
#include "style/keys_rows.h"

const char *const bx_align_choices[] = {"justify", "start", "center", "end", NULL};
static const char *const kinsoku[] = {"gb", "none", "basic", "strict", NULL};
static const char *const punctuation[] = {"quanjiao", "kaiming", "banjiao", "plain", NULL};
static const char *const hyphenation[] = {"auto", "off", "on", NULL};

/* Tokens */

static const bx_key token_rows[] = {
    KEY(bx_style, colors, "colors", COLOR_MAP, NULL,
        "names for colours: `brand`, `accent`, `ink`, `grey`, `tint`, `link` are used by every "
        "layout"),
    KEY(bx_style, fonts, "fonts", FONT_MAP, NULL,
        "names for families of fonts/: `text`, `head`, `voice`, `code` are used by every layout"),
    KEY(bx_style, sizes, "sizes", SIZE_MAP, NULL, "names for lengths"),
};
static OBJECT(token_keys, bx_style, "tokens", token_rows,
              "What a publication changes first. A name given here stands for its value wherever a "
              "value of that kind is asked for.");

/* Pages */

static const bx_key running_rows[] = {
    KEY(bx_running, start, "start", TEMPLATE, NULL, "what stands at the left",
        .fields = BX_FIELDS_ISSUE | BX_FIELDS_PAGE),
    KEY(bx_running, center, "center", TEMPLATE, NULL, "what stands in the middle",
        .fields = BX_FIELDS_ISSUE | BX_FIELDS_PAGE),
    KEY(bx_running, end, "end", TEMPLATE, NULL, "what stands at the right",
        .fields = BX_FIELDS_ISSUE | BX_FIELDS_PAGE),
    KEY(bx_running, role, "role", ROLE, "running", "how it is set"),
    KEY(bx_running, rule, "rule", BORDER, NULL, "a rule under a head, over a foot"),
    KEY(bx_running, distance, "distance", LENGTH, "1 line",
        "from the type area's edge to the line's baseline", .flags = BX_KEY_VERTICAL),
};
OBJECT(bx_running_keys, bx_running, "running line", running_rows,
       "A running head or foot: one line with three places. A bare text stands in the middle.",
       .shorthand = "center");

static const bx_key page_rows[] = {
    KEY(bx_page_style, width, "size", SHEET, "A4",
        "the sheet: A3, A4, A5, A6, B4, B5, 16开, 32开, letter, or `[210mm, 297mm]`"),
    KEY(bx_page_style, pitch, "pitch", LENGTH, "18pt",
        "of the baseline grid, from line to line; the unit `line`",
        .flags = BX_KEY_VERTICAL | BX_KEY_POSITIVE),
    KEY(bx_page_style, measure, "measure", LENGTH, NULL,
        "width of the type area, in whole em of the body; else what the margins leave",
        .flags = BX_KEY_POSITIVE),
    KEY(bx_page_style, lines, "lines", INT, NULL,
        "depth of the type area in lines; else what the margins leave", .min = 1, .max = 400),
    KEY(bx_page_style, run_long, "run-long", INT, "0",
        "lines that a page may have more rather than leave a hole, or a few lines for another page",
        .min = 0, .max = 4),
    KEY(bx_page_style, top, "top", LENGTH, NULL,
        "margin over the type area; else placed a little above the middle",
        .flags = BX_KEY_VERTICAL),
    KEY(bx_page_style, bottom, "bottom", LENGTH, NULL, "margin under it", .flags = BX_KEY_VERTICAL),
    KEY(bx_page_style, inner, "inner", LENGTH, NULL,
        "margin at the binding: left, on facing pages the right one of verso"),
    KEY(bx_page_style, outer, "outer", LENGTH, NULL,
        "the other margin; both are equal unless said"),
    KEY(bx_page_style, columns, "columns", INT, "1", "columns of the type area", .min = 1,
        .max = 4),
    KEY(bx_page_style, gutter, "gutter", LENGTH, "2em", "white between columns"),
    KEY(bx_page_style, facing, "facing", BOOL, "no", "left-hand pages mirror the margins"),
    KEY(bx_page_style, head, "head", SIDES, NULL,
        "running heads: `all`, and `first`, `recto`, `verso` over it; `none` takes one away",
        .keys = &bx_running_keys),
    KEY(bx_page_style, foot, "foot", SIDES, NULL, "running feet, likewise",
        .keys = &bx_running_keys),
};
OBJECT(bx_page_keys, bx_page_style, "page", page_rows,
       "The sheet and the type area (版心) on it. The type area holds whole em and whole lines.",
       .finish = bx_page_finish);

/* Roles and marks */

static const bx_key role_rows[] = {
    {.name = "like", .kind = BX_KEY_META, .doc = "another role, whose keys this one begins with"},
    KEY(bx_role, size, "size", SIZE, "五号", "of the type; em is the body's here",
        .flags = BX_KEY_POSITIVE),
    KEY(bx_role, pitch, "pitch", LENGTH, "1 line", "from baseline to baseline",
        .flags = BX_KEY_VERTICAL | BX_KEY_POSITIVE),
    KEY(bx_role, one_line, "one-line", SIZE, NULL,
        "a smaller size, which a text part takes where that brings it onto one line",
        .flags = BX_KEY_POSITIVE),
    KEY(bx_role, font.family, "font", FAMILY, "song", "a token of fonts, or a key of fonts/"),
    KEY(bx_role, font.weight, "weight", WEIGHT, "regular", "regular or bold"),
    KEY(bx_role, font.italic, "italic", BOOL, "no", "Latin in italic, Han in Kai"),
    KEY(bx_role, color, "color", COLOR, "\"#1A1A1A\"", "of the text"),
    KEY(bx_role, tracking, "tracking", AMOUNT, "0", "letter-space after each character",
        .flags = BX_KEY_SIGNED),
    KEY(bx_role, capitals, "capitals", BOOL, "no",
        "Latin letters are shown as capitals; the text that is searched and copied stays as typed"),
    KEY(bx_role, set.align, "align", CHOICE, "justify", "how lines fill the measure",
        .choices = bx_align_choices),
    KEY(bx_role, set.indent, "indent", LENGTH, "0", "of the first line"),
    KEY(bx_role, set.kinsoku, "kinsoku", CHOICE, "gb",
        "which marks may not begin or end a line (避头尾)", .choices = kinsoku),
    KEY(bx_role, set.punctuation, "punctuation", CHOICE, "quanjiao",
        "widths of marks: 全角, 开明, 半角, or as the font has them", .choices = punctuation),
    KEY(bx_role, set.autospace, "autospace", AMOUNT, "0.25em",
        "between Han and Latin letters or digits"),
    KEY(bx_role, set.hyphenation, "hyphenation", CHOICE, "auto",
        "auto: only in narrow measures and for words wider than the measure",
        .choices = hyphenation),
    KEY(bx_role, set.hang, "hang", BOOL, "no", "stops may hang over the measure's end"),
    KEY(bx_role, set.balance, "balance", BOOL, "no", "lines of like length: for heads and titles"),
    KEY(bx_role, start, "start", LENGTH, "0", "inset from the measure's left edge"),
    KEY(bx_role, end, "end", LENGTH, "0", "inset from its right edge"),
    KEY(bx_role, before, "before", LENGTH, "0", "white above", .flags = BX_KEY_VERTICAL),
    KEY(bx_role, after, "after", LENGTH, "0", "white below", .flags = BX_KEY_VERTICAL),
    KEY(bx_role, stretch, "stretch", LENGTH, "0",
        "so much more white may stand above where that brings a page to its full depth; whole lines "
        "of it are used",
        .flags = BX_KEY_VERTICAL),
    KEY(bx_role, shrink, "shrink", LENGTH, "0",
        "so much less white may stand above where that holds what else would leave a hole",
        .flags = BX_KEY_VERTICAL),
    KEY(bx_role, keep_next, "keep-next", BOOL, "no", "on one page with what follows"),
    KEY(bx_role, keep_together, "keep-together", BOOL, "no", "not broken over pages"),
    KEY(bx_role, grid, "grid", BOOL, "no", "its room is made whole lines of the page's pitch"),
    KEY(bx_role, orphans, "orphans", INT, "2", "least lines at a page's foot", .min = 1, .max = 9),
    KEY(bx_role, widows, "widows", INT, "2", "least lines at a page's head", .min = 1, .max = 9),
};
OBJECT(bx_role_keys, bx_role, "role", role_rows,
       "How one kind of paragraph is set. In a role, em is of the role's own size.");

static const bx_key mark_rows[] = {
    KEY(bx_mark_style, family, "font", FAMILY, NULL, "another family"),
    KEY(bx_mark_style, weight, "weight", WEIGHT, NULL, "another weight"),
    KEY(bx_mark_style, italic, "italic", SWITCH, NULL, "Latin in italic, Han in Kai"),
    KEY(bx_mark_style, color, "color", COLOR, NULL, "another colour"),
    KEY(bx_mark_style, tint, "tint", COLOR, NULL, "a colour behind the text"),
    KEY(bx_mark_style, scale, "scale", AMOUNT, NULL, "of the paragraph's size: `92%`"),
    KEY(bx_mark_style, raise, "raise", AMOUNT, NULL, "upward, in em of the paragraph's size",
        .flags = BX_KEY_SIGNED),
    KEY(bx_mark_style, underline, "underline", BOOL, NULL, "a line under the text"),
    KEY(bx_mark_style, strike, "strike", BOOL, NULL, "a line through it"),
    KEY(bx_mark_style, dots, "dots", BOOL, NULL, "emphasis dots (着重号)"),
};
static OBJECT(mark_keys, bx_mark_style, "mark", mark_rows,
              "What a mark in the text changes. What is not given stays as it is round the mark.");

/* Every key of `marks` is a mark's style at its place in the array. */
#define MARK(key_name, id, meaning)                                                                \
    {                                                                                              \
        .name = key_name, .kind = BX_KEY_OBJECT,                                                   \
        .at = offsetof(bx_style, marks) + (id) * sizeof(bx_mark_style), .keys = &mark_keys,        \
        .flags = BX_KEY_NONE, .doc = meaning                                                       \
    }
static const bx_key marks_rows[] = {
    MARK("strong", BX_MARK_STRONG, "`**strong**`"),
    MARK("emph", BX_MARK_EMPH, "`*emphasis*`"),
    MARK("code", BX_MARK_CODE, "`` `code` ``"),
    MARK("link", BX_MARK_LINK, "`[text](address)`"),
    MARK("citation", BX_MARK_CITATION, "`[@id]`"),
    MARK("note", BX_MARK_NOTE, "the mark of a footnote"),
    MARK("strike", BX_MARK_STRIKE, "`~~struck~~`"),
    MARK("underline", BX_MARK_UNDERLINE, "`<u>`"),
    MARK("sup", BX_MARK_SUP, "`<sup>`"),
    MARK("sub", BX_MARK_SUB, "`<sub>`"),
    MARK("dots", BX_MARK_DOTS, "emphasis dots (着重号)"),
    MARK("lead", BX_MARK_LEAD,
         "a strong run that opens a paragraph or item and ends in ： or a stop"),
    MARK("source", BX_MARK_SOURCE,
         "a link that ends a paragraph or item after a sentence: where the news is from"),
    MARK("number", BX_MARK_NUMBER, "the number of a section's head"),
    MARK("ruby", BX_MARK_RUBY, "the reading over its base"),
};
static OBJECT(marks_keys, bx_style, "marks", marks_rows, "Marks in the text.");

/* Boxes */

static const bx_key box_rows[] = {
    KEY(bx_box, fill, "fill", COLOR, NULL, "behind the content"),
    KEY(bx_box, top, "border", BORDERS, NULL, "rules on all four sides"),
    KEY(bx_box, top, "top", BORDER, NULL, "the rule on one side"),
    KEY(bx_box, right, "right", BORDER, NULL, "likewise"),
    KEY(bx_box, bottom, "bottom", BORDER, NULL, "likewise"),
    KEY(bx_box, left, "left", BORDER, NULL, "likewise"),
    KEY(bx_box, inset_top, "inset", INSETS, NULL,
        "from the edge to the content: one length, `[vertical, horizontal]` or `[top, right, "
        "bottom, left]`"),
    KEY(bx_box, radius, "radius", LENGTH, NULL, "of the corners"),
    KEY(bx_box, before, "before", LENGTH, NULL, "white above", .flags = BX_KEY_VERTICAL),
    KEY(bx_box, after, "after", LENGTH, NULL, "white below", .flags = BX_KEY_VERTICAL),
    KEY(bx_box, keep_together, "keep-together", BOOL, NULL, "not broken over pages"),
    KEY(bx_box, grid, "grid", BOOL, NULL, "its height is made whole lines of the page's pitch"),
};
OBJECT(bx_box_keys, bx_box, "box", box_rows, "A frame of rules and tint.");

/* The choice of a layout */

#define TRAIT(id, trait_name, meaning)                                                             \
    KEY(bx_suit, within[BX_TRAIT_##id], trait_name, RANGE, NULL, meaning),
static const bx_key suit_rows[] = {BX_TRAIT_TABLE(TRAIT)};
#undef TRAIT
static OBJECT(suit_keys, bx_suit, "suit", suit_rows,
              "Issues that the layout suits: those that have each of these so often as is said: "
              "`3`, `3+` (at least) or `2..8`.");

/* The root */

static const bx_key check_rows[] = {
    KEY(bx_style, page_budget, "page-budget", INT, NULL, "more pages than this are a warning",
        .min = 1, .max = 100000),
    KEY(bx_style, strict, "strict", BOOL, "no", "every warning is an error"),
};
static OBJECT(check_keys, bx_style, "checks", check_rows,
              "What an issue of this layout must keep.");

static const bx_key layout_rows[] = {
    {.name = "extends",
     .kind = BX_KEY_META,
     .doc = "the layout this one is laid over: a name, or a path from this file; `base` when not "
            "given"},
    KEY(bx_style, title, "title", TEXT, NULL,
        "what the list of layouts shows; without it the layout is a building block and not listed"),
    KEY(bx_style, description, "description", TEXT, NULL, "one sentence for that list"),
    KEY(bx_style, suits, "suits", OBJECTS, NULL,
        "issues that it is for when they name no layout; not inherited", .keys = &suit_keys,
        COUNT(bx_style, n_suits)),
    {.name = "tokens",
     .kind = BX_KEY_OBJECT,
     .keys = &token_keys,
     .doc = "names for colours, fonts, sizes"},
    KEY(bx_style, words, "words", TEXT_MAP, NULL,
        "texts that templates use as `{words.NAME}`; `NAME@en` is for issues in that language"),
    KEY(bx_style, roles, "roles", ROLE_MAP, NULL, "kinds of paragraphs, by name",
        .keys = &bx_role_keys),
    KEY(bx_style, page, "page", OBJECT, NULL, "the sheet and the type area", .keys = &bx_page_keys),
    {.name = "marks", .kind = BX_KEY_OBJECT, .keys = &marks_keys, .doc = "marks in the text"},
    {.name = "blocks",
     .kind = BX_KEY_OBJECT,
     .keys = &bx_blocks_keys,
     .doc = "what the pages are made of"},
    {.name = "checks",
     .kind = BX_KEY_OBJECT,
     .keys = &check_keys,
     .doc = "what an issue must keep"},
    KEY(bx_style, conformance, "conformance", TEXTS, NULL,
        "the PDF standards that are kept; not given: a-2a and ua-1, with the source inside a-3a and "
        "ua-1",
        .choices = bx_standard_names, COUNT(bx_style, n_conformance)),
    KEY(bx_style, embed_source, "embed-source", BOOL, NULL,
        "whether the issue's file, its layout and its pictures are attached to the PDF, so that "
        "`banxin verify` can make it again"),
};
OBJECT(bx_layout_keys, bx_style, "layout", layout_rows, "A layout.yaml.",
       .finish = bx_layout_finish);
