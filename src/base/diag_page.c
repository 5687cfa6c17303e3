/* The table of codes as a page for people. */
#include "base/diag.h"

typedef struct row {
    const char *group; /* a title; of a code's row NULL */
    bx_code code;
    const char *example;
} row;

static const row rows[] = {
#define BX_CODE_GROUP(title) {title, 0, NULL},
#define BX_CODE(id, name, severity, cause, cure, example) {NULL, BX_D_##id, example},
#include "base/diag_codes.h"
#undef BX_CODE
#undef BX_CODE_GROUP
};

static const char head[] = "# Diagnostics\n\n"
                           "Every message has a code that keeps its meaning. Errors keep the PDF "
                           "from being made; warnings do\n"
                           "not, unless `--strict` makes errors of them. In a Markdown issue, "
                           "faults of its text are warnings:\n"
                           "it prints whatever is wrong in it. [cli.md](cli.md#findings) says how "
                           "messages are written. This\n"
                           "page is made from the table in `src/base/diag_codes.h`.\n";

void bx_codes_page(bx_buf *out) {
    bx_buf_str(out, bx_str_of(head));
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const row *r = &rows[i];
        if (r->group) {
            bx_buf_fmt(out, "\n## %s\n\n| code | cause | for example | cure |\n|---|---|---|---|\n",
                       r->group);
            continue;
        }
        bx_buf_fmt(out, "| `%s` (%s) | %s | %s | %s |\n", bx_code_name(r->code),
                   bx_code_severity(r->code) == BX_ERROR ? "error" : "warning",
                   bx_code_cause(r->code), r->example, bx_code_cure(r->code));
    }
}
