/* A PDF page as a form: what draw/ makes of an SVG becomes part of our file.
 *
 * The page comes from cairo in its plain form: a cross-reference table, objects one after the
 * other, no object streams (ISO 32000-1, 7.5). Its objects are copied as text with their references
 * renumbered. What PDF/A-2 forbids or wants otherwise is put right on the way. */
#include "output/pdf/writer.h"

#include <string.h>

enum { DEEP = 400, OBJECTS_MAX = 200000 };

typedef struct import {
    bx_writer *w;
    bx_str pdf;
    uint32_t n;        /* of objects */
    uint32_t *offsets; /* of each object's text in `pdf`; 0: none */
    bx_obj **copies;   /* of those that were met */
    int depth;
    bool failed;
} import;

static char at(const import *m, uint32_t i) { return i < m->pdf.n ? m->pdf.p[i] : '\0'; }

static bool is_blank(char c) {
    return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == '\0';
}
static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static bool ends_word(char c) { return is_blank(c) || (c && strchr("()<>[]{}/%", c)); }

static uint32_t skip_blank(const import *m, uint32_t i) {
    while (i < m->pdf.n && (is_blank(at(m, i)) || at(m, i) == '%')) {
        if (at(m, i) == '%')
            while (i < m->pdf.n && at(m, i) != '\n' && at(m, i) != '\r')
                i++;
        else
            i++;
    }
    return i;
}

static bool is_word(const import *m, uint32_t i, const char *word) {
    bx_str w = bx_str_of(word);
    return i <= m->pdf.n && w.n <= m->pdf.n - i && memcmp(m->pdf.p + i, word, w.n) == 0 &&
           ends_word(at(m, i + w.n));
}

/* A whole number at i, past which *i goes; -1: none. */
static int64_t whole(const import *m, uint32_t *i) {
    uint32_t k = *i;
    int64_t v = 0;
    while (is_digit(at(m, k)) && v < INT32_MAX)
        v = v * 10 + at(m, k++) - '0';
    if (k == *i)
        return -1;
    *i = k;
    return v;
}

/* The object that a reference at i names, past which *i goes; -1: there is no reference. */
static int64_t reference(const import *m, uint32_t *i) {
    uint32_t k = *i;
    int64_t number = whole(m, &k);
    if (number < 0 || !is_blank(at(m, k)))
        return -1;
    k = skip_blank(m, k);
    if (whole(m, &k) < 0)
        return -1;
    k = skip_blank(m, k);
    if (at(m, k) != 'R' || !ends_word(at(m, k + 1)))
        return -1;
    *i = k + 1;
    return number;
}

/* Past a string in parentheses, a name, a number or a word. */
static uint32_t skip_atom(const import *m, uint32_t i) {
    if (at(m, i) == '(') {
        int open = 0;
        for (; i < m->pdf.n; i++) {
            char c = at(m, i);
            open += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (c == '\\')
                i++;
            if (open == 0)
                return i + 1;
        }
        return i;
    }
    if (at(m, i) == '<') {
        while (i < m->pdf.n && at(m, i) != '>')
            i++;
        return i + 1;
    }
    do
        i++;
    while (i < m->pdf.n && !ends_word(at(m, i)));
    return i;
}

static uint32_t skip_value(import *m, uint32_t i);

/* Past what lies between brackets, from behind the opening one. */
static uint32_t skip_until(import *m, uint32_t i, const char *close) {
    bx_str end = bx_str_of(close);
    if (++m->depth > DEEP)
        m->failed = true;
    for (;;) {
        i = skip_blank(m, i);
        if (m->failed || i >= m->pdf.n || bx_str_starts(bx_str_sub(m->pdf, i, m->pdf.n), end))
            break;
        i = skip_value(m, i);
    }
    m->depth--;
    m->failed |= i >= m->pdf.n;
    return i + end.n;
}

static uint32_t skip_value(import *m, uint32_t i) {
    uint32_t k = i;
    if (reference(m, &k) >= 0)
        return k;
    if (at(m, i) == '<' && at(m, i + 1) == '<')
        return skip_until(m, i + 2, ">>");
    if (at(m, i) == '[')
        return skip_until(m, i + 1, "]");
    return skip_atom(m, i);
}

/* The text of an object, behind its head; 0: there is none. */
static uint32_t object_at(const import *m, int64_t number) {
    if (number <= 0 || number >= (int64_t)m->n || !m->offsets[number])
        return 0;
    uint32_t i = m->offsets[number];
    if (whole(m, &i) != number)
        return 0;
    i = skip_blank(m, i);
    if (whole(m, &i) < 0)
        return 0;
    i = skip_blank(m, i);
    return is_word(m, i, "obj") ? skip_blank(m, i + 3) : 0;
}

/* The value of a key of the dictionary at i, followed to its object; 0: the key is not there. */
static uint32_t value_of(import *m, uint32_t i, const char *key) {
    if (at(m, i) != '<' || at(m, i + 1) != '<')
        return 0;
    for (i = skip_blank(m, i + 2); at(m, i) == '/' && !m->failed;) {
        uint32_t value = skip_blank(m, skip_atom(m, i));
        if (is_word(m, i + 1, key)) {
            int64_t number = reference(m, &value);
            return number < 0 ? value : object_at(m, number);
        }
        i = skip_blank(m, skip_value(m, value));
    }
    return 0;
}

static const bx_obj *copy_object(import *m, int64_t number, uint32_t text);
static uint32_t copy_value(import *m, uint32_t i, bx_buf *out);

/* Copies the entries of the dictionary at i. Left out: what the copy gets anew or may not have
 * (Interpolate: ISO 19005-2, 6.2.8). */
static uint32_t copy_entries(import *m, uint32_t i, bx_buf *out) {
    static const char *const left_out[] = {"Length", "Parent", "Interpolate"};
    uint32_t subtype = value_of(m, i, "Subtype");
    bool cid_font = subtype && is_word(m, subtype + 1, "CIDFontType2");
    if (cid_font && !value_of(m, i, "CIDToGIDMap"))
        bx_buf_str(out, BX_STR("/CIDToGIDMap/Identity")); /* ISO 19005-2, 6.2.11.3.2 */
    for (i = skip_blank(m, i + 2); at(m, i) == '/' && !m->failed;) {
        uint32_t end = skip_atom(m, i), value = skip_blank(m, end);
        bool skip = false;
        for (size_t k = 0; k < sizeof left_out / sizeof *left_out; k++)
            skip |= is_word(m, i + 1, left_out[k]);
        if (skip) {
            i = skip_blank(m, skip_value(m, value));
            continue;
        }
        bx_buf_str(out, bx_str_sub(m->pdf, i, end));
        bx_buf_char(out, ' ');
        i = skip_blank(m, copy_value(m, value, out));
    }
    m->failed |= at(m, i) != '>';
    return i + 2;
}

static void copy_reference(import *m, int64_t number, bx_buf *out) {
    uint32_t text = object_at(m, number);
    if (!text)
        bx_buf_str(out, BX_STR("null "));
    else if (at(m, text) == '<' && at(m, text + 1) == '<')
        bx_buf_fmt(out, "%u 0 R ", bx_obj_number(copy_object(m, number, text)));
    else
        copy_value(m, text, out); /* a number or an array stands where it is wanted */
}

static uint32_t copy_array(import *m, uint32_t i, bx_buf *out) {
    bx_buf_char(out, '[');
    for (i = skip_blank(m, i + 1); i < m->pdf.n && at(m, i) != ']' && !m->failed;)
        i = skip_blank(m, copy_value(m, i, out));
    bx_buf_char(out, ']');
    return i + 1;
}

static uint32_t copy_value(import *m, uint32_t i, bx_buf *out) {
    if (++m->depth > DEEP || i >= m->pdf.n) {
        m->failed = true;
        m->depth--;
        return i;
    }
    uint32_t end = i;
    int64_t number = reference(m, &end);
    if (number >= 0) {
        copy_reference(m, number, out);
    } else if (at(m, i) == '<' && at(m, i + 1) == '<') {
        bx_buf_str(out, BX_STR("<<"));
        end = copy_entries(m, i, out);
        bx_buf_str(out, BX_STR(">>"));
    } else if (at(m, i) == '[') {
        end = copy_array(m, i, out);
    } else {
        end = skip_atom(m, i);
        end = end < m->pdf.n ? end : m->pdf.n;
        bx_buf_str(out, bx_str_sub(m->pdf, i, end));
        bx_buf_char(out, ' ');
    }
    m->depth--;
    return end;
}

/* The bytes of a stream whose dictionary is at i. */
static bx_str stream_of(import *m, uint32_t i) {
    uint32_t length_at = value_of(m, i, "Length");
    int64_t length = length_at ? whole(m, &length_at) : -1;
    uint32_t k = skip_blank(m, skip_value(m, i));
    if (length < 0 || !is_word(m, k, "stream"))
        return (bx_str){0};
    k += 6;
    k += at(m, k) == '\r';
    k += at(m, k) == '\n';
    if (k > m->pdf.n || length > m->pdf.n - k) {
        m->failed = true;
        return (bx_str){0};
    }
    return bx_str_sub(m->pdf, k, k + (uint32_t)length);
}

static const bx_obj *copy_object(import *m, int64_t number, uint32_t text) {
    if (m->copies[number])
        return m->copies[number];
    bx_obj *obj = m->copies[number] = bx_store_add(m->w->store);
    bx_buf entries =
        bx_buf_new(m->w->arena); /* copying may come back to this object's own buffer */
    copy_entries(m, text, &entries);
    bx_buf_str(bx_obj_raw(obj), bx_buf_view(&entries));
    bx_str stream = stream_of(m, text);
    if (stream.n)
        bx_obj_stream(obj, stream, BX_PACK_NONE);
    return obj;
}

/* The table of offsets (ISO 32000-1, 7.5.4); returns the place of the trailer's dictionary. */
static uint32_t read_table(import *m) {
    int64_t start = -1;
    for (uint32_t i = m->pdf.n; i > 9 && start < 0 && m->pdf.n - i < 64; i--)
        if (is_word(m, i - 9, "startxref")) {
            uint32_t k = skip_blank(m, i);
            start = whole(m, &k);
        }
    if (start < 0 || start >= m->pdf.n || !is_word(m, (uint32_t)start, "xref"))
        return 0;
    uint32_t i = skip_blank(m, (uint32_t)start + 4);
    int64_t first = whole(m, &i), n;
    i = skip_blank(m, i);
    n = whole(m, &i);
    if (first != 0 || n <= 0 || n > OBJECTS_MAX)
        return 0;
    m->n = (uint32_t)n;
    m->offsets = bx_new_n(m->w->arena, uint32_t, m->n);
    m->copies = bx_new_n(m->w->arena, bx_obj *, m->n);
    for (uint32_t k = 0; k < m->n; k++) {
        i = skip_blank(m, i);
        int64_t offset = whole(m, &i);
        i = skip_blank(m, i);
        whole(m, &i);
        i = skip_blank(m, i);
        m->offsets[k] = at(m, i) == 'n' && offset > 0 && offset < m->pdf.n ? (uint32_t)offset : 0;
        i++;
    }
    i = skip_blank(m, i);
    return is_word(m, i, "trailer") ? skip_blank(m, i + 7) : 0;
}

/* The dictionary of the first page. */
static uint32_t first_page(import *m) {
    uint32_t trailer = read_table(m);
    uint32_t root = trailer ? value_of(m, trailer, "Root") : 0;
    uint32_t pages = root ? value_of(m, root, "Pages") : 0;
    uint32_t kids = pages ? value_of(m, pages, "Kids") : 0;
    if (!kids || at(m, kids) != '[')
        return 0;
    kids = skip_blank(m, kids + 1);
    int64_t page = reference(m, &kids);
    return page > 0 ? object_at(m, page) : 0;
}

static void copy_entry(import *m, uint32_t page, const char *key, bx_buf *out) {
    uint32_t value = value_of(m, page, key);
    if (!value)
        return;
    bx_buf_fmt(out, "/%s ", key);
    copy_value(m, value, out);
}

/* A number with a fraction, in 1/1000000; *i goes past it. */
static int64_t millionths(const import *m, uint32_t *i) {
    bool minus = at(m, *i) == '-';
    *i += minus;
    int64_t v = whole(m, i);
    v = (v < 0 ? 0 : v) * 1000000;
    if (at(m, *i) == '.') {
        ++*i;
        for (int64_t unit = 100000; is_digit(at(m, *i)); unit /= 10)
            v += (at(m, (*i)++) - '0') * unit;
    }
    return minus ? -v : v;
}

/* The form fills a unit square, as a picture of samples does (8.9.5), from a page at the origin. */
static bool form_space(import *m, uint32_t page, bx_buf *out) {
    uint32_t box = value_of(m, page, "MediaBox");
    if (!box || at(m, box) != '[')
        return false;
    int64_t v[4];
    for (int k = 0; k < 4; k++) {
        box = skip_blank(m, box + (k == 0));
        v[k] = millionths(m, &box);
    }
    if (v[0] != 0 || v[1] != 0 || v[2] <= 0 || v[3] <= 0)
        return false;
    bx_buf_str(out, BX_STR("/BBox[0 0 "));
    bx_pdf_number(out, v[2], 6);
    bx_buf_char(out, ' ');
    bx_pdf_number(out, v[3], 6);
    bx_buf_str(out, BX_STR("]/Matrix["));
    bx_pdf_number(out, (INT64_C(1000000000000000) + v[2] / 2) / v[2], 9);
    bx_buf_str(out, BX_STR(" 0 0 "));
    bx_pdf_number(out, (INT64_C(1000000000000000) + v[3] / 2) / v[3], 9);
    bx_buf_str(out, BX_STR(" 0 0]"));
    return true;
}

bx_obj *bx_pdf_import(bx_writer *w, bx_str pdf) {
import m = {.w = w, .pdf = pdf };
    uint32_t page = first_page(&m), contents = page ? value_of(&m, page, "Contents") : 0;
    if (!contents)
        return NULL;
    bx_obj *form = bx_store_add(w->store);
    bx_obj_name(form, "Type", "XObject");
    bx_obj_name(form, "Subtype", "Form");
    bx_buf entries = bx_buf_new(w->arena);
    bool placed = form_space(&m, page, &entries);
    copy_entry(&m, page, "Group", &entries);
    copy_entry(&m, page, "Resources", &entries);
    uint32_t filter = value_of(&m, contents, "Filter");
    if (filter) {
        bx_buf_str(&entries, BX_STR("/Filter "));
        copy_value(&m, filter, &entries);
    }
    bx_str stream = stream_of(&m, contents);
    if (m.failed || !placed || !stream.n)
        return NULL;
    bx_buf_str(bx_obj_raw(form), bx_buf_view(&entries));
    bx_obj_stream(form, stream, BX_PACK_NONE);
    return form;
}
