#include "base/hash.h"

#include <nettle/sha2.h>

static uint64_t mix(uint64_t h) {
    h ^= h >> 32;
    h *= 0xd6e8feb86659fd93u;
    h ^= h >> 32;
    return h;
}

uint64_t bx_hash(const void *bytes, size_t n, uint64_t seed) {
    const unsigned char *p = bytes;
    uint64_t h = mix(seed ^ n ^ 0x9e3779b97f4a7c15u);
    for (; n >= 8; n -= 8, p += 8) {
        uint64_t word = 0;
        for (int i = 0; i < 8; i++) /* little-endian on every machine */
            word |= (uint64_t)p[i] << (8 * i);
        h = mix(h ^ word) * 0x9e3779b97f4a7c15u;
    }
    uint64_t tail = 0;
    for (size_t i = 0; i < n; i++)
        tail |= (uint64_t)p[i] << (8 * i);
    return mix(mix(h ^ tail) * 0x9e3779b97f4a7c15u);
}

bx_digest bx_sha256(const bx_str *pieces, size_t n) {
    struct sha256_ctx ctx;
    sha256_init(&ctx);
    for (size_t i = 0; i < n; i++)
        if (pieces[i].n)
            sha256_update(&ctx, pieces[i].n, (const uint8_t *)pieces[i].p);
    bx_digest digest;
    sha256_digest(&ctx, sizeof digest.byte, digest.byte);
    return digest;
}

bx_str bx_digest_hex(bx_arena *arena, const bx_digest *digest) {
    static const char hex[] = "0123456789abcdef";
    char *p = bx_alloc(arena, 65);
    for (int i = 0; i < 32; i++) {
        p[2 * i] = hex[digest->byte[i] >> 4];
        p[2 * i + 1] = hex[digest->byte[i] & 15];
    }
    return (bx_str){p, 64};
}
