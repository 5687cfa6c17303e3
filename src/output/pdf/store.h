/* The file's objects: an HPDF_Xref full of HPDF_Dicts, and the serialiser that writes them.
 *
 * An object is an indirect dictionary, with or without a stream. Plain entries are libharu's;
 * numbers with a fraction, strings and small arrays are appended to the dictionary as raw text,
 * which keeps libharu's float formatting and its array limits out of the file. Streams stay where
 * the caller's arena has them and are never copied into libharu.
 *
 * The serialiser writes PDF 1.7 with object streams and a cross-reference stream (ISO
 * 32000-1, 7.5.7, 7.5.8): a hundred bytes an object fewer than the classic form. */
#ifndef BX_OUTPUT_PDF_STORE_H
#define BX_OUTPUT_PDF_STORE_H

#include "base/hand.h"
#include "base/hash.h"
#include "base/vec.h"
#include "output/sink.h"

/* How every file begins: the version, and bytes that show that it is not text. */
#define BX_PDF_HEADER "%PDF-1.7\n%\xE2\xE3\xCF\xD3\n"

typedef struct bx_store bx_store;
typedef struct bx_obj bx_obj;

typedef enum bx_pack {
    BX_PACK_NONE, /* the bytes as they are, no /Filter added */
    BX_PACK_DEFLATE,
    BX_PACK_ALWAYS, /* deflated even where that is no smaller: for what a predictor has changed */
} bx_pack;

/* Released with the arena. `hand` deflates streams while the writer goes on; NULL: none. */
bx_store *bx_store_new(bx_arena *arena, bx_hand *hand);
/* A new indirect object; its number is known at once. */
bx_obj *bx_store_add(bx_store *store);

uint32_t bx_obj_number(const bx_obj *obj);
void bx_obj_name(bx_obj *obj, const char *key, const char *value);
void bx_obj_int(bx_obj *obj, const char *key, int32_t value);
void bx_obj_ref(bx_obj *obj, const char *key, const bx_obj *target);
/* Further entries as text: "/Rect[0 0 10 10]". */
bx_buf *bx_obj_raw(bx_obj *obj);
/* "12 0 R": a reference to `target`, as text. */
void bx_obj_refer(bx_buf *out, const bx_obj *target);
/* Gives the object a stream: deflated, when asked and smaller so, or copied. With BX_PACK_NONE the
 * bytes are borrowed until the file is saved; else /Filter and /Length come in by then. */
void bx_obj_stream(bx_obj *obj, bx_str bytes, bx_pack pack);
/* Bytes of the object's stream as they stand in the file; 0 without one. After saving. */
uint32_t bx_obj_stream_size(const bx_obj *obj);

/* Writes the whole file. `id` gives both halves of the trailer's /ID. false: the sink refused. */
bool bx_store_save(bx_store *store, const bx_obj *root, const bx_obj *info, const bx_digest *id,
                   bx_sink *sink);
uint64_t bx_store_bytes(const bx_store *store);        /* of the file, after saving */
uint64_t bx_store_object_bytes(const bx_store *store); /* of object and cross-reference streams */
uint64_t bx_store_deflate_ns(const bx_store *store);

#endif
