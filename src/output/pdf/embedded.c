#include "output/pdf/embedded.h"

#include "output/pdf/flate.h"
#include "output/pdf/store.h"

enum { LONGEST_DICTIONARY = 65536 };

typedef struct walk {
    bx_str pdf;
    uint32_t at;
} walk;

static bool skip(walk *w, const char *text) {
    bx_str want = bx_str_of(text);
    if (!bx_str_starts(bx_str_sub(w->pdf, w->at, w->pdf.n), want))
        return false;
    w->at += want.n;
    return true;
}

/* At most nine digits, so that nothing overflows. */
static bool number(bx_str s, uint32_t *at, uint32_t *out) {
    uint32_t start = *at;
    *out = 0;
    while (*at < s.n && *at < start + 9 && s.p[*at] >= '0' && s.p[*at] <= '9')
        *out = *out * 10 + (uint32_t)(s.p[(*at)++] - '0');
    return *at > start && (*at == s.n || s.p[*at] < '0' || s.p[*at] > '9');
}

/* The number after a key of the dictionary. */
static bool entry(bx_str dictionary, const char *key, uint32_t *out) {
    int64_t at = bx_str_find(dictionary, bx_str_of(key));
    if (at < 0)
        return false;
    uint32_t from = (uint32_t)at + (uint32_t)strlen(key);
    return number(dictionary, &from, out);
}

static bool next_piece(walk *w, bx_pdf_piece *piece) {
    static const bx_str end = {">>\nstream\n", 10};
    uint32_t length;
    piece->start = w->at;
    if (!number(w->pdf, &w->at, &piece->number) || !skip(w, " 0 obj\n"))
        return false;
    bx_str rest = bx_str_sub(w->pdf, w->at, w->pdf.n);
    uint32_t most = rest.n < LONGEST_DICTIONARY ? rest.n : LONGEST_DICTIONARY;
    int64_t n = bx_str_find(bx_str_sub(rest, 0, most), end);
    if (n < 0)
        return false;
    piece->dictionary = bx_str_sub(rest, 0, (uint32_t)n);
    w->at += (uint32_t)n + end.n;
    if (!entry(piece->dictionary, "/Length ", &length) || length > w->pdf.n - w->at)
        return false;
    piece->data = bx_str_sub(w->pdf, w->at, w->at + length);
    w->at += length;
    if (!skip(w, "\nendstream\nendobj\n"))
        return false;
    piece->end = w->at;
    return true;
}

bool bx_pdf_walk(bx_arena *arena, bx_str pdf, bx_pdf_pieces *out) {
    walk w = {pdf, 0};
    bx_pdf_piece piece;
    if (!skip(&w, BX_PDF_HEADER))
        return false;
    while (next_piece(&w, &piece))
        bx_push(arena, out, piece);
    return true;
}

static bool says(const bx_pdf_piece *piece, const char *text) {
    return bx_str_find(piece->dictionary, bx_str_of(text)) >= 0;
}

bool bx_pdf_is_file(const bx_pdf_piece *piece) { return says(piece, "/Type /EmbeddedFile\n"); }

bool bx_pdf_file_bytes(bx_arena *arena, const bx_pdf_piece *piece, uint32_t limit, bx_str *out) {
    uint32_t size;
    if (!entry(piece->dictionary, "/Params<</Size ", &size) || size > limit)
        return false;
    if (says(piece, "/Filter /FlateDecode\n"))
        return bx_flate_unpack(arena, piece->data, size, out);
    *out = piece->data;
    return size == piece->data.n;
}

const char *bx_pdf_piece_kind(const bx_pdf_piece *piece) {
    static const struct {
        const char *sign, *kind;
    } kinds[] = {
        {"/Type /EmbeddedFile\n", "an attached file"},
        {"/Type /ObjStm\n", "the objects and tags"},
        {"/Type /XRef\n", "the cross-reference table"},
        {"/Type /Metadata\n", "the metadata"},
        {"/Type /XObject\n", "a picture"},
        {"/Subtype /CIDFontType0C\n", "a font"},
        {"/Length1 ", "a font"},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (says(piece, kinds[i].sign))
            return kinds[i].kind;
    return "a page's text";
}
