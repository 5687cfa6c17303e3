#include "output/pdf/cluster.h"

static bool white(uint32_t c) {
    return c == ' ' || (c >= 0x09 && c <= 0x0D) || c == 0x85 || c == 0xA0 || c == 0x2028 ||
           c == 0x2029 || c == 0x202F;
}

/* Marks for breaking and direction, and noncharacters: they say nothing to who copies the text. */
static bool silent(uint32_t c) {
    return c == 0xAD || c == 0x200B || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) ||
           (c >= 0x2060 && c <= 0x2069) || c == 0xFEFF || (c & 0xFFFE) == 0xFFFE ||
           (c >= 0xFDD0 && c <= 0xFDEF) || c < 0x09 || c == 0xFFFC;
}

static bool plain(uint32_t c) { return !white(c) && !silent(c); }

/* The text without what is silent; line ends and other blanks beside text belong to the line's end
 * and go, blanks alone are one space. */
static bx_str without_silent(bx_arena *arena, bx_str typed) {
    bx_buf out = bx_buf_new(arena);
    bool blank = false;
    for (uint32_t at = 0; at < typed.n;) {
        uint32_t c = bx_utf8_next(typed, &at);
        if (white(c)) {
            blank = true;
        } else if (!silent(c)) {
            if (blank && out.n > 0)
                bx_buf_char(&out, ' ');
            blank = false;
            bx_buf_rune(&out, c);
        }
    }
    if (out.n == 0)
        return blank ? BX_STR(" ") : (bx_str){0};
    return bx_buf_view(&out);
}

/* What a reader is to get for the typed bytes. */
static bx_str printed_text(bx_arena *arena, bx_str typed) {
    uint32_t at = 0;
    if (typed.n == 0 || (plain(bx_utf8_next(typed, &at)) && at == typed.n))
        return typed;
    return without_silent(arena, typed);
}

static bool is_space(const bx_glyph_run *run, uint32_t i) {
    const bx_glyph *g = &run->glyphs[i];
    return g->bytes == 1 && g->cluster < run->text.n && run->text.p[g->cluster] == ' ';
}

/* The glyph after the spaces from `first` on, each of which follows the one before in the text:
 * only code has several. */
static uint32_t spaces_end(const bx_glyph_run *run, uint32_t first) {
    uint32_t i = first;
    while (i < run->n && is_space(run, i) &&
           run->glyphs[i].cluster == run->glyphs[first].cluster + (i - first))
        i++;
    return i;
}

static bool is_wide_space(const bx_glyph_run *run, uint32_t i, uint32_t at) {
    const bx_glyph *g = &run->glyphs[i];
    return g->cluster == at && g->bytes == 3 && at <= run->text.n && run->text.n - at >= 3 &&
           memcmp(run->text.p + at, "\xE3\x80\x80", 3) == 0;
}

bool bx_glyph_cluster_any(bx_arena *arena, const bx_glyph_run *run, uint32_t *at,
                          bx_glyph_cluster *out) {
    uint32_t first = *at, last = first + 1, cluster = run->glyphs[first].cluster;
    while (cluster != BX_NO_TEXT && last < run->n && run->glyphs[last].cluster == cluster)
        last++;
    uint32_t spaces = spaces_end(run, first);
    if (spaces > last) {
        *at = spaces;
        *out = (bx_glyph_cluster){.first = first, .n = spaces - first};
        out->text = bx_str_sub(run->text, cluster, cluster + out->n);
        return true;
    }
    uint32_t bytes = 0;
    for (uint32_t i = first; i < last; i++)
        bytes += run->glyphs[i].bytes;
    while (cluster != BX_NO_TEXT && last < run->n && is_wide_space(run, last, cluster + bytes)) {
        bytes += 3;
        last++;
    }
    *at = last;
    *out = (bx_glyph_cluster){.first = first, .n = last - first};
    if (cluster <= run->text.n && bytes <= run->text.n - cluster) /* not BX_NO_TEXT */
        out->text = printed_text(arena, bx_str_sub(run->text, cluster, cluster + bytes));
    bx_len white = run->glyphs[last - 1].white;
    if (bx_is_much_white(run, white) && out->text.n > 0 && !bx_cluster_is_white(out))
        out->white = white;
    return true;
}
