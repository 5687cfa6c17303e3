#include "cli/sarif.h"

#include "base/diag.h"
#include "base/json.h"

static void text(bx_json *j, const char *key, const char *words) {
    bx_json_key(j, key);
    bx_json_object(j);
    bx_json_key(j, "text");
    bx_json_cstr(j, words);
    bx_json_end(j);
}

static void rule(bx_json *j, bx_code code) {
    bx_json_object(j);
    bx_json_key(j, "id");
    bx_json_cstr(j, bx_code_name(code));
    text(j, "shortDescription", bx_code_cause(code));
    text(j, "help", bx_code_cure(code));
    bx_json_key(j, "defaultConfiguration");
    bx_json_object(j);
    bx_json_key(j, "level");
    bx_json_cstr(j, bx_code_severity(code) == BX_ERROR ? "error" : "warning");
    bx_json_end(j);
    bx_json_end(j);
}

void bx_sarif_begin(bx_sarif *sarif, bx_buf *out) {
    sarif->has_results = false;
    bx_buf_str(out, BX_STR("{\"$schema\":\"https://json.schemastore.org/sarif-2.1.0.json\","
                           "\"version\":\"2.1.0\",\"runs\":[{\"columnKind\":\"unicodeCodePoints\","
                           "\"tool\":{\"driver\":"));
    bx_json j = bx_json_new(out);
    bx_json_object(&j);
    bx_json_key(&j, "name");
    bx_json_cstr(&j, "banxin");
    bx_json_key(&j, "version");
    bx_json_cstr(&j, bx_version());
    bx_json_key(&j, "rules");
    bx_json_array(&j);
    for (int code = 0; code < BX_D_COUNT; code++)
        rule(&j, (bx_code)code);
    bx_json_end(&j);
    bx_json_end(&j);
    bx_buf_str(out, BX_STR("},\"results\":["));
}

/* A path as a relative or absolute URI reference (RFC 3986). */
static void file(bx_json *j, const char *path) {
    bx_buf uri = bx_buf_new(j->buf->arena);
    for (const char *p = path; *p; p++) {
        unsigned char c = (unsigned char)*p;
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                     strchr("-._~/", c);
        bx_buf_fmt(&uri, plain ? "%c" : "%%%02X", c);
    }
    bx_json_key(j, "artifactLocation");
    bx_json_object(j);
    bx_json_key(j, "uri");
    bx_json_str(j, bx_buf_view(&uri));
    bx_json_end(j);
}

static void region(bx_json *j, const char *key, const bx_diagnostic *d) {
    const struct {
        const char *key;
        uint32_t value;
    } places[] = {{"startLine", d->line},
                  {"startColumn", d->column},
                  {"endLine", d->end_line},
                  {"endColumn", d->end_column}};
    bx_json_key(j, key);
    bx_json_object(j);
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        bx_json_key(j, places[i].key);
        bx_json_int(j, places[i].value);
    }
    bx_json_end(j);
}

static void location(bx_json *j, const bx_diagnostic *d) {
    bx_json_key(j, "locations");
    bx_json_array(j);
    bx_json_object(j);
    bx_json_key(j, "physicalLocation");
    bx_json_object(j);
    file(j, d->file);
    if (d->line)
        region(j, "region", d);
    bx_json_end(j);
    bx_json_end(j);
    bx_json_end(j);
}

static void fix(bx_json *j, const bx_diagnostic *d) {
    bx_json_key(j, "fixes");
    bx_json_array(j);
    bx_json_object(j);
    text(j, "description", d->hint);
    bx_json_key(j, "artifactChanges");
    bx_json_array(j);
    bx_json_object(j);
    file(j, d->file);
    bx_json_key(j, "replacements");
    bx_json_array(j);
    bx_json_object(j);
    region(j, "deletedRegion", d);
    bx_json_key(j, "insertedContent");
    bx_json_object(j);
    bx_json_key(j, "text");
    bx_json_str(j, (bx_str){d->fix, (uint32_t)d->fix_length});
    for (int open = 7; open--;)
        bx_json_end(j);
}

void bx_sarif_result(bx_sarif *sarif, bx_buf *out, const bx_diagnostic *d) {
    bx_buf message = bx_buf_new(out->arena);
    bx_buf_str(&message, bx_str_of(d->message));
    if (*d->hint)
        bx_buf_fmt(&message, ". %s", d->hint);
    if (sarif->has_results)
        bx_buf_char(out, ',');
    sarif->has_results = true;
    bx_json j = bx_json_new(out);
    bx_json_object(&j);
    bx_json_key(&j, "ruleId");
    bx_json_cstr(&j, d->code);
    bx_json_key(&j, "level");
    bx_json_cstr(&j, d->level == BX_LEVEL_ERROR ? "error" : "warning");
    text(&j, "message", bx_cstr(out->arena, bx_buf_view(&message)));
    if (*d->file)
        location(&j, d);
    if (d->fix)
        fix(&j, d);
    bx_json_end(&j);
}

void bx_sarif_end(bx_sarif *sarif, bx_buf *out) {
    (void)sarif;
    bx_buf_str(out, BX_STR("]}]}\n"));
}
