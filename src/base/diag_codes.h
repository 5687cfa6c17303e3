/* The table of diagnostic codes: BX_CODE(id, name, severity, cause, cure).
 *
 * Included with BX_CODE defined (no include guard on purpose). Add a code at the end of its group;
 * a name, once published, keeps its meaning. */

/* Input */
BX_CODE(INPUT_MISSING, "input-missing", BX_ERROR, "A file that was named cannot be read", "Check the path and its permissions")
BX_CODE(INPUT_FENCE, "input-fence", BX_ERROR, "A file outside the issue's folder was asked for", "Move it into the issue's folder or name its folder with --assets")
BX_CODE(INPUT_LIMIT, "input-limit", BX_ERROR, "The input is larger than a limit allows", "Split it, or raise the limit")
BX_CODE(ENCODING, "encoding", BX_ERROR, "The file is not UTF-8", "Save it as UTF-8")
BX_CODE(YAML_SYNTAX, "yaml-syntax", BX_ERROR, "The YAML cannot be parsed", "Quote the value or mend the indentation")
BX_CODE(FRONT_MATTER, "front-matter", BX_WARNING, "The front matter cannot be read in full", "Write it as YAML between two lines of ---")
BX_CODE(DUPLICATE_KEY, "duplicate-key", BX_ERROR, "A key stands twice in one mapping", "Remove one of them")
BX_CODE(CONTROL, "control-character", BX_WARNING, "A control character or noncharacter stands in the text", "Remove it")
/* Issue */
BX_CODE(UNKNOWN_KEY, "unknown-key", BX_ERROR, "A key that the issue or layout does not have", "Correct it; `banxin schema` lists the keys")
BX_CODE(WRONG_TYPE, "wrong-type", BX_ERROR, "A value of another type than the key takes", "Write the value as the message says")
BX_CODE(MISSING_KEY, "missing-key", BX_ERROR, "A required key is absent", "Add it")
BX_CODE(BAD_VALUE, "bad-value", BX_ERROR, "A value that cannot be used", "Write the value as the message says")
BX_CODE(BAD_DATE, "bad-date", BX_ERROR, "A date that is not in the calendar", "Write it as 2026-04-17")
BX_CODE(DUPLICATE_ID, "duplicate-id", BX_ERROR, "An id stands twice", "Give each its own id")
BX_CODE(UNKNOWN_CITATION, "unknown-citation", BX_ERROR, "A citation of a reference that is not there", "Correct the id or add the reference")
BX_CODE(BROKEN_LINK, "broken-link", BX_WARNING, "A link into the document whose target is not there", "Correct the id")
BX_CODE(UNSAFE_LINK, "unsafe-link", BX_WARNING, "A link that is not made live", "Use http, https, mailto or tel")
BX_CODE(HTML_DROPPED, "html-dropped", BX_WARNING, "HTML that cannot be printed was left out", "Use Markdown")
BX_CODE(FORMULA, "formula", BX_WARNING, "A formula is printed as it was typed", "Use plain text or a picture")
/* Lint: what editors want to know, said by `check` only */
BX_CODE(HALF_WIDTH, "half-width-mark", BX_WARNING, "A half-width mark stands between Chinese characters", "Write the full-width mark")
BX_CODE(QUOTE_PAIR, "quote-pair", BX_WARNING, "A quotation mark or bracket without its partner, or wrongly nested", "Add the partner; inside “ ” write ‘ ’")
BX_CODE(REPEATED_MARK, "repeated-mark", BX_WARNING, "Two marks stand where one belongs", "Leave one")
BX_CODE(ELLIPSIS, "ellipsis", BX_WARNING, "Dots stand for an ellipsis", "Write ……")
BX_CODE(DASH, "dash", BX_WARNING, "Hyphens stand for a dash", "Write ——")
BX_CODE(SHORT_YEAR, "short-year", BX_WARNING, "A year of two digits", "Write all four")
BX_CODE(WEEKDAY, "weekday", BX_WARNING, "A date and its day of the week do not agree", "Correct one of them")
BX_CODE(UNCITED, "uncited", BX_WARNING, "A reference that the text does not cite, though it cites others", "Cite it or take it out")
BX_CODE(SERIES, "series", BX_WARNING, "The number or date does not fit the other issues in the folder", "Correct it, or add the issue that is missing")
/* Layout */
BX_CODE(LAYOUT_MISSING, "layout-missing", BX_ERROR, "No layout of that name", "`banxin layouts` lists them")
BX_CODE(LAYOUT_CYCLE, "layout-cycle", BX_ERROR, "Layouts extend each other in a circle", "Break the circle")
BX_CODE(BAD_COLOR, "bad-color", BX_ERROR, "A colour that cannot be read", "Write it as \"#0F3D73\", in quotes")
BX_CODE(BAD_LENGTH, "bad-length", BX_ERROR, "A length that cannot be read", "Write a number and mm, pt, em, % or a size such as 五号")
BX_CODE(BAD_TEMPLATE, "bad-template", BX_ERROR, "A template that cannot be read", "Fields are written {name}")
/* Fonts */
BX_CODE(FONT_MISSING, "font-missing", BX_ERROR, "A font family is not installed", "Install it or name its folder with --font-path")
BX_CODE(FONT_BROKEN, "font-broken", BX_ERROR, "A font file cannot be used", "Replace the file")
BX_CODE(GLYPH_MISSING, "glyph-missing", BX_WARNING, "No font has this character", "Name a font that has it")
/* Composition */
BX_CODE(OVERFULL_LINE, "overfull-line", BX_WARNING, "A line is wider than its measure", "Add a place where it may break")
BX_CODE(OVERFULL_PAGE, "overfull-page", BX_WARNING, "Something is taller than a page", "Split it")
BX_CODE(UNSETTLED, "unsettled", BX_WARNING, "Page numbers did not settle", "Report this issue")
BX_CODE(PAGE_BUDGET, "page-budget", BX_WARNING, "More pages than the layout allows", "Shorten the text")
/* Images */
BX_CODE(IMAGE_MISSING, "image-missing", BX_ERROR, "An image is not there", "Check the path")
BX_CODE(IMAGE_REMOTE, "image-remote", BX_WARNING, "A remote image is not fetched", "Put a copy in the assets folder")
BX_CODE(IMAGE_BROKEN, "image-broken", BX_ERROR, "An image cannot be decoded", "Replace the file")
BX_CODE(QR_TOO_LONG, "qr-too-long", BX_ERROR, "Too much text for a QR code", "Shorten it")
/* Output */
BX_CODE(OUTPUT, "output", BX_ERROR, "The output cannot be written", "Check the folder, its permissions and the room on the disk")
BX_CODE(CONFORMANCE, "conformance", BX_ERROR, "The chosen PDF standard forbids this", "Change the source or choose another standard")
BX_CODE(NOT_REPRODUCED, "not-reproduced", BX_ERROR, "A PDF is not what comes out when it is made again from its source", "See what has changed since")
BX_CODE(INTERNAL, "internal", BX_ERROR, "A fault in the program", "Report it")
