/* The reader against cmark-gfm itself: what markdown.h does not promise to differ in is the same.
 *
 * Both become HTML (html.h). The texts are pieces of Markdown put together at random, always the
 * same ones, and the examples of the specifications that the command line names: spec.txt as
 * CommonMark and GitHub publish it. They are not in this repository (README.md says how to give
 * them). */
#include "harness.h"

#include "html.h"
#include "input/markdown.h"
#include "input/source_file.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>

static cmark_node *reference_parse(bx_str text) {
    static const char *const extensions[] = {"table", "strikethrough", "autolink", "tasklist"};
    cmark_gfm_core_extensions_ensure_registered();
    cmark_parser *parser =
        cmark_parser_new(CMARK_OPT_UNSAFE | CMARK_OPT_STRIKETHROUGH_DOUBLE_TILDE);
    for (size_t i = 0; i < sizeof extensions / sizeof *extensions; i++)
        cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension(extensions[i]));
    cmark_parser_feed(parser, text.p, text.n);
    cmark_node *root = cmark_parser_finish(parser);
    cmark_parser_free(parser);
    return root;
}

/* White space that nobody sees: links without text, line breaks at a paragraph's edge, blanks at
 * the edge of alternative text. */
static bool says_nothing(cmark_node *n) {
    cmark_node *parent = cmark_node_parent(n);
    bool edge = !cmark_node_previous(n) || !cmark_node_next(n);
    switch (cmark_node_get_type(n)) {
    case CMARK_NODE_LINK:
        return !cmark_node_first_child(n);
    case CMARK_NODE_SOFTBREAK:
    case CMARK_NODE_LINEBREAK:
        return edge;
    case CMARK_NODE_TEXT:
        return edge && cmark_node_get_type(parent) == CMARK_NODE_IMAGE;
    default:
        return false;
    }
}

/* What the two are documented to differ in. */
static bool differs_on_purpose(cmark_node *root) {
    bool differs = false;
    cmark_iter *iter = cmark_iter_new(root);
    for (cmark_event_type e; (e = cmark_iter_next(iter)) != CMARK_EVENT_DONE;) {
        cmark_node *n = cmark_iter_get_node(iter);
        cmark_node_type type = cmark_node_get_type(n);
        differs |= type == CMARK_NODE_HTML_BLOCK || type == CMARK_NODE_HTML_INLINE;
        /* A heading underlined with dashes may be meant as a rule. */
        differs |= type == CMARK_NODE_HEADING && cmark_node_get_heading_level(n) == 2 &&
                   cmark_node_get_end_line(n) > cmark_node_get_start_line(n);
        differs |= says_nothing(n);
    }
    cmark_iter_free(iter);
    return differs;
}

/* Cells beyond a table's columns are kept (markdown.h): such texts are not compared. */
static uint32_t cells_in(const bx_node *row) {
    uint32_t n = 0;
    for (const bx_node *cell = row->first; cell; cell = cell->next)
        n++;
    return n;
}

static bool has_ragged_table(const bx_node *root) {
    for (const bx_node *n = root; n; n = bx_node_after(n, root))
        if (n->kind == BX_NODE_ROW && cells_in(n) > cells_in(n->parent->first))
            return true;
    return false;
}

/* Asserts that a text becomes what cmark-gfm makes of it, or what the specification says. False:
 * they may differ here. */
static bool same(bx_str text, bx_str specified) {
    bench b = bench_open();
    cmark_node *reference = reference_parse(text);
    bx_origin origin = bx_origin_plain(bench_source(&b, text), 0, text.n);
    bx_node *root = bx_markdown_blocks(b.arena, bx_arena_side(b.arena), text, &origin, b.report);
    bool compared = !differs_on_purpose(reference) && !has_ragged_table(root) &&
                    bx_str_find(text, BX_STR("[^")) < 0; /* notes are read */
    if (compared) {
        char *wanted = cmark_render_html(reference, CMARK_OPT_UNSAFE, NULL);
        bx_buf out = bx_buf_new(b.arena);
        bx_node_html(&out, root);
        bx_str is = bx_buf_view(&out);
        if (!bx_str_is(is, wanted) && !bx_str_eq(is, specified))
            fail_msg("of\n%.*s\ncame\n%.*s\nnot\n%s", BX_STR_ARG(text), BX_STR_ARG(is), wanted);
        free(wanted);
    }
    cmark_node_free(reference);
    bench_close(&b);
    return compared;
}

static uint32_t next_random(uint64_t *state) {
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*state >> 33);
}

static void pieces_at_random(void **state) {
    (void)state;
    static const char *const pieces[] = {
        "a",
        "b c",
        "word",
        ".",
        ",",
        " ",
        "  \n",
        "\n",
        "\n",
        "\n\n",
        "\n\n",
        "*",
        "**",
        "***",
        "_",
        "__",
        "~~",
        "~",
        "`",
        "``",
        "[",
        "]",
        "](u)",
        "](u \"t\")",
        "![",
        "[a]: /u\n",
        "[a]",
        "\\",
        "\\*",
        "&amp;",
        "&copy;",
        "\n> ",
        "\n- ",
        "\n  - ",
        "\n1. ",
        "\n7) ",
        "\n# ",
        "\n### ",
        " #",
        "\n***\n",
        "\n===\n",
        "\n    ",
        "\n```\n",
        "\n~~~ x\n",
        "\t",
        "\n| a | b |\n|---|:-:|\n| c |",
        " | ",
        "\n- [ ] ",
        "\n- [x] ",
        "<http://a>",
        "http://e.org/x",
        "www.e.org",
        "m@e.org",
        "\xC3\xA9",
    };
    enum { PIECES = sizeof pieces / sizeof *pieces };
    uint64_t seed = 20260417;
    uint32_t compared = 0;
    char text[1024];
    for (int round = 0; round < 20000; round++) {
        uint32_t n = 0;
        for (uint32_t left = 2 + next_random(&seed) % 24; left; left--) {
            bx_str p = bx_str_of(pieces[next_random(&seed) % PIECES]);
            memcpy(text + n, p.p, p.n);
            n += p.n;
        }
        compared += same((bx_str){text, n}, (bx_str){0});
    }
    assert_true(compared > 10000);
}

static void add_line(bx_buf *out, bx_str line) {
    static const bx_str arrow = {"→", 3};
    for (uint32_t i = 0; i < line.n;) {
        bool tab = bx_str_starts(bx_str_sub(line, i, line.n), arrow);
        bx_buf_char(out, tab ? '\t' : line.p[i]);
        i += tab ? arrow.n : 1;
    }
    bx_buf_char(out, '\n');
}

/* The examples stand between lines of backquotes: the Markdown, a line with a dot, the HTML. Tabs
 * are written as arrows. */
static void examples_of(const char *path) {
    bench b = bench_open();
    uint32_t source = bx_source_open(b.arena, bx_str_of(path), b.report);
    if (!source)
        fail_msg("%s cannot be read", path);
    static const char fence[] = "````````````````````````````````";
    bx_str all = bx_sources_get(b.report->sources, source)->bytes;
    bx_buf part[2] = {bx_buf_new(b.arena), bx_buf_new(b.arena)}; /* Markdown, HTML */
    uint32_t found = 0, compared = 0;
    bx_buf *in = NULL;
    for (uint32_t at = 0, end; at < all.n; at = end + 1) {
        const char *feed = memchr(all.p + at, '\n', all.n - at);
        end = feed ? (uint32_t)(feed - all.p) : all.n;
        bx_str line = bx_str_sub(all, at, end);
        bool is_fence = bx_str_starts(line, bx_str_of(fence));
        if (is_fence && !in) {
            part[0].n = part[1].n = 0;
            in = &part[0];
        } else if (is_fence) {
            in = NULL;
            found++;
            compared += same(bx_buf_view(&part[0]), bx_buf_view(&part[1]));
        } else if (in && bx_str_is(line, ".")) {
            in = &part[1];
        } else if (in) {
            add_line(in, line);
        }
    }
    print_message("%s: %u of %u examples compared\n", path, compared, found);
    assert_true(compared * 3 > found * 2);
    bench_close(&b);
}

static char **specifications;

static void examples(void **state) {
    (void)state;
    if (!*specifications) {
        print_message("no specifications: cmake -DBANXIN_MARKDOWN_SPECS=FILE;FILE\n");
        skip();
    }
    for (char **path = specifications; *path; path++)
        examples_of(*path);
}

int main(int argc, char **argv) {
    (void)argc;
    specifications = argv + 1;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pieces_at_random),
        cmocka_unit_test(examples),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
