#include "text/dump.h"

#include "text/paragraph.h"

static void milli(bx_json *j, const char *key, int64_t value, bx_len em) {
    bx_json_key(j, key);
    bx_json_milli(j, value, em);
}

static void dump_cluster(const bx_paragraph *p, const bx_cluster_view *v, bx_len em, bx_json *j) {
    bx_json_object(j);
    bx_json_key(j, "text");
    bx_json_str(j, bx_str_sub(p->text, v->start, v->end));
    milli(j, "x", v->x, em);
    milli(j, "advance", v->advance, em);
    bx_json_key(j, "font");
    if (v->face)
        bx_json_str(j, bx_face_get(v->face)->postscript_name);
    else
        bx_json_null(j);
    milli(j, "gap", v->gap, em);
    bx_json_end(j);
}

/* The text of the line's clusters: line breaks of the source that vanished are not in it. */
static void dump_text(const bx_paragraph *p, const bx_cluster_view *views, uint32_t n, bx_json *j) {
    bx_buf text = bx_buf_new(p->arena);
    for (uint32_t k = 0; k < n; k++)
        bx_buf_str(&text, bx_str_sub(p->text, views[k].start, views[k].end));
    bx_json_key(j, "text");
    bx_json_str(j, bx_buf_view(&text));
}

static void dump_line(const bx_paragraph *p, const bx_lines *lines, uint32_t i, bx_len em,
                      bx_json *j) {
    const bx_line *line = &lines->at[i];
    uint32_t n;
    const bx_cluster_view *views = bx_paragraph_clusters(p, lines, i, &n);
    bx_json_object(j);
    dump_text(p, views, n, j);
    milli(j, "natural", line->natural, em);
    milli(j, "width", line->width, em);
    bx_json_key(j, "hyphen");
    bx_json_bool(j, line->hyphen);
    bx_json_key(j, "clusters");
    bx_json_array(j);
    for (uint32_t k = 0; k < n; k++)
        dump_cluster(p, &views[k], em, j);
    bx_json_end(j);
    bx_json_end(j);
}

void bx_paragraph_dump(const bx_paragraph *p, const bx_lines *lines, bx_len measure, bx_len size,
                       bx_json *j) {
    bx_json_object(j);
    bx_json_key(j, "measure");
    if (measure >= BX_NO_MEASURE)
        bx_json_null(j);
    else
        bx_json_milli(j, measure, size);
    uint32_t n;
    const uint32_t *breaks = bx_paragraph_breaks(p, &n);
    bx_json_key(j, "breaks");
    bx_json_array(j);
    for (uint32_t i = 0; i < n; i++)
        bx_json_int(j, breaks[i]);
    bx_json_end(j);
    bx_json_key(j, "lines");
    bx_json_array(j);
    for (uint32_t i = 0; i < lines->n; i++)
        dump_line(p, lines, i, size, j);
    bx_json_end(j);
    bx_json_end(j);
}
