/* A library to preload: when the program ends, this stands for code that an issue has taken over,
 * and says on the standard error what such code can reach. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static void say(const char *what, int result) {
    fprintf(stderr, "probe: %s: %s\n", what, result < 0 ? strerror(errno) : "reached");
    if (result > 0)
        close(result);
}

/* The same calls under other numbers, of which the processor's other sets of calls are made. */
static void try_other_sets(void) {
#ifdef __x86_64__
    say("a socket by its x32 number",
        (int)syscall(0x40000000 + SYS_socket, AF_INET, SOCK_STREAM, 0));
    pid_t child = fork();
    int status = 0;
    if (child == 0) {
        int pid = 20; /* getpid, of the 32-bit calls */
        __asm__ volatile("int $0x80" : "+a"(pid)::"memory");
        _exit(0);
    }
    waitpid(child, &status, 0);
    fprintf(stderr, "probe: a 32-bit call: %s\n", WIFSIGNALED(status) ? "killed" : "reached");
#endif
}

__attribute__((destructor)) static void try_all(void) {
    say("a file of the system", open("/etc/passwd", O_RDONLY));
    say("a file beside the issue's folder", open("../secret", O_RDONLY));
    say("a new file beside it", open("../new", O_WRONLY | O_CREAT, 0600));
    say("a new file beside the issue", open("new", O_WRONLY | O_CREAT, 0600));
    say("a socket", socket(AF_INET, SOCK_STREAM, 0));
    char *const words[] = {NULL}; /* none that is there: this program is to go on */
    say("another program", execve("/no/such/program", words, words));
    say("another name space", (int)syscall(SYS_unshare, 0));
    try_other_sets();
    say("the issue", open("issue.yaml", O_RDONLY));
}
