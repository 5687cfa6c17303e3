/* The record of a PDF: what it was made from, as one JSON text.
 *
 * Its SHA-256 is the file's identity (/ID, and in XMP): two PDFs with one identity were made from
 * the same things. With the source inside, the record is the first file attached and lists the
 * others; `banxin verify` reads it back, builds again, and compares.
 *
 * Names of folders do not count and are not in it. Hyphenation dictionaries are not in it either.
 */
#ifndef BX_PRESS_RECORD_H
#define BX_PRESS_RECORD_H

#include "base/diag.h"
#include "base/hash.h"
#include "base/vec.h"

/* The record's own name as a file of the PDF. */
#define BX_RECORD_NAME "banxin.json"

typedef enum bx_role_of_file {
    BX_FILE_ISSUE,
    BX_FILE_LAYOUT,         /* in the order in which they extend each other */
    BX_FILE_PICTURE,        /* that the issue names */
    BX_FILE_LAYOUT_PICTURE, /* that a layout names */
} bx_role_of_file;

typedef struct bx_record_file {
    bx_role_of_file role;
    bx_str as;     /* how it was asked for: what it is found by when the PDF is made again */
    bx_str name;   /* as a file of the PDF: without folders, no two the same */
    bx_str sha256; /* hexadecimal */
    bx_str bytes;
    uint32_t size; /* of bytes, as the record has it */
} bx_record_file;

typedef struct bx_record_font {
    bx_str name;    /* PostScript */
    bx_str version; /* as the font says, in words */
    bx_str content; /* hash of the tables' checksums, hexadecimal */
} bx_record_font;

typedef struct bx_record {
    bx_str program;               /* "Banxin 0.1.0" */
    BX_VEC(bx_str) libraries;     /* "HarfBuzz 6.0.0": those whose version shows in the bytes */
    BX_VEC(bx_record_font) fonts; /* that draw something, in the order of first use */
    bx_str standards;             /* "a-3a,ua-1" */
    bool has_created;
    int64_t created;         /* SOURCE_DATE_EPOCH, where it was given */
    BX_VEC(bx_str) settings; /* --set */
    BX_VEC(bx_record_file) files;
} bx_record;

/* Adds a file; its name is the last part of `as`, made different from those of the others. */
void bx_record_add(bx_arena *arena, bx_record *record, bx_role_of_file role, bx_str as, bx_str name,
                   bx_str bytes);

bx_str bx_record_write(bx_arena *arena, const bx_record *record);

/* Reads a record; `bytes` of files stay empty. False: it is none (nothing is reported). */
bool bx_record_read(bx_arena *arena, bx_str json, bx_record *record);

/* Says in the report, once for each thing, in what `now` differs from `then`. How many there were.
 */
uint32_t bx_record_compare(bx_arena *arena, const bx_record *then, const bx_record *now,
                           bx_report *report);

#endif
