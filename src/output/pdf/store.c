#include "output/pdf/store.h"

#include "output/pdf/flate.h"
#include "output/pdf/number.h"
#include "output/pdf/packer.h"

#include <hpdf_objects.h>
#include <hpdf_streams.h>

/* One object stream holds at most this many objects, so that a viewer need not unpack all of a long
 * document to show one page. */
enum { BX_OBJECTS_PER_STREAM = 1000, BX_STREAM_CHUNK = 1 << 16 };

struct bx_obj {
    bx_store *store;
    HPDF_Dict dict;
    bx_buf raw;
    bx_str stream;
    bool has_stream;
    bool always, waits; /* is deflated in any case; for the stream to be packed */
};

/* Where an object came to stand in the file: a row of the cross-reference stream. */
typedef struct bx_place {
    uint8_t type;   /* 0 free, 1 at an offset, 2 in an object stream */
    uint64_t where; /* offset, or the number of the object stream */
    uint32_t index; /* in the object stream */
} bx_place;

struct bx_store {
    bx_arena *arena;
    HPDF_Error_Rec error;
    HPDF_MMgr memory;
    HPDF_Xref xref;
    bx_packer *packer;
    uint32_t n;
    /* while saving */
    bx_sink *sink;
    bool refused;
    uint64_t offset, object_bytes;
    bx_place *places;
    bx_buf index, bodies; /* of one object stream after the other */
};

/* libharu reports by status and by NULL; the only cause left to it here is memory, because keys,
 * counts and classes are ours. */
static void *made(bx_store *store, void *object) {
    if (!object)
        bx_out_of_memory(store->arena);
    return object;
}

static void done(bx_store *store, HPDF_STATUS status) {
    if (status != HPDF_OK)
        bx_out_of_memory(store->arena);
}

static void release(void *user) {
    bx_store *store = user;
    if (store->xref)
        HPDF_Xref_Free(store->xref);
    if (store->memory)
        HPDF_MMgr_Free(store->memory);
}

/* A stream that deflate makes no smaller stands as it is. */
static void take_packed(void *owner, bx_str plain, bx_str packed) {
    bx_obj *obj = owner;
    bool deflated = obj->always || packed.n + sizeof "/Filter/FlateDecode" < plain.n;
    obj->waits = false;
    obj->stream = bx_str_dup(obj->store->arena, deflated ? packed : plain);
    if (deflated)
        bx_obj_name(obj, "Filter", "FlateDecode");
    bx_obj_int(obj, "Length", (int32_t)obj->stream.n);
}

bx_store *bx_store_new(bx_arena *arena, bx_hand *hand) {
    bx_store *store = bx_new(arena, bx_store);
    store->arena = arena;
    bx_defer(arena, release, store);
    /* No pool: libharu's is misaligned. No handler: every status is looked at. */
    HPDF_Error_Init(&store->error, NULL);
    store->memory = made(store, HPDF_MMgr_New(&store->error, 0, NULL, NULL));
    store->xref = made(store, HPDF_Xref_New(store->memory, 0));
    store->packer = bx_packer_new(arena, hand, take_packed);
    return store;
}

/* libharu's table grows by a fixed number of rows, and is copied each time: it shall double. */
static void make_room(bx_store *store) {
    HPDF_List rows = store->xref->entries;
    if (rows->count == rows->block_siz && rows->count > rows->items_per_block)
        rows->items_per_block = rows->count;
}

bx_obj *bx_store_add(bx_store *store) {
    make_room(store);
    bx_obj *obj = bx_new(store->arena, bx_obj);
    obj->store = store;
    obj->raw = bx_buf_new(store->arena);
    obj->dict = made(store, HPDF_Dict_New(store->memory));
    obj->dict->attr = obj;
    done(store, HPDF_Xref_Add(store->xref, obj->dict)); /* frees the dictionary when it fails */
    store->n++;
    return obj;
}

uint32_t bx_obj_number(const bx_obj *obj) { return obj->dict->header.obj_id & 0x00FFFFFF; }

void bx_obj_name(bx_obj *obj, const char *key, const char *value) {
    done(obj->store, HPDF_Dict_AddName(obj->dict, key, value));
}

void bx_obj_int(bx_obj *obj, const char *key, int32_t value) {
    done(obj->store, HPDF_Dict_AddNumber(obj->dict, key, value));
}

void bx_obj_ref(bx_obj *obj, const char *key, const bx_obj *target) {
    done(obj->store, HPDF_Dict_Add(obj->dict, key, target->dict));
}

void bx_obj_refer(bx_buf *out, const bx_obj *target) {
    bx_pdf_number(out, bx_obj_number(target), 0);
    bx_buf_str(out, BX_STR(" 0 R"));
}

bx_buf *bx_obj_raw(bx_obj *obj) { return &obj->raw; }

void bx_obj_stream(bx_obj *obj, bx_str bytes, bx_pack pack) {
    obj->has_stream = true;
    if (pack == BX_PACK_NONE) {
        obj->stream = bytes;
        bx_obj_int(obj, "Length", (int32_t)bytes.n);
        return;
    }
    obj->always = pack == BX_PACK_ALWAYS;
    obj->waits = true;
    bx_packer_put(obj->store->packer, bytes, obj);
}

uint32_t bx_obj_stream_size(const bx_obj *obj) { return obj->stream.n; }

static void put(bx_store *store, const void *bytes, size_t n) {
    if (!store->refused && n > 0)
        store->refused = !store->sink->write(store->sink->user, bytes, n);
    store->offset += n;
}

static void put_str(bx_store *store, bx_str s) { put(store, s.p, s.n); }

/* Appends the object as libharu writes it, and before its ">>" the text that libharu need not see.
 * Of most objects that is all: then it need not be asked. */
static void put_body(bx_store *store, HPDF_Stream scratch, const bx_obj *obj, bx_buf *out) {
    if (obj->dict->list->count == 0) {
        bx_buf_str(out, BX_STR("<<\n"));
    } else {
        HPDF_MemStream_FreeData(scratch);
        done(store, HPDF_Obj_WriteValue(obj->dict, scratch, NULL));
        for (HPDF_UINT i = 0; i < HPDF_MemStream_GetBufCount(scratch); i++) {
            HPDF_UINT n = 0;
            const HPDF_BYTE *p = HPDF_MemStream_GetBufPtr(scratch, i, &n);
            bx_buf_add(out, p, n);
        }
        out->n -= 2;
    }
    bx_buf_str(out, bx_buf_view(&obj->raw));
    bx_buf_str(out, BX_STR(">>"));
}

static void save_stream(bx_store *store, HPDF_Stream scratch, const bx_obj *obj) {
    uint32_t number = bx_obj_number(obj);
    while (obj->waits)
        bx_packer_settle(store->packer);
    store->places[number] = (bx_place){.type = 1, .where = store->offset};
    bx_buf *head = &store->bodies;
    head->n = 0;
    bx_buf_fmt(head, "%u 0 obj\n", number);
    put_body(store, scratch, obj, head);
    bx_buf_str(head, BX_STR("\nstream\n"));
    put_str(store, bx_buf_view(head));
    put_str(store, obj->stream);
    put_str(store, BX_STR("\nendstream\nendobj\n"));
}

static bx_obj *obj_at(const bx_store *store, uint32_t number) {
    return ((HPDF_Dict)HPDF_Xref_GetEntry(store->xref, number)->obj)->attr;
}

/* Objects `from` and later, as many as fit and have no stream, go into a new object stream. Returns
 * the number after the last one looked at. */
static uint32_t gather_objects(bx_store *store, HPDF_Stream scratch, uint32_t from, uint32_t end) {
    bx_buf *index = &store->index, *bodies = &store->bodies;
    index->n = bodies->n = 0;
    bx_obj *holder = NULL;
    uint32_t count = 0, i = from;
    for (; i < end && count < BX_OBJECTS_PER_STREAM; i++) {
        const bx_obj *obj = obj_at(store, i);
        if (obj->has_stream)
            continue;
        if (!holder)
            holder = bx_store_add(store);
        store->places[i] = (bx_place){2, bx_obj_number(holder), count++};
        bx_pdf_number(index, i, 0);
        bx_buf_char(index, ' ');
        bx_pdf_number(index, (int64_t)bodies->n, 0);
        bx_buf_char(index, ' ');
        put_body(store, scratch, obj, bodies);
        bx_buf_char(bodies, '\n');
    }
    if (holder) {
        bx_obj_name(holder, "Type", "ObjStm");
        bx_obj_int(holder, "N", (int32_t)count);
        bx_obj_int(holder, "First", (int32_t)index->n);
        bx_buf_str(index, bx_buf_view(bodies));
        bx_obj_stream(holder, bx_buf_view(index), BX_PACK_DEFLATE);
    }
    return i;
}

/* Rows of type, place and index, each field as wide as it must be, with PNG's "up" predictor. */
static void save_xref(bx_store *store, HPDF_Stream scratch, const bx_obj *root, const bx_obj *info,
                      const bx_digest *id) {
    bx_obj *xref = bx_store_add(store);
    uint32_t size = store->n + 1, wide = 2;
    uint64_t start = store->offset;
    store->places[bx_obj_number(xref)] = (bx_place){.type = 1, .where = start};
    while (wide < 7 && start >> (8 * wide) != 0)
        wide++;
    enum { INDEX = 2 };
    uint32_t row = 1 + wide + INDEX;
    uint8_t *rows = bx_alloc_n(store->arena, size, row);
    for (uint32_t i = 0; i < size; i++) {
        const bx_place *at = &store->places[i];
        uint8_t *p = rows + (size_t)i * row;
        p[0] = at->type;
        for (uint32_t k = 0; k < wide; k++)
            p[1 + k] = (uint8_t)(at->where >> (8 * (wide - 1 - k)));
        p[1 + wide] = (uint8_t)(at->index >> 8);
        p[2 + wide] = (uint8_t)at->index;
    }
    rows[row - 2] = rows[row - 1] = 0xFF; /* the free head's generation, 65535 */
    bx_str packed =
        bx_flate_predict_up(store->arena, (bx_str){(const char *)rows, size * row}, row);

    bx_obj_name(xref, "Type", "XRef");
    bx_obj_int(xref, "Size", (int32_t)size);
    bx_obj_ref(xref, "Root", root);
    bx_obj_ref(xref, "Info", info);
    bx_str hex = bx_str_sub(bx_digest_hex(store->arena, id), 0, 32);
    bx_buf_fmt(&xref->raw, "/ID[<%.*s><%.*s>]/W[1 %u %u]", BX_STR_ARG(hex), BX_STR_ARG(hex), wide,
               INDEX);
    bx_buf_fmt(&xref->raw, "/DecodeParms<</Predictor 12/Columns %u>>", row);
    bx_obj_stream(xref, packed, BX_PACK_ALWAYS);
    save_stream(store, scratch, xref);
    store->object_bytes += xref->stream.n;
    put_str(store,
            bx_str_fmt(store->arena, "startxref\n%llu\n%%%%EOF\n", (unsigned long long)start));
}

bool bx_store_save(bx_store *store, const bx_obj *root, const bx_obj *info, const bx_digest *id,
                   bx_sink *sink) {
    uint32_t end = store->n + 1;
    store->sink = sink;
    store->index = bx_buf_new(store->arena);
    store->bodies = bx_buf_new(store->arena);
    /* Object streams and the cross-reference stream get numbers too. */
    store->places = bx_new_n(store->arena, bx_place, end + end / BX_OBJECTS_PER_STREAM + 3);
    HPDF_Stream scratch = made(store, HPDF_MemStream_New(store->memory, BX_STREAM_CHUNK));
    bx_defer(store->arena, (void (*)(void *))HPDF_Stream_Free, scratch);
    for (uint32_t i = 1; i < end;)
        i = gather_objects(store, scratch, i, end);
    put_str(store, BX_STR(BX_PDF_HEADER));
    for (uint32_t i = 1; i <= store->n; i++) {
        const bx_obj *obj = obj_at(store, i);
        if (obj->has_stream)
            save_stream(store, scratch, obj);
        store->object_bytes += i < end ? 0 : obj->stream.n;
    }
    save_xref(store, scratch, root, info, id);
    return !store->refused;
}

uint64_t bx_store_bytes(const bx_store *store) { return store->offset; }
uint64_t bx_store_object_bytes(const bx_store *store) { return store->object_bytes; }
uint64_t bx_store_deflate_ns(const bx_store *store) { return bx_packer_ns(store->packer); }
