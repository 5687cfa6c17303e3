#include "output/pdf/subset.h"

#include "output/pdf/cff.h"

#include <hb-subset.h>
#include <hb.h>

/* Only what is embedded is shown to hb-subset: the fixed cost of a face is that of the tables it
 * has to look at, and a CJK face has large ones that a PDF does not want. */
static const hb_tag_t cff_tables[] = {HB_TAG('C', 'F', 'F', ' '), HB_TAG('h', 'e', 'a', 'd'),
                                      HB_TAG('m', 'a', 'x', 'p'), 0};
static const hb_tag_t truetype_tables[] = {HB_TAG('g', 'l', 'y', 'f'),
                                           HB_TAG('l', 'o', 'c', 'a'),
                                           HB_TAG('h', 'e', 'a', 'd'),
                                           HB_TAG('h', 'h', 'e', 'a'),
                                           HB_TAG('h', 'm', 't', 'x'),
                                           HB_TAG('m', 'a', 'x', 'p'),
                                           0};

typedef struct bx_shown {
    hb_face_t *face;
    const hb_tag_t *tables;
} bx_shown;

static hb_blob_t *shown_table(hb_face_t *face, hb_tag_t tag, void *user) {
    (void)face;
    const bx_shown *shown = user;
    for (const hb_tag_t *t = shown->tables; *t; t++)
        if (*t == tag)
            return hb_face_reference_table(shown->face, tag);
    return hb_blob_get_empty();
}

static void drop_face(void *p) { hb_face_destroy(p); }
static void drop_input(void *p) { hb_subset_input_destroy(p); }
static void drop_plan(void *p) { hb_subset_plan_destroy(p); }
static void drop_blob(void *p) { hb_blob_destroy(p); }

static bx_str bytes_of(hb_blob_t *blob) {
    unsigned n = 0;
    const char *bytes = hb_blob_get_data(blob, &n);
    return (bx_str){bytes, n};
}

static hb_subset_plan_t *plan_for(bx_arena *arena, const bx_font_use *font, hb_face_t *shown) {
    hb_subset_input_t *input = hb_subset_input_create_or_fail();
    if (!input)
        bx_out_of_memory(arena);
    bx_defer(arena, drop_input, input);
    hb_set_t *glyphs = hb_subset_input_glyph_set(input);
    for (uint32_t i = 0; i < font->uses.n; i++)
        hb_set_add(glyphs, font->uses.at[i].glyph);
    hb_subset_input_set_flags(input, HB_SUBSET_FLAGS_NO_HINTING | HB_SUBSET_FLAGS_DESUBROUTINIZE);
    hb_subset_plan_t *plan = hb_subset_plan_create_or_fail(shown, input);
    if (plan)
        bx_defer(arena, drop_plan, plan);
    return plan;
}

/* Gives every used glyph its place in the subset as its code, or that place's CID. false when one
 * is not in it. */
static bool give_codes(bx_font_use *font, const hb_map_t *mapping, const uint16_t *cids,
                       uint32_t n_cids) {
    for (uint32_t i = 0; i < font->uses.n; i++) {
        bx_glyph_use *use = &font->uses.at[i];
        hb_codepoint_t place = hb_map_get(mapping, use->glyph);
        if (place == HB_MAP_VALUE_INVALID || place == 0 || place > UINT16_MAX)
            return false;
        if (cids && place >= n_cids)
            return false;
        use->code = cids ? cids[place] : (uint16_t)place;
        if (use->code == 0)
            return false;
    }
    return true;
}

static bool subset_by_harfbuzz(bx_arena *arena, bx_font_use *font, bx_subset *out) {
    bx_shown shown = {bx_face_hb_face(font->face), out->cff ? cff_tables : truetype_tables};
    hb_face_t *face = hb_face_create_for_tables(shown_table, &shown, NULL);
    bx_defer(arena, drop_face, face);
    hb_subset_plan_t *plan = plan_for(arena, font, face);
    hb_face_t *made = plan ? hb_subset_plan_execute_or_fail(plan) : NULL;
    if (!made)
        return false;
    bx_defer(arena, drop_face, made);
    hb_blob_t *blob =
        out->cff ? hb_face_reference_table(made, cff_tables[0]) : hb_face_reference_blob(made);
    bx_defer(arena, drop_blob, blob);
    out->program = bytes_of(blob);
    const hb_map_t *mapping = hb_subset_plan_old_to_new_glyph_mapping(plan);
    if (!out->cff)
        return give_codes(font, mapping, NULL, 0);
    bx_cff cff;
    const uint16_t *cids = bx_cff_read(arena, out->program, &cff) ? bx_cff_cids(arena, &cff) : NULL;
    return cids && give_codes(font, mapping, cids, cff.charstrings.n);
}

/* The font taken apart where it is mapped. false: it is not of the kind for that. */
static bool subset_in_place(bx_arena *arena, bx_font_use *font, bx_subset *out) {
    hb_blob_t *table = hb_face_reference_table(bx_face_hb_face(font->face), cff_tables[0]);
    bx_defer(arena, drop_blob, table);
    bx_cff cff;
    uint32_t *glyphs = bx_new_n(arena, uint32_t, font->uses.n);
    for (uint32_t i = 0; i < font->uses.n; i++)
        glyphs[i] = font->uses.at[i].glyph;
    if (!bx_cff_read(arena, bytes_of(table), &cff))
        return false;
    cff.file = font->face;
    if (!bx_cff_subset(arena, &cff, glyphs, font->uses.n, &out->program))
        return false;
    for (uint32_t i = 0; i < font->uses.n; i++)
        font->uses.at[i].code = (uint16_t)(i + 1);
    return true;
}

bool bx_subset_make(bx_arena *arena, bx_font_use *font, bx_subset *out) {
    out->cff = font->info->format != BX_FACE_TRUETYPE;
    return (out->cff && subset_in_place(arena, font, out)) || subset_by_harfbuzz(arena, font, out);
}
