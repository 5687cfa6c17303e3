#include "output/pdf/packer.h"

#include "base/clock.h"
#include "output/pdf/flate.h"
#include "output/pdf/store.h"

/* A stream of a page or a font has 10 to 300 kB. A larger one is not copied but packed at once. */
enum { UNDER_WAY = 16, LARGE = 1 << 19 };

typedef struct packing {
    bx_chore chore;
    bx_packer *packer;
    bx_arena *arena; /* of its buffers: emptied for the next stream */
    bx_mark empty;
    void *owner;
    bx_str plain;
    char *packed;
    size_t room, n;
} packing;

struct bx_packer {
    bx_hand *hand;
    bx_packed done;
    bx_flate *own, *aside; /* a compressor for each thread */
    packing ring[UNDER_WAY];
    uint32_t first, n;
    uint64_t ns;
};

static void pack(void *user, bool aside) {
    packing *p = user;
    bx_flate *flate = aside ? p->packer->aside : p->packer->own;
    p->n = bx_flate_into(flate, p->plain, p->packed, p->room);
}

static void release(void *user) {
    bx_packer *packer = user;
    for (uint32_t i = 0; i < packer->n; i++)
        bx_hand_drop(packer->hand, &packer->ring[(packer->first + i) % UNDER_WAY].chore);
}

bx_packer *bx_packer_new(bx_arena *arena, bx_hand *hand, bx_packed done) {
    bx_packer *packer = bx_new(arena, bx_packer);
    packer->hand = hand;
    packer->done = done;
    packer->own = bx_flate_new(arena);
    packer->aside = hand ? bx_flate_new(arena) : NULL;
    for (int i = 0; i < (hand ? UNDER_WAY : 1); i++) {
        packing *p = &packer->ring[i];
        p->packer = packer;
        p->arena = bx_arena_side(arena);
        p->empty = bx_arena_mark(p->arena);
        p->chore = (bx_chore){.run = pack, .user = p};
    }
    bx_defer(arena, release, packer);
    return packer;
}

static void tell(packing *p) {
    p->packer->done(p->owner, p->plain, (bx_str){p->packed, (uint32_t)p->n});
    bx_arena_rewind(p->arena, p->empty);
}

static void settle(bx_packer *packer) {
    packing *p = &packer->ring[packer->first];
    bx_hand_finish(packer->hand, &p->chore);
    packer->first = (packer->first + 1) % UNDER_WAY;
    packer->n--;
    tell(p);
}

static void put(bx_packer *packer, bx_str bytes, void *owner) {
    bool at_once = !packer->hand || bytes.n > LARGE;
    if (packer->n == UNDER_WAY)
        settle(packer);
    packing *p = &packer->ring[(packer->first + packer->n) % UNDER_WAY];
    p->owner = owner;
    p->room = bx_flate_room(packer->own, bytes.n);
    if (packer->hand)
        bx_flate_room(packer->aside, bytes.n);
    p->plain = at_once ? bytes : bx_str_dup(p->arena, bytes);
    p->packed = bx_alloc_raw(p->arena, p->room);
    if (at_once) {
        pack(p, false);
        tell(p);
        return;
    }
    packer->n++;
    bx_hand_give(packer->hand, &p->chore);
}

void bx_packer_put(bx_packer *packer, bx_str bytes, void *owner) {
    uint64_t start = bx_now();
    put(packer, bytes, owner);
    packer->ns += bx_now() - start;
}

void bx_packer_settle(bx_packer *packer) {
    uint64_t start = bx_now();
    if (packer->n)
        settle(packer);
    packer->ns += bx_now() - start;
}

uint64_t bx_packer_ns(const bx_packer *packer) { return packer->ns; }
