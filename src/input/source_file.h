/* Files and stdin become sources; pictures come through a fence.
 *
 * The issue itself is read from wherever the user points. What the issue names (pictures, a logo)
 * is read only from below its own folder or an assets folder: names are walked one component at a
 * time, symbolic links too, and none may climb out. Only regular files are opened, so that no FIFO
 * hangs and no device is touched. Nothing is ever fetched from a network. */
#ifndef BX_INPUT_SOURCE_FILE_H
#define BX_INPUT_SOURCE_FILE_H

#include "base/diag.h"

/* Reads a file, or stdin when the path is "-", as a source: 0 after an error (reported). The bytes
 * are valid UTF-8; a file in another encoding is an error that names the likely one.
 * More bytes than the limit `input` are one too. */
uint32_t bx_source_open(bx_arena *arena, bx_str path, bx_report *report);

/* The same for bytes the caller already has (borrowed). */
uint32_t bx_source_of_bytes(bx_str path, bx_str bytes, bx_report *report);

/* Files in memory, under the names they are asked for by. */
typedef struct bx_bundle {
    const struct bx_bundle_file {
        bx_str name, bytes;
    } * at;
    uint32_t n;
} bx_bundle;

/* Where the issue may read from. Folders are paths as given; "" is the current folder. */
typedef struct bx_fence {
    const bx_bundle *bundle; /* not NULL: there are these files and no others; the disk is not read.
                                A name is looked up as it is asked for, below `folder` */
    bx_str folder;
    const bx_str *assets;
    uint32_t n_assets;
    uint32_t limit; /* bytes of a file; 0: any */
} bx_fence;

typedef enum bx_asset_status {
    BX_ASSET_FOUND,
    BX_ASSET_MISSING, /* no such file */
    BX_ASSET_REMOTE,  /* a URL without a copy in an assets folder */
    BX_ASSET_FENCED,  /* it would lead outside, or is no regular file */
    BX_ASSET_LIMIT,   /* too large */
    BX_ASSET_GARBLED, /* a data: address that cannot be decoded */
} bx_asset_status;

typedef struct bx_asset {
    bx_asset_status status;
    bx_str path;  /* found: folder and name joined, for --deps and messages */
    bx_str bytes; /* found: in the arena */
    bool carried; /* by the name itself, a data: address: there is no file of this path */
} bx_asset;

/* Looks `name` up as Markdown and HTML write it: relative to the folder, then to each
 * assets folder; %20 and the like are decoded once; a name that begins with / is looked up below
 * the same folders, as a site's root; ?query and #fragment are left off when there is no such file.
 * A remote address (http:, https:, //host) is looked up in the assets folders as host/path and by
 * its last component. A data: address is decoded. Reports nothing. */
bx_asset bx_fence_read(bx_arena *arena, const bx_fence *fence, bx_str name);

/* The same with a message at `span` for whatever keeps the file from being read. */
bx_asset bx_fence_read_image(bx_arena *arena, const bx_fence *fence, bx_str name, bx_span span,
                             bx_report *report);

/* Checks that bytes of a source are UTF-8; otherwise one error that names GBK, Big5, Shift_JIS or
 * UTF-16 when the bytes look so. */
bool bx_source_check_utf8(bx_report *report, uint32_t source);

/* The folder part of a path: "" when it has none, "/" for the root's files. */
bx_str bx_path_folder(bx_str path);
/* What comes after it: the file's name. */
bx_str bx_path_name(bx_str path);

#endif
