#include "setup.h"

#include "base/utf8.h"

#include <stdio.h>
#include <stdlib.h>

setup *setup_new(void) {
    setup *s = calloc(1, sizeof *s);
    s->press = bx_arena_new(&s->memory);
    s->report = bx_report_new(s->press, bx_sources_new(s->press));
    bx_font_options options = {.table = BX_STR(BX_SOURCE_DIR "/fonts/families.yaml")};
    s->fonts = bx_fonts_open(s->press, &options, s->report);
    bx_str folder = BX_STR("/usr/share/hyphen");
    s->hyphens = bx_hyphens_open(s->press, &folder, 1);
    if (!s->fonts) {
        fprintf(stderr, "the fonts of fonts/families.yaml are not installed\n");
        exit(69);
    }
    return s;
}

void setup_drop(setup *s) {
    bx_arena_drop(s->press);
    free(s);
}

uint32_t setup_random(uint64_t *seed) { /* xorshift64* */
    *seed ^= *seed >> 12;
    *seed ^= *seed << 25;
    *seed ^= *seed >> 27;
    return (uint32_t)((*seed * UINT64_C(2685821657736338717)) >> 33);
}

static bx_text_span plain_span(uint32_t start, uint32_t end) {
    return (bx_text_span){.start = start,
                          .end = end,
                          .size = TEST_EM,
                          .font = {.family = BX_STR("Noto Sans Mono CJK SC"), .weight = 400}};
}

bx_text_input setup_input(const setup *s, bx_arena *arena, bx_str text) {
    bx_text_span *span = bx_new(arena, bx_text_span);
    *span = plain_span(0, text.n);
    return (bx_text_input){.text = text,
                           .spans = span,
                           .n_spans = 1,
                           .size = TEST_EM,
                           .pitch = TEST_EM * 7 / 4,
                           .lang = BX_STR("zh-Hans"),
                           .edge_trim = true,
                           .hyphens = s->hyphens,
                           .set = {.autospace = 256, .hyphenation = BX_HYPHENATE_OFF}};
}

static void apply(bx_text_span *span, bx_str kind, bx_str extra, bx_arena *arena) {
    if (bx_str_is(kind, "b"))
        span->font.weight = 700;
    else if (bx_str_is(kind, "code"))
        span->flags = BX_SPAN_CODE;
    else if (bx_str_is(kind, "sup"))
        span->flags = BX_SPAN_RAISED, span->raise = TEST_EM / 3;
    else if (bx_str_is(kind, "sub"))
        span->flags = BX_SPAN_LOWERED, span->raise = -TEST_EM / 6;
    else if (bx_str_is(kind, "pad"))
        span->flags = BX_SPAN_CODE | BX_SPAN_PADDED;
    else if (bx_str_is(kind, "link"))
        span->link = 1;
    else if (bx_str_is(kind, "keep"))
        span->flags = BX_SPAN_KEEP;
    else if (bx_str_is(kind, "silent"))
        span->flags = BX_SPAN_SILENT;
    else if (bx_str_is(kind, "dots"))
        span->flags = BX_SPAN_DOTS;
    else if (bx_str_is(kind, "small"))
        span->size = TEST_EM / 2;
    else if (bx_str_is(kind, "ruby"))
        span->ruby = extra;
    else if (bx_str_is(kind, "object")) {
        bx_text_object *o = bx_new(arena, bx_text_object);
        o->width = (bx_len)(atof(bx_cstr(arena, extra)) * TEST_EM);
        o->ascent = TEST_EM;
        span->object = o;
    } else
        span->lang = kind; /* {ja|…} */
}

static uint32_t unescape(bx_str s, uint32_t at, bx_buf *out) {
    char c = s.p[at + 1];
    if (c == 'n') {
        bx_buf_char(out, '\n');
        return at + 2;
    }
    if (c == 't') {
        bx_buf_char(out, '\t');
        return at + 2;
    }
    if (c == 'u') {
        char *end;
        bx_buf_rune(out, (uint32_t)strtoul(s.p + at + 3, &end, 16));
        return (uint32_t)(end - s.p) + 1;
    }
    bx_buf_char(out, c);
    return at + 2;
}

bx_text_input setup_marked(const setup *s, bx_arena *arena, bx_str marked) {
    bx_buf text = bx_buf_new(arena);
    BX_VEC(bx_text_span) spans = {0};
    uint32_t start = 0;
    marked = bx_str_dup(arena, marked);
    for (uint32_t i = 0; i < marked.n;) {
        if (marked.p[i] == '\\') {
            i = unescape(marked, i, &text);
        } else if (marked.p[i] == '{') {
            const char *bar = strchr(marked.p + i, '|'), *end = strchr(marked.p + i, '}');
            bx_str kind = {marked.p + i + 1, (uint32_t)(bar - marked.p) - i - 1}, extra = {0};
            bx_str body = {bar + 1, (uint32_t)(end - bar) - 1};
            int64_t second = bx_str_find(body, BX_STR("|"));
            if (second >= 0) {
                extra = bx_str_sub(body, (uint32_t)second + 1, body.n);
                body.n = (uint32_t)second;
            }
            if (text.n > start)
                bx_push(arena, &spans, plain_span(start, (uint32_t)text.n));
            start = (uint32_t)text.n;
            if (bx_str_is(kind, "object"))
                extra = body, body = BX_STR("\xEF\xBF\xBC");
            bx_buf_str(&text, body);
            bx_text_span span = plain_span(start, (uint32_t)text.n);
            apply(&span, kind, extra, arena);
            bx_push(arena, &spans, span);
            start = (uint32_t)text.n;
            i = (uint32_t)(end - marked.p) + 1;
        } else {
            bx_buf_char(&text, marked.p[i++]);
        }
    }
    if (text.n > start || spans.n == 0)
        bx_push(arena, &spans, plain_span(start, (uint32_t)text.n));
    bx_text_input input = setup_input(s, arena, bx_buf_view(&text));
    input.spans = spans.at;
    input.n_spans = spans.n;
    return input;
}

static int pick(bx_str word, const char *const *names) {
    for (int i = 0; names[i]; i++)
        if (bx_str_is(word, names[i]))
            return i;
    fprintf(stderr, "unknown word \"%.*s\"\n", BX_STR_ARG(word));
    exit(64);
}

static double number(bx_str s) {
    char copy[32] = {0};
    memcpy(copy, s.p, s.n < 31 ? s.n : 31);
    return atof(copy);
}

static void option(bx_text_input *in, test_options *o, bx_str key, bx_str v) {
    static const char *const kinsoku[] = {"gb", "none", "basic", "strict", NULL};
    static const char *const punctuation[] = {"quanjiao", "kaiming", "banjiao", "plain", NULL};
    static const char *const align[] = {"justify", "start", "center", "end", NULL};
    static const char *const hyphenation[] = {"auto", "off", "on", NULL};
    static const char *const keys[] = {"measure", "fit",         "lang", "kinsoku", "punctuation",
                                       "align",   "hyphenation", "hang", "balance", "autospace",
                                       "indent",  "notrim",      "font", NULL};
    switch (pick(key, keys)) {
    case 0:
        o->measure = (bx_len)(number(v) * TEST_EM + 0.5);
        break;
    case 1:
        o->fit = (bx_len)(number(v) * TEST_EM + 0.5);
        break;
    case 2:
        in->lang = v;
        break;
    case 3:
        in->set.kinsoku = (bx_kinsoku)pick(v, kinsoku);
        break;
    case 4:
        in->set.punctuation = (bx_punctuation)pick(v, punctuation);
        break;
    case 5:
        in->set.align = (bx_align)pick(v, align);
        break;
    case 6:
        in->set.hyphenation = (bx_hyphenation)pick(v, hyphenation);
        break;
    case 7:
        in->set.hang = true;
        break;
    case 8:
        in->set.balance = true;
        break;
    case 9:
        in->set.autospace = (bx_em)(number(v) * 1024 + 0.5);
        break;
    case 10:
        in->set.indent = (bx_len)(number(v) * TEST_EM + 0.5);
        break;
    case 11:
        in->edge_trim = false;
        break;
    case 12:
        for (uint32_t i = 0; i < in->n_spans; i++)
            ((bx_text_span *)in->spans)[i].font.family = v;
        break;
    }
}

test_options setup_options(bx_text_input *input, bx_str options) {
    test_options o = {.measure = BX_NO_MEASURE};
    for (uint32_t i = 0; i < options.n;) {
        uint32_t end = i;
        while (end < options.n && options.p[end] != ' ')
            end++;
        bx_str word = bx_str_sub(options, i, end);
        int64_t eq = bx_str_find(word, BX_STR("="));
        if (word.n)
            option(input, &o, eq < 0 ? word : bx_str_sub(word, 0, (uint32_t)eq),
                   eq < 0 ? (bx_str){0} : bx_str_sub(word, (uint32_t)eq + 1, word.n));
        i = end + 1;
    }
    return o;
}
