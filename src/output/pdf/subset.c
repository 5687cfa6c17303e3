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

/* Gives every used glyph its code. false when one is not in the subset. */
static bool give_codes(bx_font_use *font, const hb_map_t *mapping, const bx_cff *cff) {
    for (uint32_t i = 0; i < font->uses.n; i++) {
        bx_glyph_use *use = &font->uses.at[i];
        hb_codepoint_t place = hb_map_get(mapping, use->glyph);
        if (place == HB_MAP_VALUE_INVALID || place == 0 || place > UINT16_MAX)
            return false;
        if (cff && place >= cff->n_glyphs)
            return false;
        use->code = cff ? cff->cids[place] : (uint16_t)place;
        if (use->code == 0)
            return false;
    }
    return true;
}

bool bx_subset_make(bx_arena *arena, bx_font_use *font, bx_subset *out) {
    bx_shown shown = {bx_face_hb_face(font->face), truetype_tables};
    out->cff = font->info->format != BX_FACE_TRUETYPE;
    if (out->cff)
        shown.tables = cff_tables;
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
    unsigned n = 0;
    const char *bytes = hb_blob_get_data(blob, &n);
    out->program = (bx_str){bytes, n};
    const hb_map_t *mapping = hb_subset_plan_old_to_new_glyph_mapping(plan);
    if (!out->cff)
        return give_codes(font, mapping, NULL);
    bx_cff cff;
    if (!bx_cff_read(arena, out->program, &cff))
        return false;
    bool dense = bx_cff_compact(arena, &cff, &out->program);
    return give_codes(font, mapping, dense ? NULL : &cff);
}
