/* Clocks, in nanoseconds. For limits and measurements only: nothing that is made depends on them.
 * Any thread. */
#ifndef BX_BASE_CLOCK_H
#define BX_BASE_CLOCK_H

#include <stdint.h>

/* Of a clock that never goes back, does not stand still while the thread waits, and costs little to
 * ask. */
uint64_t bx_now(void);
/* Of processor time that the thread has used. To ask takes as long as to set a short line. */
uint64_t bx_thread_time(void);

#endif
