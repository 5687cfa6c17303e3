#include "cli/cli.h"

#include "base/lang_tag.h"
#include "base/length.h"

#include <errno.h>
#include <stdio.h>

enum { GREATEST = 100000 }; /* em or pt: far beyond any page, far from overflow */

/* A decimal such as 8, 0.25 or -1.5 as whole 1/1024, rounded half away from zero. */
static bool read_amount(const char *text, int32_t *out) {
    bool negative = *text == '-';
    const char *c = text + negative;
    int64_t whole = 0, numerator = 0, denominator = 1;
    const char *start = c;
    for (; *c >= '0' && *c <= '9' && whole <= GREATEST; c++)
        whole = whole * 10 + (*c - '0');
    bool digits = c > start;
    if (*c == '.') {
        for (c++; *c >= '0' && *c <= '9'; c++) {
            digits = true;
            if (denominator < 1000000000) {
                numerator = numerator * 10 + (*c - '0');
                denominator *= 10;
            }
        }
    }
    if (!digits || *c || whole > GREATEST)
        return false;
    int64_t amount = whole * 1024 + (numerator * 2048 + denominator) / (2 * denominator);
    *out = (int32_t)(negative ? -amount : amount);
    return true;
}

/* An option's amount into *out, which stays as it is when the option was not given. */
static bool take(const char *name, const char *text, bool may_be_zero, int32_t *out) {
    if (!text)
        return true;
    if (read_amount(text, out) && (*out > 0 || (may_be_zero && *out == 0)))
        return true;
    if (may_be_zero)
        bx_usage_error(NULL, "--%s takes a number, not \"%s\"", name, text);
    else
        bx_usage_error(NULL, "--%s takes a number above 0, not \"%s\"", name, text);
    return false;
}

static bool read_specimen(const bx_args *args, bx_specimen *s) {
    const char *measure =
        args->measure && strcmp(args->measure, "none") == 0 ? NULL : args->measure;
    s->font = args->font;
    s->hang = args->hang;
    s->markdown = args->markdown;
    s->lang = args->lang ? args->lang : s->lang;
    s->kinsoku = args->kinsoku ? args->kinsoku : s->kinsoku;
    s->punctuation = args->punctuation ? args->punctuation : s->punctuation;
    s->align = args->align ? args->align : s->align;
    s->hyphenation = args->hyphenation ? args->hyphenation : s->hyphenation;
    if (!bx_is_lang_tag(bx_str_of(s->lang))) {
        bx_usage_error(NULL, "--lang takes a language tag such as zh-Hans, not \"%s\"", s->lang);
        return false;
    }
    return take("measure", measure, false, &s->measure) && take("fit", args->fit, false, &s->fit) &&
           take("size", args->size, false, &s->size) &&
           take("autospace", args->autospace, true, &s->autospace) &&
           take("indent", args->indent, true, &s->indent);
}

/* A line end at the end of the input is the shell's, not the paragraph's. */
static bx_str without_line_end(bx_str s) {
    if (s.n && s.p[s.n - 1] == '\n')
        s.n--;
    if (s.n && s.p[s.n - 1] == '\r')
        s.n--;
    return s;
}

static bx_status work(const bx_args *args, bx_job *job, const char *operand) {
    (void)operand;
    bx_specimen specimen = BX_SPECIMEN;
    read_specimen(args, &specimen); /* run() has seen that it can be */
    bx_str text;
    if (!bx_cli_stdin(args->arena, &text)) {
        bx_cli_say("the standard input cannot be read: %s", bx_cli_reason(errno));
        return BX_ENOINPUT;
    }
    text = without_line_end(text);
    return bx_job_paragraph(job, &specimen, text.p, text.n, bx_cli_write, stdout);
}

static int run(bx_args *args) {
    bx_specimen specimen = BX_SPECIMEN;
    if (args->operands.n)
        return bx_usage_error("echo 文字 | banxin paragraph --measure=8",
                              "paragraph reads its text from the standard input");
    if (!read_specimen(args, &specimen))
        return BX_EXIT_USAGE;
    return bx_cli_run(args, NULL, work);
}

static const bx_option options[] = {
    BX_OPTION("measure", 0, TEXT, measure, "EM", NULL,
              "the line's width; none is one line with its edges untrimmed (none)"),
    BX_OPTION("fit", 0, TEXT, fit, "EM", NULL, "force one line to this width"),
    BX_OPTION("font", 0, TEXT, font, "FAMILY", NULL,
              "a family's name, or a key of the fonts table"),
    BX_OPTION("size", 0, TEXT, size, "PT", NULL, "the type size (10)"),
    BX_OPTION("lang", 0, TEXT, lang, "TAG", NULL, "the language (zh-Hans)"),
    BX_OPTION("kinsoku", 0, TEXT, kinsoku, "LEVEL", "none|basic|gb|strict",
              "what may not begin or end a line: none, basic, gb, strict (gb)"),
    BX_OPTION("punctuation", 0, TEXT, punctuation, "STYLE", "quanjiao|kaiming|banjiao|plain",
              "widths of marks: quanjiao, kaiming, banjiao, plain (quanjiao)"),
    BX_OPTION("autospace", 0, TEXT, autospace, "EM", NULL,
              "the space between Chinese and Latin (0.25)"),
    BX_OPTION("indent", 0, TEXT, indent, "EM", NULL, "the first line's indent (0)"),
    BX_OPTION("align", 0, TEXT, align, "HOW", "justify|start", "justify or start (justify)"),
    BX_OPTION("hyphenation", 0, TEXT, hyphenation, "WHEN", "off|auto|on",
              "whether Latin words are divided: off, auto, on (off)"),
    BX_OPTION("hang", 0, FLAG, hang, NULL, NULL, "let a full stop or comma hang in the margin"),
    BX_OPTION("markdown", 0, FLAG, markdown, NULL, NULL, "the text has inline Markdown in it"),
    BX_OPTIONS_FONTS,
    BX_OPTION("strict", 0, FLAG, strict, NULL, NULL, "treat warnings as errors"),
    BX_OPTION_SANDBOX,
    BX_OPTIONS_ALL,
    {0},
};

const bx_command bx_cmd_paragraph = {
    .name = "paragraph",
    .operands = "< TEXT",
    .summary = "Set one paragraph and print its lines as JSON",
    .details =
        "Reads the text from the standard input. Shows where lines may break, where they do, and\n"
        "each character's place and width in em. docs/cli.md describes the JSON.",
    .options = options,
    .run = run,
};
