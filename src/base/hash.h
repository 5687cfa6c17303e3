/* Hashes. bx_hash is fast and for tables only; bx_sha256 names content (keys, PDF /ID, ledgers). */
#ifndef BX_BASE_HASH_H
#define BX_BASE_HASH_H

#include "base/str.h"

/* 64 bits of the bytes, the same on every machine and in every run; not for hostile keys alone:
 * tables that use it compare the keys too. */
uint64_t bx_hash(const void *bytes, size_t n, uint64_t seed);

typedef struct bx_digest {
    uint8_t byte[32];
} bx_digest;

/* SHA-256 of the pieces one after the other. */
bx_digest bx_sha256(const bx_str *pieces, size_t n);
/* Lower-case hexadecimal, 64 characters. */
bx_str bx_digest_hex(bx_arena *arena, const bx_digest *digest);

#endif
