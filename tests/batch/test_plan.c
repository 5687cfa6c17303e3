/* Manifests, name templates, and outputs that would fall on one another. */
#include "batch/plan.h"
#include "support/arena.h"

/* Some issues have no date, with or without errors. */
static bool facts_of(void *user, bx_arena *into, const char *issue, bx_issue_facts *facts) {
    (void)user, (void)into;
    bool broken = strstr(issue, "broken"), dateless = strstr(issue, "dateless");
    *facts = (bx_issue_facts){.title = "A/B",
                              .series = "观察",
                              .number = "7",
                              .date = broken || dateless ? "" : "2026-05-20",
                              .layout = ""};
    return !broken;
}

static bool plan_of(const char *manifest, const char *template, bx_plan *plan) {
    static const char *const inputs[] = {"-", NULL};
    bx_plan_options options = {inputs, template, bx_str_of(manifest), facts_of, NULL, NULL};
    return bx_plan_make(arena, &options, plan);
}

/* The plan as "issue>output;…", or "!fault". */
static const char *show(const char *manifest, const char *template) {
    bx_plan plan;
    if (!plan_of(manifest, template, &plan))
        return bx_str_fmt(arena, "!%.*s", BX_STR_ARG(plan.fault)).p;
    bx_buf out = bx_buf_new(arena);
    for (uint32_t i = 0; i < plan.items.n; i++)
        bx_buf_fmt(&out, "%s>%s;", plan.items.at[i].issue.p, plan.items.at[i].output.p);
    return bx_cstr(arena, bx_buf_view(&out));
}

static void check(const char *manifest, const char *template, const char *expected) {
    assert_string_equal(show(manifest, template), expected);
}

static void lists(void **state) {
    (void)state;
    check("a.yaml\nb/c.md\n", NULL, "a.yaml>a.pdf;b/c.md>b/c.pdf;");
    check("a.yaml\r\n\r\nb.yaml", NULL, "a.yaml>a.pdf;b.yaml>b.pdf;");
    check("../x/./a.b.yaml\n", NULL, "../x/./a.b.yaml>x/a.b.pdf;");
    check("/root/a.yaml\n", NULL, "/root/a.yaml>root/a.pdf;");
    check(".hidden\n", NULL, ".hidden>.hidden.pdf;");
    check("\n\n", NULL, "!there are no issues among the inputs");
}

static void csv(void **state) {
    (void)state;
    check("date,issue\n2026-05-20,a.yaml\n", "{date}.pdf", "a.yaml>2026-05-20.pdf;");
    check("issue,output\na.yaml,x/y.pdf\nb.yaml,\n", NULL, "a.yaml>x/y.pdf;b.yaml>b.pdf;");
    check("issue,t\n\"a, b.yaml\",\"x\"\"y\"\n", "{t}.pdf", "a, b.yaml>x\"y.pdf;");
    check("issue,t\na.yaml,\"one\ntwo\"\n,x\n", "{stem}.pdf",
          "!-:4: there is no issue in this row");
    check("issue\n\"a.yaml\n", NULL, "!-:2: a quotation mark that is not closed, or text after one that is");
    check("issue\na.yaml,b\n", NULL, "!-:2: more columns than the head has");
    check("\xEF\xBB\xBFissue\na.yaml\n", NULL, "a.yaml>a.pdf;");
}

static void json_lines(void **state) {
    (void)state;
    check("{\"issue\":\"a.yaml\",\"n\":7}\n\n {\"issue\":\"b.yaml\",\"n\":8}", "{n}.pdf",
          "a.yaml>7.pdf;b.yaml>8.pdf;");
    check("{\"issue\":\"\\u7248\\ud83d\\ude00\\\\.yaml\"}", NULL, "版😀\\.yaml>版😀\\.pdf;");
    check("{\"tags\":[1,{\"a\":\"]}\"}],\"issue\":\"a.yaml\"}", NULL, "a.yaml>a.pdf;");
    check("{\"issue\":null}", NULL, "!-:1: there is no issue in this row");
    check("{\"issue\":\"a.yaml\"} x", NULL, "!-:1: this is not one JSON object");
    check("{\"issue\":\"a.yaml\"}\n{\"issue\":\"b.ya", NULL, "!-:2: this is not one JSON object");
    check("{\"issue\":\"a\\u0000b\"}", NULL, "!-:1: there is no issue in this row");
}

static void outputs(void **state) {
    (void)state;
    check("a/x.yaml\nb/x.yaml\n", "{stem}.pdf", "!a/x.yaml and b/x.yaml would both become x.pdf");
    check("a/x.yaml\nb/x.yaml\n", "{folder}//{stem}.pdf", "a/x.yaml>a/x.pdf;b/x.yaml>b/x.pdf;");
    check("a.yaml\na.yaml\n", NULL, "a.yaml>a.pdf;");
    check("a.yaml\n", "{stem}", "!a.yaml: its output cannot be “a”");
    check("issue,output\na.yaml,../../b.pdf\n", NULL,
          "!a.yaml: its output cannot be “../../b.pdf”");
    check("issue,output\na.yaml,x/../../b.pdf\n", NULL,
          "!a.yaml: its output cannot be “x/../../b.pdf”");
    check("a\xB1.yaml\n", NULL, "!a\xB1.yaml: the name is not UTF-8");
    check("a.yaml\n", "{when}.pdf", "!the name template has no field “when”");
    check("a.yaml\n", "{stem.pdf", "!the name template has no field “stem.pdf”");
}

static void fields_of_issues(void **state) {
    (void)state;
    check("a.yaml\n", "{year}/{month}/{day}-{series}-{number}-{title}.pdf",
          "a.yaml>2026/05/20-观察-7-A-B.pdf;");
    check("a.yaml\nb.yaml\n", "{date}.pdf", "!a.yaml and b.yaml would both become 2026-05-20.pdf");
    check("issue,date\na.yaml,x\n", "{date}.pdf", "a.yaml>x.pdf;");
    check("dateless.yaml\n", "{year}.pdf",
          "!dateless.yaml: it has no year, which the name template asks for");
    check("x/broken.yaml\na.yaml\n", "{date}.pdf",
          "x/broken.yaml>x/broken.pdf;a.yaml>2026-05-20.pdf;");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(lists, open_arena, drop_arena),
        cmocka_unit_test_setup_teardown(csv, open_arena, drop_arena),
        cmocka_unit_test_setup_teardown(json_lines, open_arena, drop_arena),
        cmocka_unit_test_setup_teardown(outputs, open_arena, drop_arena),
        cmocka_unit_test_setup_teardown(fields_of_issues, open_arena, drop_arena),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
