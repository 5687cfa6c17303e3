/* Files inside the file (ISO 19005-3, 6.8): the source that it was made from. */
#include "output/pdf/tree.h"
#include "output/pdf/writer.h"

static bx_obj *embedded(bx_writer *w, const bx_attachment *a) {
    bx_obj *obj = bx_store_add(w->store);
    bx_obj_name(obj, "Type", "EmbeddedFile");
    bx_buf *raw = bx_obj_raw(obj);
    bx_buf_str(raw, BX_STR("/Subtype"));
    bx_pdf_name(raw, a->mime.n ? a->mime : BX_STR("application/octet-stream"));
    bx_buf_fmt(raw, "/Params<</Size %u/ModDate", a->bytes.n);
    bx_pdf_bytes(raw, bx_pdf_date(w));
    bx_buf_str(raw, BX_STR(">>"));
    bx_obj_stream(obj, a->bytes, a->plain ? BX_PACK_NONE : BX_PACK_DEFLATE);
    return obj;
}

void bx_pdf_attachments(bx_writer *w, bx_buf *names) {
    const bx_pdf_options *options = w->options;
    if (options->n_attachments == 0)
        return;
    bx_tree_entry *entries = bx_new_n(w->arena, bx_tree_entry, options->n_attachments);
    bx_buf *catalog = bx_obj_raw(w->catalog);
    bx_buf_str(catalog, BX_STR("/AF["));
    for (uint32_t i = 0; i < options->n_attachments; i++) {
        const bx_attachment *a = &options->attachments[i];
        bx_obj *spec = bx_store_add(w->store);
        uint32_t file = bx_obj_number(embedded(w, a));
        bx_buf *raw = bx_obj_raw(spec);
        bx_buf_fmt(raw, "/Type/Filespec/AFRelationship/%s/F",
                   a->relationship ? a->relationship : "Source");
        bx_pdf_text(raw, a->name);
        bx_buf_str(raw, BX_STR("/UF"));
        bx_pdf_text(raw, a->name);
        if (a->description.n) {
            bx_buf_str(raw, BX_STR("/Desc"));
            bx_pdf_text(raw, a->description);
        }
        bx_buf_fmt(raw, "/EF<</F %u 0 R/UF %u 0 R>>", file, file);
        bx_buf_fmt(catalog, "%s%u 0 R", i ? " " : "", bx_obj_number(spec));
        entries[i] = (bx_tree_entry){.name = a->name,
                                     .value = bx_str_fmt(w->arena, "%u 0 R", bx_obj_number(spec))};
    }
    bx_buf_char(catalog, ']');
    const bx_obj *root = bx_pdf_name_tree(w->store, w->arena, entries, options->n_attachments);
    bx_buf_fmt(names, "/EmbeddedFiles %u 0 R", bx_obj_number(root));
}
