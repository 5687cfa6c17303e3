#include "base/hand.h"

#include <pthread.h>
#include <signal.h>

struct bx_hand {
    pthread_mutex_t lock; /* of everything below, and of the chores' state */
    pthread_cond_t given, done;
    bx_chore *first, **last; /* those that wait */
    bool started, ended;
    pthread_t thread;
};

/* Under the lock, which is free while the chore runs. */
static void run_first(bx_hand *hand, bool aside) {
    bx_chore *chore = hand->first;
    hand->first = chore->next;
    if (!hand->first)
        hand->last = &hand->first;
    chore->state = BX_CHORE_BEGUN;
    pthread_mutex_unlock(&hand->lock);
    chore->run(chore->user, aside);
    pthread_mutex_lock(&hand->lock);
    chore->state = BX_CHORE_DONE;
    pthread_cond_broadcast(&hand->done);
}

static void *work(void *user) {
    bx_hand *hand = user;
    pthread_mutex_lock(&hand->lock);
    while (!hand->ended) {
        if (hand->first)
            run_first(hand, true);
        else
            pthread_cond_wait(&hand->given, &hand->lock);
    }
    pthread_mutex_unlock(&hand->lock);
    return NULL;
}

static void release(void *user) {
    bx_hand *hand = user;
    pthread_mutex_lock(&hand->lock);
    hand->ended = true;
    pthread_cond_signal(&hand->given);
    pthread_mutex_unlock(&hand->lock);
    if (hand->started)
        pthread_join(hand->thread, NULL);
    pthread_cond_destroy(&hand->given);
    pthread_cond_destroy(&hand->done);
    pthread_mutex_destroy(&hand->lock);
}

bx_hand *bx_hand_new(bx_arena *arena) {
    bx_hand *hand = bx_new(arena, bx_hand);
    pthread_mutex_init(&hand->lock, NULL);
    pthread_cond_init(&hand->given, NULL);
    pthread_cond_init(&hand->done, NULL);
    hand->last = &hand->first;
    bx_defer(arena, release, hand);
    return hand;
}

/* Signals are the first thread's business. Without a second thread chores are done when they are to
 * be finished. */
static void start(bx_hand *hand) {
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    hand->started = pthread_create(&hand->thread, NULL, work, hand) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
}

void bx_hand_give(bx_hand *hand, bx_chore *chore) {
    chore->state = BX_CHORE_WAITS;
    chore->next = NULL;
    if (!hand)
        return;
    pthread_mutex_lock(&hand->lock);
    *hand->last = chore;
    hand->last = &chore->next;
    pthread_cond_signal(&hand->given);
    pthread_mutex_unlock(&hand->lock);
    if (!hand->started)
        start(hand);
}

void bx_hand_finish(bx_hand *hand, bx_chore *chore) {
    if (!hand) {
        if (chore->state == BX_CHORE_WAITS)
            chore->run(chore->user, false);
        chore->state = BX_CHORE_DONE;
        return;
    }
    pthread_mutex_lock(&hand->lock);
    while (chore->state == BX_CHORE_WAITS || chore->state == BX_CHORE_BEGUN) {
        if (hand->first)
            run_first(hand, false);
        else
            pthread_cond_wait(&hand->done, &hand->lock);
    }
    pthread_mutex_unlock(&hand->lock);
}

void bx_hand_drop(bx_hand *hand, bx_chore *chore) {
    if (!hand)
        return;
    pthread_mutex_lock(&hand->lock);
    if (chore->state == BX_CHORE_WAITS) {
        bx_chore **at = &hand->first;
        while (*at != chore)
            at = &(*at)->next;
        *at = chore->next;
        if (!*at)
            hand->last = at;
        chore->state = BX_CHORE_FREE;
    }
    while (chore->state == BX_CHORE_BEGUN)
        pthread_cond_wait(&hand->done, &hand->lock);
    pthread_mutex_unlock(&hand->lock);
}
