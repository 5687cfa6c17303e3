/* How a face shapes a script: the glyphs that lookups of its tables take, and what HarfBuzz has
 * made of runs so far. Both are HarfBuzz's own answers, kept. */
#include "font/known.h"

#include <hb-aat.h>
#include <hb-ot.h>

/* Adds the glyphs that the plan's lookups of a table take, those that they only look at too. */
static void collect(hb_face_t *face, hb_shape_plan_t *shaping, hb_tag_t table, hb_set_t *glyphs) {
    hb_set_t *lookups = hb_set_create();
    hb_ot_shape_plan_collect_lookups(shaping, table, lookups);
    for (hb_codepoint_t i = HB_SET_VALUE_INVALID; hb_set_next(lookups, &i);)
        hb_ot_layout_lookup_collect_glyphs(face, table, i, glyphs, glyphs, glyphs, NULL);
    hb_set_destroy(lookups);
}

/* False: the font is shaped by other tables than GSUB and GPOS, or memory is out. */
static bool find_touched(const bx_plan *plan, hb_set_t *glyphs) {
    hb_face_t *font = plan->face->hb_face;
    hb_segment_properties_t props = {
        .direction = HB_DIRECTION_LTR, .script = plan->key.script, .language = plan->key.language};
    if (hb_aat_layout_has_substitution(font) || hb_aat_layout_has_positioning(font) ||
        hb_aat_layout_has_tracking(font))
        return false;
    hb_shape_plan_t *shaping =
        hb_shape_plan_create_cached(font, &props, plan->key.features, plan->key.n_features, NULL);
    const char *shaper = hb_shape_plan_get_shaper(shaping);
    collect(font, shaping, HB_OT_TAG_GSUB, glyphs);
    collect(font, shaping, HB_OT_TAG_GPOS, glyphs);
    bool good = shaper && strcmp(shaper, "ot") == 0 && hb_set_allocation_successful(glyphs);
    hb_shape_plan_destroy(shaping);
    return good;
}

static const hb_set_t *touched_of(bx_plan *plan) {
    hb_set_t *touched = atomic_load_explicit(&plan->touched, memory_order_acquire);
    if (touched)
        return touched;
    pthread_mutex_lock(&plan->face->fonts->lock);
    touched = plan->touched;
    if (!touched) {
        touched = hb_set_create();
        plan->knows = find_touched(plan, touched);
        atomic_store_explicit(&plan->touched, touched, memory_order_release);
    }
    pthread_mutex_unlock(&plan->face->fonts->lock);
    return touched;
}

enum { IS_TOUCHED = 1 << 16 }; /* no glyph, which is 0 in the lower half */

/* What shaping makes of a character, IS_TOUCHED or as known_as has it, and remembers it. */
static uint32_t ask_plan(const bx_plan *of, uint32_t code) {
    bx_plan *plan = (bx_plan *)of; /* what is remembered is no change to a reader */
    int32_t advance;
    uint32_t glyph = find_glyph(plan->face, code, &advance), known = known_as(glyph, advance);
    const hb_set_t *touched = touched_of(plan);
    if (!known || !glyph || !plan->knows || hb_set_has(touched, glyph))
        known = IS_TOUCHED;
    glyph_page *page = code < 0x10000 ? bx_face_page(plan->face, &plan->pages[code >> 8]) : NULL;
    if (page)
        atomic_store_explicit(&page->known[code & 0xFF], known, memory_order_relaxed);
    return known;
}

bool bx_plan_untouched(const bx_plan *plan, const uint32_t *codes, uint32_t n,
                       bx_plain_glyph *glyphs) {
    for (uint32_t i = 0; i < n; i++) {
        uint32_t known = known_of(plan->pages, codes[i]);
        if (!known)
            known = ask_plan(plan, codes[i]);
        if (known == IS_TOUCHED)
            return false;
        glyphs[i] = (bx_plain_glyph){.id = (known & 0xFFFF) - 1, .advance = (int32_t)(known >> 16)};
    }
    return true;
}

void bx_face_forget(bx_face *face) {
    for (bx_plan *at = face->plans; at; at = at->next)
        hb_set_destroy(at->touched);
}

static bool is_same(const plan_key *a, const plan_key *b) {
    return a->script == b->script && a->language == b->language && a->n_features == b->n_features &&
           memcmp(a->features, b->features, a->n_features * sizeof *a->features) == 0;
}

static bx_plan *find_plan(const bx_face *face, const plan_key *key) {
    bx_plan *at = atomic_load_explicit(&face->plans, memory_order_acquire);
    while (at && !is_same(&at->key, key))
        at = at->next;
    return at;
}

const bx_plan *bx_face_plan(const bx_face *of, uint32_t script, hb_language_t language,
                            const hb_feature_t *features, uint32_t n_features) {
    bx_face *face = (bx_face *)of; /* as above */
    plan_key key = {.script = script, .language = language, .n_features = n_features};
    if (n_features > MOST_FEATURES)
        return NULL;
    memcpy(key.features, features, n_features * sizeof *features);
    bx_plan *plan = find_plan(face, &key);
    if (plan)
        return plan;
    pthread_mutex_lock(&face->fonts->lock);
    plan = find_plan(face, &key);
    if (!plan && (plan = bx_try_alloc(face->fonts->arena, sizeof *plan))) {
        plan->face = face;
        plan->key = key;
        plan->next = face->plans;
        atomic_store_explicit(&face->plans, plan, memory_order_release);
    }
    pthread_mutex_unlock(&face->fonts->lock);
    return plan;
}

static uint32_t hash_of(const uint32_t *codes, uint32_t n) {
    uint32_t hash = n;
    for (uint32_t i = 0; i < n; i++)
        hash = (hash ^ codes[i]) * 0x9E3779B1u;
    return hash;
}

enum { RUNS = sizeof((run_page *)0)->at / sizeof *((run_page *)0)->at, PROBES = 4 };

/* Looks for the run in its page. *place: where it is, or could be; NULL: the places are taken. */
static const known_run *find_run(run_page *page, const uint32_t *codes, uint32_t n, uint32_t hash,
                                 known_run *_Atomic **place) {
    for (uint32_t k = 0; k < PROBES; k++) {
        *place = &page->at[(hash + k) % RUNS];
        const known_run *run = atomic_load_explicit(*place, memory_order_acquire);
        if (!run ||
            (run->n_codes == n && memcmp(run->glyphs + run->n, codes, n * sizeof *codes) == 0))
            return run;
    }
    *place = NULL;
    return NULL;
}

static run_page *_Atomic *page_of(bx_plan *plan, uint32_t hash) {
    return &plan->runs[hash >> 16 & (sizeof plan->runs / sizeof *plan->runs - 1)];
}

bx_run_glyphs bx_plan_run(const bx_plan *plan, const uint32_t *codes, uint32_t n) {
    if (n > LONGEST_RUN)
        return (bx_run_glyphs){0};
    uint32_t hash = hash_of(codes, n);
    run_page *page = atomic_load_explicit(page_of((bx_plan *)plan, hash), memory_order_acquire);
    known_run *_Atomic *place;
    const known_run *run = page ? find_run(page, codes, n, hash, &place) : NULL;
    return run ? (bx_run_glyphs){run->glyphs, run->n} : (bx_run_glyphs){0};
}

void bx_plan_keep_run(const bx_plan *of, const uint32_t *codes, uint32_t n, bx_run_glyphs glyphs) {
    if (n > LONGEST_RUN || glyphs.n > LONGEST_RUN)
        return;
    bx_plan *plan = (bx_plan *)of; /* as above */
    bx_arena *arena = plan->face->fonts->arena;
    uint32_t hash = hash_of(codes, n);
    pthread_mutex_lock(&plan->face->fonts->lock);
    run_page *_Atomic *at = page_of(plan, hash),
                      *page = *at ? *at : bx_try_alloc(arena, sizeof *page);
    known_run *_Atomic *place = NULL;
    bool known = page && find_run(page, codes, n, hash, &place);
    size_t codes_size = n * sizeof *codes, glyphs_size = glyphs.n * sizeof *glyphs.at;
    known_run *fresh =
        place && !known ? bx_try_alloc(arena, sizeof *fresh + glyphs_size + codes_size) : NULL;
    if (fresh) {
        fresh->n_codes = n;
        fresh->n = glyphs.n;
        memcpy(fresh->glyphs, glyphs.at, glyphs_size);
        memcpy(fresh->glyphs + fresh->n, codes, codes_size);
        atomic_store_explicit(place, fresh, memory_order_release);
    }
    if (page)
        atomic_store_explicit(at, page, memory_order_release);
    pthread_mutex_unlock(&plan->face->fonts->lock);
}
