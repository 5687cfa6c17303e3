#include "bench/floor.h"

#include <hb-subset.h>
#include <hb.h>
#include <libdeflate.h>

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { LEVEL = 6 }; /* as the program deflates */

typedef struct string {
    const char *p;
    uint32_t n;
} string;

typedef struct font {
    hb_face_t *face;
    hb_font_t *font;
    hb_set_t *glyphs; /* NULL: not to be subset */
} font;

typedef struct run {
    uint32_t font, text, start, end;
} run;

struct floor_work {
    hb_blob_t *order;
    font *fonts;
    string *texts, *streams;
    run *runs;
    uint32_t n_fonts, n_texts, n_runs, n_streams;
};

/* A place in the order. Past its end everything is 0. */
typedef struct place {
    const char *p, *end;
} place;

static uint32_t number(place *at) {
    uint32_t n = 0;
    if ((size_t)(at->end - at->p) >= sizeof n) {
        memcpy(&n, at->p, sizeof n);
        at->p += sizeof n;
    } else {
        at->p = at->end;
    }
    return n;
}

static string bytes(place *at) {
    string s = {.n = number(at)};
    if (s.n > (size_t)(at->end - at->p))
        s.n = 0;
    s.p = at->p;
    at->p += s.n;
    return s;
}

static void read_font(place *at, font *f) {
    string path = bytes(at);
    char *name = strndup(path.p, path.n);
    hb_blob_t *file = hb_blob_create_from_file(name);
    f->face = hb_face_create(file, number(at));
    f->font = hb_font_create(f->face);
    hb_blob_destroy(file);
    free(name);
    if (number(at))
        f->glyphs = hb_set_create();
    for (uint32_t n = number(at); n; n--) {
        uint32_t glyph = number(at);
        if (f->glyphs)
            hb_set_add(f->glyphs, glyph);
    }
}

static string *read_strings(place *at, uint32_t *n) {
    *n = number(at);
    string *list = calloc(*n + 1u, sizeof *list);
    for (uint32_t i = 0; list && i < *n; i++)
        list[i] = bytes(at);
    return list;
}

static bool read_order(floor_work *w, place at) {
    w->n_fonts = number(&at);
    w->fonts = calloc(w->n_fonts + 1u, sizeof *w->fonts);
    for (uint32_t i = 0; w->fonts && i < w->n_fonts; i++)
        read_font(&at, &w->fonts[i]);
    w->texts = read_strings(&at, &w->n_texts);
    w->n_runs = number(&at);
    w->runs = calloc(w->n_runs + 1u, sizeof *w->runs);
    for (uint32_t i = 0; w->runs && i < w->n_runs; i++) {
        run *r = &w->runs[i];
        r->font = number(&at);
        r->text = number(&at);
        r->start = number(&at);
        r->end = number(&at);
        if (r->font >= w->n_fonts || r->text >= w->n_texts || r->end > w->texts[r->text].n)
            return false;
    }
    w->streams = read_strings(&at, &w->n_streams);
    return w->fonts && w->texts && w->runs && w->streams && at.p == at.end;
}

floor_work *floor_open(const char *order) {
    floor_work *w = calloc(1, sizeof *w);
    if (!w)
        return NULL;
    w->order = hb_blob_create_from_file(order);
    unsigned n;
    const char *p = hb_blob_get_data(w->order, &n);
    if (n && read_order(w, (place){p, p + n}))
        return w;
    floor_close(w);
    return NULL;
}

void floor_close(floor_work *w) {
    for (uint32_t i = 0; w->fonts && i < w->n_fonts; i++) {
        hb_font_destroy(w->fonts[i].font);
        hb_face_destroy(w->fonts[i].face);
        hb_set_destroy(w->fonts[i].glyphs);
    }
    hb_blob_destroy(w->order);
    free(w->fonts);
    free(w->texts);
    free(w->streams);
    free(w->runs);
    free(w);
}

static double cpu_now(void) {
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void shape(const floor_work *w) {
    hb_buffer_t *buffer = hb_buffer_create();
    for (uint32_t i = 0; i < w->n_runs; i++) {
        const run *r = &w->runs[i];
        string text = w->texts[r->text];
        hb_buffer_reset(buffer);
        hb_buffer_add_utf8(buffer, text.p, (int)text.n, r->start, (int)(r->end - r->start));
        hb_buffer_guess_segment_properties(buffer);
        hb_shape(w->fonts[r->font].font, buffer, NULL, 0);
    }
    hb_buffer_destroy(buffer);
}

/* Only what is embedded is shown to hb-subset: its fixed cost is that of the tables it looks at. */
static hb_blob_t *embedded_table(hb_face_t *face, hb_tag_t tag, void *source) {
    static const char tables[] = "CFF head maxp glyf loca hhea hmtx ";
    char name[5] = {HB_UNTAG(tag), '\0'};
    (void)face;
    return strstr(tables, name) ? hb_face_reference_table(source, tag) : hb_blob_get_empty();
}

static bool subset(const font *f) {
    hb_face_t *shown = hb_face_create_for_tables(embedded_table, f->face, NULL);
    hb_subset_input_t *input = hb_subset_input_create_or_fail();
    if (!input)
        return false;
    hb_set_union(hb_subset_input_glyph_set(input), f->glyphs);
    hb_subset_input_set_flags(input, HB_SUBSET_FLAGS_NO_HINTING | HB_SUBSET_FLAGS_DESUBROUTINIZE);
    hb_face_t *made = hb_subset_or_fail(shown, input);
    hb_blob_t *blob = hb_face_reference_blob(made);
    bool good = hb_blob_get_length(blob) > 0;
    hb_blob_destroy(blob);
    hb_face_destroy(made);
    hb_subset_input_destroy(input);
    hb_face_destroy(shown);
    return good;
}

static bool subset_all(const floor_work *w) {
    bool good = true;
    for (uint32_t i = 0; i < w->n_fonts; i++)
        good = (!w->fonts[i].glyphs || subset(&w->fonts[i])) && good;
    return good;
}

static bool deflate(const floor_work *w) {
    struct libdeflate_compressor *compressor = libdeflate_alloc_compressor(LEVEL);
    bool good = compressor != NULL;
    for (uint32_t i = 0; good && i < w->n_streams; i++) {
        string s = w->streams[i];
        size_t room = libdeflate_zlib_compress_bound(compressor, s.n);
        char *out = malloc(room);
        good = out && libdeflate_zlib_compress(compressor, s.p, s.n, out, room) > 0;
        free(out);
    }
    if (compressor)
        libdeflate_free_compressor(compressor);
    return good;
}

bool floor_do(floor_work *w, floor_times *times) {
    double start = cpu_now();
    shape(w);
    double shaped = cpu_now();
    bool good = subset_all(w);
    double subset_at = cpu_now();
    good = deflate(w) && good;
    *times = (floor_times){shaped - start, subset_at - shaped, cpu_now() - subset_at};
    return good;
}
