/* The table of keys: blocks, which are what pages are made of. */
#include "style/hooks.h"
#include "style/keys_rows.h"

static const char *const vertical[] = {"top", "middle", "bottom", "baseline", NULL};
static const char *const slots[] = {"abstract",   "lead",    "toc",  "sections",
                                    "references", "contact", "meta", NULL};
static const char *const breaks[] = {"page", NULL};
static const char *const formats[] = {"gbt7714", "plain", NULL};
static const char *const images[] = {"logo", "cover", NULL};
static const char *const callout_of[] = {"quotes", "paragraphs", "any", NULL};
static const char *const lists[] = {"keywords", "authors", "partners", NULL};

enum {
    PART_FIELDS = BX_FIELDS_ISSUE | BX_FIELDS_SECTION | BX_FIELDS_LEVELS | BX_FIELDS_PAGE,
};

#define PART_KIND(id) .flags = BX_KEY_PART, .min = BX_PART_##id
static const bx_key part_rows[] = {
    KEY(bx_part, text, "text", TEMPLATE, NULL,
        "a paragraph; it is absent when all its fields are empty", .fields = PART_FIELDS,
        PART_KIND(TEXT)),
    KEY(bx_part, rule, "rule", BORDER, NULL, "a rule over the measure, or over `width`",
        PART_KIND(RULE)),
    KEY(bx_part, height, "space", LENGTH, NULL, "white of this height",
        .flags = BX_KEY_PART | BX_KEY_VERTICAL, .min = BX_PART_SPACE),
    KEY(bx_part, children, "row", PARTS, NULL, "parts side by side", COUNT(bx_part, n),
        PART_KIND(ROW)),
    KEY(bx_part, box, "box", OBJECT, NULL, "a frame round `parts`", .keys = &bx_box_keys,
        PART_KIND(BOX)),
    KEY(bx_part, children, "group", PARTS, NULL, "parts one below the other", COUNT(bx_part, n),
        PART_KIND(GROUP)),
    KEY(bx_part, field, "slot", TEXT, NULL,
        "content of the issue; `meta`: the row of labels and values that opens the section",
        .choices = slots, PART_KIND(SLOT)),
    KEY(bx_part, field, "image", ASSET, NULL,
        "a picture: a field of the issue, or a file of the layout's folder", .choices = images,
        PART_KIND(IMAGE)),
    KEY(bx_part, text, "qr", TEMPLATE, NULL, "the QR code of a text", .fields = PART_FIELDS,
        PART_KIND(QR)),
    {.name = "break",
     .kind = BX_KEY_TEXT,
     .at = offsetof(bx_part, field),
     .choices = breaks,
     .doc = "to a new page",
     .flags = BX_KEY_PART,
     .min = BX_PART_BREAK},
    KEY(bx_part, field, "tags", TEXT, NULL, "the items of a list, each in a `frame`",
        .choices = lists, PART_KIND(TAGS)),
    KEY(bx_part, children, "parts", PARTS, NULL, "what stands in a box", COUNT(bx_part, n)),
    KEY(bx_part, box, "frame", OBJECT, NULL, "the frame of each tag, of each [word] of a row",
        .keys = &bx_box_keys),
    KEY(bx_part, role, "role", ROLE, "body", "how its text is set"),
    KEY(bx_part, when, "when", WHEN, NULL,
        "a field of the issue; the part prints only when that has content, with `!` before it only "
        "when it has none"),
    KEY(bx_part, width, "width", LENGTH, NULL,
        "of the part; in a row, without it, a share of what is left"),
    KEY(bx_part, height, "height", LENGTH, NULL, "of a picture, code or row",
        .flags = BX_KEY_VERTICAL),
    KEY(bx_part, share, "share", INT, "1", "how many shares of a row's rest", .min = 1, .max = 100),
    KEY(bx_part, align, "align", CHOICE, NULL,
        "where it stands in its room; text as its role says when not given",
        .choices = bx_align_choices),
    KEY(bx_part, vertical, "vertical", CHOICE, "top", "where a row's parts stand beside each other",
        .choices = vertical),
    KEY(bx_part, gap, "gap", LENGTH, NULL, "white between a row's parts or between tags"),
    KEY(bx_part, stretch, "stretch", LENGTH, NULL,
        "of a space: so much more where that brings a page to its full depth",
        .flags = BX_KEY_VERTICAL),
    KEY(bx_part, separator, "separator", TEXT, NULL,
        "between the items of a list field in its text; 、 when not given"),
    KEY(bx_part, marker, "marker", TEMPLATE, NULL,
        "of the items of a slot's bulleted lists; `{n}` counts them", .fields = BX_FIELDS_COUNTER),
    KEY(bx_part, marker_role, "marker-role", ROLE, NULL, "of that marker"),
    KEY(bx_part, columns, "columns", INT, NULL, "of a slot's long lists", .min = 1, .max = 4),
    KEY(bx_part, gutter, "gutter", LENGTH, NULL, "white between those columns"),
    KEY(bx_part, keep_together, "keep-together", BOOL, NULL, "not broken over pages"),
    KEY(bx_part, overlay, "overlay", BOOL, NULL,
        "takes no room: is drawn `dx`, `dy` away from where it would stand"),
    KEY(bx_part, dx, "dx", LENGTH, NULL, "to the right", .flags = BX_KEY_SIGNED),
    KEY(bx_part, dy, "dy", LENGTH, NULL, "downward", .flags = BX_KEY_SIGNED | BX_KEY_VERTICAL),
};
OBJECT(bx_part_keys, bx_part, "part", part_rows,
       "A part of a title page, of the end matter, of the lines round a head. Each has exactly one "
       "of the keys text, rule, space, row, box, group, slot, image, qr, break, tags, which says "
       "what it is. A bare text is a text part.",
       .shorthand = "text", .finish = bx_part_finish);

static const bx_key cover_rows[] = {
    KEY(bx_style, cover, "parts", PARTS, NULL,
        "from top to bottom; `slot: toc` says where the table of contents stands",
        COUNT(bx_style, cover.n)),
    KEY(bx_style, cover_own_page, "own-page", BOOL, "no", "the text begins on the next page"),
};
static OBJECT(cover_keys, bx_style, "cover", cover_rows, "The title page or masthead.");

static const bx_key end_rows[] = {
    KEY(bx_style, end, "parts", PARTS, NULL, "from top to bottom: slots for references and contact",
        COUNT(bx_style, end.n)),
};
static OBJECT(end_keys, bx_style, "end", end_rows, "What follows the last section.");

/* Call-outs */

static const bx_key callout_rows[] = {
    KEY(bx_callout_style, of, "of", CHOICE, "quotes",
        "what it is for: block quotations, paragraphs or both", .choices = callout_of),
    KEY(bx_callout_style, labels, "labels", TEXTS, NULL,
        "the labels it is for, or parts of them; without them, any that has an emoji before it or "
        "a "
        "colon at its end; of paragraphs, any that stands alone on its line",
        COUNT(bx_callout_style, n_labels)),
    KEY(bx_callout_style, label_role, "label-role", ROLE, "label", "of the label"),
    KEY(bx_callout_style, role, "role", ROLE, "callout", "of the text"),
    KEY(bx_callout_style, run_in, "run-in", BOOL, "no",
        "the label runs into the text; else it has a line of its own"),
    KEY(bx_callout_style, rows, "rows", BOOL, "no",
        "a list right under it whose items are “name：text” is a table of two columns"),
    KEY(bx_callout_style, above, "above", PARTS, NULL, "parts over it, in its box",
        COUNT(bx_callout_style, above.n)),
    KEY(bx_callout_style, box, "box", OBJECT, NULL, "round it", .keys = &bx_box_keys),
};
static OBJECT(callout_keys, bx_callout_style, "callout", callout_rows,
              "A block quotation or a paragraph that opens with a bold label, perhaps after an "
              "emoji; the first whose label matches counts.");

/* Sections */

static const bx_key section_rows[] = {
    KEY(bx_section_style, role, "role", ROLE, "h#",
        "of the head; `h1` for level 1 and so on when not given"),
    KEY(bx_section_style, number, "number", TEMPLATE, NULL,
        "`{1}.{2}`, `{1:han}、`, `（{2:han}）`; without it heads have no number",
        .fields = BX_FIELDS_LEVELS),
    KEY(bx_section_style, number_role, "number-role", ROLE, NULL,
        "of the number, when it is not the head's own"),
    KEY(bx_section_style, number_column, "number-column", LENGTH, NULL,
        "the number stands in a column of this width; else it runs into the title"),
    KEY(bx_section_style, number_outside, "number-outside", LENGTH, NULL,
        "the column stands so far out in the left margin"),
    KEY(bx_section_style, number_box, "number-box", OBJECT, NULL,
        "a box that the number stands in the middle of", .keys = &bx_box_keys),
    KEY(bx_section_style, number_gap, "number-gap", LENGTH, "0.5em", "between number and title"),
    KEY(bx_section_style, number_hangs, "number-hangs", BOOL, "yes",
        "the title's later lines align under its first character"),
    KEY(bx_section_style, new_page, "new-page", BOOL, NULL, "begins on a new page"),
    KEY(bx_section_style, above, "above", PARTS, NULL, "parts over the head",
        COUNT(bx_section_style, above.n)),
    KEY(bx_section_style, below, "below", PARTS, NULL, "parts under the head",
        COUNT(bx_section_style, below.n)),
    KEY(bx_section_style, least_below, "least-below", LENGTH, "2 lines",
        "the head does not stand in the last so much of a page; from `4 lines` on what it heads is "
        "a "
        "piece that is torn as little as can be",
        .flags = BX_KEY_VERTICAL),
    KEY(bx_section_style, split_bilingual, "split-bilingual", BOOL, NULL,
        "of a title “English | 中文” the English part stands above, in the role `kicker`"),
    KEY(bx_section_style, kicker, "kicker", ROLE, NULL, "of that part"),
    KEY(bx_section_style, columns, "columns", INT, NULL,
        "of the section's content; as round it when not given", .min = 1, .max = 4),
    KEY(bx_section_style, gutter, "gutter", LENGTH, NULL,
        "white between those columns; the page's when not given"),
    KEY(bx_section_style, body, "body", ROLE, NULL,
        "of its paragraphs, when it is not the layout's body"),
    KEY(bx_section_style, opening, "opening", ROLE, NULL, "of the paragraph right under the head"),
    KEY(bx_section_style, values, "values", ROLE, NULL,
        "of paragraphs right under the head that are one line “name：value” each; the opening "
        "paragraph is then the one after them"),
    KEY(bx_section_style, item, "item", ROLE, NULL, "of its lists' items"),
    KEY(bx_section_style, quote, "quote", ROLE, NULL, "of its block quotations"),
    KEY(bx_section_style, quote_box, "quote-box", OBJECT, NULL, "round them, when `quote` is given",
        .keys = &bx_box_keys),
    KEY(bx_section_style, callouts, "callouts", OBJECTS, NULL, "tried before the layout's",
        .keys = &callout_keys, COUNT(bx_section_style, n_callouts)),
    KEY(bx_section_style, list_box, "list-box", OBJECT, NULL,
        "round its lists that are in no other", .keys = &bx_box_keys),
    KEY(bx_section_style, toc, "toc", BOOL, "yes", "has a line in the table of contents"),
};
static OBJECT(section_keys, bx_section_style, "section", section_rows,
              "A section's head and content. em is of the head's size.",
              .finish = bx_section_finish);

static const bx_key variant_rows[] = {
    KEY(bx_section_variant, level, "level", INT, "1", "of the sections it is for", .min = 1,
        .max = BX_LEVELS),
    KEY(bx_section_variant, titles, "titles", TEXTS, NULL,
        "only sections whose title contains one of these", COUNT(bx_section_variant, n_titles)),
    KEY(bx_section_variant, own_number, "own-number", SWITCH, NULL,
        "only sections whose title brings its own number, or only others"),
    KEY(bx_section_variant, bare_number, "bare-number", SWITCH, NULL,
        "only sections whose title brings a number without marks (`1 …`, `1.2 …`), or only others"),
    KEY(bx_section_variant, style, "style", OBJECT, NULL,
        "what is other than in sections of that level", .keys = &section_keys,
        .flags = BX_KEY_OVER),
};
static OBJECT(variant_keys, bx_section_variant, "section variant", variant_rows,
              "Sections that are set apart by their title; the first that matches counts.",
              .begin = bx_variant_begin);

static const bx_key column_rows[] = {
    KEY(bx_toc_column, text, "text", TEMPLATE, NULL, "what it says of the section",
        .fields = BX_FIELDS_SECTION),
    KEY(bx_toc_column, role, "role", ROLE, NULL, "of it, when it is not the line's own"),
    KEY(bx_toc_column, width, "width", LENGTH, "6em", "of the column", .flags = BX_KEY_POSITIVE),
    KEY(bx_toc_column, align, "align", CHOICE, "start", "in the column",
        .choices = bx_align_choices),
};
static OBJECT(column_keys, bx_toc_column, "toc column", column_rows,
              "A column of the table of contents, between title and page number.",
              .shorthand = "text");

static const bx_key toc_rows[] = {
    KEY(bx_toc_style, levels, "levels", INT, "2",
        "how many levels of sections it lists; 0: no table of contents", .min = 0,
        .max = BX_LEVELS),
    KEY(bx_toc_style, least, "least", INT, "2", "with fewer heads there is none", .min = 0,
        .max = 255),
    KEY(bx_toc_style, title, "title", TEMPLATE, NULL, "its head", .fields = BX_FIELDS_ISSUE),
    KEY(bx_toc_style, title_role, "title-role", ROLE, "toc-title", "of its head"),
    KEY(bx_toc_style, role, "roles", ROLES, NULL, "of the lines, by level"),
    KEY(bx_toc_style, indent, "indents", LENGTHS, NULL, "of the lines, by level"),
    KEY(bx_toc_style, number_role, "page-role", ROLE, "toc-page", "of the page numbers"),
    KEY(bx_toc_style, columns, "columns", OBJECTS, NULL,
        "more about each section; one that no section fills takes no room", .keys = &column_keys,
        COUNT(bx_toc_style, n_columns)),
    KEY(bx_toc_style, row, "row", BORDER, NULL, "a rule under each line"),
    KEY(bx_toc_style, leader, "leader", TEXT, ".", "the leader’s sign, repeated; empty: white"),
    KEY(bx_toc_style, leader_pitch, "leader-pitch", LENGTH, "0.5em", "from sign to sign",
        .flags = BX_KEY_POSITIVE),
    KEY(bx_toc_style, gap, "gap", LENGTH, "1em", "least white before the page number"),
    KEY(bx_toc_style, references, "references", BOOL, "yes", "the list of references has a line"),
    KEY(bx_toc_style, across, "across", INT, NULL, "how many lines stand side by side", .min = 1,
        .max = 4),
    KEY(bx_toc_style, gutter, "gutter", LENGTH, NULL, "white between them"),
    KEY(bx_toc_style, fewer_levels, "fewer-levels", BOOL, "no",
        "deeper levels leave it when it does not fit whole where it stands"),
    KEY(bx_toc_style, own_page_unless_fits, "own-page-unless-fits", BOOL, "no",
        "goes to a page of its own when it does not fit whole"),
};
static OBJECT(toc_keys, bx_toc_style, "toc", toc_rows, "The table of contents.");

/* Lists, quotations, code */

static const bx_key level_rows[] = {
    KEY(bx_list_level, marker, "marker", TEMPLATE, NULL,
        "`{n}.`, `（{n:han}）`, `{n:circled}`, or a sign", .fields = BX_FIELDS_COUNTER),
    KEY(bx_list_level, marker_role, "role", ROLE, "marker",
        "of the marker; its em is the column’s"),
    KEY(bx_list_level, column, "column", LENGTH, "2em", "the room for the marker"),
    KEY(bx_list_level, marker_align, "align", CHOICE, "start", "of the marker in its column",
        .choices = bx_align_choices),
};
static OBJECT(level_keys, bx_list_level, "list level", level_rows, "Markers of one level of lists.",
              .shorthand = "marker");

static const bx_key list_rows[] = {
    KEY(bx_list_style, role, "role", ROLE, "item", "of the items' paragraphs"),
    KEY(bx_list_style, numbered, "numbered", STEPS, NULL, "by level", .keys = &level_keys),
    KEY(bx_list_style, bullets, "bullets", STEPS, NULL, "by level", .keys = &level_keys),
    KEY(bx_list_style, box, "box", OBJECT, NULL, "round a list that is in no other",
        .keys = &bx_box_keys),
    KEY(bx_list_style, before, "before", LENGTH, NULL, "white above the list",
        .flags = BX_KEY_VERTICAL),
    KEY(bx_list_style, after, "after", LENGTH, NULL, "white below it", .flags = BX_KEY_VERTICAL),
    KEY(bx_list_style, between, "between", LENGTH, NULL, "between items that are not tight",
        .flags = BX_KEY_VERTICAL),
};
static OBJECT(list_keys, bx_list_style, "list", list_rows, "Numbered and bulleted lists.");

static const bx_key quote_rows[] = {
    KEY(bx_quote_style, role, "role", ROLE, "quote", "of its paragraphs"),
    KEY(bx_quote_style, box, "box", OBJECT, NULL, "round it", .keys = &bx_box_keys),
};
static OBJECT(quote_keys, bx_quote_style, "quote", quote_rows, "Block quotations.");

static const bx_key code_rows[] = {
    KEY(bx_code_style, role, "role", ROLE, "code", "of the lines"),
    KEY(bx_code_style, box, "box", OBJECT, NULL, "round them", .keys = &bx_box_keys),
};
static OBJECT(code_keys, bx_code_style, "code", code_rows, "Blocks of code.");

/* Tables, figures, notes */

static const bx_key table_rows[] = {
    KEY(bx_table_style, head_role, "head-role", ROLE, "table-head", "of the cells of the head"),
    KEY(bx_table_style, cell_role, "role", ROLE, "table-cell", "of the other cells"),
    KEY(bx_table_style, caption_role, "caption-role", ROLE, "caption", "of the caption"),
    KEY(bx_table_style, top, "top", BORDER, NULL, "the rule over the table"),
    KEY(bx_table_style, head, "head", BORDER, NULL, "under the head"),
    KEY(bx_table_style, row, "row", BORDER, NULL, "between rows"),
    KEY(bx_table_style, bottom, "bottom", BORDER, NULL, "under the table"),
    KEY(bx_table_style, head_fill, "head-fill", COLOR, NULL, "behind the head"),
    KEY(bx_table_style, stripe_fill, "stripe-fill", COLOR, NULL, "behind every other row"),
    KEY(bx_table_style, pad_x, "pad-x", LENGTH, "0.5em",
        "between a cell's edge and its text, sideways"),
    KEY(bx_table_style, pad_y, "pad-y", LENGTH, NULL, "above and below the text",
        .flags = BX_KEY_VERTICAL),
    KEY(bx_table_style, continued, "continued", TEMPLATE, NULL,
        "over the table's parts on later pages", .fields = BX_FIELDS_ISSUE | BX_FIELDS_COUNTER),
    KEY(bx_table_style, repeat_head, "repeat-head", BOOL, "yes",
        "the head stands again on later pages"),
    KEY(bx_table_style, before, "before", LENGTH, NULL, "white above", .flags = BX_KEY_VERTICAL),
    KEY(bx_table_style, after, "after", LENGTH, NULL, "white below", .flags = BX_KEY_VERTICAL),
    KEY(bx_table_style, least_scale, "least-scale", AMOUNT, "80%",
        "a wide table shrinks to this before it turns sideways"),
};
static OBJECT(table_keys, bx_table_style, "table", table_rows, "Tables.");

static const bx_key figure_rows[] = {
    KEY(bx_figure_style, caption_role, "caption-role", ROLE, "caption", "of the caption"),
    KEY(bx_figure_style, number, "number", TEMPLATE, NULL,
        "before the caption: `{words.figure} {n}`; without it figures have no number",
        .fields = BX_FIELDS_COUNTER),
    KEY(bx_figure_style, greatest, "greatest-height", LENGTH, "50%",
        "a taller picture is made smaller", .flags = BX_KEY_VERTICAL | BX_KEY_POSITIVE),
    KEY(bx_figure_style, dpi, "dpi", INT, "300",
        "pictures of a higher resolution are brought down to it", .min = 72, .max = 2400),
    KEY(bx_figure_style, box, "box", OBJECT, NULL, "round the picture", .keys = &bx_box_keys),
    KEY(bx_figure_style, missing, "missing", OBJECT, NULL,
        "in the place of a picture that is not there", .keys = &bx_box_keys),
    KEY(bx_figure_style, before, "before", LENGTH, NULL, "white above", .flags = BX_KEY_VERTICAL),
    KEY(bx_figure_style, after, "after", LENGTH, NULL, "white below", .flags = BX_KEY_VERTICAL),
    KEY(bx_figure_style, floats, "floats", BOOL, "yes",
        "may move to the next page rather than leave a hole"),
};
static OBJECT(figure_keys, bx_figure_style, "figure", figure_rows, "Pictures in the text.");

static const bx_key note_rows[] = {
    KEY(bx_note_style, role, "role", ROLE, "note", "of the notes"),
    KEY(bx_note_style, mark, "mark", TEMPLATE, "\"{n:circled}\"", "in the text and before the note",
        .fields = BX_FIELDS_COUNTER),
    KEY(bx_note_style, rule, "rule", BORDER, NULL, "over the notes of a page"),
    KEY(bx_note_style, rule_width, "rule-width", LENGTH, "25%", "its length"),
    KEY(bx_note_style, gap, "gap", LENGTH, "0.5 line", "least white over the notes",
        .flags = BX_KEY_VERTICAL),
};
static OBJECT(note_keys, bx_note_style, "note", note_rows, "Footnotes.");

/* End matter */

static const bx_key reference_rows[] = {
    KEY(bx_reference_style, title, "title", TEMPLATE, NULL,
        "its head, when it is no section of a Markdown issue", .fields = BX_FIELDS_ISSUE),
    KEY(bx_reference_style, title_role, "title-role", ROLE, "h1", "of that head"),
    KEY(bx_reference_style, role, "role", ROLE, "reference", "of the entries"),
    KEY(bx_reference_style, new_page, "new-page", BOOL, "no", "begins on a new page"),
    KEY(bx_reference_style, marker, "marker", TEMPLATE, NULL,
        "before an entry; when not given, `[{n}]`, or in Markdown the number as it is typed",
        .fields = BX_FIELDS_COUNTER),
    KEY(bx_reference_style, citation, "citation", TEMPLATE, "\"[{n}]\"", "in the text",
        .fields = BX_FIELDS_COUNTER),
    KEY(bx_reference_style, citation_raised, "citation-raised", BOOL, "yes",
        "citations are superscript"),
    KEY(bx_reference_style, hang, "hang", LENGTH, "2.5em", "the room for the marker"),
    KEY(bx_reference_style, marker_align, "marker-align", CHOICE, "start", "of the marker in it",
        .choices = bx_align_choices),
    KEY(bx_reference_style, between, "between", LENGTH, NULL, "white between entries",
        .flags = BX_KEY_VERTICAL),
    KEY(bx_reference_style, format, "format", TEXT, "gbt7714",
        "order and marks of an entry's elements", .choices = formats),
    KEY(bx_reference_style, headings, "headings", TEXTS, NULL,
        "heads of a Markdown issue that hold the references",
        COUNT(bx_reference_style, n_headings)),
};
static OBJECT(reference_keys, bx_reference_style, "references", reference_rows,
              "The list of references and the citations.");

static const bx_key contact_rows[] = {
    KEY(bx_contact_style, heading_role, "heading-role", ROLE, "contact-heading", "of its heading"),
    KEY(bx_contact_style, caption_role, "caption-role", ROLE, "contact-caption",
        "of the first line under a code"),
    KEY(bx_contact_style, subcaption_role, "subcaption-role", ROLE, "contact-subcaption",
        "of the lines below that"),
    KEY(bx_contact_style, name_role, "name-role", ROLE, "contact-name",
        "of an organisation's name"),
    KEY(bx_contact_style, text_role, "text-role", ROLE, "contact-text", "of its text"),
    KEY(bx_contact_style, site_role, "site-role", ROLE, "contact-site", "of the web site"),
    KEY(bx_contact_style, box, "box", OBJECT, NULL, "round the block", .keys = &bx_box_keys),
    KEY(bx_contact_style, qr_size, "qr-size", LENGTH, "32mm", "of a code, its quiet zone included",
        .flags = BX_KEY_POSITIVE),
    KEY(bx_contact_style, qr_gap, "qr-gap", LENGTH, "10mm", "between codes"),
    KEY(bx_contact_style, columns, "columns", INT, "2", "of organisations", .min = 1, .max = 4),
    KEY(bx_contact_style, gutter, "gutter", LENGTH, "2em", "between them"),
    KEY(bx_contact_style, site, "site", TEMPLATE, NULL, "the line of the web site",
        .fields = BX_FIELDS_ISSUE),
    KEY(bx_contact_style, new_page, "new-page", BOOL, "no", "begins on a new page"),
};
static OBJECT(contact_keys, bx_contact_style, "contact", contact_rows, "The contact block.");

static const bx_key break_rows[] = {
    KEY(bx_break_style, rule, "rule", BORDER, NULL, "the rule; without it, white alone"),
    KEY(bx_break_style, width, "width", LENGTH, "100%", "its length"),
    KEY(bx_break_style, before, "before", LENGTH, NULL, "white above", .flags = BX_KEY_VERTICAL),
    KEY(bx_break_style, after, "after", LENGTH, NULL, "white below", .flags = BX_KEY_VERTICAL),
    KEY(bx_break_style, align, "align", CHOICE, "center", "where it stands",
        .choices = bx_align_choices),
    KEY(bx_break_style, closing, "closing", ROLE, NULL,
        "of a last line of the issue that stands after a break"),
};
static OBJECT(break_keys, bx_break_style, "rule", break_rows,
              "A thematic break: `---` between blocks.");

static const bx_key block_rows[] = {
    {.name = "cover",
     .kind = BX_KEY_OBJECT,
     .keys = &cover_keys,
     .doc = "the title page or masthead"},
    KEY(bx_style, toc, "toc", OBJECT, NULL, "the table of contents", .keys = &toc_keys,
        .flags = BX_KEY_NONE),
    KEY(bx_style, section, "sections", LEVELS, NULL, "by level: `1` … `6`, and `all` under them",
        .keys = &section_keys),
    KEY(bx_style, variants, "variants", OBJECTS, NULL, "sections that are set apart by their title",
        .keys = &variant_keys, COUNT(bx_style, n_variants)),
    KEY(bx_style, list, "list", OBJECT, NULL, "lists", .keys = &list_keys),
    KEY(bx_style, quote, "quote", OBJECT, NULL, "block quotations", .keys = &quote_keys),
    KEY(bx_style, callouts, "callouts", OBJECTS, NULL,
        "block quotations and paragraphs with a label", .keys = &callout_keys,
        COUNT(bx_style, n_callouts)),
    KEY(bx_style, code, "code", OBJECT, NULL, "blocks of code", .keys = &code_keys),
    KEY(bx_style, table, "table", OBJECT, NULL, "tables", .keys = &table_keys),
    KEY(bx_style, figure, "figure", OBJECT, NULL, "pictures", .keys = &figure_keys),
    KEY(bx_style, note, "note", OBJECT, NULL, "footnotes", .keys = &note_keys),
    KEY(bx_style, references, "references", OBJECT, NULL, "references and citations",
        .keys = &reference_keys),
    KEY(bx_style, contact, "contact", OBJECT, NULL, "the contact block", .keys = &contact_keys),
    KEY(bx_style, rule, "rule", OBJECT, NULL, "thematic breaks", .keys = &break_keys),
    {.name = "end",
     .kind = BX_KEY_OBJECT,
     .keys = &end_keys,
     .doc = "what follows the last section"},
};
OBJECT(bx_blocks_keys, bx_style, "blocks", block_rows, "What the pages are made of.");
