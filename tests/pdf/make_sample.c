/* Writes the sample document to the path given: for checks by programs from outside. */
#include "pdf/sheet.h"

#include <stdio.h>

int main(int argc, char **argv) {
    sheet *s = sample_sheet();
    bx_pdf_options options = sheet_options();
    const struct bx_attachment source = {BX_STR("issue.yaml"), BX_STR("application/yaml"),
                                         BX_STR("The source"), BX_STR("title: x\n")};
    if (argc > 2) {
        options.standards = BX_PDF_A3A | BX_PDF_UA1;
        options.attachments = &source;
        options.n_attachments = 1;
    }
    bx_str file = sheet_write(s, &options, NULL);
    for (uint32_t i = 0; i < s->report->list.n; i++)
        fprintf(stderr, "%.*s\n", BX_STR_ARG(s->report->list.at[i].message));
    FILE *out = argc > 1 && file.n ? fopen(argv[1], "wb") : NULL;
    bool ok = out && fwrite(file.p, 1, file.n, out) == file.n;
    ok = out && fclose(out) == 0 && ok;
    sheet_drop(s);
    return ok ? 0 : 1;
}
