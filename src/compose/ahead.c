#include "compose/ahead.h"

#include "base/clock.h"
#include "compose/page.h"

/* Children that are set, or wait for it, at a time: enough for the second thread while the first
 * one fills the pages of a long table of contents. */
enum { UNDER_WAY = 4096 };

/* One of the two threads: all that setting may change. */
typedef struct worker {
    bx_memory *memory;
    bx_composer composer;
    uint64_t time, wall; /* that the second thread had used when it was last asked, and when */
} worker;

/* One child. */
typedef struct trial {
    bx_chore chore;
    bx_ahead *all;
    uint32_t child;
    bx_report report;
    size_t room;   /* that is left of the memory … */
    uint64_t time; /* … and of the time when it is given; 0: no limit */
    size_t held;   /* by the second thread, where it has done this; else 0 */
    uint64_t took; /* of its processor time, with those before it that did not say; or 0 */
    bx_over over;
    bool failed;
} trial;

struct bx_ahead {
    bx_composer *c;
    bx_stack *stack;
    bx_len width;
    bx_hand *hand;
    bx_memory aside;      /* of the second thread */
    worker workers[2];    /* this thread, and the second one */
    uint32_t given, done; /* children before these are */
    uint64_t time;        /* that was left when one of the last few was given; 0: no limit */
    trial *ring;          /* by child */
    uint32_t slots;       /* in it */
};

/* On its own, as far as pages go: a real page takes the same lines. */
static void set_child(bx_composer *c, const bx_ahead *a, bx_block *child) {
    bx_sheet page = bx_sheet_of(&c->style->page, false, child->sideways);
    bx_space space = {.width = child->sideways ? page.measure : a->width,
                      .height = page.depth,
                      .full = page.depth,
                      .fresh = true};
    uint64_t most = c->report->limits.at[BX_LIMIT_PAGES];
    const bx_token *token = bx_set(c, child, space, NULL).next;
    for (uint64_t pages = 1; token && pages < most; pages++) {
        bx_memory_check_time(bx_arena_memory(c->arena));
        token = bx_set(c, child, space, token).next;
    }
}

/* Within what is left of the job's memory and time. */
static void limit(worker *w, const trial *t) {
    if (!w->wall) {
        w->time = bx_thread_time();
        w->wall = bx_now();
    }
    w->memory->most = t->room;
    w->memory->deadline = t->time ? w->time + t->time : 0;
}

/* The time is asked for now and then. */
static void measure(worker *w, trial *t) {
    enum { SPELL = 2000000 };
    uint64_t wall = bx_now();
    t->held = w->memory->in_use;
    if (wall - w->wall < SPELL)
        return;
    uint64_t time = bx_thread_time();
    t->took = time - w->time;
    w->time = time;
    w->wall = wall;
}

static void run(void *user, bool aside) {
    trial *t = user;
    worker *w = &t->all->workers[aside];
    bx_memory *memory = w->memory;
    bx_composer c =
        w->composer; /* of its own: while this waits for something, another may be run */
    jmp_buf trap, not_yet, *outer = memory->trap;
    bx_mark scratch = bx_arena_mark(c.scratch), draft = bx_arena_mark(c.draft);
    if (aside)
        limit(w, t);
    t->report.arena = c.arena;
    c.report = &t->report;
    c.not_yet = &not_yet;
    memory->trap = &trap;
    if (setjmp(trap)) {
        t->failed = true;
        t->over = memory->over;
    } else if (setjmp(not_yet) == 0) {
        set_child(&c, t->all, t->all->stack->children.at[t->child]);
    }
    bx_arena_rewind(w->composer.scratch, scratch);
    bx_arena_rewind(w->composer.draft, draft);
    memory->trap = outer;
    if (aside)
        measure(w, t);
}

/* The clock is asked now and then: it takes as long as a short line. */
static void give(bx_ahead *a, uint32_t child) {
    enum { NOW_AND_THEN = 32 };
    const bx_report *report = a->c->report;
    const bx_memory *memory = a->workers[0].memory;
    size_t used = memory->in_use;
    if (child % NOW_AND_THEN == 0)
        a->time = bx_memory_time_left(memory);
    trial *t = &a->ring[child % a->slots];
    *t = (trial){.chore = {.run = run, .user = t}, .all = a, .child = child};
    t->report = (bx_report){.sources = report->sources,
                            .strict = report->strict,
                            .words = report->words,
                            .lenient = report->lenient,
                            .limits = report->limits};
    t->room = !memory->most ? 0 : used < memory->most ? memory->most - used : 1;
    t->time = a->time;
    bx_hand_give(a->hand, &t->chore);
}

/* The child's messages become the composer's, and so does its failure. */
static void settle(bx_ahead *a, const trial *t) {
    bx_memory *memory = a->workers[0].memory;
    if (t->held)
        memory->elsewhere = t->held;
    bx_memory_spend_time(memory, t->took);
    bx_report_join(a->c->report, &t->report);
    if (!t->failed)
        return;
    memory->over = t->over;
    a->c->report->now = t->report.now;
    bx_out_of_memory(a->c->arena);
}

void bx_ahead_wait(bx_ahead *a, uint32_t child) {
    while (a && a->done <= child) {
        uint32_t n = a->stack->children.n;
        for (; a->given < n && a->given < a->done + a->slots; a->given++)
            give(a, a->given);
        trial *t = &a->ring[a->done % a->slots];
        bx_hand_finish(a->hand, &t->chore);
        a->done++;
        settle(a, t);
    }
}

/* What is under way ends, and the second thread's blocks go with the others. */
static void end(void *user) {
    bx_ahead *a = user;
    for (; a->done < a->given; a->done++)
        bx_hand_drop(a->hand, &a->ring[a->done % a->slots].chore);
    bx_arena_drop(a->workers[1].composer.blocks);
    a->workers[1].composer.blocks = NULL;
    a->workers[0].memory->elsewhere = a->aside.in_use;
}

static void release(void *user) {
    bx_ahead *a = user;
    end(a);
    bx_arena_drop(a->workers[1].composer.arena);
    a->workers[0].memory->elsewhere = 0;
}

/* Its own memory for whatever setting writes; what it reads is shared and stays as it is. */
static void begin_worker(bx_ahead *a, worker *w, const bx_composer *arenas) {
    w->memory = bx_arena_memory(arenas->arena);
    w->composer = *a->c;
    w->composer.arena = arenas->arena;
    w->composer.blocks = arenas->blocks;
    w->composer.out = w->composer.scratch = arenas->scratch;
    w->composer.draft = arenas->draft;
    w->composer.numbers = bx_map_new(arenas->blocks);
}

/* The second thread's memory, for the composer's life. */
static void open_aside(bx_ahead *a) {
    bx_memory *memory = bx_arena_memory(a->c->arena);
    bx_composer *own = &a->workers[1].composer;
    a->aside =
        (bx_memory){.allocate = memory->allocate, .user = memory->user, .trap = memory->trap};
    bx_defer(a->c->arena, release, a);
    bx_defer(a->c->blocks, end, a);
    own->arena = bx_arena_new(&a->aside);
    own->blocks = bx_arena_new(&a->aside);
    own->scratch = bx_arena_side(own->blocks);
    own->draft = bx_arena_side(own->blocks);
}

void bx_ahead_begin(bx_composer *c, bx_stack *stack, bx_len width) {
    bx_hand *hand = c->assets ? c->assets->hand : NULL;
    if (!hand || !stack->children.n)
        return;
    bx_ahead *a = bx_new(c->arena, bx_ahead);
    a->slots = stack->children.n < UNDER_WAY ? stack->children.n : UNDER_WAY;
    a->ring = bx_alloc_raw_n(c->blocks, a->slots, sizeof *a->ring);
    a->c = c;
    a->stack = stack;
    a->width = width;
    a->hand = hand;
    begin_worker(a, &a->workers[0], c);
    open_aside(a);
    const bx_composer aside = a->workers[1].composer;
    begin_worker(a, &a->workers[1], &aside);
    a->aside.trap = NULL;
    stack->ahead = a;
}
