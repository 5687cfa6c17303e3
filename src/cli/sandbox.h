/* A second wall round the program: what careful code should never do, the kernel then refuses.
 *
 * Landlock lets it read below the folders of the issues, assets, layouts, fonts and the system's
 * libraries, and write below the output's; seccomp refuses sockets, other programs and tracing. A
 * kernel that has only one of them, or neither, gives as much of a wall as it can. */
#ifndef BX_CLI_SANDBOX_H
#define BX_CLI_SANDBOX_H

#include "cli/cli.h"

/* --sandbox of a command: both walls, for good, round what reads `args->operands` and writes to
 * the folders `args->writes`, which are there already. Says so when the kernel has neither. */
void bx_sandbox(const bx_args *args, bx_press *press);

/* One wall at a time, before any thread is started: a batch learns of its issues late, by reading
 * some of them. `issues` are paths of files, and end with NULL. False: the kernel has no such wall,
 * and nothing has changed. */
bool bx_sandbox_calls(void);
bool bx_sandbox_files(const bx_args *args, bx_press *press, const char *const *issues);

/* The folder that a file stands in. */
const char *bx_cli_folder_of(bx_arena *arena, const char *path);
/* The folder that is written to under this name, links being followed. */
const char *bx_cli_folder_behind(bx_arena *arena, const char *path);

#endif
