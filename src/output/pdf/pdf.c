#include "output/pdf/pdf.h"

#include "base/clock.h"
#include "output/pdf/writer.h"

void bx_pdf_refuse(bx_writer *w, bx_span span, const char *format, ...) {
    va_list args;
    va_start(args, format);
    bx_str text = bx_str_vfmt(w->arena, bx_word(w->report->words, format), args);
    va_end(args);
    bx_say(w->report, BX_D_CONFORMANCE, span, "%.*s", BX_STR_ARG(text));
    w->refused = true;
}

static void begin_pages(bx_writer *w) {
    w->page_uses = bx_new_n(w->arena, bx_page_use, w->pages->list.n);
    for (uint32_t i = 0; i < w->pages->list.n; i++) {
        w->page_uses[i].page = &w->pages->list.at[i];
        w->page_uses[i].obj = bx_store_add(w->store);
    }
}

static void finish_page(bx_writer *w, uint32_t index, const bx_obj *parent) {
    bx_page_use *page = &w->page_uses[index];
    bx_obj *obj = page->obj;
    bx_obj_name(obj, "Type", "Page");
    bx_obj_ref(obj, "Parent", parent);
    bx_obj_ref(obj, "Resources", w->resources);
    bx_obj_name(obj, "Tabs", "S");
    bx_obj_int(obj, "StructParents", (int32_t)index);
    bx_buf *raw = bx_obj_raw(obj);
    bx_buf_str(raw, BX_STR("/MediaBox"));
    bx_pdf_box(raw, 0, 0, page->page->frame->w, page->page->frame->h);
    if (page->alpha) /* the space that colours are blended in (ISO 32000-1, 11.6.6) */
        bx_buf_str(raw, BX_STR("/Group<</S/Transparency/CS/DeviceRGB>>"));
    if (page->annotations.n) {
        bx_buf_str(raw, BX_STR("/Annots["));
        for (uint32_t i = 0; i < page->annotations.n; i++)
            bx_buf_fmt(raw, "%s%u 0 R", i ? " " : "", bx_obj_number(page->annotations.at[i]));
        bx_buf_char(raw, ']');
    }
}

/* The page tree: leaves of a few dozen pages, so that the last page is found as soon as the first.
 */
static void page_tree(bx_writer *w) {
    enum { LEAF = 32 };
    uint32_t n = w->pages->list.n;
    bx_obj *root = bx_store_add(w->store);
    bx_obj_name(root, "Type", "Pages");
    bx_obj_int(root, "Count", (int32_t)n);
    bx_buf_str(bx_obj_raw(root), BX_STR("/Kids["));
    for (uint32_t i = 0; i < n; i += LEAF) {
        uint32_t end = n - i < LEAF ? n : i + LEAF;
        bx_obj *leaf = root;
        if (n > LEAF) {
            leaf = bx_store_add(w->store);
            bx_obj_name(leaf, "Type", "Pages");
            bx_obj_ref(leaf, "Parent", root);
            bx_obj_int(leaf, "Count", (int32_t)(end - i));
            bx_buf_str(bx_obj_raw(leaf), BX_STR("/Kids["));
            bx_buf_fmt(bx_obj_raw(root), "%s%u 0 R", i ? " " : "", bx_obj_number(leaf));
        }
        for (uint32_t k = i; k < end; k++) {
            bx_buf_fmt(bx_obj_raw(leaf), "%s%u 0 R", k > i ? " " : "",
                       bx_obj_number(w->page_uses[k].obj));
            finish_page(w, k, leaf);
        }
        if (leaf != root)
            bx_buf_char(bx_obj_raw(leaf), ']');
    }
    bx_buf_char(bx_obj_raw(root), ']');
    bx_obj_ref(w->catalog, "Pages", root);
}

static void catalog(bx_writer *w) {
    bx_buf *raw = bx_obj_raw(w->catalog), names = bx_buf_new(w->arena);
    bx_obj_name(w->catalog, "Type", "Catalog");
    bx_str lang = w->pages->meta.lang.n ? w->pages->meta.lang : bx_tags_at(w->pages->tags, 1)->lang;
    bx_buf_str(raw, BX_STR("/ViewerPreferences<</DisplayDocTitle true>>/Lang"));
    bx_pdf_text(raw, lang.n ? lang : BX_STR("und"));
    page_tree(w);
    bx_pdf_outline(w);
    bx_pdf_page_labels(w);
    bx_pdf_structure(w);
    bx_pdf_metadata(w);
    bx_pdf_output_intent(w);
    bx_pdf_destinations(w, &names);
    bx_pdf_attachments(w, &names);
    if (names.n)
        bx_buf_fmt(raw, "/Names<<%.*s>>", (int)names.n, names.p);
}

static uint64_t font_bytes(const bx_writer *w) {
    uint64_t sum = 0;
    for (uint32_t i = 0; i < w->font_programs.n; i++)
        sum += bx_obj_stream_size(w->font_programs.at[i]);
    return sum;
}

bool bx_pdf_write(bx_arena *arena, const bx_pages *pages, const bx_pdf_options *options,
                  bx_sink *sink, bx_pdf_stats *stats, bx_report *report) {
    uint64_t start = bx_now();
    bx_writer w = {.arena = arena, .pages = pages, .options = options, .report = report};
    w.scratch = bx_arena_side(arena);
    w.store = bx_store_new(arena, options->hand);
    w.catalog = bx_store_add(w.store);
    w.resources = bx_store_add(w.store);
    if (!bx_pdf_check(&w))
        return false;
    begin_pages(&w);
    bx_pdf_note(&w);
    bx_pdf_fonts(&w);
    bx_pdf_structure_begin(&w);
    for (uint32_t i = 0; i < pages->list.n; i++)
        bx_pdf_content(&w, i);
    bx_pdf_pictures_done(&w);
    catalog(&w);
    bx_obj *info = bx_pdf_info(&w);
    uint64_t emitted = bx_now();
    uint64_t deflated = bx_store_deflate_ns(w.store);
    if (w.refused)
        return false;
    bool saved = bx_store_save(w.store, w.catalog, info, &options->identity, sink);
    if (!saved)
        bx_say(report, BX_D_OUTPUT, (bx_span){0}, "the PDF could not be written to its end");
    if (stats) {
        stats->subset_ns = w.subset_ns;
        stats->deflate_ns = bx_store_deflate_ns(w.store);
        stats->emit_ns = emitted - start - w.subset_ns - deflated;
        stats->save_ns = bx_now() - emitted - (stats->deflate_ns - deflated);
        stats->bytes = bx_store_bytes(w.store);
        stats->font_bytes = font_bytes(&w);
        stats->object_bytes = bx_store_object_bytes(w.store);
    }
    return saved;
}
