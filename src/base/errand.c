#include "base/errand.h"

#include "base/clock.h"

struct bx_errand {
    bx_chore chore;
    bx_hand *hand;
    bx_memory *giver;
    bx_memory memory;
    bx_arena *own, *scratch;
    bx_errand_run run;
    void *user;
    uint64_t time, took; /* that was left to the giver, and that the second thread used of it */
    bool failed;
};

static void run(void *user, bool aside) {
    bx_errand *e = user;
    jmp_buf trap;
    uint64_t start = aside ? bx_thread_time() : 0;
    e->memory.deadline = !aside ? e->giver->deadline : e->time ? start + e->time : 0;
    e->memory.trap = &trap;
    if (setjmp(trap))
        e->failed = true;
    else
        e->run(e->user, e->own, e->scratch);
    e->memory.trap = NULL;
    e->took = aside ? bx_thread_time() - start : 0;
}

static void release(void *errand) {
    bx_errand *e = errand;
    bx_hand_drop(e->hand, &e->chore);
    bx_arena_drop(e->scratch);
    bx_arena_drop(e->own);
}

static size_t room_left(const bx_memory *memory) {
    size_t used = memory->in_use + memory->elsewhere;
    return !memory->most ? 0 : used < memory->most ? memory->most - used : 1;
}

bx_errand *bx_errand_give(bx_arena *arena, bx_hand *hand, bx_errand_run what, void *user) {
    bx_memory *giver = bx_arena_memory(arena);
    bx_errand *e = bx_new(arena, bx_errand);
    e->chore = (bx_chore){.run = run, .user = e};
    e->hand = hand;
    e->giver = giver;
    e->memory = (bx_memory){.allocate = giver->allocate,
                            .user = giver->user,
                            .trap = giver->trap,
                            .most = room_left(giver)};
    e->run = what;
    e->user = user;
    e->time = bx_memory_time_left(giver);
    bx_defer(arena, release, e);
    e->own = bx_arena_new(&e->memory);
    e->scratch = bx_arena_new(&e->memory);
    bx_hand_give(hand, &e->chore);
    return e;
}

void bx_errand_finish(bx_errand *e) {
    bx_memory *giver = e->giver;
    bx_hand_finish(e->hand, &e->chore);
    bx_memory_spend_time(giver, e->took);
    bx_arena_drop(e->scratch);
    e->scratch = NULL;
    bx_arena_move(e->own, giver);
    if (!e->failed)
        return;
    giver->over = e->memory.over;
    bx_out_of_memory(e->own);
}
