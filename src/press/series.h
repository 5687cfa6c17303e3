/* An issue among the others of its series: whether its number and date follow theirs. */
#ifndef BX_PRESS_SERIES_H
#define BX_PRESS_SERIES_H

#include "press/press.h"

/* Compares with the issues in the same folder that have the same series, and says what does not
 * fit: a number or day that is taken, a gap, an order of days that is not that of numbers, another
 * day of the week than all others. The folder is read once a press. Nothing is said of issues
 * without a series, from stdin, or in folders of thousands, nor where reading the others takes more
 * than one issue may, or seconds. */
void bx_job_check_series(bx_job *job);

#endif
