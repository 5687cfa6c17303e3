/* Ledgers: what was made, one JSON object a line, one file a shard (ledger-1-of-8.jsonl) in the
 * output folder.
 *
 *     {"issue":"2026/05/20.yaml","output":"2026/05/20.pdf","key":"…","sha256":"…","pages":5,
 *      "bytes":227874,"ms":31,"warnings":0,"title":"…","series":"…","number":"107",
 *      "date":"2026-05-20"}
 *
 * A row is added by one write at the end of the file, after its PDF has its name, so that a killed
 * run leaves at most a PDF without a row (it is made again) or, when the power fails, half a row
 * (it is passed over). Rows are never changed: of several for one output, that one counts whose
 * sha256 is the file's. */
#ifndef BX_BATCH_LEDGER_H
#define BX_BATCH_LEDGER_H

#include "base/hash.h"
#include "base/map.h"

typedef struct bx_ledger_row {
    bx_str issue, output;
    bx_digest key, sha256;
    uint32_t pages, warnings;
    uint64_t bytes, ms;
    bx_str title, series, number, date;
    const struct bx_ledger_row *older; /* the row before this one with the same output, or NULL */
} bx_ledger_row;

/* Rows of all ledgers of a folder, by output. Constant once read: threads may share it. */
typedef struct bx_ledger {
    bx_map by_output;  /* → bx_ledger_row*, the one read last */
    bx_str unreadable; /* what could not be read */
} bx_ledger;

/* A folder that is not there has no rows; what is no whole row, or longer than any, is passed over.
 * False: one of its ledgers, or the folder, cannot be read (errno). */
bool bx_ledger_read(bx_arena *arena, bx_str folder, bx_ledger *ledger);

/* The row for an output whose file has this hash and, unless it is NULL, this key; NULL: none. */
const bx_ledger_row *bx_ledger_find(const bx_ledger *ledger, bx_str output, const bx_digest *sha256,
                                    const bx_digest *key);

/* Opens a shard's ledger for adding, and locks it against a second run of the shard. The
 * descriptor, or -1 with errno; EWOULDBLOCK: another run has it. */
int bx_ledger_open(bx_arena *arena, bx_str folder, uint32_t shard, uint32_t n_shards);

/* A row as its line, with the line's end. What is of the run and not of the PDF, how long it took,
 * is left out of a sealed index. */
bx_str bx_ledger_line(bx_arena *arena, const bx_ledger_row *row);
bx_str bx_index_line(bx_arena *arena, const bx_ledger_row *row);
/* Adds a line by one write. False: errno says why. */
bool bx_ledger_add(int fd, bx_str line);

/* 64 hexadecimal digits. False: it is something else. */
bool bx_digest_read(bx_str hex, bx_digest *digest);

#endif
