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

/* Ideographs and the marks among them that no mark combines with and that are not made of others
 * (UAX #15): each is asked of the font as it is, whatever stands beside it. */
static bool stands_alone(uint32_t c) {
    return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0xFF01 && c <= 0xFF5E) ||
           (c >= 0x3001 && c <= 0x3003) || (c >= 0x3008 && c <= 0x3011) ||
           (c >= 0x3014 && c <= 0x301B) || (c >= 0x3400 && c <= 0x4DBF) || c == 0x00B7 ||
           c == 0x2014 || (c >= 0x2018 && c <= 0x201D) || c == 0x2026;
}

enum { IS_TOUCHED = 1 << 16 }; /* no glyph, which is 0 in the lower half */

/* What shaping makes of a character, IS_TOUCHED or as known_as has it, and remembers it. */
static uint32_t ask_plan(const bx_plan *of, uint32_t code) {
    bx_plan *plan = (bx_plan *)of; /* what is remembered is no change to a reader */
    int32_t advance;
    uint32_t glyph = find_glyph(plan->face, code, &advance), known = known_as(glyph, advance);
    const hb_set_t *touched = touched_of(plan);
    if (!known || !glyph || !stands_alone(code) || !plan->knows || hb_set_has(touched, glyph))
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
    if (n_features)
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

static run_page *_Atomic *page_of(bx_plan *plan, uint32_t hash) {
    return &plan->runs[hash >> 16 & (sizeof plan->runs / sizeof *plan->runs - 1)];
}

/* A page belongs to one thread at a time, and nobody waits for it: HarfBuzz can be asked instead.
 */
static bool take(run_page *page) {
    return page && !atomic_exchange_explicit(&page->taken, true, memory_order_acquire);
}

static void give_back(run_page *page) {
    atomic_store_explicit(&page->taken, false, memory_order_release);
}

enum {
    RUNS = sizeof((run_page *)0)->at / sizeof *((run_page *)0)->at,
    PROBES = 4,
    MOST_USED = 255
};

/* The run's place in its page; NULL: it has none. */
static known_run *find_run(const run_page *page, const uint32_t *codes, uint32_t n, uint32_t hash) {
    for (uint32_t k = 0; k < PROBES; k++) {
        known_run *run = page->at[(hash + k) % RUNS];
        if (run && run->n_codes == n && memcmp(run->glyphs + run->n, codes, n * sizeof *codes) == 0)
            return run;
    }
    return NULL;
}

bool bx_plan_run(const bx_plan *plan, const uint32_t *codes, uint32_t n, bx_run_glyph *glyphs,
                 uint32_t *n_glyphs) {
    if (n > BX_LONGEST_RUN)
        return false;
    uint32_t hash = hash_of(codes, n);
    run_page *page = atomic_load_explicit(page_of((bx_plan *)plan, hash), memory_order_acquire);
    if (!take(page))
        return false;
    known_run *run = find_run(page, codes, n, hash);
    if (run) {
        *n_glyphs = run->n;
        memcpy(glyphs, run->glyphs, run->n * sizeof *glyphs);
        run->used += run->used < MOST_USED;
    }
    give_back(page);
    return run != NULL;
}

/* A place for a new run: one that is empty, or whose run has been of no use since others last asked
 * for it. NULL: all are of use. */
static known_run **place_for(run_page *page, uint32_t hash) {
    known_run **least = NULL;
    for (uint32_t k = 0; k < PROBES; k++) {
        known_run **place = &page->at[(hash + k) % RUNS];
        if (!*place)
            return place;
        if (!least || (*place)->used < (*least)->used)
            least = place;
    }
    bool free = (*least)->used == 0;
    for (uint32_t k = 0; k < PROBES; k++) {
        known_run *run = page->at[(hash + k) % RUNS];
        run->used -= run->used > 0;
    }
    return free ? least : NULL;
}

/* Room for so many bytes of a run in its place; what was there is forgotten. NULL: no memory. */
static known_run *make_room(bx_face *face, known_run **place, uint32_t size) {
    enum { STEP = 128 };
    if (*place && (*place)->room >= size)
        return *place;
    uint32_t room = (size + STEP - 1) / STEP * STEP;
    known_run *fresh = bx_face_remember(face, sizeof **place + room);
    if (fresh) {
        fresh->room = room;
        *place = fresh;
    }
    return fresh;
}

static void put_run(bx_plan *plan, known_run **place, const uint32_t *codes, uint32_t n,
                    const bx_run_glyph *glyphs, uint32_t n_glyphs) {
    size_t codes_size = n * sizeof *codes, glyphs_size = n_glyphs * sizeof *glyphs;
    known_run *run = make_room(plan->face, place, (uint32_t)(codes_size + glyphs_size));
    if (!run)
        return;
    run->n_codes = n;
    run->n = n_glyphs;
    run->used = 0;
    memcpy(run->glyphs, glyphs, glyphs_size);
    memcpy(run->glyphs + n_glyphs, codes, codes_size);
}

void bx_plan_keep_run(const bx_plan *of, const uint32_t *codes, uint32_t n,
                      const bx_run_glyph *glyphs, uint32_t n_glyphs) {
    if (n > BX_LONGEST_RUN || n_glyphs > BX_LONGEST_RUN)
        return;
    bx_plan *plan = (bx_plan *)of; /* as above */
    uint32_t hash = hash_of(codes, n);
    run_page *_Atomic *at = page_of(plan, hash), *page = *at, *none = NULL;
    if (!page && (page = bx_face_remember(plan->face, sizeof *page)) &&
        !atomic_compare_exchange_strong(at, &none, page))
        page = none;
    if (!take(page))
        return;
    known_run **place = find_run(page, codes, n, hash) ? NULL : place_for(page, hash);
    if (place)
        put_run(plan, place, codes, n, glyphs, n_glyphs);
    give_back(page);
}
