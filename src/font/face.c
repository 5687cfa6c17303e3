/* Faces: a file mapped, checked, and its facts read once. */
#include "font/known.h"

#include <hb-ot.h>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

const char *bx_font_library_version(void) { return hb_version_string(); }

const bx_face_info *bx_face_get(const bx_face *face) { return &face->info; }
struct hb_font_t *bx_face_hb_font(const bx_face *face) {
    return face->hb_font;
}
struct hb_face_t *bx_face_hb_face(const bx_face *face) {
    return face->hb_face;
}

/* A table's bytes; numbers past its end read as 0, so a short table harms nobody. */
typedef struct table {
    hb_blob_t *blob;
    const uint8_t *p;
    unsigned n;
} table;

static table table_of_blob(hb_blob_t *blob) {
    table t = {.blob = blob};
    t.p = (const uint8_t *)hb_blob_get_data(blob, &t.n);
    return t;
}

static table open_table(hb_face_t *face, const char *tag) {
    return table_of_blob(hb_face_reference_table(face, HB_TAG(tag[0], tag[1], tag[2], tag[3])));
}

static void close_table(table *t) { hb_blob_destroy(t->blob); }

static uint32_t u8(const table *t, size_t at) { return at < t->n ? t->p[at] : 0; }
static uint32_t u16(const table *t, size_t at) { return u8(t, at) << 8 | u8(t, at + 1); }
static int32_t i16(const table *t, size_t at) { return (int16_t)u16(t, at); }
static uint32_t u32(const table *t, size_t at) { return u16(t, at) << 16 | u16(t, at + 2); }

/* The end of a CFF INDEX (Adobe Technical Note 5176, 5). */
static size_t index_end(const table *cff, size_t at) {
    uint32_t count = u16(cff, at), size = u8(cff, at + 2), data = 0;
    if (!count)
        return at + 2;
    for (uint32_t i = 0; i < size && i < 4; i++)
        data = data << 8 | u8(cff, at + 3 + (size_t)count * size + i);
    return at + 3 + ((size_t)count + 1) * size + data - 1;
}

/* Whether a CFF font is CID-keyed: its Top DICT begins with ROS (Technical Note 5176, 18). */
static bool is_cid_keyed(const table *cff) {
    size_t top = index_end(cff, u8(cff, 2)); /* the Name INDEX follows the header */
    size_t at = top + 3 + 2 * (size_t)u8(cff, top + 2);
    for (int operands = 0; operands < 4 && at < cff->n; operands++) {
        uint32_t b = u8(cff, at);
        if (b <= 21)
            return b == 12 && u8(cff, at + 1) == 30;
        at += b == 28 ? 3 : b == 29 ? 5 : b >= 247 && b <= 254 ? 2 : 1;
    }
    return false;
}

/* False: a kind of outlines that is not used here. */
static bool read_format(hb_face_t *face, bx_face_format *format) {
    table cff = open_table(face, "CFF "), glyf = open_table(face, "glyf"),
          cbdt = open_table(face, "CBDT");
    bool known = cff.n || glyf.n || cbdt.n;
    *format = cff.n    ? (is_cid_keyed(&cff) ? BX_FACE_CFF_CID : BX_FACE_CFF_NAME)
              : glyf.n ? BX_FACE_TRUETYPE
                       : BX_FACE_BITMAP;
    close_table(&cff);
    close_table(&glyf);
    close_table(&cbdt);
    return known;
}

static void read_metrics(hb_face_t *face, bx_face_info *info) {
    table os2 = open_table(face, "OS/2"), head = open_table(face, "head"),
          post = open_table(face, "post"), hhea = open_table(face, "hhea");
    info->units_per_em = (int32_t)hb_face_get_upem(face);
    info->ascender = os2.n ? i16(&os2, 68) : i16(&hhea, 4);
    info->descender = os2.n ? i16(&os2, 70) : i16(&hhea, 6);
    if (u16(&os2, 0) >= 2) {
        info->x_height = i16(&os2, 86);
        info->cap_height = i16(&os2, 88);
    }
    if (info->cap_height <= 0)
        info->cap_height = info->ascender;
    if (info->x_height <= 0)
        info->x_height = info->cap_height * 2 / 3;
    for (unsigned i = 0; i < 4; i++)
        info->bbox[i] = i16(&head, 36 + 2 * i);
    uint32_t weight = u16(&os2, 4); /* OpenType: 1 to 1000 */
    info->weight = weight >= 1 && weight <= 1000 ? (uint16_t)weight : 400;
    info->italic = (u16(&os2, 62) & 1) || (u16(&head, 44) & 2);
    info->italic_angle = (int32_t)u32(&post, 4);
    info->fixed_pitch = u32(&post, 12) != 0;
    /* PANOSE: Latin text with serifs of some kind (2 … 10; 11 and more are sans); or IBM's class.
     */
    uint32_t panose = u8(&os2, 33), class = u8(&os2, 30);
    info->serif = (u8(&os2, 32) == 2 && panose >= 2 && panose <= 10) ||
                  (class >= 1 && class <= 7 && class != 6);
    close_table(&os2);
    close_table(&head);
    close_table(&post);
    close_table(&hhea);
}

/* The file's length and this face's table directory, which has a checksum of every table. */
static uint64_t content_of(hb_blob_t *blob, uint32_t index) {
    table file = {.blob = blob};
    file.p = (const uint8_t *)hb_blob_get_data(blob, &file.n);
    size_t at =
        u32(&file, 0) == HB_TAG('t', 't', 'c', 'f') ? u32(&file, 12 + 4 * (size_t)index) : 0;
    size_t size = 12 + 16 * (size_t)u16(&file, at + 4);
    if (at > file.n || size > file.n - at)
        return bx_hash(file.p, file.n, index);
    return bx_hash(file.p + at, size, file.n);
}

static bx_str name_of(bx_arena *arena, hb_face_t *face, hb_ot_name_id_t id) {
    char text[256];
    unsigned n = sizeof text;
    hb_ot_name_get_utf8(face, id, HB_LANGUAGE_INVALID, &n, text);
    return bx_str_dup(arena, (bx_str){text, n});
}

/* What follows the first semicolon says with which tools the font was made. */
bx_str bx_face_version(const bx_face *face, bx_arena *arena) {
    bx_str text = name_of(arena, face->hb_face, HB_OT_NAME_ID_VERSION_STRING);
    int64_t end = bx_str_find(text, BX_STR(";"));
    return end < 0 ? text : bx_str_sub(text, 0, (uint32_t)end);
}

static bool is_family(hb_face_t *face, bx_str family) {
    static const hb_ot_name_id_t ids[] = {HB_OT_NAME_ID_TYPOGRAPHIC_FAMILY,
                                          HB_OT_NAME_ID_FONT_FAMILY};
    for (int i = 0; i < 2; i++) {
        char text[256];
        unsigned n = sizeof text;
        hb_ot_name_get_utf8(face, ids[i], HB_LANGUAGE_INVALID, &n, text);
        if (bx_str_eq((bx_str){text, n}, family))
            return true;
    }
    return false;
}

/* False: it cannot be read, or is empty. */
static bool map_file(font_file *file) {
    struct stat st;
    int fd = open(file->path.p, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0)
        return false;
    if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size > 0 && st.st_size <= INT32_MAX) {
        void *bytes = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE | MAP_NORESERVE, fd, 0);
        if (bytes != MAP_FAILED) {
            file->bytes = (bx_str){bytes, (uint32_t)st.st_size};
            file->fd = fd;
            return true;
        }
    }
    close(fd);
    return false;
}

static hb_blob_t *file_blob(font_file *file) {
    if (!file->tried && map_file(file))
        file->blob = hb_blob_create_or_fail(file->bytes.p, file->bytes.n, HB_MEMORY_MODE_READONLY,
                                            NULL, NULL);
    file->tried = true;
    return file->blob;
}

void bx_font_files_close(bx_fonts *fonts) {
    for (uint32_t i = 0; i < fonts->files.n; i++) {
        font_file *file = fonts->files.at[i];
        hb_blob_destroy(file->blob);
        if (!file->bytes.n)
            continue;
        munmap((void *)file->bytes.p, file->bytes.n);
        close(file->fd);
    }
}

bool bx_face_read(const bx_face *face, bx_str mapped, void *into) {
    enum { FEW = 4096 };
    font_file *file = face->file;
    if (atomic_fetch_add_explicit(&file->reads, 1, memory_order_relaxed) < FEW)
        return pread(file->fd, into, mapped.n, mapped.p - file->bytes.p) == (ssize_t)mapped.n;
    memcpy(into, mapped.p, mapped.n);
    return true;
}

bool bx_font_slot_find(font_slot *slot, bx_str family) {
    enum { COLLECTION_MAX = 64 };
    if (slot->found)
        return true;
    hb_blob_t *blob = slot->file ? file_blob(slot->file) : NULL;
    unsigned n = blob ? hb_face_count(blob) : 0;
    for (unsigned i = 0; i < n && i < COLLECTION_MAX && !slot->found; i++) {
        hb_face_t *face = hb_face_create(blob, i);
        slot->found = is_family(face, family);
        slot->index = i;
        hb_face_destroy(face);
    }
    return slot->found;
}

static void destroy_face(void *object) {
    bx_face *face = object;
    bx_face_forget(face);
    hb_font_destroy(face->hb_font);
    hb_font_destroy(face->plain);
    hb_face_destroy(face->hb_face);
}

static void make_fonts(bx_face *face) {
    face->plain = hb_font_create(face->hb_face);
    hb_font_make_immutable(face->plain);
    hb_font_funcs_t *funcs = hb_font_funcs_create();
    hb_font_funcs_set_nominal_glyph_func(funcs, bx_face_nominal_glyph, NULL, NULL);
    face->hb_font = hb_font_create_sub_font(face->plain);
    hb_font_set_funcs(face->hb_font, funcs, face, NULL);
    hb_font_funcs_destroy(funcs);
    hb_font_make_immutable(face->hb_font);
}

static bx_face *make_face(bx_fonts *fonts, const font_slot *slot, bx_em scale) {
    hb_blob_t *blob = file_blob(slot->file);
    bx_face *face = bx_new(fonts->arena, bx_face);
    face->file = slot->file;
    bx_defer(fonts->arena, destroy_face, face);
    face->hb_face = hb_face_create(blob, slot->index);
    hb_face_make_immutable(face->hb_face);
    face->fonts = fonts;
    make_fonts(face);
    bx_face_info *info = &face->info;
    info->n_glyphs = hb_face_get_glyph_count(face->hb_face);
    if (!info->n_glyphs || !read_format(face->hb_face, &info->format))
        return NULL;
    read_metrics(face->hb_face, info);
    info->postscript_name = name_of(fonts->arena, face->hb_face, HB_OT_NAME_ID_POSTSCRIPT_NAME);
    info->family = name_of(fonts->arena, face->hb_face, HB_OT_NAME_ID_FONT_FAMILY);
    info->style = name_of(fonts->arena, face->hb_face, HB_OT_NAME_ID_FONT_SUBFAMILY);
    info->path = slot->file->path;
    info->index = slot->index;
    info->content = content_of(blob, slot->index);
    info->number = slot->number;
    info->scale = scale;
    return face;
}

const bx_face *bx_font_face_open(bx_fonts *fonts, font_family *family, int style) {
    font_slot *slot = &family->slot[style];
    if (atomic_load_explicit(&slot->tried, memory_order_acquire))
        return slot->face;
    pthread_mutex_lock(&fonts->lock);
    jmp_buf trap, *outer = fonts->memory.trap;
    if (!slot->tried) {
        if (setjmp(trap) == 0) {
            fonts->memory.trap = &trap;
            if (bx_font_slot_find(slot, family->name))
                slot->face = make_face(fonts, slot, family->scale);
        }
        fonts->memory.trap = outer;
        atomic_store_explicit(&slot->tried, true, memory_order_release);
    }
    pthread_mutex_unlock(&fonts->lock);
    return slot->face;
}
