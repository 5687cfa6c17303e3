#include "output/pdf/writer.h"

#include "base/clock.h"
#include "base/utf8.h"
#include "output/pdf/subset.h"

#include <hb.h>
#include <setjmp.h>
#include <stdlib.h>

/* A code and what it draws, for the tables that are written in order of code. */
typedef struct bx_coded {
    uint16_t code;
    const bx_glyph_use *use;
} bx_coded;

static int by_code(const void *a, const void *b) {
    return (int)((const bx_coded *)a)->code - (int)((const bx_coded *)b)->code;
}

static bx_coded *coded_glyphs(bx_writer *w, const bx_font_use *font) {
    bx_coded *list = bx_new_n(w->arena, bx_coded, font->uses.n);
    for (uint32_t i = 0; i < font->uses.n; i++)
        list[i] = (bx_coded){font->uses.at[i].code, &font->uses.at[i]};
    qsort(list, font->uses.n, sizeof *list, by_code);
    return list;
}

/* The code point that the text is, or 0 when it is not exactly one of the BMP. */
static uint32_t only(bx_str text) {
    uint32_t at = 0, c = bx_utf8_next(text, &at);
    return at == text.n && c < 0x10000 ? c : 0;
}

/* How many codes from `from` on go up in step with their characters. A range may not cross the last
 * byte of the code or of the character (ISO 32000-1, 9.10.3). */
static uint32_t range_length(const bx_coded *list, uint32_t from, uint32_t n) {
    uint32_t first = only(list[from].use->text), length = 1;
    if (first == 0)
        return 1;
    while (from + length < n) {
        const bx_coded *next = &list[from + length];
        uint32_t c = only(next->use->text);
        if (next->code != list[from].code + length || c != first + length ||
            next->code >> 8 != list[from].code >> 8 || c >> 8 != first >> 8)
            break;
        length++;
    }
    return length;
}

static void hex_text(bx_buf *out, bx_str text) {
    bx_buf_char(out, '<');
    for (uint32_t at = 0; at < text.n;)
        bx_pdf_utf16_hex(out, bx_utf8_next(text, &at));
    bx_buf_char(out, '>');
}

static void hex_code(bx_buf *out, uint32_t code) {
    bx_buf_char(out, '<');
    bx_pdf_utf16_hex(out, code);
    bx_buf_char(out, '>');
}

/* Blocks of at most 100 lines, as the CMap language has it. */
static void flush_ranges(bx_buf *out, bx_buf *lines, uint32_t *n) {
    if (*n == 0)
        return;
    bx_buf_fmt(out, "%u beginbfrange\n", *n);
    bx_buf_str(out, bx_buf_view(lines));
    bx_buf_str(out, BX_STR("endbfrange\n"));
    lines->n = 0;
    *n = 0;
}

/* How many codes from `from` on follow each other in one line that lists their texts: up to a
 * change of the first byte, a gap, or a stretch that goes up in step and is shorter said so. */
static uint32_t list_length(const bx_coded *list, uint32_t from, uint32_t n) {
    enum { WORTH_IT = 4 };
    uint32_t length = 1;
    while (from + length < n) {
        const bx_coded *next = &list[from + length];
        if (next->code != list[from].code + length || next->code >> 8 != list[from].code >> 8 ||
            range_length(list, from + length, n) >= WORTH_IT)
            break;
        length++;
    }
    return length;
}

bx_obj *bx_pdf_to_unicode(bx_writer *w, const bx_font_use *font) {
    const bx_coded *list = coded_glyphs(w, font);
    bx_buf out = bx_buf_new(w->arena), lines = bx_buf_new(w->arena);
    bx_buf_str(&out, BX_STR("/CIDInit/ProcSet findresource begin\n12 dict begin\nbegincmap\n"
                            "/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n"
                            "/CMapName/Adobe-Identity-UCS def\n/CMapType 2 def\n"
                            "1 begincodespacerange\n<0000><FFFF>\nendcodespacerange\n"));
    uint32_t n_lines = 0;
    for (uint32_t i = 0; i < font->uses.n;) {
        uint32_t stepping = range_length(list, i, font->uses.n);
        uint32_t listed = list_length(list, i, font->uses.n);
        uint32_t length = stepping >= listed ? stepping : listed;
        hex_code(&lines, list[i].code);
        hex_code(&lines, list[i].code + length - 1);
        if (stepping >= listed) {
            hex_text(&lines, list[i].use->text);
        } else {
            bx_buf_char(&lines, '[');
            for (uint32_t k = 0; k < length; k++)
                hex_text(&lines, list[i + k].use->text);
            bx_buf_char(&lines, ']');
        }
        bx_buf_char(&lines, '\n');
        i += length;
        if (++n_lines == 100)
            flush_ranges(&out, &lines, &n_lines);
    }
    flush_ranges(&out, &lines, &n_lines);
    bx_buf_str(&out, BX_STR("endcmap\nCMapName currentdict/CMap defineresource pop\nend\nend\n"));
    bx_obj *obj = bx_store_add(w->store);
    bx_obj_stream(obj, bx_buf_view(&out), BX_PACK_DEFLATE);
    return obj;
}

static int32_t per_mille(const bx_face_info *info, int64_t units) {
    return bx_muldiv(units, 1000, info->units_per_em > 0 ? info->units_per_em : 1000);
}

static void set_widths(bx_font_use *font) {
    hb_font_t *hb = bx_face_hb_font(font->face);
    for (uint32_t i = 0; i < font->uses.n; i++) {
        bx_glyph_use *use = &font->uses.at[i];
        use->width = (int16_t)per_mille(font->info, hb_font_get_glyph_h_advance(hb, use->glyph));
    }
}

/* /W (9.7.4.3): runs of consecutive codes that are not 1 em wide. */
static void write_widths(bx_buf *out, const bx_coded *list, uint32_t n) {
    bx_buf_str(out, BX_STR("/W["));
    bool open = false;
    for (uint32_t i = 0; i < n; i++) {
        if (list[i].use->width == 1000)
            continue;
        bool follows =
            open && i > 0 && list[i - 1].code + 1 == list[i].code && list[i - 1].use->width != 1000;
        if (!follows)
            bx_buf_fmt(out, "%s%u[", open ? "]" : "", list[i].code);
        bx_buf_fmt(out, "%s%d", follows ? " " : "", list[i].use->width);
        open = true;
    }
    bx_buf_str(out, open ? BX_STR("]]") : BX_STR("]"));
}

/* "ABCDEF+Name": the six letters name the set of glyphs (9.6.4). */
static bx_str subset_name(bx_writer *w, const bx_font_use *font) {
    uint64_t hash = font->info->content;
    for (uint32_t i = 0; i < font->uses.n; i++)
        hash = bx_hash(&font->uses.at[i].glyph, sizeof font->uses.at[i].glyph, hash);
    char tag[7] = {0};
    for (int i = 0; i < 6; i++, hash /= 26)
        tag[i] = (char)('A' + hash % 26);
    return bx_str_fmt(w->arena, "%s+%.*s", tag, BX_STR_ARG(font->info->postscript_name));
}

static bx_obj *descriptor(bx_writer *w, const bx_font_use *font, bx_str name, const bx_obj *program,
                          bool cff) {
    enum { FIXED = 1, SERIF = 2, SYMBOLIC = 4, ITALIC = 64 };
    const bx_face_info *info = font->info;
    bx_obj *obj = bx_store_add(w->store);
    bx_obj_name(obj, "Type", "FontDescriptor");
    bx_obj_int(obj, "Flags",
               SYMBOLIC | (info->fixed_pitch ? FIXED : 0) | (info->serif ? SERIF : 0) |
                   (info->italic ? ITALIC : 0));
    bx_obj_int(obj, "Ascent", per_mille(info, info->ascender));
    bx_obj_int(obj, "Descent", per_mille(info, info->descender));
    bx_obj_int(obj, "CapHeight", per_mille(info, info->cap_height));
    bx_obj_int(obj, "ItalicAngle", info->italic_angle / 65536);
    /* No font says its stems' width; this is the usual guess from its weight. */
    bx_obj_int(obj, "StemV", 50 + info->weight * info->weight / 4225);
    bx_buf *raw = bx_obj_raw(obj);
    bx_buf_str(raw, BX_STR("/FontName"));
    bx_pdf_name(raw, name);
    bx_buf_fmt(raw, "/FontBBox[%d %d %d %d]", per_mille(info, info->bbox[0]),
               per_mille(info, info->bbox[1]), per_mille(info, info->bbox[2]),
               per_mille(info, info->bbox[3]));
    bx_obj_ref(obj, cff ? "FontFile3" : "FontFile2", program);
    return obj;
}

static bx_obj *font_program(bx_writer *w, const bx_subset *subset) {
    bx_obj *obj = bx_store_add(w->store);
    if (subset->cff)
        bx_obj_name(obj, "Subtype", "CIDFontType0C");
    else
        bx_obj_int(obj, "Length1", (int32_t)subset->program.n);
    bx_obj_stream(obj, subset->program, BX_PACK_DEFLATE);
    bx_push(w->arena, &w->font_programs, obj);
    return obj;
}

/* A Type 0 font with its CIDFont, under Identity-H (9.7). */
static bx_obj *composite(bx_writer *w, const bx_font_use *font, const bx_subset *subset) {
    bx_str name = subset_name(w, font);
    bx_obj *cid = bx_store_add(w->store), *type0 = bx_store_add(w->store);
    bx_obj_name(cid, "Type", "Font");
    bx_obj_name(cid, "Subtype", subset->cff ? "CIDFontType0" : "CIDFontType2");
    bx_obj_int(cid, "DW", 1000);
    bx_buf *raw = bx_obj_raw(cid);
    bx_buf_str(raw, BX_STR("/BaseFont"));
    bx_pdf_name(raw, name);
    bx_buf_str(raw, BX_STR("/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"));
    if (!subset->cff)
        bx_obj_name(cid, "CIDToGIDMap", "Identity");
    write_widths(raw, coded_glyphs(w, font), font->uses.n);
    bx_obj_ref(cid, "FontDescriptor",
               descriptor(w, font, name, font_program(w, subset), subset->cff));

    bx_obj_name(type0, "Type", "Font");
    bx_obj_name(type0, "Subtype", "Type0");
    bx_obj_name(type0, "Encoding", "Identity-H");
    bx_obj_ref(type0, "ToUnicode", bx_pdf_to_unicode(w, font));
    raw = bx_obj_raw(type0);
    bx_buf_str(raw, BX_STR("/BaseFont"));
    bx_pdf_name(raw,
                subset->cff ? bx_str_fmt(w->arena, "%.*s-Identity-H", BX_STR_ARG(name)) : name);
    bx_buf_fmt(raw, "/DescendantFonts[%u 0 R]", bx_obj_number(cid));
    return type0;
}

/* A font being subset, on either thread, in memory of its own. */
typedef struct bx_subsetting {
    bx_chore chore;
    bx_hand *hand;
    bx_memory memory;
    bx_arena *arena;
    bx_font_use *font;
    bx_subset subset;
    bool made, out_of_memory;
} bx_subsetting;

static void subset_font(void *user, bool aside) {
    (void)aside;
    bx_subsetting *s = user;
    jmp_buf trap;
    s->memory.trap = &trap;
    if (setjmp(trap) == 0) {
        s->arena = bx_arena_new(&s->memory);
        s->made = bx_subset_make(s->arena, s->font, &s->subset);
    } else {
        s->out_of_memory = true;
    }
}

static void drop_subsetting(void *user) {
    bx_subsetting *s = user;
    bx_hand_drop(s->hand, &s->chore);
    bx_arena_drop(s->arena);
    s->arena = NULL;
}

static void begin_subsetting(bx_writer *w, bx_subsetting *s, bx_font_use *font) {
    const bx_memory *memory = bx_arena_memory(w->arena);
    s->chore = (bx_chore){.run = subset_font, .user = s};
    s->hand = w->options->hand;
    s->font = font;
    s->memory = (bx_memory){.allocate = memory->allocate, .user = memory->user};
    if (memory->most)
        s->memory.most = memory->most - memory->in_use;
    bx_defer(w->arena, drop_subsetting, s);
    bx_hand_give(s->hand, &s->chore);
}

static int by_glyphs(const void *a, const void *b) {
    const bx_font_use *x = *(bx_font_use *const *)a, *y = *(bx_font_use *const *)b;
    return x->uses.n != y->uses.n ? (x->uses.n < y->uses.n ? 1 : -1)
                                  : (x->number > y->number) - (x->number < y->number);
}

/* By number. The largest are begun first, so that none is left alone at the end. */
static bx_subsetting *begin_subsettings(bx_writer *w) {
    uint32_t n = w->usage.fonts.n;
    bx_subsetting *list = bx_new_n(w->arena, bx_subsetting, n);
    bx_font_use **order = bx_new_n(w->arena, bx_font_use *, n);
    for (uint32_t i = 0; i < n; i++)
        order[i] = w->usage.fonts.at[i];
    if (n)
        qsort(order, n, sizeof *order, by_glyphs);
    for (uint32_t i = 0; i < n; i++)
        if (order[i]->uses.n && order[i]->info->format != BX_FACE_BITMAP)
            begin_subsetting(w, &list[order[i]->number - 1], order[i]);
    return list;
}

static bool finish_subsetting(bx_writer *w, bx_subsetting *s) {
    uint64_t start = bx_now();
    bx_hand_finish(s->hand, &s->chore);
    w->subset_ns += bx_now() - start;
    if (s->out_of_memory) {
        bx_arena_memory(w->arena)->over = s->memory.over;
        bx_out_of_memory(w->arena);
    }
    if (s->made)
        return true;
    bx_say(w->report, BX_D_FONT_BROKEN, (bx_span){0},
           "the font %.*s cannot be subset for embedding",
           BX_STR_ARG(s->font->info->postscript_name));
    w->refused = true;
    return false;
}

static void embed(bx_writer *w, bx_font_use *font, bx_subsetting *s, bx_buf *resources) {
    if (font->uses.n == 0)
        return;
    set_widths(font);
    if (font->info->format == BX_FACE_BITMAP)
        bx_pdf_type3(w, font, resources);
    else if (finish_subsetting(w, s))
        bx_buf_fmt(resources, "/F%u %u 0 R", font->number,
                   bx_obj_number(composite(w, font, &s->subset)));
    drop_subsetting(s);
}

void bx_pdf_fonts(bx_writer *w) {
    bx_usage_settle(&w->usage);
    bx_buf resources = bx_buf_new(w->arena);
    bx_subsetting *list = begin_subsettings(w);
    for (uint32_t i = 0; i < w->usage.fonts.n; i++)
        embed(w, w->usage.fonts.at[i], &list[i], &resources);
    if (resources.n > 0)
        bx_buf_fmt(bx_obj_raw(w->resources), "/Font<<%.*s>>", (int)resources.n, resources.p);
}
