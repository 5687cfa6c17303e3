/* Sets one paragraph from standard input and prints it as JSON: the paragraph command without the
 * rest of the program. For checks by hand and by scripts; the options are those of `banxin
 * paragraph` and some that layouts have. */
#include "text/dump.h"
#include "text/hyphenate.h"

#include <stdio.h>
#include <stdlib.h>

typedef struct options {
    const char *measure, *fit, *font, *lang, *kinsoku, *punctuation, *align, *hyphenation,
        *dictionaries;
    double size, autospace, indent;
    bool hang, balance;
} options;

static const char *value(const char *arg, const char *name) {
    size_t n = strlen(name);
    return strncmp(arg, name, n) == 0 && arg[n] == '=' ? arg + n + 1 : NULL;
}

static options parse(int argc, char **argv) {
    options o = {.measure = "none",
                 .font = "Noto Sans Mono CJK SC",
                 .lang = "zh-Hans",
                 .kinsoku = "gb",
                 .punctuation = "quanjiao",
                 .align = "justify",
                 .hyphenation = "off",
                 .dictionaries = "/usr/share/hyphen",
                 .size = 10,
                 .autospace = 0.25};
    for (int i = 1; i < argc; i++) {
        const char *v;
        if ((v = value(argv[i], "--measure")))
            o.measure = v;
        else if ((v = value(argv[i], "--fit")))
            o.fit = v;
        else if ((v = value(argv[i], "--font")))
            o.font = v;
        else if ((v = value(argv[i], "--lang")))
            o.lang = v;
        else if ((v = value(argv[i], "--kinsoku")))
            o.kinsoku = v;
        else if ((v = value(argv[i], "--punctuation")))
            o.punctuation = v;
        else if ((v = value(argv[i], "--align")))
            o.align = v;
        else if ((v = value(argv[i], "--hyphenation")))
            o.hyphenation = v;
        else if ((v = value(argv[i], "--size")))
            o.size = atof(v);
        else if ((v = value(argv[i], "--autospace")))
            o.autospace = atof(v);
        else if ((v = value(argv[i], "--indent")))
            o.indent = atof(v);
        else if (strcmp(argv[i], "--hang") == 0)
            o.hang = true;
        else if (strcmp(argv[i], "--balance") == 0)
            o.balance = true;
        else
            exit(64);
    }
    return o;
}

static int pick(const char *word, const char *const *names) {
    for (int i = 0; names[i]; i++)
        if (strcmp(word, names[i]) == 0)
            return i;
    exit(64);
}

int main(int argc, char **argv) {
    options o = parse(argc, argv);
    bx_memory memory = {0};
    bx_arena *arena = bx_arena_new(&memory);
    bx_report *report = bx_report_new(arena, bx_sources_new(arena));
    bx_fonts *fonts = bx_fonts_open(
        arena, &(bx_font_options){.table = BX_STR(BX_SOURCE_DIR "/fonts/families.yaml")}, report);
    if (!fonts)
        return 69;
    bx_buf text = bx_buf_new(arena);
    char block[65536];
    for (size_t n; (n = fread(block, 1, sizeof block, stdin)) > 0;)
        bx_buf_add(&text, block, n);
    bx_len em = (bx_len)(o.size * 1024 + 0.5);
    bx_text_span span = {
        .end = (uint32_t)text.n, .font = {.family = bx_str_of(o.font), .weight = 400}, .size = em};
    static const char *const kinsoku[] = {"gb", "none", "basic", "strict", NULL};
    static const char *const punctuation[] = {"quanjiao", "kaiming", "banjiao", "plain", NULL};
    static const char *const align[] = {"justify", "start", "center", "end", NULL};
    static const char *const hyphenation[] = {"auto", "off", "on", NULL};
    bx_str folder = bx_str_of(o.dictionaries);
    bx_text_input input = {.text = bx_buf_view(&text),
                           .spans = &span,
                           .n_spans = 1,
                           .size = em,
                           .pitch = em * 7 / 4,
                           .lang = bx_str_of(o.lang),
                           .edge_trim = o.fit || strcmp(o.measure, "none") != 0,
                           .hyphens = bx_hyphens_open(arena, &folder, 1),
                           .set = {.align = (bx_align)pick(o.align, align),
                                   .kinsoku = (bx_kinsoku)pick(o.kinsoku, kinsoku),
                                   .punctuation = (bx_punctuation)pick(o.punctuation, punctuation),
                                   .hyphenation = (bx_hyphenation)pick(o.hyphenation, hyphenation),
                                   .hang = o.hang,
                                   .balance = o.balance,
                                   .autospace = (bx_em)(o.autospace * 1024 + 0.5),
                                   .indent = (bx_len)(o.indent * em + 0.5)}};
    bx_paragraph *p = bx_paragraph_new(arena, fonts, &input, report);
    bx_len measure = BX_NO_MEASURE;
    if (o.fit)
        measure = (bx_len)(atof(o.fit) * em + 0.5);
    else if (strcmp(o.measure, "none") != 0)
        measure = (bx_len)(atof(o.measure) * em + 0.5);
    bx_lines lines =
        o.fit ? bx_paragraph_fit(p, measure, arena) : bx_paragraph_lines(p, measure, arena, report);
    bx_buf out = bx_buf_new(arena);
    bx_json json = bx_json_new(&out);
    bx_paragraph_dump(p, &lines, measure, em, &json);
    printf("%.*s\n", BX_STR_ARG(bx_buf_view(&out)));
    for (uint32_t i = 0; i < report->list.n; i++)
        fprintf(stderr, "%s: %.*s\n", bx_code_name(report->list.at[i].code),
                BX_STR_ARG(report->list.at[i].message));
    bx_arena_drop(arena);
    return 0;
}
