/* The inside of a set of fonts: what the table says, and the faces opened so far.
 *
 * Everything the table gives is constant once bx_fonts_open has returned and is read without a
 * lock. What is found later (a face on its first use, a family asked for by its real name) is made
 * under the set's lock and published through an atomic pointer, so readers never wait for one
 * another.
 *
 * The set has a memory of its own: an arena belongs to one thread at a time, and faces may be
 * opened by any. Where that memory runs out, the work under the lock is given up (bx_font_guard).
 */
#ifndef BX_FONT_SET_H
#define BX_FONT_SET_H

#include "base/map.h"
#include "font/font.h"
#include "input/yaml.h"

#include <pthread.h>
#include <stdatomic.h>

enum { FONT_REGULAR = 0, FONT_BOLD = 1, FONT_ITALIC = 2, FONT_BOLD_ITALIC = 3, FONT_STYLES = 4 };

/* A file of the folders. */
typedef struct font_file {
    bx_str path, name;      /* name: without its folder */
    struct hb_blob_t *blob; /* mapped on first use, under the lock; owned by the set */
    atomic_uint reads;      /* of bytes, not through the mapping */
    bx_str bytes;           /* the mapping; empty: there is none */
    int fd;                 /* of the file that is mapped, however often its path is written anew */
    bool tried;
} font_file;

/* One style of a family: where its face is, and the face once it is open. */
typedef struct font_slot {
    font_file *file; /* where it should be; NULL: no such file */
    uint32_t index;  /* in its collection, once found */
    bool found;      /* the file was seen to hold the family; under the lock */
    uint16_t number;
    const bx_face *face; /* published by `tried` */
    atomic_bool tried;   /* face is final: no lock needed any more */
} font_slot;

typedef struct font_family {
    bx_str name, package;
    bx_em scale;
    bx_str wanted[FONT_STYLES]; /* file names */
    font_slot slot[FONT_STYLES];
} font_family;

typedef struct font_key {
    bx_str name;
    bool required, serif;
    font_family **han; /* by language, as bx_fonts.languages numbers them; never NULL */
    font_family *latin, *latin_italic, *latin_more; /* NULL: none of its own */
    struct font_key *han_italic;
    struct font_key **fallback;
    uint32_t n_fallback;
    bool absent;           /* made from a name that no family has, so that it is sought once */
    struct font_key *next; /* of keys made from real names */
} font_key;

typedef struct font_tag {
    bx_str tag;
    uint32_t language; /* index of a printed language */
} font_tag;

typedef struct font_script {
    uint32_t script; /* ISO 15924, as HarfBuzz packs it */
    font_family *serif, *sans;
} font_script;

typedef struct font_families {
    font_family **at;
    uint32_t n;
} font_families;

struct bx_fonts {
    bx_memory memory;
    bx_arena *arena, *scratch;
    pthread_mutex_t lock;

    BX_VEC(bx_str) folders;
    BX_VEC(font_file *) files; /* in search order */
    bx_map file_by_name;       /* the first of each name */
    bx_map family_by_name;     /* font_family, in the order first named */
    BX_VEC(font_key *) keys;
    _Atomic(font_key *) named; /* made under the lock from real names; newest first */
    font_key *fallback_key;    /* serves keys that do not exist */
    BX_VEC(bx_str) languages;  /* printed languages: zh-Hans … */
    uint32_t language;         /* the default */
    BX_VEC(font_tag) tags;
    BX_VEC(font_script) scripts;
    font_families symbols, rare_han;
    font_family *emoji;
    bx_str package; /* of families that name none */
    uint32_t n_slots;
    bool owns_default;                        /* as in bx_font_options */
    const struct font_config_api *config_api; /* NULL: not loaded yet; under the lock */
    struct _FcConfig *config;                 /* of bx_fonts_config; under the lock */
    bx_digest table;                          /* SHA-256 of families.yaml */
};

/* table.c: reads families.yaml. False after an error. */
bool bx_font_table_read(bx_fonts *fonts, bx_str path, bx_report *report);
/* A family made on demand with the conventional file names. */
font_family *bx_font_family_named(bx_fonts *fonts, bx_str name);

/* find.c */
/* What is in the folders; each family's slots get the files that the table names for them. False
 * after an error: a folder that is no folder of fonts, /proc say. */
bool bx_font_files_list(bx_fonts *fonts, bx_report *report);
/* Finds a family: in the files that the table names, else by its real name in any file, through
 * fontconfig, which is slow. False: not there. Under the lock. */
bool bx_font_family_find(bx_fonts *fonts, font_family *family);

/* face.c */
/* Looks for the family in the slot's file: a name of a file proves nothing. Under the lock. */
bool bx_font_slot_find(font_slot *slot, bx_str family);
/* The face of a family's style (FONT_REGULAR …), opened when it is asked for first; NULL when there
 * is none. Any thread. */
const bx_face *bx_font_face_open(bx_fonts *fonts, font_family *family, int style);
void bx_font_files_close(bx_fonts *fonts);

/* pick.c */
/* The key of that name, or one made from a real family's name; NULL: neither exists, or memory is
 * out. Any thread. */
const font_key *bx_font_key_get(const bx_fonts *fonts, bx_str name);
uint32_t bx_font_language(const bx_fonts *fonts, bx_str tag);
/* The face of a style, or the nearest the family has: bold gives way to regular, italic does not.
 * NULL: none. Any thread. */
const bx_face *bx_font_family_face(const bx_fonts *fonts, font_family *family, uint16_t weight,
                                   bool italic);

#endif
