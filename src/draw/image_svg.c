/* SVG through librsvg and cairo, loaded when needed, into a PDF page of one picture: what an output
 * that keeps vectors can carry over whole, with its gradients, masks and text.
 *
 * Nothing outside the file is read: librsvg is told no address that relative references could start
 * from, and entities are refused before any parser sees them. Text is set in the fonts of the set
 * alone. */
#include "draw/image_read.h"

#include "base/library.h"

#ifdef RSVG_SONAME

#include <cairo-pdf.h>
#include <librsvg/rsvg.h>

enum { SVG_SIDE_MAX = 14400 /* ISO 32000-1, annex C.2 */ };

/* Pango's headers are not asked of builders for the sake of three functions. */
typedef void *(*pango_map_new)(int font_type);
typedef void (*pango_map_set_default)(void *map);
typedef void (*pango_map_set_config)(void *map, struct _FcConfig *config);

typedef struct svg_api {
    BX_FUNCTION(rsvg_handle_new_from_data);
    BX_FUNCTION(rsvg_handle_get_intrinsic_size_in_pixels);
    BX_FUNCTION(rsvg_handle_get_intrinsic_dimensions);
    BX_FUNCTION(rsvg_handle_render_document);
    BX_FUNCTION(rsvg_handle_set_dpi);
    BX_FUNCTION(g_object_unref);
    BX_FUNCTION(g_error_free);
    BX_FUNCTION(cairo_pdf_surface_create_for_stream);
    BX_FUNCTION(cairo_pdf_surface_restrict_to_version);
    BX_FUNCTION(cairo_create);
    BX_FUNCTION(cairo_destroy);
    BX_FUNCTION(cairo_scale);
    BX_FUNCTION(cairo_surface_destroy);
    BX_FUNCTION(cairo_surface_finish);
    BX_FUNCTION(cairo_surface_status);
    pango_map_new map_new;
    pango_map_set_default map_set_default;
    pango_map_set_config map_set_config;
} svg_api;

/* A library that librsvg has brought with it finds its functions through librsvg's handle. */
static bool load(svg_api *api, bx_arena *arena) {
    void *lib = bx_library_open(arena, RSVG_SONAME);
    return lib && BX_LOAD(lib, api, rsvg_handle_new_from_data) &&
           BX_LOAD(lib, api, rsvg_handle_get_intrinsic_size_in_pixels) &&
           BX_LOAD(lib, api, rsvg_handle_get_intrinsic_dimensions) &&
           BX_LOAD(lib, api, rsvg_handle_render_document) &&
           BX_LOAD(lib, api, rsvg_handle_set_dpi) && BX_LOAD(lib, api, g_object_unref) &&
           BX_LOAD(lib, api, g_error_free) &&
           BX_LOAD(lib, api, cairo_pdf_surface_create_for_stream) &&
           BX_LOAD(lib, api, cairo_pdf_surface_restrict_to_version) &&
           BX_LOAD(lib, api, cairo_create) && BX_LOAD(lib, api, cairo_destroy) &&
           BX_LOAD(lib, api, cairo_scale) && BX_LOAD(lib, api, cairo_surface_destroy) &&
           BX_LOAD(lib, api, cairo_surface_finish) && BX_LOAD(lib, api, cairo_surface_status) &&
           bx_library_load(lib, "pango_cairo_font_map_new_for_font_type", &api->map_new) &&
           bx_library_load(lib, "pango_cairo_font_map_set_default", &api->map_set_default) &&
           bx_library_load(lib, "pango_fc_font_map_set_config", &api->map_set_config);
}

/* The page as it is written. cairo calls back, so memory that is out is an error for it, not a
 * trap. */
typedef struct page_bytes {
    bx_arena *arena;
    char *p;
    size_t n, cap;
} page_bytes;

static cairo_status_t on_write(void *user, const unsigned char *bytes, unsigned n) {
    page_bytes *page = user;
    if (n > page->cap - page->n) {
        size_t cap = 2 * (page->cap + n) + 4096;
        char *larger = bx_try_alloc(page->arena, cap);
        if (!larger || cap > UINT32_MAX)
            return CAIRO_STATUS_WRITE_ERROR;
        if (page->n)
            memcpy(larger, page->p, page->n);
        page->p = larger;
        page->cap = cap;
    }
    memcpy(page->p + page->n, bytes, n);
    page->n += n;
    return CAIRO_STATUS_SUCCESS;
}

/* Objects of the libraries, let go in one place whatever happens. */
typedef struct svg {
    svg_api api;
    const image_file *file;
    RsvgHandle *handle;
    cairo_surface_t *surface;
    cairo_t *cairo;
    void *fonts;     /* Pango's font map */
    page_bytes page; /* cairo writes to it as late as when the surface is let go */
} svg;

static void drop_svg(void *object) {
    svg *s = object;
    if (s->cairo)
        s->api.cairo_destroy(s->cairo);
    if (s->surface)
        s->api.cairo_surface_destroy(s->surface);
    if (s->fonts) {
        s->api.map_set_default(NULL);
        s->api.g_object_unref(s->fonts);
    }
    if (s->handle)
        s->api.g_object_unref(s->handle);
    s->cairo = NULL;
    s->surface = NULL;
    s->fonts = NULL;
    s->handle = NULL;
}

static bool refuse(svg *s, GError *error) {
    bx_str why =
        bx_str_dup(s->file->report->arena, bx_str_of(error ? error->message : "no reason given"));
    if (error)
        s->api.g_error_free(error);
    return bx_image_broken(s->file, "cannot be drawn: %.*s", BX_STR_ARG(why));
}

/* Size in CSS pixels: as the file says, or its view box, or 300 × 150 (CSS 2.2, 10.3.2). */
static bool read_size(svg *s, double *w, double *h) {
    if (!s->api.rsvg_handle_get_intrinsic_size_in_pixels(s->handle, w, h)) {
        gboolean has_w, has_h, has_box;
        RsvgLength lw, lh;
        RsvgRectangle box = {0, 0, 300, 150};
        s->api.rsvg_handle_get_intrinsic_dimensions(s->handle, &has_w, &lw, &has_h, &lh, &has_box,
                                                    &box);
        *w = has_box ? box.width : 300;
        *h = has_box ? box.height : 150;
    }
    if (!(*w >= 1 && *h >= 1))
        return bx_image_broken(s->file, "has no size");
    double most = *w > *h ? *w : *h;
    if (most > SVG_SIDE_MAX) {
        *w *= SVG_SIDE_MAX / most;
        *h *= SVG_SIDE_MAX / most;
    }
    *w = *w < 1 ? 1 : *w;
    *h = *h < 1 ? 1 : *h;
    return true;
}

/* Text needs the set's fonts, and finding them takes time, so that only pictures with text ask. */
static bool set_fonts(svg *s) {
    if (bx_str_find(s->file->bytes, BX_STR("text")) < 0)
        return true;
    enum { CAIRO_FT = 1 }; /* CAIRO_FONT_TYPE_FT */
    struct _FcConfig *config = s->file->fonts ? bx_fonts_config(s->file->fonts) : NULL;
    s->fonts = config ? s->api.map_new(CAIRO_FT) : NULL;
    if (!s->fonts)
        return bx_image_broken(s->file, "has text, and there are no fonts for it");
    s->api.map_set_config(s->fonts, config);
    s->api.map_set_default(s->fonts); /* of this thread */
    return true;
}

static bool draw(svg *s, bx_image *image) {
    double w, h;
    if (!read_size(s, &w, &h) || !set_fonts(s))
        return false;
    s->page.arena = s->file->arena;
    s->surface = s->api.cairo_pdf_surface_create_for_stream(on_write, &s->page, w * 0.75, h * 0.75);
    /* The form without object streams, so that the page is easily taken out again. */
    s->api.cairo_pdf_surface_restrict_to_version(s->surface, CAIRO_PDF_VERSION_1_4);
    s->cairo = s->api.cairo_create(s->surface);
    s->api.cairo_scale(s->cairo, 0.75, 0.75);
    RsvgRectangle all = {0, 0, w, h};
    GError *error = NULL;
    if (!s->api.rsvg_handle_render_document(s->handle, s->cairo, &all, &error))
        return refuse(s, error);
    s->api.cairo_destroy(s->cairo);
    s->cairo = NULL;
    s->api.cairo_surface_finish(s->surface);
    if (s->api.cairo_surface_status(s->surface) != CAIRO_STATUS_SUCCESS)
        return bx_image_broken(s->file, "cannot be drawn");
    image->kind = BX_IMAGE_VECTOR;
    image->width = (uint32_t)(w + 0.5);
    image->height = (uint32_t)(h + 0.5);
    image->dpi_x = image->dpi_y = 96;
    image->components = 3;
    image->bits = 8;
    image->bytes = (bx_str){s->page.p, (uint32_t)s->page.n};
    return true;
}

bool bx_image_read_svg(const image_file *file, bx_image *image) {
    if (!bx_within(file->report, BX_LIMIT_SVG_BYTES, file->bytes.n, file->asked))
        return false;
    if (bx_str_find(file->bytes, BX_STR("<!ENTITY")) >= 0) {
        bx_image_broken(file, "declares entities, which are not read");
        bx_hint(file->report, "Save it as plain SVG");
        return false;
    }
    if (!bx_image_svg_bounded(file))
        return false;
    svg *s = bx_new(file->arena, svg);
    s->file = file;
    if (!load(&s->api, file->arena))
        return bx_image_needs(file, "SVG", "librsvg2-2");
    bx_defer(file->arena, drop_svg, s);
    GError *error = NULL;
    s->handle =
        s->api.rsvg_handle_new_from_data((const guint8 *)file->bytes.p, file->bytes.n, &error);
    if (!s->handle)
        return refuse(s, error);
    s->api.rsvg_handle_set_dpi(s->handle, 96);
    bool drawn = draw(s, image);
    drop_svg(s);
    return drawn;
}

#else

bool bx_image_read_svg(const image_file *file, bx_image *image) {
    (void)image;
    bx_image_broken(file, "is an SVG, which this build of the program does not read");
    bx_hint(file->report, "Use PNG");
    return false;
}

#endif
