/* What no breaker could better: the lines of a paragraph over all ways to break it.
 *
 * An exact search (dynamic programming over breaks and hyphens running) among the breaks the
 * paragraph has, its dictionary's too once bx_hyphenate was called, with the tiers of R14 and R15,
 * at most two hyphens running (R19), no lonely last line (R25), no overfull line. It measures lines
 * as the breaker does and knows nothing of its costs, steps and pruning. For Chinese: what only
 * Japanese line ends may do is left out. */
#ifndef BX_TESTS_SUPPORT_BOUND_H
#define BX_TESTS_SUPPORT_BOUND_H

#include "text/paragraph.h"

typedef enum bound_aim {
    BOUND_WORST,   /* the most stretched line as little stretched as possible */
    BOUND_BEYOND,  /* as few lines as possible that are stretched beyond a limit */
    BOUND_SQUARES, /* the least sum of squares */
} bound_aim;

/* What is asked for. Stretch is in em. */
typedef struct bound_ask {
    bx_len measure;
    bound_aim aim;
    double limit; /* of BOUND_BEYOND */
    double spare; /* what a line may be stretched by for nothing when no two Han stand side by side
                   * in it: nobody sees it there */
} bound_ask;

typedef struct bound_line {
    uint32_t first, content; /* clusters */
    double stretch; /* of each gap of the third tier; of a line that has none, as much as the
                     * breaker takes it for. 0: of the last line, or spared */
    bool shows;     /* it is not the last, and two Han stand side by side in it */
} bound_line;

typedef struct bound {
    const bound_line *at; /* NULL: no way without emergency breaks or an overfull line */
    uint32_t n;
} bound;

/* The lines that are best by this aim, in the arena. */
bound bound_of(const bx_paragraph *p, const bound_ask *ask, bx_arena *arena);

#endif
