/* The type area on the sheet: from what was given to every margin. */
#include "style/hooks.h"
#include "style/reader.h"

typedef struct given {
    bool measure, lines, top, bottom, inner, outer;
} given;

/* Where to point when the page as a whole does not fit: at the key that is most likely wrong. */
static bx_span place_of(const bx_yaml *node, const char *key) {
    const bx_yaml *at = bx_yaml_given(node, key);
    return at ? at->span : node ? node->span : (bx_span){0};
}

static void say_no_room(bx_style_reader *r, const bx_yaml *node, const char *key,
                        const char *what) {
    bx_say(r->report, BX_D_BAD_VALUE, place_of(node, key),
           "the type area and its margins are %s than the sheet", bx_word(r->report->words, what));
}

/* Across. Equal margins unless one of them is given; a measure that is not given is what the
 * margins leave, in whole em, and what is left over goes to both sides. */
static void across(bx_style_reader *r, const bx_yaml *node, bx_page_style *p, given has) {
    bx_len em = r->body_size, fallback = bx_from_micrometre(25000);
    if (!has.measure) {
        bx_len inner = has.inner ? p->inner : has.outer ? p->outer : fallback;
        bx_len outer = has.outer ? p->outer : inner;
        p->measure = (p->width - inner - outer) / em * em;
        p->inner = inner + (p->width - inner - outer - p->measure) / 2;
    } else if (has.inner && has.outer) {
        bx_len over = p->width - p->measure - p->inner - p->outer;
        if (over < -BX_PT || over > BX_PT)
            bx_say(r->report, BX_D_BAD_VALUE, place_of(node, "outer"),
                   "inner + measure + outer is not the sheet's width");
    } else if (!has.inner) {
        p->inner = has.outer ? p->width - p->measure - p->outer : (p->width - p->measure) / 2;
    }
    p->outer = p->width - p->measure - p->inner;
    p->left = p->inner;
    if (p->measure < em || p->inner < 0 || p->outer < 0)
        say_no_room(r, node, "measure", "wider");
}

/* Down. A page looks well placed when the foot is a little more than the head: of what the type
 * area leaves, nine parts of twenty go above it. */
static void down(bx_style_reader *r, const bx_yaml *node, bx_page_style *p, given has) {
    bx_len fallback = bx_from_micrometre(28000);
    if (!has.lines) {
        bx_len top = has.top ? p->top : fallback;
        bx_len bottom = has.bottom ? p->bottom : fallback;
        bx_len lines = (p->height - top - bottom) / p->pitch;
        p->lines = (uint16_t)(lines > 0 && lines < UINT16_MAX ? lines : 0);
        p->top = top;
    }
    p->depth = bx_muldiv(p->lines, p->pitch, 1);
    bx_len rest = p->height - p->depth;
    if (has.lines && has.top && has.bottom && p->top + p->bottom != rest)
        bx_say(r->report, BX_D_BAD_VALUE, place_of(node, "bottom"),
               "top + lines + bottom is not the sheet's height");
    else if (has.lines && !has.top)
        p->top = has.bottom ? rest - p->bottom : bx_muldiv(rest, 9, 20);
    p->bottom = rest - p->top;
    if (p->lines == 0 || p->top < 0 || p->bottom < 0)
        say_no_room(r, node, "lines", "taller");
}

static void check_em(bx_style_reader *r, const bx_yaml *node, const bx_page_style *p) {
    bx_len white = (p->columns - 1) * p->gutter, em = r->body_size;
    if (p->measure % em)
        bx_say(r->report, BX_D_BAD_VALUE, place_of(node, "measure"),
               "the measure is not a whole number of em of the body");
    else if ((p->measure - white) % (p->columns * em))
        bx_say(r->report, BX_D_BAD_VALUE, place_of(node, "columns"),
               "%d columns with this gutter are not a whole number of em wide", p->columns);
}

void bx_page_finish(bx_style_reader *r, const bx_yaml *node, void *object) {
    bx_page_style *p = object;
    given has = {bx_yaml_given(node, "measure"), bx_yaml_given(node, "lines"),
                 bx_yaml_given(node, "top"),     bx_yaml_given(node, "bottom"),
                 bx_yaml_given(node, "inner"),   bx_yaml_given(node, "outer")};
    uint32_t errors = r->report->errors;
    /* Whatever is wrong with the page is said once: % elsewhere is still of something. */
    r->measure = p->width > 0 ? p->width : BX_PT;
    r->depth = p->height > 0 ? p->height : BX_PT;
    if (p->width <= 0 || p->height <= 0 || p->pitch <= 0 || r->body_size <= 0)
        return;
    across(r, node, p, has);
    down(r, node, p, has);
    if (r->report->errors > errors)
        return;
    check_em(r, node, p);
    r->measure = p->measure;
    r->depth = p->depth;
}
