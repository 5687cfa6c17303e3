/* bench_floor ORDER: does the work of an order (floor.h) and nothing else, as bench_build has it do
 * for the floor of a program that is started anew. It is linked with what the work needs only. */
#include "bench/floor.h"

#include <stdio.h>

int main(int n, char **words) {
    floor_work *work = n == 2 ? floor_open(words[1]) : NULL;
    if (!work) {
        fputs("usage: bench_floor ORDER (a file, as bench_build writes it)\n", stderr);
        return 64;
    }
    floor_times times;
    bool good = floor_do(work, &times);
    floor_close(work);
    return good ? 0 : 1;
}
