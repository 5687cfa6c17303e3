/* libyaml's messages speak of its scanner. These speak of the text. */
#include "input/yaml_inner.h"

typedef struct friendly {
    const char *problem, *context; /* parts of libyaml's; NULL: any */
    const char *message, *hint;
    bool at_context; /* the place to show is where it began */
} friendly;

static const friendly table[] = {
    {"mapping values are not allowed", NULL,
     "a colon and a space in the middle of a value, or a key indented differently from its fellows",
     "Quote the value: title: \"甲: 乙\"; or align the key with those above it", false},
    {"could not find expected ':'", "simple key",
     "this line is neither “key: value” nor part of the value above",
     "Write an ASCII colon and a space after the key; indent a text's further lines", true},
    {"found character that cannot start any token", NULL,
     "a value cannot begin with this character", "Quote the value", false},
    {"did not find expected key", NULL, "the lines above and below do not fit together here",
     "Indent keys of one mapping alike; quote a value that begins with a quotation mark and goes "
     "on after it",
     false},
    {"did not find expected '-' indicator", NULL, "a list goes on here without its -",
     "Begin each entry with “- ”, indented alike", false},
    {"block sequence entries are not allowed", NULL, "a list cannot begin here",
     "Put the list on the lines below its key; quote a value that begins with “- ”", false},
    {"found unexpected end of stream", "quoted scalar",
     "a quotation mark is opened here and never closed",
     "Close it; inside double quotes write \\\" for the mark itself", true},
    {"found unexpected document indicator", "quoted scalar",
     "a quotation mark is opened here and never closed",
     "Close it; inside double quotes write \\\" for the mark itself", true},
    {"found unknown escape character", NULL, "no such escape after a backslash",
     "Write \\\\ for a backslash, or use single quotes", false},
    {"did not find expected ',' or ']'", NULL,
     "a list in brackets is not closed, or a comma is missing",
     "Close it with ]; quote entries that contain , [ ] { } or a colon", false},
    {"did not find expected ',' or '}'", NULL,
     "a mapping in braces is not closed, or a comma is missing",
     "Close it with }; quote a value that begins with {", false},
    {"found a tab character", NULL, "a tab stands where only spaces may indent", "Use spaces",
     false},
    {"did not find expected whitespace or line break", NULL,
     "something stands where a space is needed", "Quote the value", false},
    {"did not find expected alphabetic or numeric character", NULL,
     "& and * at the beginning of a value mean anchors", "Quote the value", false},
    {"did not find expected comment or line break", NULL, "text stands after | or >",
     "Put the text on the lines below, indented", false},
    {"did not find expected <document start>", NULL,
     "this line does not belong to what stands above",
     "Write “key: value” lines only; quote values over several lines", false},
    {"control characters are not allowed", NULL, "a control character", "Remove it", false},
    {"found undefined tag handle", NULL, "! at the beginning of a value means a tag",
     "Quote the value", false},
};

static const friendly *find(const char *problem, const char *context) {
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        const friendly *f = &table[i];
        if (strstr(problem, f->problem) &&
            (!f->context || (context && strstr(context, f->context))))
            return f;
    }
    return NULL;
}

/* A full-width colon after a short first word is a key typed with a Chinese input method. */
static bool full_width_colon(bx_str line) {
    int64_t at = bx_str_find(line, BX_STR("："));
    return at > 0 && at <= 24 && bx_str_find(bx_str_sub(line, 0, (uint32_t)at), BX_STR(" ")) < 0;
}

/* Such a line is read as a text that goes on below it, so the fault shows on it or on the next. */
static bool complain_of_colon(bx_report *report, uint32_t source, uint32_t at) {
    uint32_t start, above;
    bx_str line = bx_sources_line(report->sources, source, at, &start);
    if (!full_width_colon(line) && start) {
        line = bx_sources_line(report->sources, source, start - 1, &above);
        start = above;
    }
    if (!full_width_colon(line))
        return false;
    uint32_t colon = start + (uint32_t)bx_str_find(line, BX_STR("："));
    bx_say(report, BX_D_YAML_SYNTAX, (bx_span){source, colon, colon + 3},
           "the colon after a key must be the ASCII one");
    bx_hint(report, "Write “key: value”, with a space after the colon");
    return true;
}

void bx_yaml_complain(bx_report *report, uint32_t source, const yaml_parser_t *parser,
                      uint32_t offset, uint32_t context) {
    const char *problem = parser->problem ? parser->problem : "it cannot be parsed";
    const friendly *f = find(problem, parser->context);
    uint32_t at = f && f->at_context ? context : offset, start;
    bool key_trouble =
        strstr(problem, "could not find expected ':'") || strstr(problem, "mapping values");
    if (key_trouble && complain_of_colon(report, source, at))
        return;
    bx_span span = {source, at, at};
    bx_str line = bx_sources_line(report->sources, source, at, &start);
    if (at < start + line.n) {
        span.end = at + 1;
        while (span.end < start + line.n &&
               ((unsigned char)line.p[span.end - start] & 0xC0) == 0x80)
            span.end++;
    }
    if (!f) {
        bx_say(report, BX_D_YAML_SYNTAX, span, "this is not YAML: %s", problem);
        bx_hint(report, "Quote the value or mend the indentation");
        return;
    }
    if (strstr(problem, "cannot start any token") && at - start < line.n &&
        line.p[at - start] == '\t') {
        bx_say(report, BX_D_YAML_SYNTAX, span, "a tab stands where only spaces may indent");
        bx_hint(report, "Use spaces");
        return;
    }
    bx_say(report, BX_D_YAML_SYNTAX, span, "%s", bx_word(report->words, f->message));
    bx_hint(report, "%s", bx_word(report->words, f->hint));
}
