/* The JSON Schema and the reference page are made from the reader's own table. */
#include "harness.h"

static void json_schema(void **state) {
    (void)state;
    bench b = bench_open();
    bx_buf out = bx_buf_new(b.arena);
    bx_issue_schema(&out);
    bx_str text = bx_buf_view(&out);
    uint32_t source = bx_sources_add(b.report->sources, BX_STR("schema"), text);
    const bx_yaml *root =
        bx_yaml_read(b.arena, source, 0, text.n, false, b.report); /* JSON is YAML */
    assert_non_null(root);
    assert_int_equal(b.report->errors, 0);
    assert_true(bx_str_is(bx_yaml_get(root, "$schema")->text,
                          "https://json-schema.org/draft/2020-12/schema"));
    const bx_yaml *properties = bx_yaml_get(root, "properties"), *defs = bx_yaml_get(root, "$defs");
    assert_int_equal(properties->n, bx_schema_issue.n);
    for (uint32_t i = 0; i < bx_schema_issue.n; i++)
        assert_non_null(bx_yaml_get(properties, bx_schema_issue.keys[i].name));
    static const char *const objects[] = {"section", "reference", "contact", "qr", "organization"};
    assert_int_equal(defs->n, sizeof objects / sizeof *objects);
    for (size_t i = 0; i < sizeof objects / sizeof *objects; i++)
        assert_non_null(bx_yaml_get(defs, objects[i]));
    bench_close(&b);
}

static void every_alias_leads_to_a_key(void **state) {
    (void)state;
    uint32_t n;
    const bx_alias *aliases = bx_schema_aliases(&n);
    for (uint32_t i = 0; i < n; i++) {
        assert_non_null(bx_schema_key(&bx_schema_issue, bx_str_of(aliases[i].key)));
        assert_null(bx_schema_key(&bx_schema_issue, bx_str_of(aliases[i].name)));
    }
}

static void reference_page(void **state) {
    (void)state;
    static const char path[] = BX_SOURCE_DIR "/docs/issue.md";
    bench b = bench_open();
    bx_buf out = bx_buf_new(b.arena);
    bx_issue_reference(&out);
    if (getenv("BANXIN_UPDATE_GOLDEN")) {
        FILE *f = fopen(path, "wb");
        assert_non_null(f);
        fwrite(out.p, 1, out.n, f);
        fclose(f);
    }
    FILE *f = fopen(path, "rb");
    assert_non_null(f);
    char *is = bx_alloc(b.arena, out.n + 2);
    size_t n = fread(is, 1, out.n + 1, f);
    fclose(f);
    assert_int_equal(n, out.n);
    assert_memory_equal(is, out.p, n);
    bench_close(&b);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(json_schema),
        cmocka_unit_test(every_alias_leads_to_a_key),
        cmocka_unit_test(reference_page),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
