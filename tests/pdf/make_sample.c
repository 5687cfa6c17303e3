/* Writes documents for checks by programs from outside.
 *
 *     pdf-sample FILE             the sample, PDF/A-2a and PDF/UA-1
 *     pdf-sample FILE a3          with its source inside, PDF/A-3a
 *     pdf-sample FILE long        seventy pages with links between all of them
 *     pdf-sample FILE turned      a picture in all eight orientations
 *     pdf-sample FILE places LIST the sample, and where each glyph of it must stand */
#include "pdf/sheet.h"

#include <stdio.h>

/* Page, x and y upward in pt, of each glyph that is shown; a missing one is a blank at its place.
 */
static bool list_places(sheet *s, const char *path) {
    FILE *out = fopen(path, "w");
    for (uint32_t p = 0; out && p < s->pages->list.n; p++) {
        const bx_frame *frame = s->pages->list.at[p].frame;
        for (uint32_t i = 0; i < frame->items.n; i++) {
            const bx_item *item = &frame->items.at[i];
            for (uint32_t k = 0; item->kind == BX_ITEM_GLYPHS && k < item->run->n; k++) {
                const bx_glyph *g = &item->run->glyphs[k];
                fprintf(out, "%u %.5f %.5f\n", p, (item->dx + g->x) / 1024.0,
                        (frame->h - item->dy + g->y) / 1024.0);
            }
        }
    }
    return out && fclose(out) == 0;
}

static bool write_file(sheet *s, const char *path, bool with_source) {
    bx_pdf_options options = sheet_options();
    const bx_attachment source = {.name = BX_STR("期刊.yaml"),
                                  .mime = BX_STR("application/yaml"),
                                  .description = BX_STR("The source"),
                                  .bytes = BX_STR("title: x\n")};
    if (with_source) {
        options.standards = BX_PDF_A3A | BX_PDF_UA1;
        options.attachments = &source;
        options.n_attachments = 1;
    }
    bx_str file = sheet_write(s, &options, NULL);
    for (uint32_t i = 0; i < s->report->list.n; i++)
        fprintf(stderr, "%.*s\n", BX_STR_ARG(s->report->list.at[i].message));
    FILE *out = file.n ? fopen(path, "wb") : NULL;
    bool ok = out && fwrite(file.p, 1, file.n, out) == file.n;
    return out && fclose(out) == 0 && ok;
}

int main(int argc, char **argv) {
    const char *what = argc > 2 ? argv[2] : "";
    if (argc < 2)
        return 64;
    sheet *s = strcmp(what, "long") == 0     ? long_sheet()
               : strcmp(what, "turned") == 0 ? turned_sheet()
                                             : sample_sheet();
    bool ok = write_file(s, argv[1], strcmp(what, "a3") == 0);
    if (ok && argc > 3)
        ok = list_places(s, argv[3]);
    sheet_drop(s);
    return ok ? 0 : 1;
}
