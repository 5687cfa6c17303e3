#include "style/conformance.h"

#include "base/vec.h"
#include "style/hooks.h"
#include "style/reader.h"

const char *const bx_standard_names[] = {"a-2a", "a-3a", "ua-1", "none", NULL};
static const uint32_t bits_of[] = {BX_PDF_A2A, BX_PDF_A3A, BX_PDF_UA1, 0};

const char *bx_standards_read(bx_arena *arena, const bx_str *names, uint32_t n, uint32_t *bits) {
    bool none = false;
    *bits = 0;
    for (uint32_t i = 0; i < n; i++) {
        int k = 0;
        while (bx_standard_names[k] && !bx_str_is(names[i], bx_standard_names[k]))
            k++;
        if (!bx_standard_names[k])
            return bx_str_fmt(
                       arena,
                       "there is no PDF standard “%.*s”; there are a-2a, a-3a, ua-1 and none",
                       BX_STR_ARG(names[i]))
                .p;
        *bits |= bits_of[k];
        none |= bits_of[k] == 0;
    }
    if (none && n > 1)
        return "none stands alone: with it no PDF standard is kept";
    if (*bits & BX_PDF_A2A && *bits & BX_PDF_A3A)
        return "a file is PDF/A-2 or PDF/A-3, not both";
    return NULL;
}

const char *bx_standards_parse(bx_arena *arena, bx_str text, uint32_t *bits) {
    BX_VEC(bx_str) names = {0};
    for (uint32_t start = 0, i = 0; i <= text.n; i++)
        if (i == text.n || text.p[i] == ',') {
            bx_push(arena, &names, bx_str_trim(bx_str_sub(text, start, i)));
            start = i + 1;
        }
    return bx_standards_read(arena, names.at, names.n, bits);
}

bx_str bx_standards_text(bx_arena *arena, uint32_t bits) {
    bx_buf out = bx_buf_new(arena);
    for (int k = 0; bx_standard_names[k]; k++)
        if (bits & bits_of[k] || (bits == 0 && bits_of[k] == 0))
            bx_buf_fmt(&out, "%s%s", out.n ? "," : "", bx_standard_names[k]);
    return bx_buf_view(&out);
}

/* Where the two keys stand, for what an issue or the command line makes of them later. */
void bx_layout_finish(bx_style_reader *r, const bx_yaml *node, void *object) {
    bx_style *style = object;
    const bx_yaml *conformance = bx_yaml_given(node, "conformance");
    const bx_yaml *embed = bx_yaml_given(node, "embed-source");
    uint32_t bits;
    if (embed)
        style->embed_source_span = embed->span;
    if (!conformance)
        return;
    const char *fault =
        bx_standards_read(r->arena, style->conformance, style->n_conformance, &bits);
    if (fault)
        bx_say(r->report, BX_D_BAD_VALUE, conformance->span, "%s", fault);
}
