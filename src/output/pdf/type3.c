#include "output/pdf/writer.h"

#include "base/utf8.h"

#include <hb-ot.h>

/* A Type 3 font has one-byte codes: 1 … 255 are used, and a face with more glyphs becomes several
 * fonts. A glyph's code carries the number of its font in the high byte.
 *
 * Code 0 is never shown. It is an empty "a", by which readers that take the page's text apart tell
 * the size of a Type 3 font (poppler: the first letter's width is half of it, and an emoji counts
 * as its line's text when the sizes differ by less than 5 %). It is 0.51 of the first glyph: an
 * emoji is one em of the text that it stands in, whatever its size in its font, and the line below
 * may be 1.5 of that away. Not an "m", of which other rules are known: poppler asks for the last
 * "m" of the encoding, and StandardEncoding, on which ours is built, has one at 109, without a
 * width as long as there are fewer glyphs. Taken for text of another size the emoji and its line
 * would be a block of their own, and come out of order.
 */
enum { BX_TYPE3_CODES = 255 };

typedef struct bx_bitmap_font {
    bx_buf procs, differences, widths, map, pictures;
    uint32_t n;
    int32_t letter; /* the width of code 0 */
} bx_bitmap_font;

static void release(void *blob) { hb_blob_destroy(blob); }

/* The glyph's picture as an XObject's number, or 0. */
static uint32_t glyph_picture(bx_writer *w, const bx_font_use *font, uint32_t glyph) {
    hb_blob_t *png = hb_ot_color_glyph_reference_png(bx_face_hb_font(font->face), glyph);
    bx_defer(w->arena, release, png);
    unsigned n = 0;
    const char *bytes = hb_blob_get_data(png, &n);
    if (n == 0)
        return 0;
    const bx_image *image = bx_image_read(w->arena, (bx_str){bytes, n}, font->info->postscript_name,
                                          (bx_span){0}, NULL, w->report);
    bool alpha;
    return image ? bx_pdf_picture(w, image, false, &alpha) : 0;
}

/* One glyph's procedure: its width, and its picture stretched to its extents (ISO 32000-1, 9.6.5).
 */
static bx_obj *procedure(bx_writer *w, const bx_font_use *font, uint32_t glyph, int32_t width,
                         uint32_t picture) {
    hb_glyph_extents_t e = {0};
    hb_font_get_glyph_extents(bx_face_hb_font(font->face), glyph, &e);
    int32_t em = font->info->units_per_em;
    bx_buf out = bx_buf_new(w->arena);
    bx_buf_fmt(&out, "%d 0 d0", width);
    if (picture)
        bx_buf_fmt(&out, " %d 0 0 %d %d %d cm/I%u Do", bx_muldiv(e.width, 1000, em),
                   bx_muldiv(-(int64_t)e.height, 1000, em), bx_muldiv(e.x_bearing, 1000, em),
                   bx_muldiv((int64_t)e.y_bearing + e.height, 1000, em), picture);
    bx_obj *obj = bx_store_add(w->store);
    bx_obj_stream(obj, bx_buf_view(&out), BX_PACK_DEFLATE);
    return obj;
}

static bx_obj *letter_procedure(bx_writer *w, int32_t width) {
    bx_obj *obj = bx_store_add(w->store);
    bx_obj_stream(obj, bx_str_fmt(w->arena, "%d 0 d0", width), BX_PACK_DEFLATE);
    return obj;
}

static void map_code(bx_buf *out, uint32_t code, bx_str text) {
    bx_buf_fmt(out, "1 beginbfchar\n<%02X><", code);
    for (uint32_t at = 0; at < text.n;)
        bx_pdf_utf16_hex(out, bx_utf8_next(text, &at));
    bx_buf_str(out, BX_STR(">\nendbfchar\n"));
}

static void finish(bx_writer *w, const bx_font_use *font, bx_bitmap_font *f, uint32_t part,
                   bx_buf *resources) {
    bx_obj *map = bx_store_add(w->store), *obj = bx_store_add(w->store);
    bx_str cmap = bx_str_fmt(w->arena,
                             "/CIDInit/ProcSet findresource begin\n12 dict begin\nbegincmap\n"
                             "/CMapName/Adobe-Identity-UCS def\n/CMapType 2 def\n"
                             "1 begincodespacerange\n<00><FF>\nendcodespacerange\n%.*sendcmap\n"
                             "CMapName currentdict/CMap defineresource pop\nend\nend\n",
                             (int)f->map.n, f->map.p);
    bx_obj_stream(map, cmap, BX_PACK_DEFLATE);
    bx_obj_name(obj, "Type", "Font");
    bx_obj_name(obj, "Subtype", "Type3");
    bx_obj_int(obj, "FirstChar", 0);
    bx_obj_int(obj, "LastChar", (int32_t)f->n);
    bx_obj_ref(obj, "ToUnicode", map);
    bx_buf *raw = bx_obj_raw(obj);
    bx_buf_fmt(raw, "/FontMatrix[.001 0 0 .001 0 0]/FontBBox[0 0 0 0]/CharProcs<</a %u 0 R%.*s>>",
               bx_obj_number(letter_procedure(w, f->letter)), (int)f->procs.n, f->procs.p);
    bx_buf_fmt(raw, "/Encoding<</Type/Encoding/Differences[0/a%.*s]>>/Widths[%d%.*s]",
               (int)f->differences.n, f->differences.p, f->letter, (int)f->widths.n, f->widths.p);
    bx_buf_fmt(raw, "/Resources<</XObject<<%.*s>>>>", (int)f->pictures.n, f->pictures.p);
    bx_buf_fmt(resources, "/F%u.%u %u 0 R", font->number, part, bx_obj_number(obj));
}

void bx_pdf_type3(bx_writer *w, bx_font_use *font, bx_buf *resources) {
    font->one_byte = true;
    bx_bitmap_font f = {0};
    uint32_t part = 0;
    for (uint32_t i = 0; i < font->uses.n; i++) {
        bx_glyph_use *use = &font->uses.at[i];
        uint32_t glyph = use->glyph;
        use->width--; /* rounded up, what stands one em after it would seem nearer than an em */
        if (f.n == 0) {
            bx_buf none = bx_buf_new(w->arena);
            f = (bx_bitmap_font){none, none, none, none, none, 0, use->width * 51 / 100};
        }
        uint32_t picture = glyph_picture(w, font, glyph);
        use->code = (uint16_t)(part << 8 | ++f.n);
        bx_buf_fmt(&f.procs, "/g%u %u 0 R", glyph,
                   bx_obj_number(procedure(w, font, glyph, use->width, picture)));
        bx_buf_fmt(&f.differences, "/g%u", glyph);
        bx_buf_fmt(&f.widths, " %d", use->width);
        if (picture)
            bx_buf_fmt(&f.pictures, "/I%u %u 0 R", picture,
                       bx_obj_number(bx_pdf_picture_obj(w, picture)));
        map_code(&f.map, f.n, use->text);
        if (f.n == BX_TYPE3_CODES) {
            finish(w, font, &f, part++, resources);
            f.n = 0;
        }
    }
    if (f.n > 0)
        finish(w, font, &f, part, resources);
}
