/* driver [-mutate=N] FILE-OR-FOLDER…: runs a fuzz target over files, without libFuzzer. With
 * -mutate each file is run N times more with bytes changed by a fixed sequence of numbers, so that
 * what fails fails again. Prints the file it is at only when something goes wrong (the sanitizers
 * end the program, and the name is on the last line). */
#include "fuzz.h"

#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char now[4200];
static unsigned long runs, mutations;

static void tell(int signal_number) {
    if (write(STDERR_FILENO, now, strlen(now)) < 0)
        _exit(3);
    signal(signal_number, SIG_DFL);
    raise(signal_number);
}

/* xorshift64*: the same everywhere. */
static uint64_t random_number(uint64_t *state) {
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    return *state * 0x2545F4914F6CDD1Du;
}

static void run_mutated(uint8_t *bytes, size_t n, uint64_t seed) {
    uint64_t state = seed * 0x9E3779B97F4A7C15u + 1;
    size_t changes = 1 + random_number(&state) % 8;
    for (size_t i = 0; n && i < changes; i++)
        bytes[random_number(&state) % n] = (uint8_t)random_number(&state);
    if (random_number(&state) % 4 == 0)
        n = random_number(&state) % (n + 1);
    LLVMFuzzerTestOneInput(bytes, n);
    runs++;
}

static int run_file(const char *path) {
    FILE *f = fopen(path, "rb");
    if (!f || fseek(f, 0, SEEK_END) != 0) {
        perror(path);
        return 1;
    }
    size_t n = (size_t)ftell(f);
    rewind(f);
    for (unsigned long i = 0; i <= mutations; i++) {
        uint8_t *bytes = malloc(n ? n : 1); /* exact, so that a read past the end is seen */
        rewind(f);
        if (!bytes || fread(bytes, 1, n, f) != n)
            return 1;
        snprintf(now, sizeof now, "%s, mutation %lu\n", path, i);
        if (i == 0) {
            LLVMFuzzerTestOneInput(bytes, n);
            runs++;
        } else {
            run_mutated(bytes, n, i);
        }
        free(bytes);
    }
    fclose(f);
    return 0;
}

static int run_path(const char *path) {
    struct stat st;
    if (stat(path, &st) != 0 || !S_ISDIR(st.st_mode))
        return run_file(path);
    struct dirent **list;
    int n = scandir(path, &list, NULL, alphasort), faults = 0;
    for (int i = 0; i < n; i++) {
        char name[4096];
        snprintf(name, sizeof name, "%s/%s", path, list[i]->d_name);
        if (list[i]->d_name[0] != '.')
            faults += run_path(name);
        free(list[i]);
    }
    free(list);
    return faults;
}

int main(int n, char **arguments) {
    int faults = 0;
    signal(SIGABRT, tell);
    for (int i = 1; i < n; i++) {
        if (sscanf(arguments[i], "-mutate=%lu", &mutations) == 1)
            continue;
        faults += run_path(arguments[i]);
    }
    printf("%lu runs, %d files not read\n", runs, faults);
    return faults || !runs;
}
