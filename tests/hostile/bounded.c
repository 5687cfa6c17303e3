/* bounded SECONDS MEGABYTES PROGRAM [ARGUMENT…]: runs the program and ends as it ends; 124 when it
 * used more processor time or held more memory than allowed, 128 + signal when one killed it.
 *
 * Processor time is what an input costs; the clock on the wall only tells who else was at work. A
 * program that uses four times its allowance is stopped by the system. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static double seconds(struct timeval t) { return (double)t.tv_sec + (double)t.tv_usec / 1e6; }

int main(int n, char **arguments) {
    if (n < 4)
        return 2;
    double time_allowed = atof(arguments[1]);
    long memory_allowed = atol(arguments[2]);
    pid_t child = fork();
    if (child == 0) {
        rlim_t most = (rlim_t)(time_allowed * 4) + 1;
        setrlimit(RLIMIT_CPU, &(struct rlimit){most, most + 1});
        execv(arguments[3], arguments + 3);
        _exit(127);
    }
    int status;
    struct rusage used;
    if (child < 0 || wait4(child, &status, 0, &used) < 0)
        return 2;
    double time_used = seconds(used.ru_utime) + seconds(used.ru_stime);
    long memory_used = used.ru_maxrss / 1024;
    if (getenv("BOUNDED_SAY"))
        fprintf(stderr, "bounded: %.2f s, %ld MB\n", time_used, memory_used);
    if (time_used > time_allowed || (memory_allowed && memory_used > memory_allowed)) {
        fprintf(stderr, "bounded: used %.2f s and %ld MB; %.1f s and %ld MB are allowed\n",
                time_used, memory_used, time_allowed, memory_allowed);
        return 124;
    }
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}
