/* The validator: what would break the promise of a standard is refused before a byte is written.
 * What the writer itself guarantees (embedding, mapping, identification) is not asked again. */
#include "output/pdf/writer.h"

#include "base/lang_tag.h"

static void check_tags(bx_writer *w) {
    const bx_tags *tags = w->pages->tags;
    for (uint32_t i = 1; i < tags->list.n; i++) {
        const bx_tag *tag = &tags->list.at[i];
        if (tag->lang.n && !bx_is_lang_tag(tag->lang))
            bx_pdf_refuse(w, (bx_span){0}, "\"%.*s\" is not a language tag (ISO 14289-1, 7.2)",
                          BX_STR_ARG(tag->lang));
        if (tag->kind == BX_TAG_FIGURE && !tag->alt.n && !tag->actual.n)
            bx_pdf_refuse(w, (bx_span){0}, "a figure has no alternative text (ISO 14289-1, 7.3)");
    }
}

/* ISO 19005-2, 6.1.13: between 3 and 14400 units. */
static void check_pages(bx_writer *w) {
    for (uint32_t i = 0; i < w->pages->list.n; i++) {
        const bx_frame *frame = w->pages->list.at[i].frame;
        if (frame->w < 3 * BX_PT || frame->h < 3 * BX_PT || frame->w > 14400 * BX_PT ||
            frame->h > 14400 * BX_PT)
            bx_pdf_refuse(w, (bx_span){0}, "page %u is smaller than 3 pt or larger than 14400 pt",
                          i + 1);
    }
}

bool bx_pdf_check(bx_writer *w) {
    const bx_pdf_options *options = w->options;
    bx_str lang = w->pages->meta.lang;
    if (w->pages->list.n == 0)
        bx_pdf_refuse(w, (bx_span){0}, "there is no page to print");
    if (options->standards) {
        if (lang.n && !bx_is_lang_tag(lang))
            bx_pdf_refuse(w, (bx_span){0}, "\"%.*s\" is not a language tag (ISO 14289-1, 7.2)",
                          BX_STR_ARG(lang));
        if (options->n_attachments && options->standards & BX_PDF_A2A)
            bx_pdf_refuse(w, (bx_span){0}, "only PDF/A-3 may hold the source (ISO 19005-2, 6.8)");
        check_pages(w);
        check_tags(w);
    }
    return !w->refused;
}
