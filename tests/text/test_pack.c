/* Runs that are kept packed come out as they went in. */
#include "support/cmocka_all.h"

#include "text/text.h"

static uint64_t next_random(uint64_t *random) {
    *random ^= *random << 13;
    *random ^= *random >> 7;
    *random ^= *random << 17;
    return *random;
}

/* Mostly as text is: an em, three bytes, where the one before ends; now and then anything at all.
 */
static bx_glyph any_glyph(uint64_t *random, const bx_glyph *before) {
    bx_glyph g = {
        .id = (uint32_t)(next_random(random) & 0xFFFF),
        .cluster = before->cluster + before->bytes,
        .bytes = 3,
        .x = (bx_len)((uint32_t)before->x + (uint32_t)before->advance + (uint32_t)before->white),
        .advance = 10 * BX_PT,
        .white = before->white};
    uint32_t *const fields[] = {&g.id,
                                &g.cluster,
                                &g.bytes,
                                (uint32_t *)&g.x,
                                (uint32_t *)&g.y,
                                (uint32_t *)&g.advance,
                                (uint32_t *)&g.white};
    static const uint32_t edges[] = {0, 1, UINT32_MAX, INT32_MAX, (uint32_t)INT32_MIN, 0x10000};
    uint64_t r = next_random(random);
    if (r % 4 == 0)
        *fields[r / 4 % 7] = r & 1024 ? edges[r / 4096 % 6] : (uint32_t)next_random(random);
    return g;
}

static void comes_out_as_it_went_in(void **state) {
    (void)state;
    enum { RUNS = 50, GLYPHS = 40 };
    bx_memory memory = {0};
    bx_arena *arena = bx_arena_new(&memory);
    uint64_t random = 88172645463325252u;
    bx_glyph glyphs[RUNS][GLYPHS];
    bx_glyph_run runs[RUNS];
    bx_glyph before = {0};
    for (int i = 0; i < RUNS; i++) {
        runs[i] = (bx_glyph_run){.glyphs = glyphs[i], .n = (uint32_t)i % (GLYPHS + 1), .x = i};
        for (uint32_t k = 0; k < runs[i].n; k++)
            before = glyphs[i][k] = any_glyph(&random, &before);
    }
    bx_runs_pack(arena, runs, RUNS);
    for (int i = 0; i < RUNS; i++) {
        assert_true(runs[i].packed);
        bx_glyph_run run = bx_run_unpack(arena, &runs[i]);
        assert_false(run.packed);
        assert_int_equal(run.n, i % (GLYPHS + 1));
        assert_memory_equal(run.glyphs, glyphs[i], run.n * sizeof *run.glyphs);
    }
    bx_arena_drop(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(comes_out_as_it_went_in)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
